"""Accounts in what runs write: the sheet Accounts, the columns of leads, results in place and read back."""

import json

import openpyxl
import pytest

from leadscore.errors import OutputError
from leadscore.pipeline.figures import figures_of, figures_of_run
from leadscore.pipeline.read_results import read_results
from leadscore.pipeline.run import Job, score_file

HEADINGS = ["Name", "E-mail", "Company", "Points"]
LEADS = [
    ["Ann Lee", "ann@acme.fr", "Acme", 80],
    ["Bob Roy", "bob@acme.fr", "Acme", 40],
    ["Zoe Fox", "zoe@acme.fr", "ACME SAS", -1],
    ["Ida Orr", "ida@zeta.be", "Zeta", 10],
    ["Jo Kim", "jo@gmail.com", "", 80],
]
SCORING = [
    ["Criterion", "Kind", "Field", "Operator", "Value", "Points"],
    *(["Points", "potential", "Points", "is", points, points] for points in (80, 40, 10)),
    ["Banned", "exclusion", "Points", "is", -1, -100],
]
BANDS = [
    ["Score", "Band", "From"],
    ["", "Hot", 20],
    ["", "Cold", ""],
    ["account", "Key", 30],
    ["account", "Other", ""],
]
ENGLISH = ("account", "account_key", "account_score", "account_band", "members", "counted_members")
FRENCH = ("compte", "cle_compte", "score_compte", "niveau_compte", "membres", "membres_comptes")

BEST = {
    "en": "The best of 2 accounts is Acme, with 40.0",
    "fr": "Le meilleur des 2 comptes est Acme, avec 40,0",
}


@pytest.fixture
def book(make, tmp_path):
    """A workbook of leads and model that asks for accounts."""

    def write(*, language="English", **sheets):
        settings = [["Setting", "Value"], ["Account roll-up", "max"], ["Language", language]]
        own = {"Leads": [HEADINGS, *LEADS], "Scoring": SCORING, "Bands": BANDS, "Settings": settings} | sheets
        return make.book(tmp_path / "leads.xlsx", **own)

    return write


def cells(path, name):
    return list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize(("language", "sheet", "headings"), [("en", "Accounts", ENGLISH), ("fr", "Comptes", FRENCH)])
def test_the_sheet(book, tmp_path, language, sheet, headings):
    path = tmp_path / "out.xlsx"

    outcome = score_file(Job(book(), output=str(path), language=language, as_of="2026-11-21"))

    first, *rows = cells(path, sheet)
    assert first[:6] == headings
    assert rows[0][:6] == ("Acme", "acme.fr", 40, "Key", 3, 2)
    assert rows[0][7:10] == (2, "Ann Lee", "ann@acme.fr")
    assert len(rows) == len(outcome.results.accounts)
    assert {*headings[2:4]} < {*cells(path, {"en": "Results", "fr": "Résultats"}[language])[0]}


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_it_looks_as_the_other_sheets_do(book, tmp_path):
    score_file(Job(book(), output=str(tmp_path / "out.xlsx"), as_of="2026-11-21"))

    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Accounts"]
    assert sheet.freeze_panes == "B2"
    assert next(iter(sheet.tables.values())).autoFilter is not None
    assert all(cell.comment for cell in sheet[1])
    assert "max" in sheet["C1"].comment.text
    formats = [rule.formula for rules in sheet.conditional_formatting for rule in rules.rules if rule.formula]
    assert any("Key" in formula for one in formats for formula in one)
    assert dict(cells(tmp_path / "out.xlsx", "Run"))["account_roll_up"] == "max"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_results_read_back(book, tmp_path, language, suffix):
    path = tmp_path / f"out{suffix}"
    outcome = score_file(Job(book(), output=str(path), language=language, as_of="2026-11-21"))

    read = read_results(path).table

    for name in ("account_score", "account_band"):
        assert read[name].reset_index(drop=True).equals(outcome.results.table[name].reset_index(drop=True)), name


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_summary_names_the_best_and_so_does_what_is_read_back(book, tmp_path, language):
    path = tmp_path / "out.xlsx"
    outcome = score_file(Job(book(), output=str(path), language=language, as_of="2026-11-21"))

    read = read_results(path)

    found = figures_of_run(outcome.results).accounts
    assert found == (2, 2, (("Acme", 40, "Key", 3, 2), ("Zeta", 5, "Other", 1, 1)))
    assert figures_of(read.table, read.enriched, read.known).accounts == found
    texts = [cell for row in cells(path, {"en": "Summary", "fr": "Synthèse"}[language]) for cell in row]
    assert BEST[language] in texts


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_results_are_replaced_in_place_and_are_no_columns_of_the_user(book, cli):
    path = book()

    for _ in range(2):
        assert cli("score", path, "--in-place", "--as-of", "2026-11-21").exit_code == 0

    names = openpyxl.load_workbook(path).sheetnames
    assert names.count("Accounts") == 1
    assert not any("(leadscore)" in str(heading) for heading in cells(path, "Results")[0])


def test_a_sheet_of_the_users_own_of_that_name_is_not_replaced(book):
    path = book(Accounts=[["Mine"], ["precious"]])
    before = path.read_bytes()

    with pytest.raises(OutputError, match='"Accounts"'):
        score_file(Job(path, in_place=True, as_of="2026-11-21"))

    assert path.read_bytes() == before


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_results_scored_again_take_their_own_columns_for_none_of_the_users(book, tmp_path, make):
    first = tmp_path / "first.xlsx"
    score_file(Job(book(), output=str(first), as_of="2026-11-21"))
    again = make.book(tmp_path / "again.xlsx", Leads=cells(first, "Results"), Scoring=SCORING)

    score_file(Job(again, output=str(tmp_path / "second.xlsx"), as_of="2026-11-21"))

    assert not {"account_score", "account_band"} & set(cells(tmp_path / "second.xlsx", "Results")[0])


def test_what_is_told(book, cli, tmp_path):
    told = json.loads(cli("score", book(), "-o", tmp_path / "o.csv", "--as-of", "2026-11-21", "--json").stdout)

    assert told["accounts"] == {"accounts": 2, "scored": 2, "best_score": 40, "bands": {"Key": 1, "Other": 1}}


@pytest.mark.parametrize("command", [["explain", "{}", "2"], ["score", "{}", "--live", "-o", "{}.live.xlsx"]])
def test_other_commands_go_on(book, cli, command):
    path = book()

    done = cli(*(part.format(path) for part in command), "--as-of", "2026-11-21")

    assert done.exit_code == 0, done.stderr
