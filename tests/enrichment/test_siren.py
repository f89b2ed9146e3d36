import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import siren

CASES = tomllib.loads((Path(__file__).parent / "cases" / "siren.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = ("norm", "siren_validity", "siren_reason", "siret_validity", "siret_reason")
digits = st.text("0123456789", max_size=16)
cells = (
    digits
    | st.sampled_from(["", "552100554", "73282932000074", "n/a", "5.52E+08", "RCS Lyon 552100554"])
    | st.text(max_size=20)
)


@pytest.fixture(scope="module")
def read(context):
    return siren.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_siren_case(read, case):
    made = read(*(case.get(need, "") for need in siren.NEEDS))
    assert dict(zip(COLUMNS, made, strict=True)) == {name: case["gives"].get(name, "") for name in COLUMNS}


@pytest.mark.parametrize("column", [column for column in siren.MAKES if column.words], ids=lambda column: column.name)
def test_every_word_is_reached_and_no_other(column):
    assert {case["gives"].get(column.name, "") for case in CASES} - {""} == set(column.words)


def test_the_vat_number_of_the_lead_gives_its_siren(enriched_lead):
    made = enriched_lead(vat="FR 40 303 265 045")
    assert (made["siren_norm"], made["siren_reason"]) == ("303265045", "from_vat")


@given(cells, cells, st.sampled_from(["", "303265045"]))
def test_any_text_gives_words_of_the_closed_lists(read, first, second, from_vat):
    answer = read(first, second, from_vat)
    for column, value in zip(siren.MAKES, answer, strict=True):
        assert not column.words or value in {"", *column.words}
    assert (answer.siren_validity == "ok") == (len(answer.siren) == siren.SIREN_LENGTH)


@given(cells)
def test_a_valid_number_read_again_is_the_same(read, text):
    answer = read(text, "", "")
    if answer.siren:
        assert read(answer.siren, "", "") == answer._replace(siren_reason="")


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_check_digit_is_luhn(read, text):
    doubled = [int(digit) * (1 + (position % 2)) for position, digit in enumerate(text)]
    is_valid = sum(number - 9 * (number > 9) for number in doubled) % 10 == 0
    assert (read(text, "", "").siren_validity == "ok") == (is_valid and len(set(text)) > 1)


@pytest.mark.parametrize("text", ["1" * 100_000, " ." * 50_000 + "x", "rcs " * 25_000, "n° " * 30_000])
def test_a_very_long_text_is_no_number(read, text):
    assert read(text, text, "").siren_validity == "fail"
