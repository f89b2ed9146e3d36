import errno
import io
import re
import shutil
import subprocess
import warnings
import zipfile
import zlib
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from leadscore.errors import OutputError
from leadscore.sheets.output import OutBook, OutColumn, OutSheet
from leadscore.sheets.write_workbook import check_workbook, write_workbook
from leadscore.values.cells import CellError, ShownNumber
from tests.laws import examples

AS_OF = date(2026, 11, 2)


def book_of(*columns, name="Results", language="en", **options) -> OutBook:
    return OutBook([OutSheet(name, columns, **options)], AS_OF, language=language)


def written(folder, *columns, **options):
    path = folder / "out.xlsx"
    issues = write_workbook(book_of(*columns, **options), path)
    return path, issues


def opened(path):
    """The workbook through openpyxl, which warns that it does not know Excel 2010's data bars."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* extension is not supported")
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def sheet_of(path):
    return opened(path).worksheets[0]


def calamine_column(path, position=0):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [row[position] for row in rows[1:]]


def part(path, name) -> str:
    with zipfile.ZipFile(path) as parts:
        return parts.read(name).decode()


def table_of(path):
    (table,) = sheet_of(path).tables.values()
    return table


TEXTS = [
    "01000", "NA", "None", "TRUE", "#N/A", "+33612345678", "+44 20 7183 8750", "=1+1", "@x", "-5", "1E5",
    "12345678901234567890", "{=1+1}", "http://example.com", "mailto:a@b.c", "internal:A1", "a\nb", "a\tb", " lead ",
    "a & b < c > d", '"quoted"', "it's", "李小龙", "🙂", "a\u2028b", "e\u0301", "\u202eevil", "<b>", "&amp;", "'=1",
]  # fmt: skip
# Escapes and CR are decoded by Excel, LibreOffice and calamine, but not by openpyxl.
ESCAPED_TEXTS = [
    "a\rb", "a\r\nb", "_x000D_", "_x0041_", "x_x0041_y", "_x005F_x0041_", "_x005F_x005F_", "_x0041_x0042_x0043_",
    "<r>&</r>", "<r><t>in</t></r>", "<r>_x0041_ a\rb</r>", "<r></r>",
]  # fmt: skip


def test_texts_read_back_as_they_were(tmp_path):
    path, issues = written(tmp_path, OutColumn("Text", TEXTS), OutColumn("Ours", TEXTS, "text"))

    assert issues == ()
    sheet = sheet_of(path)
    for letter in "AB":
        assert [cell.value for cell in sheet[letter][1:]] == TEXTS
        assert {cell.data_type for cell in sheet[letter]} == {"s"}
    assert calamine_column(path, 0) == TEXTS == calamine_column(path, 1)


def test_texts_that_look_like_the_escapes_of_the_format_read_back_as_they_were(tmp_path):
    path, issues = written(tmp_path, OutColumn("<r>&</r>", ESCAPED_TEXTS))

    assert issues == ()
    assert calamine_column(path) == ESCAPED_TEXTS
    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0] == ["<r>&</r>"]


@examples(30)
@given(st.lists(st.text("<r>/_x0041F&\r\n\ta=é", min_size=1, max_size=12), min_size=1, max_size=30))
def test_any_text_reads_back_as_it_was(tmp_path_factory, texts):
    path, issues = written(tmp_path_factory.mktemp("texts"), OutColumn("Text", texts))

    assert issues == ()
    assert calamine_column(path) == texts


def test_what_a_workbook_cannot_hold_is_replaced_or_cut_and_told(tmp_path):
    texts = ["fine", "a\x01b", "\ufffe", "\ud800", "c" * 40_000, "<r>" + "&" * 33_000 + "</r>"]

    path, issues = written(tmp_path, OutColumn("No\x00te", texts))

    assert calamine_column(path)[:4] == ["fine", "a\ufffdb", "\ufffd", "\ufffd"]
    assert [len(text) for text in calamine_column(path)[4:]] == [32_767, 32_767]
    assert [(issue.code, issue.place.row, issue.details["count"]) for issue in issues] == [
        ("text-replaced", 1, 1),
        ("text-replaced", 3, 3),
        ("text-cut", 6, 2),
    ]


def test_cells_of_the_user_keep_their_type(tmp_path):
    zoned = datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
    cells = [
        1, 1.5, 0.1 + 0.2, 1e-300, -0.0, 12_345_678_901_234, 2**53, 2**53 + 1, True, False, date(2026, 3, 1), zoned,
        time(14, 30), timedelta(hours=26), CellError("#DIV/0!"), CellError(""), None, float("nan"), pd.NaT, pd.NA,
        float("inf"), "", np.int64(7), 3.0,
    ]  # fmt: skip

    path, _ = written(tmp_path, OutColumn("Cell", cells))

    shown = [cell.value for cell in sheet_of(path)["A"][1:]]
    day, moment = datetime.fromisoformat("2026-03-01"), datetime.fromisoformat("2026-03-01 14:30")
    assert shown == [
        1, 1.5, 0.1 + 0.2, 1e-300, 0, 12_345_678_901_234, 2**53, str(2**53 + 1), True, False, day, moment,
        time(14, 30), timedelta(hours=26), "#DIV/0!", None, None, None, None, None, "inf", None, 7, 3,
    ]  # fmt: skip


def test_days_that_excel_cannot_show_are_iso_text(tmp_path):
    cells = [date(1899, 5, 1), datetime.fromisoformat("1900-02-28 10:00"), date(1900, 3, 1), timedelta(hours=-1)]

    path, _ = written(tmp_path, OutColumn("Cell", cells))

    assert [cell.value for cell in sheet_of(path)["A"][1:]] == [
        "1899-05-01", "1900-02-28 10:00:00", datetime.fromisoformat("1900-03-01"), "-1 day, 23:00:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "english", "french"),
    [
        (date(2026, 3, 1), "yyyy-mm-dd", "dd/mm/yyyy"),
        (datetime.fromisoformat("2026-03-01 09:05"), "yyyy-mm-dd hh:mm:ss", "dd/mm/yyyy hh:mm:ss"),
        (True, '"TRUE";"TRUE";"FALSE"', '"VRAI";"VRAI";"FAUX"'),
        (ShownNumber(1000.0, "01000", "00000"), "00000", "00000"),
        (33612345678, "General", "General"),
        (12_345_678_901_234, "0", "0"),
        (timedelta(hours=30), "[h]:mm:ss", "[h]:mm:ss"),
    ],
)
def test_number_formats_of_the_user_s_cells(tmp_path, cell, english, french):
    for language, shown in (("en", english), ("fr", french)):
        path, _ = written(tmp_path, OutColumn("Cell", [cell]), language=language)
        assert sheet_of(path)["A2"].number_format == shown


@pytest.mark.parametrize(
    ("kind", "cells", "decimals", "shown"),
    [
        ("score", [12.5, None], 1, "0.0_)"),
        ("score", [12.0, -3.0], 0, "0_)"),
        ("percent", [0.25, float("nan")], 1, "0%_)"),
        ("integer", [1200, 3], 1, "#,##0_)"),
        ("number", [20.0, -10.0], 1, "#,##0_)"),
        ("number", [6.6667, 1.0], 1, "#,##0.00_)"),
        ("number", [0.5], 1, "#,##0.0_)"),
        ("date", [date(2026, 3, 1)], 1, "yyyy-mm-dd"),
        ("text", ["=1"], 1, "General"),
    ],
)
def test_number_formats_of_our_columns(tmp_path, kind, cells, decimals, shown):
    path, _ = written(tmp_path, OutColumn("Ours", pd.Series(cells), kind), decimals=decimals)

    assert sheet_of(path)["A2"].number_format == shown


def test_bands_are_centred_and_scores_have_bars_with_red_negatives(tmp_path):
    path, _ = written(tmp_path, OutColumn("score", [5.0, -5.0], "score"), OutColumn("band", ["Hot", None], "band"))

    assert sheet_of(path)["B2"].alignment.horizontal == "center"
    xml = part(path, "xl/worksheets/sheet1.xml")
    assert "x14:dataBar" in xml
    assert '<x14:negativeFillColor rgb="FFF0A8A0"/>' in xml
    assert len(re.findall(r'<conditionalFormatting sqref="A2:A3">', xml)) == 1


def test_the_same_book_gives_the_same_bytes(tmp_path):
    columns = (OutColumn("Name", TEXTS, note="help"), OutColumn("score", range(len(TEXTS)), "score"))
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"

    write_workbook(book_of(*columns), first)
    write_workbook(book_of(*columns), second)

    assert first.read_bytes() == second.read_bytes()


def test_properties_carry_the_as_of_day_and_our_name(tmp_path):
    path, _ = written(tmp_path, OutColumn("Name", ["Ann"]))

    properties = opened(path).properties
    assert properties.creator == "leadscore"
    assert properties.created == properties.modified == datetime.fromisoformat("2026-11-02")
    assert properties.title == "leadscore results"


def test_the_table_covers_the_data_and_filters_it(tmp_path):
    path, _ = written(tmp_path, *(OutColumn(name, [1] * 1234) for name in ("Name", "Mail", "score")))

    table = table_of(path)
    assert (table.ref, table.autoFilter.ref) == ("A1:C1235", "A1:C1235")
    assert [column.name for column in table.tableColumns] == ["Name", "Mail", "score"]
    assert sheet_of(path).freeze_panes == "A2"


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (("Name", ""), ["Ann"]),
        (("Name", " "), ["Ann"]),
        (("Name", "NAME"), ["Ann"]),
        (("Name", "a\nb"), ["Ann"]),
        (("Name", "_x0041_"), ["Ann"]),
        (("Name", "n" * 256), ["Ann"]),
        (("Name", "Mail"), []),
    ],
)
def test_headings_no_table_can_have_get_plain_filters(tmp_path, headings, cells):
    path, _ = written(tmp_path, *(OutColumn(heading, cells) for heading in headings))

    sheet = sheet_of(path)
    assert not sheet.tables
    assert sheet.auto_filter.ref == ("A1:B2" if cells else "A1:B1")


def test_a_sheet_may_do_without_filters_and_without_columns(tmp_path):
    path = tmp_path / "out.xlsx"
    plain = OutSheet("Run", [OutColumn("What", ["version"], "text")], filters=False)

    write_workbook(OutBook([plain, OutSheet("Empty", [])], AS_OF), path)

    book = opened(path)
    assert book.sheetnames == ["Run", "Empty"]
    assert not book["Run"].tables
    assert book["Run"].auto_filter.ref is None


def test_headings_tell_whose_column_it_is_and_ours_explain_themselves(tmp_path):
    columns = (OutColumn("Name", ["Ann"]), OutColumn("score", [5.0], "score", note="The lead's\x01 total."))

    path, _ = written(tmp_path, *columns)

    sheet = sheet_of(path)
    assert sheet["A1"].fill.start_color.rgb != sheet["B1"].fill.start_color.rgb
    assert all(sheet[cell].font.bold and sheet[cell].alignment.wrap_text for cell in ("A1", "B1"))
    assert sheet["A1"].comment is None
    assert sheet["B1"].comment.text == "The lead's\ufffd total."


def test_columns_are_as_wide_as_their_cells_and_folded_in_groups(tmp_path):
    columns = (
        OutColumn("N", ["x"]),
        OutColumn("Mail", ["a-rather-long-address@example.com"]),
        OutColumn("Reasons", ["r" * 200], "text"),
        OutColumn("Fixed", ["r" * 200], "text", width=12),
        OutColumn("Ratio", [1 / 3]),
        OutColumn("Share", [0.5], "percent"),
        OutColumn("Number", [1234.5], "number"),
        OutColumn("名前", ["李" * 10]),
        OutColumn("contribution: Target country", [0.0], "score", group=True),
    )

    path, _ = written(tmp_path, *columns)

    sheet = sheet_of(path)
    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABCDEFGHI"]
    assert widths == [9, 36, 51, 13, 14, 10, 11, 23, 19]
    assert sheet.column_dimensions["I"].outlineLevel == 1
    assert not sheet.column_dimensions["I"].hidden
    assert sheet.row_dimensions[1].height == 38.25


def test_pages_are_landscape_and_one_page_wide(tmp_path):
    path, _ = written(tmp_path, OutColumn("Name", ["01000"]))

    sheet = sheet_of(path)
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert '<ignoredError sqref="A2" numberStoredAsText="1"/>' in part(path, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (
            OutSheet("Results", [OutColumn("Name", range(1_048_576))]),
            "the sheet Results has 1,048,576 rows and Excel holds 1,048,575; write CSV with -o",
        ),
        (
            OutSheet("Results", [OutColumn("Name", [])] * 16_385),
            (
                "the sheet Results has 16,385 columns and Excel holds 16,384; write CSV with -o, "
                "or choose fewer with --columns"
            ),
        ),
    ],
)
def test_more_than_excel_holds_is_refused_before_anything_is_written(tmp_path, sheet, sentence):
    with pytest.raises(OutputError) as told:
        write_workbook(OutBook([sheet], AS_OF), tmp_path / "out.xlsx")

    assert str(told.value) == sentence
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_workbook(tmp_path, monkeypatch):
    path, _ = written(tmp_path, OutColumn("Name", ["Ann"]))
    old = path.read_bytes()

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OutputError, match=r"out\.xlsx cannot be written: the disk is full"):
        written(tmp_path, OutColumn("Name", ["Bob"]))

    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == ["out.xlsx"]


def corrupted(path, name, data) -> bytes:
    """The workbook with one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(target, "w") as copy:
        for member in parts.namelist():
            copy.writestr(member, data if member == name else parts.read(member))
    return target.getvalue()


