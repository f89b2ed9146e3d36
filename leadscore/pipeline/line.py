"""The program: read -> bind model to columns -> enrich -> score -> write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from leadscore.enrichment.steps import ACTIVITY_COLUMNS, shown_columns
from leadscore.fields.headings import unique_names
from leadscore.issues import Issue, Place
from leadscore.model.grid import cell_letter
from leadscore.model.model import Model
from leadscore.pipeline.accounts import LeadActivity, RatedLeads, roll_up, weight_issues, with_accounts
from leadscore.pipeline.behave import act
from leadscore.pipeline.cell_issues import cell_issues
from leadscore.pipeline.chosen import with_columns
from leadscore.pipeline.results import Results, result_table
from leadscore.pipeline.score import enrich_rows, is_blank_row, score
from leadscore.plan.plan import Plan, make_plan
from leadscore.scoring.values import Bools, Codes
from leadscore.sheets.activities import ReadActivities
from leadscore.state.mail_cache import Lookup
from leadscore.values.cells import text_of

_KEYS = ("email_norm", "email_is_role")


def score_leads(
    leads: pd.DataFrame,
    model: Model,
    *,
    activities: pd.DataFrame | ReadActivities | None = None,
    as_of: date,
    look_up: Lookup | None = None,
) -> Results:
    """Score a sheet of leads: one row per lead, one column per heading, cells as `values.cells.Cell`.

    Where headings are no texts, blank or double, columns are named as those of a file are (2024 -> '2024', a second
    'Email' -> 'Email (2)'); the `leads` of the results keep their own.

    The index is the row number the spreadsheet shows, and `leads.attrs["sheet"]`, if set, the name of its sheet: by
    them issues say where. Rows that hold nothing come back unscored. `activities`, one row each with the columns that a
    file of activities has, feed the behaviours of a model; a model that does not ask for any leaves them unread, and an
    issue says so. `look_up` says of mail domains whether they take mail;
    without it, nothing is looked up. Raises ModelError, listing every name of the model that
    these columns do not have.
    """
    sheet = str(leads.attrs.get("sheet", "Source"))
    named, heading_issues = _named(leads, sheet)
    plan = make_plan(model, named, as_of)
    blank = is_blank_row(named)
    filled = named[~blank]
    acted = act(activities, filled, enrich_rows(filled, plan, look_up), plan)
    enriched = acted.enriched
    scored = score(filled, enriched, plan, acted.warmth)
    rows = _row_numbers(leads)[~blank].tolist()
    issues = [
        *heading_issues,
        *plan.issues,
        *scored.decisions.issues,
        *country_issues(enriched, sheet),
        *cell_issues(scored, plan, rows, sheet),
        *acted.issues,
    ]
    table = result_table(scored, plan)
    events = acted.found.events if acted.found and activities is not None else None
    activity = LeadActivity.of(events, len(filled)) if events else None
    rated = RatedLeads(filled.set_axis(rows), enriched, table, scored.excluded)
    accounts = roll_up(rated, plan, activity)
    return Results(
        leads=leads,
        enriched=all_rows(enriched, leads, blank),
        table=all_rows(with_accounts(table, accounts), leads, blank),
        issues=(*issues, *weight_issues(rated, plan, sheet)),
        counts=_counts(blank, scored.excluded) | dict(acted.counts),
        plan=plan,
        scored=scored,
        blank=blank,
        accounts=accounts.table if accounts else None,
        events=events,
    )


@dataclass(frozen=True)
class Enriched:
    """The enrichment columns of every row, the plan they were made by, and what was found of activities."""

    columns: pd.DataFrame
    plan: Plan
    issues: tuple[Issue, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Enriching:
    """How leads are enriched: the columns wanted ('email; Company', '' for all), their activities, mail look-ups."""

    columns: str = ""
    activities: pd.DataFrame | ReadActivities | None = None
    look_up: Lookup | None = None


_USUAL = Enriching()


def enrich_leads(leads: pd.DataFrame, model: Model, *, as_of: date, how: Enriching = _USUAL) -> Enriched:
    """Enrich a sheet of leads, with what they did where activities are given or the model has behaviours.

    Raises ModelError as score_leads does, UsageError for a wanted column that there is not.
    """
    named, _ = _named(leads, "")
    plan = make_plan(model, named, as_of)
    if how.activities is not None:
        plan = replace(plan, enrichment=shown_columns(model.settings.skip_enrichment))
    wanted = with_columns(plan, how.columns)
    blank = is_blank_row(named)
    filled = named[~blank]
    if not wanted.asks_activity:
        return Enriched(all_rows(enrich_rows(filled, wanted, how.look_up), leads, blank), wanted)
    # Activities find their leads by e-mail, wanted or not.
    made = replace(wanted, enrichment=tuple(name for name in plan.enrichment if name in (*wanted.enrichment, *_KEYS)))
    acted = act(how.activities, filled, enrich_rows(filled, made, how.look_up), made)
    names = [str(name) for name in acted.enriched]
    shown = [name for name in names if name in wanted.enrichment]
    if ACTIVITY_COLUMNS.issubset(shown):
        shown += [name for name in names if name not in made.enrichment]  # of each behaviour
    return Enriched(all_rows(acted.enriched[shown], leads, blank), wanted, acted.issues, acted.counts)


def _named(leads: pd.DataFrame, sheet: str) -> tuple[pd.DataFrame, list[Issue]]:
    """The leads under headings that are texts and differ, as those of a file always are; and what was said of them."""
    if leads.columns.is_unique and all(isinstance(heading, str) and heading for heading in leads.columns):
        return leads, []
    headings = [text_of(heading) for heading in leads.columns]
    places = [Place(sheet, heading=cell_letter(index)) for index in range(len(headings))]
    names, issues = unique_names(headings, places, [True] * len(headings))
    return leads.set_axis(names, axis="columns"), issues


def all_rows(rows: pd.DataFrame, leads: pd.DataFrame, blank: Bools) -> pd.DataFrame:
    """The rows at their places among all rows of the sheet; '' and NaN on the blank ones."""
    if not blank.any():
        return rows.set_axis(leads.index, axis="index")
    spread = rows.set_axis(np.flatnonzero(~blank), axis="index").reindex(range(len(leads)))
    texts = [name for name in rows.columns if rows[name].dtype == object]
    spread[texts] = spread[texts].where(spread[texts].notna(), "")
    return spread.set_axis(leads.index, axis="index")


def _row_numbers(leads: pd.DataFrame) -> Codes:
    """The index where it numbers the rows (no spreadsheet has a row 0), else their positions from 1."""
    is_numbered = pd.api.types.is_integer_dtype(leads.index) and bool((leads.index > 0).all())
    return leads.index.to_numpy() if is_numbered else np.arange(1, len(leads) + 1)


def _counts(blank: Bools, excluded: Bools) -> dict[str, int]:
    return {
        "read": len(blank),
        "blank": int(blank.sum()),
        "scored": int((~blank).sum()),
        "excluded": int(excluded.sum()),
    }


def country_issues(enriched: pd.DataFrame, sheet: str) -> list[Issue]:
    """One issue when phone numbers without a prefix had no country to be read in."""
    count = int((enriched["phone_reason"] == "no_country").sum()) if "phone_reason" in enriched else 0
    return [Issue("country-missing", Place(sheet), details={"count": count})] if count else []
