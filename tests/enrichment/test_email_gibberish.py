import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment.email_gibberish import is_gibberish
from tests.work import QUADRATIC, text_growth

CASES = tomllib.loads((Path(__file__).parent / "cases" / "email_gibberish.toml").read_text(encoding="utf-8"))


def cases(answer):
    return [pytest.param(name, id=f"{why}: {name}") for why, names in CASES[answer].items() for name in names.split()]


@pytest.mark.parametrize("name", cases("random"))
def test_what_was_typed_at_random_is_flagged(name):
    assert is_gibberish(name)


@pytest.mark.parametrize("name", cases("fine"))
def test_names_acronyms_and_numbers_are_not(name):
    assert not is_gibberish(name)


def test_the_flag_of_a_lead(enriched_lead):
    assert enriched_lead(email="qsdfgh@acme.fr")["email_gibberish"] is True
    assert enriched_lead(email="jean@qsdfgh.fr")["email_gibberish"] is False
    assert enriched_lead(email="qsdfgh@gmail.con")["email_gibberish"] is True
    assert enriched_lead(email="qsdfgh")["email_gibberish"] == ""
    assert enriched_lead(email="")["email_gibberish"] == ""


@given(st.text(st.characters(codec=None), max_size=30) | st.text("asdfgqx19.", max_size=20))
def test_any_text_is_random_or_not_whatever_its_case(text):
    assert is_gibberish(text) in {True, False}
    if text.isascii():
        assert is_gibberish(text) == is_gibberish(text.upper())


@pytest.mark.parametrize("piece", ["a", "s", "1a", "st", "1", "kq", "é", "+", "."])
def test_a_text_without_end_takes_no_time(piece):
    assert text_growth(is_gibberish, piece) < QUADRATIC
