"""Is the name one that a person may have? Judged on its letters alone; rare real names are `unknown`, never `fail`."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from leadscore.enrichment.keyboards import LOWER_ROWS, LOWER_WALK, REPEATED_WALK, TOP_ROWS, TOP_WALK, walks
from leadscore.enrichment.name_case import tidy_name
from leadscore.enrichment.name_titles import split_titles
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import placeholder_key, placeholder_names
from leadscore.values.folding import fold, trim

REASONS = (
    "missing",
    "email",
    "url",
    "phone",
    "digits",
    "no_letters",
    "placeholder",
    "keyboard_walk",
    "repeated_letter",
    "half_placeholder",
    "same_names",
    "single_letter",
    "odd_signs",
    "no_vowel",
    "too_long",
)
MAKES = (
    MadeColumn(
        "name_plausible",
        "Whether a person may have this name; unknown where it is odd, though some people have it.",
        ("ok", "fail", "unknown"),
    ),
    MadeColumn(
        "name_reason", "Why the verdict on the name; half_placeholder: one of first and last name is real.", REASONS
    ),
)
NEEDS = ("first_name", "last_name", "full_name")

PHONE_DIGITS = 7  # fewer are a postcode, a year or a count
LONGEST_NAME = 80  # characters; what is longer is a message
CONSONANTS = 5  # letters; Ng, Hrdy, Vlk and Smrz are surnames
# Korean O: the one surname of a single letter that Europe meets.
_ONE_LETTER_NAMES = frozenset({"o"})
_SITES = "com net org info biz fr eu io ru shop xyz site online co de be ch it es uk"
_ENDS_OF_SITES = frozenset(_SITES.split())
_ODD_SIGNS = frozenset("<>{}[]|\\/=+*#$%^~?!;:_&€£¿¡\ufffd@")

Verdict = tuple[str, str]  # name_plausible, name_reason


def _whole_walks(rows: tuple[str, ...], shortest: int) -> Iterator[str]:
    """Walks of any length from so many keys on: a name that only begins with one is a name."""
    for length in range(shortest, max(map(len, rows)) + 1):
        yield from walks(rows, length)


_WALKS = frozenset([*_whole_walks(TOP_ROWS, TOP_WALK), *_whole_walks(LOWER_ROWS, LOWER_WALK)])
_REPEATED_WALKS = frozenset(_whole_walks(LOWER_ROWS, REPEATED_WALK))


class _Reading(NamedTuple):
    """What one part of a name looks like: its keys among placeholders, and the first reason of each gravity."""

    keys: tuple[str, str]
    folded: str
    unfit: str
    random: str
    odd: str


def prepare(context: Context) -> Callable[[str, str, str], Verdict]:
    """The verdict on the first and last name of a lead, or on its full name where both are blank."""
    placeholders = context.lists.get("placeholder names", placeholder_names())

    def answer(first_name: str, last_name: str, full_name: str) -> Verdict:
        given = [text for cell in (first_name, last_name) if (text := _without_couple(cell))]
        given = given or _halves(_without_couple(full_name))
        return judge_name(given, placeholders) if given else ("", "missing")

    return answer


def _without_couple(cell: str) -> str:
    """A cell, '' for 'M. et Mme', which is no name."""
    text = trim(cell)
    return text if split_titles(tidy_name(text))[1] or not tidy_name(text) else ""


def _halves(full_name: str) -> list[str]:
    """The first word and the others; which of them is the first name does not matter here."""
    head, _, tail = split_titles(tidy_name(full_name))[1].partition(" ")
    return [head, tail] if tail and not unfit(full_name) else [full_name] * bool(full_name)


def judge_name(parts: list[str], placeholders: frozenset[str]) -> Verdict:
    """First and last name, or the one there is, none blank -> verdict and reason; the first reason that holds.

    'Test', 'Null' and 'Noone' are surnames of some: such a name fails alone, and is unknown beside a real one.
    """
    readings = [_read_part(part) for part in parts]
    reasons = [reading.unfit for reading in readings]
    if any(reasons) and (all(reasons) or set(reasons) != {"", "no_letters"}):
        return "fail", next(reason for reason in reasons if reason)
    nobody = [bool(reading.unfit) or not placeholders.isdisjoint(reading.keys) for reading in readings]
    if all(nobody) or _is_placeholder(readings, placeholders):
        return "fail", "placeholder"
    if reason := next((reading.random for reading in readings if reading.random), ""):
        return "fail", reason
    if any(nobody):
        return "unknown", "half_placeholder"
    if len(readings) == 2 and readings[0].folded == readings[1].folded:
        return "unknown", "same_names"
    reason = next((reading.odd for reading in readings if reading.odd), "")
    return ("unknown", reason) if reason else ("ok", "")


def is_nobody(parts: Sequence[str], placeholders: frozenset[str]) -> bool:
    """Whether the parts of a name, '' for one unknown, are no person's: one typed at random, or all placeholders."""
    keys = [placeholder_key(part) for part in parts if part]
    if placeholders.issuperset(keys) or "".join(keys) in placeholders:
        return True
    return any(_typed_at_random(key) for key in keys)


