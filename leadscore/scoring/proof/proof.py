"""Can an excluded lead reach a score of 0 or more? Guaranteed not; or by which lead, and what points would do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from leadscore.model.model import Criterion, Kind, Policy
from leadscore.scoring.proof.question import ANY, KEPT, MOST_SEGMENTS, Aim, Target
from leadscore.scoring.proof.search import Choice, Search
from leadscore.scoring.proof.situation import Situation, loose_question, question_of

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Weakness:
    """An exclusion that may not hold a lead below 0.

    `place` is the criterion's among those of its score, `case` its case's (-1: no case holds; None: any). `leads` are
    leads by field key that seem to show it, the worst first; () when none was found. `points` would do; None: none do,
    as with weight 0, or where behaviours have no limit.
    """

    place: int
    case: int | None
    leads: tuple[Texts, ...]
    points: int | None


@dataclass(frozen=True)
class Proof:
    """What can be said of one score without any lead."""

    situation: Situation

    def weaknesses(self) -> Iterator[Weakness]:
        """Every exclusion, case by case, that is not guaranteed to hold the score below 0."""
        if self.situation.is_capped or self.situation.is_floored:
            return
        for target in self._targets():
            if self._bounds.best(self._aim(target), self._floor) is not None:
                yield Weakness(target.place, target.case, self._leads(target), self.points_of(target))

    def excluded_leads(self) -> Iterator[tuple[int, Texts]]:
        """For each exclusion that can exclude, its place and a lead that it excludes."""
        for target in self._targets():
            if (choice := self._real.best(Aim(target, 0.0), -np.inf)) is not None:
                yield target.place, choice.texts

    def range(self) -> tuple[float, float]:
        """The lowest and highest score of leads that nothing excludes, Min and Max applied; NaN when there is none.

        An outer range: where classes cannot be listed, or behaviours are about the same activities, no lead may reach
        its ends. Infinite where behaviours have no limit.
        """
        score = self.situation.score
        low = -math.inf if score.minimum is None else score.minimum
        high = math.inf if score.maximum is None or score.cap_unless_segment else score.maximum
        extremes = (self._value(self._bounds.extreme(KEPT, sign)) for sign in (-1.0, 1.0))
        ends = (end + lift for end, lift in zip(extremes, self.situation.lift, strict=True))
        lowest, highest = (end if math.isnan(end) else min(max(end, low), high) for end in ends)
        return lowest, highest

    def kept_points(self, place: int) -> frozenset[float]:
        """The different points an exclusion may give the leads it keeps."""
        kept = [one.points[~one.excludes & ~one.skipped] for one in self._bounds.outcomes_of(place)]
        return frozenset(float(points) for points in np.concatenate([*kept, np.empty(0)]))

    def points_with(self, weakness: Weakness, most: float) -> int | None:
        """The points that would do if behaviours added no more than `most`."""
        lift = (self.situation.lift[0], most)
        return Proof(replace(self.situation, lift=lift)).points_of(Target(weakness.place, weakness.case))

    def points_of(self, target: Target) -> int | None:
        """The highest whole points, -1 at most, with which the exclusion would be guaranteed.

        With policy max or sum they are for each of its cases with negative points, or for a Max below 0.
        """
        criterion = self.situation.criteria[target.place].criterion
        if not criterion.weight or math.isinf(self.situation.threshold):
            return None
        if criterion.policy is not Policy.FIRST and (criterion.maximum or 0.0) < 0:  # Max excludes all: lower it
            others, added = self._without(target.place), 0.0
        elif criterion.policy is Policy.SUM:
            others, added = self._without(target.place), sum(max(case.points or 0.0, 0.0) for case in criterion.cases)
        else:
            targets = [target] if target.case is not None else list(_by_case(target.place, criterion))
            others, added = max(self._others(one) for one in targets), 0.0
        limit = self._own_zero - (others - self._floor) / criterion.weight - added
        return min(math.floor(limit), -1)

    @cached_property
    def _real(self) -> Search:
        return Search(question_of(self.situation), is_real=True)

    @cached_property
    def _bounds(self) -> Search:
        is_loose = len(self.situation.segment_names) > MOST_SEGMENTS
        return Search(loose_question(self.situation) if is_loose else self._real.question)

    @property
    def _is_mean(self) -> bool:
        return self._real.question.is_mean

    @property
    def _floor(self) -> float:
        """What a lead has to gain more than, to pass the threshold."""
        return 0.0 if self._is_mean else self.situation.threshold

    @property
    def _own_zero(self) -> float:
        """The points that gain nothing."""
        return self.situation.threshold if self._is_mean else 0.0

    def _aim(self, target: Target) -> Aim:
        return Aim(target, self.situation.threshold)

    def _value(self, choice: Choice | None) -> float:
        if choice is None:
            return math.nan
        return choice.points / choice.weight if self._is_mean else choice.points

    def _targets(self) -> Iterator[Target]:
        for place, weighed in enumerate(self.situation.criteria):
            if weighed.criterion.kind is not Kind.EXCLUSION:
                continue
            if weighed.criterion.policy is Policy.FIRST:
                yield from _by_case(place, weighed.criterion)
            else:
                yield Target(place)

    def _leads(self, target: Target) -> tuple[Texts, ...]:
        """The excluded lead with the highest score, and the one that passed the threshold."""
        passing = self._real.best(self._aim(target), self._floor)
        if passing is None:
            return ()
        choices = (self._real.extreme(target), passing)
        return tuple(choice.texts for choice in choices if choice is not None)

    def _others(self, target: Target) -> float:
        """The most that all other criteria gain for a lead that this one case excludes."""
        found = self._bounds.best(self._aim(target), -np.inf)
        if found is None:
            return -math.inf
        own = [one.points[one.excludes & (one.case == target.case)] for one in self._bounds.outcomes_of(target.place)]
        weight = self.situation.criteria[target.place].criterion.weight
        return found.gain - weight * (float(np.concatenate(own).max()) - self._own_zero)

    def _without(self, place: int) -> float:
        """The most that all other criteria gain for any lead."""
        weighed = self.situation.criteria[place]
        silent = {
            "cases": tuple(case.model_copy(update={"points": 0.0}) for case in weighed.criterion.cases),
            "minimum": None,
            "maximum": None,
        }
        criteria = list(self.situation.criteria)
        criteria[place] = replace(weighed, criterion=weighed.criterion.model_copy(update=silent))
        others = Proof(replace(self.situation, criteria=tuple(criteria)))
        found = others._bounds.best(self._aim(ANY), -np.inf)
        return -math.inf if found is None else found.gain + weighed.criterion.weight * self._own_zero


def _by_case(place: int, criterion: Criterion) -> Iterator[Target]:
    """The leads that the exclusion excludes, by the case that decides; -1 for none, where Max is below 0."""
    yield from (Target(place, case) for case in range(-1, len(criterion.cases)))
