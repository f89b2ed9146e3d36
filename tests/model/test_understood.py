"""What may be typed in a model, and what is understood of it."""

from datetime import date, datetime, time

import pytest

from leadscore.model.frozen import Bound, ListName, Range
from leadscore.model.model import Kind, Method, Policy
from leadscore.model.parse import parse_model
from leadscore.values.cells import CellError, ShownNumber
from tests.model.sheets import HEADINGS, cell_of, findings, grids_of, model_of, one_case

FRENCH = ["Critère", "Nature", "Poids", "Champ", "Opérateur", "Valeur", "Points"]
LISTS = [["Rivals", "Domaines gratuits"], ["acme.fr", "-gmx.fr"], ["", "# of ours"], [None, "free.example"]]


def numbers(low, high, *, open_end=False):
    return Range(low=Bound(number=low), high=Bound(number=high), open_end=open_end)


def days(low, high):
    return Range(low=Bound(day=date.fromisoformat(low)), high=Bound(day=date.fromisoformat(high)))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("10..20", numbers(10, 20)),
        ("10 .. 20", numbers(10, 20)),
        ("10..<20", numbers(10, 20, open_end=True)),
        ("10.. <20", numbers(10, 20, open_end=True)),
        ("10…20", numbers(10, 20)),
        ("10 à 20", numbers(10, 20)),
        ("10 A 20", numbers(10, 20)),
        ("10 to 20", numbers(10, 20)),
        ("de 10 à 20", numbers(10, 20)),
        ("from 10 to 20", numbers(10, 20)),
        ("entre 10 et 20", numbers(10, 20)),
        ("between 10 and 20", numbers(10, 20)),
        ("10-20", numbers(10, 20)),
        ("10 – 20", numbers(10, 20)),
        ("-10..10", numbers(-10, 10)),
        ("−10 à −5", numbers(-10, -5)),
        ("-10-20", numbers(-10, 20)),
        ("1,5..2,5", numbers(1.5, 2.5)),
        ("1.5..2.5", numbers(1.5, 2.5)),
        ("10 000..20 000", numbers(10_000, 20_000)),
        ("15k€..20k€", numbers(15_000, 20_000)),
        ("15k€-20k€", numbers(15_000, 20_000)),
        ("5..10 k€", numbers(5_000, 10_000)),
        ("5 à 10 M€", numbers(5e6, 10e6)),
        ("10..20 %", numbers(0.1, 0.2)),
        ("10 %..20 %", numbers(0.1, 0.2)),
        ("5..5", numbers(5, 5)),
        ("2026-01-01..2026-03-31", days("2026-01-01", "2026-03-31")),
        ("2026-01-01 - 2026-03-31", days("2026-01-01", "2026-03-31")),
        ("du 1er mars 2026 au 3 avril 2026", days("2026-03-01", "2026-04-03")),
        ("13/01/2026 à 31/03/2026", days("2026-01-13", "2026-03-31")),
    ],
)
def test_ranges(text, understood):
    assert one_case("between", text).operands == (understood,)


def test_several_ranges():
    assert one_case("between", "10..20; 30..<40\n50 à 60").operands == (
        numbers(10, 20),
        numbers(30, 40, open_end=True),
        numbers(50, 60),
    )


@pytest.mark.parametrize(
    ("value", "bound"),
    [
        (10, Bound(number=10)),
        (0.5, Bound(number=0.5)),
        (1.234, Bound(number=1.234)),
        ({"value": 0.5, "format": "0%"}, Bound(number=0.5)),
        ("50 %", Bound(number=0.5)),
        ("15k€", Bound(number=15_000)),
        ("1,2 M", Bound(number=1_200_000)),
        ("−3", Bound(number=-3)),
        ("10 000", Bound(number=10_000)),
        ("2026-03-31", Bound(day=date(2026, 3, 31))),
        ("31/03/2026", Bound(day=date(2026, 3, 31))),
        ({"value": date(2026, 3, 31), "format": "dd/mm/yyyy"}, Bound(day=date(2026, 3, 31))),
        (
            {"value": datetime.combine(date(2026, 3, 31), time(14, 30)), "format": "dd/mm/yyyy hh:mm"},
            Bound(day=date(2026, 3, 31)),
        ),
        (date(2026, 3, 31), Bound(day=date(2026, 3, 31))),
    ],
)
def test_bounds(value, bound):
    assert one_case(">=", value).operands == (bound,)


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("FR; BE;CH", ("FR", "BE", "CH")),
        ("FR\nBE\r\nCH;", ("FR", "BE", "CH")),
        ("Paris, France; Lyon", ("Paris, France", "Lyon")),
        (" x ", ("x",)),
        ("[Rivals]; other.fr", (ListName(list_name="Rivals"), "other.fr")),
        ("[RIVALS]", (ListName(list_name="Rivals"),)),
        ("[free mail domain]", (ListName(list_name="Free mail domains"),)),
        ("[adresses génériques]", (ListName(list_name="Role accounts"),)),
        (33, ("33",)),
        (33.0, ("33",)),
        (ShownNumber(6, "06", "00"), ("06",)),
        (True, ("TRUE",)),
        ({"value": 0.5, "format": "0%"}, ("0.5",)),
        ({"value": date(2026, 3, 1), "format": "dd/mm/yyyy"}, ("2026-03-01",)),
        ({"value": date(2026, 3, 1), "format": '[$-40C]d mmmm yyyy;"-"'}, ("2026-03-01",)),
    ],
)
def test_texts(value, texts):
    assert one_case("is", value, Lists=LISTS).operands == texts


