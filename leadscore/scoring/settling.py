"""Min, Max and the one rounding of a score, each a line of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadscore.model.model import Score
from leadscore.scoring.values import Bools, Floats

# Two readings of one decimal number differ by less; what lies this near a half is a half (0.15 is 0.1499999…). A large
# number is known less exactly: some dozens of steps of a double are allowed for.
_HALF_TOLERANCE = 1e-9
_HALF_TOLERANCE_OF_LARGE = 1e-14


@dataclass(frozen=True)
class Settling:
    """Min, Max and the one rounding of a score. Max does not hold for the leads of `uncapped`, if any."""

    score: Score
    decimals: int
    uncapped: Bools | None = None

    def clamped(self, raw: Floats) -> Floats:
        """Raw scores raised to Min, then lowered to Max; NaN stays NaN."""
        low = -np.inf if self.score.minimum is None else self.score.minimum
        return np.minimum(np.maximum(raw, low), self.maximum)

    @property
    def maximum(self) -> Floats | float:
        """The Max of each lead, or of all."""
        high = np.inf if self.score.maximum is None else self.score.maximum
        return high if self.uncapped is None else np.where(self.uncapped, np.inf, high)

    def value(self, raw: Floats) -> Floats:
        """Raw scores as they are shown: within Min and Max, then rounded."""
        return round_half_away(self.clamped(raw), self.decimals)

    def lines(self, raw: Floats) -> tuple[dict[str, Floats], Floats]:
        """The lines floor, cap and rounding, and the score they lead to; a line the score cannot have is left out."""
        lines: dict[str, Floats] = {}
        clamped, value = self.clamped(raw), self.value(raw)
        running = raw
        if self.score.minimum is not None:
            lines["floor"] = np.where(raw < self.score.minimum, clamped - raw, 0.0)
            running = running + lines["floor"]
        if self.score.maximum is not None:
            lines["cap"] = np.where(raw > self.maximum, clamped - raw, 0.0)
            running = running + lines["cap"]
        # Exact: the rounded score is within a factor two of the running sum, or 0 (Sterbenz).
        lines["rounding"] = value - running
        return {name: np.nan_to_num(line, nan=0.0) for name, line in lines.items()}, value


def rounded(number: float, decimals: int) -> float:
    """One number, as `round_half_away` rounds many."""
    return float(round_half_away(np.array([number]), decimals)[0])


def round_half_away(numbers: Floats, decimals: int) -> Floats:
    """Rounded once, half away from zero: 0.25 -> 0.3, -0.25 -> -0.3. No negative zero."""
    scale = 10.0**decimals
    sizes = np.abs(numbers) * scale
    whole = np.floor(sizes + 0.5 + np.maximum(_HALF_TOLERANCE, sizes * _HALF_TOLERANCE_OF_LARGE))
    return np.sign(numbers) * whole / scale + 0.0
