"""What each operator says of one text, written from the table of design.md section 3, one text at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from leadscore.model.frozen import Bound, ListName, Range, Test
from leadscore.values.booleans import boolean_word, read_boolean
from leadscore.values.days import order_shown, read_day
from leadscore.values.folding import fold, name_key
from leadscore.values.numbers import decimal_mark_shown
from tests.scoring.reference_numbers import decimal_of

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)([.,][0-9]+)?")


@dataclass(frozen=True)
class Around:
    """The run's day, the lists by name, and how an undecidable number or day is read (as in an English model)."""

    as_of: date
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    decimal_mark: str = "."
    day_order: str = "month-day"

    def for_column(self, texts: Iterable[str]) -> Around:
        """With what the texts of one column give away."""
        texts = list(texts)
        marks = {decimal_mark_shown(text) for text in texts} - {None}
        orders = {order_shown(text) for text in texts} - {None}
        return Around(
            self.as_of,
            self.lists,
            marks.pop() if len(marks) == 1 else self.decimal_mark,
            orders.pop() if len(orders) == 1 else self.day_order,
        )

    def number(self, text: str) -> Fraction | None:
        """Rounded once, as the bounds of the model are."""
        read = decimal_of(text, self.decimal_mark)
        return None if read is None else Fraction(float(read))

    def day(self, text: str) -> date | None:
        return read_day(text, self.day_order)


def says(case: Test, text: str, around: Around) -> bool:
    """Whether a case holds for a text. Only `is blank` speaks of blanks."""
    if case.operator == "is blank" or text == "":
        return case.operator == "is blank" and text == ""
    return _SAYS[case.operator](case.operands, text, around)


def needs(case: Test) -> str:
    """'number' or 'day' where the case must read one, else ''."""
    if case.operator in ("within days", "older than days", "in next days"):
        return "day"
    if case.operator not in ("between", ">", ">=", "<", "<="):
        return ""
    operand = case.operands[0]
    bound = operand.low if isinstance(operand, Range) else operand
    return "number" if bound.day is None else "day"


def _entries(operands: tuple, around: Around) -> list[str]:
    found: list[str] = []
    for operand in operands:
        found += around.lists[name_key(operand.list_name)] if isinstance(operand, ListName) else [operand]
    return found


def _same(value: str, text: str, around: Around) -> bool:
    if fold(value) == fold(text):
        return True
    if _PLAIN.fullmatch(value) and _PLAIN.fullmatch(text):
        return Fraction(value.replace(",", ".")) == Fraction(text.replace(",", "."))
    if boolean_word(value) is not None and boolean_word(value) == read_boolean(text):
        return True
    day = read_day(value, "month-day")
    return day is not None and day == around.day(text)


def _is(operands: tuple, text: str, around: Around) -> bool:
    return any(_same(value, text, around) for value in _entries(operands, around))


def _in_list(operands: tuple, text: str, around: Around) -> bool:
    entries = _entries(operands, around)
    domains = [fold(entry) for entry in entries if "." in entry and " " not in entry]
    return _is(operands, text, around) or any(fold(text).endswith("." + domain) for domain in domains)


def _has_word(operands: tuple, text: str, around: Around) -> bool:
    for value in _entries(operands, around):
        word, start = fold(value), -1
        while (start := fold(text).find(word, start + 1)) >= 0:
            before, after = fold(text)[:start][-1:], fold(text)[start + len(word) :][:1]
            if not (before.isalnum() or before == "_" or after.isalnum() or after == "_"):
                return True
    return False


def _some(test: Callable[[str, str], bool]) -> Callable[[tuple, str, Around], bool]:
    return lambda operands, text, around: any(test(fold(text), fold(value)) for value in _entries(operands, around))


def _not(test: Callable[[tuple, str, Around], bool]) -> Callable[[tuple, str, Around], bool]:
    return lambda operands, text, around: not test(operands, text, around)


def _size(bound: Bound, text: str, around: Around) -> tuple[object, object]:
    """What is compared: the text's day or number, and the bound's."""
    if bound.day is not None:
        return around.day(text), bound.day
    return around.number(text), Fraction(bound.number)


def _compared(test: Callable[[object, object], bool]) -> Callable[[tuple, str, Around], bool]:
    def says_so(operands: tuple, text: str, around: Around) -> bool:
        mine, limit = _size(operands[0], text, around)
        return mine is not None and test(mine, limit)

    return says_so


def _between(operands: tuple, text: str, around: Around) -> bool:
    for limits in operands:
        mine, low = _size(limits.low, text, around)
        _, high = _size(limits.high, text, around)
        if mine is not None and low <= mine and (mine < high or (mine == high and not limits.open_end)):
            return True
    return False


def _aged(test: Callable[[int, int], bool]) -> Callable[[tuple, str, Around], bool]:
    def says_so(operands: tuple, text: str, around: Around) -> bool:
        day = around.day(text)
        return day is not None and test((around.as_of - day).days, operands[0])

    return says_so


_SAYS: dict[str, Callable[[tuple, str, Around], bool]] = {
    "is": _is,
    "is not": _not(_is),
    "contains": _some(lambda text, value: value in text),
    "does not contain": _not(_some(lambda text, value: value in text)),
    "starts with": _some(str.startswith),
    "ends with": _some(str.endswith),
    "has word": _has_word,
    "matches": lambda operands, text, _: any(re.search(pattern, text, re.IGNORECASE) for pattern in operands),
    "between": _between,
    ">": _compared(lambda mine, limit: mine > limit),
    ">=": _compared(lambda mine, limit: mine >= limit),
    "<": _compared(lambda mine, limit: mine < limit),
    "<=": _compared(lambda mine, limit: mine <= limit),
    "is not blank": lambda *_: True,
    "in list": _in_list,
    "not in list": _not(_in_list),
    "within days": _aged(lambda age, most: 0 <= age <= most),
    "older than days": _aged(lambda age, most: age > most),
    "in next days": _aged(lambda age, most: 0 <= -age <= most),
    "otherwise": lambda *_: True,
}
