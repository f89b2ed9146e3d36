import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import vat

CASES = tomllib.loads((Path(__file__).parent / "cases" / "vat.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = ("norm", "validity", "reason", "country", "siren")
pieces = st.sampled_from(
    [
        *("FR", "BE", "CHE", "GB", "EL", "XI", "EU", "US", "NL", "B01", "MWST", "TVA", "VAT : ", "N° ", "n/a", "fr"),
        *("40303265045", "303265045", "0428759497", "12", "0", "-", ".", " ", "É", "²", "٣", "E+10"),
    ]
)
numbers = st.lists(pieces, max_size=6).map("".join) | st.text(max_size=20)
prefixed = st.builds("{}{}".format, st.sampled_from(sorted(vat.PREFIXES)), st.text("0123456789ABXYZ", max_size=14))
countries = st.sampled_from(["", "FR", "Belgique", "CH", "US", "?"])


@pytest.fixture(scope="module")
def read(context):
    return vat.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vat_case(read, case):
    made = read(*(case.get(need, "") for need in vat.NEEDS))
    assert dict(zip(COLUMNS, made, strict=True)) == {name: case["gives"].get(name, "") for name in COLUMNS}


@pytest.mark.parametrize("column", ["validity", "reason"])
def test_every_word_is_reached_and_no_other(column):
    made = next(made for made in vat.MAKES if made.name == f"vat_{column}")
    assert {case["gives"].get(column, "") for case in CASES} - {""} == set(made.words)


def test_every_country_has_rules():
    assert all(vat._rules(country).validate for country in set(vat.PREFIXES.values()))


def test_the_country_of_the_run_is_used_where_the_lead_has_none(context):
    french = vat.prepare(replace(context, country="FR"))
    assert french("40303265045", "").norm == "FR40303265045"
    assert french("0428759497", "BE").norm == "BE0428759497"


@given(numbers | prefixed, countries)
def test_any_text_gives_words_of_the_closed_lists(read, text, country):
    answer = read(text, country)
    assert answer.validity in {"", "ok", "fail", "unknown"}
    assert answer.reason in {"", *vat.REASONS}
    assert (answer.validity == "ok") == bool(answer.norm) == bool(answer.country)


@given(numbers | prefixed, countries)
def test_a_valid_number_read_again_is_the_same(read, text, country):
    answer = read(text, country)
    if answer.validity == "ok":
        again = "no_suffix" if answer.reason == "no_suffix" else ""
        assert read(answer.norm, country) == answer._replace(reason=again)


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "FR" * 50_000, " ." * 50_000 + "1", "N° TVA " * 10_000, "FR" + "1" * 9_999]
)
def test_a_very_long_text_is_no_number(read, text):
    assert read(text, "FR").validity == "fail"
