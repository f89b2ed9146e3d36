"""The words of a company's name as they are compared: folded, without punctuation, '&' and 'and' left out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from leadscore.values.folding import fold

_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘‚‛ʼ´`′"))
_BETWEEN_WORDS = re.compile(r"[\s,;:/\\|()\[\]{}<>\"«»“”„*!?_=~^%$€£§°·•‐‑‒–—―−-]+")
_INITIALS = re.compile(r"(?:[^\W_]\.)+[^\W_]?\.?")
_NOT_IN_KEY = re.compile(r"[^a-z0-9+#]+")
_CONJUNCTIONS = frozenset({"et", "and", "und"})


class NameWord(NamedTuple):
    """A word as it was written, and its key; `is_joined`: 'and' or the like stands before it."""

    text: str
    key: str
    is_joined: bool = False


def name_words(text: str) -> list[NameWord]:
    """'L’Oréal & Fils S.A.' -> the keys loreal, fils, sa. A word keeps its + and #: 'SA+' is not 'SA'.

    Initials with dots are one word (S.A.), other dots part words (booking.com). 'et', 'and' and 'und' are left out
    between words only.
    """
    words: list[NameWord] = []
    text = text.replace("'", "") if text.isascii() else text.translate(_APOSTROPHES)
    pieces = [word for piece in _BETWEEN_WORDS.split(text.replace("&", " & ")) for word in _words_of(piece)]
    is_joined = False
    for position, word in enumerate(pieces):
        if word.key == "&" or (word.key in _CONJUNCTIONS and words and _is_followed(pieces, position)):
            is_joined = bool(words)
            continue
        words.append(NameWord(word.text, word.key, is_joined))
        is_joined = False
    return words


def words_key(text: str) -> str:
    """The keys of the words of a text, one space between: 'GmbH & Co. KG' -> 'gmbh co kg'. Signs alone give ''."""
    return " ".join(word.key for word in name_words(text))


def _is_followed(pieces: list[NameWord], position: int) -> bool:
    return any(word.key != "&" for word in pieces[position + 1 : position + 3])


@lru_cache(maxsize=65_536)
def _words_of(piece: str) -> tuple[NameWord, ...]:
    """The words of a text without spaces; none in signs alone."""
    if piece == "&":
        return (NameWord(piece, piece),)
    parts = [piece] if _INITIALS.fullmatch(piece) else [part for part in piece.split(".") if part]
    if len(parts) == 1:
        parts = [piece]
    return tuple(NameWord(part, key) for part in parts if (key := _key(part)))


def _key(text: str) -> str:
    folded = fold(text)
    if folded.isascii():
        key = _NOT_IN_KEY.sub("", folded)
    else:
        key = "".join(sign for sign in folded if sign in "+#" or unicodedata.category(sign)[0] in "LMN")
    return key if any(sign not in "+#" for sign in key) else ""
