"""The data files of this folder: a header of '# key: value' lines, then one entry a line."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

DATA_FILES = (
    "assistant_words.txt",
    "company_words.csv",
    "countries.csv",
    "country_aliases.csv",
    "country_tlds.csv",
    "country_zones.csv",
    "disposable_domains.txt",
    "dummy_domains.txt",
    "dummy_local_parts.txt",
    "education_suffixes.txt",
    "european_mail_domains.txt",
    "first_names.txt",
    "first_names_as_surnames.txt",
    "free_mail_domains.txt",
    "french_departments.csv",
    "function_words.csv",
    "government_suffixes.txt",
    "legal_forms.csv",
    "mail_giants.csv",
    "misspelt_mail_domains.txt",
    "near_mail_domains.txt",
    "not_free_mail_domains.txt",
    "not_told.txt",
    "organisation_words.txt",
    "own_work_words.txt",
    "placeholder_names.txt",
    "role_accounts.txt",
    "seniority_words.csv",
    "shared_sites.txt",
    "spam_words.csv",
    "stop_words.csv",
    "title_links.txt",
    "tlds.txt",
    "trial_local_parts.txt",
    "weekends.csv",
)
# Their data decides answers as our own files do.
_DATA_PACKAGES = ("phonenumbers", "publicsuffixlist")
_HASH_DIGITS = 12


@cache
def entries(file_name: str) -> tuple[str, ...]:
    """The entries of a data file, in its order, without the header."""
    return tuple(line for line in _lines(file_name) if not line.startswith("#"))


@cache
def header(file_name: str) -> dict[str, str]:
    """The header of a data file: {'source': ..., 'date': '2026-11-21', 'licence': ...}."""
    pairs = (line.lstrip("# ").partition(": ") for line in _lines(file_name) if line.startswith("#"))
    return {key: text.strip() for key, _, text in pairs}


def versions() -> dict[str, str]:
    """What the reference data is, for the ruler stamp: {'tlds': '2026-11-21, 0123456789ab', 'phonenumbers': '9.0.43'}.

    The hash is of the entries, so that line endings and a new date alone do not look like other data.
    """
    stamps = {name.partition(".")[0]: f"{header(name)['date']}, {_hash(entries(name))}" for name in DATA_FILES}
    return stamps | {package: _version(package) for package in _DATA_PACKAGES}


_version = cache(version)  # read from a file of the package, and asked for several times in a run


def _lines(file_name: str) -> list[str]:
    text = (files("leadscore.reference") / file_name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def _hash(lines: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_HASH_DIGITS]
