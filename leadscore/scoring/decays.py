"""What an activity's age leaves of its points (design.md 4.4), in whole numbers, so that sums over events are exact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from leadscore.model.behaviours import Behaviour, Decay

Wholes = npt.NDArray[np.int64]

_FINEST = 10**9  # the most that a number of the model is divided by: nine decimals
_MOST_DAYS = 10**9  # a longer decay would not fit whole numbers of 64 bits; no date is older than 3.7 million days
_HALF_LIFE_WHOLE = 2**40  # shares are within 5e-13 of 2^(-age/D), and exact at ages 0, D, 2D …


@dataclass(frozen=True)
class Shares:
    """The share of the points left at each age: `parts[age] / whole`, 0..1, age in days from 0."""

    parts: Wholes
    whole: int


def shares_by_age(behaviour: Behaviour, oldest: int) -> Shares:
    """What a behaviour's decay leaves at the ages 0 to `oldest`, whatever its window."""
    return DECAYS[behaviour.decay](behaviour, np.arange(oldest + 1, dtype=np.int64))


def inside_window(behaviour: Behaviour, oldest: int) -> Wholes:
    """1 for the ages 0 to `oldest` that are inside the behaviour's window, both ends included, else 0."""
    inside = np.ones(oldest + 1, dtype=np.int64)
    if behaviour.window is not None:
        inside[behaviour.window + 1 :] = 0
    return inside


def exact(number: float) -> Fraction:
    """What a number of the model says in decimals: 0.1 is 1/10, not the double next to it."""
    return Fraction(str(number)).limit_denominator(_FINEST)


def _none(_: Behaviour, ages: Wholes) -> Shares:
    """1 at any age."""
    return Shares(np.ones_like(ages), 1)


def _linear(behaviour: Behaviour, ages: Wholes) -> Shares:
    """max(0, 1 - age/D)."""
    days = _decay_days(behaviour)
    return Shares(np.maximum(0, days.numerator - ages * days.denominator), days.numerator)


def _half_life(behaviour: Behaviour, ages: Wholes) -> Shares:
    """2^(-age/D)."""
    left = np.exp2(-ages / float(_decay_days(behaviour)))
    return Shares(np.rint(left * _HALF_LIFE_WHOLE).astype(np.int64), _HALF_LIFE_WHOLE)


def _step(behaviour: Behaviour, ages: Wholes) -> Shares:
    """max(0, 1 - r·⌊age/D⌋)."""
    days, lost = _decay_days(behaviour), exact(behaviour.step)
    steps = ages * days.denominator // days.numerator
    # After `denominator` steps nothing is left; more of them would only overflow.
    steps = np.minimum(steps, lost.denominator)
    return Shares(np.maximum(0, lost.denominator - lost.numerator * steps), lost.denominator)


def _decay_days(behaviour: Behaviour) -> Fraction:
    if behaviour.decay_days is None or behaviour.decay_days <= 0:
        raise TypeError(f"decay {behaviour.decay} needs Decay days above 0, not {behaviour.decay_days!r}")
    return max(Fraction(1, _FINEST), exact(min(behaviour.decay_days, _MOST_DAYS)))


# Decay -> the shares it leaves at these ages.
DECAYS: dict[Decay, Callable[[Behaviour, Wholes], Shares]] = {
    Decay.NONE: _none,
    Decay.LINEAR: _linear,
    Decay.HALF_LIFE: _half_life,
    Decay.STEP: _step,
}
