"""Bands, the matrix and actions on the sheet Live, and what they say of a lead as formulas."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadscore.model.decisions import Matrix
from leadscore.model.model import Band
from leadscore.pipeline.live.formulas import NO_LIMIT
from leadscore.pipeline.live.ledger import IN_USE, MADE_OF, NAME, VALUE, Ledger, Line, Made


@dataclass(frozen=True)
class LiveBands:
    """The bands of one score, lowest first on the sheet Live, wherever their lower limits move."""

    score: str
    bands: Sequence[Band]
    first: int
    ledger: Ledger

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.bands)

    def of(self, value: str) -> str:
        """The name of the band that the score in a cell reaches, '' for none."""
        return self._looked_up(value, NAME)

    def place_of(self, value: str) -> str:
        """The place of that band in the model, 1 for the first; an error for none."""
        return f"LOOKUP({value},{self._area(VALUE)},{self._area(IN_USE)})"

    def action_of(self, value: str) -> str:
        """Its action, '' for none."""
        return self._looked_up(value, MADE_OF)

    def _looked_up(self, value: str, letter: str) -> str:
        return f'IFERROR(LOOKUP({value},{self._area(VALUE)},{self._area(letter)})&"","")'

    def _area(self, letter: str) -> str:
        return self.ledger.area(letter, self.first, self.first + self.size - 1)


def add_bands(score: str, bands: Sequence[Band], ledger: Ledger) -> LiveBands:
    """Two lists on the sheet: the bands as the model has them, each with its place among all, and the same in order."""
    first = ledger.next_row
    last = first + len(bands) - 1
    starts = [-NO_LIMIT if band.start is None else band.start for band in bands]
    order = np.argsort(starts, kind="stable").tolist()
    for place, (band, start) in enumerate(zip(bands, starts, strict=True)):
        row, own = first + place, f"{VALUE}{first + place}"
        below = f"SUMPRODUCT(--(${VALUE}${first}:${VALUE}${last}<{own}))"
        before = f"+SUMPRODUCT(--(${VALUE}${first}:{VALUE}{row}={own}))"
        rank = Made(order.index(place) + 1.0, f"={below}{before}")
        value = Made(start, f"={ledger.number(band.start_place, start, -NO_LIMIT)}")
        ledger.add(Line("band", score, Made(band.name), Made(band.action), value, rank))
    for place, position in enumerate(order, start=1):
        _add_in_order(score, bands[position], (place, position), (first, last), ledger)
    return LiveBands(score, bands, last + 1, ledger)


def _add_in_order(score: str, band: Band, places: tuple[int, int], rows: tuple[int, int], ledger: Ledger) -> None:
    """The row of the band that stands at a place in the order, and in the model at the other place."""
    place, position = places
    found = f"MATCH({place},{_own(IN_USE, rows)},0)"
    start = -NO_LIMIT if band.start is None else band.start
    ledger.add(
        Line(
            "rising_band",
            score,
            Made(band.name, f"=INDEX({_own(NAME, rows)},{found})"),
            Made(band.action, f'=INDEX({_own(MADE_OF, rows)},{found})&""'),
            Made(start, f"=INDEX({_own(VALUE, rows)},{found})"),
            Made(position + 1.0, f"={found}"),
        )
    )


def _own(letter: str, rows: tuple[int, int]) -> str:
    """Cells of the sheet Live as it names them itself."""
    return f"${letter}${rows[0]}:${letter}${rows[1]}"


@dataclass(frozen=True)
class LiveMatrix:
    """The matrix: its actions on the sheet Live, row band by row band."""

    rows: LiveBands
    columns: LiveBands
    first: int
    ledger: Ledger

    def code(self, row_value: str, column_value: str) -> str:
        """'A1' for the scores in two cells, '' where one has no band."""
        row, column = self.rows.of(row_value), self.columns.of(column_value)
        slash = f'IF(MAX(LEN({row}),LEN({column}))<=2,"","/")'
        return f'IF(OR({row}="",{column}=""),"",{row}&{slash}&{column})'

    def action(self, row_value: str, column_value: str) -> str:
        """The action of their cell, '' for none."""
        area = self.ledger.area(NAME, self.first, self.first + self.rows.size * self.columns.size - 1)
        row, column = self.rows.place_of(row_value), self.columns.place_of(column_value)
        return f'IFERROR(INDEX({area},({row}-1)*{self.columns.size}+{column})&"","")'


def add_matrix(matrix: Matrix, bands: Mapping[str, LiveBands], ledger: Ledger) -> LiveMatrix:
    """One row per cell of the matrix, blank ones too."""
    rows, columns = bands[matrix.row_score], bands[matrix.column_score]
    actions = {(cell.row_band, cell.column_band): cell.action for cell in matrix.cells}
    first = ledger.next_row
    for row in rows.bands:
        for column in columns.bands:
            made_of = Made(f"{row.name} x {column.name}")
            action = Made(actions.get((row.name, column.name), ""))
            ledger.add(Line("matrix", "", action, made_of, Made(math.nan)))
    return LiveMatrix(rows, columns, first, ledger)
