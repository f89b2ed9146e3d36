import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import company
from leadscore.enrichment.company_cleaning import meaning_of, plain_name
from leadscore.reference import legal_forms

CASES = tomllib.loads((Path(__file__).parent / "cases" / "company.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = ("name", "guessed", "norm", "form", "countries", "individual")
pieces = st.sampled_from(
    [
        *("SAS", "Sas", "S.A.", "SA", "SARL", "GmbH", "& Co.", "KG", "Sp. z o.o.", "e.V.", "A/S", "SpA", "Spa", "EI"),
        *("Dupont", "L'", "Oréal", "et", "and", "&", "+", "C++", "-", "(", ")", ".", "ООО", "Institute", "freelance"),
    ]
)
names = st.lists(pieces, max_size=7).map(" ".join) | st.lists(pieces, max_size=5).map("".join) | st.text(max_size=30)


@pytest.fixture(scope="module")
def read(context):
    return company.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_company_case(read, case):
    made = read(*(case.get(need, "") for need in company.NEEDS))
    assert dict(zip(COLUMNS, made, strict=True)) == {name: case["gives"].get(name, "") for name in COLUMNS}


@pytest.mark.parametrize("spelling", sorted({row for form in legal_forms().values() for row in form.spellings}))
def test_every_spelling_of_every_form_is_taken_off_where_it_may_stand(spelling):
    forms = {form for form in legal_forms().values() if spelling in form.spellings}
    for form in forms:
        assert not form.end or plain_name(f"Ondelune {spelling}").norm == "ondelune"
        assert not form.start or plain_name(f"{spelling} Ondelune").norm == "ondelune"


@pytest.mark.parametrize(
    ("norm", "meaning"),
    [
        ("dupont", ""),
        ("test", "nothing"),
        ("societe test", "nothing"),
        ("independant", "freelance"),
        ("graphiste freelance", "freelance"),
        ("freelance com", ""),
        ("particulier", "private"),
        ("sa", "form"),
        ("gmbh co kg", "form"),
        ("sas institute", ""),
        ("", ""),
    ],
)
def test_what_a_name_means(norm, meaning):
    assert meaning_of(norm) == meaning


@given(names)
def test_a_folded_name_folded_again_is_the_same(text):
    norm = plain_name(text).norm
    assert plain_name(norm) == (norm, None)


@given(names)
def test_the_only_word_of_a_name_stays(text):
    assert bool(plain_name(text).norm) == any(sign.isalnum() for sign in plain_name(f"{text}").norm)
    assert plain_name(f"{text} Ondelune").norm


@given(names, names)
def test_any_text_is_read_and_a_given_name_stays(read, text, person):
    made = read(text, "ondelune.fr", person, "", person)
    assert made.name in {text, "Ondelune"}
    assert made.is_guessed is (made.name != text)
    assert isinstance(made.is_individual, bool)


@given(st.from_regex(r"[a-z0-9-]{1,20}\.(fr|co\.uk)", fullmatch=True) | st.text(max_size=10))
def test_any_domain_gives_a_guess(domain):
    assert isinstance(company.guessed_name(domain), str)


@pytest.mark.parametrize("text", ["SAS " * 25_000, "é." * 50_000, "&" * 100_000, "a" * 100_000, "et " * 33_000])
def test_a_very_long_name_is_read(text):
    assert len(plain_name(text).norm) <= len(text)
