"""What a reader did to the last results stays: widths, hidden columns, notes, filters, a chart of their own."""

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from leadscore.errors import OutputError
from leadscore.sheets.graft.graft import graft
from leadscore.sheets.graft.package import open_package, write_package
from leadscore.sheets.output import OutBook, OutColumn, OutSheet
from leadscore.sheets.safe_write import look
from leadscore.sheets.write_in_place import write_in_place
from tests.in_place.rich_book import OFFICE, change, parts_of

RESULTS, TABLE = "xl/worksheets/leadscoreResults.xml", "xl/tables/table1.xml"


def write(path, names=("Ann", "Bob", "Zoe"), scores=(50, 33.3, -20), *, first=()):
    columns = [
        *first,
        OutColumn("Name", list(names)),
        OutColumn("score", list(scores), "score", note="What it is worth."),
        OutColumn("detail", list(scores), "number", group=True, folded=True),
    ]
    write_in_place(OutBook([OutSheet("Results", columns)], date(2026, 3, 31)), look(path), lambda _: False)
    return parts_of(path)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "leads.xlsx"
    openpyxl.Workbook().save(path)
    write(path)
    return path


def results(path):
    return openpyxl.load_workbook(path)["Results"]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_widths_and_hidden_columns_follow_their_headings(path):
    cols = (
        b'<cols><col min="1" max="1" width="33.7109375" customWidth="1"/><col min="2" max="2" width="9.7109375" '
        b'hidden="1" customWidth="1"/><col min="3" max="3" width="20.5703125" customWidth="1" outlineLevel="1"/></cols>'
    )
    change(path, **{RESULTS: lambda xml: xml[: xml.index(b"<cols>")] + cols + xml[xml.index(b"</cols>") + 7 :]})

    write(path, first=[OutColumn("New", ["", "", ""])])

    columns = results(path).column_dimensions
    assert [round(columns[letter].width, 4) for letter in "BD"] == [33.7109, 20.5703]
    assert [columns[letter].hidden for letter in "ABCD"] == [False, False, True, False]
    assert columns["D"].outlineLevel == 1


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("column", [2, 4])
def test_a_column_that_a_reader_added_is_not_lost(path, column):
    book = openpyxl.load_workbook(path)
    if column == 2:
        book["Results"].insert_cols(2)
    book["Results"].cell(1, column).value = "Call back"
    book["Results"].cell(2, column).value = "Monday"
    book.save(path)
    before = path.read_bytes()

    with pytest.raises(OutputError) as refused:
        write(path)

    assert str(refused.value) == (
        'the sheet "Results" has a column "Call back" that leadscore did not write and would lose; '
        "move it to another sheet, then run again"
    )
    assert path.read_bytes() == before


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_columns_may_come_and_go(path):
    before = path.read_bytes()

    write(path, first=[OutColumn("New", ["", "", ""])])
    assert [cell.value for cell in results(path)[1]] == ["New", "Name", "score", "detail"]

    write(path)
    assert [cell.value for cell in results(path)[1]] == ["Name", "score", "detail"]
    assert path.read_bytes() == before


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_notes_of_the_readers_stay_on_their_heading_and_with_their_lead(path):
    notes = (
        b'<comment ref="A1" authorId="1"><text><t>Mine &amp; theirs</t></text></comment>'
        b'<comment ref="B3" authorId="1"><text><r><t>Call </t></r><r><t>Bob</t></r></text></comment></commentList>'
    )
    change(path, **{
        "xl/comments1.xml": lambda xml: xml.replace(b"</authors>", b"<author>Ann</author></authors>")
        .replace(b"</commentList>", notes)
    })  # fmt: skip

    write(path, ("Lea", "Ann", "Bob", "Zoe"), (1, 50, 33.3, -20))
    first = path.read_bytes()
    write(path, ("Lea", "Ann", "Bob", "Zoe"), (1, 50, 33.3, -20))

    sheet = results(path)
    found = {cell.coordinate: (cell.comment.author, cell.comment.text) for row in sheet for cell in row if cell.comment}
    assert found == {
        "A1": ("Ann", "Mine & theirs"),
        "B1": ("leadscore", "What it is worth."),
        "B4": ("Ann", "Call Bob"),
    }
    assert path.read_bytes() == first


