import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.reference import company_words, country_code, not_told, not_told_key, says_nothing
from leadscore.reference.files import entries


@pytest.mark.parametrize(
    "text",
    [
        *("N/A", "n.a.", "#N/A", "#N/D", "NC", "n.c.", "-", "--", "—", "- -", "?", "???", "...", "…", "néant", "NEANT"),
        *("aucun", "Aucune", "aucun(e)", "null", "<NA>", "(vide)", "non renseigné", "NON-RENSEIGNE", "inconnu"),
        *("not provided", "not_provided", "unknown", "NaN", "(blank)", "xxx", ""),
    ],
)
def test_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["0", "x", "€", "+", "@", "na@acme.fr", "Nantes", "NCR", "Aucun budget", "non", "no", "&", "1-", "n" * 10**5],
)
def test_says_something(text):
    assert not says_nothing(text)


def test_each_word_stands_once_and_in_no_other_list():
    assert [not_told_key(entry) for entry in entries("not_told.txt")] == list(entries("not_told.txt"))
    keys = {not_told_key(word) for word, meaning in company_words().items() if meaning == "nothing"}
    assert not keys & not_told()


@pytest.mark.parametrize(
    ("text", "code"), [("NA", "NA"), ("nc", "NC"), ("N/A", ""), ("n.a.", ""), ("N.C.", ""), ("U.K.", "GB"), ("-", "")]
)
def test_a_code_is_told_from_nothing_by_its_signs(text, code):
    assert country_code(text) == code


@given(st.text(max_size=20))
def test_the_key_of_a_key_is_itself(text):
    assert not_told_key(not_told_key(text)) == not_told_key(text)
