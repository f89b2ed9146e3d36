import pandas as pd
import pytest

from tests.labelled.measures import (
    HALVES,
    SETS,
    LabelledSet,
    answers_to,
    figures_of,
    read_half,
    wrong_rows,
)

# The lowest precision and recall that each half must reach. The lead raises them, never lowers them.
FLOORS = {
    "suggestion": (0.80, 0.80),
    "seniority": (0.70, 0.70),
    "function": (0.70, 0.70),
    "duplicates": (0.80, 0.60),
}

every_set = pytest.mark.parametrize("labelled", SETS, ids=[labelled.name for labelled in SETS])


@every_set
@pytest.mark.parametrize("half", HALVES)
def test_precision_and_recall_stay_above_their_floors(labelled, half):
    rows = read_half(labelled, half)
    figures = figures_of(labelled, rows, answers_to(labelled, rows))
    precision, recall = FLOORS[labelled.name]
    assert figures.precision >= precision
    assert figures.recall >= recall


@every_set
def test_a_set_has_three_hundred_rows_and_none_in_both_halves(labelled):
    halves = [read_half(labelled, half)[list(labelled.fields)] for half in HALVES]
    assert min(len(rows) for rows in halves) >= 150
    held_out, dev = ({tuple(map(str.casefold, row)) for row in rows.to_numpy() if any(row)} for rows in halves)
    assert len(held_out | dev) >= 300
    assert not held_out & dev


@every_set
@pytest.mark.parametrize("half", HALVES)
def test_the_labels_are_of_their_closed_list(labelled, half):
    rows = read_half(labelled, half)
    labels = rows[labelled.label]
    if labelled.open_titles:
        assert (labels[rows["title"] == ""] == "").all()
        assert len(set(labels)) == 12  # eleven words and the blank
    if labelled.pairs:
        assert labels[labels != ""].value_counts().min() >= 2


def test_what_counts_as_right_for_words():
    labelled = LabelledSet("words", "made", {"title": "job_title"}, open_titles=True)
    rows = pd.DataFrame({"title": list("abcde"), "expected": ["vp", "vp", "head", "unknown", ""]})
    made = pd.Series(["vp", "head", "", "staff", ""])
    figures = figures_of(labelled, rows, made)
    assert (figures.precision, figures.recall, figures.untold_answered) == (1 / 2, 1 / 3, 1)
    assert wrong_rows(labelled, rows, made) == [
        "row 1: 'b': expected 'vp', made 'head'",
        "row 2: 'c': expected 'head', made ''",
        "row 3: 'd': expected 'unknown', made 'staff'",
    ]


def test_a_suggestion_nobody_asked_for_is_wrong():
    labelled = LabelledSet("suggestion", "made", {"email": "email"})
    rows = pd.DataFrame({"email": ["A@gmial.com", "b@mail.com"], "expected": ["A@gmail.com", ""]})
    figures = figures_of(labelled, rows, pd.Series(["a@gmail.com", "b@gmail.com"]))
    assert (figures.precision, figures.recall, figures.untold_answered) == (1 / 2, 1, 0)


def test_what_counts_as_right_for_groups():
    labelled = LabelledSet("groups", "made", {"email": "email"}, label="group", pairs=True)
    rows = pd.DataFrame({"email": list("abcd"), "group": ["g1", "g1", "g1", ""]})
    made = pd.Series(["1", "1", "2", "2"])
    figures = figures_of(labelled, rows, made)
    assert (figures.precision, figures.recall) == (1 / 2, 1 / 3)
    assert wrong_rows(labelled, rows, made) == [
        "missed (0, 2): a  |  c",
        "missed (1, 2): b  |  c",
        "wrong (2, 3): c  |  d",
    ]


def test_the_command_prints_both_halves_and_lists_the_errors_of_one(capsys, monkeypatch):
    from tests.labelled import __main__ as command

    monkeypatch.setattr("sys.argv", ["labelled", "--errors", "dev"])
    command.main()
    printed = capsys.readouterr().out
    assert all(f"{labelled.name:12}{half}" in printed for labelled in SETS for half in HALVES)
