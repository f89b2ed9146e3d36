"""Classes of a field's values, and what every criterion and segment makes of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from leadscore.model.decisions import Condition
from leadscore.model.model import Criterion, Policy
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.scoring.answers import Answer, answer
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.proof.asks import Asks, Look
from leadscore.scoring.proof.candidates import candidates
from leadscore.scoring.segments import Met, membership
from leadscore.scoring.values import Bools, Codes, FieldValues, Floats
from leadscore.values.days import DayOrder, is_ambiguous_day
from leadscore.values.evidence import Evidence
from leadscore.values.numbers import DecimalMark, is_ambiguous

_MOST_SUBSETS = 10  # cases of a policy sum whose subsets are all added up: 2^10


@dataclass(frozen=True)
class Outcomes:
    """What a criterion gives each class: points after Min and Max, whether its weight is left out, the case."""

    points: Floats
    skipped: Bools
    case: Codes

    def at(self, places: Codes) -> Outcomes:
        """The outcomes of the classes at these places, in that order."""
        return Outcomes(self.points[places], self.skipped[places], self.case[places])

    @cached_property
    def excludes(self) -> Bools:
        """Where the points of an exclusion would exclude."""
        return (self.points < 0) & ~self.skipped


@dataclass(frozen=True)
class Block:
    """The classes of one field. `texts` None: what one criterion may give at most, without texts that show it.

    `outcomes` by the criterion's place in its score; `members` by segment: where all its conditions on this field hold.
    """

    look: Look
    texts: tuple[str, ...] | None
    outcomes: Mapping[int, Outcomes]
    members: Mapping[str, Bools]

    @property
    def size(self) -> int:
        """How many classes there are, with texts or without."""
        return len(self.texts) if self.texts is not None else len(next(iter(self.outcomes.values())).points)

    def under(self, verdict: str) -> Bools:
        """Which classes the column may hold when its step's verdict is this."""
        if self.texts is None:
            return np.ones(self.size, dtype=bool)
        return np.array([self.look.by_verdict[verdict].takes(text) for text in self.texts], dtype=bool)


@dataclass(frozen=True)
class Asked:
    """A field with all that looks at it: criteria by their place in the score, conditions by segment."""

    look: Look
    criteria: Mapping[int, Criterion]
    conditions: Mapping[str, Sequence[Condition]]


@dataclass(frozen=True)
class Field:
    """The blocks of one field: `real` has texts for every class; `bounds` replace it where some class has no text."""

    real: Block
    bounds: tuple[Block, ...] = ()


def field_blocks(asked: Asked, around: Surroundings, evidence: Evidence) -> Field:
    """The classes of a field by texts, and where these may not be all, the most that each criterion can give."""
    tests = (
        *(case for criterion in asked.criteria.values() for case in criterion.cases),
        *(condition for conditions in asked.conditions.values() for condition in conditions),
    )
    found = candidates(Asks(asked.look, tests, around))
    real = _distinct(_joined([_block(asked, found.texts, around, one) for one in _evidences(found.texts, evidence)]))
    if found.are_all:
        return Field(real)
    bounds = tuple(_bound(asked, place, around, evidence) for place in asked.criteria)
    return Field(real, bounds)


def loose_block(asked: Asked, place: int, around: Surroundings, evidence: Evidence) -> Block:
    """What one criterion may give, or that it does not apply at all."""
    bound = _bound(asked, place, around, evidence)
    own = bound.outcomes[place]
    absent = Outcomes(np.append(own.points, 0.0), np.append(own.skipped, True), np.append(own.case, -1))
    return replace(bound, outcomes={place: absent})


def _bound(asked: Asked, place: int, around: Surroundings, evidence: Evidence) -> Block:
    """What one criterion may give, whatever the others do: by its own classes, else by all its cases."""
    criterion = asked.criteria[place]
    alone = Asked(asked.look, {place: criterion}, {})
    own = candidates(Asks(asked.look, criterion.cases, around))
    if own.are_all and not SEGMENT_OPERATORS.intersection(case.operator for case in criterion.cases):
        block = _joined([_block(alone, own.texts, around, one) for one in _evidences(own.texts, evidence)])
        return replace(_distinct(block), texts=None)
    return Block(asked.look, None, {place: _all_outcomes(criterion)}, {})


