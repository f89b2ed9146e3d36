"""What is said to lift a lead does lift it, and nothing smaller does."""

import math
from itertools import combinations, product

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from leadscore.model.model import Band
from leadscore.pipeline.bench import Trial
from leadscore.pipeline.counterfactual import KEPT, MOST_FIELDS, what_would_lift
from leadscore.pipeline.line import score_leads
from leadscore.values.cells import text_of
from tests.proof import random_exclusions as small_model
from tests.scoring import random_models as any_model

starts = st.lists(
    st.sampled_from([None, -100.0, -20.0, 0.0, 12.5, 33.3, 50.0, 80.0]), unique=True, min_size=1, max_size=4
)


def with_bands(model, starts):
    return model.model_copy(update={"bands": tuple(Band(score="", name=f"B{start}", start=start) for start in starts)})


def applied(leads, row, steps):
    changed = leads.copy().astype(object)
    for step in steps:
        changed.loc[row, step.column] = step.text
    return changed


def standing(results, position):
    return float(results.scored.total.value[position]), bool(results.scored.excluded[position])


def check_promise(leads, model, as_of):
    """Every lead of a sheet: what is promised holds when the cells are changed and the sheet is scored anew."""
    results = score_leads(leads, model, as_of=as_of)
    rows = results.leads.index[~results.blank]
    promised = 0
    for position, row in enumerate(rows):
        found = what_would_lift(results, position)
        anew = score_leads(applied(leads, row, found.steps), model, as_of=as_of)
        if found.why_not:
            continue
        table = anew.table.loc[row]
        assert (table["score"] == found.score) or (math.isnan(table["score"]) and math.isnan(found.score))
        assert table.get("band", "") == found.band
        if found.reached:
            promised += 1
            assert found.steps
            assert not anew.scored.excluded[list(anew.leads.index[~anew.blank]).index(row)]
            assert found.goal in (KEPT, found.band) or band_start(model, found.band) > band_start(model, found.goal)
    return promised


def band_start(model, name):
    return next(-math.inf if band.start is None else band.start for band in model.bands if band.name == name)


@given(any_model.models(), any_model.leads, starts)
def test_the_change_applied_reaches_what_it_promises(model, leads, starts):
    check_promise(pd.DataFrame(leads, index=range(2, 2 + len(leads))), with_bands(model, starts), any_model.AS_OF)


def unreadable(results):
    """Where a criterion or condition cannot read what it can read of the first lead: no value for anybody to enter."""
    return Trial(None, None, results.scored, None, results.plan).spoilt


def smallest(leads, model, position, values, goal_start):
    """By trying all: fields changed, cells emptied, the total; None when nothing reaches the goal."""
    row = leads.iloc[position]
    found = []
    for fields in range(1, MOST_FIELDS + 1):
        for columns in combinations(leads.columns, fields):
            for texts in product(*(values[column] for column in columns)):
                if all(text_of(row[column]) != text for column, text in zip(columns, texts, strict=True)):
                    changed = row.copy()
                    changed[list(columns)] = texts
                    if any(changed):
                        found.append((fields, texts.count(""), changed))
    every = pd.DataFrame([row, *(lead for *_, lead in found)], dtype=object).set_axis(range(2, len(found) + 3))
    results = score_leads(every, model, as_of=small_model.AS_OF)
    scored, spoilt = results.scored, unreadable(results)
    reaching = [
        (fields, emptied, float(total))
        for (fields, emptied, _), total, out, bad in zip(
            found, scored.total.value[1:], scored.excluded[1:], spoilt[1:], strict=True
        )
        if not out and not bad and total >= goal_start
    ]
    return min(reaching, default=None)


@given(small_model.models(), starts, st.data())
def test_nothing_smaller_would_do(pair, starts, data):
    model, every = pair
    if any(case.operator == "matches" for criterion in model.criteria for case in criterion.cases):
        return
    model = with_bands(model, starts)
    values = {column: sorted(set(every[column])) for column in every}
    lead = every.iloc[[data.draw(st.integers(0, len(every) - 1))]].set_axis([2])
    results = score_leads(lead, model, as_of=small_model.AS_OF)

    found = what_would_lift(results, 0)

    if found.why_not:
        return
    start = -math.inf if found.goal == KEPT else band_start(model, found.goal)
    best = smallest(lead, model, 0, values, start)
    ours = (len(found.steps), sum(not step.text for step in found.steps), found.score) if found.reached else None
    if best is not None:
        assert ours is not None
        assert ours <= best
