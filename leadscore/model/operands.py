"""The Value cell of a case, read as its operator wants it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import re2

from leadscore.model.frozen import Bound, ListName, Operand, Range
from leadscore.model.operators import FAMILIES, Family
from leadscore.model.table import Entry
from leadscore.model.typed import Reader, looks_rewritten, shows_month_and_year
from leadscore.values.cells import CellError
from leadscore.values.folding import fold, trim

_SEPARATORS = re.compile(r"[;\r\n]+")
_WHOLE_LIST = re.compile(r"\[([^\[\]]+)\]")
# How two ends are written, of a folded text, the surest first: a date has dashes of its own, so '..' and words go
# before a dash with spaces, and a dash without them stands alone. '…' is what Word makes of three dots.
_RANGES = (
    re.compile(r"(?P<low>.+?)\s*\.{2,3}\s*(?P<open><?)\s*(?P<high>.+)"),
    re.compile(r"(?:(?:de|du|from|entre|between)\s)?(?P<low>.+?)\s(?:a|au|to|et|and)(?P<open>)\s(?P<high>.+)"),
    re.compile(r"(?P<low>.+?)\s-(?P<open>)\s(?P<high>.+)"),
    re.compile(r"(?P<low>-?[^-]+)-(?P<open>)(?P<high>[^-]+)"),
)
_BARE_NUMBER = re.compile(r"[+-]?[\d\s.,']+")
_UNIT = re.compile(r"[^\d\s.,'][^\d]*$")
_MOST_DAYS = 1_000_000  # more than 2,700 years: an age that no date has
_WANTED = {
    Family.TEXT: "one or several values, such as FR; BE; CH",
    Family.PATTERN: "a pattern, such as ^head of",
    Family.RANGE: "a range, such as 10..20",
    Family.BOUND: "a number or a date, such as 10000 or 2026-03-31",
    Family.DAYS: "a number of days, such as 30",
    Family.LIST: "the name of a list",
    Family.SEGMENT: "the name of a segment",
}


def read_operands(operator: str, entry: Entry, reader: Reader) -> tuple[Operand, ...]:
    """The values of a case, () when the cell is wrong (its issue is told) or the operator takes none."""
    family, said = FAMILIES[operator], reader.say("operators", operator)
    if isinstance(entry.cell.value, CellError):
        return ()
    if family is Family.NOTHING:
        if not entry.is_blank:
            reader.findings.add("value-unused", entry.place, entry.text, operator=said)
        return ()
    if not pieces_of(entry.text):
        if not entry.is_absent:
            reader.findings.add("value-missing", entry.place, operator=said, wanted=_WANTED[family])
        return ()
    if family not in (Family.DAYS, Family.RANGE) and looks_rewritten(entry):
        reader.findings.add("value-rewritten", entry.place, entry.text)
        return ()
    operands = _READERS[family](entry, reader)
    read = tuple(operand for operand in operands if operand is not None)
    return read if len(read) == len(operands) else ()


def pieces_of(text: str) -> list[str]:
    """The several values of a cell: separated by ';' or line breaks, never by a comma; what compares as '' is none."""
    return [trim(piece) for piece in _SEPARATORS.split(text) if fold(piece)]


def _texts(entry: Entry, _: Reader) -> list[Operand | None]:
    return [
        ListName(list_name=trim(match[1])) if (match := _WHOLE_LIST.fullmatch(piece)) else piece
        for piece in pieces_of(entry.text)
    ]


def _lists(entry: Entry, _: Reader) -> list[Operand | None]:
    return [ListName(list_name=piece.strip("[] ")) for piece in pieces_of(entry.text)]


def _patterns(entry: Entry, reader: Reader) -> list[Operand | None]:
    return [_pattern(entry, piece, reader) for piece in pieces_of(entry.text)]


def _pattern(entry: Entry, piece: str, reader: Reader) -> str | None:
    try:
        compile_pattern(piece)
    except re2.error as problem:
        reason = problem.args[0].decode() if isinstance(problem.args[0], bytes) else str(problem)
        reader.findings.add("pattern-wrong", entry.place, piece, reason=reason)
        return None
    return piece


def compile_pattern(pattern: str) -> re2._Regexp:
    """The pattern as RE2 runs it, case ignored, in time linear in the text. Raises re2.error."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(pattern, options)


def _ranges(entry: Entry, reader: Reader) -> list[Operand | None]:
    if isinstance(entry.cell.value, date):
        reader.findings.add("range-rewritten", entry.place, entry.text, meant=_as_range(entry, entry.cell.value))
        return [None]
    return [_range(entry, piece, reader) for piece in pieces_of(entry.text)]


def _range(entry: Entry, piece: str, reader: Reader) -> Range | None:
    limits = typed_range(entry, piece, reader)
    if limits is None:
        reader.findings.add("range-wrong", entry.place, piece)
        return None
    if _size(limits.low) > _size(limits.high):
        mended = Range(low=limits.high, high=limits.low)
        reader.findings.add("range-reversed", entry.place, piece, mended=mended)
        return None
    return limits


def typed_range(entry: Entry, text: str, reader: Reader) -> Range | None:
    """The two ends that a text names, None when it names no range; its ends may still be the wrong way round."""
    match = next((found for pattern in _RANGES if (found := pattern.fullmatch(fold(text)))), None)
    low = _bound(entry, _with_unit(match["low"], match["high"]), reader) if match else None
    high = _bound(entry, match["high"], reader) if match else None
    if match is None or low is None or high is None or (low.day is None) != (high.day is None):
        return None
    return Range(low=low, high=high, open_end=match["open"] == "<")


def _with_unit(low: str, high: str) -> str:
    """The lower end with the unit that is written once, behind the upper end: '5..10 k€' starts at 5 k€."""
    unit = _UNIT.search(high)
    return f"{low} {unit[0]}" if unit and _BARE_NUMBER.fullmatch(low) else low


def _size(bound: Bound) -> float:
    return bound.day.toordinal() if bound.day is not None else bound.number or 0.0


def _one_bound(entry: Entry, reader: Reader) -> list[Operand | None]:
    if isinstance(entry.cell.value, date):
        return [Bound(day=reader.day(entry, "value"))]
    bound = _bound(entry, entry.text, reader)
    if bound is None:
        reader.findings.add("bound-wrong", entry.place, entry.text)
    return [bound]


def _bound(entry: Entry, text: str, reader: Reader) -> Bound | None:
    if (day := reader.typed_day(text, entry.place)) is not None:
        return Bound(day=day)
    number = reader.typed_number(text, entry.place)
    return None if number is None else Bound(number=number)


def _days(entry: Entry, reader: Reader) -> list[Operand | None]:
    number = None if isinstance(entry.cell.value, date) else reader.quiet().typed_number(entry.text, entry.place)
    if number is None or not 0 <= number <= _MOST_DAYS or not number.is_integer():
        reader.findings.add("days-wrong", entry.place, entry.text)
        return [None]
    return [int(number)]


_READERS: dict[Family, Callable[[Entry, Reader], list[Operand | None]]] = {
    Family.TEXT: _texts,
    Family.PATTERN: _patterns,
    Family.RANGE: _ranges,
    Family.BOUND: _one_bound,
    Family.DAYS: _days,
    Family.LIST: _lists,
    Family.SEGMENT: _texts,
}


def _as_range(entry: Entry, day: date) -> str:
    """The range that was probably typed before Excel made a date of it: 10 December -> 10..12, March 26 -> 3..26."""
    low, high = (day.month, day.year % 100) if shows_month_and_year(entry) else sorted((day.day, day.month))
    return f"{low}..{high}"
