"""Golden leads marked ready to buy: whether interest, and not only fit, is what makes them so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from leadscore.issues import Issue
from leadscore.model.model import Band, Kind, Model, Score
from leadscore.pipeline.examples import score_examples
from leadscore.pipeline.results import CONTRIBUTION
from leadscore.pipeline.score import scores_of
from leadscore.plan.plan import Plan
from leadscore.scoring.matrix import matrix_codes
from leadscore.values.folding import fold

_MOST_FIT = 0.5  # of the total


def golden_issues(model: Model, as_of: date) -> Iterator[Issue]:
    """Examples expected in the top band, or with its action, whose points are for more than half potential.

    Of a model that counts engagement only.
    """
    is_counted = any(criterion.kind is Kind.ENGAGEMENT and criterion.weight for criterion in model.criteria)
    if not model.examples or not (is_counted or model.behaviours):
        return
    wanted = _ready(model)
    expected = [
        {(one.column, fold(one.text)) for one in example.expectations if one.text} for example in model.examples
    ]
    ready = [place for place, said in enumerate(expected) if wanted & said]
    if not ready:
        return
    scored = score_examples(model, as_of)
    for place in ready:
        share = _share(scored.table.iloc[place], scored.plan)
        if share > _MOST_FIT:
            yield Issue("fit-outweighs", model.examples[place].place, "", {"share": f"{100 * share:.0f}"})


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


def _share(row: pd.Series, plan: Plan) -> float:
    """Potential / total over what all scores are made of, in units of the total; 0 where the total is not positive."""
    potential, total = 0.0, 0.0
    several = len(plan.model.scores) > 1
    for score in scores_of(plan.model):
        for name, kind in _parts(score, plan):
            heading = f"{CONTRIBUTION}{score.name}: {name}" if several else f"{CONTRIBUTION}{name}"
            part = float(row[heading]) * score.in_total
            total += part
            potential += part if kind is Kind.POTENTIAL else 0.0
    return potential / total if total > 0 else 0.0


def _parts(score: Score, plan: Plan) -> Iterator[tuple[str, Kind]]:
    """The criteria and behaviours of a score."""
    criteria = (row.criterion for row in plan.criteria)
    yield from ((one.name, one.kind) for one in criteria if one.score in ("", score.name))
    yield from ((one.name, Kind.ENGAGEMENT) for one in plan.behaviours if one.score == score.name)
