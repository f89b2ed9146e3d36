"""Which leads are in which segment: every condition holds, with unknown told apart from no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from leadscore.model.decisions import Condition
from leadscore.model.operators import BLANK_OPERATORS
from leadscore.scoring.answers import reads
from leadscore.scoring.operators import SEGMENT_MARK, Surroundings, holds
from leadscore.scoring.values import KINDS, Bools, FieldValues
from leadscore.values.evidence import Evidence
from leadscore.values.folding import fold

_NOWHERE = "-"  # never blank: being in no segment is an answer
_OPEN = "?"  # stands before the segments that a lead may still turn out to be in


@dataclass(frozen=True)
class Met:
    """A condition with the values of its field."""

    condition: Condition
    values: FieldValues

    def meets(self, around: Surroundings) -> tuple[Bools, Bools]:
        """Per lead: whether the condition holds, and whether that is unknown."""
        condition, values = self.condition, self.values
        held = holds(condition.operator, values, condition.operands, around)
        unreadable = np.logical_or.reduce([np.zeros(len(values.texts), dtype=bool), *self.unread.values()])
        held = np.where(unreadable, condition.operator == "is blank", held)
        unknown = values.blank | unreadable | values.said_unknown
        if condition.operator in BLANK_OPERATORS:
            unknown = np.zeros(len(values.texts), dtype=bool)
        return held[values.codes], unknown[values.codes]

    @property
    def unread(self) -> dict[str, Bools]:
        """Which texts could not be read as the condition, or the type of the field, wants: they count as blank."""
        kinds = {reads(self.condition), self.values.kind} & set(KINDS)
        return {kind: self.values.not_read_as(kind) for kind in KINDS if kind in kinds}


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


def membership_values(names: Sequence[str], memberships: Mapping[str, Membership], evidence: Evidence) -> FieldValues:
    """The segments of these names that each lead is in, as the values of a field for `in segment`.

    Where a lead may still turn out to be in one of them, the value counts as not known.
    """
    leads = len(next(iter(memberships.values())).inside)
    texts, is_open = [""] * leads, np.zeros(leads, dtype=bool)
    for name in names:
        is_open |= memberships[name].unknown
        texts = [
            f"{text}{SEGMENT_MARK}{fold(name)}" if inside else text
            for text, inside in zip(texts, memberships[name].inside, strict=True)
        ]
    marked = [f"{_OPEN if unsure else _NOWHERE}{text}" for text, unsure in zip(texts, is_open, strict=True)]
    codes, distinct = pd.factorize(np.array(marked, dtype=object))
    unknown = frozenset(text for text in distinct if text.startswith(_OPEN))
    return FieldValues(codes, tuple(distinct), evidence, unknown_words=unknown)
