"""Frames of leads whose headings no spreadsheet would have."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from leadscore import score_leads
from tests.scoring.models import model_of

AS_OF = date(2026, 3, 15)


def scored(headings, field):
    scoring = [["Criterion", "Field", "Operator", "Value", "Points"], ["C", field, "is", "b", 5]]
    leads = pd.DataFrame([["a", "b", "c"], [None, None, None], ["b", "c", "b"]], columns=headings, dtype=object)
    results = score_leads(leads, model_of({"Scoring": scoring}), as_of=AS_OF)
    assert results.leads is leads
    assert list(leads.columns) == list(headings)
    told = [(i.place.heading, i.value, i.details) for i in results.issues if i.code.startswith("heading")]
    return results.table["score"].fillna(-1).tolist(), told


@pytest.mark.parametrize(
    ("headings", "field", "scores", "told"),
    [
        (["Email 9", "Qb", "Qc"], "Qb", [5, -1, 0], []),
        ([0, 1, 2], "1", [5, -1, 0], []),
        (np.array([2023, 2024, 2025]), "2024", [5, -1, 0], []),
        (["Qa", "Qa", "Qa"], "Qa", [0, -1, 5], [("B", "Qa", {"name": "Qa (2)"}), ("C", "Qa", {"name": "Qa (3)"})]),
        (["Qa", "Qa", 2], "Qa (2)", [5, -1, 0], [("B", "Qa", {"name": "Qa (2)"})]),
        ([1, "1", None], "1 (2)", [5, -1, 0], [("B", "1", {"name": "1 (2)"}), ("C", "column C", {})]),
        (["Qa", "", "Qc"], "column B", [5, -1, 0], [("B", "column B", {})]),
    ],
)
def test_columns_are_named_as_those_of_a_file_and_the_frame_keeps_its_own(headings, field, scores, told):
    assert scored(headings, field) == (scores, told)
