"""What behaviours may add to a score, whatever a lead did."""

from __future__ import annotations

import math
from collections.abc import Iterable

from leadscore.model.behaviours import Behaviour


def reach(behaviour: Behaviour) -> tuple[float, float]:
    """The least and the most that a behaviour may give, infinite where nothing limits it.

    Activities are as many as one likes, and as fresh; a recycled lead gets something between two such sums.
    """
    at_most = abs(behaviour.points) if behaviour.at_least is not None or not behaviour.points else math.inf
    low = -math.inf if behaviour.minimum is None else behaviour.minimum
    high = math.inf if behaviour.maximum is None else behaviour.maximum
    ends = (-at_most if behaviour.points < 0 else 0.0, at_most if behaviour.points > 0 else 0.0)
    least, most = (min(max(end, low), high) for end in ends)
    return least, most


def lift_of(behaviours: Iterable[Behaviour], role_most: float = math.inf) -> tuple[float, float]:
    """The least and the most that behaviours of one score may give together.

    The most is an outer bound: two of them may be about the same activities. `role_most` is the most that they may give
    a role address.
    """
    ends = [reach(behaviour) for behaviour in behaviours]
    if not ends:
        return 0.0, 0.0
    return min(sum(low for low, _ in ends), role_most), sum(high for _, high in ends)


def is_unlimited(behaviour: Behaviour) -> bool:
    """Whether it may lift a score as far as one likes."""
    return math.isinf(reach(behaviour)[1])
