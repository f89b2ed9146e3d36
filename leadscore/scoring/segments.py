"""Which leads are in which segment: every condition holds, with unknown told apart from no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leadscore.model.decisions import Condition
from leadscore.model.model import Case
from leadscore.model.operators import BLANK_OPERATORS
from leadscore.scoring.answers import reads
from leadscore.scoring.operators import Surroundings, holds
from leadscore.scoring.values import Bools, FieldValues

_INSIDE, _UNKNOWN = "in:", "may be in:"
_NOWHERE = "in no segment"  # never blank: being in no segment is known


@dataclass(frozen=True)
class Met:
    """A condition with the values of its field; `unknown_word` is the verdict that stands for not known."""

    condition: Condition
    values: FieldValues
    unknown_word: str = ""

    def meets(self, around: Surroundings) -> tuple[Bools, Bools]:
        """Per lead: whether the condition holds, and whether that is unknown."""
        condition, values = self.condition, self.values
        held = holds(condition.operator, values, condition.operands, around)
        kind = reads(Case(operator=condition.operator, operands=condition.operands, points=0.0))
        unreadable = values.not_read_as(kind) if kind else np.zeros(len(values.texts), dtype=bool)
        unknown = values.blank | unreadable | values.equal(self.unknown_word)
        if condition.operator in BLANK_OPERATORS:
            unknown = np.zeros(len(values.texts), dtype=bool)
        return held[values.codes], unknown[values.codes]


@dataclass(frozen=True)
class Membership:
    """Per lead: whether it is in a segment, and whether an unknown answer may still bring it in."""

    inside: Bools
    unknown: Bools


def membership(met: Sequence[Met], around: Surroundings, leads: int) -> Membership:
    """All conditions hold -> in; one is known not to hold -> out; else an unknown one leaves it open."""
    inside, possible = np.ones(leads, dtype=bool), np.ones(leads, dtype=bool)
    for one in met:
        held, unknown = one.meets(around)
        inside &= held
        possible &= held | unknown
    return Membership(inside, possible & ~inside)
