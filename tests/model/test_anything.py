"""Whatever stands in the cells, a model is read or refused in words."""

import re
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.errors import ModelError
from leadscore.issues import Severity
from leadscore.model.behaviours_sheet import BEHAVIOURS
from leadscore.model.grid import BLANK, GridCell
from leadscore.model.operators import FAMILIES
from leadscore.model.parse import parse_model, read_draft
from leadscore.model.scoring_sheet import KNOWN
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.examples import failing_examples
from leadscore.pipeline.line import score_leads
from leadscore.plan.plan import make_plan
from leadscore.values.cells import CellError, ShownNumber
from tests.laws import examples
from tests.model.sheets import AS_OF, grids_of, leads_of

FORMATS = st.sampled_from(
    ["General", "0%", "d-mmm", "mmm-yy", "dd/mm/yyyy", '0.0" %"', "@", "h:mm", "[$-40C]d-mmm;@", ""]
)
LETTERS = st.characters(exclude_characters="{}", exclude_categories=["Cs"])
DAYS = st.dates(date(1900, 1, 1), date(9999, 12, 31))
WORDS = st.sampled_from(
    [
        *FAMILIES,
        *(vocabulary("headings").say(name, "fr") for name in KNOWN),
        *("{product}", "{}", "step 25 %", "half-life", "4 weeks", "leave out", "account", "weighted mean"),
        *("exclusion", "somme", "skip", "ignorer", "total", "oui", "no", "[Rivals]", "Rivals", "#", "# x", "+", "=1+1"),
        *("10..20", "20..10", "10..<20", "5..10 k€", "a..b", "..", "1 à 2", "2026-01-01..2026-02-01", "10-20", "-"),
        *(
            "50 %",
            "1.500",
            "1e308",
            "9" * 400,
            "01/03/2026",
            "FR, BE, CH",
            "FR; BE",
            ";",
            "(?=x)",
            "(a)\\1",
            "[",
            "\x00",
        ),
    ]
)
NUMBERS = st.sampled_from([float("nan"), float("inf"), -float("inf"), 1e308, -1e308, 5e-324, -0.0, 0, -1, 10**15, 1.5])
VALUES = st.one_of(
    WORDS,
    st.text(LETTERS, max_size=12),
    NUMBERS,
    st.integers(-(10**300), 10**300),
    st.floats(),
    st.booleans(),
    st.none(),
    DAYS,
    DAYS.map(lambda day: datetime.combine(day, time(14, 30))),
    st.times(),
    st.just(ShownNumber(6, "06", "00")),
    st.sampled_from(["#N/A", "#DIV/0!", ""]).map(CellError),
)
CELLS = st.one_of(st.builds(GridCell, VALUES, FORMATS), st.just(BLANK))
SHEETS = {
    "Scoring": [
        [vocabulary("headings").say(name, "en") for name in KNOWN],
        ["Country", "exclusion", 1, "country", "is", "FR; BE", 100, "", "first"],
        ["Country", "exclusion", 1, "country", "otherwise", "", -1000, "", "first"],
        ["Budget", "potential", 2, "budget", "between", "10..20", 50, "fit", "sum", -10, 90, "Big"],
        ["Budget", "potential", 2, "budget", "is blank", "", "skip", "fit", "sum", -10, 90, "Big"],
        ["Rival", "quality", 1, "Website", "in list", "Rivals", -5, "fit"],
        ["Seen", "engagement", 1, "Seen", "within days", 30, 9, "heat", "", "", "", "", "", "2026-01-01", "2026-12-31"],
        ["Who", "potential", 1, "", "in segment", "Big; Rival", 7, "heat"],
    ],
    "Scores": [
        ["Score", "Method", "Min", "Max", "In total", "Segment", "Cap unless segment"],
        ["fit", "mean", 0, 80, 1, "", "Big"],
        ["heat", "sum", "", "", "50 %", "Rival", ""],
        ["for {product}"],
    ],
    "Behaviours": [
        [vocabulary("headings").say(name, "en") for name in BEHAVIOURS.known],
        ["heat", "Visit", "contains", "pricing; demo", 2, 5, 0, 20, "4 weeks", "step 25 %", 30, "active", "", "yes"],
        [
            "for {product}",
            "Seen {product}",
            "matches",
            "{product}",
            "",
            1,
            "",
            "",
            90,
            "half-life",
            "2 weeks",
            "passive",
        ],
        [
            "heat",
            "Rival page",
            "in list",
            "Rivals",
            "",
            -3,
            "",
            "",
            "",
            "",
            "",
            "",
            "Pump",
            "",
            "2026-01-01",
            "2026-12-31",
        ],
    ],
    "Bands": [
        ["Score", "Band", "From", "Action"],
        ["fit", "A", 50],
        ["fit", "B", ""],
        ["heat", "1", 5],
        ["", "Hot", 9],
    ],
    "Segments": [
        ["Segment", "Field", "Operator", "Value"],
        ["Big", "budget", ">", 15],
        ["", "country", "is", "FR"],
        ["Rival", "Website", "is not blank", ""],
    ],
    "Matrix": [["fit / heat", "1"], ["A", "Call"], ["B", "Wait"]],
    "Overrides": [
        ["Lead", "Score", "Value", "Reason", "By", "Until"],
        ["1", "", 90, "met them", "Ann", "2026-12-31"],
        ["ann@acme.fr", "fit", "A", "met them", "", ""],
    ],
    "Examples": [["country", "budget", "expect score", "expect fit_band"], ["FR", 12, "0..100", "A"]],
    "Lists": [["Rivals", "Free mail domains", "Products"], ["rival.com", "x.fr", "Pump"], ["", "", "Valve"]],
    "Settings": [
        *(["Setting", "Value"], ["Decimals", 1], ["Examples as of", "2026-03-01"], ["Id field", "Id"]),
        *(["Robot activities", "leave out"], ["Role address activities", 20], ["Recycled share", "25 %"]),
        *(["Account roll-up", "weighted mean"], ["Account weight", "budget"]),
    ],
    "Fields": [["Field", "Column", "Type", "Blank values"], ["budget", "Budget", "number", "-"]],
}
LEADS = leads_of(
    [
        ["Id", "E-mail", "Country", "Budget", "Website", "Seen"],
        ["1", "ann@acme.fr", "FR", "12", "rival.com", "2026-11-01"],
        ["2", "", "", "x", "", ""],
    ]
)
PLACES = [
    f"{name}!{chr(ord('A') + column)}{row}"
    for name, rows in SHEETS.items()
    for row in range(1, len(rows) + 2)
    for column in range(max(map(len, rows)) + 1)
]


