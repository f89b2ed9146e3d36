"""Design.md 4.5, sentence by sentence: scores -> total."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from leadscore import score_leads
from tests.scoring.models import model_of

AS_OF = date(2026, 3, 15)
TOP = ["Criterion", "Kind", "Field", "Operator", "Value", "Points", "Score"]
SCORING = [
    TOP,
    ["Size", "potential", "Size", "is", "big", 60, "fit"],
    ["Size", "", "", "is blank", "", "skip", "fit"],
    ["Visits", "engagement", "Visits", ">", 5, 25, "heat"],
]
PRODUCTS = [["Products"], ["Pumps"], ["Valves"]]
BEHAVIOURS = [
    ["Score", "Behaviour", "Activity", "Points", "Product"],
    ["interest in {product}", "Call", "Call", 10, "{product}"],
]
CALLS = pd.DataFrame(
    [
        ["1", "Call", "2026-03-15", "Pumps"],
        ["1", "Call", "2026-03-14", "Valves"],
        ["1", "Call", "2026-03-13", "Valves"],
    ],
    columns=["Lead", "Activity", "Date", "Product"],
    dtype=object,
)


def scores_of(*rows, heads=("Score", "Method", "In total")):
    return [list(heads), *map(list, rows)]


def table(scores=None, size="big", activities=None, **sheets):
    """One lead who visits often, scored."""
    lead = pd.DataFrame({"Id": ["1"], "Size": [size], "Visits": ["9"]}, dtype=object)
    parts = {"Scoring": SCORING, "Scores": scores, **sheets}
    model = model_of({name: rows for name, rows in parts.items() if rows})
    return score_leads(lead, model, activities=activities, as_of=AS_OF).table


@pytest.mark.parametrize(
    ("share", "total"),
    [("", 60 + 25), (1, 60 + 25), ("no", 60), ("non", 60), (0, 60), ("50 %", 72.5), (0.5, 72.5), (2, 110), (-1, 35)],
)
def test_each_score_is_multiplied_by_its_in_total(share, total):
    found = table(scores_of(("fit", "mean", ""), ("heat", "sum", share)))

    assert (found["score"][0], found["fit"][0], found["heat"][0]) == (total, 60, 25)


def test_the_parts_of_the_total_are_lines_of_it():
    found = table(scores_of(("fit", "mean", ""), ("heat", "sum", "33 %")))

    assert found["score"][0] == 68.3  # 60 + 8.25
    parts = ["contribution: total: fit", "contribution: total: heat", "contribution: total: rounding"]
    lines = [name for name in found if name.startswith("contribution: total: ")]
    assert lines == parts
    assert found[parts].iloc[0].tolist() == pytest.approx([60, 8.25, 0.05])


def test_without_the_sheet_scores_all_count_whole():
    assert table()["score"][0] == 85


def test_a_score_that_is_not_shown_is_not_in_the_total():
    scores = scores_of(
        ("fit", "mean", "", ""), ("heat", "sum", "", "Small"), heads=("Score", "Method", "In total", "Segment")
    )
    segments = [["Segment", "Field", "Operator", "Value"], ["Small", "Size", "is", "small"]]

    found = [table(scores, size, Segments=segments) for size in ("big", "small")]

    assert [one["score"][0] for one in found] == [60, 25]
    assert np.isnan(found[0]["heat"][0])


def test_scores_per_product_are_no_part_unless_they_say_so():
    named = {"Behaviours": BEHAVIOURS, "Lists": PRODUCTS, "activities": CALLS}
    unsaid = table(**named)
    blank = table(scores_of(("fit", "", ""), ("heat", "", ""), ("interest in {product}", "", "")), **named)
    said = table(scores_of(("fit", "", ""), ("heat", "", ""), ("interest in {product}", "", "50 %")), **named)

    interests = ["interest in Pumps", "interest in Valves"]
    assert [one["score"][0] for one in (unsaid, blank, said)] == [85, 85, 85 + 5 + 10]
    assert [one[interests].iloc[0].tolist() for one in (unsaid, blank, said)] == [[10, 20]] * 3
    assert said["best_product"][0] == "Valves"


@pytest.mark.parametrize(("share", "total"), [("", np.nan), ("50 %", np.nan), (0, 25), ("no", 25)])
def test_it_is_blank_when_a_score_that_it_needs_is(share, total):
    """Without a size no criterion of fit applies, so that fit is blank."""
    found = table(scores_of(("fit", "mean", share), ("heat", "sum", "")), size="")

    assert np.isnan(found["fit"][0])
    assert found["score"][0] == pytest.approx(total, nan_ok=True)
    assert (found["rank"].isna()[0], np.isnan(found["score_low"][0])) == (np.isnan(total), np.isnan(total))


@pytest.mark.parametrize("share", ["", 0, "no", "50 %", -1])
def test_a_lone_score_is_the_total_whatever_its_in_total_says(share):
    found = table(scores_of(("fit", "mean", share)), Scoring=SCORING[:3])

    assert found["score"][0] == 60
    assert next(name for name in found if name.startswith("contribution: ")) == "contribution: Size"
    assert "fit" not in found


def test_where_no_score_counts_there_is_no_total():
    assert np.isnan(table(scores_of(("fit", "mean", 0), ("heat", "sum", "no")))["score"][0])
