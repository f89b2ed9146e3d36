"""The leads of one company as one account: its score, who is behind it, and what each lead is told of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from leadscore.issues import Issue, Place
from leadscore.model.model import ACCOUNT
from leadscore.plan.plan import Plan, fill_source
from leadscore.scoring.accounts import SENIORITY_WEIGHTS, Members
from leadscore.scoring.bands import band_of
from leadscore.scoring.events import Events
from leadscore.scoring.values import Bools, Floats, field_values
from leadscore.values.cells import text_of

ACTIVE_DAYS = 30  # an account's member is active whose last activity is no older


@dataclass(frozen=True)
class RatedLeads:
    """The leads that are not blank rows, in order: as they came (the index is their row number), and what was found.

    `enriched` has the enrichment columns, `table` those of the results, `excluded` who is out.
    """

    leads: pd.DataFrame
    enriched: pd.DataFrame
    table: pd.DataFrame
    excluded: Bools


@dataclass(frozen=True)
class LeadActivity:
    """What the same leads did: days since the last activity (NaN never), activities of the last 30 days and before.

    `before` are those of the 30 days before these.
    """

    days_since: Floats
    recent: Floats
    before: Floats

    @classmethod
    def of(cls, events: Events, leads: int) -> LeadActivity:
        """Of the events since each lead was last recycled."""
        late = ~events.is_early
        lead, age, count = events.lead[late], events.age[late], events.count[late]
        newest = np.full(leads, np.inf)
        np.minimum.at(newest, lead, age)
        halves = age <= ACTIVE_DAYS, (age > ACTIVE_DAYS) & (age <= 2 * ACTIVE_DAYS)
        recent, before = (np.bincount(lead, weights=np.where(half, count, 0.0), minlength=leads) for half in halves)
        return cls(np.where(np.isinf(newest), np.nan, newest), recent.astype(float), before.astype(float))


@dataclass(frozen=True)
class Accounts:
    """One row per account, the best first, as `Results.accounts`; and of each lead the score and band of its account.

    `lead_bands` is None where accounts have no bands.
    """

    table: pd.DataFrame
    lead_scores: Floats
    lead_bands: list[str] | None


def roll_up(rated: RatedLeads, plan: Plan, activity: LeadActivity | None = None) -> Accounts | None:
    """The accounts of these leads, as *Account roll-up* says; None where the model does not ask for any.

    Figures are of the members that count: neither excluded nor duplicates of a lead further up. `members` are all.
    """
    method = plan.model.settings.account_roll_up
    if method is None:
        return None
    members = Members.of(rated.enriched["account_key"].tolist(), _counting(rated))
    scores = members.score(
        method,
        rated.table["score"].to_numpy(dtype=np.float64),
        _weights(rated, plan),
        plan.model.settings.decimals,
    )
    bands = [band for band in plan.model.bands if band.score == ACCOUNT]
    lead_scores = members.of_leads(scores)
    columns: dict[str, object] = {
        "account": _names(rated.enriched, members),
        "account_key": members.keys,
        "account_score": scores,
        **({"account_band": band_of(scores, bands)} if bands else {}),
        "members": members.sizes,
        "counted_members": np.bincount(members.account[members.counted], minlength=len(members.keys)),
        **_best(rated, members),
        "coverage": members.mean(rated.table["coverage"].to_numpy(dtype=np.float64)),
        **(_activity(activity, members) if activity is not None else {}),
        **_leads_per_band(rated, members, plan),
    }
    order = np.lexsort((np.arange(len(scores)), -np.nan_to_num(scores, nan=-np.inf)))
    table = pd.DataFrame(columns).iloc[order].reset_index(drop=True)
    return Accounts(table, lead_scores, band_of(lead_scores, bands) if bands else None)


def with_accounts(table: pd.DataFrame, accounts: Accounts | None) -> pd.DataFrame:
    """The result columns with what the account of each lead has, before `excluded_by`."""
    if accounts is None:
        return table
    columns = pd.DataFrame({"account_score": accounts.lead_scores}, index=table.index)
    if accounts.lead_bands is not None:
        columns["account_band"] = pd.Series(accounts.lead_bands, index=table.index, dtype=object)
    place = list(table.columns).index("excluded_by")
    return pd.concat([table.iloc[:, :place], columns, table.iloc[:, place:]], axis="columns")


def weight_issues(rated: RatedLeads, plan: Plan, sheet: str) -> list[Issue]:
    """One per cell of *Account weight* that says something but no weight."""
    source = plan.account_weight
    if source is None or source.is_made:
        return []
    filled = fill_source(rated.leads, source)
    unread = np.flatnonzero(np.isnan(_weights(rated, plan)) & filled.texts.ne("").to_numpy(dtype=bool))
    rows, texts = rated.leads.index.tolist(), filled.texts.tolist()
    return [
        Issue("number-unreadable", Place(sheet, rows[lead], heading=filled.columns[lead]), texts[lead])
        for lead in unread.tolist()
    ]


def _counting(rated: RatedLeads) -> Bools:
    """The leads that are neither excluded nor the same person as one further up."""
    return ~rated.excluded & rated.enriched["duplicate_of"].eq("").to_numpy(dtype=bool)


def _weights(rated: RatedLeads, plan: Plan) -> Floats:
    """What *Account weight* says of each lead: a number as it is, a seniority by its weight; NaN for anything else."""
    source = plan.account_weight
    if source is None:
        return np.full(len(rated.leads), np.nan)
    texts = rated.enriched[source.name].map(text_of) if source.is_made else fill_source(rated.leads, source).texts
    values = field_values(texts, plan.default_evidence)
    said = [SENIORITY_WEIGHTS.get(text, np.nan) for text in values.texts]
    return np.where(np.isnan(values.numbers), said, values.numbers)[values.codes]


def _names(enriched: pd.DataFrame, members: Members) -> list[str]:
    """What most members call their company, of equals the first in the alphabet; else a guess; else the key."""
    said = pd.DataFrame(
        {
            "account": members.account,
            "name": enriched["company_name"].to_numpy(dtype=object),
            "guessed": enriched["company_name_guessed"].isin([True]).to_numpy(),
        }
    )
    said = said[(said["account"] >= 0) & (said["name"] != "")]
    counts = said.value_counts(["account", "guessed", "name"]).rename("leads").reset_index()
    counts = counts.sort_values(["account", "guessed", "leads", "name"], ascending=[True, True, False, True])
    first = counts.drop_duplicates("account")
    names = dict(zip(first["account"], first["name"], strict=True))
    return [names.get(place, key) for place, key in enumerate(members.keys)]


def _best(rated: RatedLeads, members: Members) -> dict[str, Floats]:
    """The row and the score of the best lead, NaN where no lead counts."""
    scores = rated.table["score"].to_numpy(dtype=np.float64)
    best = members.best(scores)
    rows = rated.leads.index.to_numpy(dtype=np.float64)
    return {"best_lead": np.append(rows, np.nan)[best], "best_score": np.append(scores, np.nan)[best]}


def _activity(activity: LeadActivity, members: Members) -> dict[str, Floats]:
    """How many members are active, and how many activities more there were in the last 30 days than in those before."""
    is_active = (activity.days_since <= ACTIVE_DAYS).astype(np.float64)
    return {"active_members": members.total(is_active), "trend_30d": members.total(activity.recent - activity.before)}


def _leads_per_band(rated: RatedLeads, members: Members, plan: Plan) -> dict[str, list[str]]:
    """'Hot 2; Warm 1': the bands of the members that count, the best first; no column where the model has no bands."""
    if "band" not in rated.table:
        return {}
    names = [band.name for band in plan.model.bands if not band.score]
    places = pd.Index(names, dtype=object).get_indexer(pd.Index(rated.table["band"], dtype=object))
    is_told = members.counted & (places >= 0)
    counts = np.zeros((len(members.keys), len(names)), dtype=np.intp)
    np.add.at(counts, (members.account[is_told], places[is_told]), 1)
    return {
        "leads_per_band": [
            "; ".join(f"{name} {count}" for name, count in zip(names, row, strict=True) if count) for row in counts
        ]
    }
