"""One text for every class of a field's values: what no criterion tells apart needs to be looked at once.

The classes: blank, any other text, each text compared with (in each spelling that may differ), each limit of numbers
and dates with both its sides, and every set of parts that a text may hold together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from leadscore.reference import country_code
from leadscore.reference.countries import country_names
from leadscore.scoring.operators import parent_domains
from leadscore.scoring.proof.asks import EQUALITY, LISTS, Asks, folded
from leadscore.scoring.proof.parts import texts_with_parts
from leadscore.values.booleans import boolean_word
from leadscore.values.cells import number_text
from leadscore.values.days import read_day
from leadscore.values.folding import fold
from leadscore.values.numbers import plain_number

BOOLEAN_SPELLINGS = (
    *("yes", "no", "true", "false", "vrai", "faux", "oui", "non", "y", "o", "t", "x", "1", "✓", "✔", "☑", "on"),
    *("n", "f", "0", "✗", "✘", "☐", "off"),
)
SOMETHING_ELSE = "something else"
_KINDS = {"number": ("7654321",), "date": ("1987-06-05",), "boolean": ("yes", "no")}  # other values of a type
_MOST_EQUAL = 200  # texts compared with; of more, those that other cases tell apart
_ALIKE = 3  # texts kept of those that no case tells apart


@dataclass(frozen=True)
class Candidates:
    """Texts of a field, and whether every class of its values is among them."""

    texts: tuple[str, ...]
    are_all: bool


def candidates(asks: Asks) -> Candidates:
    """The texts that stand for all values of a field. `are_all` False: some class may be missing."""
    if asks.look.words:
        return Candidates(("", *asks.look.words), are_all=True)
    held, with_parts = texts_with_parts(asks)
    equal, kept = _kept(asks)
    texts = dict.fromkeys(["", *_equal_texts(equal, asks), *held, *_numbers(equal, asks), *_days(equal, asks)])
    texts |= dict.fromkeys(_others(asks, texts))
    means_blank = folded(asks.look.blank_values)
    real = tuple(text for text in texts if text == "" or fold(text) not in means_blank)
    return Candidates(real, asks.can_be_listed and with_parts and kept)


def _others(asks: Asks, taken: Iterable[str]) -> Iterator[str]:
    """A text that equals none, a text of the field's type that equals none."""
    used = folded([*taken, *asks.equal_texts])
    name = SOMETHING_ELSE
    while fold(name) in used:
        name += " again"
    yield name
    yield from _KINDS.get(asks.look.kind, ())
    if asks.look.kind == "country":
        listed = {country_code(text) for text in asks.equal_texts}
        yield from [code for code in country_names() if code not in listed][:1]


def _kept(asks: Asks) -> tuple[list[str], bool]:
    """The texts compared with for equality; of very many, some of each set that no case tells apart."""
    texts = asks.equal_texts
    if len(texts) <= _MOST_EQUAL:
        return texts, True
    tests = [(folded(asks.around.texts(test.operands)), test.operator in LISTS) for test in asks.of(EQUALITY)]
    groups: dict[tuple[bool, ...], list[str]] = {}
    special: list[str] = []
    for text in texts:
        if _means_more(text, asks):
            special.append(text)
        ends = {fold(text).lstrip("@"), *parent_domains(fold(text).lstrip("@"))}
        groups.setdefault(
            tuple(fold(text) in entries or (is_list and not entries.isdisjoint(ends)) for entries, is_list in tests), []
        ).append(text)
    kept = [text for group in groups.values() for text in group[:_ALIKE]]
    return list(dict.fromkeys([*kept, *special[:_MOST_EQUAL]])), len(special) <= _MOST_EQUAL


def _means_more(text: str, asks: Asks) -> bool:
    """Whether a text is equal to others by what it means."""
    read = (plain_number(text), boolean_word(text), read_day(text, asks.around.day_order))
    return any(one is not None for one in read) or (asks.look.kind == "country" and bool(country_code(text)))


def _equal_texts(equal: Iterable[str], asks: Asks) -> Iterator[str]:
    """Each text compared with, and the other texts that some way of comparing takes for the same."""
    domains = frozenset(asks.domains)
    for text in equal:
        yield text
        if text in domains:
            yield from (text.lstrip("@"), f"x.{text.lstrip('@')}")
        if plain_number(text) is not None:
            yield _longer(text)
        if boolean_word(text) is not None:
            yield from BOOLEAN_SPELLINGS
        if day := read_day(text, asks.around.day_order):
            yield from (day.isoformat(), f"{day.isoformat()} 12:00")
        if asks.look.kind == "country" and (code := country_code(text)):
            yield code


def _longer(number: str) -> str:
    """The same plain number as another text: '6' -> '6.0', '1,5' -> '1,50'."""
    return f"{number}0" if "." in number or "," in number else f"{number}.0"


def _numbers(equal: Iterable[str], asks: Asks) -> Iterator[str]:
    """Every limit, both its sides, and the middle of each gap; each limit also as a text that is no plain number."""
    if not asks.numbers:
        return
    compared = {float(read) for text in equal if (read := plain_number(text)) is not None}
    limits = sorted({*asks.numbers, *compared})
    middles = [(low + high) / 2 for low, high in pairwise(limits)]
    for number in (limits[0] - abs(limits[0]) - 1, *limits, *middles, limits[-1] + abs(limits[-1]) + 1):
        yield number_text(number)
        yield f"{number_text(number)} €"


def _days(equal: Iterable[str], asks: Asks) -> Iterator[str]:
    """Every limit, the day before and the day after."""
    if not asks.days:
        return
    compared = {day.toordinal() for text in equal if (day := read_day(text, asks.around.day_order))}
    for limit in sorted({*asks.days, *compared}):
        for ordinal in (limit - 1, limit, limit + 1):
            if 1 <= ordinal <= date.max.toordinal():
                yield date.fromordinal(ordinal).isoformat()


def spelled(texts: Mapping[str, str]) -> str:
    """A lead in words: 'email_type = free, Budget = 60000, Country blank'."""
    return ", ".join(f"{name} = {text}" if text else f"{name} blank" for name, text in texts.items())
