"""The cells of a lead sheet: what a cell may hold, and the one text that is read of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Self

from leadscore.values.folding import trim

# A number that a reader could take for thousands; only text may be ambiguous, a number cell never is.
_LIKE_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


class ShownNumber(float):
    """A number cell whose number format changes how it reads: 1000 shown as 01000, 0.125 shown as 12.5 %.

    `text` is what is read of it ('01000', '0.125'), `number_format` the format code to write it back with.
    """

    text: str
    number_format: str

    def __new__(cls, number: float, text: str, number_format: str) -> Self:
        cell = super().__new__(cls, number)
        cell.text, cell.number_format = text, number_format
        return cell

    def __reduce__(self) -> tuple[type[ShownNumber], tuple[float, str, str]]:
        return ShownNumber, (float(self), self.text, self.number_format)


class CellError(str):
    """A cell that holds no value: '#DIV/0!' and its like, or '' for a formula that was never calculated."""

    __slots__ = ()


Cell = str | int | float | bool | date | datetime | time | timedelta | ShownNumber | CellError | None


def text_of(cell: object) -> str:
    """The text that fields, enrichment and scoring read of a cell; '' when blank or an error.

    33612345678.0 -> '33612345678'; 1.234 -> '1.2340' (three decimals could be read as thousands, four cannot);
    a date -> '2026-03-01'; a date with a time -> '2026-03-01 14:30:00'; True -> 'TRUE'; text -> trimmed.
    """
    if isinstance(cell, str):
        return "" if isinstance(cell, CellError) else trim(cell)
    if _is_missing(cell):
        return ""
    if isinstance(cell, ShownNumber):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    return number_text(cell) if isinstance(cell, float) else str(cell)


def is_typed(cell: object) -> bool:
    """Whether a cell holds text as somebody typed it; the text of any other is our own writing."""
    return isinstance(cell, str) and not isinstance(cell, CellError)


def _is_missing(cell: object) -> bool:
    """None, NaN and NaT, which differ from themselves, and pandas' NA, which will not say (pandas is not imported)."""
    return cell is None or type(cell).__name__ == "NAType" or cell != cell  # noqa: PLR0124


def number_text(number: float) -> str:
    """A number without exponent, without '.0', and never readable as thousands: 1.5 -> '1.5', 1.234 -> '1.2340'."""
    if number.is_integer():
        return str(int(number))
    text = repr(float(number))
    if "e" in text:
        text = f"{number:.20f}".rstrip("0").rstrip(".")
    return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text
