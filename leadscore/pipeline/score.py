"""One sheet of leads through the line: plan, enrich, ask every criterion, add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from leadscore.model.model import Model, Score
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import UNKNOWN, Plan, PlannedCriterion, columns_needed, source_key, texts_of_source
from leadscore.scoring.answers import answer
from leadscore.scoring.asked import Asked, excluding
from leadscore.scoring.score import ScoreResult, compute_score, total_of
from leadscore.scoring.values import Bools, FieldValues, field_values
from leadscore.values.cells import text_of


@dataclass(frozen=True)
class Scored:
    """The scores of the leads that are not blank rows, in order.

    `asked` has every planned criterion, `values` the distinct values each field holds, by source key.
    """

    asked: tuple[Asked, ...]
    values: Mapping[str, FieldValues]
    scores: Mapping[str, ScoreResult]
    total: ScoreResult
    excluded: Bools
    excluded_by: list[str]


def gather_fields(leads: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The fields that enrichment needs, as columns of trimmed texts; a field the sheet does not have is left out."""
    fields = {name: texts_of_source(leads, source) for name, source in plan.needs.items()}
    return pd.DataFrame(fields, index=leads.index)


def score(leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan) -> Scored:
    """Every score of every lead. `enriched` holds the enrichment columns of the same rows."""
    sources = columns_needed(plan.criteria)
    values = {key: _values(source, leads, enriched, plan) for key, source in sources.items()}
    asked = tuple(_asked(row, values[source_key(row.source)], plan) for row in plan.criteria)
    decimals = plan.model.settings.decimals
    scores = {
        one.name: compute_score(
            one, [row for row in asked if row.criterion.score in ("", one.name)], decimals, len(leads)
        )
        for one in scores_of(plan.model)
    }
    excluded, names = excluding(asked, len(leads))
    return Scored(asked, values, scores, total_of(scores, scores_of(plan.model), decimals), excluded, names)


def scores_of(model: Model) -> tuple[Score, ...]:
    """The scores with what each counts in the total: a lone score is the total, whatever its In total says."""
    if len(model.scores) > 1:
        return model.scores
    return tuple(score.model_copy(update={"in_total": 1.0}) for score in model.scores)


def _values(source: FieldSource, leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan) -> FieldValues:
    if source.is_made:
        texts = pd.Series([text_of(cell) for cell in enriched[source.name]], dtype=object)
    else:
        texts = texts_of_source(leads, source)
    return field_values(texts, plan.default_evidence, source.type)


def _asked(row: PlannedCriterion, values: FieldValues, plan: Plan) -> Asked:
    unknown_word = UNKNOWN if UNKNOWN in row.source.words else ""
    answered = answer(row.criterion, values, plan.surroundings, unknown_word)
    return Asked(row.criterion, answered, values.codes, row.source.asked_of)


def is_blank_row(leads: pd.DataFrame) -> Bools:
    """Which rows hold nothing at all."""
    blank = np.ones(len(leads), dtype=bool)
    for column in leads.columns:
        places = np.flatnonzero(blank)
        blank[places] = [text_of(cell) == "" for cell in leads[column].to_numpy(dtype=object)[places]]
    return blank
