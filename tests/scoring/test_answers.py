"""Corners of one criterion and of the results that the tables and random models reach rarely or never."""

from datetime import date

import pandas as pd
import pytest

from leadscore import score_leads
from leadscore.scoring.reasons import reasons, signed
from leadscore.values.cells import ShownNumber
from tests.scoring.models import model_of

LEAD_CELLS = ("number-unreadable", "number-range", "decimal-mark-undecided")
AS_OF = date(2026, 3, 15)
TOP = ["Criterion", "Kind", "Score", "Weight", "Policy", "Field", "Operator", "Value", "Points"]


def table_of(rows, cells, field="Qa", **sheets):
    leads = pd.DataFrame({field: cells, "Other": "x"}, dtype=object)
    return score_leads(leads, model_of({"Scoring": [TOP, *rows], **sheets}), as_of=AS_OF).table


@pytest.mark.parametrize(("policy", "score"), [("sum", 7), ("max", 7), ("first", 7)])
@pytest.mark.parametrize("turned", [False, True])
def test_where_a_skip_holds_beside_points_the_skip_stands(policy, score, turned):
    blank = [["C", "", "", 1, policy, "Qa", "is blank", "", points] for points in ("skip", 50)]
    rows = [*(blank if not turned or policy == "first" else blank[::-1]), ["D", "", "", 1, "", "Other", "is", "x", 7]]
    assert table_of(rows, [""])["score"].tolist() == [score]


@pytest.mark.parametrize(("policy", "score"), [("first", 5), ("sum", 0), ("max", 0)])
def test_a_case_that_holds_settles_a_text_before_a_number_is_looked_for(policy, score):
    """With policy first the cases below are not asked; else "call me" is unreadable, so unknown and worth nothing."""
    rows = [
        ["C", "", "", 1, policy, "Qa", "is", "call me", 5],
        ["C", "", "", "", "", "Qa", ">", 10, 100],
    ]
    scored = table_of(rows, ["call me"])
    assert scored["score"].tolist() == [score]
    assert scored["coverage"].tolist() == [1 if policy == "first" else 0]


@pytest.mark.parametrize(
    ("typed", "cell", "code"),
    [
        ("number", "n/a", "number-unreadable"),
        ("date", "soon", "date-unreadable"),
        ("boolean", "perhaps", "boolean-unreadable"),
        ("country", "Narnia", "country-unreadable"),
    ],
)
def test_what_is_not_of_the_declared_type_is_unknown_and_told(typed, cell, code):
    leads = pd.DataFrame({"Qa": [cell, ""], "Other": "x"}, index=[7, 9], dtype=object)
    model = model_of(
        {"Scoring": [TOP, ["C", "", "", 1, "", "Qa", "is not", "x", 5]], "Fields": [["Field", "Type"], ["Qa", typed]]}
    )
    results = score_leads(leads, model, as_of=AS_OF)
    assert results.table["score"].tolist() == [0, 0]
    assert results.table["coverage"].tolist() == [0, 0]
    assert [(issue.code, issue.place.row, issue.place.heading) for issue in results.issues] == [(code, 7, "Qa")]


def test_issues_of_cells_are_told_once_per_cell_and_column():
    leads = pd.DataFrame({"Qa": ["", "5-15", "1.500", "abc"], "Qb": ["", "01/03/2026", "x", ""]}, dtype=object)
    rows = [["C", "", "", 1, "", "Qa", ">", 1, 5], ["D", "", "", 1, "", "Qa", "<", 100, 5]]
    rows.append(["E", "", "", 1, "", "Qb", "within days", 30, 5])
    issues = score_leads(leads, model_of({"Scoring": [TOP, *rows]}), as_of=AS_OF).issues
    assert [str(issue) for issue in issues] == [
        'Source, row 4, column Qa: "abc" is no number; correct it at the source; read as unknown [number-unreadable]',
        'Source, row 2, column Qa: "5-15" is a range; read as its middle, 10 [number-range]',
        (
            'Source, column Qa: "1.500" may mean thousands or decimals, and nothing in the column tells which; '
            "read as 1.5; format the column as Number at the source [decimal-mark-undecided]"
        ),
        'Source, row 3, column Qb: "x" is no date; correct it at the source; read as unknown [date-unreadable]',
        (
            'Source, column Qb: "01/03/2026" may be day/month or month/day, and nothing in the column tells which; '
            "read as 2026-01-03; use real dates, or write 2026-03-01 [day-order-undecided]"
        ),
    ]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("language", "operator", "value", "cells", "scores"),
    [
        ("fr", "between", "1000..2000", ["1.500", 1234.5], [5, 5]),
        ("fr", "between", "1000..2000", ["1.500", "1234.5"], [0, 5]),  # typed, it says that '.' marks decimals
        ("en", "between", "1000..2000", ["1.500", ShownNumber(1234.5, "1.234,50", "0.00")], [0, 5]),
        ("fr", "is", "2026-03-02", ["02/03/2026", ShownNumber(1.0, "12/31/2026", "0")], [5, 0]),
    ],
)
def test_only_cells_that_people_typed_tell_how_to_read_the_others(order, language, operator, value, cells, scores):
    leads = pd.DataFrame({"Qa": cells[::order]}, dtype=object)
    case = ["C", "", "", 1, "", "Qa", operator, value, 5]
    model = model_of({"Scoring": [TOP, case], "Settings": [["Setting", "Value"], ["Language", language]]})
    assert score_leads(leads, model, as_of=AS_OF).table["score"].tolist() == scores[::order]


