import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import country, place
from leadscore.enrichment.place import read_postcode

CASES = tomllib.loads((Path(__file__).parent / "cases" / "place.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = [column.name for column in place.MAKES]
COUNTRY_COLUMNS = [column.name for column in country.MAKES]

countries = st.sampled_from(["", "FR", "Réunion", "BE", "NC", "?"]) | st.text(max_size=4)
postcodes = st.from_regex(r"(F-)?[0-9]{3,6}( CEDEX)?", fullmatch=True) | st.text(max_size=12)
types = st.sampled_from(["", "free", "professional"])
domains = st.sampled_from(["", "acme.fr", "acme.de", "acme.com"])


@pytest.fixture(scope="module")
def placed(context):
    return place.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_place_case(enriched_lead, case):
    made = enriched_lead(**{name: text for name, text in case.items() if name not in {"name", "gives"}})
    expected = {"country_reason": "read" if "country_iso2" in case["gives"] else "missing"} | case["gives"]
    names = (*COUNTRY_COLUMNS, *COLUMNS)
    assert {name: made[name] for name in names} == {name: expected.get(name, "") for name in names}


def test_every_reason_is_reached_and_no_other():
    assert {case["gives"].get("postcode_reason", "") for case in CASES} - {""} == set(place.REASONS)


@given(countries)
def test_a_country_is_read_or_told_to_be_none(text):
    code, reason = country.read_country(text)
    assert reason in country.REASONS
    assert bool(code) == (reason == "read")
    assert country.read_country(code)[0] == code


def test_the_run_says_the_country_of_leads_that_do_not(context, enriched_lead):
    french, belgian = replace(context, country="FR"), replace(context, country="BE")
    assert enriched_lead(french, postcode="75008")["postcode_reason"] == "country_guessed"
    assert enriched_lead(french, postcode="1000")["postcode_reason"] == "no_country"
    assert enriched_lead(belgian, postcode="75008")["postcode_reason"] == "not_french"
    assert enriched_lead(french, postcode="75015", email="a.b@acme.de")["postcode_reason"] == "not_french"


@given(postcodes)
def test_a_postcode_read_again_is_the_same(text):
    digits, _ = read_postcode(text)
    assert digits == "" or read_postcode(digits) == (digits, False)


@given(countries, postcodes, st.tuples(countries, domains, types, domains, countries))
def test_any_text_gives_words_of_the_closed_list(placed, country_iso2, postcode, signs):
    answer = placed(postcode, country_iso2, *signs)
    assert answer.reason in {"", *place.REASONS}
    assert bool(answer.department_code) == (answer.reason in {"", "padded", "country_guessed"})
    assert bool(answer.department_code) == bool(answer.department_name)


@pytest.mark.parametrize("text", ["-" * 100_000, "7" * 100_000, "75008" + " -" * 50_000, "F" + " " * 100_000 + "7"])
def test_a_long_text_takes_no_time(text):
    assert read_postcode(text) == ("", False)