@pytest.mark.parametrize(
    ("value", "names"), [("Rivals", ["Rivals"]), ("[Rivals]; Noms factices", ["Rivals", "Placeholder names"])]
)
def test_lists_by_name(value, names):
    assert [operand.list_name for operand in one_case("dans la liste", value, Lists=LISTS).operands] == names


@pytest.mark.parametrize(("value", "count"), [(30, 30), ("30", 30), ("1 000", 1000), (0, 0), ("0", 0)])
def test_days(value, count):
    assert one_case("within days", value).operands == (count,)


def test_patterns_keep_their_case_and_their_braces():
    assert one_case("matches", r"^Head\b; [A-Z]{2,3}").operands == (r"^Head\b", "[A-Z]{2,3}")


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("+10", 10),
        ("−20", -20),
        ("-20", -20),
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("1 000", 1000),
        (10, 10),
        (0, 0),
        ("10 €", 10),
        (1e12, 1e12),
        ({"value": 5, "format": '0" %"'}, 5),
        ({"value": 5, "format": r"0\%"}, 5),
        ({"value": "20", "format": "0%"}, 20),
    ],
)
def test_points(typed, points):
    assert one_case(points=typed).points == points


@pytest.mark.parametrize("word", ["skip", "Skip", "IGNORER"])
def test_skip_on_a_blank(word):
    assert one_case("est vide", "", word).points is None


@pytest.mark.parametrize(
    ("typed", "weight"), [("", 1), (0, 0), ("50 %", 0.5), ({"value": 0.5, "format": "0%"}, 0.5), ("2,5", 2.5)]
)
def test_weights(typed, weight):
    other = ["B", "", 1, "Budget", "is", "x", 1]
    assert model_of(["A", "", typed, "Budget", "is", "x", 1], other).criteria[0].weight == weight


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("", 1),
        ("yes", 1),
        ("oui", 1),
        (True, 1),
        ("no", 0),
        ("NON", 0),
        (False, 0),
        ("50 %", 0.5),
        (0.25, 0.25),
        (-1, -1),
    ],
)
def test_in_total(typed, share):
    model = model_of(["A", "", 1, "Budget", "is", "x", 1], Scores=[["Score", "In total"], ["fit", typed]])
    assert model.scores[0].in_total == share


def test_a_sheet_of_scores():
    rows = [["Score", "Méthode", "Min", "Max"], ["Fit", "", 0, 100], ["Intérêt", "somme", "", ""]]
    headings = [*HEADINGS, "Score"]
    case = ["Budget", "is", "x", 1]
    model = model_of(["A", "", 1, *case, "FIT"], ["B", "", 1, *case, "interet"], headings=headings, Scores=rows)
    assert [(score.name, score.method, score.minimum, score.maximum) for score in model.scores] == [
        ("Fit", Method.MEAN, 0, 100),
        ("Intérêt", Method.SUM, None, None),
    ]
    assert [criterion.score for criterion in model.criteria] == ["Fit", "Intérêt"]


