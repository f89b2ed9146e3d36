"""Names that the results use, in both languages: of columns no score may take, of sheets no leads are read from."""

import pytest

from leadscore.errors import ModelError
from leadscore.model.parse import is_result_sheet, parse_model
from tests.model.sheets import grids_of

TOP = ["Criterion", "Score", "Field", "Operator", "Value", "Points"]


@pytest.mark.parametrize(
    "name", ["rank", "rang", "Raisons", "niveau", "niveau_fit", "fit_band", "score min", "Score compte"]
)
def test_a_score_cannot_be_called_like_a_column_of_the_results(name):
    rows = [TOP, ["A", "fit", "Budget", ">", 1, 1], ["B", name, "Budget", ">", 1, 1]]

    with pytest.raises(ModelError) as told:
        parse_model(grids_of({"Scoring": rows}))

    assert [issue.code for issue in told.value.issues] == ["score-reserved"]


@pytest.mark.parametrize("name", ["Checks", "Contrôles", "Mouvements", "Movers", "Migration", "Ablation"])
def test_sheets_that_we_write_hold_no_leads(name):
    assert is_result_sheet(name)
