"""The overrides of a model found among the leads of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from leadscore.issues import Issue
from leadscore.model.decisions import Override
from leadscore.pipeline.lead_keys import lead_keys
from leadscore.plan.plan import Plan


@dataclass(frozen=True)
class Decisions:
    """Per score ('' the total) and position of a lead: the override that holds. `issues` tell of those that do not."""

    held: Mapping[str, Mapping[int, Override]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    def numbers(self, score: str) -> dict[int, float]:
        """Lead position -> number decided for a score."""
        rows = self.held.get(score, {}).items()
        return {place: override.number for place, override in rows if override.number is not None}

    def bands(self, score: str) -> dict[int, str]:
        """Lead position -> band decided for a score."""
        return {place: override.band for place, override in self.held.get(score, {}).items() if override.band}

    @property
    def reasons(self) -> dict[int, str]:
        """Lead position -> why it was overridden, several reasons in sheet order."""
        held = [(override, place) for rows in self.held.values() for place, override in rows.items()]
        reasons: dict[int, dict[str, None]] = {}
        for override, place in sorted(held, key=lambda row: row[0].place.row):
            reasons.setdefault(place, {})[override.reason] = None
        return {place: "; ".join(texts) for place, texts in reasons.items()}


def find_decisions(leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan) -> Decisions:
    """The overrides valid on the run's day, by the leads they speak of: the id, else the e-mail.

    An e-mail that several leads share speaks of each. Of two for one lead and score the lower row holds.
    """
    valid = [row for row in plan.model.overrides if row.last_day is None or plan.as_of <= row.last_day]
    if not valid:
        return Decisions()
    keys = lead_keys(leads, enriched, plan)
    held: dict[str, dict[int, Override]] = {}
    issues: dict[Override, Issue] = {}
    for override in valid:
        places = keys.find(override.lead)
        if not places:
            issues[override] = Issue("override-lead-unknown", override.place, override.lead)
        for place in places:
            upper = held.setdefault(override.score, {}).get(place)
            if upper is not None:
                issues[upper] = Issue("override-twice", upper.place, upper.lead, {"lower": override.place})
            held[override.score][place] = override
    return Decisions(held, tuple(sorted(issues.values(), key=lambda issue: issue.place.row)))
