"""Issues: where, what, what to do; and codes that say all three."""

import string

import pytest

from leadscore.issues import Issue, Place, Severity
from leadscore.issues.codes import ISSUE_CODES
from leadscore.issues.doubt_codes import DOUBT_CODES
from leadscore.issues.lead_codes import LEAD_CODES
from leadscore.issues.model_codes import MODEL_CODES


@pytest.mark.parametrize(
    ("place", "text", "cell"),
    [
        (Place("Scoring", 7, "E"), "Scoring!E7", "E7"),
        (Place("", 1, "D"), "D1", "D1"),
        (Place("", 7), "row 7", ""),
        (Place("Source", 7, heading="Phone"), "Source, row 7, column Phone", ""),
        (Place("Source", heading="Phone"), "Source, column Phone", ""),
        (Place("Source", 7), "Source, row 7", ""),
        (Place("Source", letter="C"), "Source, column C", ""),
        (Place("Source"), "Source", ""),
        (Place("", 7, heading="Phone"), "row 7, column Phone", ""),
        (Place(), "", ""),
    ],
)
def test_places(place, text, cell):
    assert (str(place), place.cell) == (text, cell)


@pytest.mark.parametrize(
    ("issue", "sentence"),
    [
        (
            Issue("word-unknown", Place("Scoring", 7, "E"), "iz", {"what": "operator", "hint": 'did you mean "is"?'}),
            'Scoring!E7: unknown operator "iz"; did you mean "is"? [word-unknown]',
        ),
        (
            Issue("points-missing", Place("Scoring", 7, "G")),
            "Scoring!G7: the case has no points; write a number; 0 is one [points-missing]",
        ),
        (
            Issue("activities-unread"),
            "the activities are not read; this model asks for no behaviours [activities-unread]",
        ),
    ],
)
def test_sentences(issue, sentence):
    assert str(issue) == sentence


def test_an_issue_is_data():
    one = Issue("points-missing", Place("Scoring", 7, "G"), details={})
    assert one == Issue("points-missing", Place("Scoring", 7, "G"))
    assert len({one, Issue("points-missing", Place("Scoring", 7, "G"), details={"a": []})}) == 2  # hashed all the same
    assert (one.severity, one.problem, one.advice) == (
        Severity.ERROR,
        "the case has no points",
        "write a number; 0 is one",
    )


def test_a_code_that_there_is_not():
    with pytest.raises(KeyError):
        str(Issue("no-such-code"))


def test_a_brace_in_a_cell_is_only_a_brace():
    assert "{x}" in str(Issue("range-wrong", value="{x}"))


def test_the_codes_of_leads_of_models_and_of_doubts_are_apart():
    tables = (LEAD_CODES, MODEL_CODES, DOUBT_CODES)
    assert sum(map(len, tables)) == len(ISSUE_CODES)
    assert {*LEAD_CODES, *MODEL_CODES, *DOUBT_CODES} == set(ISSUE_CODES)


@pytest.mark.parametrize("code", ISSUE_CODES)
def test_a_code_says_what_is_wrong_and_what_to_do(code):
    row = ISSUE_CODES[code]
    assert code == code.casefold().strip()
    assert row.problem
    assert row.advice
    assert not row.problem.endswith((".", ";", " "))
    assert not row.advice.endswith((".", ";", " "))
    assert all(
        name for text in (row.problem, row.advice) for _, name, _, _ in string.Formatter().parse(text) if name == ""
    )


def test_no_two_codes_say_the_same():
    sentences = [(row.problem, row.advice) for row in ISSUE_CODES.values() if row.problem != "{value}"]
    doubles = {pair for pair in sentences if sentences.count(pair) > 1}
    assert doubles == {('the sheet of leads has no column "{value}"', "{hint}")}
