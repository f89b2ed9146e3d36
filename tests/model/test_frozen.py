"""The model cannot be changed, and its hash is of all that scores depend on and of nothing else."""

from datetime import date

import pytest
from pydantic import BaseModel, ValidationError

from leadscore.issues import Place
from leadscore.model.frozen import Bound, ListName, Range
from leadscore.model.parse import parse_model
from tests.model.sheets import HEADINGS, grids_of

COLUMNS = [*HEADINGS, "Score", "Policy", "Min", "Max", "Active", "From", "Until", "Comment", "Segment"]
SHEETS = {
    "Scoring": [
        COLUMNS,
        [
            "A",
            "quality",
            2,
            "Budget",
            "is",
            "[Rivals]; x",
            1,
            "fit",
            "sum",
            0,
            9,
            "yes",
            "2026-01-01",
            "2026-12-31",
            "by Ann",
            "Big",
        ],
        ["A", "", "", "", "between", "10..20", 2, "fit"],
        ["A", "", "", "", "between", "2026-01-01..<2026-02-01", 3, "fit"],
        ["A", "", "", "", "is blank", "", "skip", "fit"],
        ["B", "engagement", 1, "Seen", "within days", 30, 1, "use"],
        ["C", "", 1, "", "in segment", "Big; Small", 1, "use"],
    ],
    "Scores": [
        ["Score", "Method", "Min", "Max", "In total", "Segment", "Cap unless segment"],
        ["fit", "mean", 0, 100, 1, "Big", "Small"],
        ["use", "sum", "", "", 0.5],
    ],
    "Bands": [
        ["Score", "Band", "From", "Icon", "Action", "Follow up within"],
        ["fit", "Hot", 80, "!", "Call", "2 d"],
        ["use", "1", 5],
        ["use", "2", ""],
    ],
    "Segments": [
        ["Segment", "Field", "Operator", "Value"],
        ["Big", "Budget", ">", 9],
        ["", "Sector", "in list", "Rivals"],
        ["Small", "Budget", "<=", 9],
    ],
    "Matrix": [["fit / use", "1", "2"], ["Hot", "Call", "Wait"]],
    "Overrides": [
        ["Lead", "Score", "Value", "Reason", "By", "Until", "Comment"],
        ["7", "fit", 90, "met them", "Ann", "2026-12-31", "ask Bob"],
        ["8", "fit", "Hot", "met them", "Ann", "", ""],
    ],
    "Examples": [["Budget", "expect score", "expect fit_band"], [12, "80..90", "Hot"], ["", 0, ""]],
    "Fields": [["Field", "Column", "Type", "Blank values"], ["budget", "Spend", "number", "-"]],
    "Lists": [["Rivals"], ["acme.fr"]],
    "Settings": [
        ["Setting", "Value"],
        ["Country", "FR"],
        ["Decimals", 2],
        ["Result columns", "E-mail"],
        ["Language", "en"],
    ],
}
# Every change of one cell that changes what a model says.
MATTERS = {
    "Scoring!A2": "C",
    "Scoring!B2": "potential",
    "Scoring!C2": 3,
    "Scoring!D2": "Amount",
    "Scoring!E2": "is not",
    "Scoring!F2": "y",
    "Scoring!G2": 1.0001,
    "Scoring!H6": "fit",
    "Scoring!I2": "max",
    "Scoring!J2": 1,
    "Scoring!K2": 8,
    "Scoring!L2": "no",
    "Scoring!M2": "2026-01-02",
    "Scoring!N2": "2026-12-30",
    "Scoring!F3": "10..<20",
    "Scoring!F4": "2026-01-02..<2026-02-01",
    "Scoring!G5": 0,
    "Scoring!F6": 31,
    "Scores!A3": "use ",
    "Scores!B2": "sum",
    "Scores!C2": 1,
    "Scores!D2": 99,
    "Scores!E3": 0.25,
    "Bands!C2": 79,
    "Bands!D2": "?",
    "Bands!E2": "Wait",
    "Bands!F2": "3 d",
    "Scoring!P2": "Small",
    "Scoring!E7": "not in segment",
    "Scoring!F7": "Small; Big",
    "Scores!F2": "Small",
    "Scores!G2": "Big",
    "Segments!B2": "Amount",
    "Segments!C2": ">=",
    "Segments!D2": 10,
    "Segments!A3": "Small",
    "Matrix!A1": "use / fit",
    "Matrix!B2": "Mail",
    "Overrides!A2": "9",
    "Overrides!B2": "use",
    "Overrides!C2": 91,
    "Overrides!C3": 91,
    "Overrides!D2": "called them",
    "Overrides!E2": "Bob",
    "Overrides!F2": "2026-12-30",
    "Examples!A1": "Amount",
    "Examples!A2": 13,
    "Examples!B1": "expect fit",
    "Examples!B2": "80..91",
    "Examples!C2": "Cold",
    "Examples!B3": "",
    "Fields!A2": "revenue",
    "Fields!B2": "Cost",
    "Fields!C2": "text",
    "Fields!D2": "n/a",
    "Lists!A3": "beta.fr",
    "Settings!B2": "BE",
    "Settings!B3": 1,
    "Settings!B4": "Phone",
    "Settings!B5": "fr",
}
# Changes of words, places and forms that change nothing.
SAME = {
    "Scoring!O2": "by Bob",
    "Scoring!A3": "a",
    "Scoring!B3": "Qualité",
    "Scoring!C2": "2,0",
    "Scoring!E2": "EST",
    "Scoring!F2": "[rivals];x",
    "Scoring!F3": "10 à 20",
    "Scoring!L2": True,
    "Scoring!J2": "0",
    "Scoring!M2": date(2026, 1, 1),
    "Scores!A2": "fit",
    "Settings!B2": "France",
    "Lists!B1": "# x",
    "Bands!A2": "FIT",
    "Scoring!B6": "Engagement",
    "Scores!E3": "50 %",
    "Fields!C2": "Nombre",
    "Settings!A2": "Pays",
    "Scoring!P2": "big",
    "Scoring!P3": "Big",
    "Scoring!F7": "BIG ;small",
    "Scoring!Q1": "Mine",
    "Scores!G2": "SMALL",
    "Segments!A3": "Big",
    "Segments!C3": "dans la liste",
    "Segments!D4": "9,0",
    "Matrix!A1": "Fit/Use",
    "Matrix!A2": "HOT",
    "Overrides!B2": "Fit",
    "Overrides!C2": "90,0",
    "Overrides!C3": "hot",
    "Overrides!F2": date(2026, 12, 31),
    "Overrides!G2": "no need to ask",
    "Examples!B1": "Expect SCORE",
    "Examples!B2": "80 à 90",
    "Examples!B3": "0,0",
}
del MATTERS["Scores!A3"], MATTERS["Matrix!A1"], MATTERS["Scoring!A2"]  # a name of several rows; both are below


