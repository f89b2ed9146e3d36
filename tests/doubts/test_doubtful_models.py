"""Doubtful models: every word that `check` says of them."""

import tomllib
from pathlib import Path

import openpyxl
import pytest

from leadscore.issues.doubt_codes import DOUBT_CODES
from leadscore.pipeline.check import CheckJob, check_model

TABLE = tomllib.loads(Path(__file__).with_name("doubtful_models.toml").read_text(encoding="utf-8"))
CASES = TABLE["case"]
AS_OF = "2026-11-21"


def checked(case, folder, make):
    """The findings about a case's model: the rows of its sheets under the headings of the base, some cells changed."""
    base = TABLE["french" if case.get("french") else "base"]
    sheets = {name: headed(rows, base.get(name)) for name, rows in case.get("sheets", {}).items()}
    sheets = {"Scoring": base["Scoring"], **sheets}
    path = make.book(folder / "model.xlsx", **{name: [blanked(row) for row in rows] for name, rows in sheets.items()})
    source = make.csv(folder / "leads.csv", rows_of(case["leads"])) if "leads" in case else None
    done = [make.csv(folder / "done.csv", rows_of(case["activities"]))] if "activities" in case else []
    return check_model(CheckJob(path, source, AS_OF, tuple(done)))


def headed(rows, usual):
    """The rows below the usual headings of their sheet, unless they bring headings of their own."""
    return rows if not usual or rows[0][0] == usual[0][0] else [usual[0], *rows]


def blanked(row):
    return [None if cell == "" else cell for cell in row]


def rows_of(table):
    """Rows below their headings; [3, row] is a row three times."""
    headings, *rows = table
    repeated = [row if isinstance(row[-1], list) else (1, row) for row in rows]
    return [headings, *(row for times, row in repeated for _ in range(times))]


def told(case, folder, make):
    return [f"{issue.severity.value}: {issue}" for issue in checked(case, folder, make).issues]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_doubt_is_told_in_these_words(case, tmp_path, make):
    assert told(case, tmp_path, make) == case["messages"]


def test_every_code_of_a_doubt_is_said_by_some_case():
    said = {message.rpartition("[")[2].rstrip("]") for case in CASES for message in case["messages"]}
    assert set(DOUBT_CODES) - said == set()


def test_no_sentence_is_an_unfilled_template():
    messages = [message for case in CASES for message in case["messages"]]
    assert [message for message in messages if "{" in message or "}" in message] == []


def test_there_are_many_cases_each_with_a_name_of_its_own():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 35


def test_numbers_typed_as_text_are_none_in_a_csv_file(tmp_path, make):
    rows = [TABLE["base"]["Scoring"][0], ["Country", "potential", "1", "Country", "is", "FR", "20"]]

    assert check_model(CheckJob(make.csv(tmp_path / "m.csv", rows))).issues == ()


def test_hidden_rows_are_told_once(tmp_path, make):
    path = make.book(tmp_path / "m.xlsx", Scoring=[blanked(row) for row in TABLE["base"]["Scoring"]])
    book = openpyxl.load_workbook(path)
    book["Scoring"].row_dimensions[2].hidden = True
    book.save(path)

    assert [issue.code for issue in check_model(CheckJob(path)).issues] == ["model-rows-hidden"]
