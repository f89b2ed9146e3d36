"""Whether results are others on another day."""

from __future__ import annotations

from collections.abc import Iterable

from leadscore.enrichment import calling, lead_dates
from leadscore.enrichment.steps import STEPS
from leadscore.model.operators import DAY_OPERATORS
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan

# What is made of the day itself, and the fields without which it is blank.
_MADE_OF_THE_DAY = (
    (calling.MAKES, frozenset({"phone", "mobile", "country"})),
    (lead_dates.MAKES, frozenset({"created_at", "last_activity_at", "updated_at"})),
)


def asks_time(plan: Plan, *, shows_all: bool) -> bool:
    """Whether the model, or what is shown of the enrichment (everything where `shows_all`), asks what day it is."""
    shown = (*plan.result_columns, *(plan.enrichment if shows_all else ()))
    read = (source.name for source in _sources(plan) if source.is_made)
    return _has_days(plan) or plan.asks_activity or not columns_of_the_day(plan.needs).isdisjoint((*shown, *read))


def columns_of_the_day(fields: Iterable[str]) -> frozenset[str]:
    """The enrichment columns that differ by the day, for leads with these fields; those made of such columns too."""
    known = frozenset(fields)
    found = {column.name for makes, needs in _MADE_OF_THE_DAY if needs & known for column in makes}
    for step in STEPS:  # each needs only what stands above it
        if not found.isdisjoint(step.needs):
            found.update(column.name for column in step.makes)
    return frozenset(found)


def _has_days(plan: Plan) -> bool:
    """Whether something of the model begins or ends on a day, or asks how long ago one was."""
    model = plan.model
    days = [
        *(day for criterion in model.criteria for day in (criterion.first_day, criterion.last_day)),
        *(override.last_day for override in model.overrides),
    ]
    tests = [
        *(case for criterion in model.criteria for case in criterion.cases),
        *(condition for segment in model.segments for condition in segment.conditions),
    ]
    return any(days) or any(test.operator in DAY_OPERATORS for test in tests)


def _sources(plan: Plan) -> Iterable[FieldSource]:
    yield from (row.source for row in plan.criteria)
    yield from (source for segment in plan.segments for _, source in segment.conditions)
