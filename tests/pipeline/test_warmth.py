"""Behaviours beside what is not known of a lead: they are known, and weigh nothing."""

from datetime import date

import pandas as pd
import pytest

from leadscore.pipeline.line import score_leads
from tests.scoring.models import model_of

AS_OF = date(2026, 3, 15)
SCORING = [
    ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"],
    ["Budget", "potential", 2, "Budget", ">=", 1000, 10],
    ["Country", "potential", 1, "Country", "is", "FR", 5],
]
SHEETS = {"Scoring": SCORING, "Scores": [["Score", "Method", "Max"], ["heat", "sum", 40]]}
BEHAVIOURS = [["Score", "Behaviour", "Activity", "Points"], ["heat", "Demo", "Demo", 12]]
LEADS = pd.DataFrame(
    [["A", "2000", "FR"], ["B", "", "FR"], ["C", "", ""]], columns=["Id", "Budget", "Country"], dtype=object
)


def table_of(*done, **sheets):
    rows = [[key, "Demo", "2026-03-14"] for key in done]
    activities = pd.DataFrame(rows, columns=["Id", "Activity", "Date"], dtype=object)
    return score_leads(LEADS, model_of({**SHEETS, **sheets}), activities=activities, as_of=AS_OF).table


@pytest.mark.parametrize(("done", "points"), [((), [0, 0, 0]), (("A", "B", "B"), [12, 24, 0]), (("C",), [0, 0, 12])])
def test_coverage_is_that_of_the_criteria_and_the_range_moves_by_what_was_done(done, points):
    cold, warm = table_of(), table_of(*done, Behaviours=BEHAVIOURS)

    assert warm["coverage"].tolist() == cold["coverage"].tolist()
    for column in ("score", "score_low", "score_high"):
        moved = [min(before + more, 40) for before, more in zip(cold[column], points, strict=True)]
        assert warm[column].tolist() == moved, column


def test_a_lead_of_which_all_is_known_has_no_range_whatever_it_did():
    row = table_of("A", Behaviours=BEHAVIOURS).iloc[0]

    assert (row["score_low"], row["score"], row["score_high"]) == (37.0, 37.0, 37.0)
