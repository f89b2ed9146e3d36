"""By when somebody is to follow up each lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from leadscore.enrichment.lead_dates import LONGEST
from leadscore.pipeline.past.in_band import InBand
from leadscore.pipeline.results import Results
from leadscore.plan.plan import Plan, fill_source
from leadscore.values.days import read_day
from leadscore.values.evidence import gather_evidence

_TOUCHED = "last_activity_at"  # the field that says when somebody last had to do with the lead


def due_times(results: Results, standing: InBand, now: str) -> list[str]:
    """By when, ISO 8601 in UTC, each lead that is not a blank row is to be followed up: *Follow up within* its band.

    '' where nobody need, and where the lead was touched on the day that it entered its band or later. An hour is an
    hour, whatever the clocks do that night.
    """
    hours = {band.name: band.follow_up for band in results.plan.model.bands if band.follow_up and not band.score}
    if not hours:
        return [""] * len(standing.bands)
    touched = _days_touched(results, day_at(now, results.plan))
    return [
        _due(start, hours[band]) if band in hours and not _is_done(start, day, results.plan) else ""
        for band, start, day in zip(standing.bands, standing.since, touched, strict=True)
    ]


def day_at(stamp: str, plan: Plan) -> date:
    """The calendar day of a time, where the model is, else where the machine is."""
    return datetime.fromisoformat(stamp).astimezone(plan.default_evidence.zone).date()


def _due(start: str, hours: float) -> str:
    return (datetime.fromisoformat(start) + timedelta(hours=hours)).isoformat(timespec="seconds")


def _is_done(start: str, touched: date | None, plan: Plan) -> bool:
    return touched is not None and touched >= day_at(start, plan)


def _days_touched(results: Results, today: date) -> Sequence[date | None]:
    """The day each lead was last touched; None for none, for one that cannot be read, and for one yet to come."""
    plan, leads = results.plan, results.leads[~results.blank]
    source = plan.needs.get(_TOUCHED)
    if source is None:
        return [None] * len(leads)
    filled = fill_source(leads, source)
    evidence = gather_evidence(filled.texts[filled.typed].unique().tolist(), plan.default_evidence)
    texts = [text for text in filled.texts.unique().tolist() if len(text) <= LONGEST]
    days = {text: read_day(text, evidence.day_order, evidence.zone) for text in texts}
    past = {text: day for text, day in days.items() if day is not None and day <= today}
    return [past.get(text) for text in filled.texts]
