"""Design.md section 4.4: what the activities of every lead are worth by one behaviour. By column, never by event."""

from __future__ import annotations

import numpy as np

from leadscore.model.behaviours import Behaviour
from leadscore.scoring.decays import exact, inside_window, shares_by_age
from leadscore.scoring.operators import Surroundings, holds
from leadscore.scoring.sorted_events import Places, SortedEvents, narrowed
from leadscore.scoring.values import Floats
from leadscore.values.folding import fold

RECENT_DAYS = 90  # what `recent` means beside a total, and in the trend


def behaviour_points(
    behaviour: Behaviour, events: SortedEvents, leads: int, around: Surroundings, early_share: float = 0.0
) -> Floats:
    """The points that a behaviour gives each of the leads, after its Min and Max.

    With P_all the points of all events and P_late those of the events since the lead was recycled, each within Min and
    Max, a lead gets P_late + early_share·(P_all - P_late): 0 forgets earlier activities, 1 keeps them as if the lead
    had never been recycled. Whether the behaviour is switched on is not asked here.
    """
    late = _points(behaviour, events.late, leads, around)
    if early_share == 0 or events.late is events:
        return late
    every = _points(behaviour, events.of_recycled, leads, around)[events.recycled]
    since = late[events.recycled]
    # Written so that a share of 1 gives P_all to the last bit, and equal points themselves.
    late[events.recycled] = np.where(every == since, since, (1 - early_share) * since + early_share * every)
    return late


def recent(behaviour: Behaviour) -> Behaviour:
    """The behaviour with the last 90 days for its window, unless it is shorter already: for a recent score."""
    window = RECENT_DAYS if behaviour.window is None else min(behaviour.window, RECENT_DAYS)
    return behaviour.model_copy(update={"window": window})


def places_matched(behaviour: Behaviour, events: SortedEvents, around: Surroundings) -> Places:
    """Where the events stand that a behaviour is about, by activity and product, of any age."""
    places = events.places_of(holds(behaviour.operator, events.values, behaviour.operands, around))
    if not behaviour.product:
        return places
    wanted = fold(behaviour.product)
    is_wanted = np.array([fold(product) == wanted for product in events.events.products], dtype=bool)
    return narrowed(places, is_wanted[events.product[places]])


def _points(behaviour: Behaviour, events: SortedEvents, leads: int, around: Surroundings) -> Floats:
    """Points after Min and Max, all the events counted alike; a lead without any gets 0 within them."""
    places = places_matched(behaviour, events, around)
    inside = inside_window(behaviour, events.oldest)
    shares = shares_by_age(behaviour, events.oldest)
    if behaviour.at_least is None:
        parts, whole = events.totals(places, shares.parts * inside, leads), shares.whole * events.unit
    else:
        happened = events.totals(places, inside, leads)
        is_enough = happened >= max(1, behaviour.at_least * events.unit)
        # The newest of enough events is inside the window, since some are.
        newest = np.where(is_enough, events.newest(places, leads), 0).astype(np.intp)
        parts, whole = np.where(is_enough, shares.parts[newest], 0.0), shares.whole
    return _clamped(behaviour, _worth(behaviour.points, parts, whole))


def _worth(points: float, parts: Floats, whole: int) -> Floats:
    """What these parts of the points come to, rounded once where the numbers are of a usual size: 3 x 0.15 is 0.45."""
    number = exact(points)
    return parts * float(number.numerator) / (float(whole) * number.denominator) + 0.0  # 0 is never negative


def _clamped(behaviour: Behaviour, points: Floats) -> Floats:
    low = -np.inf if behaviour.minimum is None else behaviour.minimum
    high = np.inf if behaviour.maximum is None else behaviour.maximum
    return np.minimum(np.maximum(points, low), high)
