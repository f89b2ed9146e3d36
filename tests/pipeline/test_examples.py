"""Golden leads: what they may expect, what is said of those that fail, and that a failing model scores nothing."""

from datetime import date

import pytest

from leadscore.errors import ModelError
from leadscore.pipeline.examples import failing_examples
from tests.scoring.models import model_of

AS_OF = date(2026, 3, 15)
SHEETS = {
    "Scoring": [
        ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"],
        ["Rival", "exclusion", 1, "Website", "is", "rival.com", -900],
        ["Budget", "potential", 1, "Budget", ">=", 10000, 100],
        ["Budget", "", "", "", "is blank", "", "skip"],
        ["E-mail", "quality", 1, "email_validity", "is", "ok", 50],
        ["Recent", "engagement", 1, "Last visit", "within days", 30, 20],
    ],
    "Bands": [["Band", "From", "Action"], ["Hot", 40, "Call"], ["Cold", "", ""]],
}


def failing(headings, *rows, **sheets):
    """What is said of examples with these headings."""
    return [
        str(issue) for issue in failing_examples(model_of({**SHEETS, "Examples": [headings, *rows], **sheets}), AS_OF)
    ]


# (100 + 50 + 20)/4 = 42.5
GOOD = ["20 000 €", "ann@acme.fr", "2026-03-01"]
FIELDS = ["Budget", "E-mail", "Last visit"]


@pytest.mark.parametrize(
    ("column", "right", "wrong", "got"),
    [
        ("score", 42.5, 42.4, "42.5"),
        ("Score", "42,5", "42,6", "42.5"),
        ("score", "42.50", "425", "42.5"),
        ("score", "40..50", "40..42", "42.5"),
        ("score", "42.5..42.5", "43 to 50", "42.5"),
        ("score", "40 à 42,5", "-10..0", "42.5"),
        ("score", 42.5, "high", "42.5"),
        ("band", "hot", "Cold", "Hot"),
        ("band_range", "Hot", "Cold..Hot", "Hot"),
        ("action", "CALL", "Mail", "Call"),
        ("rank", 1, 2, "1"),
        ("coverage", "100 %", "50 %", "1"),
        ("coverage", "90 % à 100 %", "0..0.5", "1"),
        ("contribution: Budget", 25, 24, "25"),
        ("reasons", "budget +25; E-mail +12.5; Recent +5", "Budget +25", "Budget +25; E-mail +12.5; Recent +5"),
        ("score_low", 42.5, 0, "42.5"),
    ],
)
def test_a_value_a_range_and_a_text(column, right, wrong, got):
    headings, said = ["Website", *FIELDS, f"expect {column}"], column[0].casefold() + column[1:]
    problem = f"{said} is {got}, expected {wrong}; mend the model, or what is expected [example-fails]"
    assert failing(headings, ["acme.fr", *GOOD, right]) == []
    assert failing(headings, ["acme.fr", *GOOD, wrong]) == [f"Examples!E2: {problem}"]


def test_excluded_by_and_the_band_excluded():
    headings = ["Website", *FIELDS, "expect excluded_by", "expect band", "expect rank"]
    assert failing(headings, ["rival.com", *GOOD, "rival", "Excluded", ""]) == []
    assert failing(headings, ["rival.com", *GOOD, "Budget", "Exclu", 1]) == [
        "Examples!E2: excluded_by is Rival, expected Budget; mend the model, or what is expected [example-fails]",
        "Examples!G2: rank is blank, expected 1; mend the model, or what is expected [example-fails]",
    ]
    assert failing(headings, ["acme.fr", *GOOD, "Rival", "", ""]) == [
        "Examples!E2: excluded_by is blank, expected Rival; mend the model, or what is expected [example-fails]"
    ]


def test_a_blank_expects_nothing_and_a_comment_is_no_example():
    headings = [*FIELDS, "expect score", "", "expect band"]
    assert failing(headings, [*GOOD, "", "", ""], ["# 5", "", "", 7, "", "x"], [], [*GOOD, "", "", "Hot"]) == []