def _is_placeholder(readings: list[_Reading], placeholders: frozenset[str]) -> bool:
    """Whether first and last name are one together, in either order: 'John' 'Doe'."""
    keys = [reading.keys[0] for reading in readings]
    return "".join(keys) in placeholders or "".join(reversed(keys)) in placeholders


@lru_cache(maxsize=65_536)
def _read_part(part: str) -> _Reading:
    name = split_titles(tidy_name(part))[1]
    folded = fold(name)
    key = placeholder_key(part)
    keys = (key, key if name == part else placeholder_key(name))
    return _Reading(keys, folded, unfit(part), _typed_at_random(folded), _oddity(folded, part))


@lru_cache(maxsize=65_536)
def unfit(text: str) -> str:
    """Why a text is no name at all: an address, a link, a number, signs only; '' where it may be one."""
    if text.replace(" ", "").isalpha():
        return ""
    digits = sum(map(str.isdigit, text))
    if not any(map(str.isalpha, text)):
        return _number(digits) or "no_letters"
    words = text.lower().split()
    if "@" in text and any(_is_address(word) for word in words):
        return "email"
    return "url" if any(_is_site(word) for word in words) else _number(digits)


def _number(digits: int) -> str:
    if not digits:
        return ""
    return "phone" if digits >= PHONE_DIGITS else "digits"


def _is_address(word: str) -> bool:
    local, _, domain = word.rpartition("@")
    return bool(local) and "." in domain


def _is_site(word: str) -> bool:
    name, _, end = word.rpartition(".")
    return word.startswith("www.") or "://" in word or (len(name) >= 3 and end.partition("/")[0] in _ENDS_OF_SITES)


@lru_cache(maxsize=65_536)
def _typed_at_random(folded: str) -> str:
    for word in folded.replace("-", " ").split():
        if word in _WALKS or _is_repeated_walk(word):
            return "keyboard_walk"
        if len(word) >= 3 and word.isalpha() and word != "iii" and word.count(word[0]) == len(word):
            return "repeated_letter"
    return ""


def _is_repeated_walk(word: str) -> bool:
    """'qsdqsd'; 'Lulu' and 'Toto' repeat too, but no walk."""
    if len(word) < 6:
        return False
    period = (word + word).find(word, 1)
    return 3 <= period < len(word) and word[:period] in _REPEATED_WALKS


def _oddity(folded: str, part: str) -> str:
    """What makes a name odd that is not nobody's."""
    if len(folded) <= 2 and _is_single_letter(folded):
        return "single_letter"
    if not part.isalpha() and not _ODD_SIGNS.isdisjoint(part):
        return "odd_signs"
    if len(part) > LONGEST_NAME:
        return "too_long"
    return "no_vowel" if _is_unspeakable(folded) else ""


def _is_single_letter(name: str) -> bool:
    """'J' and 'J.', but no ideogram, which is a whole name."""
    letter = name.rstrip(".")
    return len(letter) == 1 and letter.lower() != letter.upper() and letter not in _ONE_LETTER_NAMES


def _is_unspeakable(name: str) -> bool:
    return len(name) >= CONSONANTS and name.isascii() and name.isalpha() and set("aeiouy").isdisjoint(name)
