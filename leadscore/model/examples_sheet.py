"""The sheet Examples: golden leads, the model's own tests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leadscore.issues import Place
from leadscore.model.decisions import Example, Expectation
from leadscore.model.frozen import Range
from leadscore.model.grid import Grid, GridCell, cell_letter
from leadscore.model.operands import typed_range
from leadscore.model.table import Entry, speaks, tell_error
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary
from leadscore.values.cells import text_of
from leadscore.values.numbers import read_number

_EXPECT = re.compile(r"(?:expect|attendu|attend)\s+(.+)", re.IGNORECASE)


def read_examples(grid: Grid, reader: Reader) -> tuple[Example, ...]:
    """One example per row: columns `expect NAME` are expectations, every other column is a field of the lead.

    An expectation that is blank expects nothing; a text starting with # in the first cell makes the row a comment.
    """
    top = next((number for number, cells in enumerate(grid.rows) if speaks(cells)), None)
    if top is None:
        return ()
    headings = [text_of(cell.value) for cell in grid.rows[top]]
    expected = {index: match[1].strip() for index, text in enumerate(headings) if (match := _EXPECT.fullmatch(text))}
    if not expected:
        reader.findings.add("examples-expect-nothing", Place(grid.name, top + 1))
        return ()
    columns = {index: _column(name) for index, name in expected.items()}
    fields = {index: text for index, text in enumerate(headings) if text and index not in expected}
    rows = [(number, cells) for number, cells in enumerate(grid.rows) if number > top and speaks(cells)]
    return tuple(
        Example(
            fields=tuple((text, _text(cells, index)) for index, text in fields.items()),
            expectations=tuple(
                _expectation(Entry(Place(grid.name, number + 1, cell_letter(index)), cells[index]), name, reader)
                for index, name in columns.items()
                if index < len(cells) and not cells[index].is_blank
            ),
            place=Place(grid.name, number + 1),
            places=tuple((text, Place(grid.name, number + 1, cell_letter(index))) for index, text in fields.items()),
        )
        for number, cells in rows
    )


def _column(name: str) -> str:
    """The English name of a result column, or the name as written (a score, a contribution)."""
    return vocabulary("columns").find(name) or name


def _text(cells: Sequence[GridCell], index: int) -> str:
    return text_of(cells[index].value) if index < len(cells) else ""


def _expectation(entry: Entry, column: str, reader: Reader) -> Expectation:
    """A number, a range of numbers, or a text to be equal after folding."""
    tell_error(entry.cell, entry.place, reader.findings)
    low, high = _numbers(entry, reader)
    text = entry.text if low is None else ""
    return Expectation(column=column, text=text, low=low, high=high, typed=entry.text, place=entry.place)


def _numbers(entry: Entry, reader: Reader) -> tuple[float | None, float | None]:
    """The least and the greatest number that a cell expects, None when it expects a text."""
    read = read_number(entry.text, reader.decimal_mark)
    if read is not None and not read.is_range:
        return read.number, read.number
    limits = typed_range(entry, entry.text, reader)
    return (limits.low.number, limits.high.number) if isinstance(limits, Range) else (None, None)