def test_a_workbook_that_does_not_read_back_is_not_kept(tmp_path):
    path, _ = written(tmp_path, OutColumn("Name", ["Ann"]))
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0xFF

    check_workbook(path)
    for damaged in (whole[:-200], bytes(flipped), corrupted(path, "xl/sharedStrings.xml", b"<sst>\xff")):
        path.write_bytes(damaged)
        with pytest.raises(OutputError, match=r"the workbook did not read back well \(.*\), so it was not kept; "):
            check_workbook(path)


def test_decompression_errors_count_as_damage(tmp_path, monkeypatch):
    path, _ = written(tmp_path, OutColumn("Name", ["Ann"]))

    def fail(*args):
        raise zlib.error("invalid block type")

    monkeypatch.setattr(zipfile.ZipFile, "open", fail)
    with pytest.raises(OutputError, match="invalid block type"):
        check_workbook(path)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_sees_the_texts_and_no_formula(tmp_path):
    texts = TEXTS + ESCAPED_TEXTS
    path, _ = written(tmp_path, OutColumn("=1+1", texts), OutColumn("score", [1.5] * len(texts), "score"))

    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    xml = (tmp_path / "out.fods").read_text()
    assert "table:formula=" not in xml
    assert xml.count('office:value="1.5"') == len(texts)
    assert "<text:p>01000</text:p>" in xml
    assert "<text:p>_x005F_x0041_</text:p>" in xml
