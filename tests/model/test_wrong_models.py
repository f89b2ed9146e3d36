"""Wrong and doubtful models: every word that is said of them."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from leadscore.issues import Severity
from leadscore.issues.model_codes import MODEL_CODES
from leadscore.model.parse import parse_model
from leadscore.pipeline.examples import failing_examples
from leadscore.pipeline.line import score_leads
from tests.model.sheets import AS_OF, findings, grids_of, leads_of

TABLE = tomllib.loads(Path(__file__).with_name("wrong_models.toml").read_text(encoding="utf-8"))
CASES = TABLE["case"]
# Issues about a sheet or a whole row, not about one cell of it.
OF_A_SHEET = {
    *("scoring-missing", "scoring-empty", "sheet-twice", "sheet-typo", "headings-missing"),
    *("heading-missing", "model-rows-hidden", "examples-expect-nothing"),
}

ABOUT_BRACES = {"braces-unknown", "products-missing", "product-unnamed"}  # {product}, as people type it


def told(case):
    base = TABLE["french" if case.get("french") else "base"]
    sheets = {"Scoring": base["Scoring"], **case.get("sheets", {})}
    sheets = {case.get("rename", {}).get(name, name): rows for name, rows in sheets.items()}
    sheets = {name: rows for name, rows in sheets.items() if name not in case.get("without", ())}
    grids = grids_of(sheets, case.get("set"), case.get("hidden"), case.get("unread", ()))
    leads = leads_of(base["Leads"])
    issues = findings(grids, leads)
    if any(issue.severity is Severity.ERROR for issue in issues):
        return issues
    model = parse_model(grids)[0]
    decisions = score_leads(leads, model, as_of=AS_OF).scored.decisions
    return [*issues, *decisions.issues, *failing_examples(model, AS_OF)]


@cache
def told_of(name):
    """What is told of the case of this name."""
    return told(next(case for case in CASES if case["name"] == name))


def all_told():
    return [issue for case in CASES for issue in told_of(case["name"])]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_mistake_is_told_at_once_in_these_words(case):
    assert [f"{issue.severity.value}: {issue}" for issue in told_of(case["name"])] == case["messages"]


def test_every_code_of_a_model_is_said_by_some_case_and_no_other_code_is():
    said = {issue.code for issue in all_told()}
    assert said == set(MODEL_CODES)


def test_what_is_said_of_a_cell_carries_that_cell():
    issues = [issue for issue in all_told() if issue.code not in OF_A_SHEET]
    assert [str(issue) for issue in issues if not issue.place.cell] == []


def test_no_sentence_is_an_unfilled_template():
    issues = [issue for issue in all_told() if issue.code not in ABOUT_BRACES]
    sentences = [text for issue in issues for text in (issue.problem, issue.advice, str(issue))]
    assert [text for text in sentences if "{" in text or "}" in text] == []


def test_the_right_models_that_the_wrong_ones_start_from_are_right():
    assert told({}) == told({"french": True}) == []


def test_a_case_has_a_name_of_its_own():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 45
