"""The highest or lowest score over all leads of a kind: fields are independent, so each is decided by itself.

A mean N / W passes t just when Σ w·(p - t) > 0 over the criteria that count, and that sum falls apart into fields.
Enrichment columns of one step share its verdict, which is tried word by word; which segments a lead is in is tried set
by set, and a set that the chosen values contradict is mended by branching on the field that keeps the lead out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from leadscore.model.model import Criterion
from leadscore.scoring.proof.blocks import Block, Outcomes
from leadscore.scoring.proof.question import Aim, Question, Target, World
from leadscore.scoring.values import Bools, Floats

_MOST_BRANCHES = 500  # for one set of segments
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Choice:
    """One lead: a text of each field by key, its weighted points and the weight they count with, what it gains."""

    texts: Mapping[str, str]
    points: float
    weight: float
    gain: float


@dataclass(frozen=True)
class Part:
    """What is looked at in one world: the weighted points and weights of every class of a block, and who may be it."""

    block: Block
    points: Floats
    weights: Floats
    allowed: Bools


@dataclass(frozen=True)
class Search:
    """The search over leads with real values (`is_real`), or over a superset of all leads for a proof."""

    question: Question
    is_real: bool = False

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of all fields: those with texts, or for a proof the bounds wherever a field has any."""
        fields = self.question.fields
        if self.is_real:
            return [field.real for field in fields]
        return [block for field in fields for block in (field.bounds or (field.real,))]

    def extreme(self, target: Target, sign: float = 1.0) -> Choice | None:
        """The lead with the highest (sign 1) or lowest (-1) score of all that count in it; None when there is none."""
        if not self.question.is_mean:
            return self.best(Aim(target, 0.0, sign), floor=-np.inf)
        outcomes = (one for place in range(len(self.question.criteria)) for one in self.outcomes_of(place))
        most = max((float(np.abs(one.points).max()) for one in outcomes), default=0.0)
        # Dinkelbach: the best lead for a threshold gives the next one, as long as any gains by it.
        choice: Choice | None = None
        better = self.best(Aim(target, -sign * (2 * most + 1), sign), floor=-np.inf)
        while better is not None and better.weight > 0:
            choice = better
            better = self.best(Aim(target, choice.points / choice.weight, sign), floor=_NEGLIGIBLE * (1 + most))
        return choice

    def outcomes_of(self, place: int) -> list[Outcomes]:
        """What a criterion may give."""
        found = [block.outcomes[place] for block in self.blocks if place in block.outcomes]
        return [*found, *(one for about, one in self.question.memberships.items() if about == place)]

    def best(self, aim: Aim, floor: float) -> Choice | None:
        """The lead that gains most, None when none gains more than `floor`."""
        best: Choice | None = None
        for number, world in enumerate(self.question.worlds):
            parts = self._parts(number, world, aim.target)
            if parts is None:
                continue
            base = self._base(number, world)
            found = _Branches(self, aim, world, base).best(parts, floor if best is None else best.gain)
            best = found or best
        return best

    def _applies(self, criterion: Criterion, world: World) -> bool:
        return not criterion.segment or world[criterion.segment]

    def _base(self, number: int, world: World) -> tuple[float, float]:
        """Weighted points and weight of the criteria about segments in a world."""
        points = weights = 0.0
        for place, outcomes in self.question.memberships.items():
            criterion = self.question.criteria[place]
            if self._applies(criterion, world) and not outcomes.skipped[number]:
                points += criterion.weight * float(outcomes.points[number])
                weights += criterion.weight
        return points, weights

    def _parts(self, number: int, world: World, target: Target) -> list[Part] | None:
        """The blocks as they are in a world; None where no lead of the target is in it."""
        question = self.question
        if question.score.segment and not world[question.score.segment]:
            return None
        if target.place >= 0 and not self._applies(question.criteria[target.place], world):
            return None
        for place, outcomes in question.memberships.items():
            criterion = question.criteria[place]
            admitted = target.admits(place, criterion, outcomes)
            if admitted is not None and self._applies(criterion, world) and not admitted[number]:
                return None
        return [self._part(block, world, target) for block in self.blocks]

    def _part(self, block: Block, world: World, target: Target) -> Part:
        points, weights, allowed = np.zeros(block.size), np.zeros(block.size), np.ones(block.size, dtype=bool)
        for place, outcomes in block.outcomes.items():
            criterion = self.question.criteria[place]
            if not self._applies(criterion, world):
                continue
            weight = np.where(outcomes.skipped, 0.0, criterion.weight)
            points, weights = points + weight * outcomes.points, weights + weight
            admitted = target.admits(place, criterion, outcomes)
            allowed = allowed if admitted is None else allowed & admitted
        for segment, inside in block.members.items():
            if world[segment]:
                allowed = allowed & inside
        return Part(block, points, weights, allowed)


