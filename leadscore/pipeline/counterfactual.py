"""What would move a lead up: the smallest change of its source cells that lifts it to the next band, or out of an
exclusion. Every change is scored as the lead itself was; the one proposed, in its sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product

import numpy as np

from leadscore.model.model import Band
from leadscore.pipeline.bench import Bench
from leadscore.pipeline.move_words import said
from leadscore.pipeline.moves import Move, moves_of, verdict_columns
from leadscore.pipeline.results import Results
from leadscore.scoring.bands import EXCLUDED, band_of, lower_limit, rising
from leadscore.scoring.settling import round_half_away

KEPT = "not excluded"  # the goal of an excluded lead
HIGHEST = "highest score"  # the goal where the model has no bands: the best that one field can do
MOST_FIELDS = 3
_MOST_TRIALS = 10_000  # combinations scored for each number of fields: a second or two
_MOST_CHECKS = 5  # changes scored in their sheet before others are taken for hopeless too

Moves = tuple[Move, ...]


@dataclass(frozen=True)
class Goal:
    """What the lead is to reach: a total of at least `start` without being excluded. `band` '' where it is no band.

    No more than `fields` columns are changed for it.
    """

    band: str
    start: float
    fields: int = MOST_FIELDS

    @property
    def said(self) -> str:
        """The goal by its name; without bands there is none to reach but more."""
        return self.band or (KEPT if self.start == -math.inf else HIGHEST)

    def is_met(self, total: float, *, excluded: bool) -> bool:
        """Whether a lead that stands so has reached it."""
        return not excluded and total >= self.start  # False for NaN, which is no score


@dataclass(frozen=True)
class Step:
    """One cell changed: what it holds, what it is to hold in words and as a text that does, what that adds (NaN: no
    score before or after).
    """

    column: str
    before: str
    after: str
    text: str
    gain: float


@dataclass(frozen=True)
class Counterfactual:
    """The steps to the goal (a band, KEPT or HIGHEST), and where they lead.

    `reached` False: they lead to the best that so many fields can do. `why_not` says why there is no goal; `fields` is
    how many were changed at once; `is_bounded` whether not every combination of them could be tried.
    """

    score: float
    band: str
    goal: str = ""
    reached: bool = False
    steps: tuple[Step, ...] = ()
    why_not: str = ""
    fields: int = 0
    is_bounded: bool = False


def what_would_lift(results: Results, position: int) -> Counterfactual:
    """The smallest change for the lead at this position among the rows that are not blank.

    Fewest fields first; then fewest cells emptied, the smallest gain that suffices, the order of the sheet.
    """
    goal, why_not = _goal(results, position)
    if goal is None:
        total = float(results.scored.total.value[position])
        decided = results.scored.decisions.bands("").get(position, "")
        return Counterfactual(total, decided or _band(results, total, excluded=False), why_not=why_not)
    return _Search(Bench(results, position), goal).found()


def bands_of_total(results: Results) -> list[Band]:
    """The bands of the total, lowest first."""
    return rising(band for band in results.plan.model.bands if not band.score)


def _goal(results: Results, position: int) -> tuple[Goal | None, str]:
    """The goal of a lead, else why it has none."""
    scored = results.scored
    if position in scored.decisions.held.get("", {}):
        return None, "a person decided this score (sheet Overrides); no cell moves it"
    if scored.excluded[position]:
        return Goal("", -math.inf), ""
    bands, total = bands_of_total(results), float(scored.total.value[position])
    if not bands:
        return Goal("", math.inf, fields=1), ""
    starts = [lower_limit(band) for band in bands]
    higher = [start for start in starts if math.isnan(total) or start > total]
    if not higher:
        return None, "the lead is in the highest band"
    return Goal(_band(results, higher[0], excluded=False), higher[0]), ""


def _band(results: Results, total: float, *, excluded: bool) -> str:
    if excluded:
        return EXCLUDED
    bands = bands_of_total(results)
    return band_of(np.array([total]), bands)[0] if bands else ""


@dataclass(frozen=True)
class _Tried:
    """A change with where the lead would stand. Sorts as proposals do."""

    moves: Moves
    total: float
    excluded: bool
    place: int

    @property
    def cost(self) -> tuple[int, float, int]:
        """Less is better: cells emptied, the total, the order in which it was tried."""
        return sum(not move.text for move in self.moves), self.total, self.place

    @property
    def height(self) -> tuple[bool, float, int]:
        """More is better, of changes that do not reach the goal."""
        total = -math.inf if math.isnan(self.total) else self.total
        return not self.excluded, total, -sum(not move.text for move in self.moves)


@dataclass(frozen=True)
class _Search:
    """The search for one lead."""

    bench: Bench
    goal: Goal

    def found(self) -> Counterfactual:
        """The smallest change that reaches the goal in the lead's own sheet, else the best one."""
        scored, position = self.bench.results.scored, self.bench.position
        best = _Tried((), float(scored.total.value[position]), bool(scored.excluded[position]), 0)
        is_bounded, most = False, min(self.goal.fields, len(self._moves))
        for fields in range(1, most + 1):
            moves, is_cut = self._within_bound(fields)
            is_bounded |= is_cut
            tried = list(self._tried(moves, fields))
            reaching = sorted((one for one in tried if self._is_reached(one)), key=lambda one: one.cost)
            for one in map(self._in_sheet, reaching[:_MOST_CHECKS]):
                if self._is_reached(one):
                    return self._told(one, reached=True, fields=fields, is_bounded=is_bounded)
            best = max((best, *tried), key=lambda one: one.height)
        return self._told(self._in_sheet(best), reached=False, fields=most, is_bounded=is_bounded)

    def _is_reached(self, one: _Tried) -> bool:
        return self.goal.is_met(one.total, excluded=one.excluded)

    def _in_sheet(self, one: _Tried) -> _Tried:
        """The same change with where the lead stands when the whole sheet is scored."""
        total, excluded = self.bench.in_sheet({move.column: move.text for move in one.moves})
        return replace(one, total=total, excluded=excluded)

    @cached_property
    def _singles(self) -> list[_Tried]:
        """Every single move that makes a difference, one of each kind; none to a text that is no value."""
        plan = self.bench.results.plan
        moves = [move for own in moves_of(plan).values() for move in own]
        trial = self.bench.trial([{}, *({move.column: move.text} for move in moves)])
        verdicts, effects, spoilt = verdict_columns(plan), trial.effects, trial.spoilt
        seen: set[tuple[str, bytes]] = set()
        singles = []
        for place, move in enumerate(moves, start=1):
            is_wrong = move.column in verdicts and trial.made[verdicts[move.column]].iloc[place] == "fail"
            if is_wrong or spoilt[place] or effects[place] == effects[0] or (move.column, effects[place]) in seen:
                continue
            seen.add((move.column, effects[place]))
            singles.append(_Tried((move,), float(trial.total[place]), bool(trial.excluded[place]), place))
        return singles

    @cached_property
    def _moves(self) -> dict[str, list[_Tried]]:
        """Source column -> its moves, each tried alone."""
        columns = dict.fromkeys(one.moves[0].column for one in self._singles)
        return {name: [one for one in self._singles if one.moves[0].column == name] for name in columns}

    def _within_bound(self, fields: int) -> tuple[Mapping[str, list[_Tried]], bool]:
        """The moves to combine, and whether some were left out: the least promising of each column, then columns."""
        moves, most = self._moves, max(map(len, self._moves.values()))
        while most > 1 and _combinations([len(own) for own in moves.values()], fields) > _MOST_TRIALS:
            most -= 1
            moves = {name: _best(own, most) for name, own in self._moves.items()}
        heights = sorted(moves, key=lambda name: max(one.height for one in moves[name]), reverse=True)
        count = len(heights)
        while _combinations([len(moves[name]) for name in heights[:count]], fields) > _MOST_TRIALS:
            count -= 1
        kept = {name: own for name, own in moves.items() if name in heights[:count]}
        return kept, sum(map(len, kept.values())) < len(self._singles)

    def _tried(self, moves: Mapping[str, list[_Tried]], fields: int) -> Iterator[_Tried]:
        """Every combination of moves of so many columns."""
        if fields == 1:
            yield from self._singles
            return
        sets = [
            tuple(one.moves[0] for one in chosen)
            for columns in combinations(moves, fields)
            for chosen in product(*(moves[name] for name in columns))
        ]
        trial = self.bench.trial([{move.column: move.text for move in chosen} for chosen in sets])
        for place, chosen in enumerate(sets):
            yield _Tried(chosen, float(trial.total[place]), bool(trial.excluded[place]), place)

    def _told(self, one: _Tried, *, reached: bool, fields: int, is_bounded: bool) -> Counterfactual:
        """A change that was scored in its sheet, as steps, each with what it adds after those before it."""
        results, done = self.bench.results, [one.moves[:count] for count in range(len(one.moves) + 1)]
        totals = self.bench.trial([{move.column: move.text for move in moves} for moves in done]).total
        gains = round_half_away(np.diff(totals), results.plan.model.settings.decimals)
        return Counterfactual(
            goal=self.goal.said,
            reached=reached,
            steps=tuple(
                Step(move.column, self.bench.cell(move.column), said(move, self.bench), move.text, float(gain))
                for move, gain in zip(one.moves, gains, strict=True)
            ),
            score=one.total,
            band=_band(results, one.total, excluded=one.excluded),
            fields=fields,
            is_bounded=is_bounded,
        )


def _best(own: list[_Tried], most: int) -> list[_Tried]:
    """The most promising moves of one column, in the order they came."""
    kept = sorted(own, key=lambda one: one.height, reverse=True)[:most]
    return [one for one in own if one in kept]


def _combinations(sizes: list[int], fields: int) -> int:
    """How many ways there are to choose one move of each of so many columns."""
    ways = [1, *([0] * fields)]
    for size in sizes:
        for count in range(fields, 0, -1):
            ways[count] += size * ways[count - 1]
    return ways[fields]