BETWEEN = (
    '<customFilters and="1"><customFilter operator="greaterThan" val="0"/>'
    '<customFilter operator="lessThan" val="40"/></customFilters>'
)
FILTERS = [
    (0, '<filters><filter val="Bob"/></filters>', ["Bob"]),
    (0, '<filters blank="1"><filter val="ann"/></filters>', ["Ann", ""]),
    (0, '<customFilters><customFilter val="*o*"/></customFilters>', ["Bob", "Zoe"]),
    (0, '<customFilters><customFilter operator="notEqual" val="B?b"/></customFilters>', ["Ann", "Zoe", ""]),
    (1, '<customFilters><customFilter operator="greaterThan" val="33"/></customFilters>', ["Ann", "Bob"]),
    (1, BETWEEN, ["Bob"]),
    (1, '<filters><filter val="33.3 "/></filters>', ["Bob"]),
    (1, '<top10 val="2"/>', ["Ann", "Bob", "Zoe", ""]),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize(("column", "criteria", "shown"), FILTERS)
def test_filters_stay_and_leave_out_rows(path, column, criteria, shown):
    inside = f'<filterColumn colId="{column}">{criteria}</filterColumn>'.encode()
    change(path, **{TABLE: lambda xml: xml.replace(b'C4"/>', b'C4">' + inside + b"</autoFilter>", 1)})

    after = write(path, ("Ann", "Bob", "Zoe", ""), (50, 33.3, -20, -30), first=[OutColumn("New", [""] * 4)])

    assert f'<filterColumn colId="{column + 1}">{criteria}</filterColumn>'.encode() in after[TABLE]
    sheet = results(path)
    rows = [row for row in range(2, 6) if not sheet.row_dimensions[row].hidden]
    assert [sheet.cell(row, 2).value or "" for row in rows] == shown


def test_filters_by_colour_or_on_a_column_that_is_gone_go(path):
    inside = (
        b'<filterColumn colId="0"><colorFilter dxfId="7"/></filterColumn>'
        b'<filterColumn colId="9"><filters><filter val="x"/></filters></filterColumn>'
    )
    change(path, **{TABLE: lambda xml: xml.replace(b'C4"/>', b'C4">' + inside + b"</autoFilter>", 1)})

    assert b"filterColumn" not in write(path)[TABLE]


def test_a_table_keeps_the_name_its_reader_gave_it(path):
    change(path, **{TABLE: lambda xml: xml.replace(b"leadscore_Results", b"Scores")})

    assert b'name="Scores" displayName="Scores"' in write(path)[TABLE]


def test_a_chart_of_the_readers_stays(path):
    parts = {
        "xl/drawings/drawing7.xml": b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
        b'spreadsheetDrawing"/>'
    }
    relation = f'<Relationship Id="rId9" Type="{OFFICE}/drawing" Target="../drawings/drawing7.xml"/></Relationships>'
    override = (
        b'<Override PartName="/xl/drawings/drawing7.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    )
    change(path, **{
        "xl/drawings/drawing7.xml": lambda _: parts["xl/drawings/drawing7.xml"],
        RESULTS: lambda xml: xml.replace(b"<legacyDrawing ", b'<drawing r:id="rId9"/><legacyDrawing '),
        "xl/worksheets/_rels/leadscoreResults.xml.rels":
            lambda xml: xml.replace(b"</Relationships>", relation.encode()),
        "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", override),
    })  # fmt: skip

    after = write(path)
    first = path.read_bytes()
    write(path)

    assert path.read_bytes() == first
    assert b'<drawing r:id="rIdDrawing"/><legacyDrawing ' in after[RESULTS]
    assert b'Target="../drawings/drawing7.xml"' in after["xl/worksheets/_rels/leadscoreResults.xml.rels"]
    assert after["xl/drawings/drawing7.xml"] == parts["xl/drawings/drawing7.xml"]


# Donors of any kind ---------------------------------------------------------------------------------------------------


def test_formulas_charts_and_tables_of_a_donor_read_the_target(tmp_path):
    path = tmp_path / "model.xlsx"
    book = xlsxwriter.Workbook(str(path))
    scoring = book.add_worksheet("It's scoring")
    scoring.write_column("G1", ["Points", 1, 2, 40])
    scoring.add_table("G1:G4", {"name": "Table1", "columns": [{"header": "Points"}]})
    book.close()
    file = io.BytesIO()
    donor = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = donor.add_worksheet("Results")
    sheet.write_row("A1", ["score", "sum"])
    sheet.write_formula("A2", "='It''s scoring'!G4+1", None, 41)
    sheet.add_table("A1:B2", {"columns": [{"header": "score"}, {"header": "sum", "formula": "=SUM(Table1[score])"}]})
    chart = donor.add_chart({"type": "column"})
    chart.add_series({"values": "=Results!$A$2:$A$2"})
    sheet.insert_chart("D2", chart)
    donor.close()

    for _ in range(2):
        with path.open("rb") as source:
            package = open_package(source)
        graft(package, open_package(file))
        write_package(path, package)

    parts = parts_of(path)
    assert b"<f>'It''s scoring'!G4+1</f><v>41</v>" in parts["xl/worksheets/leadscoreResults.xml"]
    assert b"leadscore_Results[score]" in parts["xl/worksheets/leadscoreResults.xml"]
    assert b"leadscore_Results[score]" in parts["xl/tables/table2.xml"]
    assert {name for name in parts if "chart" in name or "drawing" in name} == {
        "xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels",
    }  # fmt: skip
    book = openpyxl.load_workbook(path, data_only=True)
    assert book["Results"]["A2"].value == 41
    assert len(book["Results"]._charts) == 1