class _Branches:
    """The search in one world: the best values field by field, mended where they put the lead in another segment."""

    def __init__(self, search: Search, aim: Aim, world: World, base: tuple[float, float]) -> None:
        self._question, self._aim, self._world, self._base = search.question, aim, world, base
        self._left = _MOST_BRANCHES

    def best(self, parts: Sequence[Part], floor: float) -> Choice | None:
        """The best lead of this world that gains more than `floor`."""
        places = self._places(parts)
        if places is None:
            return None
        choice = self._choice(parts, places)
        if choice.gain <= floor:
            return None
        wrong = self._contradicted(parts, places)
        if wrong is None or self._left <= 0:
            return choice
        best: Choice | None = None
        for number, part in enumerate(parts):
            if wrong in part.block.members and part.block.texts is not None:
                self._left -= 1
                outside = Part(part.block, part.points, part.weights, part.allowed & ~part.block.members[wrong])
                found = self.best([*parts[:number], outside, *parts[number + 1 :]], best.gain if best else floor)
                best = found or best
        return best

    def _contradicted(self, parts: Sequence[Part], places: Sequence[int]) -> str | None:
        """A segment that the lead is not in by this world, though all its conditions hold for these values."""
        for segment in (name for name, inside in self._world.items() if not inside):
            met = [
                part.block.members[segment][place]
                for part, place in zip(parts, places, strict=True)
                if segment in part.block.members
            ]
            has_all = len(met) == sum(segment in field.real.members for field in self._question.fields)
            if has_all and all(met):
                return segment
        return None

    def _places(self, parts: Sequence[Part]) -> list[int] | None:
        """The class of each block that gains most; the blocks of one step under one verdict. None: no lead is so."""
        places = [0] * len(parts)
        groups: dict[str, list[int]] = {}
        for number, part in enumerate(parts):
            is_bound = part.block.look.verdict and part.block.texts is not None
            groups.setdefault(part.block.look.verdict if is_bound else f" {number}", []).append(number)
        for verdict, numbers in groups.items():
            best: tuple[float, list[int]] | None = None
            for word in self._question.verdicts.get(verdict, ("",)):
                found = self._under(word, [parts[number] for number in numbers])
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
            if best is None:
                return None
            for number, place in zip(numbers, best[1], strict=True):
                places[number] = place
        return places

    def _under(self, verdict: str, parts: Sequence[Part]) -> tuple[float, list[int]] | None:
        total, places = 0.0, []
        for part in parts:
            allowed = part.allowed & part.block.under(verdict) if part.block.look.verdict else part.allowed
            if not allowed.any():
                return None
            gains = np.where(allowed, self._aim.of(part.points, part.weights, is_mean=self._question.is_mean), -np.inf)
            place = int(gains.argmax())
            total += float(gains[place])
            places.append(place)
        return total, places

    def _choice(self, parts: Sequence[Part], places: Sequence[int]) -> Choice:
        points, weight = self._base
        texts = {}
        for part, place in zip(parts, places, strict=True):
            points += float(part.points[place])
            weight += float(part.weights[place])
            if part.block.texts is not None:
                texts[part.block.look.key] = part.block.texts[place]
        gain = float(self._aim.of(points, weight, is_mean=self._question.is_mean))
        return Choice(texts, points, weight, gain)
