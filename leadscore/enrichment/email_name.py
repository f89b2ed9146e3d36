"""Does the address say the lead's name? Its local part is compared with the first and last name, in either order."""

import re
from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from leadscore.enrichment.name_case import OPENERS, PARTICLES
from leadscore.enrichment.name_plausible import LONGEST_NAME
from leadscore.enrichment.step import Context, MadeColumn, on_unique
from leadscore.values.folding import fold

MAKES = (
    MadeColumn(
        "email_name_match",
        "How much of the lead's name the address says; none is no fault: contact@ is nobody's name.",
        ("full", "initial_last", "first", "last", "none"),
    ),
)
NEEDS = (
    "email_norm",
    "first_name_norm",
    "last_name_norm",
    "first_name_guess",
    "last_name_guess",
    "name_guessed_from",
)

_NOT_LETTERS = re.compile("[^a-z]+")
_NAME_MARKS = re.compile("[ .-]+")
# German and Nordic addresses spell these letters out: Müller is mueller@ as often as muller@.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def run(fields: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The step: each part of the name as given, else as guessed from the full name, never from the address itself."""
    is_told = fields["name_guessed_from"].eq("full_name")
    compared = {"email_norm": fields["email_norm"]}
    for part in ("first_name", "last_name"):
        given = fields[f"{part}_norm"]
        compared[part] = given.where(given.ne("") | ~is_told, fields[f"{part}_guess"])
    return on_unique(lambda _context: name_match, MAKES)(pd.DataFrame(compared), context)


def name_match(email_norm: str, first_name: str, last_name: str) -> tuple[str]:
    """One of the words for an address and the parts of a name; '' without an address, or a name in Latin letters."""
    firsts, lasts = _first_forms(first_name), _last_forms(last_name)
    if not email_norm or not (firsts or lasts):
        return ("",)
    initials = _initials(first_name)
    words = [word for word in _NOT_LETTERS.split(fold(email_norm.rpartition("@")[0].partition("+")[0])) if word]
    return (_match("".join(words), firsts, initials, lasts) or _match_of_words(words, firsts, initials, lasts),)


def _match(letters: str, firsts: frozenset[str], initials: frozenset[str], lasts: frozenset[str]) -> str:
    """The letters of the whole local part against the forms of the names, in either order; '' for no match."""
    if any(_rest(letters, last) & firsts for last in lasts):
        return "full"
    if any(_rest(letters, last) & initials for last in lasts):
        return "initial_last"
    # 'stephaniemcone': the letter between, or behind, is of a middle name.
    if any({rest[:-1] for rest in _rest(letters, last)} & firsts for last in lasts):
        return "full"
    if letters in firsts or any(_rest(letters, first) & {last[0] for last in lasts} for first in firsts):
        return "first"
    return "last" if letters in lasts else ""


def _rest(letters: str, name: str) -> set[str]:
    """What stands behind the name, or before it."""
    rests = set()
    if letters.startswith(name):
        rests.add(letters[len(name) :])
    if letters.endswith(name):
        rests.add(letters[: len(letters) - len(name)])
    return rests


def _match_of_words(words: list[str], firsts: frozenset[str], initials: frozenset[str], lasts: frozenset[str]) -> str:
    """The words between separators, other ones among them: 'jean.dupont.ext', 'dupont.paris'."""
    has_last = not lasts.isdisjoint(words)
    if not firsts.isdisjoint(words):
        return "full" if has_last else "first"
    if has_last:
        return "last" if initials.isdisjoint(words) else "initial_last"
    return "none"


@lru_cache(maxsize=65_536)
def _first_forms(name: str) -> frozenset[str]:
    """'Jean-Pierre' -> jeanpierre, jean, pierre."""
    return frozenset(form for words in _spellings(name) for form in ("".join(words), *words) if len(form) > 1)


@lru_cache(maxsize=65_536)
def _initials(name: str) -> frozenset[str]:
    """'Jean-Pierre' -> j, jp, jpierre."""
    forms = set()
    for words in _spellings(name):
        letters = [word[0] for word in words]
        forms |= {letters[0], "".join(letters), letters[0] + "".join(words[1:])}
    return frozenset(forms)


@lru_cache(maxsize=65_536)
def _last_forms(name: str) -> frozenset[str]:
    """'de La Fontaine' -> delafontaine, lafontaine, fontaine; 'Dupont-Martin' -> dupontmartin, dupont, martin."""
    forms = set()
    for words in _spellings(name):
        forms |= {"".join(words[start:]) for start in range(len(words)) if _are_small(words[:start])}
        forms |= {word for word in words if not _are_small([word])}
    return frozenset(forms)


def _are_small(words: list[str]) -> bool:
    return all(word in PARTICLES or word in OPENERS for word in words)


def _spellings(name: str) -> Iterator[list[str]]:
    """The words of a name in the letters an address has, spelled in each way."""
    if not name or len(name) > LONGEST_NAME:
        return
    small = name.lower()
    for spelling in dict.fromkeys((small, small.translate(_SPELLED_OUT))):
        pieces = _NAME_MARKS.split(fold(spelling).replace("d'", "d' "))
        if words := [letters for piece in pieces if (letters := _NOT_LETTERS.sub("", piece))]:
            yield words