def test_a_score_that_is_blank_is_no_number():
    scoring = [SHEETS["Scoring"][0], ["Budget", "", 1, "Budget", "is blank", "", "skip"]]
    assert failing(["Budget", "expect score"], ["", 0], Scoring=scoring) == [
        "Examples!B2: score is blank, expected 0; mend the model, or what is expected [example-fails]"
    ]


def test_a_band_that_looks_like_a_number_or_a_range():
    bands = [["Band", "From"], ["1", 60], ["02", 41], ["1-3", 0]]
    assert failing([*FIELDS, "expect band"], [*GOOD, "02"], ["", *GOOD[1:], "1-3"], Bands=bands) == []
    assert failing([*FIELDS, "expect band"], [*GOOD, 2], Bands=bands) == [
        "Examples!D2: band is 02, expected 2; mend the model, or what is expected [example-fails]"
    ]


@pytest.mark.parametrize(
    ("column", "hint"),
    [("scoer", "score"), ("exclude by", "excluded_by"), ("contribution: Bugdet", "contribution: Budget")],
)
def test_an_unknown_column_is_told_once_with_a_guess(column, hint):
    told = failing([*FIELDS, f"expect {column}"], [*GOOD, ""], [*GOOD, 5], [*GOOD, 6])
    assert told == [f'Examples!D3: results have no column "{column}"; did you mean "{hint}"? [example-column-unknown]']


def test_fields_that_the_model_asks_for_and_the_examples_leave_out_are_blank():
    assert failing(["Name", "expect score", "expect coverage"], ["Ann", 0, 0], [5, 0, ""]) == []


def test_fields_that_are_mapped():
    fields = [["Field", "Column", "Blank values"], ["budget", "Spend", "-"], ["email", "Mail address", ""]]
    assert failing(["Spend", "Mail address", "expect score"], [20000, "ann@acme.fr", 37.5], Fields=fields) == []
    assert failing(["E-mail", "expect score"], ["ann@acme.fr", 0], Fields=fields) == []
    assert failing(["Spend", "expect contribution: E-mail"], ["-", 0], Fields=fields) == []


def test_enrichment_columns_may_be_given():
    headings = ["email_validity", "expect score"]
    assert failing(headings, ["ok", 16.7], ["fail", 0], ["valide", 16.7], ["", 0]) == []
    french = ["validite_email", "E-mail", "expect score"]
    assert failing(french, ["valide", "nope", 16.7], ["invalide", "ann@acme.fr", 0], ["", "ann@acme.fr", 16.7]) == []


def test_examples_are_scored_on_their_own_day_else_on_that_of_the_run():
    row = ["20 000 €", "ann@acme.fr", "2020-06-01", 42.5]
    headings = [*FIELDS, "expect score"]
    settings = [["Setting", "Value"], ["Examples as of", "2020-06-15"]]
    assert failing(headings, row, Settings=settings) == []
    assert failing(headings, row) == [
        "Examples!D2: score is 37.5, expected 42.5; mend the model, or what is expected [example-fails]"
    ]


def test_examples_know_nothing_of_overrides_ids_and_result_columns():
    settings = [["Setting", "Value"], ["Id field", "Client no"], ["Result columns", "Client no; Town"]]
    overrides = [["Lead", "Value", "Reason"], ["ann@acme.fr", 99, "met"], ["nobody", 1, "met"]]
    assert failing([*FIELDS, "expect score"], [*GOOD, 42.5], Settings=settings, Overrides=overrides) == []