def test_bands_stand_in_the_order_of_their_limits_and_a_lone_score_is_the_total():
    rows = [
        ["Score", "Band", "From", "Action"],
        ["", "Cold", "", "wait"],
        ["Total", "Hot", 80, ""],
        ["fit", "Warm", "50", ""],
    ]
    model = model_of(["A", "", 1, "Budget", "is", "x", 1], Scores=[["Score"], ["fit"]], Bands=rows)
    assert [(band.name, band.start, band.score) for band in model.bands] == [
        ("Hot", 80, ""),
        ("Warm", 50, ""),
        ("Cold", None, ""),
    ]


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("", None),
        (4, 4),
        ("4", 4),
        ("4 h", 4),
        ("24 hours", 24),
        ("1 Hour", 1),
        ("30 min", 0.5),
        ("90 minutes", 1.5),
        ("1,5 h", 1.5),
        ("2\u00a0days", 48),
        ("1d", 24),
        ("2 jours", 48),
        ("1 j", 24),
        ("1 semaine", 168),
        ("2 Weeks", 336),
    ],
)
def test_the_time_to_follow_up_within_is_read_as_hours(typed, hours):
    bands = [["Band", "From", "Follow up within"], ["Hot", 50, typed]]
    model = model_of(["A", "", 1, "Budget", "is", "x", 1], Bands=bands)
    assert model.bands[0].follow_up == hours


def test_alert_bands_are_bands_of_the_total_by_the_names_they_have():
    model = model_of(
        ["A", "", 1, "Budget", "is", "x", 1],
        Niveaux=[["Niveau", "Du"], ["Tiède", 20], ["Chaud", 50]],
        Réglages=[["Réglage", "Valeur"], ["Niveaux d'alerte", "CHAUD; tiede; chaud"]],
    )
    assert model.settings.alert_bands == ("Chaud", "Tiède")


def test_bands_of_several_scores():
    headings, case = [*HEADINGS, "Score"], ["Budget", "is", "x", 1]
    rows = [["Score", "Band", "From"], ["FIT", "Hot", 80], ["", "Hot", 80]]
    model = model_of(["A", "", 1, *case, "fit"], ["B", "", 1, *case, "use"], headings=headings, Bands=rows)
    assert [(band.score, band.name) for band in model.bands] == [("fit", "Hot"), ("", "Hot")]


def test_fields():
    rows = [
        ["Field", "Column", "Type", "Blank values"],
        ["budget", "Spend", "Nombre", "Select; n/a\n-"],
        ["email_type", "Kind", "", ""],
    ]
    model = model_of(["A", "", 1, "Budget", "is", "x", 1], Fields=rows)
    assert [(row.field, row.column, row.type, row.blank_values) for row in model.fields] == [
        ("budget", "Spend", "number", ("Select", "n/a", "-")),
        ("email_type", "Kind", "", ()),
    ]
    assert model.fields[0].column_place.cell == "B2"


def test_a_field_with_a_number_is_one_of_its_own():
    rows = [["Field", "Column"], ["phone", "Tel"], ["Phone 2", "Mobile"]]
    assert len(model_of(["A", "", 1, "Budget", "is", "x", 1], Fields=rows).fields) == 2


def test_lists_have_no_blanks_and_no_comments_and_reserved_names_are_ours():
    model = model_of(["A", "", 1, "Budget", "is", "x", 1], Lists=[["# ours"], *LISTS, ["# old.fr", "x.fr"]])
    assert [(row.name, row.entries) for row in model.lists] == [
        ("Rivals", ("acme.fr",)),
        ("Free mail domains", ("-gmx.fr", "free.example")),
    ]


@pytest.mark.parametrize("rows", [[], [["", ""]], [["# nothing"]]])
def test_a_sheet_of_lists_without_any(rows):
    assert model_of(["A", "", 1, "Budget", "is", "x", 1], Lists=rows).lists == ()


def test_settings():
    rows = [
        ["Our settings"],
        ["Réglage", "Commentaire", "Valeur"],
        ["Feuille source", "", "Prospects"],
        ["Ligne d'en-tête", "", 3],
        ["Champ identifiant", "", "language"],
        ["Langue", "", "Anglais"],
        ["Pays", "", "Belgique"],
        ["Fuseau horaire", "", "Europe/Paris"],
        ["Décimales", "", "0"],
        ["Colonnes des résultats", "", "Nom; E-mail"],
        ["# Pays", "", "FR"],
        ["", "only a remark", ""],
    ]
    model = model_of(["A", "", 1, "Budget", "is", "x", 1], Settings=rows)
    said = model.settings
    assert model.language == "en"
    assert (said.source_sheet, said.header_row, said.id_field) == ("Prospects", 3, "language")
    assert (said.country, said.time_zone, said.decimals) == ("BE", "Europe/Paris", 0)
    assert said.result_columns == ("Nom", "E-mail")
    assert said.place_of("country").cell == "C7"
    assert said.place_of("no such setting").cell == ""


