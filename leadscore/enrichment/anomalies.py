"""Anomalies: cells that hold what belongs elsewhere, or that a program has spoiled on the way."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from leadscore.enrichment.spreadsheet_slips import SCIENTIFIC
from leadscore.enrichment.step import SEPARATOR, Context, MadeColumn

TEXT_FIELDS = ("first_name", "last_name", "full_name", "job_title", "company", "city", "address")
NUMBER_FIELDS = ("phone", "mobile", "siren", "siret", "vat", "postcode", "id")
NEEDS = (
    *("email", *TEXT_FIELDS, *NUMBER_FIELDS, "website"),
    *("phone_reason", "headcount_reason", "budget_reason"),
)
WORDS = (
    "email_elsewhere",
    "phone_elsewhere",
    "two_values",
    "scientific_notation",
    "excel_date",
    "mojibake",
    "markup",
    "cell_error",
    "control_character",
)
MAKES = (
    MadeColumn(
        "anomalies",
        "What is odd about the lead's cells, each with its field: an address in a name, two values in one.",
        WORDS,
        many=True,
    ),
)

_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[^\W\d_]{2}")
_PHONE = re.compile(r"(?:\+|\b0)\d(?:[ .-]?\d){7,13}\b")
# UTF-8 read as Windows-1252: the lead byte of a Latin letter or of punctuation, then a continuation byte. 'Ã' is a
# letter of Portuguese, so it counts only before a character that no word has there.
_MOJIBAKE = re.compile(
    "[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|â€|ï¿½|\ufffd"
)
_MARKUP = re.compile(
    r"</?(?:a|b|i|u|p|br|em|li|td|th|tr|ul|ol|div|font|span|strong|table|script)(?:\s[^<>]{0,200})?/?>"
    r"|&(?:amp|lt|gt|nbsp|quot|#\d{1,6}|[a-z]{1,6}acute|[a-z]grave);",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]")
# Errors of Excel and LibreOffice, as text in a CSV file.
_ERROR = re.compile(
    r"#(?:N/A|N/D|REF!|VALUE!|VALEUR!|NAME\?|NOM\?|DIV/0!|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|CALC!)|Err:\d{3}"
)
_TWICE = {
    "email": re.compile(r"@[^@]{3,200}[;,/|\s][^@]{1,64}@"),
    "website": re.compile(r"https?://[^;,|\s]{1,300}[;,|\s]{1,9}https?://", re.IGNORECASE),
}
# A reason of another step that is an anomaly too: column -> reason, anomaly.
_REASONS = {
    "phone_reason": ("two_numbers", "two_values"),
    "headcount_reason": ("date", "excel_date"),
    "budget_reason": ("date", "excel_date"),
}
_NO_PHONES = frozenset(TEXT_FIELDS) - {"address"}


def run(fields: pd.DataFrame, _: Context) -> pd.DataFrame:
    """The columns of NEEDS -> anomalies: 'mojibake: company; two_values: email', in the order of WORDS."""
    found: dict[int, list[tuple[int, str]]] = {}
    for need in NEEDS:
        codes, distinct = pd.factorize(fields[need])
        told = [[_ranked(word, need) for word in odd_about(need, str(text))] for text in distinct]
        is_odd = np.array([bool(words) for words in told], dtype=bool)
        for row in np.flatnonzero(is_odd[codes]) if is_odd.any() else ():
            found.setdefault(int(row), []).extend(told[codes[row]])
    texts = [
        SEPARATOR.join(text for _, text in sorted(found[row])) if row in found else "" for row in range(len(fields))
    ]
    return pd.DataFrame({MAKES[0].name: texts}, index=fields.index, dtype=object)


def odd_about(need: str, text: str) -> Iterator[str]:
    """What is odd about a cell of a field or of a reason column, as words of WORDS."""
    if need in _REASONS:
        if text == _REASONS[need][0]:
            yield _REASONS[need][1]
        return
    if "@" in text and need != "email" and (need in NUMBER_FIELDS or _EMAIL.search(text)):
        yield "email_elsewhere"
    elif (need in _NO_PHONES or (need == "email" and "@" not in text)) and _PHONE.search(text):
        yield "phone_elsewhere"
    if need in NUMBER_FIELDS and SCIENTIFIC.fullmatch(text):
        yield "scientific_notation"
    if need in _TWICE and _TWICE[need].search(text):
        yield "two_values"
    yield from _spoiled(text)


def _ranked(word: str, need: str) -> tuple[int, str]:
    """What sorts anomalies by word, then by field, and what is written of one."""
    return WORDS.index(word) * len(NEEDS) + NEEDS.index(need), f"{word}: {need.removesuffix('_reason')}"


def _spoiled(text: str) -> Iterator[str]:
    """What programs have made of a text on the way."""
    if text.isascii():
        if "#" in text and _ERROR.fullmatch(text):
            yield "cell_error"
        if ("<" in text or "&" in text) and _MARKUP.search(text):
            yield "markup"
    elif _MOJIBAKE.search(text):
        yield "mojibake"
    if not text.isprintable() and _CONTROL.search(text):
        yield "control_character"
