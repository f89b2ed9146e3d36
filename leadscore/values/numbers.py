"""Numbers as people type them: '1,5', '1.5', '10 000', '15k€', '1,2 M', '50 %', '−3', '5-10 k€'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from leadscore.values.folding import fold

DecimalMark = Literal[",", "."]

_MULTIPLIERS = {
    "": Decimal(1),
    "k": Decimal(10) ** 3,
    "m": Decimal(10) ** 6,
    "md": Decimal(10) ** 9,
    "mrd": Decimal(10) ** 9,
    "mds": Decimal(10) ** 9,
    "bn": Decimal(10) ** 9,
    "million": Decimal(10) ** 6,
    "millions": Decimal(10) ** 6,
}
_PERCENT = Decimal("0.01")
_CURRENCY = r"(?:€|\$|£|eur|euros?|usd|gbp|chf|fr\.?)"
# Thousands are grouped by one mark throughout, and decimals follow another: 1.500.00 is no number.
_DIGITS = r"(?:\d{1,3}(?P<mark%s>[ '.,])\d{3}(?:(?P=mark%s)\d{3})*(?:(?!(?P=mark%s))[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
_ONE, _LOW, _HIGH = (_DIGITS.replace("%s", end) for end in ("", "_low", "_high"))
_UNIT = rf"\s*(?P<multiplier%s>k|mds?|mrd|millions?|m|bn)?\s*{_CURRENCY}?\s*(?P<percent%s>%%)?"
_NUMBER = re.compile(rf"(?P<sign>[+-]?)\s*{_CURRENCY}?\s*(?P<digits>{_ONE}){_UNIT % ('', '')}")
_RANGE = re.compile(
    rf"{_CURRENCY}?\s*(?P<low>{_LOW}){_UNIT % ('_low', '_low')}\s*(?:-|\.\.|a|to|et|and)\s*"
    rf"{_CURRENCY}?\s*(?P<high>{_HIGH}){_UNIT % ('_high', '_high')}"
)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:[.,]\d+)?")
_PHONE = re.compile(r"(?:\+|0) ?\d(?: ?\d){7,}")  # '+33612345678', '0612345678', '+33 612 345 678'
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True)
class ReadNumber:
    """A number read of a text; `is_range` when the text gave two ends and this is their middle."""

    number: float
    is_range: bool = False


def read_number(text: str, decimal_mark: DecimalMark) -> ReadNumber | None:
    """The number a text means, None when it means none.

    `decimal_mark` decides only what the text leaves open ('1.500'). A percentage is a share: '50 %' -> 0.5.
    '5-10 k€' -> 7500 with `is_range`. Words, exponents and dates are no numbers, nor are phone numbers: a + or 0 with
    eight or more digits behind it. All is decimal up to the result: '8,2 M' is 8200000.
    """
    plain = fold(text)
    if _PHONE.fullmatch(plain):
        return None
    if match := _NUMBER.fullmatch(plain):
        size = _scaled(match["digits"], match["multiplier"], match["percent"], decimal_mark)
        return ReadNumber(float(-size if match["sign"] == "-" else size))
    if match := _RANGE.fullmatch(plain):
        unit = match["multiplier_low"] or match["multiplier_high"], match["percent_low"] or match["percent_high"]
        low = _scaled(match["low"], *unit, decimal_mark)
        high = _scaled(match["high"], match["multiplier_high"] or "", unit[1], decimal_mark)
        return ReadNumber(float((low + high) / 2), is_range=True) if low <= high else None
    return None


def is_plain_number(text: str) -> bool:
    """Digits with at most a minus and decimals: no leading zero, plus sign, exponent, unit or grouping."""
    return _PLAIN.fullmatch(text) is not None


def plain_number(text: str) -> Decimal | None:
    """The value of a plain number ('1,5' and '1.50' are equal), None for any other text ('06', '+33', '1E5').

    Exact, so that two ids of twenty digits are equal only if they are the same.
    """
    return Decimal(text.replace(",", ".")) if is_plain_number(text) else None


def decimal_mark_shown(text: str) -> DecimalMark | None:
    """The decimal mark that a text gives away: ',' for '1,5' and '1.500,00'; None where it does not tell."""
    match = _NUMBER.fullmatch(fold(text))
    if match is None or _AMBIGUOUS.fullmatch(match["digits"]):
        return None
    marks = re.findall(r"[.,]", match["digits"])
    if not marks:
        return None
    if len(set(marks)) == 1 and len(marks) > 1:  # 1.500.000: thousands, so the other one is the decimal mark
        return "," if marks[0] == "." else "."
    return "," if marks[-1] == "," else "."


def is_ambiguous(text: str) -> bool:
    """Whether thousands and decimals are both a fair reading: '1.500', '12,345 €'; not '0.125' nor '1.50'."""
    match = _NUMBER.fullmatch(fold(text))
    return match is not None and _AMBIGUOUS.fullmatch(match["digits"]) is not None


def _scaled(digits: str, multiplier: str | None, percent: str | None, decimal_mark: DecimalMark) -> Decimal:
    size = _value(digits, decimal_mark) * _MULTIPLIERS[multiplier or ""]
    return size * _PERCENT if percent else size


def _value(digits: str, decimal_mark: DecimalMark) -> Decimal:
    digits = digits.replace(" ", "").replace("'", "")
    marks = [mark for mark in digits if mark in ".,"]
    if _AMBIGUOUS.fullmatch(digits):
        return Decimal(digits.replace(",", ".")) if digits[-4] == decimal_mark else Decimal(re.sub("[.,]", "", digits))
    if len(marks) > 1 and marks.count(marks[-1]) > 1:  # the same mark twice can only group thousands
        return Decimal(re.sub("[.,]", "", digits))
    whole, _, decimals = digits.replace(",", ".").rpartition(".") if marks else (digits, "", "")
    return Decimal(f"{whole.replace('.', '') or '0'}.{decimals or '0'}")
