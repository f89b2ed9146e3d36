import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import anomalies
from tests.work import QUADRATIC, text_growth

CASES = tomllib.loads((Path(__file__).parent / "cases" / "anomalies.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def found(context):
    def answer(**lead):
        cells = {need: [lead.get(need, "")] for need in anomalies.NEEDS}
        return anomalies.run(pd.DataFrame(cells, dtype=object), context)["anomalies"].iloc[0]

    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_anomalies_case(enriched_lead, case):
    assert enriched_lead(**case["lead"])["anomalies"] == case["gives"]


def test_what_excel_made_a_date_of_is_told(found):
    assert found(headcount_reason="date", budget_reason="date") == "excel_date: headcount; excel_date: budget"


@given(st.lists(st.text(max_size=20), min_size=len(anomalies.NEEDS), max_size=len(anomalies.NEEDS)))
def test_any_cells_give_words_of_the_closed_list_with_fields(found, cells):
    text = found(**dict(zip(anomalies.NEEDS, cells, strict=True)))
    pieces = [piece.split(": ") for piece in text.split("; ") if piece]
    assert all(word in anomalies.WORDS for word, _ in pieces)
    assert all(field in (*anomalies.NEEDS, "headcount", "budget") for _, field in pieces)


@pytest.mark.parametrize("piece", ["@", "a@b;", "0 1", "<a ", "&a", "Ã", "https://", "http://a ", "12E", "#N/A"])
def test_a_very_long_cell_takes_no_time(found, piece):
    assert text_growth(lambda text: found(**dict.fromkeys(anomalies.NEEDS, text)), piece) < QUADRATIC
