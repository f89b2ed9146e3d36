"""A criterion put to every lead: its answers, where it applies, counts and is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from leadscore.model.model import Criterion, Kind, Method, Score
from leadscore.scoring.answers import Answer
from leadscore.scoring.values import Bools, Codes, Floats


@dataclass(frozen=True)
class Asked:
    """A criterion with its answers and, per lead, which distinct text of its field the lead holds.

    `applies` is None when it applies to every lead. `source_column` is the column a person would fill in to answer it.
    """

    criterion: Criterion
    answer: Answer
    codes: Codes
    source_column: str
    applies: Bools | None = None

    def among(self, leads: Bools) -> Asked:
        """The same, put to these leads only."""
        return replace(self, applies=leads if self.applies is None else leads & self.applies)

    @property
    def points(self) -> Floats:
        """The points each lead's answer gives, unweighted, also where it does not apply or is skipped."""
        return self.answer.points[self.codes]

    @property
    def counted(self) -> Bools:
        """Where its weight counts: it applies and is not skipped."""
        return self._where_it_applies(~self.answer.skipped[self.codes])

    @property
    def known(self) -> Bools:
        """Where it applies and the answer is known."""
        return self._where_it_applies(self.answer.known[self.codes])

    @property
    def unknown(self) -> Bools:
        """Where it applies and the answer is not known."""
        return self._where_it_applies(~self.answer.known[self.codes])

    @property
    def excludes(self) -> Bools:
        """Where an exclusion's points are negative."""
        if self.criterion.kind is not Kind.EXCLUSION:
            return np.zeros(len(self.codes), dtype=bool)
        return self.counted & (self.points < 0)

    def _where_it_applies(self, mask: Bools) -> Bools:
        return mask if self.applies is None else mask & self.applies


@dataclass(frozen=True)
class Weights:
    """The divisor of every lead: W of a mean, 1 of a sum; `blank` where nothing applies."""

    divisor: Floats
    blank: Bools
    is_mean: bool


def weights_of(score: Score, asked: Sequence[Asked], leads: int) -> Weights:
    """What the weighted points of each lead are divided by, from the criteria that count for it; never 0."""
    counted = summed(asked, lambda one: one.counted, leads)
    if score.method is Method.SUM:
        applies = reduce(np.logical_or, (one.counted for one in asked), np.zeros(leads, dtype=bool))
        return Weights(np.ones(leads), ~applies, is_mean=False)
    return Weights(np.where(counted == 0, 1.0, counted), counted == 0, is_mean=True)


def summed(asked: Sequence[Asked], mask: Callable[[Asked], Bools], leads: int) -> Floats:
    """For each lead, the weights of the criteria whose mask holds for it, added up; 0 where none does."""
    total = np.zeros(leads)
    for one in asked:
        total += one.criterion.weight * mask(one)
    return total


def share_of(one: Asked, points: Floats, weights: Weights) -> Floats:
    """What one criterion adds to each lead's score: weight x points / divisor, 0 where it does not count."""
    return np.where(one.counted, one.criterion.weight * points / weights.divisor, 0.0)


def left_to_right(parts: Iterable[Floats], leads: int) -> Floats:
    """For each lead, the parts added in the order given, so that the same parts always make the same double."""
    return reduce(np.add, parts, np.zeros(leads))


def excluding(asked: Sequence[Asked], leads: int) -> tuple[Bools, list[str]]:
    """Which leads are excluded, and by which criteria: their names in sheet order, '; ' between, '' for none.

    A name that exclusions of several scores bear is told with its score: 'fit: Rival; engagement: Rival'.
    """
    exclusions = [one for one in asked if one.criterion.kind is Kind.EXCLUSION]
    shared = Counter(one.criterion.name for one in exclusions)
    names = np.full(leads, "", dtype=object)
    for one in exclusions:
        name = exclusion_name(one.criterion, is_shared=shared[one.criterion.name] > 1)
        names[one.excludes] = [f"{before}; {name}" if before else name for before in names[one.excludes]]
    return names != "", list(names)


def exclusion_name(criterion: Criterion, *, is_shared: bool) -> str:
    """The criterion's name, after 'score: ' where exclusions of several scores share it."""
    return f"{criterion.score}: {criterion.name}" if is_shared and criterion.score else criterion.name