IN_PLACE = ("Lists", "Matrix", "Examples")  # sheets where every column says something


def parsed(changes=None, sheets=SHEETS):
    return parse_model(grids_of(sheets, changes))[0]


MODEL = parsed()


def parts(value):
    """The model and every record inside it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)
    else:
        assert not isinstance(value, list | dict | set), value


def test_nothing_inside_can_be_changed():
    records = list(parts(MODEL))
    assert len({type(record) for record in records}) == 18
    for record in records:
        for name in type(record).model_fields:
            with pytest.raises(ValidationError):
                setattr(record, name, getattr(record, name))
        with pytest.raises(ValidationError):
            record.of_ones_own = 1
    assert hash(MODEL) == hash(parsed())


@pytest.mark.parametrize("cell", MATTERS)
def test_the_hash_depends_on_what_a_cell_says(cell):
    assert parsed({cell: MATTERS[cell]}).hash != MODEL.hash


@pytest.mark.parametrize("cell", SAME)
def test_the_hash_does_not_depend_on_how_a_cell_says_it(cell):
    assert parsed({cell: SAME[cell]}).hash == MODEL.hash


def test_the_hash_depends_on_names_and_order():
    renamed = {f"Scoring!A{row}": "C" for row in (2, 3, 4, 5)}
    scoring = SHEETS["Scoring"]
    swapped = {**SHEETS, "Scoring": [COLUMNS, *scoring[2:5], scoring[1], *scoring[5:]]}
    band = dict.fromkeys(("Bands!B2", "Matrix!A2", "Overrides!C3"), "Warm")
    turned = {"Matrix!A1": "use / fit", "Matrix!B1": "Hot", "Matrix!C1": "", "Matrix!A2": "1"}
    changed = [parsed(changes) for changes in (renamed, band, turned)]
    assert len({model.hash for model in (MODEL, parsed(sheets=swapped), *changed)}) == 5


def test_the_hash_does_not_depend_on_places_comments_and_paths():
    moved = {
        name: [["# moved down"], [], *[["note", *row] for row in rows]]
        for name, rows in SHEETS.items()
        if name not in IN_PLACE
    }
    moved["Scoring"][2][0] = moved["Bands"][2][0] = "Whatever"
    other = parsed(sheets={**{name: SHEETS[name] for name in IN_PLACE}, **moved}).model_copy(
        update={"path": "elsewhere.ods"}
    )
    assert other.hash == MODEL.hash
    assert other.model_dump() == MODEL.model_dump()
    assert other.criteria[0].place == Place("Scoring", 4, "B")


def test_the_hash_is_twelve_digits_and_the_same_on_every_machine():
    assert MODEL.hash == "bc83e0793ddf"


def test_settings_that_a_command_replaces_change_the_hash():
    assert MODEL.with_settings(decimals=0).settings.decimals == 0
    assert MODEL.with_settings(decimals=0).hash != MODEL.hash
    assert MODEL.with_settings(decimals=2).hash == MODEL.hash


@pytest.mark.parametrize(
    ("operand", "text"),
    [
        (Bound(number=1_000_000), "1000000"),
        (Bound(number=0.5), "0.5"),
        (Bound(day=date(2026, 3, 31)), "2026-03-31"),
        (Range(low=Bound(number=1), high=Bound(number=2), open_end=True), "1..<2"),
        (Range(low=Bound(day=date(2026, 3, 1)), high=Bound(day=date(2026, 3, 31))), "2026-03-01..2026-03-31"),
        (ListName(list_name="Rivals"), "[Rivals]"),
    ],
)
def test_a_value_reads_as_it_may_be_typed(operand, text):
    assert str(operand) == text