def test_a_setting_left_blank_is_not_said():
    model = model_of(
        ["A", "", 1, "Budget", "is", "x", 1], Settings=[["Setting", "Value"], ["Decimals", ""], ["Language", ""]]
    )
    assert (model.settings.decimals, model.language) == (1, "en")


@pytest.mark.parametrize(
    ("headings", "setting", "language"),
    [
        (HEADINGS, None, "en"),
        (FRENCH, None, "fr"),
        ([*FRENCH[:3], *HEADINGS[3:]], None, "en"),
        (FRENCH, "English", "en"),
        (HEADINGS, "français", "fr"),
        (HEADINGS, "FR", "fr"),
    ],
)
def test_the_language_is_that_of_settings_else_of_the_headings(headings, setting, language):
    sheets = {} if setting is None else {"Settings": [["Setting", "Value"], ["Language", setting]]}
    assert model_of(["A", "", 1, "Budget", "is", "x", 1], headings=headings, **sheets).language == language


@pytest.mark.parametrize(("language", "points", "day"), [("en", 1.5, date(2026, 1, 3)), ("fr", 1500, date(2026, 3, 1))])
def test_what_could_be_read_two_ways_is_read_in_the_language_of_the_model(language, points, day):
    headings = [*{"en": HEADINGS, "fr": FRENCH}[language], "From" if language == "en" else "Du"]
    grids = grids_of({"Scoring": [headings, ["A", "", 1, "Budget", "is", "x", "1.500", "01/03/2026"]]})
    assert [issue.code for issue in findings(grids)][:2] == ["number-undecided", "day-undecided"]
    criterion = parse_model(grids)[0].criteria[0]
    assert (criterion.cases[0].points, criterion.first_day) == (points, day)


