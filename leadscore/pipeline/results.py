"""What a run found: the result columns of every row, the enrichment, the issues, and the ruler they were made with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from leadscore.issues import Issue
from leadscore.pipeline.labels import label_leads
from leadscore.pipeline.score import Scored, scores_of
from leadscore.plan.plan import Plan
from leadscore.scoring.bands import ranks
from leadscore.scoring.events import Events
from leadscore.scoring.overriding import OVERRIDE, ROUNDING
from leadscore.scoring.reasons import reasons
from leadscore.scoring.score import ScoreResult
from leadscore.scoring.settling import round_half_away
from leadscore.scoring.values import Bools, Floats
from leadscore.scoring.warmth import RECYCLED, ROLE_ADDRESS

CONTRIBUTION = "contribution: "
TOTAL = "total"
LINES = (RECYCLED, ROLE_ADDRESS, "cap", "floor", ROUNDING, OVERRIDE)  # contributions that are no criterion's
RECENT = "_recent"  # after the name of a score: what the behaviours of the last 90 days give it
NOTHING_APPLIES = "no criterion applies"
_GAIN_DECIMALS = 9  # gains that differ by less are the same number computed in two ways: the first in the sheet stands


@dataclass(frozen=True)
class Results:
    """Everything about one run, row for row with `leads` (same index, same order).

    `table` has the result columns by their English names: score, band …, then `contribution: NAME`; numbers are
    floats (NaN for none), texts are str ('' for none). `enriched` has the enrichment columns. `counts` has the rows
    per stage: read, blank, scored, excluded. `blank` marks the rows that hold nothing; `scored` has the details of the
    others. `accounts` has one row per account, the best first, None where the model does not ask for any. `events` is
    what the leads that are not blank rows did, None where no activities were at hand or asked for.
    """

    leads: pd.DataFrame
    enriched: pd.DataFrame
    table: pd.DataFrame
    issues: tuple[Issue, ...]
    counts: Mapping[str, int]
    plan: Plan
    scored: Scored
    blank: Bools
    accounts: pd.DataFrame | None = None
    events: Events | None = None


def result_table(scored: Scored, plan: Plan) -> pd.DataFrame:
    """The columns of design.md section 6, one row per scored lead. Band columns are there when the model has bands."""
    labels = label_leads(scored, plan)
    columns: dict[str, list[str] | Floats] = {"score": scored.total.value}
    if "" in labels.bands:
        columns |= {"band": labels.bands[""], "band_range": labels.ranges[""]}
    columns["rank"] = ranks(scored.total.value, scored.excluded)
    if len(scored.scores) > 1:
        for name, result in scored.scores.items():
            columns[name] = result.value
            if name in labels.bands:
                columns[f"{name}_band"] = labels.bands[name]
    decimals = plan.model.settings.decimals
    columns |= {f"{name}{RECENT}": round_half_away(points, decimals) for name, points in scored.warmth.recent.items()}
    columns |= _best_products(scored, plan)
    columns["excluded_by"] = scored.excluded_by
    columns["reasons"] = _reasons(scored, plan)
    columns |= _certainty(scored)
    if labels.matrix is not None:
        columns["matrix"] = labels.matrix
    if labels.actions is not None:
        columns["action"] = labels.actions
    columns |= {**_overrides(scored), **_contributions(scored)}
    # Texts are objects whatever the rows hold, so that no rows or blank rows do not make numbers of them.
    return pd.DataFrame(
        {name: pd.Series(cells, dtype=object if isinstance(cells, list) else float) for name, cells in columns.items()}
    )


def _best_products(scored: Scored, plan: Plan) -> dict[str, list[str]]:
    """The product whose score is the highest, the first of equal ones; '' for none above 0, and for excluded leads."""
    rated = [(score.product, scored.scores[score.name].value) for score in plan.model.scores if score.product]
    if not rated:
        return {}
    table = np.column_stack([np.nan_to_num(value) for _, value in rated])
    best, is_some = table.argmax(axis=1), (table.max(axis=1) > 0) & ~scored.excluded
    return {"best_product": [rated[place][0] if some else "" for place, some in zip(best, is_some, strict=True)]}


def _overrides(scored: Scored) -> dict[str, list[str] | Floats]:
    """What the machine said, and why a person said otherwise; no columns when no override applies."""
    reasons_by_lead = scored.decisions.reasons
    if not reasons_by_lead:
        return {}
    places = list(reasons_by_lead)
    machine_score = np.full(len(scored.excluded), np.nan)
    machine_score[places] = scored.machine.total.value[places]
    why = [reasons_by_lead.get(place, "") for place in range(len(scored.excluded))]
    return {"machine_score": machine_score, "override_reason": why}


def _certainty(scored: Scored) -> dict[str, list[str] | Floats]:
    """score_low, score_high, coverage (share 0..1) and next_best_field."""
    applying = scored.total.applying_weight
    coverage = np.divide(scored.total.known_weight, applying, out=np.full(len(applying), np.nan), where=applying > 0)
    return {
        "score_low": scored.total.low,
        "score_high": scored.total.high,
        "coverage": coverage,
        "next_best_field": _next_best_fields(scored),
    }


def _next_best_fields(scored: Scored) -> list[str]:
    gains = scored.total.gains
    columns = [name for name in dict.fromkeys(one.source_column for one in scored.asked) if name in gains]
    if not columns:
        return [""] * len(scored.excluded)
    table = np.column_stack([gains[name] for name in columns]).round(_GAIN_DECIMALS)
    best = table.argmax(axis=1)
    helps = (table.max(axis=1) > 0) & ~scored.excluded
    return [columns[place] if some else "" for place, some in zip(best, helps, strict=True)]


def _reasons(scored: Scored, plan: Plan) -> list[str]:
    """Reasons in units of the total, so that what is read adds up to what is shown."""
    parts = [
        (score.name, name, part * share)
        for score, share in _shares(scored, plan)
        for name, part in score.contributions.items()
        if name != ROUNDING
    ]
    if len(scored.scores) > 1 and OVERRIDE in scored.total.contributions:
        parts.append((TOTAL, OVERRIDE, scored.total.contributions[OVERRIDE]))
    said = reasons(
        labels_of([(score, name) for score, name, _ in parts]),
        [part for _, _, part in parts],
        plan.model.settings.decimals,
        len(scored.excluded),
    )
    return ["; ".join(filter(None, texts)) for texts in zip(*_blank_scores(scored, plan), said, strict=True)]


def labels_of(parts: Iterable[tuple[str, str]], beside: Iterable[tuple[str, str]] = ()) -> list[str]:
    """(score, name) as reasons say it: 'SCORE: NAME' where several scores, here or in those beside, have it."""
    parts, beside = list(parts), list(beside)
    counted = (Counter(name for _, name in named) for named in (parts, beside))
    shared = {name for names in counted for name, count in names.items() if count > 1}
    return [f"{score}: {name}" if score and name in shared else name for score, name in parts]


def _blank_scores(scored: Scored, plan: Plan) -> list[list[str]]:
    """For each score that counts, why it is blank: '' where it is not."""
    several = len(scored.scores) > 1
    said = [
        (score, f"{score.name}: {NOTHING_APPLIES}" if several else NOTHING_APPLIES)
        for score, _ in _shares(scored, plan)
    ]
    return [[text if missing else "" for missing in _is_missing(score)] for score, text in said]


def _is_missing(score: ScoreResult) -> Bools:
    """Where a lead that should have the score has none."""
    blank = np.isnan(score.value)
    return blank if score.shown is None else blank & score.shown


def _shares(scored: Scored, plan: Plan) -> Iterable[tuple[ScoreResult, float]]:
    return [(scored.scores[score.name], score.in_total) for score in scores_of(plan.model) if score.in_total]


def _contributions(scored: Scored) -> dict[str, Floats]:
    """`contribution: NAME`, or `contribution: SCORE: NAME` for each of several scores and then their total."""
    if len(scored.scores) == 1:
        return {f"{CONTRIBUTION}{name}": part for name, part in scored.total.contributions.items()}
    results = [*scored.scores.values(), scored.total]
    return {
        f"{CONTRIBUTION}{result.name}: {name}": part
        for result in results
        for name, part in result.contributions.items()
    }
