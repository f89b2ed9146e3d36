"""Design.md section 4.6: every sentence about overrides has a case."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore import score_leads
from leadscore.errors import ModelError
from leadscore.model.decisions import Override
from leadscore.model.grid import Grid, GridCell, Grids
from leadscore.model.parse import parse_model
from leadscore.pipeline.explain import name_of_best
from tests.laws import examples
from tests.scoring.models import model_of
from tests.scoring.random_models import AS_OF as DAY
from tests.scoring.random_models import HEADINGS, leads, models

AS_OF = date(2026, 3, 15)
HEADING = ["Lead", "Score", "Value", "Reason", "By", "Until"]
SCORING = [
    ["Criterion", "Kind", "Field", "Operator", "Value", "Points"],
    ["Country", "exclusion", "Country", "is", "US", -100],
    ["Country", "", "", "is", "FR", 30],
    ["Budget", "potential", "Budget", ">=", 1000, 50],
]
SCORES = [["Score", "Method"], ["fit", "sum"]]
BANDS = [["Band", "From", "Action"], ["Hot", 80, "Call"], ["Warm", 40, "Mail"], ["Cold", "", "Wait"]]
# By the machine: 80 Hot, 50 Warm, 0 Cold with an unknown budget, -50 excluded.
LEADS = pd.DataFrame(
    {
        "Id": ["A1", "A2", "A3", "ann@acme.fr"],
        "E-mail": ["ann@acme.fr", "Bob@Acme.be", "shared@acme.be", "shared@acme.be"],
        "Country": ["FR", "BE", "BE", "US"],
        "Budget": ["5000", "5000", "", "5000"],
    },
    index=[2, 3, 4, 5],
    dtype=object,
)


def scored(*overrides, as_of=AS_OF, frame=LEADS, **sheets):
    sheets = {"Scoring": SCORING, "Scores": SCORES, "Bands": BANDS, **sheets}
    if overrides:
        sheets["Overrides"] = [HEADING, *overrides]
    return score_leads(frame, model_of(sheets), as_of=as_of)


def column(results, name):
    return ["" if pd.isna(cell) else cell for cell in results.table[name]]


def codes(results):
    return [issue.code for issue in results.issues]


def test_without_overrides_there_are_no_columns_of_them():
    table = scored().table
    assert table["score"].tolist() == [80, 50, 0, -50]
    assert not {"machine_score", "override_reason", "contribution: override"} & set(table)


def test_an_override_that_no_lead_has_leaves_the_columns_out_too():
    results = scored(["nobody", "", 90, "why not", "", ""])
    assert list(results.table) == list(scored().table)
    assert [str(issue) for issue in results.issues] == [
        'Overrides!C2: no lead has the id or e-mail "nobody"; the override is ignored [override-lead-unknown]'
    ]


# Lead is the id, else the e-mail.


@pytest.mark.parametrize(
    ("lead", "scores"),
    [
        ("A2", [80, 7, 0, -50]),
        (" a2 ", [80, 7, 0, -50]),
        ("bob@acme.be", [80, 7, 0, -50]),
        ("ann@acme.fr", [80, 50, 0, 7]),
        ("shared@acme.be", [80, 50, 7, 7]),
    ],
)
def test_a_lead_is_found_by_its_id_else_by_its_e_mail(lead, scores):
    assert scored([lead, "", 7, "met", "", ""]).table["score"].tolist() == scores


def test_the_id_is_what_settings_say():
    frame = LEADS.assign(**{"Client no": [12.0, 13.0, 14.0, 15.0]}).astype(object)
    settings = [["Setting", "Value"], ["Id field", "Client no"]]
    assert scored([13, "", 7, "met", "", ""], frame=frame, Settings=settings).table["score"].tolist()[1] == 7
    assert codes(scored(["A2", "", 7, "met", "", ""], frame=frame, Settings=settings)) == ["override-lead-unknown"]


def test_without_an_id_and_with_a_blank_row():
    frame = pd.concat([LEADS.iloc[:1], LEADS.iloc[:1].map(lambda _: ""), LEADS.iloc[1:]]).drop(columns="Id")
    frame.index = range(2, 7)
    assert column(scored(["bob@acme.be", "", 7, "met", "", ""], frame=frame), "score") == [80, "", 7, 0, -50]


# A number becomes the score shown: band, rank, matrix and total follow.


def test_a_number_becomes_the_score_and_band_and_rank_follow():
    results = scored(["A3", "", 80, "a friend of the chief", "Ann", ""])
    assert column(results, "score") == [80, 50, 80, -50]
    assert column(results, "band") == ["Hot", "Warm", "Hot", "Excluded"]
    assert column(results, "action") == ["Call", "Mail", "Call", ""]
    assert column(results, "rank") == [1, 3, 1, ""]
    assert column(results, "machine_score") == ["", "", 0, ""]
    assert column(results, "override_reason") == ["", "", "a friend of the chief", ""]
    assert column(results, "contribution: override") == [0, 0, 80, 0]
    assert column(results, "reasons")[2] == "override +80"
    assert results.issues == ()


def test_what_a_person_decided_is_not_uncertain():
    before, after = scored(), scored(["A3", "", 45, "met", "", ""])
    assert [column(before, name)[2] for name in ("score_low", "score_high", "next_best_field")] == [0, 50, "Budget"]
    assert [column(after, name)[2] for name in ("score_low", "score_high", "next_best_field")] == [45, 45, ""]
    assert column(after, "band_range")[2] == "Warm"
    assert column(after, "coverage") == column(before, "coverage")


@pytest.mark.parametrize(
    ("number", "shown"), [(7.25, 7.3), (-7.25, -7.3), ("12,5", 12.5), (0, 0), (1e9, 1e9), ("−3", -3)]
)
def test_a_number_is_rounded_as_any_score(number, shown):
    results = scored(["A1", "", number, "met", "", ""], Settings=[["Setting", "Value"], ["Language", "fr"]])
    assert results.table["score"].tolist()[0] == shown


def test_min_and_max_do_not_hold_for_what_a_person_decided():
    results = scored(["A1", "", 500, "met", "", ""], Scores=[["Score", "Method", "Max"], ["fit", "sum", 60]])
    assert column(results, "score") == [500, 50, 0, -50]
    parts = {name: results.table.loc[2, f"contribution: {name}"] for name in ("cap", "override", "rounding")}
    assert parts == {"cap": -20, "override": 440, "rounding": 0}


def test_a_number_where_no_criterion_applies():
    scoring = [SCORING[0], ["Budget", "potential", "Budget", "is blank", "", "skip"]]
    results = scored(["A3", "", 45, "met", "", ""], Scoring=[*scoring, ["Budget", "", "", "otherwise", "", 5]])
    assert (column(results, "score")[2], column(results, "machine_score")[2]) == (45, "")
    assert column(results, "reasons")[2] == "override +45"


# A band's name changes band and action only.


def test_a_band_changes_band_and_action_and_nothing_else():
    before, after = scored(), scored(["A2", "", "hot", "met", "", ""])
    changed = {name for name in before.table if column(before, name) != column(after, name)}
    assert changed == {"band", "band_range", "action"}
    assert column(after, "band") == ["Hot", "Hot", "Cold", "Excluded"]
    assert column(after, "action") == ["Call", "Call", "Wait", ""]
    assert column(after, "machine_score") == ["", 50, "", ""]
    assert "contribution: override" not in after.table


# Valid through Until. Without a reason it is ignored. Of two, the lower holds.


@pytest.mark.parametrize(("day", "score"), [(14, 7), (15, 7), (16, 50)])
def test_an_override_holds_through_its_last_day(day, score):
    results = scored(["A2", "", 7, "met", "", "2026-03-15"], as_of=date(2026, 3, day))
    assert (results.table["score"].tolist()[1], codes(results)) == (score, [])


def test_an_override_that_is_over_is_not_looked_for():
    assert codes(scored(["nobody", "", 7, "met", "", "2026-03-14"])) == []


def test_without_a_reason_it_is_ignored_with_an_issue():
    rows = [HEADING, ["A2", "", 7, "", "", ""], ["A1", "", 7, "met", "", ""]]
    sheets = {"Scoring": SCORING, "Scores": SCORES, "Overrides": rows}
    grids = tuple(Grid(name, tuple(tuple(map(GridCell, row)) for row in body)) for name, body in sheets.items())
    model, issues = parse_model(Grids(grids, "m", "workbook"))
    assert [(issue.code, issue.severity.value, issue.place.cell) for issue in issues] == [
        ("override-reason-missing", "warning", "D2")
    ]
    assert score_leads(LEADS, model, as_of=AS_OF).table["score"].tolist() == [7, 50, 0, -50]


@pytest.mark.parametrize("first", ["A2", "bob@acme.be"])
def test_of_two_the_lower_row_holds_with_an_issue(first):
    results = scored([first, "", 7, "met", "", ""], ["A1", "", 1, "x", "", ""], ["A2", "", 9, "again", "", ""])
    assert results.table["score"].tolist() == [1, 9, 0, -50]
    assert column(results, "override_reason") == ["x", "again", "", ""]
    assert [str(issue) for issue in results.issues] == [
        f'Overrides!C2: "{first}" is overridden again in Overrides!C4; the lower row holds [override-twice]'
    ]


def test_of_a_number_and_a_band_the_lower_row_holds_too():
    results = scored(["A2", "", 90, "met", "", ""], ["A2", "", "Cold", "no", "", ""])
    assert (column(results, "score")[1], column(results, "band")[1]) == (50, "Cold")
    assert codes(results) == ["override-twice"]


def test_one_that_is_over_does_not_displace_one_that_holds():
    results = scored(["A2", "", 7, "met", "", ""], ["A2", "", 9, "again", "", "2026-03-14"])
    assert (results.table["score"].tolist()[1], codes(results)) == (7, [])


# An override of the total lifts an exclusion.


def test_a_number_lifts_an_exclusion_and_says_so():
    before, results = scored(), scored(["ann@acme.fr", "", 60, "they moved", "", ""])
    assert column(before, "excluded_by")[3] == "Country"
    assert column(results, "excluded_by")[3] == "Country (overridden)"
    assert column(results, "band")[3] == "Warm"
    assert column(results, "rank") == [1, 3, 4, 2]
    assert column(results, "machine_score")[3] == -50
    assert (before.counts["excluded"], results.counts["excluded"]) == (1, 0)


def test_a_band_lifts_an_exclusion_too():
    results = scored(["ann@acme.fr", "", "Hot", "they moved", "", ""])
    assert column(results, "excluded_by")[3] == "Country (overridden)"
    assert (column(results, "band")[3], column(results, "score")[3]) == ("Hot", -50)
    assert column(results, "rank") == [1, 2, 3, 4]
    assert results.counts["excluded"] == 0


def test_a_lead_that_nothing_excludes_is_not_called_overridden():
    assert column(scored(["A1", "", 60, "met", "", ""]), "excluded_by") == ["", "", "", "Country"]


def test_the_best_lead_may_be_one_that_a_person_let_in():
    assert name_of_best(scored(["ann@acme.fr", "", 99, "they moved", "", ""])) == "5"


# Several scores.

TWO = {
    "Scoring": [
        [*SCORING[0], "Score"],
        ["Country", "exclusion", "Country", "is", "US", -100, ""],
        ["Size", "potential", "Budget", ">=", 1000, 50, "fit"],
        ["Warm", "engagement", "Country", "is", "FR", 20, "heat"],
    ],
    "Scores": [["Score", "Method", "In total"], ["fit", "sum", 1], ["heat", "sum", 0.5]],
    "Bands": [
        ["Score", "Band", "From", "Action"],
        ["fit", "A", 40, ""],
        ["fit", "B", "", ""],
        ["heat", "1", 10, ""],
        ["heat", "2", "", ""],
        ["total", "Top", 55, "Call"],
        ["total", "Low", "", "Wait"],
    ],
    "Matrix": [["fit / heat", "1", "2"], ["A", "Visit", "Phone"], ["B", "Write", ""]],
}
NAMES = ("score", "fit", "heat", "fit_band", "heat_band", "matrix", "action", "band", "machine_score")


def rows(results, *places):
    return [[column(results, name)[place] for name in NAMES] for place in places]


def test_two_scores_by_the_machine():
    results = scored(["A9", "", 1, "met", "", ""], ["A2", "", "Low", "as it is", "", ""], **TWO)
    assert rows(results, 0, 1) == [
        [60, 50, 20, "A", "1", "A1", "Visit", "Top", ""],
        [50, 50, 0, "A", "2", "A2", "Wait", "Low", 50],
    ]
    assert column(scored(**TWO), "action")[:2] == ["Visit", "Phone"]


def test_a_number_for_one_score_and_the_total_the_matrix_and_the_action_follow():
    results = scored(["A1", "fit", 10, "met", "", ""], **TWO)
    assert rows(results, 0) == [[20, 10, 20, "B", "1", "B1", "Write", "Low", 60]]
    assert column(results, "contribution: fit: override") == [-40, 0, 0, 0]
    assert column(results, "contribution: total: fit") == [10, 50, 0, -50]
    assert "contribution: heat: override" not in results.table
    assert column(results, "reasons")[0] == "Size +50; override -40; Warm +10"


def test_a_number_for_the_total_leaves_the_scores_and_the_matrix():
    results = scored(["A1", "total", 10, "met", "", ""], **TWO)
    assert rows(results, 0) == [[10, 50, 20, "A", "1", "A1", "Visit", "Low", 60]]
    assert column(results, "contribution: total: override") == [-50, 0, 0, 0]
    assert column(results, "reasons")[0] == "Size +50; override -50; Warm +10"


def test_a_number_for_a_score_and_one_for_the_total():
    results = scored(["A1", "heat", 100, "called", "", ""], ["A1", "", 70, "sure", "", ""], **TWO)
    assert rows(results, 0) == [[70, 50, 100, "A", "1", "A1", "Visit", "Top", 60]]
    assert column(results, "contribution: total: override")[0] == -30
    assert column(results, "override_reason")[0] == "called; sure"
    assert codes(results) == []


def test_reasons_stand_in_the_order_of_the_sheet():
    overrides = [["A2", "heat", 1, "zero", "", ""], ["A1", "", 70, "one", "", ""], ["A1", "heat", 9, "two", "", ""]]
    assert column(scored(*overrides, **TWO), "override_reason")[:2] == ["one; two", "zero"]


def test_a_number_for_one_score_lifts_no_exclusion():
    results = scored(["ann@acme.fr", "fit", 90, "met", "", ""], **TWO)
    assert (column(results, "excluded_by")[3], column(results, "rank")[3]) == ("Country", "")
    assert (column(results, "fit")[3], column(results, "fit_band")[3]) == (90, "Excluded")


def test_a_band_of_one_score_changes_its_band_and_the_action():
    results = scored(["A1", "fit", "B", "met", "", ""], **TWO)
    assert rows(results, 0) == [[60, 50, 20, "B", "1", "A1", "Write", "Top", 60]]


def test_a_band_of_the_total_brings_its_action_before_that_of_the_matrix():
    results = scored(["A1", "", "Low", "met", "", ""], **TWO)
    assert rows(results, 0) == [[60, 50, 20, "A", "1", "A1", "Wait", "Low", 60]]


def test_a_number_for_a_score_that_the_lead_does_not_have():
    sheets = {
        **TWO,
        "Scores": [["Score", "Method", "In total", "Segment"], ["fit", "sum", 1, ""], ["heat", "sum", 0.5, "Locals"]],
        "Segments": [["Segment", "Field", "Operator", "Value"], ["Locals", "Country", "is", "FR"]],
    }
    assert rows(scored(["A1", "fit", 50, "x", "", ""], **sheets), 1) == [[50, 50, "", "A", "", "", "Wait", "Low", ""]]
    results = scored(["A2", "heat", 30, "met", "", ""], **sheets)
    assert rows(results, 1) == [[65, 50, 30, "A", "1", "A1", "Visit", "Top", 50]]
    assert column(results, "contribution: total: heat")[1] == 15


def test_a_lone_score_may_be_called_by_its_name_and_an_unknown_one_is_an_error():
    assert scored(["A2", "FIT", 7, "met", "", ""]).table["score"].tolist()[1] == 7
    with pytest.raises(ModelError, match=r'Overrides!B2: unknown score "fitt"; did you mean "fit"\?'):
        scored(["A2", "fitt", 7, "met", "", ""])


# In French, and in files.


def test_in_french():
    decisions = [
        ["Prospect", "Score", "Valeur", "Motif", "Par", "Au"],
        ["A3", "", "79,95", "revu", "Ann", "15/03/2026"],
    ]
    decisions += [["bob@acme.be", "Total", "chaud", "revu", "", ""]]
    french = {
        "Notation": [
            ["Critère", "Nature", "Champ", "Opérateur", "Valeur", "Points"],
            ["Pays", "exclusion", "Country", "est", "US", -100],
            ["Budget", "potentiel", "Budget", "≥", 1000, 50],
        ],
        "Niveaux": [["Niveau", "À partir de", "Action"], ["Chaud", 80, "Appeler"], ["Froid", "", ""]],
        "Décisions": decisions,
    }
    table = score_leads(LEADS, model_of(french), as_of=AS_OF).table
    assert table["score"].tolist() == [25, 25, 80, -25]
    assert table["band"].tolist() == ["Froid", "Chaud", "Chaud", "Excluded"]
    assert table["action"].tolist() == ["", "Appeler", "Appeler", ""]
    assert table["override_reason"].tolist() == ["", "revu", "revu", ""]


def test_the_command_tells_and_writes_overrides(cli, tmp_path, make, read):
    overrides = [HEADING, ["A3", "", 60, "they moved", "", ""], ["A9", "", 1, "x", "", ""], ["A1", "", 5, "", "", ""]]
    source = make.book(tmp_path / "b.xlsx", Source=make.leads, Scoring=make.scoring, Overrides=overrides)

    result = cli("score", source, "--as-of", "2026-03-31", "--issues", tmp_path / "issues.csv")

    assert result.exit_code == 0, result.stderr
    headings, *body = read.sheet(tmp_path / "b-scored.xlsx", "Results")
    zoe = dict(zip(headings, body[2], strict=True))
    assert {name: zoe[name] for name in ("score", "rank", "excluded_by", "machine_score", "override_reason")} == {
        "score": 60, "rank": 1, "excluded_by": "E-mail exists (overridden)", "machine_score": -333.3,
        "override_reason": "they moved",
    }  # fmt: skip
    told = {row["code"] for row in read.rows(tmp_path / "issues.csv")}
    assert {"override-lead-unknown", "override-reason-missing"} <= told


# Whatever the model and the decisions.


@st.composite
def overridden(draw):
    """A random model with overrides of its leads, by their position."""
    model, frame = draw(models()), draw(leads)
    names = ["", *(score.name for score in model.scores)] if len(model.scores) > 1 else [""]
    numbers = st.floats(-1e6, 1e6) | st.sampled_from([0.0, 0.05, -0.25, 33.35, 1e-9])
    decided = st.builds(
        Override, lead=st.sampled_from([str(place) for place in range(len(frame))]), score=st.sampled_from(names),
        number=numbers, reason=st.just("so"),
    )  # fmt: skip
    return model.model_copy(update={"overrides": tuple(draw(st.lists(decided, min_size=1, max_size=4)))}), frame


@examples(25)
@given(overridden())
def test_contributions_still_add_up_exactly_and_only_the_leads_decided_on_change(drawn):
    model, cells = drawn
    frame = pd.DataFrame(cells, columns=list(HEADINGS), dtype=object)
    frame["Id"] = [str(place) for place in range(len(frame))]
    results = score_leads(frame, model, as_of=DAY)
    plain = score_leads(frame, model.model_copy(update={"overrides": ()}), as_of=DAY)
    for one in (*results.scored.scores.values(), results.scored.total):
        running = np.zeros(len(frame))
        for part in one.contributions.values():
            running = running + part
        known = ~np.isnan(one.value)
        assert running[known].tolist() == one.value[known].tolist()
        assert (one.low[known] <= one.value[known]).all()
        assert (one.value[known] <= one.high[known]).all()
    last = {(row.score, row.lead): row.number for row in model.overrides}
    for (score, lead), number in last.items():
        shown = results.table[score or "score"][int(lead)]
        assert math.isclose(shown, number, abs_tol=0.5000001 * 10.0**-model.settings.decimals)
    others = [place for place in range(len(frame)) if str(place) not in {row.lead for row in model.overrides}]
    same = [name for name in plain.table if name != "rank"]
    pd.testing.assert_frame_equal(results.table.loc[others, same], plain.table.loc[others, same])
    lifted = results.table["excluded_by"].str.endswith(" (overridden)")
    assert (results.table["excluded_by"].str.removesuffix(" (overridden)") == plain.table["excluded_by"]).all()
    decided = {lead for score, lead in last if not score}
    assert (results.table["rank"].notna() | ~lifted).all()
    assert set(np.flatnonzero(lifted)) == {
        place for place in np.flatnonzero(plain.table["excluded_by"] != "") if str(place) in decided
    }
