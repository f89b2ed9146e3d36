"""Golden leads marked ready to buy: whether interest, and not only fit, is what makes them so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.issues import Issue
from leadscore.model.decisions import Example
from leadscore.model.model import Band, Kind, Model
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.doubts.trial import tried
from leadscore.pipeline.results import CONTRIBUTION
from leadscore.pipeline.score import scores_of
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan, make_plan
from leadscore.scoring.matrix import matrix_codes
from leadscore.values.folding import fold

_MOST_FIT = 0.5  # of the total


def golden_issues(model: Model, as_of: date) -> Iterator[Issue]:
    """Examples expected in the top band, or with its action, whose points are for more than half potential.

    Of a model that counts engagement only.
    """
    if not any(criterion.kind is Kind.ENGAGEMENT and criterion.weight for criterion in model.criteria):
        return
    plan = make_plan(model, None, model.settings.examples_as_of or as_of)
    wanted = _ready(model)
    for example in model.examples:
        if wanted & {(one.column, fold(one.text)) for one in example.expectations if one.text}:
            share = _share(tried(plan, _lead(example)), plan)
            if share > _MOST_FIT:
                yield Issue("fit-outweighs", example.place, "", {"share": f"{100 * share:.0f}"})


def _ready(model: Model) -> set[tuple[str, str]]:
    """What an example expects that is ready to buy: the top band, its action, the code of two top bands."""
    top = _top(model, "")
    wanted = {("band", fold(top.name)), ("action", fold(top.action))} if top else set()
    matrix = model.matrix
    tops = (_top(model, matrix.row_score), _top(model, matrix.column_score)) if matrix else (None, None)
    if matrix and tops[0] and tops[1]:
        pair = (tops[0].name, tops[1].name)
        actions = {(cell.row_band, cell.column_band): cell.action for cell in matrix.cells}
        wanted |= {("matrix", fold(matrix_codes([pair[0]], [pair[1]])[0])), ("action", fold(actions.get(pair, "")))}
    return {(column, text) for column, text in wanted if text}


def _top(model: Model, score: str) -> Band | None:
    """The band with the highest limit; bands are kept from the highest down."""
    return next((band for band in model.bands if band.score == score and band.start is not None), None)


def _lead(example: Example) -> dict[FieldSource, str]:
    """The fields of an example as the sources that a trial fills."""
    made = {heading: vocabulary("columns").find(heading) for heading, _ in example.fields}
    return {
        FieldSource(made[heading], is_made=True)
        if made[heading] in ENRICHMENT_COLUMNS
        else FieldSource(heading, (heading,)): vocabulary("words").find(text) or text
        for heading, text in example.fields
        if text
    }


def _share(row: pd.Series, plan: Plan) -> float:
    """Potential / total over the criteria of all scores, in units of the total; 0 where the total is not positive."""
    parts = {Kind.POTENTIAL: 0.0}
    several = len(plan.model.scores) > 1
    for score in scores_of(plan.model):
        for planned in plan.criteria:
            criterion = planned.criterion
            if criterion.score in ("", score.name):
                name = f"{score.name}: {criterion.name}" if several else criterion.name
                part = float(row[f"{CONTRIBUTION}{name}"]) * score.in_total
                parts[criterion.kind] = parts.get(criterion.kind, 0.0) + part
    total = sum(parts.values())
    return parts[Kind.POTENTIAL] / total if total > 0 else 0.0
