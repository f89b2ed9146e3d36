import errno
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from leadscore.errors import OutputError
from leadscore.pipeline.files import check_writable
from leadscore.sheets.output import OutBook, OutColumn, OutSheet
from leadscore.sheets.source import CsvDialect
from leadscore.sheets.template_book import TemplateSheet, write_template
from leadscore.sheets.write_csv import write_csv
from leadscore.sheets.write_ours import is_ours, refuse_foreign
from leadscore.sheets.write_workbook import write_workbook

SHEET = OutSheet("Results", [OutColumn("Name\r\nfull", ["Ann"]), OutColumn("score", [1.5]), OutColumn("band", ["Hot"])])


def headings(found):
    return found >= {"score", "band"}


def more_headings(found):
    return found >= {"score", "band", "reasons"}


def test_a_workbook_of_results_is_ours(tmp_path):
    path = tmp_path / "out.xlsx"
    write_workbook(OutBook([SHEET], date(2026, 11, 2)), path)

    assert is_ours(path)
    refuse_foreign(path)


def test_a_model_that_init_wrote_is_the_user_s(tmp_path):
    write_template([TemplateSheet("Scoring", ["Criterion"])], tmp_path / "leads.xlsx")

    assert not is_ours(tmp_path / "leads.xlsx")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_a_csv_of_results_is_known_by_its_headings(tmp_path, delimiter, newline):
    path = tmp_path / "out.csv"
    write_csv(SHEET, path, CsvDialect("utf-8", delimiter, newline), raw=False)

    assert is_ours(path, headings)
    assert not is_ours(path, more_headings)
    assert not is_ours(path)


def foreign_workbook(path):
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"author": "leadscorer"})


def zip_of(name, data):
    def write(path):
        with zipfile.ZipFile(path, "w") as parts:
            parts.writestr(name, data)

    return write


@pytest.mark.parametrize(
    "write",
    [
        foreign_workbook,
        zip_of("other.txt", b"x"),
        zip_of("docProps/core.xml", b"<nothing/>"),
        zip_of("docProps/core.xml", b" " * 100_000 + b"<dc:creator>leadscore</dc:creator>"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text("Name,Mail\nAnn,score\n"),
        lambda path: path.write_text('"' + "n" * 200_000 + '"\n'),
        lambda path: path.mkdir(),
    ],
)
def test_anything_else_is_foreign_and_refused(tmp_path, write):
    path = tmp_path / "leads.xlsx"
    write(path)

    assert not is_ours(path, headings)
    with pytest.raises(OutputError) as told:
        refuse_foreign(path, headings)
    assert str(told.value) == (
        "leads.xlsx exists and was not written by leadscore; choose another name with -o, or delete it first"
    )


def test_a_new_file_passes(tmp_path):
    assert not is_ours(tmp_path / "new.xlsx")
    refuse_foreign(tmp_path / "new.xlsx")


def test_a_file_that_its_disk_does_not_give_is_not_called_foreign(tmp_path, monkeypatch):
    path = tmp_path / "leads.csv"
    path.write_text("reasons")
    monkeypatch.setattr(Path, "open", fail_to_read)

    with pytest.raises(OutputError) as told:
        refuse_foreign(path, headings)

    assert str(told.value) == ("leads.csv cannot be written: Input/output error; choose another place with -o")


def fail_to_read(*_):
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("inputs", [(), (Path("leads.csv"),)])
def test_a_name_that_no_disk_takes_is_refused_in_words(tmp_path, inputs):
    (tmp_path / "leads.csv").write_text("Name\nAnn\n")
    long = tmp_path / f"{'x' * 300}.csv"

    with pytest.raises(OutputError, match="cannot be written: its name is too long; choose a shorter one with -o"):
        check_writable(long, "scored", [tmp_path / name for name in inputs])
