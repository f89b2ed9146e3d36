"""Where the headings of a sheet stand, and what its columns are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_high

import pandas as pd

from leadscore.fields.headings import unique_names
from leadscore.issues import Issue, Place
from leadscore.model.grid import cell_letter
from leadscore.sheets.read_errors import UnreadableError
from leadscore.values.cells import Cell, text_of

_TITLE_ROWS = 30  # rows that are looked through for headings; what stands above them is a title, not a report
_ROWS_BELOW = 10  # rows that show how wide the data is
MOST_COLUMNS = 16_384  # Excel's own limit


@dataclass(frozen=True)
class Table:
    """The cells of a sheet as they stand: `rows[0][0]` is in row `first_row` and the column `first_column` (0 is A)."""

    rows: list[list[Cell]]
    first_row: int = 1
    first_column: int = 0
    sheet: str = ""


@dataclass(frozen=True)
class Headed:
    """A table under its headings. `columns` gives the name in `leads` by the position of the column (0 is A)."""

    leads: pd.DataFrame
    headings: tuple[str, ...]
    header_row: int
    columns: Mapping[int, str]
    issues: tuple[Issue, ...]


def headed(table: Table, header_row: int = 0) -> Headed:
    """Cut a table into headings and leads: rows above the headings and blank rows at the end go, all others stay.

    `header_row` is the row the user gave, 0 to find it. Raises UnreadableError where there is no heading.
    """
    top = _given(table, header_row) if header_row else _found(table.rows)
    below = _without_blank_end(table.rows[top + 1 :])
    span = _span([table.rows[top], *below])
    if len(span) > MOST_COLUMNS:
        raise UnreadableError(
            f"has {len(span)} columns, more than Excel holds ({MOST_COLUMNS}); is the delimiter right?"
        )
    heads, *rows = (_cut(row, span) for row in [table.rows[top], *below])
    row = table.first_row + top
    places = [_place(table.sheet, row, cell_letter(table.first_column + index)) for index in span]
    used = [any(map(_is_filled, cells)) for cells in zip(*rows, strict=True)]
    names, issues = unique_names([text_of(head) for head in heads], places, used)
    if row > 1 and not header_row:
        issues.insert(0, Issue("heading-row-found", Place(table.sheet, row), str(row)))
    return Headed(
        _frame(names, rows, row + 1),
        tuple(head if isinstance(head, str) else text_of(head) for head in heads),
        row,
        {table.first_column + index: name for index, name in zip(span, names, strict=True)},
        tuple(issues),
    )


def _given(table: Table, header_row: int) -> int:
    top = header_row - table.first_row
    if not 0 <= top < len(table.rows) or not any(map(_is_filled, table.rows[top])):
        last = table.first_row + len(table.rows) - 1
        raise UnreadableError(f"has no headings in row {header_row}; it is blank (the last row is {last})")
    return top


def _found(rows: Sequence[Sequence[Cell]]) -> int:
    """The first row that is no title: about as wide as the rows below it, and with some words in it."""
    filled = [(number, row) for number, row in enumerate(rows[:1000]) if any(map(_is_filled, row))]
    if not filled:
        raise UnreadableError("has no headings: every cell is blank")
    for position, (number, row) in enumerate(filled[:_TITLE_ROWS]):
        below = [cells for _, cells in filled[position + 1 : position + 1 + _ROWS_BELOW]]
        if not below or not (_is_title(row, below) or _is_above_words(row, below[0])):
            return number
    return filled[0][0]


def _is_title(row: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row is at most half as wide as what follows, or one cell above a row of words."""
    width = _width(row)
    typical = median_high(_width(cells) for cells in below)
    return 2 * width <= typical or (width == 1 and _width(below[0]) > 2 and _is_words(below[0]))


def _is_above_words(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a row holds numbers only and the next one words only, as where columns are numbered above headings."""
    return not any(map(_is_word, row)) and _width(below) >= _width(row) and _is_words(below)


def _place(sheet: str, row: int, letter: str) -> Place:
    """'Leads!D1' in a workbook, 'row 1, column D' in a CSV file."""
    return Place(sheet, row, letter) if sheet else Place(sheet, row, heading=letter)


def _frame(names: Sequence[str], rows: Sequence[Sequence[Cell]], first_row: int) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    index = pd.RangeIndex(first_row, first_row + len(rows))
    return pd.DataFrame(
        {name: pd.Series(cells, index=index, dtype=object) for name, cells in zip(names, columns, strict=True)},
        index=index,
        columns=list(names),
    )


def _without_blank_end(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    end = len(rows)
    while end and not any(map(_is_filled, rows[end - 1])):
        end -= 1
    return rows[:end]


def _span(rows: Sequence[Sequence[Cell]]) -> range:
    """The columns from the first to the last that holds anything; blank ones between them stay."""
    first, last = None, 0
    for row in rows:
        edge = len(row)
        while edge > last and not _is_filled(row[edge - 1]):
            edge -= 1
        last = max(last, edge)
        if first != 0:
            start = next((index for index, cell in enumerate(row[:first]) if _is_filled(cell)), first)
            first = start
    return range(first or 0, last)


def _cut(row: Sequence[Cell], span: range) -> list[Cell]:
    cells = list(row[span.start : span.stop])
    return cells if len(cells) == len(span) else cells + [""] * (len(span) - len(cells))


def _width(row: Sequence[Cell]) -> int:
    return sum(map(_is_filled, row))


def _is_filled(cell: Cell) -> bool:
    return text_of(cell) != "" if isinstance(cell, str) else cell is not None


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def _is_words(row: Sequence[Cell]) -> bool:
    return all(_is_word(cell) for cell in row if _is_filled(cell))
