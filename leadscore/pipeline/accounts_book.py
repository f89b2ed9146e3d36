"""The sheet Accounts: one row per company, the best first, with who is behind it."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from leadscore.model.model import ACCOUNT
from leadscore.pipeline.book import SAYS_WHO, Taken, Wording, band_looks, own_columns, worded
from leadscore.pipeline.results import Results
from leadscore.pipeline.who import who_columns
from leadscore.scoring.bands import EXCLUDED
from leadscore.sheets.output import Kind, OutColumn, OutSheet
from leadscore.sheets.source import Source

ACCOUNT_COLUMNS: dict[str, tuple[Kind, str]] = {
    "account": ("text", "The company as most of its leads write it, else as its domain suggests."),
    "account_key": ("text", "What its leads share: the account as given, else the domain, else the company's name."),
    "account_score": ("score", "The scores of the leads that count, as Account roll-up says: {method}."),
    "account_band": ("band", "The band of the account, from the rows of the sheet Bands whose Score is account."),
    "members": ("integer", "All leads of the account."),
    "counted_members": ("integer", "Those that count: neither excluded, nor the same person as a lead further up."),
    "leads_per_band": ("text", "How many of the leads that count are in each band."),
    "best_lead": ("integer", "The row of the best of the leads that count, in the sheet of leads."),
    "best_score": ("number", "The score of the best lead."),
    "coverage": ("percent", "Share of the weight whose answer is known, on average of the leads that count."),
    "active_members": ("integer", "How many of the leads that count did something in the last 30 days."),
    "trend_30d": ("number", "Activities of the last 30 days, less those of the 30 days before."),
}
# Before the columns that say who the best lead is, and behind them.
_FIRST = (
    "account",
    "account_key",
    "account_score",
    "account_band",
    "members",
    "counted_members",
    "leads_per_band",
    "best_lead",
)
_WHO_NOTE = "Of the best lead."


def accounts_sheet(results: Results, accounts: pd.DataFrame, source: Source, wording: Wording) -> OutSheet:
    """One row per account, as `Results.accounts`, with the columns that say who its best lead is."""
    who = _best_leads(results, accounts, source)
    taken = Taken(who)
    shown = [name for name in ACCOUNT_COLUMNS if name in accounts]
    ours = {name: _column(name, accounts[name], results, wording, taken) for name in shown}
    first = [ours[name] for name in _FIRST if name in ours]
    rest = [column for name, column in ours.items() if name not in _FIRST]
    decimals = results.plan.model.settings.decimals
    return OutSheet(wording.sheet("accounts"), [*first, *who, *rest], decimals=decimals, frozen_columns=1)


def _column(name: str, cells: pd.Series, results: Results, wording: Wording, taken: Taken) -> OutColumn:
    model = results.plan.model
    kind, note = ACCOUNT_COLUMNS[name]
    shown = worded(cells, (EXCLUDED,) if kind == "band" else (), wording)
    looks = band_looks(model, ACCOUNT, wording) if name == "account_band" else []
    heading = taken.free(wording.column(name))
    return OutColumn(heading, shown, kind, note.format(method=model.settings.account_roll_up), looks=looks)


def _best_leads(results: Results, accounts: pd.DataFrame, source: Source) -> list[OutColumn]:
    """The user's columns that say who the best lead is, but for its company."""
    rows = accounts["best_lead"].tolist()
    places = results.leads.index.get_indexer(pd.Index([-1 if math.isnan(row) else row for row in rows]))
    names = who_columns(results.plan, SAYS_WHO - {"company"})
    return [
        replace(
            column,
            note=_WHO_NOTE,
            cells=[None if math.isnan(row) else cell for row, cell in zip(rows, column.cells, strict=True)],
        )
        for column in own_columns(results.leads.iloc[places], source, names)
    ]
