import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import email_parts

CASES = tomllib.loads((Path(__file__).parent / "cases" / "email_parts.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = [column.name for column in email_parts.MAKES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_email_parts_case(enriched_lead, case):
    made = enriched_lead(email=case["email"])
    assert {name: made[name] for name in COLUMNS if made[name]} == case["gives"]


@given(st.text(st.characters(codec=None), max_size=20), st.text("a.-", min_size=1, max_size=12))
def test_any_text_gives_a_part_of_itself(context, local, domain):
    given_local, registrable = email_parts.prepare(context)(f"{local}@{domain}", domain)
    assert given_local == local
    assert registrable in domain
