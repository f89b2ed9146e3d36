"""Whether two names may be those of one person: written otherwise, mistyped, or one of them cut short."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from leadscore.reference import first_names
from leadscore.values.folding import fold

# Words longer than this are no names; comparing them would only take time.
LONGEST_WORD = 40
# Edits (letters added, dropped, changed or two exchanged) that still are a slip, by the letters of the shorter word:
# of three letters and fewer any change gives another name (Roy, Rey), of eight and more two may slip (Wojciechowski).
ONE_SLIP, TWO_SLIPS = 4, 8
NEAR, PARTIAL = 0, 1

_UMLAUTS = re.compile(r"(?<=[aou])e(?!u)")
# Ways of writing one sound, in names of several languages: Viktor and Wiktor, Steffen and Stephen, Erik and Eric.
_SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("c", "k"), ("y", "i"), ("w", "v"), ("z", "s"), ("h", ""))
_DOUBLED = re.compile(r"(.)\1+")
_WORDS = re.compile(r"[^\W_]+")
_VOWELS = frozenset("aeiouy")


class Name(NamedTuple):
    """A person's first and last name, folded, one space between words; '' for a part that is not known."""

    first: str = ""
    last: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it has two words or more, and so names one person in a company."""
        return bool(self.first and self.last) or " " in self.first or " " in self.last


def name_of(first: str, last: str) -> Name:
    """A name out of folded texts, without punctuation and without the initials of middle names: 'john f.' -> 'john'."""
    if first.isalpha() and last.isalpha():
        return Name(first, last)
    words = _WORDS.findall(first)
    named = [word for word in words if len(word) > 1]
    return Name(" ".join(named or words[:1]), " ".join(_WORDS.findall(last.replace("'", ""))))


def fingerprint(name: Name) -> tuple[str, ...]:
    """The words of a name, sorted, each once: equal for 'Li Wei' and 'Wei Li' (OpenRefine's key collision method)."""
    return tuple(sorted({*name.first.split(), *name.last.split()}))


def likeness(one: Name, other: Name) -> int | None:
    """NEAR: one name, spelled in two ways; PARTIAL: one of them is part of the other; None: two people."""
    if _is_near(one, other) or _is_near_turned(one, other):
        return NEAR
    return PARTIAL if _is_part(one, other) or _is_part(other, one) else None


def are_two_names(one: Name, other: Name) -> bool:
    """Whether two names are given that cannot be one person's."""
    if one == other or not any(one) or not any(other) or fingerprint(one) == fingerprint(other):
        return False
    return likeness(one, other) is None


def fits(local: str, name: Name) -> bool:
    """Whether the local part of an address is made of a name: 'j.dupont', 'dupontj', 'jean' fit Jean Dupont."""
    letters = plain(fold(local).rstrip("0123456789"))
    first, last = plain(name.first), plain(name.last)
    if not last or len(last) == 1 or last not in letters:
        return bool(first) and letters == first
    rest = letters.removesuffix(last) if letters.endswith(last) else letters.removeprefix(last)
    initials = "".join(word[0] for word in name.first.split())
    return rest != letters and (first.startswith(rest) or rest == initials)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A folded text without spaces, signs and the e of umlauts: 'mc allister', 'mueller' -> 'mcallister', 'muller'."""
    return _UMLAUTS.sub("", "".join(_WORDS.findall(text)))


@lru_cache(maxsize=65_536)
def sound(text: str) -> str:
    """A folded name reduced to how it is said: 'erwann' -> 'ervan'. The final e stays, for it tells women from men."""
    said = plain(text)
    for written, meant in _SOUNDS:
        said = said.replace(written, meant)
    return _DOUBLED.sub(r"\1", said) or text


def _is_near(one: Name, other: Name) -> bool:
    if not (one.first and one.last and other.first and other.last):
        return False
    return _is_last(one.last, other.last) and _is_first(one.first, other.first)


def _is_near_turned(one: Name, other: Name) -> bool:
    """First and last name exchanged, and at most one of them spelled in another way."""
    firsts, lasts = sound(one.first) == sound(other.last), sound(one.last) == sound(other.first)
    return (firsts or lasts) and _is_near(one, Name(other.last, other.first))


def _is_first(one: str, other: str) -> bool:
    """Whether two first names are one. Two that both exist are two, and so are those that only end in another way."""
    if one == other or sound(one) == sound(other):
        return True
    if first_names().issuperset((*one.split(), *other.split())):
        return False
    one, other = plain(one), plain(other)
    return not _is_other_ending(one, other) and _is_slip(one, other, 1)


def _is_other_ending(one: str, other: str) -> bool:
    """Martin and Martine, Paula and Paulo, Gabriel and Gabrielle: a vowel at the end changes with the person."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return long[-1] in _VOWELS
    return long[:-1] == short[:-1] and not _VOWELS.isdisjoint((long[-1], short[-1]))


def _is_last(one: str, other: str) -> bool:
    if one == other or sound(one) == sound(other):
        return True
    return _is_slip(plain(one), plain(other), 2)


def _is_slip(one: str, other: str, most: int) -> bool:
    """Whether two words are at most so many edits apart, and no more than their length allows."""
    short, long = sorted((len(one), len(other)))
    allowed = min(most, 2 if short >= TWO_SLIPS else 1)
    if short < ONE_SLIP or long > LONGEST_WORD or long - short > allowed:
        return False
    return _distance()(one, other, score_cutoff=allowed) <= allowed


@cache
def _distance() -> Callable[..., int]:
    """Optimal string alignment: how many letters were added, dropped, changed or exchanged with the next one."""
    from rapidfuzz.distance import OSA

    return OSA.distance


def _is_part(vague: Name, full: Name) -> bool:
    """An initial or some of the words stand for the whole: 'J. Dupont' or 'Dupont' for 'Jean Dupont-Roy'."""
    if not (vague.first and vague.last):
        return bool(vague.first or vague.last) and set(fingerprint(vague)) < set(fingerprint(full))
    if len(vague.first) == 1:
        return len(full.first) > 1 and full.first[0] == vague.first and sound(vague.last) == sound(full.last)
    return sound(vague.first) == sound(full.first) and set(vague.last.split()) < set(full.last.split())
