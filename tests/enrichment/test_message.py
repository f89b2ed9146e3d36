import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import message
from leadscore.enrichment.message import MAKES, OWN_WORD_POINTS
from leadscore.enrichment.spam_signs import Sign
from leadscore.reference import spam_words
from tests.work import QUADRATIC, text_growth

CASES = tomllib.loads((Path(__file__).parent / "cases" / "message.toml").read_text(encoding="utf-8"))["case"]
LANGUAGES = MAKES[2].words
MOST_OF_A_BUYER, LEAST_OF_SPAM = 29, 40

pieces = st.sampled_from(
    [
        "seo ",
        "backlinks; ",
        "https://x.example ",
        "!!!",
        "BUY NOW ",
        "cаsino ",
        "bonjour merci ",
        "jean@acme.fr ",
        "\n",
        "+5",
    ]
)
messages = st.lists(pieces, max_size=8).map("".join) | st.text(st.characters(codec=None), max_size=60)


@pytest.fixture(scope="module")
def read(context):
    return message.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["message"][:40])
def test_message_case(enriched_lead, case):
    made = enriched_lead(message=case["message"])

    assert [made[column.name] for column in MAKES] == [case["score"], case.get("words", ""), case.get("language", "")]


def test_a_blank_message_gives_blanks(enriched_lead):
    made = enriched_lead(message=" \u00a0")
    assert [made[column.name] for column in MAKES] == ["", "", ""]


def test_what_buyers_write_stays_low_and_spam_is_high():
    scores = {kind: [case["score"] for case in CASES if case["is"] == kind] for kind in ("buyer", "spam")}
    assert max(scores["buyer"]) <= MOST_OF_A_BUYER
    assert min(scores["spam"]) >= LEAST_OF_SPAM
    assert min(map(len, scores.values())) >= 40


@given(messages)
def test_the_score_is_the_sum_of_the_points_shown_up_to_a_hundred(read, text):
    score, words, language = read(text)
    shown = [int(sign.rpartition("+")[2]) for sign in words.split("; ") if sign]
    assert score in {"", min(100, sum(shown))}
    assert words == "" or score != ""
    assert all(re.fullmatch(r".* \+\d+", sign) for sign in words.split("; ") if sign)
    assert language in {"", *LANGUAGES}


def test_words_of_the_models_list_count_and_those_taken_away_do_not(context):
    words = (spam_words() - {"backlinks"}) | {"casque vr"}
    read = message.prepare(replace(context, lists={"spam words": words}))

    assert read("Un Casque-VR et des backlinks").words == f"casque vr +{OWN_WORD_POINTS}"


def test_a_sign_is_shown_short_and_never_looks_like_two():
    assert str(Sign("one; two\nthree", 5)) == "one, two three +5"
    assert str(Sign("x" * 50, 5)) == f"{'x' * 30}… +5"


@pytest.mark.parametrize("text", ["a", "A ", "aЯ", "http://", "a@", "1 ", "!", "seo ", "<a ", "я"])
def test_a_very_long_message_takes_no_time(read, text):
    assert text_growth(read, text) < QUADRATIC
