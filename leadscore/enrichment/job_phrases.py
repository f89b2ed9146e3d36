"""The phrases of a lexicon that stand in a job title: whole words, at each word the longest phrase."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

Words = tuple[str, ...]


class Found(NamedTuple):
    """A phrase of a lexicon in a title: where its first word stands, its words, what it speaks of."""

    start: int
    words: Words
    level: str


class Phrases:
    """A lexicon of 'phrase=level' entries, ready to be found in titles; '*leiter=head' is of all words that end so."""

    def __init__(self, entries: Iterable[str]) -> None:
        pairs = [(tuple(key.split()), level) for key, _, level in (entry.partition("=") for entry in sorted(entries))]
        self._levels = dict(pairs)
        self._lengths: dict[str, list[int]] = {}  # by first word: of how many words its phrases are, the most first
        for length, first in sorted({(len(words), words[0]) for words, _ in pairs}, reverse=True):
            self._lengths.setdefault(first, []).append(length)
        starred = [(words[0], level) for words, level in pairs if len(words) == 1 and "*" in words[0]]
        self._starred = sorted(starred, key=lambda pair: (-len(pair[0]), pair))
        self._compound_of = lru_cache(maxsize=65_536)(self._compound)

    def found_in(self, words: Words) -> list[Found]:
        """The phrases among the words, from left to right, none overlapping."""
        found, start = [], 0
        while start < len(words):
            phrase, level = self._longest_at(words, start)
            if level:
                found.append(Found(start, phrase, level))
            start += len(phrase)
        return found

    def _longest_at(self, words: Words, start: int) -> tuple[Words, str]:
        """The longest phrase that begins at a word, else the word itself with the level ''."""
        word = words[start]
        for length in self._lengths.get(word, ()):
            phrase = words[start : start + length]
            if phrase in self._levels:
                return phrase, self._levels[phrase]
        return (word,), self._compound_of(word)

    def _compound(self, word: str) -> str:
        """What the longest entry with a star says of a word: 'vertriebsleiter' by '*leiter'; '' where none fits."""
        for pattern, level in self._starred:
            part = pattern.strip("*")
            fits = word.endswith(part) if pattern[0] == "*" else word.startswith(part)
            if fits and word != part:
                return level
        return ""


@lru_cache(maxsize=8)
def phrases_of(entries: frozenset[str]) -> Phrases:
    """The phrases of a lexicon, made once: they take as long as some thousand titles, and runs share their lists."""
    return Phrases(entries)
