"""Cells of a model workbook that hold a number as text: Excel adds them up as nothing."""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.issues import Issue, Place
from leadscore.model.grid import Grid, Grids, cell_letter
from leadscore.model.typed import decimal_mark_of
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.values.cells import CellError, text_of
from leadscore.values.numbers import read_number

_NUMBERS = ("weight", "points")


def number_texts(grids: Grids, language: Language) -> Iterator[Issue]:
    """Every text that reads as a number under Weight and Points of a workbook; in CSV every cell is text."""
    if grids.kind != "workbook":
        return
    for grid in grids.sheets:
        if vocabulary("sheets").find(grid.name) == "scoring":
            yield from _texts(grid, language)


def _texts(grid: Grid, language: Language) -> Iterator[Issue]:
    names = vocabulary("headings").only(_NUMBERS)
    columns: dict[int, str] = {}
    for number, row in enumerate(grid.rows, start=1):
        if not columns:
            columns = {index: name for index, cell in enumerate(row) if (name := names.find(text_of(cell.value)))}
            continue
        for index in (index for index in columns if index < len(row)):
            value = row[index].value
            is_text = isinstance(value, str) and not isinstance(value, CellError)
            if is_text and read_number(text_of(value), decimal_mark_of(language)) is not None:
                place = Place(grid.name, number, cell_letter(index))
                heading = vocabulary("headings").say(columns[index], language)
                yield Issue("number-as-text", place, text_of(value), {"heading": heading})
