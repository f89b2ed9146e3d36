"""Design.md section 4.5: scores -> total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from leadscore.model.model import Score
from leadscore.scoring.asked import left_to_right
from leadscore.scoring.score import ScoreResult
from leadscore.scoring.settling import round_half_away
from leadscore.scoring.values import Bools, Floats


def total_of(results: Mapping[str, ScoreResult], scores: Sequence[Score], decimals: int) -> ScoreResult:
    """The total: each score times its In total, added over the scores a lead has and rounded once.

    A lone score is the total. Blank where a score that is needed is blank, or where the lead has none; a score with
    In total 0 is not needed.
    """
    if len(results) == 1:
        return next(iter(results.values()))
    leads = len(next(iter(results.values())).value)
    counted = [(results[score.name], score.in_total, _has(results[score.name])) for score in scores if score.in_total]
    parts = {result.name: np.where(has, result.value * share, 0.0) for result, share, has in counted}
    has_any = np.logical_or.reduce([has for _, _, has in counted]) if counted else np.zeros(leads, dtype=bool)
    raw = np.where(has_any, left_to_right(parts.values(), leads), np.nan)
    value = round_half_away(raw, decimals)
    ends = [_ends(result, share, has) for result, share, has in counted]
    return ScoreResult(
        name="total",
        contributions={name: np.nan_to_num(part) for name, part in parts.items()}
        | {"rounding": np.nan_to_num(value - raw)},
        value=value,
        low=round_half_away(np.where(has_any, left_to_right((low for low, _ in ends), leads), np.nan), decimals),
        high=round_half_away(np.where(has_any, left_to_right((high for _, high in ends), leads), np.nan), decimals),
        known_weight=left_to_right((result.known_weight for result, _, _ in counted), leads),
        applying_weight=left_to_right((result.applying_weight for result, _, _ in counted), leads),
        gains=_gains(counted),
    )


def _has(result: ScoreResult) -> Bools:
    return np.ones(len(result.value), dtype=bool) if result.shown is None else result.shown


def _ends(result: ScoreResult, share: float, has: Bools) -> tuple[Floats, Floats]:
    """The least and most a score may bring to the total; a score that is subtracted swaps its ends."""
    low, high = (np.where(has, end * share, 0.0) for end in (result.low, result.high))
    return np.minimum(low, high), np.maximum(low, high)


def _gains(counted: Sequence[tuple[ScoreResult, float, Bools]]) -> dict[str, Floats]:
    gains: dict[str, Floats] = {}
    for result, share, _ in counted:
        for column, gain in result.gains.items():
            gains[column] = gains.get(column, np.zeros(len(gain))) + gain * share
    return gains
