"""The operators: what each one tests of the distinct texts of a field. All but `is blank` are false on a blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from leadscore.model.frozen import Bound, ListName, Operand, Range
from leadscore.model.operands import compile_pattern
from leadscore.reference import country_code
from leadscore.scoring.values import Bools, FieldValues, Floats
from leadscore.values.booleans import boolean_word
from leadscore.values.days import DayOrder, read_day
from leadscore.values.folding import fold, name_key
from leadscore.values.numbers import plain_number


@dataclass(frozen=True)
class Surroundings:
    """What a test needs besides the field: the run's day, the lists by name key (folded entries), the day order.

    `day_order` is how the model's own texts write days, not the leads'.
    """

    as_of: date
    lists: Mapping[str, frozenset[str]]
    day_order: DayOrder

    def entries(self, name: str) -> frozenset[str]:
        """The folded entries of a list, its name in any case and punctuation."""
        return self.lists[name_key(name)]

    def texts(self, operands: tuple[Operand, ...]) -> list[str]:
        """The operands as texts, whole lists spelled out."""
        texts: list[str] = []
        for operand in operands:
            texts += sorted(self.entries(operand.list_name)) if isinstance(operand, ListName) else [str(operand)]
        return texts


_WORD = re.compile(r"\w+")
SEGMENT_MARK = "\n"  # between the folded names of the segments that a lead is in

Test = Callable[[FieldValues, tuple[Operand, ...], Surroundings], Bools]


def is_one_of(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The text equals a value after folding, or is the same plain number, the same yes or no, or the same day."""
    return _equals_one_of(values, around.texts(operands), around)


def _equals_one_of(values: FieldValues, texts: Iterable[str], around: Surroundings) -> Bools:
    """Each way in which two texts may be the same: what the texts mean in it, and what the field's values do."""
    readings: list[tuple[Callable[[str], object], Callable[[], Iterable[object]]]] = [
        (fold, lambda: values.folded),
        (plain_number, lambda: values.plain_numbers),
        (boolean_word, lambda: values.booleans),
        (lambda text: _ordinal(text, around.day_order), lambda: values.days),
        *([(country_code, lambda: values.countries)] if values.is_country else []),
    ]
    holds = np.zeros(len(values.texts), dtype=bool)
    for read, known in readings:
        if wanted := {read(text) for text in texts} - {None, ""}:
            holds |= np.array([value in wanted for value in known()], dtype=bool)
    return holds


def _ordinal(text: str, order: DayOrder) -> int | None:
    day = read_day(text, order)
    return None if day is None else day.toordinal()