def test_segments_the_matrix_and_scores_for_segments():
    sheets = {
        "Scoring": [
            ["Criterion", "Field", "Operator", "Value", "Points", "Score"],
            ["Size", "Size", ">", 1, 50, "fit"],
            ["Club", "", "in segment", "Big", 9, "heat"],
        ],
        "Scores": [["Score", "Method", "Segment"], ["fit", "sum", ""], ["heat", "sum", "Big"]],
        "Segments": [["Segment", "Field", "Operator", "Value"], ["Big", "Size", ">=", 100], ["", "Town", "is", "Lyon"]],
        "Bands": [["Score", "Band", "From"], ["fit", "A", 10], ["heat", "1", 5]],
        "Matrix": [["fit / heat", "1"], ["A", "Call"]],
    }
    headings = ["Size", "Town", "expect score", "expect heat", "expect heat_band", "expect matrix", "expect action"]
    assert failing(headings, [500, "LYON", 59, 9, 1, "A1", "call"], [5, "Lyon", 50, "", "", "", ""], **sheets) == []
    assert failing(["Size", "attendu niveau_fit"], [500, "A"], **sheets) == [], "a column may be called in any language"


def test_in_french():
    sheets = {
        "Notation": [
            ["Critère", "Champ", "Opérateur", "Valeur", "Points", "Score"],
            ["Budget", "Budget", "≥", "1.500", 50, "profil"],
            ["Visites", "Visites", ">", 1, 7, "intérêt"],
        ],
        "Scores": [["Score", "Méthode"], ["profil", "somme"], ["intérêt", "somme"]],
        "Niveaux": [["Score", "Niveau", "À partir de"], ["profil", "A", 10], ["", "Chaud", 50], ["", "Froid", ""]],
        "Exemples": [
            ["Budget", "Visites", "attendu score", "Attendu niveau", "attendu niveau_profil", "attendu rang"],
            ["1 500", "", "49,5 à 50", "chaud", "A", 2],
            [1500, 2, "57,0", "Froid", "B", 1],
        ],
    }
    with_guess = {**sheets, "Exemples": [["Budget", "attendu niveau_profile"], [5, "A"]]}
    assert [str(issue) for issue in failing_examples(model_of(sheets), AS_OF)] == [
        "Exemples!D3: band is Chaud, expected Froid; mend the model, or what is expected [example-fails]",
        "Exemples!E3: profil_band is A, expected B; mend the model, or what is expected [example-fails]",
    ]
    assert [str(issue) for issue in failing_examples(model_of(with_guess), AS_OF)] == [
        'Exemples!B2: results have no column "niveau_profile"; did you mean "niveau_profil"? [example-column-unknown]'
    ]


def test_a_field_that_an_example_needs_is_told_as_in_a_sheet_of_leads():
    with pytest.raises(ModelError, match="comma never separates"):
        failing(["Town", "expect score"], ["Lyon", 1], ["Nice", 1], Scoring=[
            SHEETS["Scoring"][0], ["Town", "", 1, "Town", "is", "Lyon, Nice", 5],
        ])  # fmt: skip


WARM = {
    "Scoring": [
        ["Criterion", "Field", "Operator", "Value", "Points", "Score"],
        ["Fresh", "last: Demo", "<=", 7, 5, ""],
    ],
    "Behaviours": [
        ["Behaviour", "Activity", "Points", "Max", "At least", "Window", "Decay", "Decay days", "Product", "Active"],
        ["Demo", "Demo request; Demo", 12, 30, "", "", "half-life", 10, "Pumps", ""],
        ["Webinar", "Webinar", 8, "", 3, 30, "", "", "", ""],
        ["Old", "Demo", 99, "", "", "", "", "", "", "no"],
    ],
    "Bands": [["Band", "From"], ["Hot", 40], ["Cold", ""]],
}
DONE = ["count: Demo", "last: Demo", "count: webinar", "dernier : Webinar", "expect score"]


@pytest.mark.parametrize(
    ("count", "last", "webinars", "days", "score"),
    [
        ("", "", "", "", 0),
        (1, "", "", "", 17),
        ("", 0, "", "", 17),
        ("", 10, "", "", 6),
        ("2", "10", "", "", 12),
        ("1,5", 0, "", "", 23),
        (9, 0, "", "", 35),
        (0, "", 2, "", 0),
        ("", "", 3, "", 8),
        ("", "", 3, 30, 8),
        ("", "", 3, 31, 0),
        (1, 20, 4, 1, 11),
    ],
)
def test_examples_say_what_they_have_done(count, last, webinars, days, score):
    wrong = failing(DONE, ["", "", "", "", 0], [count, last, webinars, days, score + 1], **WARM)

    assert failing(DONE, ["", "", "", "", 0], [count, last, webinars, days, score], **WARM) == []
    assert [text.partition(";")[0] for text in wrong] == [f"Examples!E3: score is {score}, expected {score + 1}"]


