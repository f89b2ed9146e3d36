"""Design.md section 4.8: what the unknown criteria of a lead may still do to a score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leadscore.scoring.asked import Asked, Weights, left_to_right
from leadscore.scoring.settling import Settling
from leadscore.scoring.values import Floats


def interval(asked: Sequence[Asked], weights: Weights) -> tuple[Floats, Floats]:
    """The least and most the score may become when the unknown criteria are answered, before Min and Max."""
    low = _extreme(asked, [one.answer.worst[one.codes] for one in asked], weights, sign=-1.0)
    high = _extreme(asked, [one.answer.best[one.codes] for one in asked], weights, sign=1.0)
    return low, high


def _extreme(asked: Sequence[Asked], points: Sequence[Floats], weights: Weights, sign: float) -> Floats:
    """The score when every counted criterion has `points` and skipped unknown ones come to count where that is beyond.

    In a sum those are the ones with points beyond 0. In a mean, letting one in moves the mean towards its points, so
    the extreme is reached by letting in those beyond the mean so far, and again (Dinkelbach's iteration for a ratio:
    no more rounds are needed than there are such criteria).
    """
    leads = len(weights.divisor)
    weighed = [one.criterion.weight * mine for one, mine in zip(asked, points, strict=True)]
    total = left_to_right((np.where(one.counted, mine, 0.0) for one, mine in zip(asked, weighed, strict=True)), leads)
    joining = [(one, place, one.unknown & ~one.counted) for place, one in enumerate(asked)]
    joining = [row for row in joining if row[2].any()]
    if not weights.is_mean:
        return total + left_to_right(
            (np.where(may, _beyond(weighed[place], sign), 0.0) for _, place, may in joining), leads
        )
    base = np.where(weights.blank, 0.0, weights.divisor)
    mean = total / weights.divisor
    for _ in joining:
        taken = [(one, place, may & (sign * points[place] > sign * mean)) for one, place, may in joining]
        top = total + left_to_right((np.where(may, weighed[place], 0.0) for _, place, may in taken), leads)
        bottom = base + left_to_right((np.where(may, one.criterion.weight, 0.0) for one, _, may in taken), leads)
        mean = np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), mean)
    return mean


def _beyond(numbers: Floats, sign: float) -> Floats:
    return np.maximum(numbers, 0.0) if sign > 0 else np.minimum(numbers, 0.0)


def gains_by_column(asked: Sequence[Asked], weights: Weights, settle: Settling, raw: Floats) -> dict[str, Floats]:
    """Source column -> what the score gains when its unknown criteria turn out best for the total; in sheet order.

    Best for the total is worst for a score that the total subtracts.
    """
    is_subtracted = settle.score.in_total < 0
    gains = dict[str, Floats]()
    for column in dict.fromkeys(one.source_column for one in asked):
        top, bottom = raw * weights.divisor, np.where(weights.blank, 0.0, weights.divisor)
        for one in (one for one in asked if one.source_column == column):
            before = np.where(one.counted, one.points, 0.0)
            best = (one.answer.worst if is_subtracted else one.answer.best)[one.codes]
            top = top + one.criterion.weight * np.where(one.unknown, best - before, 0.0)
            bottom = bottom + (one.criterion.weight * (one.unknown & ~one.counted) if weights.is_mean else 0.0)
        then = settle.clamped(top / np.where(bottom > 0, bottom, 1.0))
        gains[column] = np.nan_to_num(then - settle.clamped(raw), nan=0.0)
    return gains
