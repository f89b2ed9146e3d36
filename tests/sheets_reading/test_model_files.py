"""A model's file as plain grids."""

import datetime as dt
import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from leadscore.errors import ModelFileError
from leadscore.model.grid import Grid, GridCell, cell_letter
from leadscore.sheets import model_files
from leadscore.sheets.model_files import read_grids
from leadscore.values.cells import CellError

ODS = Path("/work/shared/data/sheets/calamine/date.ods")


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "model.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Scoring")
        sheet.write_row("B2", ["Criterion", "Weight", "  "])
        sheet.write_row("B3", ["Country", 20, "01000"])
        sheet.write_number("C4", 0.5, workbook.add_format({"num_format": "0%"}))
        sheet.write_datetime("C5", dt.date(2026, 12, 10), workbook.add_format({"num_format": "d-mmm"}))
        sheet.write_number("C6", 1.5, workbook.add_format({"num_format": "[h]:mm:ss"}))
        sheet.write_formula("C7", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D8", "=A1", None, "")
        sheet.write_blank("D30", None, workbook.add_format({"bold": True}))
        sheet.set_row(3, None, None, {"hidden": True})
        workbook.add_worksheet("Lists").hide()
        workbook.add_worksheet("Source").write("A1", "not to be loaded")
    return path


def test_every_cell_is_at_its_address(model):
    grids = read_grids(model, {"Scoring", "Lists"}.__contains__)
    scoring, lists = grids.sheets

    blank = GridCell()
    assert scoring.rows == (
        (),
        (blank, GridCell("Criterion"), GridCell("Weight")),
        (blank, GridCell("Country"), GridCell(20), GridCell("01000")),
        (blank, blank, GridCell(0.5, "0%")),
        (blank, blank, GridCell(dt.date(2026, 12, 10), "d-mmm")),
        (blank, blank, GridCell("1 day, 12:00:00", "[h]:mm:ss")),
        (blank, blank, GridCell("#DIV/0!")),
        (blank, blank, blank, GridCell(CellError(""))),
    )
    assert [type(scoring.rows[row][-1].value) for row in (6, 7)] == [CellError, CellError]
    assert type(scoring.rows[2][2].value) is int
    assert scoring.hidden_rows == {4}
    assert lists == Grid("Lists", ())
    assert (grids.path, grids.kind) == (str(model), "workbook")


def test_a_lone_csv_is_the_scoring_sheet(tmp_path):
    path = tmp_path / "model.csv"
    path.write_bytes("Criterion;Weight\r\nPays;1,5\r\n;\r\n".encode("cp1252"))

    grids = read_grids(path)

    assert grids.kind == "csv"
    assert grids.sheets == (
        Grid("Scoring", ((GridCell("Criterion"), GridCell("Weight")), (GridCell("Pays"), GridCell("1,5")))),
    )


def test_a_folder_is_one_sheet_per_csv(tmp_path):
    for name in ("Scoring.csv", "Bands.CSV", "Source.csv"):
        (tmp_path / name).write_text(f"{name},x\n")
    (tmp_path / "README.md").write_text("text")

    grids = read_grids(tmp_path, lambda name: name != "Source")

    assert [sheet.name for sheet in grids.sheets] == ["Bands", "Scoring"]
    assert grids.kind == "folder"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_an_ods_says_what_the_xlsx_says(model, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(model)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    grid = read_grids(tmp_path / "model.ods", {"Scoring"}.__contains__).sheets[0]

    assert [cell.value for cell in grid.rows[2]] == [None, "Country", 20, "01000"]
    assert grid.rows[3][2] == GridCell(0.5)
    assert grid.rows[4][2].value == dt.date(2026, 12, 10)


@pytest.mark.skipif(not ODS.exists(), reason="the shared workbooks are not on this machine")
def test_days_of_an_ods_are_days():
    assert read_grids(ODS).sheets[0].rows[0][0].value == dt.date(2021, 1, 1)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("model.txt", b"", "is not a model; give a file in .xlsx, .xlsm, .ods, .csv, or a folder of .csv"),
        ("model.xlsx", b"x", "is damaged, or no workbook at all; open it in Excel and save it as .xlsx"),
        ("model.csv", b'a,"b\n', "has a quote in row 1 that is never closed; close it, or double it"),
    ],
)
def test_models_that_cannot_be_read(tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(ModelFileError) as problem:
        read_grids(path)

    assert str(problem.value) == f"{path} {sentence}"
    assert problem.value.exit_code == 3


def test_a_missing_model_and_an_empty_folder(tmp_path):
    for path, sentence in (
        (tmp_path / "absent.xlsx", "does not exist; check its name and folder"),
        (tmp_path, "holds no .csv file; name a model workbook, or a folder of .csv files"),
    ):
        with pytest.raises(ModelFileError) as problem:
            read_grids(path)
        assert str(problem.value) == f"{path} {sentence}"


def test_a_broken_file_of_a_folder_is_named(tmp_path):
    (tmp_path / "Bands.csv").write_bytes(b"")

    with pytest.raises(ModelFileError) as problem:
        read_grids(tmp_path)

    assert str(problem.value) == f"{tmp_path / 'Bands.csv'} is empty; export it again"


def test_a_sheet_too_large_for_a_model(model, monkeypatch):
    monkeypatch.setattr(model_files, "_MOST_CELLS", 20)

    with pytest.raises(ModelFileError) as problem:
        read_grids(model)

    assert str(problem.value) == f'{model} has 8 rows and 4 columns in the sheet "Scoring", too many for a model'


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")])
def test_letters(index, letter):
    assert cell_letter(index) == letter


@pytest.mark.parametrize(
    ("value", "is_blank"), [(None, True), (" \u00a0", True), ("x", False), (0, False), (CellError(""), False)]
)
def test_blank_cells(value, is_blank):
    assert GridCell(value).is_blank is is_blank


@pytest.mark.parametrize("name", ["model.csv", "model.xlsx"])
def test_a_disk_that_fails_is_not_called_a_damaged_file(tmp_path, monkeypatch, name):
    def fail(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "read_bytes", fail)

    with pytest.raises(ModelFileError) as told:
        read_grids(tmp_path / name)

    sentence = "cannot be read: Input/output error; run again, and if that does not help, copy it to another disk"
    assert str(told.value) == f"{tmp_path / name} {sentence}"