def test_every_column_of_a_criterion():
    headings = [*HEADINGS, "Score", "Policy", "Min", "Max", "Active", "From", "Until", "Comment"]
    row = [
        "A",
        "qualité",
        "2",
        "Budget",
        "is",
        "x",
        1,
        "fit",
        "somme",
        "-5",
        5,
        "oui",
        date(2026, 1, 1),
        "2026-12-31",
        "by Ann",
    ]
    (one,) = model_of(row, headings=headings).criteria
    assert (one.kind, one.weight, one.field, one.score, one.policy) == (Kind.QUALITY, 2, "Budget", "fit", Policy.SUM)
    assert (one.minimum, one.maximum, one.active, one.comment) == (-5, 5, True, "by Ann")
    assert (one.first_day, one.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (one.place.cell, one.field_place.cell, one.score_place.cell) == ("A2", "D2", "H2")
    case = one.cases[0]
    assert (case.place.cell, case.operator_place.cell, case.value_place.cell, case.typed) == ("G2", "E2", "F2", "x")


@pytest.mark.parametrize(
    ("active", "first", "last", "as_of", "counts"),
    [
        ("", "", "", date(2026, 11, 21), True),
        ("no", "", "", date(2026, 11, 21), False),
        (False, "", "", date(2026, 11, 21), False),
        ("x", "", "", date(2026, 11, 21), True),
        ("", date(2026, 11, 21), "", date(2026, 11, 20), False),
        ("", date(2026, 11, 21), "", date(2026, 11, 21), True),
        ("", "", datetime.combine(date(2026, 11, 21), time(9)), date(2026, 11, 21), True),
        ("", "", date(2026, 11, 21), date(2026, 11, 22), False),
    ],
)
def test_active_from_until(active, first, last, as_of, counts):
    headings = [*HEADINGS, "Active", "From", "Until"]
    (one,) = model_of(["A", "", 1, "Budget", "is", "x", 1, active, first, last], headings=headings).criteria
    assert one.is_active(as_of) is counts


def shape(model):
    return [(one.name, one.score, [case.points for case in one.cases]) for one in model.criteria]


def test_comments_blank_rows_titles_and_columns_of_ones_own():
    model = model_of(
        ["What a good lead is", "", "2026"],
        ["# Criterion", "Kind", "Field"],
        [],
        ["Owner", *HEADINGS, "Notes to self"],
        ["Ann", "A", "", 1, "Budget", "is", "x", 1, "see below"],
        ["", "# A", "", 7, "Budget", "is", "y", 2],
        [None, " "],
        ["Bob", "", "", "", "", "is", "z", 3],
        ["just a remark beside the table"],
        headings=["Scoring model"],
        Remarks=[["Scoring"]],
    )
    assert shape(model) == [("A", "score", [1, 3])]


def test_a_row_that_only_comments_is_no_case():
    headings = [*HEADINGS, "Comment"]
    model = model_of(
        ["A", "", 1, "Budget", "is", "x", 1, "one"], ["", "", "", "", "", "", "", "two"], headings=headings
    )
    assert shape(model) == [("A", "score", [1])]


def test_an_empty_criterion_continues_the_row_above_as_merged_cells_do():
    model = model_of(
        ["A", "", 1, "Budget", "is", "x", 1], ["", "", "", "", "is", "y", 2], ["B", "", 1, "Budget", "is", "x", 3]
    )
    assert shape(model) == [("A", "score", [1, 2]), ("B", "score", [3])]


def test_rows_of_one_name_are_one_criterion_wherever_they_stand():
    model = model_of(
        ["Pays cible", "potential", 1, "Budget", "is", "x", 1],
        ["B", "", 1, "Budget", "is", "x", 2],
        ["PAYS  CIBLE", "Potentiel", "1,0", "BUDGET", "is", "y", 3],
    )
    assert shape(model) == [("Pays cible", "score", [1, 3]), ("B", "score", [2])]


def test_a_blank_score_is_the_only_one_there_is():
    headings = [*HEADINGS, "Score"]
    row = ["A", "", 1, "Budget", "is", "x", 1]
    assert shape(model_of([*row, "fit"], row, headings=headings)) == [("A", "fit", [1, 1])]
    assert shape(model_of(row, Scores=[["Score"], ["Fit"]])) == [("A", "Fit", [1])]


def test_one_name_in_two_scores_is_two_criteria():
    headings, row = [*HEADINGS, "Score"], ["A", "", 1, "Budget", "is", "x", 1]
    model = model_of([*row, "fit"], ["", *row[1:], "use"], ["", *row[1:]], headings=headings)
    assert shape(model) == [("A", "fit", [1]), ("A", "use", [1, 1])]


def test_an_exclusion_without_a_score_weighs_on_every_score():
    headings, row = [*HEADINGS, "Score"], ["Budget", "is", "x", 1]
    model = model_of(
        ["A", "", 1, *row, "fit"], ["B", "", 1, *row, "use"], ["C", "exclusion", 1, *row], headings=headings
    )
    assert [(one.name, one.score) for one in model.criteria] == [("A", "fit"), ("B", "use"), ("C", "")]


def test_only_blanks_may_follow_otherwise():
    rows = ["A", "", 1, "Budget", "otherwise", "", 1], ["A", "", "", "", "is blank", "", 0]
    assert len(model_of(*rows).criteria[0].cases) == 2
    headings = [*HEADINGS, "Policy"]
    rows = ["A", "", 1, "Budget", "otherwise", "", 1, "sum"], ["A", "", "", "", "is", "x", 2]
    assert len(model_of(*rows, headings=headings).criteria[0].cases) == 2


def test_an_error_in_a_column_of_ones_own_or_in_a_comment_row_does_no_harm():
    headings = [*HEADINGS, "Comment", "Mine"]
    row = ["A", "", 1, "Budget", "is", "x", 1]
    model = model_of([*row, {"error": "#N/A"}, {"error": ""}], ["#", cell_of({"error": "#N/A"})], headings=headings)
    assert shape(model) == [("A", "score", [1])]


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("Fields", [["Fields"], ["Field", "Column"], ["budget", "Spend"]]),
        ("Scores", [["Scores"], [], ["Score", "Method"], ["fit", "sum"]]),
        ("Bands", [["Bands of the total"], ["Band", "From"], ["Hot", 80]]),
    ],
)
def test_a_title_above_the_headings_of_another_sheet(sheet, rows):
    model = model_of(["A", "", 1, "Budget", "is", "x", 1], **{sheet: rows})
    assert len(getattr(model, sheet.lower())) == 1


def test_a_formula_s_value_counts_and_its_error_is_told():
    grids = grids_of({"Scoring": [HEADINGS, ["A", "", 1, "Budget", "is", CellError("#REF!"), 1]]})
    assert [str(issue) for issue in findings(grids)] == [
        "Scoring!F2: the cell shows the error #REF!; mend its formula, or type the value [model-cell-error]"
    ]
