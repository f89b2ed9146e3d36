"""What a contribution column means: the arithmetic behind it, with the numbers and cells of the model."""

from __future__ import annotations

from collections.abc import Sequence

from leadscore.model.model import Criterion, Method
from leadscore.pipeline.results import CONTRIBUTION, TOTAL
from leadscore.pipeline.score import scores_of
from leadscore.plan.plan import Plan
from leadscore.scoring.overriding import OVERRIDE, ROUNDING
from leadscore.scoring.warmth import RECYCLED, ROLE_ADDRESS
from leadscore.values.cells import number_text

_LINES = {
    ROUNDING: "What rounding the sum once adds.",
    RECYCLED: "What recycling the lead takes from its behaviours.",
    ROLE_ADDRESS: "What behaviours of a shared mailbox give beyond the limit.",
    "cap": "What the score's Max takes away.",
    "floor": "What the score's Min adds.",
    OVERRIDE: "What leads from the computed sum to the number that a person decided, on the sheet Overrides.",
}
_MOST_CELLS = 8  # of a criterion's points


def contribution_note(name: str, plan: Plan) -> str:
    """The note on the heading `contribution: NAME` or `contribution: SCORE: NAME`."""
    score, _, last = name.removeprefix(CONTRIBUTION).rpartition(": ")
    if last in _LINES:
        return _LINES[last]
    if score == TOTAL:
        share = next(one.in_total for one in plan.model.scores if one.name == last)
        return f"What the score {last} adds to the total: {last} x its In total, {number_text(share)}."
    score = score or plan.model.scores[0].name
    behaviour = next((row for row in plan.behaviours if (row.score, row.name) == (score, last)), None)
    if behaviour is not None:
        where = behaviour.points_place
        what = f"What {last} adds to the score: its points, by how often and how long ago."
        return f"{what}\nSheet {where.sheet}: points in {where.cell}"
    rows = [row.criterion for row in plan.criteria if row.criterion.score in ("", score)]
    criterion = next(row for row in rows if row.name == last)
    method = next(one.method for one in scores_of(plan.model) if one.name == score)
    return "\n".join([_arithmetic(criterion, rows, method), *_cells(criterion)])


def _arithmetic(criterion: Criterion, rows: Sequence[Criterion], method: Method) -> str:
    weight, added = number_text(criterion.weight), f"What {criterion.name} adds to the score"
    if method is Method.SUM:
        return f"{added}: its points x its weight, {weight}."
    can_differ = any(row.segment or any(case.points is None for case in row.cases) for row in rows)
    total = number_text(round(sum(row.weight for row in rows), 9))
    what = f"the total weight, at most {total}: that of the criteria that apply" if can_differ else f"the total {total}"
    return f"{added}: its points x its weight, {weight} / {what}."


def _cells(criterion: Criterion) -> list[str]:
    """Where the model says so, if it says so in cells."""
    places = [case.place for case in criterion.cases if case.place.cell]
    if not places:
        return []
    shown = ", ".join(place.cell for place in places[:_MOST_CELLS])
    more = f" and {len(places) - _MOST_CELLS} more" if len(places) > _MOST_CELLS else ""
    weight = criterion.place_of("weight").cell
    return [f"Sheet {places[0].sheet}: points in {shown}{more}{f'; weight in {weight}' if weight else ''}"]
