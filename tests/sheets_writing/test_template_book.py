import io
import shutil
import warnings
from datetime import date

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from leadscore.errors import OutputError
from leadscore.sheets.template_book import SPARE_ROWS, Dropdown, TemplateSheet, write_template

KINDS = ("exclusion", "potential", "engagement", "quality")
OPERATORS = tuple(f"operator number {number}" for number in range(30))
FIELDS = ("Phone, mobile", "Company")
SOURCE = TemplateSheet("Source", ["Name", "Phone"], [["Ann", "0612345678"]], is_input=False)
SCORING = TemplateSheet(
    "Scoring",
    ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points", "Comment"],
    [
        ["Target country", "potential", 3, "phone_country", "is", "FR; BE; CH", 100, "=set by Anna"],
        ["Age", "quality", 1, "days", ">", 10, -20],
        ["Post code", "quality", 1, "postcode", "starts with", "06", 10, date(2026, 3, 1)],
    ],
    notes={"Value": "One or several values, ; between.\nExample: FR; BE"},
    dropdowns={
        "Kind": Dropdown(KINDS, strict=True),
        "Operator": Dropdown(OPERATORS),
        "Field": Dropdown(FIELDS),
        "Weight": Dropdown(OPERATORS),
    },
    text_headings=frozenset({"Value"}),
    number_headings=frozenset({"Weight"}),
    bar_headings=frozenset({"Points"}),
    widths={"Comment": 40},
)


def opened(path):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* extension is not supported")
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


@pytest.fixture
def path(tmp_path):
    write_template([SOURCE, SCORING, TemplateSheet("Segments", ["Segment", "Field"])], tmp_path / "leads.xlsx")
    return tmp_path / "leads.xlsx"


def test_cells_are_what_they_were_given_as(path):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Scoring").to_python()

    assert rows[1] == ["Target country", "potential", 3, "phone_country", "is", "FR; BE; CH", 100, "=set by Anna"]
    assert rows[2] == ["Age", "quality", 1, "days", ">", "10", -20, ""]
    assert rows[3] == ["Post code", "quality", 1, "postcode", "starts with", "06", 10, date(2026, 3, 1)]
    assert {cell.data_type for row in opened(path)["Scoring"].iter_rows() for cell in row} <= {"s", "n", "d"}


def test_value_is_text_in_rows_yet_to_come(path):
    sheet = opened(path)["Scoring"]

    assert sheet["F2"].number_format == "@"
    assert sheet.column_dimensions["F"].number_format == "@"
    assert sheet.column_dimensions["A"].number_format == "General"


def test_each_sheet_is_a_table_with_a_frozen_heading_and_help(path):
    book = opened(path)

    tables = [table for sheet in book for table in sheet.tables.values()]
    assert [table.ref for table in tables] == ["A1:B2", "A1:H4", "A1:B2"]
    assert all(table.tableStyleInfo.showRowStripes for table in tables)
    assert {sheet.freeze_panes for sheet in book if sheet.sheet_state == "visible"} == {"A2"}
    assert book["Scoring"]["F1"].comment.text == "One or several values, ; between.\nExample: FR; BE"
    assert round(book["Scoring"].column_dimensions["H"].width) == 41
    assert not book["Scoring"].protection.sheet


def test_drop_downs_reach_spare_rows_and_only_strict_ones_refuse(path):
    book = opened(path)

    rules = {str(rule.sqref): rule for rule in book["Scoring"].data_validations.dataValidation}
    last = 4 + SPARE_ROWS
    assert list(rules) == [f"{letter}2:{letter}{last}" for letter in "BCDE"]
    assert [rule.errorStyle or "stop" for rule in rules.values()] == ["stop", "warning", "warning", "warning"]
    assert rules[f"B2:B{last}"].formula1 == '"exclusion,potential,engagement,quality"'
    assert rules[f"C2:C{last}"].formula1 == rules[f"E2:E{last}"].formula1 == "choices_1"
    assert rules[f"D2:D{last}"].formula1 == "choices_2"


def test_long_lists_and_those_with_commas_stand_on_a_hidden_sheet(path):
    book = opened(path)

    assert book["_choices"].sheet_state == "hidden"
    assert book.defined_names["choices_1"].attr_text == "'_choices'!$A$1:$A$30"
    assert [cell.value for cell in book["_choices"]["A"]] == list(OPERATORS)
    assert [cell.value for cell in book["_choices"]["B"]][:2] == list(FIELDS)


def test_without_long_lists_there_is_no_hidden_sheet(tmp_path):
    write_template([SOURCE], tmp_path / "leads.xlsx")

    assert opened(tmp_path / "leads.xlsx").sheetnames == ["Source"]


def test_input_cells_are_painted_and_the_user_s_leads_are_not(path):
    book = opened(path)

    assert [str(area.sqref) for area in book["Source"].conditional_formatting] == []
    areas = {str(area.sqref) for area in book["Scoring"].conditional_formatting}
    assert areas == {"A2:F204", "G2:G204", "H2:H204"}


def test_equal_sheets_give_equal_bytes(path, tmp_path):
    first = path.read_bytes()
    shutil.move(path, tmp_path / "moved.xlsx")

    write_template([SOURCE, SCORING, TemplateSheet("Segments", ["Segment", "Field"])], path)

    assert path.read_bytes() == first


def test_a_file_that_is_there_is_left_as_it_is(tmp_path):
    path, link = tmp_path / "leads.xlsx", tmp_path / "link.xlsx"
    path.write_text("mine")
    link.symlink_to(tmp_path / "nothing.xlsx")

    for taken in (path, link):
        with pytest.raises(OutputError) as told:
            write_template([SOURCE], taken)
        assert str(told.value) == (
            f"{taken} exists already and is left as it is; choose another folder, or move it away first"
        )
    assert path.read_text() == "mine"
    assert not (tmp_path / "nothing.xlsx").exists()
