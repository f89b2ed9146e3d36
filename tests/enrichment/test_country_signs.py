import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import country_signs
from leadscore.enrichment.step import SEPARATOR

FOLDER = Path(__file__).parent / "cases"
CASES = tomllib.loads((FOLDER / "country_signs.toml").read_text(encoding="utf-8"))["case"]
PHONE_CASES = tomllib.loads((FOLDER / "phone_country_matches.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = [column.name for column in country_signs.MAKES]

countries = st.sampled_from(["", "FR", "RE", "DE", "MC"]) | st.text(max_size=3)
domains = st.sampled_from(["", "acme.fr", "www.acme.fr", "acme.de", "acme.com", "."]) | st.text(max_size=6)
types = st.sampled_from(["", "free", "professional"])


@pytest.fixture(scope="module")
def signs(context):
    return country_signs.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_country_signs_case(signs, case):
    made = dict(zip(COLUMNS, signs(*(case.get(name, "") for name in country_signs.NEEDS)), strict=True))
    assert made == {name: case["gives"].get(name, "") for name in COLUMNS}


@pytest.mark.parametrize("case", PHONE_CASES, ids=lambda case: case["name"])
def test_phone_country_matches_case(enriched_lead, case):
    lead = {name: text for name, text in case.items() if name not in {"name", "gives"}}
    assert enriched_lead(**lead)["phone_country_matches"] == case.get("gives", "")


def test_every_word_is_reached_and_no_other():
    verdicts = {case["gives"].get("country_consistent", "") for case in CASES} - {""}
    conflicts = {word for case in CASES for word in case["gives"].get("country_conflicts", "").split(SEPARATOR)} - {""}
    assert verdicts == {case.get("gives", "") for case in PHONE_CASES} - {""} == {"ok", "fail", "unknown"}
    assert conflicts == set(country_signs.SIGNS)


@given(st.tuples(countries, countries, domains, types, domains, countries))
def test_conflicts_are_told_where_there_are_some(signs, texts):
    verdict, conflicts = signs(*texts)
    words = conflicts.split(SEPARATOR) if conflicts else []
    assert verdict in {"", "ok", "fail", "unknown"}
    assert words == [sign for sign in country_signs.SIGNS if sign in words]
    assert bool(words) == (verdict == "fail")


@given(st.text(max_size=6), countries, st.text(max_size=6), domains, types)
def test_any_text_gives_a_verdict_on_the_phone(context, reason, phone_country, country, domain, email_type):
    texts = (reason, phone_country, country, domain, email_type)
    assert country_signs.prepare_phone(context)(*texts)[0] in {"", "ok", "fail", "unknown"}