def contains(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The text holds a value anywhere, after folding."""
    pattern = re.compile(_any_of({fold(text) for text in around.texts(operands)}))
    return values.where(lambda text: pattern.search(text) is not None)


def starts_with(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The text begins with a value, after folding."""
    starts = tuple(fold(text) for text in around.texts(operands))
    return values.where(lambda text: text.startswith(starts))


def ends_with(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The text ends with a value, after folding."""
    ends = tuple(fold(text) for text in around.texts(operands))
    return values.where(lambda text: text.endswith(ends))


def has_word(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The text holds a value as whole words, after folding: 'head' is in 'Head of sales', not in 'Headhunter'."""
    wanted = {fold(text) for text in around.texts(operands)}
    single = {word for word in wanted if _WORD.fullmatch(word)}
    pattern = re.compile(rf"(?<!\w){_any_of(wanted - single)}(?!\w)")
    return values.where(lambda text: not single.isdisjoint(_WORD.findall(text)) or pattern.search(text) is not None)


def _any_of(texts: set[str]) -> str:
    """A pattern that finds any of these texts; of none, it finds nothing."""
    return f"(?:{'|'.join(map(re.escape, sorted(texts)))})" if texts else "(?!)"


def matches(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """A pattern is found anywhere in the trimmed text, case ignored."""
    patterns = [compile_pattern(text) for text in around.texts(operands)]
    found = (any(pattern.search(text) is not None for pattern in patterns) for text in values.texts)
    return np.fromiter(found, dtype=bool, count=len(values.texts))


def in_list(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The text equals an entry of a list, compared as `is` does, or is a sub-domain of an entry that is a domain."""
    entries = around.texts(operands)
    domains = frozenset(entry.lstrip("@") for entry in entries if is_domain(entry))
    is_below = values.where(lambda text: not domains.isdisjoint(parent_domains(text)))
    return is_below | _equals_one_of(values, entries, around)


def is_domain(entry: str) -> bool:
    """Whether a list entry is read as a domain: it has a dot, no space, and an @ at most in front."""
    return "." in entry and " " not in entry and "@" not in entry[1:]


def parent_domains(text: str) -> list[str]:
    """A domain and all it is part of: 'mail.acme.fr' -> 'mail.acme.fr', 'acme.fr', 'fr'."""
    labels = text.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))] if len(labels) > 1 else []


def in_segment(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The lead is in one of the segments. The texts are those of `scoring.segments.membership_values`."""
    names = {fold(text) for text in around.texts(operands)}
    return np.array([not names.isdisjoint(text.split(SEGMENT_MARK)[1:]) for text in values.texts], dtype=bool)


def between(values: FieldValues, operands: tuple[Operand, ...], _: Surroundings) -> Bools:
    """The number or date lies in a range."""
    holds = np.zeros(len(values.texts), dtype=bool)
    for limits in (operand for operand in operands if isinstance(operand, Range)):
        sizes, low, high = _sizes(values, limits.low), _size(limits.low), _size(limits.high)
        holds |= (sizes >= low) & ((sizes < high) if limits.open_end else (sizes <= high))
    return holds


def more_than(values: FieldValues, operands: tuple[Operand, ...], _: Surroundings) -> Bools:
    """The number is greater, or the date later, than the value."""
    return _sizes(values, operands[0]) > _size(operands[0])


def at_least(values: FieldValues, operands: tuple[Operand, ...], _: Surroundings) -> Bools:
    """The number is the value or greater, or the date that day or later."""
    return _sizes(values, operands[0]) >= _size(operands[0])


def less_than(values: FieldValues, operands: tuple[Operand, ...], _: Surroundings) -> Bools:
    """The number is smaller, or the date earlier, than the value."""
    return _sizes(values, operands[0]) < _size(operands[0])


def at_most(values: FieldValues, operands: tuple[Operand, ...], _: Surroundings) -> Bools:
    """The number is the value or smaller, or the date that day or earlier."""
    return _sizes(values, operands[0]) <= _size(operands[0])


def _sizes(values: FieldValues, bound: Operand) -> Floats:
    return values.days if isinstance(bound, Bound) and bound.day is not None else values.numbers


def _size(bound: Operand) -> float:
    if not isinstance(bound, Bound):
        raise TypeError(f"a comparison needs a number or a day, not {bound!r}")
    return float(bound.day.toordinal()) if bound.day is not None else float(bound.number or 0)


def is_blank(values: FieldValues, _: tuple[Operand, ...], __: Surroundings) -> Bools:
    """The cell is empty, holds only spaces, shows an error, or one of the field's blank values."""
    return values.blank


def is_filled(values: FieldValues, _: tuple[Operand, ...], __: Surroundings) -> Bools:
    """The cell holds something."""
    return ~values.blank


def within_days(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The date is the run's day or at most so many calendar days before it."""
    age = around.as_of.toordinal() - values.days
    return (age >= 0) & (age <= _count(operands))


def older_than_days(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The date is more than so many calendar days before the run's day."""
    return (around.as_of.toordinal() - values.days) > _count(operands)


def in_next_days(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """The date is the run's day or at most so many calendar days after it."""
    ahead = values.days - around.as_of.toordinal()
    return (ahead >= 0) & (ahead <= _count(operands))


def _count(operands: tuple[Operand, ...]) -> int:
    days = operands[0]
    if not isinstance(days, int):
        raise TypeError(f"a number of days is needed, not {days!r}")
    return days


def otherwise(values: FieldValues, _: tuple[Operand, ...], __: Surroundings) -> Bools:
    """Any value that no case above took; a blank is none."""
    return ~values.blank


def _not(test: Test, about: str) -> Test:
    def negated(values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
        return ~test(values, operands, around) & ~values.blank

    negated.__doc__ = about
    return negated


# Operator -> its test. `model.operators.FAMILIES` says what each takes as its Value.
OPERATORS: dict[str, Test] = {
    "is": is_one_of,
    "is not": _not(is_one_of, "The text is none of the values, compared as `is` does."),
    "contains": contains,
    "does not contain": _not(contains, "The text holds none of the values, after folding."),
    "starts with": starts_with,
    "ends with": ends_with,
    "has word": has_word,
    "matches": matches,
    "between": between,
    ">": more_than,
    ">=": at_least,
    "<": less_than,
    "<=": at_most,
    "is blank": is_blank,
    "is not blank": is_filled,
    "in list": in_list,
    "not in list": _not(in_list, "The text is no entry of a list, nor a sub-domain of one."),
    "in segment": in_segment,
    "not in segment": _not(in_segment, "The lead is in none of the segments."),
    "within days": within_days,
    "older than days": older_than_days,
    "in next days": in_next_days,
    "otherwise": otherwise,
}


def holds(operator: str, values: FieldValues, operands: tuple[Operand, ...], around: Surroundings) -> Bools:
    """Where an operator holds, one item per distinct text; only `is blank` holds on a blank."""
    found = OPERATORS[operator](values, operands, around)
    return found if operator == "is blank" else found & ~values.blank
