"""The data rows of a sheet, written with XlsxWriter column by column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import singledispatch
from itertools import repeat
from math import isfinite
from numbers import Integral, Real
from typing import Any

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from leadscore.issues import Issue
from leadscore.sheets.output import OutColumn
from leadscore.sheets.write_styles import CLOCK, DURATION, WHOLE, Styles
from leadscore.sheets.write_texts import TextTally, exact
from leadscore.values.cells import ShownNumber

_MOST_EXACT = 2**53  # a cell's number is a double: beyond this not every integer has one
_LONG_NUMBER = 10**11  # Excel's General format turns longer integers into 1.23E+11
_MOST_DECIMALS = 2
# Excel counts a 29 February 1900 that LibreOffice does not: earlier days would differ by one between the two.
_FIRST_SAFE_DAY = date(1900, 3, 1)

# Two escapes that share an underscore; XlsxWriter escapes only the first, and a reader would decode the second.
_SHARED_UNDERSCORE = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_ESCAPE_START = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook being written."""

    sheet: Worksheet
    styles: Styles
    decimals: int


@dataclass(frozen=True)
class _Column:
    """Where cells of one column go, and what became of their texts."""

    page: Page
    position: int
    tally: TextTally = field(default_factory=TextTally)

    def text(self, row: int, text: str, style: Format | None = None) -> None:
        """Write a text."""
        if text:
            shown = ready_made(self.tally.fit(row + 1, text))
            self.page.sheet.write_string(row, self.position, shown, style)

    def formula(self, row: int, formula: str, now: Any, style: Format | None = None) -> None:
        """Write a formula of ours with what it gives now: a text, a number, or nothing."""
        result = self.tally.fit(row + 1, now) if isinstance(now, str) else "" if now is None else now + 0
        self.page.sheet.write_formula(row, self.position, formula, style, result)

    def moment(self, row: int, moment: datetime, style: Format | None = None) -> None:
        """Write a day with its hour."""
        self.page.sheet.write_datetime(row, self.position, moment, style)

    def number(self, row: int, number: float, style: Format | None = None) -> None:
        """Write a number."""
        if isfinite(number):
            self.page.sheet.write_number(row, self.position, exact(number), style)
        else:
            self.text(row, str(number))


def write_rows(page: Page, columns: Sequence[OutColumn]) -> tuple[Issue, ...]:
    """Write every cell below the heading row; gives an issue per column whose texts had to be changed."""
    page.sheet.xls_strmax = 1_000_000  # texts are already cut, and ready-made ones must not be
    issues: list[Issue] = []
    for position, column in enumerate(columns):
        target = _Column(page, position)
        if column.kind in ("source", "flag", "date"):
            _write_any(target, column)
        elif column.kind == "moment":
            _write_ours(target, column, page.styles.moment, target.moment)
        elif column.kind in ("text", "band"):
            _write_texts(target, column)
        else:
            _write_numbers(target, column)
        issues += target.tally.issues(page.sheet.get_name(), column.heading)
    return tuple(issues)


def filled(cells: Sequence[Any]) -> list[Any]:
    """The cells as Python objects, None, NaN, NaT and NA alike as None."""
    series = pd.Series(cells, dtype=object)
    return series.where(series.notna(), None).tolist()


def decimals_needed(cells: Sequence[Any]) -> int:
    """The decimals, at most two, that show every number of a column."""
    numbers = pd.Series([cell for cell in filled(cells) if isinstance(cell, Real)], dtype=float)
    fits = (count for count in range(_MOST_DECIMALS) if (numbers.round(count) - numbers).abs().lt(1e-9).all())
    return next(fits, _MOST_DECIMALS)


def ready_made(text: str) -> str:
    """The text as XlsxWriter must be given it.

    XlsxWriter copies a text that begins with <r> and ends with </r> into the workbook as XML. Such a text, and one
    with escapes that overlap, is handed over as that XML, itself escaped; underscores as &#95;, which it leaves alone.
    """
    if not (text.startswith("<r>") and text.endswith("</r>")) and not _SHARED_UNDERSCORE.search(text):
        return text
    escaped = _ESCAPE_START.sub("_x005F_", text).replace("_", "\0")
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\0", "&#95;")
    return f'<r><t xml:space="preserve">{escaped}</t></r>'


def _write_any(target: _Column, column: OutColumn) -> None:
    formulas = column.formulas or repeat("")
    for row, (cell, formula) in enumerate(zip(filled(column.cells), formulas, strict=False), start=1):
        if formula:
            target.formula(row, formula, cell)
        elif cell is not None:
            _write_cell(cell, target, row)


def _write_texts(target: _Column, column: OutColumn) -> None:
    _write_ours(target, column, target.page.styles.cell(column.kind, 0), target.text)


def _write_numbers(target: _Column, column: OutColumn) -> None:
    decimals = decimals_needed(column.cells) if column.kind == "number" else target.page.decimals
    _write_ours(target, column, target.page.styles.cell(column.kind, decimals), target.number)


def _write_ours(target: _Column, column: OutColumn, style: Format | None, write: Callable[..., None]) -> None:
    formulas = column.formulas or repeat("")
    for row, (cell, formula) in enumerate(zip(filled(column.cells), formulas, strict=False), start=1):
        if formula:
            target.formula(row, formula, cell, style)
        elif cell is not None:
            write(row, cell, style)


@singledispatch
def _write_cell(cell: object, target: _Column, row: int) -> None:
    """One cell of the user's by its own type; a type we do not know as its text."""
    target.text(row, str(cell))


@_write_cell.register
def _(cell: bool, target: _Column, row: int) -> None:
    target.page.sheet.write_boolean(row, target.position, cell, target.page.styles.boolean)


@_write_cell.register(Integral)
def _(cell: int, target: _Column, row: int) -> None:
    if abs(cell) > _MOST_EXACT:
        target.text(row, str(cell))
    else:
        target.number(row, int(cell), target.page.styles.number(WHOLE) if abs(cell) >= _LONG_NUMBER else None)


@_write_cell.register
def _(cell: float, target: _Column, row: int) -> None:
    if cell.is_integer() and abs(cell) <= _MOST_EXACT:
        _write_cell(int(cell), target, row)
    else:
        target.number(row, cell)


@_write_cell.register
def _(cell: ShownNumber, target: _Column, row: int) -> None:
    target.number(row, float(cell), target.page.styles.number(cell.number_format))


@_write_cell.register
def _(cell: datetime, target: _Column, row: int) -> None:
    if cell.date() < _FIRST_SAFE_DAY:
        target.text(row, cell.isoformat(sep=" ", timespec="seconds"))
    else:
        target.page.sheet.write_datetime(row, target.position, cell, target.page.styles.datetime)


@_write_cell.register
def _(cell: date, target: _Column, row: int) -> None:
    if cell < _FIRST_SAFE_DAY:
        target.text(row, cell.isoformat())
    else:
        target.page.sheet.write_datetime(row, target.position, cell, target.page.styles.date)


@_write_cell.register
def _(cell: time, target: _Column, row: int) -> None:
    target.page.sheet.write_datetime(row, target.position, cell, target.page.styles.number(CLOCK))


@_write_cell.register
def _(cell: timedelta, target: _Column, row: int) -> None:
    if cell < timedelta():
        target.text(row, str(cell))
    else:
        target.page.sheet.write_datetime(row, target.position, cell, target.page.styles.number(DURATION))
