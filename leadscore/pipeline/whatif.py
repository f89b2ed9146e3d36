"""What a new model would change: two runs over the same leads, compared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from leadscore.pipeline.ablate import NO_BAND, NO_SCORE, SCORED, ranked, states_of
from leadscore.pipeline.results import Results, labels_of
from leadscore.pipeline.score import scores_of
from leadscore.scoring.agreement import Agreement, agreement
from leadscore.scoring.bands import EXCLUDED
from leadscore.scoring.reasons import reasons
from leadscore.scoring.settling import round_half_away
from leadscore.scoring.values import Bools, Floats

TOO_SMALL = "rounding and small differences"  # why a score changed when no single difference is large enough to show


@dataclass(frozen=True)
class Side:
    """What one model says of every lead that is not a blank row, in the order of the sheet.

    `states` are bands, or Excluded and the like (`ablate.states_of`); `order` is every state there may be, the bands as
    the model orders them, Excluded last. `parts` are the contributions in units of the score shown, by score and name.
    """

    scores: Floats
    excluded: Bools
    states: list[str]
    order: tuple[str, ...]
    parts: Mapping[tuple[str, str], Floats]
    decimals: int


@dataclass(frozen=True)
class Flow:
    """One band: how many leads it has by each model, and how many come and go."""

    band: str
    old: int
    new: int
    entering: int
    leaving: int


@dataclass(frozen=True)
class Mover:
    """One lead whose score changes; NaN for no score. `because` reads like reasons: 'Budget +20; Free mail -10'."""

    row: int
    old: float
    new: float
    change: float
    old_band: str
    new_band: str
    because: str


@dataclass(frozen=True)
class Comparison:
    """Two models on the same leads.

    `rows` are the numbers that the spreadsheet shows. `movers` begin with the largest change; leads that get or lose a
    score come after them, and those excluded both times last.
    """

    rows: list[int]
    old: Side
    new: Side
    agreement: Agreement
    movers: tuple[Mover, ...]

    @cached_property
    def migration(self) -> dict[tuple[str, str], int]:
        """(old state, new state) -> leads, for every pair of states."""
        counts = Counter(zip(self.old.states, self.new.states, strict=True))
        return {(old, new): counts[old, new] for old in self.old.order for new in self.new.order}

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Every state of either model, in the order of the old bands, then the new ones, Excluded last."""
        return tuple(self._flow(state) for state in ordered((*self.old.order, *self.new.order)))

    def _flow(self, state: str) -> Flow:
        old = sum(count for (before, _), count in self.migration.items() if before == state)
        new = sum(count for (_, after), count in self.migration.items() if after == state)
        staying = self.migration.get((state, state), 0)
        return Flow(state, old, new, new - staying, old - staying)

    @property
    def changing(self) -> int:
        """Leads that change band, or get in or out of the exclusion."""
        return sum(count for (old, new), count in self.migration.items() if old != new)

    @property
    def newly_excluded(self) -> int:
        """How many leads only the new model excludes."""
        return int((self.new.excluded & ~self.old.excluded).sum())

    @property
    def no_longer_excluded(self) -> int:
        """How many leads only the old model excludes."""
        return int((self.old.excluded & ~self.new.excluded).sum())


def ordered(states: Sequence[str]) -> tuple[str, ...]:
    """States, each once, bands first in the order they come, Excluded last."""
    last = (NO_BAND, NO_SCORE, EXCLUDED)
    return (*dict.fromkeys(state for state in states if state not in last), *(one for one in last if one in states))


def compare(old: Results, new: Results) -> Comparison:
    """Two runs over the same leads -> who moves where, and because of which criteria."""
    filled = old.leads.index[~old.blank]
    rows = [int(row) for row in filled]
    before, after = side_of(old), side_of(new)
    return Comparison(
        rows=rows,
        old=before,
        new=after,
        agreement=agreement(ranked(before.scores, before.excluded), ranked(after.scores, after.excluded)),
        movers=_movers(rows, before, after),
    )


def side_of(results: Results) -> Side:
    """What a run says of the leads that are not blank rows: the score shown, and where it puts them."""
    table = results.table[~results.blank]
    scores = table["score"].to_numpy(dtype=float)
    # A lead whose exclusion a person lifted still tells what excluded it, but it has a rank.
    excluded = (table["excluded_by"].ne("") & table["rank"].isna()).to_numpy(dtype=bool)
    model = results.plan.model
    states = states_of(table["band"].tolist() if "band" in table else None, scores, excluded)
    bands = [band.name for band in model.bands if not band.score] or [SCORED]
    others = sorted(set(states) - set(bands))
    return Side(
        scores, excluded, states, ordered((*bands, *others, EXCLUDED)), _parts(results), model.settings.decimals
    )


def _parts(results: Results) -> dict[tuple[str, str], Floats]:
    """(score, name) -> what it adds to the score shown, the rounding left out; lines of the total under score ''."""
    scored, several = results.scored, len(results.scored.scores) > 1
    parts = {
        (score.name, name): part * score.in_total
        for score in scores_of(results.plan.model)
        if score.in_total
        for name, part in scored.scores[score.name].contributions.items()
    }
    if several:
        lines = scored.total.contributions.items()
        parts |= {("", name): part for name, part in lines if name not in scored.scores}
    return {key: part for key, part in parts.items() if key[1] != "rounding"}


def _movers(rows: list[int], old: Side, new: Side) -> tuple[Mover, ...]:
    """The leads whose score changes, in the order of their prominence, ties by row."""
    decimals = max(old.decimals, new.decimals)
    changes = round_half_away(new.scores - old.scores, decimals)
    moved = np.flatnonzero((old.scores != new.scores) & ~(np.isnan(old.scores) & np.isnan(new.scores)))
    names, parts = differences(old, new)
    said = reasons(names, [part[moved] for part in parts], decimals, len(moved))
    movers = [
        Mover(
            row=rows[lead],
            old=float(old.scores[lead]),
            new=float(new.scores[lead]),
            change=float(changes[lead]),
            old_band=old.states[lead],
            new_band=new.states[lead],
            because=because or TOO_SMALL,
        )
        for lead, because in zip(moved.tolist(), said, strict=True)
    ]
    return tuple(sorted(movers, key=_prominence))


def _prominence(mover: Mover) -> tuple[bool, bool, float]:
    """Sorts as people look at movers: those excluded both times last, they are nobody's to call; largest first."""
    is_out = mover.old_band == mover.new_band == EXCLUDED
    return is_out, math.isnan(mover.change), -abs(mover.change)


def differences(old: Side, new: Side) -> tuple[list[str], list[Floats]]:
    """What each criterion or line adds more by the new model, by name; one that a model does not have adds 0 there.

    A name that several scores of a model have goes with the score's name, as in the reasons.
    """
    nothing = np.zeros(len(new.scores))
    sums: dict[str, Floats] = {}
    for sign, side, other in ((1.0, new, old), (-1.0, old, new)):
        for label, part in zip(labels_of(side.parts, other.parts), side.parts.values(), strict=True):
            sums[label] = sums.get(label, nothing) + sign * part
    return list(sums), list(sums.values())
