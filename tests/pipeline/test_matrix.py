"""Bands of one score by bands of another: codes and actions."""

from datetime import date

import pandas as pd
import pytest

from leadscore import score_leads
from leadscore.errors import ModelError
from leadscore.scoring.matrix import matrix_codes
from tests.scoring.models import model_of

AS_OF = date(2026, 3, 15)
SCORING = [
    ["Criterion", "Kind", "Field", "Operator", "Value", "Points", "Score"],
    ["Rival", "exclusion", "Country", "is", "US", -100, ""],
    ["Size", "potential", "Size", "otherwise", "", 50, "fit"],
    ["Size", "", "", "is blank", "", "skip", "fit"],
    ["Visits", "engagement", "Visits", ">", 5, 20, "heat"],
]
SCORES = [["Score", "Method"], ["fit", "sum"], ["heat", "sum"]]
BANDS = [["Score", "Band", "From"], ["fit", "A", 40], ["fit", "B", 10], ["heat", "1", 10], ["heat", "2", ""]]
MATRIX = [["fit / heat", "1", "2"], ["A", "Call", "Nurture"], ["B", "Ask", ""]]
# A1, A2, excluded, and no band of fit.
LEADS = pd.DataFrame(
    {"Country": ["FR", "FR", "US", "FR"], "Size": ["5", "5", "5", ""], "Visits": ["9", "1", "9", "9"]}, dtype=object
)


def table(frame=LEADS, **sheets):
    parts = {"Scoring": SCORING, "Scores": SCORES, "Bands": BANDS, "Matrix": MATRIX, **sheets}
    return score_leads(frame, model_of({name: rows for name, rows in parts.items() if rows}), as_of=AS_OF).table


def seen(**sheets):
    found = table(**sheets)
    return list(zip(found["matrix"], found["action"], strict=True))


def test_every_lead_has_the_code_and_the_action_of_its_cell():
    assert seen() == [("A1", "Call"), ("A2", "Nurture"), ("", ""), ("", "")]


def test_excluded_leads_and_leads_without_a_band_have_neither():
    found = table()
    assert found["fit_band"].tolist() == ["A", "A", "Excluded", ""]
    assert found["heat_band"].tolist() == ["1", "2", "Excluded", "1"]


def test_the_matrix_turned_round_is_the_same_actions_under_other_codes():
    turned = [["heat/fit", "A", "B"], ["1", "Call", "Ask"], ["2", "Nurture", ""]]
    assert seen(Matrix=turned) == [("1A", "Call"), ("2A", "Nurture"), ("", ""), ("", "")]


def test_rows_and_columns_in_any_order_with_help_above_and_comments_between():
    matrix = [["# who to call"], [], ["Fit / HEAT", "2", "", "1"], ["# later"], ["b", "", "x", "Ask"]]
    assert seen(Matrix=[*matrix, ["a", "Nurture", "x", "Call"]]) == seen()


@pytest.mark.parametrize(
    ("names", "code"),
    [(("A", "1"), "A1"), (("AA", "10"), "AA10"), (("Good", "1"), "Good/1"), (("A", "warm"), "A/warm")],
)
def test_short_names_make_a_code_and_long_ones_are_told_apart(names, code):
    assert matrix_codes([names[0], "", "A"], [names[1], "1", ""]) == [code, "", ""]


def test_its_action_wins_over_that_of_the_band_which_stands_in_where_a_cell_is_blank():
    bands = [
        [*BANDS[0], "Action"],
        *([*row, ""] for row in BANDS[1:]),
        ["", "Top", 60, "Band"],
        ["", "Rest", "", "Other"],
    ]
    matrix = [["fit / heat", "1", "2"], ["A", "Call", ""], ["B", "", ""]]
    assert seen(Bands=bands, Matrix=matrix) == [("A1", "Call"), ("A2", "Other"), ("", ""), ("", "Other")]


def test_a_matrix_of_the_total():
    bands = [*BANDS, ["total", "Top", 60], ["total", "Rest", ""]]
    matrix = [["Total / heat", "1", "2"], ["Top", "Call", ""], ["Rest", "", "Wait"]]
    assert seen(Bands=bands, Matrix=matrix) == [("Top/1", "Call"), ("Rest/2", "Wait"), ("", ""), ("Rest/1", "")]


def test_a_cell_that_the_matrix_does_not_have():
    assert seen(Matrix=[["fit / heat", "1"], ["A", "Call"]]) == [("A1", "Call"), ("A2", ""), ("", ""), ("", "")]


@pytest.mark.parametrize("matrix", [[], [["# nothing yet"]], [["fit / heat"]], [["fit / heat", "1", "2"]]])
def test_a_matrix_without_a_cell_is_none(matrix):
    assert not {"matrix", "action"} & set(table(Matrix=matrix))


def test_bands_are_those_of_its_scores():
    with pytest.raises(ModelError, match=r'Matrix!B1: there is no band "A"; there are: 1, 2'):
        table(Matrix=[["fit / heat", "A"], ["A", "Call"]])


def test_in_french(cli, tmp_path, make, read):
    source = make.book(
        tmp_path / "f.xlsx",
        Prospects=[["Id", "Taille", "Visites"], ["1", "5", "9"], ["2", "5", ""]],
        Notation=[
            ["Critère", "Champ", "Opérateur", "Valeur", "Points", "Score"],
            ["Taille", "Taille", "sinon", "", 50, "profil"],
            ["Visites", "Visites", ">", 5, 20, "intérêt"],
        ],
        Niveaux=[["Score", "Niveau", "À partir de"], ["profil", "A", 40], ["intérêt", "1", 10], ["intérêt", "2", ""]],
        Matrice=[["Profil / Intérêt", "1", "2"], ["A", "Appeler", "Relancer"]],
    )

    result = cli("score", source, "--as-of", "2026-03-31")

    assert result.exit_code == 0, result.stderr
    headings, *rows = read.sheet(tmp_path / "f-scored.xlsx", "Résultats")
    places = [headings.index(name) for name in ("niveau_profil", "niveau_intérêt", "matrice", "action")]
    assert [[row[place] for place in places] for row in rows] == [
        ["A", "1", "A1", "Appeler"],
        ["A", "2", "A2", "Relancer"],
    ]
