"""What every part of a model is made of: frozen records, and the values that cases compare with."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from leadscore.issues import Place
from leadscore.values.cells import number_text


class Frozen(BaseModel):
    """A part of the model. Where its cells stand, and what was written for people, are no part of its hash."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Placed(Frozen):
    """A part of the model that knows in which cells its numbers and words stand, by heading or setting."""

    places: tuple[tuple[str, Place], ...] = Field(default=(), exclude=True)

    def place_of(self, name: str) -> Place:
        """The cell of a heading or setting; nowhere where the sheet has none."""
        return dict(self.places).get(name, Place())


class Bound(Frozen):
    """One end of a comparison: a number, or a day."""

    number: float | None = None
    day: date | None = None

    def __str__(self) -> str:
        return self.day.isoformat() if self.day is not None else number_text(self.number or 0.0)


class Range(Frozen):
    """`low` to `high`, the lower end included; the upper end too unless `open_end`. Both are numbers or both days."""

    low: Bound
    high: Bound
    open_end: bool = False

    def __str__(self) -> str:
        return f"{self.low}..{'<' if self.open_end else ''}{self.high}"


class ListName(Frozen):
    """A whole list of the sheet Lists, or a reserved one, by its name."""

    list_name: str

    def __str__(self) -> str:
        return f"[{self.list_name}]"


Operand = str | int | Bound | Range | ListName


class Test(Frozen):
    """What is asked of one field: an operator and its values, and the cells they stand in."""

    operator: str
    operands: tuple[Operand, ...] = ()
    typed: str = Field(default="", exclude=True)
    place: Place = Field(default=Place(), exclude=True)
    operator_place: Place = Field(default=Place(), exclude=True)
    value_place: Place = Field(default=Place(), exclude=True)
