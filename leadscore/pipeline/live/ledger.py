"""The sheet Live: the numbers of the model that results need, each worked out once, so that formulas stay short."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from leadscore.issues import Place
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.book import Wording
from leadscore.pipeline.live.formulas import cell, number_at
from leadscore.sheets.output import Kind, OutColumn, OutSheet

NAME, MADE_OF, VALUE, IN_USE, EXCLUDES = "C", "D", "E", "F", "G"  # letters of the columns that formulas point at

_NOTES = (
    "What the row is: a weight, the points of an answer, a total weight, a limit, a band, a cell of the matrix.",
    "The score it belongs to.",
    "The criterion, limit or band.",
    "The cells it is made of. Which answer a lead gives was decided by the run, and stays.",
    "What the model's cells give now.",
    "Of an answer, weight x points; of a total weight, what points are divided by; of a band, its place in the model.",
    "Of an exclusion's answer, its name where the points are negative.",
)
_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("part", "text"),
    ("score", "text"),
    ("name", "text"),
    ("made_of", "text"),
    ("value", "source"),
    ("in_use", "source"),
    ("excluded_by", "text"),
)
_MADE_OF_WIDTH = 60  # characters


class Made(NamedTuple):
    """What a cell shows now, and the formula that makes it ('' where it is fixed)."""

    now: float | str = ""
    formula: str = ""


class Line(NamedTuple):
    """One row of the sheet."""

    part: str
    score: str
    name: Made
    made_of: Made
    value: Made
    in_use: Made = Made(float("nan"))
    excludes: Made = Made()


@dataclass
class Ledger:
    """The rows of the sheet Live as they are added; `numbers` are the cells of the model that they read."""

    wording: Wording
    lines: list[Line] = field(default_factory=list)
    numbers: dict[Place, float] = field(default_factory=dict)
    _only: dict[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def sheet(self) -> str:
        """Its name."""
        return self.wording.sheet("live")

    @property
    def next_row(self) -> int:
        """The row that the next line will have; the headings have the first."""
        return len(self.lines) + 2

    def add(self, line: Line) -> int:
        """Add a row; gives its number."""
        self.lines.append(line)
        return len(self.lines) + 1

    def add_once(self, line: Line) -> int:
        """Add the only row of its part and score, unless it is there; gives its number."""
        if line[:2] not in self._only:
            self._only[line[:2]] = self.add(line)
        return self._only[line[:2]]

    def number(self, place: Place, now: float, blank: float) -> str:
        """The formula for a number of the model, as `number_at` has it."""
        if place.cell:
            self.numbers[place] = now
        return number_at(place, now, blank)

    def at(self, letter: str, row: int) -> str:
        """How another sheet points at a cell of this one."""
        return cell(self.sheet, letter, row)

    def area(self, letter: str, first: int, last: int) -> str:
        """How another sheet points at several cells of a column."""
        return f"{self.at(letter, first)}:${letter}${last}"

    def as_sheet(self) -> OutSheet:
        """The sheet to write."""
        cells = list(zip(*map(self._cells, self.lines), strict=True)) or [()] * len(_COLUMNS)
        columns = [
            OutColumn(
                self.wording.column(name),
                [made.now for made in made_of],
                kind,
                note,
                width=_MADE_OF_WIDTH if name == "made_of" else 0,
                formulas=[made.formula for made in made_of],
            )
            for (name, kind), note, made_of in zip(_COLUMNS, _NOTES, cells, strict=True)
        ]
        return OutSheet(self.sheet, columns, frozen_columns=3)

    def _cells(self, line: Line) -> tuple[Made, ...]:
        part = vocabulary("live").say(line.part, self.wording.language)
        return (Made(part), Made(line.score), line.name, line.made_of, line.value, line.in_use, line.excludes)
