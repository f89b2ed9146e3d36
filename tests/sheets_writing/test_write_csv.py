import csv
import errno
import io
import shutil
import subprocess
from datetime import date, datetime, time, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.errors import OutputError
from leadscore.sheets.output import OutColumn, OutSheet
from leadscore.sheets.source import CsvDialect
from leadscore.sheets.write_csv import CsvReport, neutral, plain_number, write_csv
from leadscore.values.cells import CellError, ShownNumber

FRENCH = CsvDialect("cp1252", ";", "\r\n")


def written(folder, *columns, dialect=None, raw=False) -> tuple[str, CsvReport]:
    path = folder / "out.csv"
    report = write_csv(OutSheet("Results", columns), path, dialect, raw=raw)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return data.decode("utf-8-sig"), report


def test_a_file_is_utf_8_with_a_bom_comma_and_crlf_unless_the_source_says_otherwise(tmp_path):
    columns = (OutColumn("Name", ["Zoé", ""]), OutColumn("score", [12.5, float("nan")], "score"))

    assert written(tmp_path, *columns)[0] == "Name,score\r\nZoé,12.5\r\n,\r\n"
    assert written(tmp_path, *columns, dialect=FRENCH)[0] == "Name;score\r\nZoé;12,5\r\n;\r\n"
    assert written(tmp_path, *columns, dialect=CsvDialect("utf-8", "\t", "\n"))[0] == "Name\tscore\nZoé\t12.5\n\t\n"
    assert written(tmp_path, *columns, dialect=CsvDialect("utf-8", "|", "\r"))[0] == "Name|score\rZoé|12.5\r|\r"


def test_standard_output_has_no_bom(capfdbinary):
    write_csv(OutSheet("Results", [OutColumn("Nom", ["Zoé"])]), None, None, raw=False)

    assert capfdbinary.readouterr().out == "Nom\r\nZoé\r\n".encode()


@pytest.mark.parametrize(
    ("cell", "point", "comma"),
    [
        (12.0, "12", "12"),
        (-0.0, "0", "0"),
        (1.234, "1.234", "1,234"),
        (1e-05, "0.00001", "0,00001"),
        (1e22, "10000000000000000000000", "10000000000000000000000"),
        (float("inf"), "inf", "inf"),
        (2**60, "1152921504606846976", "1152921504606846976"),
        (ShownNumber(1000.0, "01000", "00000"), "01000", "01000"),
        (ShownNumber(0.125, "0.125", "0.0%"), "0.125", "0,125"),
        (ShownNumber(1.0, "01.02.03", "00.00.00"), "01.02.03", "01.02.03"),
        (True, "TRUE", "TRUE"),
        (False, "FALSE", "FALSE"),
        (date(2026, 3, 1), "2026-03-01", "2026-03-01"),
        (datetime.fromisoformat("2026-03-01 14:30"), "2026-03-01 14:30:00", "2026-03-01 14:30:00"),
        (datetime.fromisoformat("2026-03-01"), "2026-03-01", "2026-03-01"),
        (time(14, 30), "14:30:00", "14:30:00"),
        (timedelta(hours=26, seconds=5), "26:00:05", "26:00:05"),
        (timedelta(hours=-1), "-1:00:00", "-1:00:00"),
        (CellError("#DIV/0!"), "#DIV/0!", "#DIV/0!"),
        (None, "", ""),
        (pd.NaT, "", ""),
        ("1.5", "1.5", "1.5"),
        (" 01000 ", " 01000 ", " 01000 "),
        ("NA", "NA", "NA"),
    ],
)
def test_how_cells_are_written(tmp_path, cell, point, comma):
    columns = (OutColumn("Cell", [cell]), OutColumn("Next", ["."]))

    assert written(tmp_path, *columns)[0].splitlines()[1] == f"{point},."
    assert written(tmp_path, *columns, dialect=FRENCH)[0].splitlines()[1] == f"{comma};."


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|'/c calc'!A0",
        "@x",
        "\t=1",
        "\r=1",
        "+cmd",
        "-a@b.c",
        "=1+1@x.com",
        "+1@x.com",
        "-5+cmd",
        "--x",
        "+",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "-5", "+5", "-1.5", "-1,5", "-50%", "-1 234,5", "-1\u202f234", "+33612345678", "+44 20 7183 8750", "+33 (0)6",
     "-", "--", "'=1", "a=1", "1E5", "01000", "NA", " x"],
)  # fmt: skip
def test_numbers_phones_and_harmless_texts_stay(text):
    assert neutral(text) is text


