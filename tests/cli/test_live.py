"""`leadscore score --live`, as it is typed."""

import openpyxl
import pytest

from tests.conftest import LEADS, SCORING, write_book


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_live_writes_formulas_and_the_model_they_read(cli, tmp_path):
    source = write_book(tmp_path / "leads.xlsx", Leads=LEADS, Scoring=SCORING)

    result = cli("score", source, "--live", "-o", tmp_path / "out.xlsx", "--as-of", "2026-03-01")

    assert result.exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert {"Live model", "Scoring"} <= set(book.sheetnames)
    assert str(book["Results"]["G2"].value).startswith("=")


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_the_environment_may_ask_for_it(cli, tmp_path):
    source = write_book(tmp_path / "leads.xlsx", Leads=LEADS, Scoring=SCORING)

    assert cli("score", source, "-o", tmp_path / "out.xlsx", LEADSCORE_LIVE="1").exit_code == 0

    assert "Live model" in openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames


def test_live_needs_a_workbook(cli, tmp_path):
    source = write_book(tmp_path / "leads.xlsx", Leads=LEADS, Scoring=SCORING)

    result = cli("score", source, "--live", "-o", tmp_path / "out.csv")

    assert result.exit_code == 2
    assert "--live makes formulas, which only a workbook can hold" in " ".join(result.stderr.split())
