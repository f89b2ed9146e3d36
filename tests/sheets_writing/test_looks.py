"""Formulas of ours, words in colours with icons, folded details, and where a sheet opens."""

import re
import zipfile
from datetime import date

import openpyxl
import pytest

from leadscore.model.grid import GridCell
from leadscore.sheets.output import Look, OutBook, OutColumn, OutGrid, OutSheet
from leadscore.sheets.write_workbook import write_workbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

HOT = Look("Hot", 1.0, "🔥")


def written(folder, *columns, model_sheets=(), **options):
    path = folder / "out.xlsx"
    book = OutBook([OutSheet("Results", columns, **options)], date(2026, 3, 1), model_sheets=model_sheets)
    write_workbook(book, path)
    return path


def xml_of(path, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(path) as parts:
        return parts.read(name).decode()


def test_formulas_stand_beside_what_they_give_now(tmp_path):
    cells = [1.5, "", "Hot", float("nan")]
    path = written(tmp_path, OutColumn("x", cells[:1], "number", formulas=["=1+0.5"]))
    assert "<f>1+0.5</f><v>1.5</v>" in xml_of(path)

    path = written(tmp_path, OutColumn("x", cells[1:3], "band", formulas=['=""', '="Hot"']))
    assert [cell.value for cell in openpyxl.load_workbook(path, data_only=True)["Results"]["A"]] == ["x", None, "Hot"]


def test_a_text_of_a_lead_is_no_formula_beside_ours(tmp_path):
    path = written(tmp_path, OutColumn("x", ["=1+1", "Hot"], "text", formulas=["", '="Hot"']))

    cells = openpyxl.load_workbook(path)["Results"]["A"]

    assert [(cell.value, cell.data_type) for cell in cells[1:]] == [("=1+1", "s"), ('="Hot"', "f")]


def test_a_band_keeps_its_word_and_shows_an_icon_and_a_colour(tmp_path):
    path = written(tmp_path, OutColumn("band", ["Hot", 'A "b"'], "band", looks=[HOT, Look('A "b"', 0.0)]))

    sheet = openpyxl.load_workbook(path)["Results"]
    rules = [rule for group in sheet.conditional_formatting for rule in group.rules if "TRUE" not in rule.formula]

    assert sheet["A2"].value == "Hot"
    assert [rule.formula for rule in rules] == [['$A2="Hot"'], ['$A2="A ""b"""']]
    assert [rule.dxf.numFmt and rule.dxf.numFmt.formatCode for rule in rules] == ['"🔥 "@', None]
    assert rules[0].dxf.fill.bgColor.rgb == "FF1B734C"
    assert rules[0].dxf.font.color.rgb == "FFFFFFFF"


def test_folded_columns_are_hidden_and_the_next_one_bears_their_button(tmp_path):
    details = [OutColumn(f"d{place}", [1.0], "number", group=True, folded=True) for place in range(2)]
    path = written(tmp_path, OutColumn("score", [1.0], "score"), *details)

    columns = re.findall(r"<col [^>]*>", xml_of(path))

    assert 'hidden="1" outlineLevel="1"' in columns[1].replace(' customWidth="1"', "")
    assert 'collapsed="1"' in columns[-1]
    assert "hidden" not in columns[-1]


@pytest.mark.parametrize(("width", "opens_at"), [(10, "B1"), (60, "D1")])
def test_a_sheet_opens_on_our_columns_where_the_user_s_fill_the_screen(tmp_path, width, opens_at):
    own = [OutColumn(name, ["x"], width=width) for name in "ABC"]
    path = written(tmp_path, *own, OutColumn("score", [1.0], "score"), frozen_columns=1, first_column=3)

    pane = openpyxl.load_workbook(path)["Results"].sheet_view.pane

    assert (pane.xSplit, pane.ySplit, pane.topLeftCell.rstrip("0123456789") + "1") == (1, 1, opens_at)


def test_a_sheet_of_the_model_has_each_cell_where_it_stood(tmp_path):
    rows = ((GridCell("# help"),), (GridCell("Criterion"), GridCell("Points")), (GridCell("=1"), GridCell(0.5, "0%")))
    grid = OutGrid("Scoring", rows, frozenset({(3, "B")}), heading_row=2)

    path = written(tmp_path, OutColumn("score", [1.0], "score"), model_sheets=[grid])
    sheet = openpyxl.load_workbook(path)["Scoring"]

    assert [cell.value for cell in sheet["A"]] == ["# help", "Criterion", "=1"]
    assert (sheet["A3"].data_type, sheet["B3"].number_format) == ("s", "0%")
    assert sheet["B3"].fill.start_color.rgb == "FFFFF8DC"
    assert sheet["A2"].font.bold