def test_neutralised_texts_are_counted_headings_included_and_raw_has_none(tmp_path):
    columns = (OutColumn("=H", ["=1+1", "-5"]), OutColumn("reasons", ["-10 Free mail", "+20"], "text"))

    text, report = written(tmp_path, *columns)
    assert text == "'=H,reasons\r\n'=1+1,'-10 Free mail\r\n-5,+20\r\n"
    assert report == CsvReport(neutralised=3)

    text, report = written(tmp_path, *columns, raw=True)
    assert text == "=H,reasons\r\n=1+1,-10 Free mail\r\n-5,+20\r\n"
    assert report == CsvReport()


def test_our_numbers_are_never_neutralised(tmp_path):
    text, report = written(tmp_path, OutColumn("score", [-5.5, 3], "score"), dialect=FRENCH)

    assert text == "score\r\n-5,5\r\n3\r\n"
    assert report.neutralised == 0


def test_unwritable_characters_are_replaced_and_told_once_per_column(tmp_path):
    name = OutColumn("Name", ["a", "a\x00b", "\ud800", "fine\n", None])

    text, report = written(tmp_path, OutColumn("N\x00", [1, 2, 3, 4, 5]), name, OutColumn("reasons", ["x"] * 5, "text"))

    assert text == ('N\ufffd,Name,reasons\r\n1,a,x\r\n2,a\ufffdb,x\r\n3,\ufffd,x\r\n4,"fine\n",x\r\n5,,x\r\n')
    assert [(issue.code, issue.place.row, issue.place.heading, issue.details) for issue in report.issues] == [
        ("text-replaced", 1, "N\x00", {"count": 1}),
        ("text-replaced", 3, "Name", {"count": 2}),
    ]


cells = st.text(st.sampled_from(";,\"'\r\n\t =+-@aé1"), max_size=8)


@given(st.lists(st.tuples(cells, cells), max_size=6), st.sampled_from(["\r\n", "\n", "\r"]), st.sampled_from(";,\t|"))
def test_any_text_reads_back_as_it_was(tmp_path_factory, rows, newline, delimiter):
    columns = (OutColumn("first", [row[0] for row in rows]), OutColumn("second", [row[1] for row in rows]))
    dialect = CsvDialect("utf-8", delimiter, newline)

    text, _ = written(tmp_path_factory.mktemp("csv"), *columns, dialect=dialect, raw=True)

    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert [tuple(row) for row in read] == [("first", "second"), *rows]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_numbers_have_no_exponent_and_read_back_the_same(number):
    text = plain_number(number)

    assert "e" not in text.lower()
    assert float(text) == number


def test_the_same_sheet_gives_the_same_bytes(tmp_path):
    column = OutColumn("Name", ["Zoé", "=1"])

    assert written(tmp_path, column) == written(tmp_path, column)


def test_a_file_that_does_not_read_back_is_not_kept(tmp_path, monkeypatch):
    written(tmp_path, OutColumn("Name", ["Ann"]))
    monkeypatch.setattr("leadscore.sheets.safe_write._sync", lambda path, _: path.write_bytes(b"torn"))

    with pytest.raises(OutputError) as told:
        written(tmp_path, OutColumn("Name", ["Bob"]))

    assert str(told.value) == "the CSV file did not read back as it was written, so it was not kept; run again"
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig") == "Name\nAnn\n"


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    written(tmp_path, OutColumn("Name", ["Ann"]))

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match=r"out\.csv cannot be written: the disk is full"):
        written(tmp_path, OutColumn("Name", ["Bob"]))

    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig") == "Name\nAnn\n"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_no_formula_of_any_text(tmp_path):
    texts = [
        "=1+1",
        "@SUM(1)",
        "+cmd",
        "-1+2+cmd",
        '=HYPERLINK("http://127.0.0.1","x")',
        "\t=1",
        "+44 20 7183 8750",
        "-5",
    ]
    written(tmp_path, OutColumn("=1+1", texts))

    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), "out.csv"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)

    assert "table:formula=" not in (tmp_path / "out.fods").read_text()
