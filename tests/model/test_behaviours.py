"""The sheet Behaviours: every column read, products, what a blank Score means, and laws over any cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.issues import Place
from leadscore.model.behaviours import Behaviour, Decay, Stage
from leadscore.model.behaviours_sheet import BEHAVIOURS
from leadscore.model.decay_cells import decay_choices
from leadscore.model.frozen import ListName
from leadscore.model.model import ACCOUNT, Method, RollUp, Treatment
from leadscore.model.operators import ACTIVITY_OPERATORS
from leadscore.model.parse import parse_model, read_draft
from leadscore.model.vocabulary import LANGUAGES, vocabulary
from leadscore.pipeline.init import dressed
from leadscore.pipeline.line import score_leads
from tests.laws import examples
from tests.model.sheets import AS_OF, HEADINGS, grids_of, leads_of
from tests.model.test_anything import CELLS

COLUMNS = {name: vocabulary("headings").say(name, "en") for name in BEHAVIOURS.known}
SCORING = [[*HEADINGS, "Score"], ["Budget", "potential", 1, "Budget", "is", "x", 1, "fit"]]
PRODUCTS = [["Products"], ["Pump"], ["Valve"], ["PUMP"]]
VISIT = {"behaviour": "Visit", "activity": "visit", "points": 5}


def sheet_of(*rows, language="en"):
    """Rows by canonical heading as a sheet, with just the columns that they fill."""
    names = [name for name in BEHAVIOURS.known if any(name in row for row in rows)]
    headings = [vocabulary("headings").say(name, language) for name in names]
    return [headings, *([row.get(name, "") for name in names] for row in rows)]


def parsed(*rows, issues=(), scoring=SCORING, **sheets):
    """The model of some behaviours beside one criterion of the score fit; only these codes may be told."""
    model, told = parse_model(grids_of({"Scoring": scoring, "Behaviours": sheet_of(*rows), **sheets}))
    assert [issue.code for issue in told] == list(issues)
    return model


def one(issues=(), **cells):
    (behaviour,) = parsed(VISIT | cells, issues=issues).behaviours
    return behaviour


def test_three_columns_make_a_behaviour():
    assert one() == Behaviour(
        score="engagement",
        name="Visit",
        operator="is",
        operands=("visit",),
        points=5.0,
        typed="visit",
        place=Place("Behaviours", 2, "A"),
        operator_place=Place("Behaviours", 2),
        value_place=Place("Behaviours", 2, "B"),
        score_place=Place("Behaviours", 2),
        points_place=Place("Behaviours", 2, "C"),
        places=tuple((heading, Place("Behaviours", 2)) for heading in ("minimum", "maximum", "window", "until")),
    )


@pytest.mark.parametrize(
    ("heading", "cell", "attribute", "value"),
    [
        ("score", "heat", "score", "heat"),
        ("operator", "contient", "operator", "contains"),
        ("operator", "is not blank", "operator", "is not blank"),
        ("activity", "visit; demo\ncall", "operands", ("visit", "demo", "call")),
        ("activity", "visit, demo", "operands", ("visit, demo",)),
        ("activity", "[Free mail domains]", "operands", (ListName(list_name="Free mail domains"),)),
        ("points", "-12,5", "points", -12.5),
        ("at_least", "3", "at_least", 3),
        ("at_least", 1.0, "at_least", 1),
        ("minimum", -3, "minimum", -3),
        ("maximum", "1 000", "maximum", 1000),
        ("window", 0, "window", 0),
        ("window", 30, "window", 30),
        ("window", "30 days", "window", 30),
        ("window", "4 semaines", "window", 28),
        ("window", "1 w", "window", 7),
        ("stage", "Active", "stage", Stage.ACTIVE),
        ("stage", "passif", "stage", Stage.PASSIVE),
        ("product", " Pump ", "product", "Pump"),
        ("active", "non", "active", False),
        ("from", "2026-01-31", "first_day", date(2026, 1, 31)),
        ("until", date(2026, 12, 31), "last_day", date(2026, 12, 31)),
        ("comment", "Ann said so", "comment", "Ann said so"),
    ],
)
def test_what_a_cell_says(heading, cell, attribute, value):
    issues = ["value-unused"] if cell == "is not blank" else []
    assert getattr(one(**{heading: cell}, issues=issues), attribute) == value


@pytest.mark.parametrize(
    ("cell", "days", "kind", "read_days", "step"),
    [
        ("", "", Decay.NONE, None, 0),
        ("none", "", Decay.NONE, None, 0),
        ("Aucune", "", Decay.NONE, None, 0),
        ("linear", 30, Decay.LINEAR, 30, 0),
        ("linéaire", "30 jours", Decay.LINEAR, 30, 0),
        ("half-life", "7,5", Decay.HALF_LIFE, 7.5, 0),
        ("half life", "2 weeks", Decay.HALF_LIFE, 14, 0),
        ("demi-vie", 7, Decay.HALF_LIFE, 7, 0),
        ("step 25 %", 30, Decay.STEP, 30, 0.25),
        ("Step 12.5%", 30, Decay.STEP, 30, 0.125),
        ("steps of 50 %", 30, Decay.STEP, 30, 0.5),
        ("palier 33,3 %", 30, Decay.STEP, 30, 0.333),
        ("paliers de 100 %", 30, Decay.STEP, 30, 1),
        ("step 0 %", 30, Decay.STEP, 30, 0),
    ],
)
def test_how_points_shrink(cell, days, kind, read_days, step):
    behaviour = one(decay=cell, decay_days=days)
    assert (behaviour.decay, behaviour.decay_days) == (kind, read_days)
    assert behaviour.step == pytest.approx(step)


def test_both_days_of_from_and_until_are_in():
    behaviour = one(**{"from": "2026-01-01", "until": "2026-01-31"})
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [behaviour.is_active(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_known_in_both_languages(language):
    columns = ("behaviour", "operator", "activity", "points", "decay", "decay_days", "stage")
    operators = [vocabulary("operators").say(name, language) for name in ACTIVITY_OPERATORS if name != "is not blank"]
    decays, stages = decay_choices(language), [vocabulary("stages").say(stage, language) for stage in Stage]
    rows = [
        dict(
            zip(
                columns, (f"{said} {number}", said, "Products", 1, decay, 30 * (decay != decays[0]), stage), strict=True
            )
        )
        for number, (decay, stage) in enumerate(zip(decays, stages * 2, strict=True))
        for said in operators
    ]
    for row in rows:
        row["decay_days"] = row["decay_days"] or ""
    name = vocabulary("sheets").say("behaviours", language)
    sheets = {"Scoring": SCORING, name: sheet_of(*rows, language=language), "Lists": PRODUCTS}
    model, issues = parse_model(grids_of(sheets))
    assert issues == ()
    assert {behaviour.operator for behaviour in model.behaviours} == set(ACTIVITY_OPERATORS) - {"is not blank"}
    assert {behaviour.decay for behaviour in model.behaviours} == set(Decay)
    assert {behaviour.stage for behaviour in model.behaviours} == set(Stage)


# What a blank Score means


def scores_of(model):
    return [(score.name, score.method, score.in_total) for score in model.scores]


def behaviour_in(score, name="Demo"):
    return VISIT | {"score": score, "behaviour": name}


@pytest.mark.parametrize(
    ("rows", "declared", "score"),
    [
        ([], [], "engagement"),
        ([behaviour_in("heat")], [], "heat"),
        ([behaviour_in("heat")], ["fit", "heat"], "heat"),
        ([behaviour_in("heat"), behaviour_in("Engagement")], [], "Engagement"),
        ([], ["fit", "Engagement"], "Engagement"),
        ([behaviour_in("for {product}", "{product}")], [], "engagement"),
    ],
)
def test_a_blank_score_is_the_only_one_of_behaviours_else_engagement(rows, declared, score):
    more = {"Scores": [["Score"], *([name] for name in declared)]} if declared else {}
    model = parsed(VISIT, *rows, Lists=PRODUCTS, **more)
    assert model.behaviours[0].score == score


def test_a_blank_score_is_the_only_one_declared_for_criteria_too():
    declared = [["Score", "Method"], ["heat", "sum"]]
    model = parsed(VISIT, scoring=[SCORING[0][:-1], SCORING[1][:-1]], Scores=declared)
    assert [model.criteria[0].score, model.behaviours[0].score] == ["heat", "heat"]


def test_scores_of_behaviours_come_after_those_of_scoring_and_add_up():
    model = parsed(behaviour_in("heat"), behaviour_in("FIT", "Call"), issues=["criteria-summed"])
    assert scores_of(model) == [("fit", Method.SUM, 1), ("heat", Method.SUM, 1)]
    assert [behaviour.score for behaviour in model.behaviours] == ["heat", "fit"]


def test_a_score_without_behaviours_stays_a_mean():
    assert scores_of(parsed(VISIT)) == [("fit", Method.MEAN, 1), ("engagement", Method.SUM, 1)]


def test_an_exclusion_without_a_score_weighs_on_the_score_of_behaviours_too():
    excluding = ["Spam", "exclusion", 1, "Spam", "is", "yes", -500, ""]
    assert parsed(VISIT, scoring=[*SCORING, excluding]).criteria[1].score == ""


def test_scores_that_say_no_method_become_sums_and_those_that_say_sum_stay():
    declared = [["Score", "Method"], ["fit", ""], ["heat", ""], ["use", "somme"]]
    model = parsed(behaviour_in("heat"), behaviour_in("use"), Scores=declared)
    assert [score.method for score in model.scores] == [Method.MEAN, Method.SUM, Method.SUM]


def test_one_name_in_two_scores_is_two_behaviours():
    assert len(parsed(behaviour_in("heat"), behaviour_in("use")).behaviours) == 2


# Products


def test_a_score_per_product_is_in_the_total_only_when_that_is_said():
    declared = [["Score", "In total", "Max"], ["fit"], ["for {product}", "", 50], ["{Produit} now", "50 %"]]
    model = parsed(behaviour_in("for {product}"), behaviour_in("{product} now"), Lists=PRODUCTS, Scores=declared)
    names = ["fit", "for Pump", "for Valve", "Pump now", "Valve now"]
    assert [(score.name, score.in_total, score.product) for score in model.scores] == list(
        zip(names, (1, 0, 0, 0.5, 0.5), ("", "Pump", "Valve", "Pump", "Valve"), strict=True)
    )
    assert [score.maximum for score in model.scores] == [None, 50, 50, None, None]
    assert {score.place for score in model.scores[1:3]} == {Place("Scores", 3, "A")}


def test_a_score_per_product_that_only_behaviours_name_exists_outside_the_total():
    model = parsed(behaviour_in("for {product}"), Lists=PRODUCTS)
    assert scores_of(model) == [("fit", Method.MEAN, 1), ("for Pump", Method.SUM, 0), ("for Valve", Method.SUM, 0)]
    assert [score.product for score in model.scores] == ["", "Pump", "Valve"]


def test_the_cells_of_a_row_speak_of_its_product_and_keep_their_places():
    row = behaviour_in("for { PRODUCT }", "Seen {product}") | {"activity": "{product} page", "product": "{product}"}
    model = parsed(row | {"maximum": 20}, Lists=PRODUCTS)
    said = [(row.score, row.name, row.operands, row.product, row.maximum) for row in model.behaviours]
    assert said == [(f"for {it}", f"Seen {it}", (f"{it} page",), it, 20) for it in ("Pump", "Valve")]
    assert {(row.place.cell, row.score_place.cell, row.value_place.cell) for row in model.behaviours} == {
        ("B2", "A2", "C2")
    }


def test_a_behaviour_per_product_may_count_in_one_score():
    model = parsed(behaviour_in("", "Seen {product}") | {"product": "{product}"}, Lists=PRODUCTS)
    said = [(row.score, row.name, row.product, row.score_product) for row in model.behaviours]
    assert said == [("engagement", "Seen Pump", "Pump", ""), ("engagement", "Seen Valve", "Valve", "")]


def test_a_product_is_no_pattern_and_a_count_in_a_pattern_no_product():
    row = behaviour_in("for {product}") | {"operator": "matches", "activity": r"^{product} v\d{2,3}$"}
    model = parsed(row, Lists=[["produits"], ["C++ tool"]])
    assert model.behaviours[0].operands == (r"^C\+\+\ tool v\d{2,3}$",)


# Settings and bands


def settings_of(*rows):
    model = parsed(VISIT, Settings=[["Setting", "Value"], *rows])
    return model.settings


def test_settings_of_activities_and_accounts():
    default = settings_of(["Decimals", 1])
    assert (default.robot_activities, default.role_address_activities) == (Treatment.KEEP, Treatment.KEEP)
    assert (default.recycled_share, default.account_roll_up, default.account_weight) == (0, None, "")
    said = settings_of(
        *(["Robot activities", "leave out"], ["Activités des adresses génériques", "écarter"]),
        *(["Recycled share", {"value": 0.25, "format": "0%"}], ["Account score", "moyenne pondérée"]),
        ["Poids dans le compte", "Seniority"],
    )
    assert (said.robot_activities, said.role_address_activities) == (Treatment.LEAVE_OUT, Treatment.LEAVE_OUT)
    assert (said.recycled_share, said.account_roll_up) == (0.25, RollUp.WEIGHTED_MEAN)
    assert said.account_weight == "Seniority"


@pytest.mark.parametrize(("cell", "most"), [(20, 20), ("12,5", 12.5), (0, 0), ("keep", Treatment.KEEP)])
def test_the_most_points_of_a_role_address(cell, most):
    assert settings_of(["Role address activities", cell]).role_address_activities == most


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("roll_up", list(RollUp))
def test_every_way_to_roll_up_accounts(roll_up, language):
    said = vocabulary("roll_ups").say(roll_up, language)
    weight = [["Account weight", "Budget"]] * (roll_up is RollUp.WEIGHTED_MEAN)
    assert settings_of(["Account roll-up", said], *weight).account_roll_up is roll_up


def test_a_setting_at_its_default_is_no_part_of_the_hash():
    said = [[], ["Robot activities", "keep"], ["Recycled share", 0], ["Role address activities", "garder"]]
    base = [["Setting", "Value"], ["Decimals", 1]]
    hashes = {parsed(VISIT, Settings=[*base, row]).hash for row in said}
    assert len(hashes) == 1


def test_bands_of_accounts_stand_apart_from_those_of_the_total_and_of_a_lone_score():
    bands = [["Score", "Band", "From"], ["Compte", "Hot", 9], ["account", "Cold", ""], ["", "Hot", 9], ["", "Cold", ""]]
    settings = [["Setting", "Value"], ["Account roll-up", "max"]]
    model = parsed(VISIT, Bands=bands, Settings=settings)
    assert [(band.score, band.name) for band in model.bands] == [
        *((ACCOUNT, "Hot"), ("", "Hot"), (ACCOUNT, "Cold"), ("", "Cold"))
    ]


# The hash and the workbook


MATTERS = [
    *({"score": "heat"}, {"behaviour": "Demo"}, {"operator": "contains"}, {"activity": "demo"}, {"at_least": 2}),
    *({"points": 6}, {"minimum": 0}, {"maximum": 9}, {"window": 30}, {"decay": "linear", "decay_days": 7}),
    *({"decay": "half-life", "decay_days": 7}, {"decay": "linear", "decay_days": 8}, {"stage": "active"}),
    *({"decay": "step 25 %", "decay_days": 7}, {"decay": "step 50 %", "decay_days": 7}, {"stage": "passive"}),
    *({"product": "Pump"}, {"active": "no"}, {"from": "2026-01-01"}, {"until": "2026-12-31"}),
]


def test_the_hash_depends_on_what_every_cell_says_and_on_no_comment():
    hashes = [parsed(VISIT | cells).hash for cells in ({}, *MATTERS)]
    assert len(set(hashes)) == len(hashes)
    assert parsed(VISIT | {"comment": "Ann", "operator": "EST", "at_least": ""}).hash == hashes[0]


def test_a_starter_workbook_offers_the_words_of_the_sheet():
    sheets = {"Scoring": [list(map(str, row)) for row in SCORING], "Behaviours": [list(COLUMNS.values())]}
    offered = next(sheet for sheet in dressed(sheets, "en") if sheet.name == "Behaviours")
    choices = {heading: list(dropdown.choices) for heading, dropdown in offered.dropdowns.items()}
    assert choices["Decay"] == ["none", "linear", "half-life", "step 25 %"]
    assert choices["Stage"] == ["active", "passive"]
    assert choices["Operator"] == [vocabulary("operators").say(name, "en") for name in ACTIVITY_OPERATORS]
    assert offered.dropdowns["Stage"].strict
    assert not offered.dropdowns["Decay"].strict
    assert set(offered.notes) == set(COLUMNS.values())
    assert all("xample" in note for note in offered.notes.values())
    assert offered.questions == {}


# Laws

ROWS = st.lists(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=4)


@examples(200)
@given(ROWS)
def test_any_cells_are_read_or_refused_with_their_cell(rows):
    sheets = {"Scoring": SCORING, "Behaviours": [list(COLUMNS.values()), *rows], "Lists": PRODUCTS}
    model, issues = read_draft(grids_of(sheets))
    for issue in issues:
        assert issue.place.cell or issue.code == "model-rows-hidden", issue
    for behaviour in model.behaviours:
        assert behaviour.score
        assert behaviour.name
        assert 0 <= behaviour.step <= 1
        assert (behaviour.window or 0) >= 0
        assert (behaviour.at_least or 1) >= 1


RIGHT_ROWS = [VISIT | cells for cells in MATTERS if "behaviour" not in cells]


@examples(50)
@given(st.permutations(RIGHT_ROWS))
def test_the_order_of_rows_changes_no_behaviour(rows):
    model = parsed(*({**row, "behaviour": f"No {RIGHT_ROWS.index(row)}", "score": "heat"} for row in rows))
    hidden = {name: Place() for name in Behaviour.model_fields if name.endswith("place")} | {"places": ()}
    read = {behaviour.model_copy(update=hidden) for behaviour in model.behaviours}
    straight = parsed(*({**row, "behaviour": f"No {place}", "score": "heat"} for place, row in enumerate(RIGHT_ROWS)))
    assert read == {behaviour.model_copy(update=hidden) for behaviour in straight.behaviours}


def test_a_model_with_behaviours_scores_leads():
    model = parsed(VISIT, Lists=PRODUCTS)
    table = score_leads(leads_of([["Id", "Budget"], ["1", "x"]]), model, as_of=AS_OF).table
    assert table["fit"].tolist() == [1]
