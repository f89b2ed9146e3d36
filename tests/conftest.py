"""What all tests share: the hypothesis profile of CI, a small sheet of leads, a small model, and the command itself."""

import csv
import io
import subprocess
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).parent / "leadscore"

# CI machines are slow and shared: a deadline would fail there for no fault of the code.
settings.register_profile("dev", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
# The gate tries the same examples each time, and few: what it refuses is the change, never the luck of a draw. `pytest`
# alone draws anew, and more.
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, max_examples=20)
settings.load_profile("dev")

# Score = (Target country + Budget + E-mail exists) / 3: Ann 50, Bob 33.3, Zoe -333.3 and excluded.
SCORING = [
    ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"],
    ["Target country", "potential", 1, "country", "is", "FR; BE", 100],
    ["Budget", "potential", 1, "budget", ">=", 10000, 50],
    ["Budget", "potential", 1, "budget", "is blank", None, 0],
    ["E-mail exists", "exclusion", 1, "email_validity", "is", "fail", -1000],
]
FRENCH_SCORING = [
    ["Critère", "Nature", "Poids", "Champ", "Opérateur", "Valeur", "Points"],
    ["Pays cible", "potentiel", 1, "pays", "est", "FR; BE", 100],
    ["E-mail valable", "exclusion", 1, "validite_email", "est", "invalide", -1000],
]
LEADS = [
    ["Id", "Name", "E-mail", "Phone", "Country", "Budget"],
    ["A1", "Ann", "ann@acme.fr", "06 47 31 82 95", "FR", "12000"],
    ["A2", "Bob", "bob@gmail.com", "+32 475 61 29 83", "BE", "5000"],
    ["A3", "Zoe", "nope", "", "DE", "abc"],
]


def write_csv(path, rows, *, delimiter=",", encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_book(path, **sheets):
    """A workbook with these sheets; texts stay texts, also those that look like formulas."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    cell.data_type = "s"
    book.save(path)
    return path


def csv_rows(source, delimiter=","):
    text = source if isinstance(source, str) else source.read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def sheet_names(path):
    return openpyxl.load_workbook(path, read_only=True).sheetnames


def sheet_rows(path, name):
    with warnings.catch_warnings(action="ignore"):  # openpyxl says that it drops the data bars
        return list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))


@pytest.fixture
def files_in(tmp_path):
    """The names of the files there, so that a test can say that nothing was added."""
    return lambda: sorted(file.name for file in tmp_path.iterdir())


@pytest.fixture(scope="session")
def make():
    """make.csv(path, rows) and make.book(path, Sheet=rows); make.leads, make.scoring and make.french are such rows."""
    return SimpleNamespace(csv=write_csv, book=write_book, leads=LEADS, scoring=SCORING, french=FRENCH_SCORING)


@pytest.fixture(scope="session")
def read():
    """read.rows(file or text) of CSV by heading; read.sheets(book), read.sheet(book, name): headings and rows."""
    return SimpleNamespace(rows=csv_rows, sheets=sheet_names, sheet=sheet_rows)


@pytest.fixture
def leads(tmp_path):
    """Three leads in CSV: one that fits, one that fits less, one excluded with a budget that cannot be read."""
    return write_csv(tmp_path / "leads.csv", LEADS)


@pytest.fixture
def clean_leads(tmp_path):
    """The two leads without any issue."""
    return write_csv(tmp_path / "clean.csv", LEADS[:3])


@pytest.fixture
def model(tmp_path):
    return write_csv(tmp_path / "model.csv", SCORING)


@pytest.fixture
def workbook(tmp_path):
    """Leads and model in one workbook."""
    return write_book(tmp_path / "leads.xlsx", Source=LEADS, Scoring=SCORING)


@pytest.fixture
def french_workbook(tmp_path):
    return write_book(tmp_path / "prospects.xlsx", Prospects=LEADS, Scoring=FRENCH_SCORING)


@pytest.fixture
def cli(monkeypatch):
    """Run the command in this process: cli("score", path, "-q") -> exit_code, stdout, stderr."""
    from leadscore.cli.app import app

    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments, stdin=None, **environment):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin, env=environment)

    return run


@pytest.fixture(scope="session")
def command():
    """Run the console script in a process of its own."""

    def run(*arguments, **options):
        line = [COMMAND, *map(str, arguments)]
        return subprocess.run(line, capture_output=True, check=False, timeout=60, **options)

    return run
