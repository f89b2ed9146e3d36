"""Countries: the ISO code that a name, a code or a usual alias means."""

import csv
import re
from functools import cache

from leadscore.reference.files import entries
from leadscore.values.folding import fold, name_key

_ARTICLE = re.compile(r"(?:the|la|le|les)\s+|l'\s*")
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")


@cache
def country_names() -> dict[str, dict[str, str]]:
    """ISO2 code -> language -> name: {'FR': {'en': 'France', 'de': 'Frankreich', ...}, ...}."""
    return {row["iso2"]: {language: row[language] for language in LANGUAGES} for row in _rows()}


def country_code(text: str) -> str:
    """The ISO2 code that a text means, '' when it means none: 'FR', 'fra', 'Frankreich', 'la France' -> 'FR'."""
    codes = _codes()
    return codes.get(name_key(text), "") or codes.get(name_key(_ARTICLE.sub("", fold(text), count=1)), "")


@cache
def _codes() -> dict[str, str]:
    """Every code, name and alias as `name_key` gives it -> ISO2 code. No alias contradicts a name (tested)."""
    named = {name_key(text): row["iso2"] for row in _rows() for text in row.values() if text}
    aliases = csv.reader(entries("country_aliases.csv")[1:])
    return named | {name_key(alias): code for alias, code in aliases}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(entries("countries.csv")))