def _all_outcomes(criterion: Criterion) -> Outcomes:
    """Every case alone, none at all and, with policy sum, any together: a superset of what can happen."""
    gives = [case.points for case in criterion.cases]
    if criterion.policy is Policy.SUM:
        given = [points for points in gives if points is not None]
        sums = _subset_sums(given)
        rows = [(points, False, 0) for points in sums]
    else:
        rows = [(points or 0.0, points is None, place) for place, points in enumerate(gives)]
    rows += [(0.0, False, -1), *((0.0, True, place) for place, points in enumerate(gives) if points is None)]
    points, skipped, case = zip(*rows, strict=True)
    low = -np.inf if criterion.minimum is None else criterion.minimum
    high = np.inf if criterion.maximum is None else criterion.maximum
    return Outcomes(np.minimum(np.maximum(np.array(points, dtype=float), low), high), np.array(skipped), np.array(case))


def _subset_sums(given: Sequence[float]) -> list[float]:
    """All sums; of too many, the ends and the two numbers around 0 that a sum cannot pass without changing its sign."""
    if len(given) <= _MOST_SUBSETS:
        return [sum(chosen) for chosen in product(*((0.0, points) for points in given))]
    return [sum(points for points in given if points < 0), -5e-324, 0.0, sum(points for points in given if points > 0)]


def _evidences(texts: Sequence[str], evidence: Evidence) -> list[Evidence]:
    """The ways in which a column with these texts may be read: what they leave open may be told by other cells."""
    marks: list[DecimalMark] = [",", "."] if any(is_ambiguous(text) for text in texts) else [evidence.decimal_mark]
    orders: list[DayOrder] = (
        ["day-month", "month-day"] if any(is_ambiguous_day(text) for text in texts) else [evidence.day_order]
    )
    ways = [replace(evidence, decimal_mark=mark, day_order=order) for mark in marks for order in orders]
    return sorted(
        ways, key=lambda way: (way.decimal_mark, way.day_order) != (evidence.decimal_mark, evidence.day_order)
    )


def _block(asked: Asked, texts: tuple[str, ...], around: Surroundings, evidence: Evidence) -> Block:
    values = FieldValues(np.arange(len(texts)), texts, evidence, asked.look.kind)
    return Block(
        asked.look,
        texts,
        {place: _outcomes(answer(criterion, values, around)) for place, criterion in asked.criteria.items()},
        {
            segment: membership([Met(condition, values) for condition in conditions], around, len(texts)).inside
            for segment, conditions in asked.conditions.items()
        },
    )


def _outcomes(answered: Answer) -> Outcomes:
    return Outcomes(answered.points, answered.skipped, answered.case)


def _joined(blocks: Sequence[Block]) -> Block:
    first = blocks[0]
    texts = tuple(text for block in blocks for text in block.texts or ())
    outcomes = {
        place: Outcomes(
            np.concatenate([block.outcomes[place].points for block in blocks]),
            np.concatenate([block.outcomes[place].skipped for block in blocks]),
            np.concatenate([block.outcomes[place].case for block in blocks]),
        )
        for place in first.outcomes
    }
    members = {segment: np.concatenate([block.members[segment] for block in blocks]) for segment in first.members}
    return Block(first.look, texts, outcomes, members)


def _distinct(block: Block) -> Block:
    """One text for each class: those that differ in what a criterion, a segment or a verdict makes of them."""
    columns = [column for one in block.outcomes.values() for column in (one.points, one.skipped, one.case)]
    columns += [*block.members.values(), *(block.under(verdict) for verdict in block.look.by_verdict)]
    table = np.column_stack([np.asarray(column, dtype=float) for column in columns])
    places = np.sort(np.unique(table, axis=0, return_index=True)[1])
    return Block(
        block.look,
        tuple((block.texts or ())[place] for place in places),
        {place: one.at(places) for place, one in block.outcomes.items()},
        {segment: inside[places] for segment, inside in block.members.items()},
    )
