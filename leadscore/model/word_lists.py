"""The lists *Seniority words* and *Function words*: entries 'growth hacker = senior', or '-trainee' to drop a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadscore.issues import Place
from leadscore.model.table import Entry
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import Vocabulary, vocabulary
from leadscore.reference import FUNCTIONS, SENIORITIES, title_key
from leadscore.values.folding import fold


@dataclass(frozen=True)
class WordList:
    """A reserved list whose entries give words of job titles a level; `example` is one of the levels."""

    noun: str
    levels: tuple[str, ...]
    example: str

    @property
    def names(self) -> Vocabulary:
        """The levels in both languages."""
        return vocabulary("words").only(self.levels)


WORD_LISTS = {
    "Seniority words": WordList("seniority", SENIORITIES, "senior"),
    "Function words": WordList("function", FUNCTIONS, "marketing"),
}


def is_minus(entry: str) -> bool:
    """Whether an entry of a reserved list takes something away: it starts with a minus."""
    return fold(entry[:1]) == "-"


def word_and_level(text: str, levels: Vocabulary) -> tuple[str, str]:
    """'Growth-Hacker = Confirmé' -> ('growth hacker', 'senior'): the word as titles are compared, the level or ''."""
    word, _, level = fold(text).partition("=")
    return title_key(word), levels.find(level)


def check_words(name: str, entries: Sequence[Entry], reader: Reader) -> None:
    """Every entry of a list of words gives a word and its level, and no two give one word different levels."""
    if (words := WORD_LISTS.get(name)) is None:
        return
    said: dict[str, tuple[str, Place]] = {}
    for entry in entries:
        word, level = word_and_level(entry.text, words.names)
        if is_minus(entry.text):
            continue
        if not word or not level:
            _tell_wrong(words, entry, reader)
        elif said.setdefault(word, (level, entry.place))[0] != level:
            reader.findings.add("name-twice", entry.place, word, first=said[word][1])


def _tell_wrong(words: WordList, entry: Entry, reader: Reader) -> None:
    example = f"growth hacker = {words.names.say(words.example, reader.language)}"
    allowed = words.names.all_said(reader.language)
    reader.findings.add("list-word-wrong", entry.place, entry.text, what=words.noun, example=example, allowed=allowed)
