"""The sheet Results as it opens: what a reader wants first, the details folded, sums as formulas."""

import openpyxl
import pytest

from leadscore.pipeline.run import Job, score_file
from tests.conftest import LEADS, SCORING
from tests.pipeline.live_models import write_sheets

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

BANDS = [["Band", "From", "Icon"], ["Hot", 50, "🔥"], ["Cold", None, ""]]


@pytest.fixture
def scored(tmp_path):
    def run(columns="", suffix=".xlsx"):
        source = write_sheets(tmp_path / "leads.xlsx", {"Leads": LEADS, "Scoring": SCORING, "Bands": BANDS})
        settings = {"result_columns": tuple(columns.split("; "))} if columns else {}
        score_file(Job(source=source, output=str(tmp_path / f"out{suffix}"), as_of="2026-03-01", settings=settings))
        return tmp_path / f"out{suffix}"

    return run


def test_the_details_come_last_and_are_folded(scored):
    sheet = openpyxl.load_workbook(scored())["Results"]
    headings = [cell.value for cell in sheet[1]]
    runs = [run for run in sheet.column_dimensions.values() if run.hidden]  # neighbours alike are one
    folded = [heading for run in runs for heading in headings[run.min - 1 : run.max]]

    assert headings[6:12] == ["score", "band", "rank", "excluded_by", "reasons", "next_best_field"]
    assert headings[12:15] == ["band_range", "score_low", "score_high"]
    assert headings[-1] == "sum of contributions"
    assert folded == headings[12:]


def test_the_sum_of_contributions_is_a_formula_that_gives_the_score(scored):
    path = scored()
    formulas, now = (openpyxl.load_workbook(path, data_only=only)["Results"] for only in (False, True))
    last = formulas.max_column

    assert formulas.cell(2, last).value == '=IF(G2="","",SUM(Q2:T2))'
    assert [now.cell(row, last).value for row in (2, 3, 4)] == [now.cell(row, 7).value for row in (2, 3, 4)]


def test_csv_has_the_columns_of_the_design_in_their_order_and_no_formula(scored):
    headings = scored(suffix=".csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")

    assert headings[6:10] == ["score", "band", "band_range", "rank"]
    assert headings[-1] == "contribution: rounding"


def test_result_columns_may_name_columns_of_enrichment(scored):
    sheet = openpyxl.load_workbook(scored("E-mail; phone_e164; email_validity"))["Results"]

    assert [cell.value for cell in sheet[1]][:4] == ["E-mail", "phone_e164", "email_validity", "score"]
    assert [cell.value for cell in sheet["B"]][1:] == ["+33647318295", "+32475612983", None]


def test_a_contribution_s_note_has_the_numbers_and_cells_behind_it(scored):
    sheet = openpyxl.load_workbook(scored())["Results"]
    notes = {cell.value: cell.comment.text for cell in sheet[1] if cell.comment}

    assert notes["contribution: Budget"] == (
        "What Budget adds to the score: its points x its weight, 1 / the total 3.\n"
        "Sheet Scoring: points in G3, G4; weight in C3"
    )
