"""How old a lead is, and how long ago somebody last touched it, in days before the as-of date of the run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

from leadscore.enrichment.step import Context, MadeColumn
from leadscore.values.days import is_ambiguous_day, read_day
from leadscore.values.evidence import Evidence
from leadscore.values.folding import trim

# From what weighs least to what weighs most: of the two dates, the reason is that of the worse one.
REASONS = ("missing", "read", "ambiguous", "too_old", "future", "unreadable")
FRESHNESS = ("fresh", "recent", "aging", "stale")
MAKES = (
    MadeColumn(
        "lead_age_days",
        "Days from the creation date to the day the scores are for; blank when that date is future or none.",
        kind="integer",
    ),
    MadeColumn(
        "last_touch_days",
        "Days since the last activity, or since the last change where no activity is noted.",
        kind="integer",
    ),
    MadeColumn(
        "lead_date_reason",
        "How the two dates were read, of two troubles the worse; ambiguous: day and month may be swapped.",
        REASONS,
    ),
    MadeColumn(
        "freshness",
        "By the younger of the two ages: fresh up to 30 days, recent up to 90, aging up to 365, then stale.",
        FRESHNESS,
    ),
)

FIRST_YEAR = 1990  # no lead is older: 1899-12-30, 1900-01-01 and 1970-01-01 are the zeros of Excel and Unix
_LIMITS = {"fresh": 30, "recent": 90, "aging": 365}  # days, the limit included
LONGEST = 60  # characters; no date is longer

Age = tuple[int | str, str]  # days or '', and its reason


class DatesAnswer(NamedTuple):
    """One value per made column."""

    age: int | str = ""
    touch: int | str = ""
    reason: str = ""
    freshness: str = ""


def prepare(context: Context) -> Callable[[str, str, str], DatesAnswer]:
    """What the dates of one lead give: created, last active, last changed; each read as its column writes days.

    A change counts only where no activity is noted: an import changes every lead and touches none.
    """
    created_age, activity_age, update_age = (
        partial(age_in_days, as_of=context.as_of, evidence=context.evidence_of(name))
        for name in ("created_at", "last_activity_at", "updated_at")
    )

    def answer(created_at: str, last_activity_at: str, updated_at: str) -> DatesAnswer:
        age, created_reason = created_age(created_at)
        touch, touch_reason = activity_age(last_activity_at) if trim(last_activity_at) else update_age(updated_at)
        reason = max(created_reason, touch_reason, key=REASONS.index)
        return DatesAnswer(age, touch, reason, freshness(age, touch))

    return answer


def age_in_days(text: str, as_of: date, evidence: Evidence) -> Age:
    """The days from a date to `as_of`, '' where there is none that can be, and why: one of REASONS."""
    text = trim(text)
    if not text:
        return "", "missing"
    day = read_day(text, evidence.day_order, evidence.zone) if len(text) <= LONGEST else None
    if day is None:
        return "", "unreadable"
    if day > as_of:
        return "", "future"
    if day.year < FIRST_YEAR:
        return "", "too_old"
    is_open = evidence.day_example and is_ambiguous_day(text)
    return (as_of - day).days, "ambiguous" if is_open else "read"


def freshness(age: int | str, touch: int | str) -> str:
    """The word for the younger of two ages in days, '' where neither is known."""
    ages = [days for days in (age, touch) if isinstance(days, int)]
    if not ages:
        return ""
    return next((word for word, most in _LIMITS.items() if min(ages) <= most), "stale")
