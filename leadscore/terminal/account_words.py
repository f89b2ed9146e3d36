"""What a run has to tell of accounts, in a few words and in figures."""

from __future__ import annotations

import math

from leadscore.model.model import ACCOUNT
from leadscore.pipeline.results import Results
from leadscore.scoring.reasons import signed
from leadscore.terminal.words import counted


def best_account(results: Results) -> str:
    """'12 accounts, the best one Acme with 87.5'; '' where the model does not ask for accounts."""
    accounts = results.accounts
    if accounts is None:
        return ""
    told = counted(len(accounts), "account")
    if not len(accounts) or math.isnan(accounts["account_score"].iloc[0]):
        return told
    best = accounts.iloc[0]
    score = signed(best["account_score"], results.plan.model.settings.decimals).removeprefix("+")
    return f"{told}, the best one {best['account']} with {score}"


def account_figures(results: Results | None) -> dict[str, object] | None:
    """How many accounts there are and have a score, the best score (None for none), and how many are in each band.

    None where the model does not ask for accounts.
    """
    if results is None or results.accounts is None:
        return None
    accounts = results.accounts
    scores = accounts["account_score"].dropna()
    counts = accounts["account_band"].value_counts().to_dict() if "account_band" in accounts else {}
    order = [band.name for band in results.plan.model.bands if band.score == ACCOUNT]
    return {
        "accounts": len(accounts),
        "scored": len(scores),
        "best_score": None if scores.empty else float(scores.max()),
        "bands": {name: counts[name] for name in order if name in counts},
    }
