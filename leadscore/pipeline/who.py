"""Which of the user's columns say who a lead is, for sheets that have no room for all."""

from __future__ import annotations

from collections.abc import Collection

from leadscore.fields.recognise import field_of
from leadscore.pipeline.book import SAYS_WHO
from leadscore.plan.plan import Plan

_MOST_WHO = 3  # columns


def who_columns(plan: Plan, fields: Collection[str] = SAYS_WHO) -> list[str]:
    """The first of the user's columns that hold one of the fields; the first of all where none does."""
    own = plan.own_columns
    return [name for name in own if field_of(name) in fields][:_MOST_WHO] or list(own[:1])
