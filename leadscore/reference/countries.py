"""Countries: the ISO code that a name, a code or a usual alias means, a seller means, or a domain shows."""

import csv
import re
from functools import cache

from leadscore.reference.files import entries
from leadscore.reference.not_told import is_spelled_out, says_nothing
from leadscore.values.folding import fold, name_key

_ARTICLE = re.compile(r"(?:the|la|le|les)\s+|l'\s*")
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")

# design.md section 5: the country that a seller means -> territories with codes and phone numbers of their own.
TERRITORIES = {
    "FR": ("GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"),
    "GB": ("GG", "JE", "IM"),
    "FI": ("AX",),
    "NO": ("SJ",),
}
_COUNTRY_OF = {territory: country for country, territories in TERRITORIES.items() for territory in territories}


@cache
def country_names() -> dict[str, dict[str, str]]:
    """ISO2 code -> language -> name: {'FR': {'en': 'France', 'de': 'Frankreich', ...}, ...}."""
    return {row["iso2"]: {language: row[language] for language in LANGUAGES} for row in _rows()}


def country_code(text: str) -> str:
    """The ISO2 code that a text means, '' when it means none: 'FR', 'fra', 'Frankreich', 'la France' -> 'FR'.

    'NA' is Namibia and 'NC' New Caledonia, but 'N/A' and 'n.c.' are nothing.
    """
    if not is_spelled_out(text) and says_nothing(text):
        return ""
    codes = _codes()
    return codes.get(name_key(text), "") or codes.get(name_key(_ARTICLE.sub("", fold(text), count=1)), "")


def sellers_country(code: str) -> str:
    """The country a seller means by an ISO2 code: 'RE' -> 'FR', 'GG' -> 'GB'; any other text is itself."""
    return _COUNTRY_OF.get(code, code)


def domain_country(domain: str) -> str:
    """The ISO2 code that the top-level domain of an ASCII domain shows: 'acme.co.uk' -> 'GB'.

    '' where it shows none: 'acme.com', 'acme.eu', and the country domains that anybody takes, as 'acme.io'.
    """
    top_level = domain.rpartition(".")[2]
    shown = _exceptional_domains().get(top_level)
    if shown is not None:
        return shown
    code = top_level.upper()
    return code if code in country_names() else ""


@cache
def _exceptional_domains() -> dict[str, str]:
    """Top-level domain -> ISO2 code, '' for no country, where it is not the country that its letters are."""
    return {row["tld"]: row["iso2"] for row in csv.DictReader(entries("country_tlds.csv"))}


@cache
def _codes() -> dict[str, str]:
    """Every code, name and alias as `name_key` gives it -> ISO2 code. No alias contradicts a name (tested)."""
    named = {name_key(text): row["iso2"] for row in _rows() for text in row.values() if text}
    aliases = csv.reader(entries("country_aliases.csv")[1:])
    return named | {name_key(alias): code for alias, code in aliases}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(entries("countries.csv")))
