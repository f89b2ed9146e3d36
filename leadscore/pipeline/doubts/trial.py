"""One made-up lead scored for real, with enrichment columns as they are said, not as they would come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from leadscore.model.model import Model
from leadscore.pipeline.behave import warmth_of, with_activity
from leadscore.pipeline.results import result_table
from leadscore.pipeline.score import enrich_rows, score
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan, make_plan, sources_of
from leadscore.scoring.events import Deed, events_of_deeds
from leadscore.scoring.sorted_events import sort_events


def tried(plan: Plan, lead: Mapping[FieldSource, str], deeds: Sequence[Deed] | None = None) -> pd.Series:
    """The result columns of a lead with these values and no others, on the day of the plan; overrides do not apply.

    With `deeds`, what it did is known: columns about activities hold what comes of them. None: nothing, and these
    columns hold what the lead has there.
    """
    columns = [column for source in (*sources_of(plan), *lead) for column in source.columns]
    headings = dict.fromkeys([*plan.own_columns, *columns, *_mapped(plan.model)])
    cells = {source.columns[0]: text for source, text in lead.items() if source.columns}
    leads = pd.DataFrame({heading: [cells.get(heading, "")] for heading in headings}, index=[0], dtype=object)
    bound = make_plan(_alone(plan.model), leads, plan.as_of)
    enriched = enrich_rows(leads, bound)
    events = sort_events(events_of_deeds(deeds or ()), bound.default_evidence)
    warmth = warmth_of(events, enriched, bound)
    enriched = with_activity(enriched, warmth, events, bound)
    for source, text in lead.items():
        if source.is_made and (deeds is None or not source.is_certain):
            enriched[source.name] = text
    return result_table(score(leads, enriched, bound, warmth), bound).iloc[0]


def reaches(
    plan: Plan, lead: Mapping[FieldSource, str], criterion: str, score_name: str, deeds: Sequence[Deed] | None = None
) -> float | None:
    """The score of a lead that the criterion excludes, where it is 0 or more; else None."""
    row = tried(plan, lead, deeds)
    shown = score_in(row, plan, score_name)
    # A name that several exclusions share stands behind its score; no name of a criterion has a colon.
    is_excluded = criterion in [name.rpartition(": ")[2] for name in str(row["excluded_by"]).split("; ")]
    return shown if is_excluded and shown >= 0 else None


def score_in(row: pd.Series, plan: Plan, score_name: str) -> float:
    """A score as the result columns have it."""
    return float(row[score_name if len(plan.model.scores) > 1 else "score"])


def _mapped(model: Model) -> list[str]:
    return [mapping.column for mapping in model.fields if mapping.column]


def _alone(model: Model) -> Model:
    """The model without what speaks of other leads and other columns."""
    settings = model.settings.model_copy(update={"id_field": "", "result_columns": ()})
    return model.model_copy(update={"overrides": (), "examples": (), "settings": settings})
