import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import job
from leadscore.enrichment.job_parts import _BETWEEN, _HINTS, _NOT_NOW, _RETIRED, parts_of
from leadscore.enrichment.job_phrases import Phrases
from leadscore.reference import FUNCTIONS, function_words, seniority_words
from tests.work import QUADRATIC, text_growth

CASES = tomllib.loads((Path(__file__).parent / "cases" / "job.toml").read_text(encoding="utf-8"))["case"]
pieces = st.sampled_from(
    [
        *(
            "Directeur",
            "assistante",
            " du ",
            "PDG",
            "CEO",
            " to the ",
            "·rice",
            "(e)",
            "/trice",
            " - ",
            ", ",
            " & ",
            "ex-",
        ),
        *(
            "former ",
            "lead",
            "*",
            "chef ",
            "de ",
            "D.A.F.",
            "R & D",
            "stage",
            "(H/F)",
            "leiterin",
            "Vertrieb",
            "\u00e9",
            "IT",
        ),
    ]
)
titles = st.lists(pieces, max_size=8).map("".join) | st.text(max_size=30)


@pytest.fixture(scope="module")
def read(context):
    return job.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_job_case(enriched_lead, case):
    made = enriched_lead(job_title=case["title"])
    given_names = {"job_seniority": "seniority", "job_function": "function", "is_decision_maker": "decides"}
    assert {name: made[name] for name in given_names} == {
        name: case["gives"].get(short, "") for name, short in given_names.items()
    }


@pytest.mark.parametrize(("name", "words"), [("seniority", job.SENIORITIES), ("function", job.FUNCTIONS)])
def test_every_word_is_reached_and_no_other(name, words):
    assert {case["gives"].get(name, "") for case in CASES} - {""} == set(words)


@pytest.mark.parametrize("seniority", job.SENIORITIES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_decides(seniority, function):
    always = seniority in {"owner", "c_level", "vp"}
    by_function = (seniority == "director" and function != "other") or (
        seniority in {"head", "manager"} and function in {"purchasing", "general_management"}
    )
    assert job.decides(seniority, function) == ("" if seniority == "unknown" else always or by_function)


def test_the_lists_of_the_model_are_the_ones_used(context, enriched_lead):
    own = replace(
        context,
        lists={
            "seniority words": seniority_words() - {"chef projet=manager", "growth hacker=staff"}
            | {"growth hacker=senior", "*wart=head"},
            "function words": frozenset({"growth hacker=it"}),
        },
    )
    assert enriched_lead(own, job_title="Growth-Hacker")["job_seniority"] == "senior"
    assert enriched_lead(own, job_title="Chef de projet")["job_seniority"] == "head"
    assert enriched_lead(own, job_title="Hauswart")["job_seniority"] == "head"
    assert enriched_lead(own, job_title="wart")["job_seniority"] == "unknown"
    assert enriched_lead(own, job_title="Growth hacker, sales")["job_function"] == "it"
    assert enriched_lead(own, job_title="sales")["job_function"] == "unknown"


def test_the_longest_phrase_at_a_word_is_found_whole_and_the_longest_star():
    found = Phrases({"chef=a", "chef projet=b", "projet web=c", "*leiter=d", "*projektleiter=e"}).found_in
    assert [(phrase.start, phrase.level) for phrase in found(("chef", "projet", "web"))] == [(0, "b")]
    assert [(phrase.start, phrase.level) for phrase in found(("chef", "web"))] == [(0, "a")]
    assert [phrase.level for phrase in found(("bauprojektleiter", "bauleiter", "leiter", "cheffe"))] == ["e", "d"]


def test_parts_know_what_is_about_somebody_else():
    (part,) = parts_of("Bras droit du DG")
    assert (part.words, part.is_of_another) == (("bras", "droit", "dg"), (False, False, True))
    (part,) = parts_of("Assistant to the sales manager")
    assert part.is_of_another == (False, True, True)
    (part,) = parts_of("Ex-DG, adjointe au directeur")
    assert (part.words, part.is_of_another) == (("adjointe", "directeur"), (False, False))


@given(titles)
def test_a_title_that_has_no_hint_is_of_today(title):
    text = " ".join(title.split()).lower()
    if _HINTS.isdisjoint("".join(letter if letter.isalnum() else " " for letter in text).split()) and text.isascii():
        assert all(_NOT_NOW.sub("", piece) == piece for piece in _BETWEEN.split(text))
        assert not _RETIRED.search(text)


@given(titles | st.text(st.characters(codec=None), max_size=20))
def test_any_text_gives_words_of_the_closed_lists(read, text):
    answer = read(text)
    assert answer.seniority in {"", *job.SENIORITIES}
    assert answer.function in {"", *job.FUNCTIONS}
    assert (answer.seniority == "") == (answer.function == "")
    assert (answer.decides == "") == (answer.seniority in {"", "unknown"})


@given(titles)
def test_case_and_spaces_do_not_matter(read, title):
    assert read(f"  {title}\u00a0") == read(title)
    if title.isascii():
        assert read(title.upper()) == read(title)


@pytest.mark.parametrize(
    "piece", ["a", "a.", "assistant ", "(e", "h/", " - ", "e-", "ex ", "*", "r & ", "a&", "chef de "]
)
def test_a_long_title_takes_no_more_than_its_length(read, piece):
    assert text_growth(read, piece) < QUADRATIC


def test_every_shipped_phrase_alone_says_what_its_entry_says(read):
    """A phrase whose words a rule takes apart, or cuts away, would be an entry that never decides."""
    wrong = {
        (entry, read(key).seniority)
        for entry in seniority_words()
        for key, _, level in [entry.partition("=")]
        if "*" not in key and read(key).seniority != level
    }
    assert wrong == set()


def test_every_shipped_function_alone_says_what_its_entry_says(read):
    wrong = {
        (entry, read(key).function)
        for entry in function_words()
        for key, _, level in [entry.partition("=")]
        if "*" not in key and read(key).function != level
    }
    assert wrong == set()
