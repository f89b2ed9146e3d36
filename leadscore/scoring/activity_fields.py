"""Fields that activities give a lead, for ordinary criteria and segments to ask about: design.md section 4.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from leadscore.model.behaviours import Behaviour, Stage
from leadscore.scoring.asked import left_to_right
from leadscore.scoring.behaviours import RECENT_DAYS, places_matched
from leadscore.scoring.decays import inside_window
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.sorted_events import Places, SortedEvents, narrowed
from leadscore.scoring.values import Floats

MONTH_DAYS = 30
_ALL = slice(None)


def activity_fields(
    scored: Sequence[tuple[Behaviour, Floats]], events: SortedEvents, leads: int, around: Surroundings
) -> dict[str, Floats]:
    """Field name -> one number per lead, NaN for blank; from each behaviour with the points it gives, in sheet order.

    Counts, days and shares forget what happened before a lead was recycled, whatever share of its points is kept;
    `active_points` and `passive_points` are sums of points as they count. A stage's activities, like those of `last:`,
    are of any age; `count:` is what At least is compared with, so of the window. An activity of both stages is active.
    Rows of one name share their fields, each event told once.
    """
    behaviours, late = [behaviour for behaviour, _ in scored], events.late
    found = {behaviour: places_matched(behaviour, late, around) for behaviour in behaviours}
    return {
        **_overall(late, leads),
        "active_share": _active_share(found, late, leads),
        **{f"{stage}_points": _stage_points(stage, scored, leads) for stage in Stage},
        **_by_behaviour(found, late, leads),
    }


def _overall(events: SortedEvents, leads: int) -> dict[str, Floats]:
    """The fields about all of a lead's activities."""
    every = events.counts(_ALL, leads)
    lately = events.counts(np.flatnonzero(events.age <= RECENT_DAYS), leads)
    return {
        "days_since_last_activity": events.newest(_ALL, leads),
        "activity_count": every,
        f"activity_count_{MONTH_DAYS}d": events.counts(np.flatnonzero(events.age <= MONTH_DAYS), leads),
        f"activity_count_{RECENT_DAYS}d": lately,
        "activity_trend": _ratio(lately, every),
    }


def _active_share(found: Mapping[Behaviour, Places], events: SortedEvents, leads: int) -> Floats:
    """What share of the activities that have a stage are active."""
    active = _together([places for one, places in found.items() if one.stage is Stage.ACTIVE], events)
    staged = _together([places for one, places in found.items() if one.stage is not None], events)
    return _ratio(events.counts(active, leads), events.counts(staged, leads))


def _stage_points(stage: Stage, scored: Sequence[tuple[Behaviour, Floats]], leads: int) -> Floats:
    return left_to_right((points for behaviour, points in scored if behaviour.stage is stage), leads)


def _by_behaviour(found: Mapping[Behaviour, Places], events: SortedEvents, leads: int) -> dict[str, Floats]:
    """`last: NAME` and `count: NAME` of every behaviour."""
    fields = {}
    for name in dict.fromkeys(behaviour.name for behaviour in found):
        mine = {behaviour: places for behaviour, places in found.items() if behaviour.name == name}
        inside = [_inside(behaviour, places, events) for behaviour, places in mine.items()]
        fields[f"last: {name}"] = reduce(np.fmin, (events.newest(places, leads) for places in mine.values()))
        fields[f"count: {name}"] = events.counts(_together(inside, events), leads)
    return fields


def _inside(behaviour: Behaviour, places: Places, events: SortedEvents) -> Places:
    if behaviour.window is None:
        return places
    is_inside = inside_window(behaviour, events.oldest).astype(bool)
    return narrowed(places, is_inside[events.age[places]])


def _together(groups: Sequence[Places], events: SortedEvents) -> Places:
    """The places of any group, each once."""
    if len(groups) == 1:
        return groups[0]
    is_in_one = np.zeros(len(events.order), dtype=bool)
    for places in groups:
        is_in_one[places] = True
    return np.flatnonzero(is_in_one)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """NaN where the whole is 0."""
    return np.where(whole > 0, part, np.nan) / np.where(whole > 0, whole, 1.0)
