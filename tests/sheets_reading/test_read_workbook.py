"""Workbooks: what python-calamine and the scan of the XML make of them together."""

import datetime as dt
import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from leadscore.errors import SourceError, UsageError
from leadscore.sheets import read_package, read_workbook
from leadscore.values.cells import CellError, ShownNumber

PHONE = '0#" "##" "##" "##" "##'
LOST = (
    "{} has more than 15 digits, so Excel has already replaced the last ones by zeros; "
    "format the column as Text at the source and type the number again"
)
UNCALCULATED = "the formula was never calculated; open the file in Excel and save it once; read as blank"
MERGED = (
    "Leads: the cells A6:B6, A8:B8, A10:B10, A12:B12, A14:B14 and 1 more are merged; "
    "only the first holds the value; unmerge them at the source [cells-merged]"
)


@pytest.fixture
def book(tmp_path):
    """Write a workbook by a function of it, and give its path."""

    def write(fill, name="leads.xlsx", **options):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, options) as workbook:
            fill(workbook)
        return path

    return write


def rows(*lines, sheet="Leads"):
    def fill(workbook):
        worksheet = workbook.add_worksheet(sheet)
        for number, line in enumerate(lines):
            worksheet.write_row(number, 0, line)

    return fill


def rewritten(path, part, change):
    """The same workbook with the bytes of one part changed."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_values_keep_their_kind(book, read_leads):
    day = dt.datetime.fromisoformat("2026-03-01 14:30")

    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, list("abcdefghij"))
        sheet.write_row(1, 0, ["01000", 33612345678, 1.5, True])
        sheet.write_datetime(1, 4, day, workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write_datetime(1, 5, day.replace(hour=0, minute=0), workbook.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(1, 6, day.time(), workbook.add_format({"num_format": "hh:mm"}))
        sheet.write_number(1, 7, 1.5, workbook.add_format({"num_format": "[h]:mm"}))
        sheet.write_number(1, 8, 1000, workbook.add_format({"num_format": "00000"}))
        sheet.write_formula(1, 9, "=A1", None, "a")

    row = read_leads(book(fill)).leads.loc[2].tolist()

    expected = ["01000", 33612345678, 1.5, True, day, day.date(), day.time(), dt.timedelta(1.5), 1000.0, "a"]
    assert row == expected
    assert [type(cell) for cell in row] == [*map(type, expected[:8]), ShownNumber, str]


def test_formats_that_show_leading_zeros_or_percent(book, read_leads):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["phone", "zip", "share", "price", "text"])
        for column, (value, code) in enumerate(
            [(612345678, PHONE), (1000, "00000"), (0.125, "0.0%"), (12, '0.00" €"'), ("x", "00000")]
        ):
            sheet.write(1, column, value, workbook.add_format({"num_format": code}))

    row = read_leads(book(fill)).leads.loc[2].tolist()

    assert [getattr(cell, "text", cell) for cell in row] == ["0612345678", "01000", "0.125", 12, "x"]
    assert row[2].number_format == "0.0%"


def test_errors_formulas_and_lost_digits_are_told_at_their_cell(book, read_leads):
    def fill(workbook):
        sheet = workbook.add_worksheet("Leads")
        sheet.write_row(0, 0, ["name", "ratio", "id", "note"])
        sheet.write_row(1, 0, ["Ann"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_number(1, 2, 12345678901234567890)
        sheet.write_formula(1, 3, '=IF(TRUE,"","")', None, "")

    path = book(fill)
    uncalculated = read_leads(path)
    empty = b'<c r="D2" t="str">'
    cached = read_leads(rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="D2">', empty)))

    row = uncalculated.leads.loc[2].tolist()
    assert row[1] == "#DIV/0!"
    assert [type(cell) for cell in row] == [str, CellError, int, CellError]
    assert {str(issue.place) for issue in uncalculated.issues} == {
        "Leads, row 2, column ratio",
        "Leads, row 2, column id",
        "Leads, row 2, column note",
    }
    assert [f"{issue.code}: {issue.problem}; {issue.advice}" for issue in uncalculated.issues] == [
        "cell-error: the cell shows the error #DIV/0!; mend the formula at the source; read as blank",
        f"digits-lost: {LOST.format(row[2])}",
        f"formula-uncalculated: {UNCALCULATED}",
    ]
    assert [issue.code for issue in cached.issues] == ["cell-error", "digits-lost"]
    assert type(cached.leads.at[2, "note"]) is str


def test_a_formula_never_calculated_below_all_values_is_told(book, read_leads):
    def fill(workbook):
        sheet = workbook.add_worksheet("Leads")
        sheet.write_row(0, 0, ["name", "x"])
        sheet.write_row(1, 0, ["Ann", 1])
        sheet.write_formula(2, 1, "=A1", None, "")
        sheet.write_row(3, 0, ["Bob", 1])
        sheet.write_formula(5, 3, "=A1", None, "")

    source = read_leads(book(fill))

    assert [issue.place.row for issue in source.issues] == [3]
    assert source.leads.shape == (3, 2)


def test_hidden_rows_and_merged_cells_are_told(book, read_leads):
    def fill(workbook):
        sheet = workbook.add_worksheet("Leads")
        sheet.merge_range("A1:C1", "Our leads")
        for number in range(1, 20):
            sheet.write_row(number, 0, [f"a{number}", "b", "c", "d"])
        for number in (3, 4, 30):
            sheet.set_row(number, None, None, {"hidden": True})
        for number in range(5, 17, 2):
            sheet.merge_range(number, 0, number, 1, "x")
        sheet.merge_range("A40:B40", "")

    source = read_leads(book(fill))

    assert [str(issue) for issue in source.issues][1:] == [
        (
            "Leads: hidden or filtered rows that are included: 2; delete them, or copy the visible rows elsewhere"
            " [rows-hidden]"
        ),
        MERGED,
    ]


def test_the_1904_epoch(book, read_leads):
    day = dt.date(2026, 3, 1)

    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "day")
        sheet.write_datetime(1, 0, day, workbook.add_format({"num_format": "dd/mm/yyyy"}))

    assert read_leads(book(fill, date_1904=True)).leads.at[2, "day"] == day


def test_rows_and_columns_are_where_the_spreadsheet_shows_them(book, read_leads):
    def fill(workbook):
        sheet = workbook.add_worksheet("Leads")
        sheet.write_row("B3", ["name", "", "mail", ""])
        sheet.write_row("B4", ["Ann", "", "ann@acme.com"])
        sheet.write_row("B6", ["Bob", "x"])
        sheet.write_blank("Z900", None, workbook.add_format({"bold": True}))

    source = read_leads(book(fill))

    assert list(source.leads.columns) == ["name", "column C", "mail"]
    assert list(source.leads.index) == [4, 5, 6]
    assert source.leads.loc[5].tolist() == ["", "", ""]
    assert (source.header_row, source.headings) == (3, ("name", "", "mail"))
    assert [str(issue.place) for issue in source.issues] == ["Leads, row 3", "Leads!C3"]


def test_the_same_sheet_however_its_xml_is_written(book, read_leads):
    def fill(workbook):
        sheet = workbook.add_worksheet("Leads")
        sheet.write_row(0, 0, ["zip", "ratio", "never"])
        sheet.write_number(1, 0, 1000, workbook.add_format({"num_format": "00000"}))
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 2, "=A1", None, "")
        sheet.write_row(2, 0, [1, 2, 3])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.merge_range("A4:B4", "x")

    def without_addresses(xml):
        for address in ("A", "B", "C"):
            for row in range(1, 5):
                xml = xml.replace(f' r="{address}{row}"'.encode(), b"")
        for row in range(1, 5):
            xml = xml.replace(f'<row r="{row}"'.encode(), b"<row")
        return xml

    def prefixed(xml):
        xml = xml.replace(b"xmlns=", b"xmlns:x=").replace(b"</", b"</x:").replace(b"<", b"<x:")
        return xml.replace(b"<x:/x:", b"</x:").replace(b"<x:?", b"<?")

    path = book(fill)
    part = "xl/worksheets/sheet1.xml"
    plain = read_leads(path)
    assert "rows-hidden" in {issue.code for issue in plain.issues}
    original = ZipFile(path).read(part)
    for change in (
        without_addresses,
        prefixed,
        lambda xml: xml.replace(b'"', b"'"),
        lambda xml: xml.replace(b"<sheetData>", b"<!-- <c r='XFD1048576'><v>1</v></c> --><sheetData>"),
        lambda xml: b"\xff\xfe" + xml.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16-le"),
    ):
        try:
            other = read_leads(rewritten(path, part, lambda _xml, change=change: change(original)))
        except SourceError:  # calamine does not read UTF-16 parts; the scan before it does
            assert change(original).startswith(b"\xff\xfe")
            continue
        assert other.leads.to_numpy().tolist() == plain.leads.to_numpy().tolist()
        assert other.issues == plain.issues


def test_a_far_empty_cell_costs_nothing_a_far_filled_one_is_refused(book, read_leads, tmp_path):
    far = b'<row r="1048576"><c r="XFD1048576"%b</row></sheetData>'
    path = book(rows(["name"], ["Ann"]))
    part = "xl/worksheets/sheet1.xml"
    original = ZipFile(path).read(part)

    for empty in (b' s="0"/>', b' s="0"></c>'):
        rewritten(path, part, lambda _xml, cell=empty: original.replace(b"</sheetData>", far % cell))
        assert read_leads(path).leads.shape == (1, 1)
    rewritten(path, part, lambda _xml: original.replace(b"</sheetData>", far % b"><v>1</v></c>"))
    with pytest.raises(SourceError) as problem:
        read_leads(path)

    assert str(problem.value) == (
        f'{path} reaches to cell XFD1048576 of the sheet "Leads"; delete the cells far from the others'
    )


def several(workbook):
    for name in ("Scoring", "Empty", "Données", "Prospects", "Hidden"):
        sheet = workbook.add_worksheet(name)
        if name != "Empty":
            sheet.write_column(0, 0, [name, "x"])
    sheet.hide()
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=Scoring!$A$1:$A$2"})
    workbook.add_chartsheet("Chart").set_chart(chart)


@pytest.mark.parametrize(
    ("options", "sheet"),
    [
        ({}, "Scoring"),
        ({"skip": {"Scoring"}.__contains__}, "Données"),
        ({"preferred": ("source", "prospects")}, "Prospects"),
        ({"preferred": ("hidden",)}, "Scoring"),
        ({"sheet": "Hidden"}, "Hidden"),
        ({"sheet": "donnees"}, "Données"),
        ({"sheet": "Prospects", "preferred": ("scoring",)}, "Prospects"),
    ],
)
def test_which_sheet_is_read(book, read_leads, options, sheet):
    assert read_leads(book(several), **options).sheet == sheet


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"sheet": "Prospect"},
            'has no sheet "Prospect"; did you mean "Prospects"? it has Scoring, Empty, Données, Prospects, Hidden',
        ),
        ({"sheet": "Chart"}, 'has no sheet "Chart"; it has Scoring, Empty, Données, Prospects, Hidden'),
        ({"sheet": "Empty"}, 'has nothing in the sheet "Empty"; name another with --sheet'),
        ({"skip": bool}, "has no visible sheet of leads; name one with --sheet"),
    ],
)
def test_a_sheet_that_cannot_be_read(book, read_leads, options, sentence):
    path = book(several)

    with pytest.raises(SourceError) as problem:
        read_leads(path, **options)

    assert str(problem.value) == f"{path} {sentence}"


DAMAGED = "is damaged, or no workbook at all; open it in Excel and save it as .xlsx"
PASSWORD = "is password-protected; remove the password in Excel"  # noqa: S105  a sentence, not a secret
MARKUP = "is a web page or XML under the name of a workbook; open it in Excel and save it as .xlsx"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("leads.xlsx", b"", "is empty; save it again"),
        ("leads.xlsx", b"email\nann@acme.com\n", DAMAGED),
        ("leads.xlsx", b"PK\x03\x04 and then nothing", DAMAGED),
        ("leads.xls", b"<html><table><tr><td>email</td></tr></table></html>", MARKUP),
        ("leads.xls", b'\xef\xbb\xbf\r\n<?xml version="1.0"?><Workbook/>', MARKUP),
        ("leads.xls", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000), DAMAGED),
        ("leads.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
        ("leads.ods", b"PK\x03\x04 and then nothing", DAMAGED),
    ],
)
def test_files_that_are_no_workbook(reads, tmp_path, name, data, sentence):
    with pytest.raises(SourceError) as problem:
        reads(data, name)

    assert str(problem.value) == f"{tmp_path / name} {sentence}"


def test_files_that_cannot_be_opened(read_leads, tmp_path, monkeypatch):
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    closed = tmp_path / "closed.csv"
    closed.write_text("a\n")
    told = {}
    for path in (folder, tmp_path / "absent.xlsx"):
        with pytest.raises(SourceError) as problem:
            read_leads(path)
        told[path.name] = str(problem.value)
    for kind in (PermissionError, MemoryError):
        monkeypatch.setattr(type(closed), "read_bytes", lambda _self, kind=kind: (_ for _ in ()).throw(kind()))
        with pytest.raises(SourceError) as problem:
            read_leads(closed)
        told[kind.__name__] = str(problem.value)

    assert told == {
        "folder.csv": f"{folder} is a folder; name one file in it",
        "absent.xlsx": f"{tmp_path / 'absent.xlsx'} does not exist; check its name and folder",
        "PermissionError": f"{closed} may not be read; ask for the right to read it",
        "MemoryError": f"{closed} is too large for the memory of this machine; split it, or save it as CSV",
    }


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_what_the_user_stops_is_not_taken_for_damage(book, read_leads, monkeypatch, kind):
    path = book(rows(["a"]))
    monkeypatch.setattr(read_workbook, "open_package", lambda _data: (_ for _ in ()).throw(kind()))

    with pytest.raises(kind):
        read_leads(path)


@pytest.mark.parametrize("name", ["leads.pdf", "leads"])
def test_an_unknown_suffix_is_a_mistake_in_the_command(read_leads, tmp_path, name):
    path = tmp_path / name

    with pytest.raises(UsageError) as problem:
        read_leads(path)

    known = ".xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv, .txt"
    assert str(problem.value) == f'{path}: "{path.suffix}" is not a format of leads; give a file in {known}'


@pytest.mark.parametrize(("limit", "value"), [("MOST_PARTS", 3), ("MOST_BYTES", 1000), ("MOST_RATIO", 5)])
def test_a_zip_that_holds_too_much_is_refused(book, read_leads, monkeypatch, limit, value):
    path = book(rows(*[["the same text"] * 50] * 1000))
    monkeypatch.setattr(read_package, limit, value)

    with pytest.raises(SourceError) as problem:
        read_leads(path)

    assert str(problem.value) == (
        f"{path} unpacks to far more than a workbook holds; open it in Excel and save it again"
    )


def test_a_workbook_without_styles_is_read(tmp_path, read_leads):
    path = tmp_path / "leads.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.append(["name"])
    workbook.active.append(["Ann"])
    workbook.active["A2"].font = Font(bold=True)
    workbook.save(path)
    rewritten(path, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"relationships/styles", b"relationships/s"))

    assert read_leads(path).leads.to_numpy().tolist() == [["Ann"]]


def test_pandas_reads_no_value_into_the_cells(book, read_leads):
    source = read_leads(book(rows(["a", "b"], ["NA", "null"], ["", "01"])))

    assert set(source.leads.dtypes.map(str)) == {"object"}
    assert source.leads.to_numpy().tolist() == [["NA", "null"], ["", "01"]]


def test_reading_needs_no_openpyxl():
    code = "import sys; import leadscore.sheets.read; sys.exit('openpyxl' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_stands_left_of_and_above_the_values_is_no_lead(book, read_leads):
    def fill(workbook):
        sheet = workbook.add_worksheet("Leads")
        sheet.write_formula("A1", "=B1", None, "")
        sheet.write_number("B4", 1000, workbook.add_format({"num_format": "00000"}))
        sheet.write_row("B3", ["zip"])
        sheet.write_number("B5", -5, workbook.add_format({"num_format": "00000"}))

    source = read_leads(book(fill))

    assert [getattr(cell, "text", cell) for cell in source.leads["zip"]] == ["01000", -5]
    assert [issue.code for issue in source.issues] == ["heading-row-found"]
