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
from tests.laws import examples
from tests.proof import random_exclusions as small_model
from tests.scoring import random_models as any_model
from tests.scoring.models import model_of

few = examples(20)  # each scores a sheet hundreds of times

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


@few
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
        for columns in combinations(values, fields):
            for texts in product(*(values[column] for column in columns)):
                if all(text_of(row[column]) != text for column, text in zip(columns, texts, strict=True)):
                    changed = row.copy()
                    changed[list(columns)] = texts
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


@few
@given(small_model.models(), starts, st.data())
def test_nothing_smaller_would_do(pair, starts, data):
    model, every = pair
    if any(case.operator == "matches" for criterion in model.criteria for case in criterion.cases):
        return
    model = with_bands(model, starts)
    blanks = {text for mapping in model.fields for text in mapping.blank_values}
    values = {column: sorted(set(every[column]) - blanks) for column in every}
    # With a name, the row is never blank as a whole, which would be no lead at all.
    lead = every.iloc[[data.draw(st.integers(0, len(every) - 1))]].set_axis([2]).assign(Name="Ann")
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


MADE = {  # enrichment column -> what criteria ask of it
    "email_validity": ("ok", "fail", "unknown"),
    "email_type": ("professional", "free", "disposable"),
    "email_is_role": ("yes", "no"),
    "phone_country": ("FR", "BE", "US"),
    "phone_validity": ("ok", "fail"),
    "job_seniority": ("c_level", "manager", "intern"),
    "freshness": ("fresh", "stale"),
    "budget_band": ("5k_20k", "over_100k"),
    "contactability": ("email_and_phone", "none"),
}
RAW = {
    "E-mail": ("", "jean@acme", "ann@acme.fr", "info@acme.fr", "bob@gmail.com", "x@yopmail.com"),
    "Phone": ("", "06 47 31 82 95", "+32 475 61 29 83", "12", "+1 212 555 0199"),
    "Job title": ("", "CEO", "Sales manager", "Driver"),
    "Created at": ("", "2026-03-01", "2020-01-01", "soon"),
    "Budget": ("", "800", "15k€", "lots"),
}


@st.composite
def made_models(draw):
    """Criteria about columns that enrichment makes, exclusions among them."""
    rows = [["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"]]
    for place, column in enumerate(draw(st.lists(st.sampled_from(sorted(MADE)), min_size=1, max_size=4))):
        word, kind = draw(st.sampled_from(MADE[column])), draw(st.sampled_from(["potential", "exclusion"]))
        operator = draw(st.sampled_from(["is", "is not"]))
        points = draw(st.sampled_from([-1000, -50] if kind == "exclusion" else [-20, 30, 100]))
        rows.append([f"C{place}", kind, 1, column, operator, word, points])
        if draw(st.booleans()):
            rows.append([f"C{place}", kind, 1, column, "is blank", "", draw(st.sampled_from([-30, 10]))])
    return model_of({"Scoring": rows})


raw_leads = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in RAW.items()}), min_size=1, max_size=3
)


@few
@given(made_models(), raw_leads, starts)
def test_the_promise_holds_for_columns_that_enrichment_makes(model, leads, starts):
    check_promise(pd.DataFrame(leads, index=range(2, 2 + len(leads))), with_bands(model, starts), any_model.AS_OF)
