"""A template opened and saved by LibreOffice is the same model, and its formulas give what init wrote."""

import io
import shutil
import subprocess
import warnings

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def saved_as(suffix, paths, folder):
    """The workbooks as LibreOffice saves them, by the stem of their file."""
    folder.mkdir()
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    line = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(line, check=True, capture_output=True, timeout=300)
    return {file.stem: file for file in folder.glob(f"*.{suffix}")}


def rows_of(path, sheet):
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


@pytest.fixture
def written(templates, tmp_path):
    """Every template in both languages: 'simple-en' -> its workbook."""
    paths = {}
    for name, language in templates.both:
        made = templates.write(tmp_path / "made", name, language)
        paths[f"{name}-{language}"] = made.rename(tmp_path / f"{name}-{language}.xlsx")
    return paths


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_it_is_still_the_model_of_its_csv_folder(suffix, written, templates, cli, tmp_path):
    saved = saved_as(suffix, written.values(), tmp_path / suffix)

    for name, language in templates.both:
        again = saved[f"{name}-{language}"]
        assert templates.parsed(again).hash == templates.parsed(templates.folder(name, language)).hash, again.name
        assert cli("check", again).stdout.strip() == "ok", again.name
        if suffix == "xlsx":
            for sheet in ("_choices", "Scoring"):
                assert texts(rows_of(again, sheet)) == texts(rows_of(written[again.stem], sheet)), (again.name, sheet)


def texts(rows):
    """The filled cells, row by row."""
    return [cells for row in rows if (cells := [str(cell).removesuffix(".0") for cell in row if cell != ""])]


# What is changed in Scoring -> the best possible scores then.
CHANGES = [
    ("fit-engagement-en", {"Points": {"15": 25}}, [72, 131, 203]),
    ("product-lines-fr", {"Points": {"30": 60}}, [130, 130, 130, 390]),
    ("bant-en", {"Weight": {"2": 4}, "Points": {"70": 200}}, [122.22]),
]


def test_the_best_possible_score_follows_points_and_weights(written, tmp_path):
    for name, changes, _ in CHANGES:
        change(written[name], changes)

    saved = saved_as("xlsx", [written[name] for name, *_ in CHANGES], tmp_path / "again")

    for name, _, expected in CHANGES:
        numbers = [cell for cell in rows_of(saved[name], "Scoring")[0] if isinstance(cell, float)]
        assert numbers == expected, name


def change(path, changes):
    """Type other numbers into a column of Scoring: {heading: {old: new}}."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* extension is not supported")
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["Scoring"]
    for cell in sheet[1]:
        for below in sheet[cell.column_letter] if cell.value in changes else ():
            below.value = changes[cell.value].get(str(below.value), below.value)
    book.save(path)
