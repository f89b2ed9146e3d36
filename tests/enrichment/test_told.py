import tomllib
from pathlib import Path

import pandas as pd
import pytest

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS, enrich
from leadscore.enrichment.told import told_cells
from leadscore.reference.files import entries

CASES = tomllib.loads((Path(__file__).parent / "cases" / "told.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_told_case(enriched_lead, case):
    made = enriched_lead(**case["lead"])
    assert {name: made[name] for name in case["gives"]} == case["gives"]


def test_a_lead_that_says_nothing_is_like_a_blank_one(context):
    fields = ["email", "phone", "mobile", "company", "website", "job_title", "budget", "headcount", "vat", "siren"]
    words = entries("not_told.txt")
    untold = enrich(pd.DataFrame(dict.fromkeys(fields, words), dtype=object), context)
    blank = enrich(pd.DataFrame(dict.fromkeys(fields, ("",)), dtype=object), context)

    assert untold.drop_duplicates().to_dict("records") == blank.to_dict("records")
    assert list(untold.columns) == list(ENRICHMENT_COLUMNS)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Téléphone", "NC", ""),
        ("Pays", "NC", "NC"),
        ("Pays", "N/C", ""),
        ("region", "NC", "NC"),
        ("Nom", "Na", "Na"),
        ("Nom", "non renseigné", ""),
        ("Message", "?", "?"),
        ("Favourite colour", "?", ""),
        ("Favourite colour", "blue", "blue"),
    ],
)
def test_what_a_cell_of_a_field_or_heading_tells(name, text, told):
    assert told_cells(name, pd.Series([text, "x"], dtype=object)).tolist() == [told, "x"]
