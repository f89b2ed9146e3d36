"""Design.md sections 4.2, 4.3 and 4.5: answers -> contributions -> scores -> total. By column, never by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from leadscore.model.model import Score
from leadscore.scoring.asked import Asked, left_to_right, share_of, summed, weights_of
from leadscore.scoring.settling import Settling, round_half_away
from leadscore.scoring.unknown import gains_by_column, interval
from leadscore.scoring.values import Floats


@dataclass(frozen=True)
class ScoreResult:
    """One score of every lead. NaN where no criterion applies.

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


def compute_score(score: Score, asked: Sequence[Asked], decimals: int, leads: int) -> ScoreResult:
    """One score from its criteria, in sheet order."""
    weights = weights_of(score, asked, leads)
    contributions = {one.criterion.name: share_of(one, one.points, weights) for one in asked}
    raw = left_to_right(contributions.values(), leads)
    raw = np.where(weights.blank, np.nan, raw)
    settle = Settling(score, decimals)
    lines, value = settle.lines(raw)
    low, high = interval(asked, weights)
    return ScoreResult(
        name=score.name,
        contributions=contributions | lines,
        value=value,
        low=np.minimum(settle.value(np.where(weights.blank, np.nan, low)), value),
        high=np.maximum(settle.value(np.where(weights.blank, np.nan, high)), value),
        known_weight=summed(asked, lambda one: one.known, leads),
        applying_weight=summed(asked, lambda one: one.known | one.unknown, leads),
        gains=gains_by_column(asked, weights, settle, raw),
    )


def total_of(results: Mapping[str, ScoreResult], scores: Sequence[Score], decimals: int) -> ScoreResult:
    """The total: each score times its In total, added and rounded once. A lone score is the total.

    Blank where a score it needs is blank; a score with In total 0 is not needed.
    """
    if len(results) == 1:
        return next(iter(results.values()))
    counted = [(results[score.name], score.in_total) for score in scores if score.in_total]
    leads = len(next(iter(results.values())).value)
    contributions = {result.name: result.value * share for result, share in counted}
    raw = reduce(np.add, contributions.values(), np.zeros(leads))
    value = round_half_away(raw, decimals)
    rounding = np.nan_to_num(value - raw, nan=0.0)
    ends = [[result.low * share, result.high * share] for result, share in counted]
    gains: dict[str, Floats] = {}
    for result, share in counted:
        for column, gain in result.gains.items():
            gains[column] = gains.get(column, 0.0) + gain * share
    return ScoreResult(
        name="total",
        contributions={name: np.nan_to_num(part) for name, part in contributions.items()} | {"rounding": rounding},
        value=value,
        low=round_half_away(sum((np.minimum(*end) for end in ends), np.zeros(leads)), decimals),
        high=round_half_away(sum((np.maximum(*end) for end in ends), np.zeros(leads)), decimals),
        known_weight=sum((result.known_weight for result, _ in counted), np.zeros(leads)),
        applying_weight=sum((result.applying_weight for result, _ in counted), np.zeros(leads)),
        gains=gains,
    )
