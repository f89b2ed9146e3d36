"""One model is the same model in whatever form its file has."""

import csv
from datetime import date

import openpyxl
import pytest

from leadscore.model.parse import is_model_sheet, parse_model
from leadscore.sheets.model_files import read_grids

SHARE = (0.5, "0%", "50 %")  # native number, its format, and how CSV writes it
DAY = (date(2026, 12, 31), "dd/mm/yyyy", "2026-12-31")
YES = (True, "General", "VRAI")
SCORING = [
    ["A title above the headings"],
    [],
    ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points", "Policy", "Max", "Active", "Until", "Mine"],
    ["# a remark", "", 7],
    ["Target country", "exclusion", SHARE, "country", "is", "FR; BE\nCH", 100, "", "", YES, DAY, "x"],
    ["", "", "", "", "otherwise", "", -1000],
    ["Budget", "potential", 2, "Budget", "between", "5..<10 k€; 2026-01-01..2026-03-31", 1.5, "sum", 10, "", "", ""],
    ["budget", "Potentiel", "2", "Budget", ">", SHARE, -20],
    ["Budget", "", "", "", "is blank", "", "skip"],
    [],
    ["Post code", "quality", 1, "Postcode", "starts with", "06; 2A", 10],
    ["Post code", "", "", "", "is", 33, 5],
    ["Since", "engagement", 1, "Created at", "within days", 30, 5],
    ["Since", "", "", "", ">=", DAY, 0],
    ["Opt in", "", 1, "Opt in", "is", "yes", 5],
    ["Opt in", "", "", "", "matches", r"^y(es)?\b", 5],
]
MORE = {
    "Bands": [["Band", "From", "Action"], ["Hot", 80, "Call"], ["Warm", 12.5, ""], ["Cold", "", ""]],
    "Scores": [["Score", "Method", "Min", "In total"], ["fit", "mean", -50, SHARE]],
    "Champs": [["Champ", "Colonne", "Type", "Valeurs vides"], ["budget", "Budget", "nombre", "Select; -"]],
    "Lists": [["Rivals", "Role accounts"], ["acme.fr", "hello"], ["beta.fr", "-info"]],
    "Settings": [["Setting", "Value"], ["Country", "France"], ["Decimals", 2], ["Time zone", "Europe/Paris"]],
    "Source": [["Email", "Budget"], ["ann@acme.fr", 12]],
    "Journal": [["2026-11-01", "first version"]],
}


def write_book(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                cell.value, cell.number_format = value[:2] if isinstance(value, tuple) else (value, cell.number_format)
    sheet.merge_cells("A30:B30")
    book.save(path)
    return path


def write_csv(path, rows, delimiter=","):
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        texts = [[value[2] if isinstance(value, tuple) else value for value in row] for row in rows]
        csv.writer(file, delimiter=delimiter).writerows(texts)
    return path


def model_in(path):
    model, issues = parse_model(read_grids(path, is_model_sheet))
    assert issues == ()
    return model


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    write_book(folder / "small.xlsx", {"Scoring": SCORING})
    write_book(folder / "large.xlsx", {"Scoring": SCORING, **MORE})
    return folder


@pytest.fixture(scope="module")
def small(folder):
    return model_in(folder / "small.xlsx")


@pytest.fixture(scope="module")
def large(folder):
    return model_in(folder / "large.xlsx")


def same(one, other):
    return one.hash == other.hash and one.model_dump() == other.model_dump()


def test_the_workbook_says_what_was_meant(small, large):
    assert [(one.name, one.weight, len(one.cases)) for one in small.criteria] == [
        ("Target country", 0.5, 2),
        ("Budget", 2, 3),
        ("Post code", 1, 2),
        ("Since", 1, 2),
        ("Opt in", 1, 2),
    ]
    assert small.criteria[0].last_day == date(2026, 12, 31)
    assert (len(large.bands), len(large.fields), len(large.lists), large.settings.decimals) == (3, 1, 2, 2)
    assert large.scores[0].in_total == 0.5


def test_xlsm(small, large, folder):
    assert same(model_in(write_book(folder / "small.xlsm", {"Scoring": SCORING})), small)
    assert same(model_in(write_book(folder / "large.xlsm", {"Scoring": SCORING, **MORE})), large)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_one_csv(small, folder, delimiter):
    assert same(model_in(write_csv(folder / "any name.csv", SCORING, delimiter)), small)


def test_a_folder_of_csv(large, tmp_path):
    for name, rows in {"scoring": SCORING, **MORE}.items():
        write_csv(tmp_path / f"{name}.csv", rows)
    (tmp_path / "notes.txt").write_text("not a sheet")
    assert same(model_in(tmp_path), large)


def test_ods(small, large, folder, converted):
    paths = converted([folder / "small.xlsx", folder / "large.xlsx"], "ods")
    assert same(model_in(paths[0]), small)
    assert same(model_in(paths[1]), large)


def test_cells_merged_over_the_rows_of_a_criterion(tmp_path):
    rows = [
        ["Criterion", "Field", "Operator", "Value", "Points"],
        ["A", "Budget", "is", "x", 1],
        ["", "", "is", "y", 2],
    ]
    path = write_book(tmp_path / "merged.xlsx", {"Scoring": [*rows, ["B", "Budget", "is", "x", 3]]})
    book = openpyxl.load_workbook(path)
    book["Scoring"].merge_cells("A2:A3")
    book["Scoring"].merge_cells("B2:B3")
    book.save(path)
    assert [(one.name, len(one.cases)) for one in model_in(path).criteria] == [("A", 2), ("B", 1)]


def test_a_filtered_row_is_read_and_said_to_be(tmp_path):
    path = write_book(tmp_path / "filtered.xlsx", {"Scoring": SCORING})
    book = openpyxl.load_workbook(path)
    book["Scoring"].row_dimensions[6].hidden = True
    book["Scoring"].row_dimensions[10].hidden = True
    book.save(path)
    model, issues = parse_model(read_grids(path, is_model_sheet))
    assert len(model.criteria[0].cases) == 2
    assert [(issue.code, issue.place.row, issue.details["count"]) for issue in issues] == [("model-rows-hidden", 6, 1)]


def test_a_sheet_with_a_typo_is_told_though_it_is_not_loaded(tmp_path):
    path = write_book(tmp_path / "typo.xlsx", {"Scoring": SCORING, "Bnads": [["Band"]], "Leads 2026": [["x"]]})
    assert [str(issue) for issue in parse_model(read_grids(path, is_model_sheet))[1]] == [
        'Bnads: the sheet "Bnads" is not read; did you mean "Bands"? [sheet-typo]'
    ]
    (tmp_path / "csv").mkdir()
    for name in ("Scoring", "Setings"):
        write_csv(tmp_path / "csv" / f"{name}.csv", SCORING)
    assert [issue.code for issue in parse_model(read_grids(tmp_path / "csv", is_model_sheet))[1]] == ["sheet-typo"]
