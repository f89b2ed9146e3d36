import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import civility, email_name, name_plausible, person
from leadscore.enrichment.name_case import cased_name, tidy_name
from leadscore.enrichment.name_split import split_full_name, split_local_part
from leadscore.enrichment.name_titles import split_titles
from tests.work import QUADRATIC, text_growth

MODULES = {"person": person, "name_plausible": name_plausible, "civility": civility, "email_name": email_name}
CASES = [
    (name, case)
    for name in MODULES
    for case in tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text(encoding="utf-8"))["case"]
]
WORDED = [(name, column) for name, module in MODULES.items() for column in module.MAKES if column.words]

pieces = [
    *("jean", "DUPONT", "Jean-Pierre", "de", "La", "O'", "d'", "Mc", "M.", "Mme", "Dr.", "et", "Me", "III", "JP", "ß"),
    *(" ", "-", ".", ",", "'", "’", "(", ")", "@", "acme.fr", "1", "İ", "ŉ", "ﬁ", "王", "test", "qsdf", "née", "/"),
]
names = st.lists(st.sampled_from(pieces), max_size=6).map("".join) | st.text(max_size=20)
wild = names | st.text(st.characters(codec=None), max_size=20)
addresses = st.lists(st.sampled_from(["jean", "dupont", ".", "-", "_", "j", "de", "75", "+"]), max_size=6).map("".join)


@pytest.fixture(scope="module")
def cores(context):
    """The scalar cores of the steps, by module."""
    return {name: module.prepare(context) for name, module in MODULES.items() if name != "email_name"} | {
        "email_name": email_name.name_match
    }


@pytest.mark.parametrize(("module", "case"), CASES, ids=lambda part: part if isinstance(part, str) else part["name"])
def test_case(enriched_lead, module, case):
    made = enriched_lead(**case["lead"])
    columns = [column.name for column in MODULES[module].MAKES]
    assert {name: made[name] for name in columns} == {name: case["gives"].get(name, "") for name in columns}


@pytest.mark.parametrize(("module", "column"), WORDED, ids=lambda part: getattr(part, "name", part))
def test_every_word_is_reached_and_no_other(module, column):
    reached = {case["gives"].get(column.name, "") for name, case in CASES if name == module} - {""}
    assert reached == set(column.words)


def test_placeholders_and_role_accounts_are_those_of_the_run(context, enriched_lead):
    lists = {"placeholder names": frozenset({"bidule"}), "role accounts": frozenset({"jeandupont"})}
    ours = replace(context, lists=lists)
    assert enriched_lead(ours, first_name="Bidule")["name_reason"] == "placeholder"
    assert enriched_lead(ours, first_name="Toto")["name_plausible"] == "ok"
    assert enriched_lead(ours, email="jean.dupont@acme.fr")["last_name_guess"] == ""
    assert enriched_lead(ours, email="service.durand@acme.fr")["last_name_guess"] == ""


def test_a_name_guessed_from_the_address_is_not_compared_with_it(context):
    fields = pd.DataFrame(
        {
            "email_norm": ["jean.dupont@acme.fr"] * 2,
            "first_name_norm": "",
            "last_name_norm": "",
            "first_name_guess": "Jean",
            "last_name_guess": "Dupont",
            "name_guessed_from": ["full_name", "email"],
        },
        dtype=object,
        index=[4, 9],
    )
    assert email_name.run(fields, context)["email_name_match"].to_dict() == {4: "full", 9: ""}


@given(wild, st.booleans())
def test_a_name_written_as_names_are_stays_so(text, is_first):
    once = person.part_norm(text, is_first=is_first)
    assert person.part_norm(once, is_first=is_first) == once


@given(wild)
def test_tidying_twice_is_tidying_once(text):
    once = tidy_name(text)
    assert tidy_name(once) == once


@given(
    st.text(
        st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F, exclude_characters="ıſ"), min_size=1, max_size=12
    )
)
def test_casing_changes_case_only(text):
    assert cased_name(text).casefold() == text.casefold()


@given(names)
def test_the_parts_of_a_full_name_stand_in_it(text):
    for part in split_full_name(text):
        assert part in tidy_name(text).replace(".", ". ") or part in tidy_name(text)


@given(wild, wild, wild, wild)
def test_any_text_gives_words_of_the_closed_lists(cores, first, last, full, other):
    answers = {
        "person": (first, last, full, other),
        "name_plausible": (first, last, full),
        "civility": (other, first, last, full, other),
        "email_name": (other, first, last),
    }
    for name, texts in answers.items():
        for column, word in zip(MODULES[name].MAKES, cores[name](*texts), strict=True):
            assert not column.words or word in {"", *column.words}


@given(addresses)
def test_a_guess_is_of_letters_that_stand_in_the_address(local):
    for part in split_local_part(local, frozenset()):
        assert all(word in local for word in part.split())


@given(wild)
def test_only_titles_are_taken_from_a_name(text):
    name = tidy_name(text)
    found, rest = split_titles(name)
    assert set(found) <= {"mr", "ms", "mx", "dr", "prof", "me"}
    assert name.endswith(rest)


@pytest.mark.parametrize("piece", ["a", "a ", "-", "M. ", "(", "()", ".", "a.", "'", "1", "et ", " ,", "é", "née "])
def test_long_texts_take_no_longer_than_their_length(cores, piece):
    def read(text):
        cores["person"](text, text, text, f"{text}@acme.fr")
        cores["person"]("", "", text, f"{text}@acme.fr")
        cores["name_plausible"](text, text, text)
        cores["civility"](text, text, text, text, text)
        cores["email_name"](f"{text}@acme.fr", text, text)

    assert text_growth(read, piece) < QUADRATIC
