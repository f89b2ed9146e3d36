"""Whatever stands in the cells, a model is read or refused in words."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadscore.errors import ModelError
from leadscore.issues import Severity
from leadscore.model.grid import BLANK, GridCell
from leadscore.model.operators import FAMILIES
from leadscore.model.parse import parse_model, read_draft
from leadscore.model.scoring_sheet import KNOWN
from leadscore.model.templates import template_sheets
from leadscore.model.vocabulary import vocabulary
from leadscore.plan.plan import make_plan
from leadscore.values.cells import CellError, ShownNumber
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
SHEETS = {**template_sheets("simple", "en"), "Scores": [["Score", "Method", "Min", "Max", "In total"], ["fit"]]}
LEADS = leads_of(SHEETS.pop("Source"))
PLACES = [
    f"{sheet}!{letter}{row}"
    for sheet, rows, letters in (("Scoring", 20, "ABCDEFGHIJKLMNO"), ("Bands", 5, "ABCD"), ("Scores", 4, "ABCDE"))
    for row in range(1, rows)
    for letter in letters
] + [f"{sheet}!{letter}{row}" for sheet in ("Settings", "Fields", "Lists") for row in range(1, 6) for letter in "ABCD"]
# Columns that the template does not have, so that cells under them mean something.
MORE = {
    f"Scoring!{letter}1": name
    for letter, name in zip("IJKLMN", ["Score", "Policy", "Min", "Max", "From", "Active"], strict=True)
}


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(PLACES), CELLS, min_size=1, max_size=12), st.booleans())
def test_a_model_is_read_or_refused_in_words(changes, has_leads):
    grids = grids_of(SHEETS, {**MORE, **changes})
    draft, issues = read_draft(grids)
    assert len(draft.hash) == 12
    if any(issue.severity is Severity.ERROR for issue in issues):
        with pytest.raises(ModelError) as refused:
            parse_model(grids)
        assert refused.value.issues == issues
    else:
        assert parse_model(grids) == (draft, issues)
    for issue in (*issues, *told_by_plan(draft, LEADS if has_leads else None)):
        assert "{" not in str(issue), issue
        assert issue.place.sheet or not issue.place.row


def told_by_plan(draft, leads):
    """What is said of the names in a model, which may be a draft with errors."""
    try:
        return make_plan(draft, leads, AS_OF).issues
    except ModelError as problem:
        return problem.issues