def test_issues_of_a_field_filled_from_several_columns_name_the_one_the_value_came_from():
    cells = {"Mobile": ["", "5-15", ""], "Portable": ["abc", "x", "1.500"]}
    leads = pd.DataFrame(cells, index=[2, 3, 4], dtype=object)
    sheets = {"Scoring": [TOP, ["C", "", "", 1, "", "mobile", ">", 1, 5]]}
    results = score_leads(leads, model_of(sheets), as_of=AS_OF)
    assert [(i.code, i.place.row, i.place.heading) for i in results.issues if i.code in LEAD_CELLS] == [
        ("number-unreadable", 2, "Portable"),
        ("number-range", 3, "Mobile"),
        ("decimal-mark-undecided", 0, "Portable"),
    ]


def test_issues_of_enriched_columns_name_the_column():
    rows = [["C", "", "", 1, "", "email_domain", ">", 1, 5]]
    leads = pd.DataFrame({"E-mail": ["a@acme.fr"]}, index=["x"], dtype=object)
    issues = score_leads(leads, model_of({"Scoring": [TOP, *rows]}), as_of=AS_OF).issues
    assert [str(issue) for issue in issues] == [
        (
            'Source, row 1, column email_domain: "acme.fr" is no number; correct it at the source; '
            "read as unknown [number-unreadable]"
        )
    ]


def test_a_blank_score_says_why_and_blanks_the_total():
    rows = [["C", "", "fit", 1, "", "Qa", "is blank", "", "skip"], ["D", "", "warmth", 1, "", "Other", "is", "x", 7]]
    scored = table_of(rows, ["", "a"])
    assert scored["score"].isna().tolist() == [True, False]
    assert scored["reasons"].tolist() == ["fit: no criterion applies; D +7", "D +7"]
    assert scored["rank"].isna().tolist() == [True, False]


def test_exclusions_of_one_name_are_told_with_their_scores():
    rows = [
        ["X", "exclusion", "fit", 1, "", "Qa", "is", "a", -5],
        ["X", "exclusion", "warmth", 1, "", "Qa", "is not blank", "", -5],
        ["Y", "exclusion", "fit", 1, "", "Qa", "is", "a", -5],
    ]
    assert table_of(rows, ["a", "b", ""])["excluded_by"].tolist() == ["fit: X; warmth: X; Y", "warmth: X", ""]


def test_ties_for_the_next_best_field_fall_to_the_first_of_the_sheet_whatever_its_score():
    leads = pd.DataFrame({"Qa": [""], "Qb": [""], "Other": "x"}, dtype=object)
    rows = [["C", "", "warmth", 1, "", "Qb", "is", "y", 7], ["D", "", "fit", 1, "", "Qa", "is", "y", 7]]
    sheets = {"Scoring": [TOP, *rows], "Scores": [["Score"], ["fit"], ["warmth"]]}
    assert score_leads(leads, model_of(sheets), as_of=AS_OF).table["next_best_field"].tolist() == ["Qb"]


def test_where_the_total_subtracts_a_score_the_best_answer_is_its_lowest():
    leads = pd.DataFrame({"Qa": [""], "Other": "x"}, dtype=object)
    rows = [["C", "", "risk", 1, "", "Qa", "is", "safe", -7], ["D", "", "fit", 1, "", "Other", "is", "x", 7]]
    sheets = {"Scoring": [TOP, *rows], "Scores": [["Score", "In total"], ["fit", 1], ["risk", -1]]}
    scored = score_leads(leads, model_of(sheets), as_of=AS_OF).table
    assert scored["next_best_field"].tolist() == ["Qa"]
    assert (scored["score_low"].tolist(), scored["score_high"].tolist()) == ([7], [14])


def test_where_no_score_counts_in_the_total_it_is_blank_rather_than_0_for_all():
    rows = [["C", "", "fit", 1, "", "Qa", "is", "a", 5], ["D", "", "warmth", 1, "", "Other", "is", "x", 7]]
    scored = table_of(rows, ["a"], Scores=[["Score", "In total"], ["fit", "no"], ["warmth", 0]])
    assert scored[["fit", "warmth", "reasons", "next_best_field"]].to_numpy().tolist() == [[5, 7, "", ""]]
    assert scored[["score", "rank", "score_low", "score_high"]].isna().all(axis=None)
    assert scored["coverage"].isna().all()


def test_actions_follow_bands_but_not_for_the_excluded():
    rows = [["C", "exclusion", "", 1, "", "Qa", "is", "a", -5], ["C", "", "", "", "", "Qa", "is", "b", 5]]
    scored = table_of(rows, ["a", "b", ""], Bands=[["Band", "From", "Action"], ["Hot", 5, "Call"], ["Cold", "", ""]])
    assert scored["action"].tolist() == ["", "Call", ""]
    assert scored["band"].tolist() == ["Excluded", "Hot", "Cold"]


def test_activities_that_nothing_reads_are_told():
    leads = pd.DataFrame({"Qa": ["a"]}, dtype=object)
    model = model_of({"Scoring": [TOP, ["C", "", "", 1, "", "Qa", "is", "a", 5]]})
    results = score_leads(leads, model, activities=pd.DataFrame(), as_of=AS_OF)
    assert [issue.code for issue in results.issues] == ["activities-unread"]
    assert results.counts == {"read": 1, "blank": 0, "scored": 1, "excluded": 0}


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [(20.0, 1, "+20"), (-10.0, 0, "-10"), (0.5, 1, "+0.5"), (100.0, 0, "+100"), (-1.25, 2, "-1.25"), (1.5, 3, "+1.5")],
)
def test_how_a_contribution_is_shown(number, decimals, text):
    assert signed(number, decimals) == text


def test_no_contributions_give_no_reasons():
    assert reasons([], [], 1, 2) == ["", ""]
