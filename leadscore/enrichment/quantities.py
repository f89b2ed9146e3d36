"""A quantity as forms and people give it, with its bounds: '11-50', '50+', '> 200', 'moins de 10k', 'environ 30'."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, cast

from leadscore.values.folding import name_key
from leadscore.values.numbers import DecimalMark, read_number

Form = Literal["exact", "range", "at_least", "more_than", "at_most", "less_than", "about"]

LONGEST = 80  # characters; a cell that is longer is prose
_BOUNDS_BEFORE = re.compile(
    r"(?P<about>~|≈|±|\+/-|plus ou moins\b|environ\b|env\b\.?|about\b|around\b|approx\w*\.?|circa\b|ca\b\.?|roughly\b"
    r"|autour de\b|de l'ordre de\b|pres de\b|nearly\b|almost\b)"
    r"|(?P<at_least>>=|=>|≥|au moins\b|at least\b|a partir de\b|from\b|des\b|min(?:i|imum)?\b\.?|\+(?= ?\d))"
    r"|(?P<more_than>>|\+ ?de\b|plus de\b|more than\b|over\b|above\b|au[- ]dela de\b|superieure? a\b)"
    r"|(?P<at_most><=|=<|≤|jusqu'?a\b|up to\b|at most\b|au (?:plus|maximum)\b|max(?:i|imum)?\b\.?|pas plus de\b"
    r"|no more than\b)"
    r"|(?P<less_than><|- ?de\b|moins de\b|less than\b|fewer than\b|under\b|below\b|inferieure? a\b)"
)
_BOUNDS_AFTER = re.compile(
    r"(?P<at_least>\+|\b(?:et|ou) (?:plus|\+)|\b(?:and|or) (?:more|over|above)|\bmin(?:i|imum)?)$"
    r"|(?P<at_most>\b(?:et|ou) moins|\b(?:and|or) (?:less|fewer|under)|\bmax(?:i|imum)?)$"
    r"|(?P<about>\benviron|\bapprox\w*)$"
)
_BEFORE_RANGE = re.compile(r"(?:entre|between|from|de|du)\s+(?=\d)")
_RANGE = re.compile(r"(?P<low>\d.*?)\s*(?:-|\.{2,}|and|a|to|et|ou|or)\s*(?P<high>\d.*)")
_UNIT = re.compile(r"[a-z]+$")


def keys_of(texts: str) -> frozenset[str]:
    """The texts of a list as they are compared: 'tbd; à définir' -> {'tbd', 'adefinir'}."""
    return frozenset(map(name_key, texts.split(";")))


class Quantity(NamedTuple):
    """What a text says: `low` and `high` are None where it leaves them open, both the number where there is one."""

    low: float | None
    high: float | None
    form: Form


def read_quantity(plain: str, decimal_mark: DecimalMark) -> Quantity | None:
    """The quantity of a folded text without currency or unit; None when it is none, or negative.

    In '5-10k' both ends are thousands, in '500-1k' the low one cannot be.
    """
    text = plain.strip()
    if len(text) > LONGEST:
        return None
    if quantity := _range(text, decimal_mark) or _number(text, decimal_mark):
        return quantity
    form, inside = _bounded(text)
    if form in ("about", "at_most") and (quantity := _range(inside, decimal_mark)):
        return quantity
    number = _number(inside, decimal_mark)
    if form is None or number is None or (form == "less_than" and not number.high):
        return None
    is_floor, is_ceiling = form in ("at_least", "more_than"), form in ("at_most", "less_than")
    return number._replace(low=None if is_ceiling else number.low, high=None if is_floor else number.high, form=form)


def _bounded(text: str) -> tuple[Form | None, str]:
    """The bound that stands before or behind a number, and the text without; '~10k max' is at most 10k."""
    form = None
    if before := _BOUNDS_BEFORE.match(text):
        form, text = before.lastgroup, text[before.end() :].strip()
    if after := _BOUNDS_AFTER.search(text):
        form = after.lastgroup if form in (None, "about") else form
        text = text[: after.start()].strip()
    return cast("Form | None", form), text  # the groups are named as the forms are


def _number(text: str, decimal_mark: DecimalMark) -> Quantity | None:
    read = read_number(text, decimal_mark) if text[:1].isdigit() or text[:1] in (".", ",") else None
    if read is None or read.is_range:
        return None
    return Quantity(read.number, read.number, "exact")


def _range(text: str, decimal_mark: DecimalMark) -> Quantity | None:
    before = _BEFORE_RANGE.match(text)
    match = _RANGE.fullmatch(text, before.end() if before else 0)
    high = _number(match["high"], decimal_mark) if match else None
    if match is None or high is None:
        return None
    unit = _UNIT.search(match["high"])
    for text_low in (match["low"] + unit[0], match["low"]) if unit else (match["low"],):
        low = _number(text_low, decimal_mark)
        if low and cast("float", low.low) <= cast("float", high.high):
            return Quantity(low.low, high.high, "range")
    return None
