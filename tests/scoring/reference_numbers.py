"""Numbers as people type them, read once more: piece by piece, without patterns, in decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from leadscore.values.folding import fold

_CURRENCIES = ("euros", "euro", "eur", "usd", "gbp", "chf", "fr.", "fr", "€", "$", "£")
_ZEROS = {"": 0, "k": 3, "m": 6, "million": 6, "millions": 6, "md": 9, "mds": 9, "mrd": 9, "bn": 9}


@dataclass(frozen=True)
class _Amount:
    number: Decimal
    unit: str
    percent: bool

    def times(self, unit: str, *, percent: bool) -> Decimal:
        return self.number.scaleb(_ZEROS[unit] - (2 if percent else 0))


def decimal_of(text: str, mark: str) -> Decimal | None:
    """The number a text means, the middle of its range; None for none."""
    plain = fold(text)
    compact = plain.replace(" ", "")
    if compact[:1] in ("+", "0") and compact[1:].isdigit() and len(compact) > 8:
        return None  # a phone number
    unsigned = plain.removeprefix("-" if plain.startswith("-") else "+").strip()
    if one := _amount(unsigned, mark):
        size = one.times(one.unit, percent=one.percent)
        return -size if plain.startswith("-") else size
    middles = (
        _middle(*plain.split(between, 1), mark) for between in ("-", "..", "a", "to", "et", "and") if between in plain
    )
    return next((middle for middle in middles if middle is not None), None)


def _middle(first: str, last: str, mark: str) -> Decimal | None:
    low, high = _amount(first, mark), _amount(last, mark)
    if low is None or high is None:
        return None
    percent = low.percent or high.percent
    ends = low.times(low.unit or high.unit, percent=percent), high.times(high.unit, percent=percent)
    return sum(ends) / 2 if ends[0] <= ends[1] else None


def _amount(text: str, mark: str) -> _Amount | None:
    text = text.strip()
    before = next((name for name in _CURRENCIES if text.startswith(name)), "")
    text = text.removeprefix(before).strip()
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    text = text.removesuffix(next((name for name in _CURRENCIES if text.endswith(name)), "")).strip()
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit, number = text[len(digits) :], _number(digits.strip(), mark)
    return None if number is None or unit not in _ZEROS else _Amount(number, unit, percent)


def _number(text: str, mark: str) -> Decimal | None:
    marks = [letter for letter in text if not letter.isdigit()]
    if not marks or not set(marks) <= set(" '.,"):
        return Decimal(text) if text and not marks else None
    whole, decimals = text.rsplit(marks[-1], 1)
    is_whole = len(set(marks)) == 1 and _is_grouped(text, marks[0])
    is_before = whole.isdigit() or not whole or (len(set(marks[:-1])) == 1 and _is_grouped(whole, marks[0]))
    is_decimal = marks[-1] in ".," and decimals.isdigit() and is_before and marks[-1] not in marks[:-1]
    if is_whole and not (is_decimal and (marks[-1] == mark or text.startswith("0"))):
        return Decimal("".join(letter for letter in text if letter.isdigit()))
    return Decimal("".join(letter for letter in whole if letter.isdigit()) + "." + decimals) if is_decimal else None


def _is_grouped(text: str, mark: str) -> bool:
    first, *groups = text.split(mark)
    return all(map(str.isdigit, (first, *groups))) and len(first) <= 3 and all(len(group) == 3 for group in groups)
