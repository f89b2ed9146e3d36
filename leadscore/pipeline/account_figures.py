"""The figures of accounts, for whatever shows them: all from the columns that the sheet Accounts shows."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from leadscore.pipeline.counts import numbers_of, texts_of

_BEST = 10  # accounts that figures name


class AccountCount(NamedTuple):
    """An account, its score, its band ('' for none), its leads and those of them that count."""

    name: str
    score: float
    band: str
    members: int
    counted: int


class AccountFigures(NamedTuple):
    """How many accounts there are and have a score, and the best of these, the best first."""

    accounts: int
    scored: int
    best: tuple[AccountCount, ...]


def account_figures(accounts: pd.DataFrame | None) -> AccountFigures | None:
    """Of the rows of `Results.accounts`; None where there is no such table."""
    if accounts is None:
        return None
    scores = numbers_of(accounts["account_score"])
    scored = accounts[scores.notna()]
    best = scored.loc[scores.dropna().sort_values(ascending=False, kind="stable").index].head(_BEST)
    rows = zip(
        texts_of(best["account"]),
        numbers_of(best["account_score"]),
        texts_of(best["account_band"]) if "account_band" in best else [""] * len(best),
        numbers_of(best["members"]),
        numbers_of(best["counted_members"]),
        strict=True,
    )
    found = (
        AccountCount(name, score, band, int(members), int(counted)) for name, score, band, members, counted in rows
    )
    return AccountFigures(len(accounts), len(scored), tuple(found))
