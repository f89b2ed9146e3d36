"""Design.md section 4.6: people's decisions laid over computed scores, each a line of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from leadscore.scoring.asked import left_to_right
from leadscore.scoring.score import ScoreResult
from leadscore.scoring.settling import round_half_away

OVERRIDE, ROUNDING = "override", "rounding"


def with_numbers(result: ScoreResult, numbers: Mapping[int, float], decimals: int) -> ScoreResult:
    """The score with some leads' numbers replaced (lead position -> number, rounded once as any score).

    The line `override` leads from the computed sum to the number, the line `rounding` from there to what is shown, so
    that contributions still add up, left to right, exactly. What a person decided is not uncertain: low and high are
    the number too, and no answer can raise it. A lead that had no such score has it now.
    """
    if not numbers:
        return result
    places, decided = np.array(list(numbers), dtype=np.intp), np.array(list(numbers.values()), dtype=float)
    lines = {name: part for name, part in result.contributions.items() if name != ROUNDING}
    running = left_to_right(lines.values(), len(result.value))
    override = np.zeros(len(result.value))
    override[places] = decided - running[places]
    shown = round_half_away(decided, decimals)
    value, low, high = result.value.copy(), result.low.copy(), result.high.copy()
    rounding = result.contributions[ROUNDING].copy()
    value[places] = low[places] = high[places] = shown
    rounding[places] = shown - (running + override)[places]
    undecided = np.ones(len(value), dtype=bool)
    undecided[places] = False
    return replace(
        result,
        contributions={**lines, OVERRIDE: override, ROUNDING: rounding},
        value=value,
        low=low,
        high=high,
        gains={column: np.where(undecided, gain, 0.0) for column, gain in result.gains.items()},
        shown=None if result.shown is None else result.shown | ~undecided,
    )
