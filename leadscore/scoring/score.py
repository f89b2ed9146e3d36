"""Design.md sections 4.2 and 4.3: answers -> contributions -> score. By column, never by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from leadscore.model.model import Score
from leadscore.scoring.asked import Asked, left_to_right, share_of, summed, weights_of
from leadscore.scoring.settling import Settling
from leadscore.scoring.unknown import gains_by_column, interval
from leadscore.scoring.values import Bools, Floats


@dataclass(frozen=True)
class ScoreResult:
    """One score of every lead. NaN where no criterion applies, or where the score is not for this lead (`shown`).

    `contributions` maps the name of a criterion or line (floor, cap, rounding) to what it adds, in score units; added
    from left to right they give `value` exactly. `value`, `low` and `high` are rounded. Weights are sums over the
    criteria that apply.
    """

    name: str
    contributions: dict[str, Floats]
    value: Floats
    low: Floats
    high: Floats
    known_weight: Floats
    applying_weight: Floats
    gains: dict[str, Floats] = field(default_factory=dict)
    shown: Bools | None = None


@dataclass(frozen=True)
class Standing:
    """What a score depends on beside its criteria: the number of leads, decimals, who has it, whom its Max spares.

    None means: all have it, and it spares nobody. `given` are contributions that no criterion makes: of behaviours.
    """

    leads: int
    decimals: int
    shown: Bools | None = None
    uncapped: Bools | None = None
    given: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def having(self) -> Bools:
        """Which leads have the score."""
        return np.ones(self.leads, dtype=bool) if self.shown is None else self.shown


def compute_score(score: Score, asked: Sequence[Asked], standing: Standing) -> ScoreResult:
    """One score from its criteria, in sheet order."""
    leads = standing.leads
    if standing.shown is not None:
        asked = [one.among(standing.shown) for one in asked]
    weights = weights_of(score, asked, leads)
    given = _given_to(standing)
    if given:
        weights = replace(weights, blank=~standing.having)
    contributions = {one.criterion.name: share_of(one, one.points, weights) for one in asked} | given
    raw = left_to_right(contributions.values(), leads)
    raw = np.where(weights.blank, np.nan, raw)
    settle = Settling(score, standing.decimals, standing.uncapped)
    lines, value = settle.lines(raw)
    low, high = (end + left_to_right(given.values(), leads) for end in interval(asked, weights))
    return ScoreResult(
        name=score.name,
        contributions=contributions | lines,
        value=value,
        low=np.minimum(settle.value(np.where(weights.blank, np.nan, low)), value),
        high=np.maximum(settle.value(np.where(weights.blank, np.nan, high)), value),
        known_weight=summed(asked, lambda one: one.known, leads),
        applying_weight=summed(asked, lambda one: one.known | one.unknown, leads),
        gains=gains_by_column(asked, weights, settle, raw),
        shown=standing.shown,
    )


def _given_to(standing: Standing) -> dict[str, Floats]:
    """What no criterion makes, to the leads that have the score; 0 to the others."""
    return {name: np.where(standing.having, points, 0.0) for name, points in standing.given.items()}
