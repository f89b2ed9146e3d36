"""What messages are made of: words that pitches and scams use, and the small words that tell a language."""

import csv
import re
from functools import cache

from leadscore.reference.files import entries
from leadscore.values.folding import fold

LANGUAGES_TOLD = ("english", "french", "german", "spanish", "italian", "dutch", "portuguese")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text, folded and without punctuation: "L'Été, à 100 %!" -> ['l', 'ete', 'a', '100']."""
    return _WORD.findall(fold(text))


def spam_key(text: str) -> str:
    """A word or phrase as spam words are compared: 'Première page de Google !' -> 'premiere page de google'."""
    return " ".join(words_of(text))


@cache
def spam_points() -> dict[str, int]:
    """Words and phrases of unasked-for pitches, as `spam_key` gives them -> the points of 100 that each counts."""
    return {row["word"]: int(row["points"]) for row in csv.DictReader(entries("spam_words.csv"))}


@cache
def spam_words() -> frozenset[str]:
    """The words and phrases that have points."""
    return frozenset(spam_points())


@cache
def stop_words() -> dict[str, tuple[str, ...]]:
    """Word, folded -> the languages it is among the commonest of, sorted: {'de': ('dutch', 'french', …)}."""
    languages: dict[str, list[str]] = {}
    for row in csv.DictReader(entries("stop_words.csv")):
        languages.setdefault(row["word"], []).append(row["language"])
    return {word: tuple(found) for word, found in languages.items()}
