"""Segments: who is in, who is not, of whom it is not known, and what hangs on it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore import score_leads
from leadscore.model.decisions import Condition, Segment
from leadscore.model.model import Case, Criterion, Kind, Method
from tests.laws import examples
from tests.scoring.models import model_of
from tests.scoring.random_models import AS_OF as DAY
from tests.scoring.random_models import FIELDS, HEADINGS, any_test, leads, models, points

AS_OF = date(2026, 3, 15)
TOP = ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points", "Segment", "Score"]
SEGMENT = ["Segment", "Field", "Operator", "Value"]
CLUB = [TOP, ["Club", "", 1, "", "in segment", "Big", 10], ["Country", "", 1, "Country", "is", "FR", 5]]


def results(columns, segments, scoring=CLUB, **sheets):
    frame = pd.DataFrame(columns, dtype=object)
    return score_leads(frame, model_of({"Scoring": scoring, "Segments": [SEGMENT, *segments], **sheets}), as_of=AS_OF)


def members(columns, segments, name="Big", **sheets):
    one = results({"Country": "FR", **columns}, segments, **sheets).scored.memberships[name]
    return [
        "in" if inside else "?" if unknown else "out" for inside, unknown in zip(one.inside, one.unknown, strict=True)
    ]


# Membership -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "cells", "said"),
    [
        (("is", "a; b"), ["A", "b", "c", ""], ["in", "in", "out", "?"]),
        (("is not", "a"), ["a", "c", ""], ["out", "in", "?"]),
        (("is blank", ""), ["", "a"], ["in", "out"]),
        (("is not blank", ""), ["", "a"], ["out", "in"]),
        ((">=", 100), ["100", "99", "many", ""], ["in", "out", "?", "?"]),
        (("between", "1..<5"), ["1", "5"], ["in", "out"]),
        (("in list", "Rivals"), ["rival.com", "eu.rival.com", "x"], ["in", "in", "out"]),
        (("has word", "[Rivals]"), ["at rival.com now", "x"], ["in", "out"]),
        (("within days", 10), ["2026-03-05", "2026-03-04", "soon"], ["in", "out", "?"]),
        (("matches", "^x"), ["xy", "yx"], ["in", "out"]),
        (("otherwise", ""), ["x", ""], ["in", "?"]),
    ],
)
def test_a_condition_is_what_a_case_would_be(condition, cells, said):
    assert members({"Qa": cells}, [["Big", "Qa", *condition]], Lists=[["Rivals"], ["rival.com"]]) == said


def test_all_rows_must_hold_and_one_known_not_to_hold_decides():
    cells = {"Qa": ["1", "1", "1", "0", "0", ""], "Qb": ["1", "0", "", "0", "", ""]}
    rows = [["Big", "Qa", "is", 1], ["", "Qb", "is", 1]]
    assert members(cells, rows) == ["in", "out", "?", "out", "out", "?"]
    scattered = [["big", "Qb", "is", 1], ["Other", "Qa", "is", 5], ["# not yet"], ["BIG", "Qa", "is", 1]]
    assert members(cells, scattered, name="big", scoring=[TOP, *CLUB[1:]]) == members(cells, rows)


def test_enrichment_columns_and_their_words():
    cells = {"E-mail": ["a@acme.fr", "a@gmail.com", "", "nope"]}
    assert members(cells, [["Big", "type_email", "is", "professionnel"]]) == ["in", "out", "?", "?"]
    assert members(cells, [["Big", "email_validity", "is not", "fail"]]) == ["in", "in", "?", "out"]
    phones = {"Id": "x", "Country": "", "Phone": ["+33 6 47 31 82 95", "06 47 31 82 95", ""]}
    assert members(phones, [["Big", "phone_validity", "is", "ok"]]) == ["in", "?", "?"]
    assert members(phones, [["Big", "phone_validity", "is", "unknown"]]) == ["out", "in", "?"]


def test_types_and_blank_values_of_fields():
    fields = [["Field", "Type", "Blank values"], ["Qa", "number", "-"]]
    rows = [["Big", "Qa", "is not", "5"]]
    assert members({"Qa": ["7", "5", "many", "-", ""]}, rows, Fields=fields) == ["in", "out", "?", "?", "?"]
    found = results({"Country": "FR", "Qa": ["7", "many"]}, rows, Fields=fields)
    assert [(issue.code, issue.place.row, issue.value) for issue in found.issues] == [("number-unreadable", 2, "many")]
    assert members({"Qa": ["7", "many", ""]}, [["Big", "Qa", "is blank", ""]], Fields=fields) == ["out", "in", "in"]


def test_what_a_condition_cannot_read_is_told_once_for_the_cell():
    scoring = [*CLUB, ["Money", "", 1, "Qa", ">", 1, 5]]
    found = results({"Country": "FR", "Qa": ["many", "5-15"]}, [["Big", "Qa", ">", 10]], scoring=scoring)
    assert [(issue.code, issue.place.row) for issue in found.issues] == [("number-unreadable", 1), ("number-range", 2)]
    alone = results({"Country": "FR", "Qa": ["many", "5-15"]}, [["Big", "Qa", ">", 10]])
    assert [(issue.code, issue.place.row) for issue in alone.issues] == [("number-unreadable", 1), ("number-range", 2)]


# What hangs on it -----------------------------------------------------------------------------------------------------

BIG = [["Big", "Size", ">", 100]]
SIZES = {"Country": ["FR", "FR", "FR"], "Size": ["500", "5", ""]}


def test_a_criterion_with_a_segment_applies_to_its_leads_only():
    scoring = [TOP, ["Country", "", 1, "Country", "is", "FR", 10], ["Extra", "", 3, "Qa", "is", "x", 50, "big"]]
    table = results({**SIZES, "Qa": ["x", "x", "x"]}, BIG, scoring=scoring).table
    assert table["score"].tolist() == [40, 10, 10]
    assert table["contribution: Extra"].tolist() == [37.5, 0, 0]
    assert table["coverage"].tolist() == [1, 1, 1]
    blank = results({**SIZES, "Qa": ["", "", ""]}, BIG, scoring=scoring).table
    assert blank["coverage"].tolist() == [0.25, 1, 1]
    assert (blank["score_high"].tolist(), blank["next_best_field"].tolist()) == ([40, 10, 10], ["Qa", "", ""])


def test_an_exclusion_with_a_segment_excludes_its_leads_only():
    scoring = [TOP, ["Country", "", 1, "Country", "is", "FR", 10], ["Out", "exclusion", 1, "Qa", "is", "x", -50, "Big"]]
    table = results({**SIZES, "Qa": ["x", "x", "x"]}, BIG, scoring=scoring).table
    assert table["excluded_by"].tolist() == ["Out", "", ""]


def test_where_a_criterion_s_segment_leaves_nothing_there_is_no_score():
    table = results(SIZES, BIG, scoring=[TOP, ["Country", "", 1, "Country", "is", "FR", 10, "Big"]]).table
    assert table["score"].isna().tolist() == [False, True, True]
    assert table["reasons"].tolist() == ["Country +10", "no criterion applies", "no criterion applies"]


def test_a_criterion_may_ask_for_segments():
    scoring = [
        TOP,
        ["Club", "", 1, "", "in segment", "Big; Local", 10],
        ["Club", "", "", "", "not in segment", "Local", 3],
        ["Country", "", 1, "Country", "is", "FR", 0],
    ]
    segments = [*BIG, ["Local", "Country", "is", "FR"]]
    columns = {"Country": ["FR", "BE", "BE", "BE", ""], "Size": ["5", "500", "5", "", "500"]}
    found = results(columns, segments, scoring=scoring)
    assert found.scored.asked[0].points.tolist() == [10, 10, 3, 3, 10]
    # Unknown as soon as one of the segments it asks for is: the last lead is in Big for certain, but Local is open.
    assert found.scored.asked[0].known.tolist() == [True, True, True, False, False]
    assert found.table["score_low"].tolist() == [5, 5, 1.5, 0, 0]
    assert found.table["next_best_field"].tolist() == ["", "", "", "Size", ""]


def test_otherwise_after_segments_takes_every_other_lead():
    scoring = [TOP, ["Club", "", 1, "", "in segment", "Big", 10], ["Club", "", "", "", "otherwise", "", 1]]
    assert results(SIZES, BIG, scoring=scoring).table["score"].tolist() == [10, 1, 1]


def test_a_score_for_a_segment_is_blank_elsewhere_and_the_total_goes_on_without_it():
    scoring = [
        TOP,
        ["Base", "", 1, "Country", "is", "FR", 10, "", "fit"],
        ["Deal", "", 1, "Size", ">", 0, 7, "", "deal"],
    ]
    scores = [["Score", "Method", "Segment"], ["fit", "sum", ""], ["deal", "sum", "Big"]]
    table = results(SIZES, BIG, scoring=scoring, Scores=scores).table
    assert table["score"].tolist() == [17, 10, 10]
    assert table["deal"].fillna(-1).tolist() == [7, -1, -1]
    assert table["reasons"].tolist() == ["Base +10; Deal +7", "Base +10", "Base +10"]
    assert table["coverage"].tolist() == [1, 1, 1]


def test_a_lead_without_any_score_has_no_total():
    scoring = [
        TOP,
        ["Base", "", 1, "Country", "is", "FR", 10, "", "fit"],
        ["Deal", "", 1, "Size", ">", 0, 7, "", "deal"],
    ]
    scores = [["Score", "Method", "Segment"], ["fit", "sum", "Big"], ["deal", "sum", "Big"]]
    table = results(SIZES, BIG, scoring=scoring, Scores=scores, Bands=[["Band", "From"], ["Low", ""]]).table
    assert table["score"].isna().tolist() == [False, True, True]
    assert (table["band"].tolist(), table["reasons"].tolist()[1:]) == (["Low", "", ""], ["", ""])


def test_cap_unless_segment():
    scores = [["Score", "Method", "Max", "Cap unless segment"], ["fit", "sum", 8, "big"]]
    found = results(SIZES, BIG, scoring=[TOP, ["Base", "", 1, "Country", "is", "FR", 10]], Scores=scores)
    assert found.table["score"].tolist() == [10, 8, 8]
    assert found.table["contribution: cap"].tolist() == [0, -2, -2]
    assert found.table["score_high"].tolist() == [10, 8, 8]


def test_in_french(cli, tmp_path, make, read):
    source = make.book(
        tmp_path / "f.xlsx",
        Prospects=[["Id", "Effectif", "Courriel"], ["1", "500", "a@acme.fr"], ["2", "5", "b@acme.fr"], ["3", "", ""]],
        Notation=[
            ["Critère", "Nature", "Champ", "Opérateur", "Valeur", "Points", "Segment"],
            ["Courriel", "potentiel", "validite_email", "est", "valide", 10, ""],
            ["Prime", "potentiel", "Effectif", ">", 100, 90, "Grands comptes"],
            ["Petit", "potentiel", "", "hors segment", "grands comptes", -6, ""],
            ["Petit", "", "", "dans le segment", "Grands comptes", 2, ""],
        ],
        Segments=[
            ["Segment", "Champ", "Opérateur", "Valeur"],
            ["Grands comptes", "Effectif", "≥", 100],
            ["", "validite_email", "est", "valide"],
        ],
        Scores=[["Score", "Méthode", "Max", "Plafond sauf segment"], ["note", "somme", 3, "Grands comptes"]],
    )  # fmt: skip

    result = cli("score", source, "--as-of", "2026-03-31")

    assert result.exit_code == 0, result.stderr
    headings, *rows = read.sheet(tmp_path / "f-scored.xlsx", "Résultats")
    assert [row[headings.index("score")] for row in rows] == [102, 3, -6]
    assert "contribution : plafond" in headings


# Laws -----------------------------------------------------------------------------------------------------------------

frames = leads.map(lambda rows: pd.DataFrame(rows, columns=list(HEADINGS), dtype=object))
laws = examples(25)


@laws
@given(models(), frames, st.data())
def test_adding_an_exclusion_never_lets_a_lead_back_in(model, frame, data):
    score = data.draw(st.sampled_from([one.name for one in model.scores]))
    test, field = data.draw(any_test()), data.draw(st.sampled_from(FIELDS))
    case = Case(**test, points=data.draw(points))
    new = Criterion(
        name="New", score=score, kind=Kind.EXCLUSION, weight=1.0, field=field, cases=(case,),
        segment=data.draw(st.sampled_from(["", *(segment.name for segment in model.segments)])),
    )  # fmt: skip
    before = score_leads(frame, model, as_of=DAY)
    place = data.draw(st.integers(0, len(model.criteria)))
    criteria = (*model.criteria[:place], new, *model.criteria[place:])
    after = score_leads(frame, model.model_copy(update={"criteria": criteria}), as_of=DAY)
    assert (after.scored.excluded | ~before.scored.excluded).all()
    names = [set(text.split("; ")) for text in after.table["excluded_by"]]
    assert all(
        set(text.split("; ")) - {""} <= found for text, found in zip(before.table["excluded_by"], names, strict=True)
    )


@laws
@given(models(), frames, st.sampled_from([0.1, 0.5, 3.0, 7.0, 1e6]))
def test_scaling_all_weights_keeps_every_mean_and_the_ranking_of_a_sum(model, frame, factor):
    criteria = tuple(one.model_copy(update={"weight": one.weight * factor}) for one in model.criteria)
    scaled = model.model_copy(update={"criteria": criteria})
    before, after = (score_leads(frame, one, as_of=DAY) for one in (model, scaled))
    for score in model.scores:
        if score.method is Method.MEAN:
            one, other = (result.scored.scores[score.name] for result in (before, after))
            for part in ("value", "low", "high"):
                np.testing.assert_array_equal(getattr(one, part), getattr(other, part))
    if all(score.method is Method.MEAN for score in model.scores):
        pd.testing.assert_series_equal(before.table["rank"], after.table["rank"])
    assert before.table["excluded_by"].tolist() == after.table["excluded_by"].tolist()


@laws
@given(models(), frames)
def test_a_segment_that_nobody_is_in_changes_nothing(model, frame):
    frame["Never"] = "yes"
    nobody = Segment(name="Nobody", conditions=(Condition(field="Never", operator="is", operands=("no",)),))
    extra = model.criteria[0].model_copy(update={"name": "Nobody's", "segment": "Nobody"})
    scores = tuple(
        score if score.cap_unless_segment else score.model_copy(update={"cap_unless_segment": "Nobody"})
        for score in model.scores
    )
    update = {"segments": (*model.segments, nobody), "criteria": (*model.criteria, extra), "scores": scores}
    before, after = (score_leads(frame, one, as_of=DAY) for one in (model, model.model_copy(update=update)))
    pd.testing.assert_frame_equal(before.table, after.table[before.table.columns])
    added = after.table[[name for name in after.table if name not in before.table]]
    assert (added == 0).all(axis=None)


def test_membership_does_not_depend_on_what_the_model_does_with_it():
    columns = {"Country": ["FR", "BE"], "Size": ["500", ""]}
    one, other = results(columns, BIG), results(columns, [*BIG, ["Idle", "Country", "is", "FR"]])
    assert one.scored.memberships["Big"].inside.tolist() == other.scored.memberships["Big"].inside.tolist()
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.scored.memberships["Big"].unknown.tolist() == [False, True]