def test_columns_about_activities_follow_what_examples_have_done_unless_they_say_more():
    headings = ["count: Demo", "last: Webinar", "days_since_last_activity", "expect contribution: Silent"]
    silent = [WARM["Scoring"][0], ["Silent", "days_since_last_activity", ">", 30, -1, ""]]
    rows = [[2, 40, "", 0], ["", 40, "", -1], ["", 40, 3, 0], ["", "", "", 0], ["", "", 50, -1]]

    assert failing(headings, *rows, **{**WARM, "Scoring": silent}) == []


def test_what_is_asked_of_a_behaviour_that_is_switched_off_is_still_known():
    asked = [WARM["Scoring"][0], ["Many", "count: Old", ">=", 2, 7, ""]]

    assert failing(["count: Old", "expect score"], [1, 0], [2, 7], **{**WARM, "Scoring": asked}) == []


def test_what_examples_have_done_has_to_be_a_number_of_a_behaviour():
    rows = [["often", -1, "", "2.5", ""], ["", "1-3", "", 5, ""]]
    advice = "is no number of days; write a number, 0 or more, or empty the cell [example-activity-wrong]"

    assert failing(["count: Dmo", *DONE[1:]], *rows, **WARM) == [
        'Examples!A2: no behaviour is called "Dmo"; did you mean "Demo"? [example-behaviour-unknown]',
        f'Examples!B2: "-1" {advice}',
        f'Examples!D2: "2.5" {advice}',
        f'Examples!B3: "1-3" {advice}',
    ]


def test_columns_that_are_not_made_may_be_given_all_the_same():
    assert failing(["activity_count", "expect score"], [5, 0]) == []


# The command ----------------------------------------------------------------------------------------------------------

EXAMPLES = [["country", "budget", "E-mail", "expect score"], ["FR", 12000, "ann@acme.fr", 50], ["FR", 5, "", 34]]
TOLD = "Examples!D3: score is 33.3, expected 34; mend the model, or what is expected [example-fails]"


@pytest.fixture
def failing_workbook(tmp_path, make):
    return make.book(tmp_path / "b.xlsx", Source=make.leads, Scoring=make.scoring, Examples=EXAMPLES)


def test_a_model_that_fails_an_example_scores_nothing(cli, failing_workbook, files_in):
    result = cli("score", failing_workbook, "--as-of", "2026-03-31")

    assert (result.exit_code, result.stdout) == (3, "")
    assert TOLD in result.stderr
    assert files_in() == ["b.xlsx"]


@pytest.mark.parametrize("how", [("--skip-examples",), ()])
def test_skip_examples_writes_all_the_same(cli, failing_workbook, files_in, how):
    result = cli("score", failing_workbook, "--as-of", "2026-03-31", *how, LEADSCORE_SKIP_EXAMPLES="" if how else "1")

    assert result.exit_code == 0, result.stderr
    assert files_in() == ["b-scored.xlsx", "b.xlsx"]


def test_examples_that_hold_are_not_heard_of(cli, tmp_path, make):
    source = make.book(tmp_path / "b.xlsx", Source=make.leads[:3], Scoring=make.scoring, Examples=EXAMPLES[:2])

    result = cli("score", source, "--strict", "-q")

    assert (result.exit_code, result.stderr) == (0, "")


def test_results_of_an_earlier_run_stay_when_an_example_fails(cli, failing_workbook):
    target = failing_workbook.with_name("b-scored.xlsx")
    assert cli("score", failing_workbook, "--skip-examples").exit_code == 0
    before = target.read_bytes()

    assert cli("score", failing_workbook).exit_code == 3
    assert target.read_bytes() == before