def test_the_model_to_begin_with_is_right():
    model, issues = parse_model(grids_of(SHEETS))
    assert issues == ()
    assert failing_examples(model, AS_OF) == ()


@examples(500)
@given(st.dictionaries(st.sampled_from(PLACES), CELLS, min_size=1, max_size=8), st.booleans())
def test_a_model_is_read_or_refused_in_words(changes, has_leads):
    grids = grids_of(SHEETS, changes)
    draft, issues = read_draft(grids)
    assert len(draft.hash) == 12
    if any(issue.severity is Severity.ERROR for issue in issues):
        with pytest.raises(ModelError) as refused:
            parse_model(grids)
        assert refused.value.issues == issues
    else:
        assert parse_model(grids) == (draft, issues)
        issues += told_by_scoring(draft)
    for issue in (*issues, *told_by_plan(draft, LEADS if has_leads else None)):
        assert "{" not in re.sub(r"\{(product)?\}", "", str(issue)), issue
        assert issue.place.sheet or not issue.place.row


def told_by_plan(draft, leads):
    """What is said of the names in a model, which may be a draft with errors."""
    try:
        return make_plan(draft, leads, AS_OF).issues
    except ModelError as problem:
        return problem.issues


def told_by_scoring(model):
    """What is said of the names in a right model, and of its examples and overrides."""
    try:
        return (*score_leads(LEADS, model, as_of=AS_OF).scored.decisions.issues, *failing_examples(model, AS_OF))
    except ModelError as problem:
        return problem.issues
