"""Six leads, a model and the same model with other points, and the command in this process."""

import csv

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

LEADS = [
    ["Name", "E-mail", "Country", "Budget"],
    ["Ann", "ann@acme.fr", "FR", "60000"],
    ["Bob", "bob@acme.be", "BE", "60000"],
    ["Cem", "cem@acme.de", "DE", "60000"],
    ["", "", "", ""],
    ["Dan", "dan@acme.fr", "FR", ""],
    ["Eva", "eva@acme.us", "US", "60000"],
    ["Flo", "flo@acme.de", "DE", ""],
]
HEADINGS = ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"]
OLD = [
    HEADINGS,
    ["Target country", "exclusion", 1, "Country", "is", "FR; BE", 60],
    ["Target country", "exclusion", 1, "Country", "is", "US", -100],
    ["Budget", "potential", 1, "Budget", ">=", 50000, 40],
    ["Dead weight", "potential", 1, "Name", "is", "Nobody", 5],
]
NEW = [
    HEADINGS,
    ["Target country", "exclusion", 1, "Country", "is", "FR", 60],
    ["Target country", "exclusion", 1, "Country", "is", "BE", -100],
    ["Budget", "potential", 1, "Budget", ">=", 50000, 25],
    ["Dead weight", "potential", 1, "Name", "is", "Nobody", 5],
]
SCORES = [["Score", "Method"], ["Score", "sum"]]
BANDS = [["Band", "From"], ["Hot", 80], ["Warm", 40], ["Cold", ""]]


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture(scope="session")
def as_csv():
    """Write rows to a CSV file."""
    return write_csv


@pytest.fixture(scope="session")
def as_book():
    """Write sheets, given by name, to a workbook."""

    def write(path, **sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        return path

    return write


@pytest.fixture
def folder_model(tmp_path):
    """A model as a folder of CSV files: folder_model("old", Scoring=rows, …)."""

    def write(name, **sheets):
        folder = tmp_path / name
        folder.mkdir()
        for sheet, rows in sheets.items():
            write_csv(folder / f"{sheet}.csv", rows)
        return folder

    return write


@pytest.fixture
def leads(tmp_path):
    return write_csv(tmp_path / "leads.csv", LEADS)


@pytest.fixture
def old(folder_model):
    return folder_model("old", Scoring=OLD, Scores=SCORES, Bands=BANDS)


@pytest.fixture
def new(folder_model):
    return folder_model("new", Scoring=NEW, Scores=SCORES, Bands=BANDS)


@pytest.fixture
def whatif():
    """Run the command: whatif(path, …) -> exit_code, stdout, stderr."""
    from leadscore.cli.exits import guarded
    from leadscore.cli.whatif import whatif as command

    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(guarded(command))

    def run(*arguments, stdin=None):
        line = [*map(str, arguments), "--as-of", "2026-03-31"]
        return CliRunner().invoke(app, line, input=stdin, env={"COLUMNS": "200"})

    return run
