"""The signs by which a message looks like spam, each with its points and the very words that show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from leadscore.enrichment.step import SEPARATOR

# Points of 100. Tuned on tests/enrichment/cases/message.toml: a buyer's message stays below 30.
FIRST_LINK, FURTHER_LINK, MOST_FURTHER_LINKS = 5, 10, 3
MARKUP_POINTS = 40  # HTML or forum code in a form that takes plain text
MIXED_SCRIPTS_POINTS = 40
CAPITALS_POINTS = 15
REPEATED_MARKS_POINTS = 10
BARE_LINK_POINTS = 40  # besides those of the link
BARE_CONTACT_POINTS = 30
RANDOM_LETTERS_POINTS = 50

_SHOWN = 30  # characters of a message shown as a sign
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_ADDRESS_OR_PHONE = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}|\+?\d[\d .()/-]{6,30}")
_PHONE_STARTS = ("+", *"0123456789")
_MARKUP = re.compile(r"<a\s+href|\[(?:url|link)[=\]]", re.IGNORECASE)
_REPEATED_MARKS = re.compile(r"[!?]{3,}|[$€*]{3,}")
_MIXED_SCRIPTS = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")  # Latin beside Cyrillic letters
_CAPITALS_SHARE, _LEAST_CAPITALS = 0.6, 4  # of the words with letters; words
_RANDOM_LETTERS = re.compile(r"[A-Za-z]{10,40}")  # 'EQVHmSdLsLdrZ', as bots fill in
_LOWER_TO_UPPER = re.compile(r"[a-z][A-Z]")
_LEAST_CHANGES = 3  # 'JavaScript' has one, 'McDonaldFrance' two


class Sign(NamedTuple):
    """What shows it, as it stands in the message, and its points."""

    shown: str
    points: int

    def __str__(self) -> str:
        shown = " ".join(self.shown.replace(";", ",").split())
        return f"{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''} +{self.points}"


def explained(signs: Sequence[Sign]) -> str:
    """The signs as one cell: 'backlinks +30; https://a.example +5'."""
    return SEPARATOR.join(map(str, signs))


def lexicon_signs(points: Mapping[str, int]) -> Callable[[Sequence[str]], list[Sign]]:
    """Finds the phrases of a lexicon among the words of a message: each once, and of two at one place the longer.

    `points` has the phrases as `spam_key` gives them.
    """
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(points, key=len, reverse=True):
        words = tuple(phrase.split(" "))
        phrases.setdefault(words[0], []).append(words)

    def find(words: Sequence[str]) -> list[Sign]:
        found: dict[str, None] = {}
        end = 0  # of the last phrase found
        for place in [place for place, word in enumerate(words) if word in phrases]:
            if place < end:
                continue
            for phrase in phrases[words[place]]:
                if tuple(words[place : place + len(phrase)]) == phrase:
                    found[" ".join(phrase)] = None
                    end = place + len(phrase)
                    break
        return [Sign(phrase, points[phrase]) for phrase in found]

    return find


def form_signs(message: str) -> Iterator[Sign]:
    """The signs in how a message is written, whatever its words."""
    links = _LINK.findall(message)
    if links:
        further = min(len(links) - 1, MOST_FURTHER_LINKS)
        times = f" ×{len(links)}" if len(links) > 1 else ""
        yield Sign(_shortened(links[0], times), FIRST_LINK + further * FURTHER_LINK)
    if markup := _MARKUP.search(message):
        yield Sign(markup[0], MARKUP_POINTS)
    if not message.isascii() and _MIXED_SCRIPTS.search(message):
        yield Sign(next(filter(_MIXED_SCRIPTS.search, message.split())), MIXED_SCRIPTS_POINTS)
    if marks := _REPEATED_MARKS.search(message):
        yield Sign(marks[0][:3], REPEATED_MARKS_POINTS)
    yield from _capitals(message)
    yield from _nothing_else(message, has_links=bool(links))


def _shortened(link: str, times: str) -> str:
    return f"{link[: _SHOWN - len(times)]}{times}"


def _capitals(message: str) -> Iterator[Sign]:
    words = [word for word in message.split() if word.upper() != word.lower()]
    shouted = [word for word in words if word.isupper()]
    if len(shouted) >= max(_LEAST_CAPITALS, _CAPITALS_SHARE * len(words)):
        yield Sign(" ".join(shouted[:_LEAST_CAPITALS]), CAPITALS_POINTS)


def _nothing_else(message: str, *, has_links: bool) -> Iterator[Sign]:
    """A message that is a link, an address, a number or random letters, and says nothing."""
    text = message.strip()
    if _RANDOM_LETTERS.fullmatch(text) and len(_LOWER_TO_UPPER.findall(text)) >= _LEAST_CHANGES:
        yield Sign(text, RANDOM_LETTERS_POINTS)
    if not (has_links or "@" in text or text.startswith(_PHONE_STARTS)):
        return
    rest = _ADDRESS_OR_PHONE.sub("", _LINK.sub("", text))
    if not any(map(str.isalnum, rest)):
        if has_links:
            yield Sign(text, BARE_LINK_POINTS)
        elif rest != text:
            yield Sign(text, BARE_CONTACT_POINTS)
