"""Which is the first name and which the last: in a full name, and in the local part of an address.

Blank parts mean that nobody could tell; then nothing is guessed.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from leadscore.enrichment.name_case import OPENERS, PARTICLES, tidy_name
from leadscore.enrichment.name_titles import split_titles
from leadscore.reference import first_names, organisation_words, role_accounts, surnames_too
from leadscore.values.folding import fold

# Words before which a surname without capitals begins, whatever stands first: 'de Gaulle', 'von Trapp'.
_SURNAME_STARTS = frozenset({"de", "du", "des", "von", "del"})
_NOT_ONE_PERSON = frozenset({"et", "and", "und", "ou", "or"})
_DEGREES = "jr jr. sr sr. ii iii iv phd ph.d. mba md m.d. msc esq esq. cpa cfa pmp"
_SUFFIXES = frozenset(_DEGREES.split())
_UNTELLABLE = re.compile("[&/@\\d\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # two people, an address, or family first
_MAIDEN = re.compile(r" (?:n[ée]e|épouse|ép\.|geb\.) .*", re.IGNORECASE)
_MARKS = re.compile(r"[._]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OUTSIDERS = frozenset({"ext", "externe", "external", "extern", "pro", "perso"})
# Other pairs of letters behind a name are rh, it, uk.
_SHORT_SURNAMES = frozenset({"li", "wu", "xu", "lu", "ng", "hu", "ma", "yu", "le", "vu", "oh"})
_LONGEST_FULL_NAME = 200  # characters; what is longer is a message


class Parts(NamedTuple):
    """First and last name, '' for one that cannot be told."""

    first: str = ""
    last: str = ""


@lru_cache(maxsize=65_536)
def split_full_name(text: str) -> Parts:
    """A full name as written, its case kept -> its parts.

    'Jean DUPONT', 'DUPONT Jean', 'Dupont, Jean', 'M. Jean de La Fontaine'; a sole word behind a title is a last name.
    """
    if len(text) > _LONGEST_FULL_NAME:
        return Parts()
    titles, name = split_titles(tidy_name(text))
    name = _MAIDEN.sub("", name)
    before, comma, after = name.partition(",")
    if _UNTELLABLE.search(name) or not _NOT_ONE_PERSON.isdisjoint(name.lower().split()):
        return Parts()
    if comma and not _is_afterthought(before, after):
        return Parts(after.strip(), before.strip())
    words = before.split()
    while len(words) > 1 and words[-1].lower() in _SUFFIXES:
        words.pop()
    if len(words) == 1:
        return Parts("", words[0]) if titles else Parts()
    if not words or fold(words[0]) in organisation_words() or fold(words[0]) in role_accounts():
        return Parts()
    return _by_capitals(words) or _by_particle(words) or _by_first_names(words)


def _is_afterthought(before: str, after: str) -> bool:
    """Whether what follows the comma is no first name: 'Jean Dupont, MBA', 'Jean Dupont, directeur'."""
    words = before.split()
    if not words or not after.strip() or "," in after or after.strip().lower() in _SUFFIXES:
        return True
    return len(words) > 1 and _is_first_name(words[0]) and not _is_first_name(after.split(maxsplit=1)[0])


def _by_capitals(words: list[str]) -> Parts | None:
    """Where only some words are in capitals, these are the last name, with the particles before or among them."""
    capitals = [_is_in_capitals(word) for word in words]
    if not any(capitals) or " ".join(words).isupper():
        return None
    start, end = capitals.index(True), len(words) - capitals[::-1].index(True)
    if any(not capitals[place] and words[place].lower() not in PARTICLES | OPENERS for place in range(start, end)):
        return Parts()
    while start and words[start - 1].islower() and words[start - 1] in PARTICLES | OPENERS:
        start -= 1
    if start and end < len(words):
        return Parts()
    return Parts(" ".join(words[:start] or words[end:]), " ".join(words[start:end]))


def _is_in_capitals(word: str) -> bool:
    """Not so initials: 'J.', 'JP', 'AJ'. Two letters are a surname where they end in a vowel: 'LI'; and 'NG' is one."""
    if len(word) <= 2:
        return word.isupper() and word.isalpha() and len(word) == 2 and (word[1] in "AEIOUY" or word == "NG")
    return word.isupper() and "." not in word


def _by_particle(words: list[str]) -> Parts | None:
    """The last name begins at the first particle: 'Ludwig van Beethoven', 'Yann Le Goff', 'de Gaulle Charles'."""
    small = [word.lower() for word in words]
    starts = [place for place in range(1, len(words) - 1) if small[place] in PARTICLES or small[place] in OPENERS]
    if small[0] in PARTICLES and (words[0].islower() or small[0] in _SURNAME_STARTS):
        turn = _first_names_at_end(words)
        return Parts(" ".join(words[turn:]), " ".join(words[:turn]))
    if small[0] in PARTICLES:
        return Parts()  # 'Van Morrison' or 'Van Damme'?
    if not starts:
        return None
    return Parts(" ".join(words[: starts[0]]), " ".join(words[starts[0] :]))


def _by_first_names(words: list[str]) -> Parts:
    """The first name comes first, unless only the last word is known for one."""
    if not _is_first_name(words[0]) and _tells_first_name(words[-1]) and not _is_initial(words[0]):
        turn = _first_names_at_end(words)
        return Parts(" ".join(words[turn:]), " ".join(words[:turn]))
    turn = 1
    while turn < len(words) - 1 and (_is_initial(words[turn]) or all(map(_is_first_name, (words[0], words[turn])))):
        turn += 1
    return Parts(" ".join(words[:turn]), " ".join(words[turn:]))


def _first_names_at_end(words: Sequence[str]) -> int:
    """Where the first names at the end of the words begin; at least one word, or two after a particle, stand before."""
    least = 2 if words[0].lower() in PARTICLES else 1
    turn = len(words)
    while turn > least and _is_first_name(words[turn - 1]):
        turn -= 1
    return turn


def _is_first_name(word: str) -> bool:
    return fold(word).partition("-")[0] in first_names()


def _tells_first_name(word: str) -> bool:
    return _is_first_name(word) and fold(word) not in surnames_too()


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def split_local_part(local: str, not_names: frozenset[str]) -> Parts:
    """The local part of a personal address -> its parts in small letters; of 'p.nom', the first is the initial.

    `not_names`: words of functions and placeholders, as their keys are. Nothing is told of an address with one of them,
    of one word, of words that cannot be said, and of 'jean-pierre', which may be one name.
    """
    words = _words_of(local)
    if len(words) < 2 or any(fold(word).replace("-", "") in not_names for word in words):
        return Parts()
    first, *middle, last = words
    if middle:
        return _of_many(words)
    if not _may_be_surname(last):
        return Parts()
    if len(first) == 1 or (len(first) == 2 and not _has_vowel(first)):
        return Parts(first[0], last)
    if not _has_vowel(first) or fold(first) in organisation_words():
        return Parts()
    is_turned = not _is_first_name(first) and _tells_first_name(last)
    return Parts(last, first) if is_turned else Parts(first, last)


def _words_of(local: str) -> list[str]:
    """'jean.dupont75+news' -> jean, dupont; none where something else is among them."""
    name = local.lower().partition("+")[0].rstrip("0123456789").strip("._-")
    words = _MARKS.split(name)
    if len(words) == 1 and name.count("-") == 1:
        words = name.split("-")
        if all(map(_is_first_name, words)):
            return []
    if len(words) > 2:
        words = [word for word in words if word not in _OUTSIDERS]
    return words if all(map(_WORD.fullmatch, words)) else []


def _of_many(words: list[str]) -> Parts:
    """'jean.de.la.fontaine', 'john.f.kennedy', 'jean.pierre.dupont'; no other run of words is clear."""
    first, *middle, last = words
    if not _has_vowel(first) or len(first) < 2 or fold(first) in organisation_words() or not _may_be_surname(last):
        return Parts()
    if all(word in PARTICLES or word in OPENERS for word in middle):
        return Parts(first, " ".join((*middle, last)))
    if all(map(_is_initial, middle)):
        return Parts(first, last)
    return Parts(" ".join(words[:-1]), last) if all(map(_is_first_name, words[:-1])) else Parts()


def _may_be_surname(word: str) -> bool:
    return fold(word) in _SHORT_SURNAMES or (len(word) > 2 and _has_vowel(word) and word not in PARTICLES)


def _has_vowel(word: str) -> bool:
    return not set("aeiouy").isdisjoint(fold(word)) or not word.isascii()
