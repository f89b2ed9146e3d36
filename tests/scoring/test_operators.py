"""Every operator on the cases of its file: cells as a spreadsheet holds them, the Value as it is typed in the model."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.issues import Place
from leadscore.model.findings import Findings
from leadscore.model.grid import GridCell
from leadscore.model.operands import read_operands
from leadscore.model.operators import FAMILIES, Family
from leadscore.model.table import Entry
from leadscore.model.typed import Reader, day_order_of, decimal_mark_of
from leadscore.scoring.operators import OPERATORS, Surroundings, holds
from leadscore.scoring.values import field_values
from leadscore.values.cells import text_of
from leadscore.values.evidence import Evidence
from leadscore.values.folding import fold, name_key

CASES = Path(__file__).parent / "cases"
AS_OF = date(2026, 3, 15)
BLANKS = ["", "  ", "\u00a0", "\u200b", None, float("nan")]


FILES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(CASES.glob("*.toml"))}
ALL = [
    pytest.param(told["operator"], case, id=f"{name}: {case['name']}")
    for name, told in FILES.items()
    for case in told["case"]
]


def _operands(operator, case):
    findings = Findings()
    reader = Reader(case.get("language", "en"), findings)
    entry = Entry(Place("Scoring", 2, "F"), GridCell(case.get("value")))
    operands = read_operands(operator, entry, reader)
    assert not findings.has_errors, findings.issues
    return operands


def _answers(operator, case, cells):
    language = case.get("language", "en")
    lists = {name_key(name): frozenset(map(fold, entries)) for name, entries in case.get("lists", {}).items()}
    evidence = Evidence(decimal_mark_of(language), day_order_of(language))
    texts = pd.Series([text_of(cell) for cell in [*cells, *case.get("others", [])]], dtype=object)
    values = field_values(texts, evidence, case.get("type", "text"))
    found = holds(operator, values, _operands(operator, case), Surroundings(AS_OF, lists, day_order_of(language)))
    return found[values.codes].tolist()[: len(cells)]


@pytest.mark.parametrize(("operator", "case"), ALL)
def test_which_cells_a_case_holds_for(operator, case):
    true, false = case.get("holds", []), case.get("fails", [])
    wrong = {
        repr(cell): answer
        for cell, answer in zip([*true, *false], _answers(operator, case, [*true, *false]), strict=True)
        if answer is not (repr(cell) in map(repr, true))
    }
    assert wrong == {}


@pytest.mark.parametrize(("operator", "case"), ALL)
def test_only_is_blank_holds_on_a_blank(operator, case):
    assert set(_answers(operator, case, BLANKS)) == {operator == "is blank"}


def test_every_operator_has_a_file_of_cases():
    assert sorted(told["operator"] for told in FILES.values()) == sorted(OPERATORS)


def test_every_operator_has_a_test_and_a_family():
    assert list(OPERATORS) == list(FAMILIES)
    assert set(FAMILIES.values()) == set(Family)


def test_every_operator_explains_itself_and_no_two_alike():
    texts = [test.__doc__ for test in OPERATORS.values()]
    assert all(text and text.endswith(".") for text in texts)
    assert len(set(texts)) == len(texts)


scraps = st.lists(st.sampled_from([*"ab_ -.+é1", "head", "of", "chief of", "日本"]), max_size=6).map("".join)


@given(st.lists(scraps.filter(fold), max_size=5), st.lists(scraps, min_size=1, max_size=5))
def test_many_words_at_once_are_found_as_one_by_one(words, texts):
    values = field_values(pd.Series(texts, dtype=object), Evidence(".", "day-month"))
    around = Surroundings(AS_OF, {}, "day-month")
    one_by_one = [
        any(re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", text) for word in words) for text in values.folded
    ]
    assert OPERATORS["has word"](values, tuple(words), around).tolist() == one_by_one
    inside = [any(fold(word) in text for word in words) for text in values.folded]
    assert OPERATORS["contains"](values, tuple(words), around).tolist() == inside


@pytest.mark.parametrize("operator", [">", "within days"])
def test_an_operand_of_the_wrong_shape_is_a_bug_told_at_once(operator):
    values = field_values(pd.Series(["5"], dtype=object), Evidence(".", "day-month"))
    with pytest.raises(TypeError, match="needs a number or a day" if operator == ">" else "number of days is needed"):
        holds(operator, values, ("5",), Surroundings(AS_OF, {}, "day-month"))
