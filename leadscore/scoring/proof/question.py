"""What is asked of a score: which leads are meant, what is maximised over them, and all that their score depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from leadscore.model.model import Criterion, Kind, Method, Score
from leadscore.scoring.answers import answer
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.proof.blocks import Field, Outcomes
from leadscore.scoring.segments import Membership, membership_values
from leadscore.scoring.values import Bools, Floats
from leadscore.values.evidence import Evidence

MOST_SEGMENTS = 12  # sets of segments tried: 2^12

World = Mapping[str, bool]


@dataclass(frozen=True)
class Target:
    """Which leads are meant: those that the exclusion at `place` excludes by a case (None: any), those that nothing
    excludes, or (`place` -1) any.
    """

    place: int = -1
    case: int | None = None
    are_kept: bool = False

    def admits(self, place: int, criterion: Criterion, outcomes: Outcomes) -> Bools | None:
        """The classes that such a lead may be of, None for all."""
        if self.are_kept and criterion.kind is Kind.EXCLUSION:
            return ~outcomes.excludes
        if place != self.place:
            return None
        return outcomes.excludes if self.case is None else outcomes.excludes & (outcomes.case == self.case)


ANY, KEPT = Target(), Target(are_kept=True)


@dataclass(frozen=True)
class Aim:
    """What is maximised: sign x (points - threshold x weights), a score above the threshold in a mean."""

    target: Target
    threshold: float
    sign: float = 1.0

    def of(self, points: Floats | float, weights: Floats | float, *, is_mean: bool) -> Floats | float:
        """What weighted points and the weights they count with gain; in a sum, threshold and weights play no part."""
        return self.sign * (points - self.threshold * weights) if is_mean else self.sign * points


@dataclass(frozen=True)
class Question:
    """One score with its criteria in sheet order, the fields they look at, and the segments they ask for.

    `segment_asks`: criterion's place -> the segments that its cases speak of.
    """

    score: Score
    criteria: Sequence[Criterion]
    fields: Sequence[Field]
    segments: Sequence[str]
    segment_asks: Mapping[int, Sequence[str]]
    verdicts: Mapping[str, Sequence[str]]
    around: Surroundings
    evidence: Evidence

    @property
    def is_mean(self) -> bool:
        """Whether the score divides by the weights that count."""
        return self.score.method is Method.MEAN

    @cached_property
    def proves_segments(self) -> bool:
        """Whether every set of segments is tried."""
        return len(self.segments) <= MOST_SEGMENTS

    @cached_property
    def worlds(self) -> list[dict[str, bool]]:
        """The sets of segments a lead may be in: all of them, or no, one and every segment where they are too many."""
        if self.proves_segments:
            sets = product((False, True), repeat=len(self.segments))
            return [dict(zip(self.segments, inside, strict=True)) for inside in sets]
        single = [{name: name == one for name in self.segments} for one in self.segments]
        return [dict.fromkeys(self.segments, False), *single, dict.fromkeys(self.segments, True)]

    @cached_property
    def memberships(self) -> Mapping[int, Outcomes]:
        """What each criterion about segments gives in each world."""
        inside = {
            name: Membership(np.array([world[name] for world in self.worlds]), np.zeros(len(self.worlds), dtype=bool))
            for name in self.segments
        }
        found = {}
        for place, names in self.segment_asks.items():
            values = membership_values(names, inside, self.evidence)
            answered = answer(self.criteria[place], values, self.around)
            found[place] = Outcomes(answered.points, answered.skipped, answered.case).at(values.codes)
        return found
