"""What leads did, as points of behaviours and as columns of the enrichment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from leadscore.enrichment.activity import cells_of
from leadscore.enrichment.steps import column_made
from leadscore.issues import Issue
from leadscore.model.behaviours import Behaviour
from leadscore.model.model import Treatment
from leadscore.pipeline.activities import FoundActivities, LeaveOut, events_of
from leadscore.plan.plan import Plan
from leadscore.scoring.activity_fields import activity_fields
from leadscore.scoring.asked import left_to_right
from leadscore.scoring.behaviours import behaviour_points, recent
from leadscore.scoring.sorted_events import SortedEvents, sort_events
from leadscore.scoring.values import Floats
from leadscore.scoring.warmth import COLD, Behaved, Warmth
from leadscore.sheets.activities import ReadActivities, activities_in

_NONE = ReadActivities()
_ALL = 1.0  # the share of earlier points that a lead keeps as if it had never been recycled


@dataclass(frozen=True)
class Acted:
    """What the leads of a sheet did: their enrichment columns with what is said of it there, its warmth, the events
    (None where nothing asks about activities), issues, and the rows of activities by stage.
    """

    enriched: pd.DataFrame
    warmth: Warmth = COLD
    found: FoundActivities | None = None
    issues: tuple[Issue, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def act(
    activities: pd.DataFrame | ReadActivities | None, leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan
) -> Acted:
    """Count what leads did, where the model has behaviours or asks about activities.

    `enriched` has the enrichment columns of the same leads. Raises SourceError for a table of activities that lacks a
    column.
    """
    if not plan.asks_activity:
        return Acted(enriched, issues=(Issue("activities-unread"),) if activities is not None else ())
    read = activities_in(activities) if isinstance(activities, pd.DataFrame) else activities
    settings = plan.model.settings
    leave_out = LeaveOut(
        robots=settings.robot_activities is Treatment.LEAVE_OUT,
        roles=settings.role_address_activities is Treatment.LEAVE_OUT,
    )
    found = events_of(read or _NONE, leads, enriched, plan, leave_out)
    events = sort_events(found.events, plan.default_evidence)
    warmth = warmth_of(events, enriched, plan)
    missing = () if found.counts["rows"] else (Issue("activities-missing"),)
    return Acted(
        enriched=with_activity(enriched, warmth, events, plan),
        warmth=warmth,
        found=found,
        issues=(*missing, *found.issues),
        counts={f"activity_{stage}": count for stage, count in found.counts.items()} if read is not None else {},
    )


def warmth_of(events: SortedEvents, enriched: pd.DataFrame, plan: Plan) -> Warmth:
    """What the active behaviours of the model give each lead, in sheet order."""
    if not plan.behaviours:
        return COLD
    rows = tuple(_behaved(behaviour, events, plan, len(enriched)) for behaviour in plan.behaviours)
    return Warmth(rows, _most(enriched, plan), _recent(events, plan, len(enriched)))


def with_activity(enriched: pd.DataFrame, warmth: Warmth, events: SortedEvents, plan: Plan) -> pd.DataFrame:
    """The enrichment columns with those about activities, where the model has behaviours or asks about them.

    A behaviour that is switched off gives no points, but what it is about may still be asked for.
    """
    if not plan.asks_activity:
        return enriched
    off = [row.model_copy(update={"stage": None}) for row in plan.model.behaviours if not row.is_active(plan.as_of)]
    scored = [(behaviour, row.counted) for behaviour, row in zip(plan.behaviours, warmth.behaved, strict=True)]
    scored += [(behaviour, np.zeros(len(enriched))) for behaviour in off]
    return with_figures(enriched, activity_fields(scored, events, len(enriched), plan.surroundings))


def with_figures(enriched: pd.DataFrame, figures: Mapping[str, Floats]) -> pd.DataFrame:
    """The enrichment columns with these figures in their place, or after them."""
    columns = {
        name: pd.Series(cells_of(column_made(name), numbers), index=enriched.index, dtype=object)
        for name, numbers in figures.items()
    }
    return enriched.assign(**columns)


def _behaved(behaviour: Behaviour, events: SortedEvents, plan: Plan, leads: int) -> Behaved:
    """A recycled lead has all its points, and a line of its own for what it does not keep of them."""
    points = behaviour_points(behaviour, events, leads, plan.surroundings, _ALL)
    if not events.events.is_early.any():
        return Behaved(behaviour.score, behaviour.name, points)
    kept = behaviour_points(behaviour, events, leads, plan.surroundings, plan.model.settings.recycled_share)
    return Behaved(behaviour.score, behaviour.name, points, kept - points)


def _recent(events: SortedEvents, plan: Plan, leads: int) -> dict[str, Floats]:
    parts: dict[str, list[Floats]] = {}
    for behaviour in plan.behaviours:
        parts.setdefault(behaviour.score, []).append(_behaved(recent(behaviour), events, plan, leads).counted)
    return {score: left_to_right(points, leads) for score, points in parts.items()}


def _most(enriched: pd.DataFrame, plan: Plan) -> Floats | None:
    """The most points that behaviours give each lead: what the settings say of role addresses."""
    most = plan.model.settings.role_address_activities
    if isinstance(most, str) or "email_is_role" not in enriched:
        return None
    return np.array([most if cell is True else np.inf for cell in enriched["email_is_role"]], dtype=float)
