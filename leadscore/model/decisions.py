"""The parts of a model beside its criteria: segments, the matrix, people's overrides, and the model's own examples."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from leadscore.issues import Place
from leadscore.model.frozen import Frozen, Placed, Test


class Condition(Test):
    """One row of a segment: a field compared as in the sheet Scoring."""

    field: str


class Segment(Frozen):
    """Leads for which every condition holds."""

    name: str
    conditions: tuple[Condition, ...]
    place: Place = Field(default=Place(), exclude=True)


class MatrixCell(Frozen):
    """What to do with leads in one band of the row score and one of the column score."""

    row_band: str
    column_band: str
    action: str
    place: Place = Field(default=Place(), exclude=True)
    row_place: Place = Field(default=Place(), exclude=True)
    column_place: Place = Field(default=Place(), exclude=True)


class Matrix(Frozen):
    """Bands of one score x bands of another -> a code (row band, then column band: A1) and an action."""

    row_score: str
    column_score: str
    cells: tuple[MatrixCell, ...]
    place: Place = Field(default=Place(), exclude=True)


class Override(Frozen):
    """A person's decision about one lead: a number for a score ('' the total), or a band's name; to `last_day`."""

    lead: str
    score: str = ""
    number: float | None = None
    band: str = ""
    reason: str = ""
    by: str = ""
    last_day: date | None = None
    place: Place = Field(default=Place(), exclude=True)
    score_place: Place = Field(default=Place(), exclude=True)


class Expectation(Frozen):
    """What one column of the results must hold: a text, or a number from `low` to `high`.

    `typed` is what stands in the cell: a band may be called 1.
    """

    column: str
    text: str = ""
    low: float | None = None
    high: float | None = None
    typed: str = Field(default="", exclude=True)
    place: Place = Field(default=Place(), exclude=True)


class Example(Placed):
    """A golden lead: the fields it has, and what is expected of it."""

    fields: tuple[tuple[str, str], ...]
    expectations: tuple[Expectation, ...]
    place: Place = Field(default=Place(), exclude=True)
