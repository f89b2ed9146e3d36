"""How a score ends, as formulas: what a person decided, the one rounding, and the value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from leadscore.pipeline.live.formulas import number, rounded
from leadscore.scoring.overriding import OVERRIDE, ROUNDING

Formulas = dict[str, list[str]]  # name of a contribution, '' for the score -> a formula per lead, '' for what is fixed

_LINES = ("floor", "cap", OVERRIDE, ROUNDING)
_BEFORE_OVERRIDE, _BEFORE_ROUNDING = ("floor", "cap"), ("floor", "cap", OVERRIDE)


@dataclass(frozen=True)
class Columns:
    """Where a score, or the total, stands on the sheet: the letter of its value, and of its contributions by name.

    `rows` are the rows of the leads. The contributions stand side by side, the lines last.
    """

    value: str
    parts: Mapping[str, str]
    rows: Sequence[int]

    def summed(self, row: int, lines: Collection[str] = ()) -> str:
        """The contributions of one row, of the lines only these, added up; nothing is 0."""
        letters = [letter for name, letter in self.parts.items() if name not in _LINES or name in lines]
        return f"SUM({letters[0]}{row}:{letters[-1]}{row})" if letters else "0"


@dataclass(frozen=True)
class Ending:
    """Per lead: whether it has the score, and the condition under which that is blank ('' for never).

    `decided` are the numbers that people decided, by lead.
    """

    has: Sequence[bool]
    is_blank: Sequence[str]
    decided: Mapping[int, float]
    decimals: int

    def formulas(self, columns: Columns) -> Formulas:
        """The lines override and rounding, and the score."""
        leads = range(len(columns.rows))
        found = {"": [self._value(place, columns) for place in leads]}
        if OVERRIDE in columns.parts:
            found[OVERRIDE] = [self._override(place, columns) for place in leads]
        return found | {ROUNDING: [self._rounding(place, columns) for place in leads]}

    def _value(self, place: int, columns: Columns) -> str:
        if place in self.decided or not self.has[place]:
            return ""
        value = rounded(columns.summed(columns.rows[place], _BEFORE_ROUNDING), self.decimals)
        return f'=IF({self.is_blank[place]},"",{value})' if self.is_blank[place] else f"={value}"

    def _override(self, place: int, columns: Columns) -> str:
        if place not in self.decided:
            return ""
        return f"={number(self.decided[place])}-{columns.summed(columns.rows[place], _BEFORE_OVERRIDE)}"

    def _rounding(self, place: int, columns: Columns) -> str:
        if place not in self.decided and not self.has[place]:
            return ""
        row = columns.rows[place]
        value = f"{columns.value}{row}"
        return f'=IF({value}="",0,{value}-{columns.summed(row, _BEFORE_ROUNDING)})'
