"""Message: does it look like spam, by which words, and in what language is it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from leadscore.enrichment.spam_signs import explained, form_signs, lexicon_signs
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import LANGUAGES_TOLD, spam_points, spam_words, stop_words, words_of
from leadscore.values.folding import trim

MAKES = (
    MadeColumn(
        "message_spam_score",
        "How much the message looks like spam, from 0 to 100: the points of its signs added up.",
        kind="integer",
    ),
    MadeColumn(
        "message_spam_words",
        "The very words and signs that make the spam score, each with its points.",
    ),
    MadeColumn(
        "message_language",
        "The language of the message by its commonest words; blank when it is too short to say; other: another script.",
        (*LANGUAGES_TOLD, "other"),
    ),
)

OWN_WORD_POINTS = 20  # a word that the model's list *Spam words* adds
HIGHEST_SCORE = 100
READ_LENGTH = 5_000  # characters; what a pitch has to say stands before
_LANGUAGE_WORDS = 100  # words of a message looked at
_LEAST_WORDS = 3
_LEAST_EVIDENCE = 1.5  # words of one language only; one that is in two languages counts half for each
_LEAST_LEAD = 1.3  # times the evidence of the next language
_LEAST_OTHER_LETTERS = 10


class MessageAnswer(NamedTuple):
    """One value per made column."""

    score: int | str = ""
    words: str = ""
    language: str = ""


def prepare(context: Context) -> Callable[[str], MessageAnswer]:
    """What one message gives, by the run's list of spam words."""
    shipped = spam_points()
    listed = context.lists.get("spam words", spam_words())
    find_words = lexicon_signs({word: shipped.get(word, OWN_WORD_POINTS) for word in sorted(listed)})

    def answer(message: str) -> MessageAnswer:
        text = trim(message[:READ_LENGTH])
        if not text:
            return MessageAnswer()
        words = words_of(text)
        signs = [*find_words(words), *form_signs(text)]
        score = min(HIGHEST_SCORE, sum(sign.points for sign in signs))
        return MessageAnswer(score, explained(signs), language_of(words))

    return answer


def language_of(words: Sequence[str]) -> str:
    """The language of folded words: one of LANGUAGES_TOLD, 'other' for another script, '' when they do not tell."""
    evidence = dict.fromkeys(("", *LANGUAGES_TOLD), 0.0)
    known = stop_words()
    for languages in filter(None, map(known.get, words[:_LANGUAGE_WORDS])):
        for language in languages:
            evidence[language] += 1 / len(languages)
    next_best, best = sorted(evidence, key=evidence.__getitem__)[-2:]
    if not evidence[best]:
        return "other" if _is_other_script(words) else ""
    least = max(_LEAST_EVIDENCE, _LEAST_LEAD * evidence[next_best])
    return best if len(words) >= _LEAST_WORDS and evidence[best] >= least else ""


def _is_other_script(words: Sequence[str]) -> bool:
    """Whether most letters are of another script; folded, those of our languages are ASCII."""
    letters = "".join(words[:_LANGUAGE_WORDS])
    others = sum(not letter.isascii() for letter in letters)
    return others >= max(_LEAST_OTHER_LETTERS, len(letters) / 2)
