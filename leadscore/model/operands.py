"""The Value cell of a case, read as its operator wants it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import re2

from leadscore.model.frozen import Bound, ListName, Operand, Range
from leadscore.model.operators import FAMILIES, Family
from leadscore.model.table import Entry
from leadscore.model.typed import Reader, looks_rewritten
from leadscore.values.cells import CellError
from leadscore.values.numbers import is_ambiguous, read_number

_SEPARATORS = re.compile(r"[;\r\n]+")
_WHOLE_LIST = re.compile(r"\[([^\[\]]+)\]")
_RANGE_WORDS = re.compile(
    r"(?:(?:de|from|entre|between|du)\s+)?(?P<low>.+?)\s*(?P<mark>\.\.<|\.\.|\s(?:à|to|et|and|au)\s|–|(?<=\d)\s*-\s*(?=\d))\s*(?P<high>.+)",
    re.IGNORECASE,
)


def read_operands(operator: str, entry: Entry, reader: Reader) -> tuple[Operand, ...]:
    """The values of a case, () when the cell is wrong (its issue is told) or the operator takes none."""
    family = FAMILIES[operator]
    if isinstance(entry.cell.value, CellError):
        return ()
    if family is Family.NOTHING:
        if not entry.is_blank:
            reader.findings.add("value-unused", entry.place, entry.text, operator=operator)
        return ()
    if entry.is_blank or not pieces_of(entry.text):
        reader.findings.add("value-missing", entry.place, operator=operator, wanted=family.value)
        return ()
    if family is not Family.DAYS and family is not Family.RANGE and looks_rewritten(entry):
        reader.findings.add("value-rewritten", entry.place, _shown(entry))
        return ()
    operands = _READERS[family](entry, reader)
    read = tuple(operand for operand in operands if operand is not None)
    return read if len(read) == len(operands) else ()


def pieces_of(text: str) -> list[str]:
    """The several values of a cell: separated by ';' or line breaks, never by a comma."""
    return [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]


def _texts(entry: Entry, _: Reader) -> list[Operand | None]:
    return [
        ListName(list_name=match[1].strip()) if (match := _WHOLE_LIST.fullmatch(piece)) else piece
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
        reader.findings.add("range-rewritten", entry.place, _shown(entry), meant=_as_range(entry))
        return [None]
    return [_range(entry, piece, reader) for piece in pieces_of(entry.text)]


def _range(entry: Entry, piece: str, reader: Reader) -> Range | None:
    limits = typed_range(entry, piece, reader)
    if limits is None:
        reader.findings.add("range-wrong", entry.place, piece)
        return None
    low, high = limits.low, limits.high
    if _size(low) > _size(high):
        reader.findings.add("range-reversed", entry.place, piece, mended=Range(low=high, high=low))
        return None
    return limits


def typed_range(entry: Entry, text: str, reader: Reader) -> Range | None:
    """The two ends that a text names, None when it names no range; its ends may still be the wrong way round."""
    match = _RANGE_WORDS.fullmatch(text)
    low = _bound(entry, match["low"], reader) if match else None
    high = _bound(entry, match["high"], reader) if match else None
    if match is None or low is None or high is None or (low.day is None) != (high.day is None):
        return None
    return Range(low=low, high=high, open_end=match["mark"] == "..<")


def _size(bound: Bound) -> float:
    return bound.day.toordinal() if bound.day is not None else bound.number or 0.0


def _one_bound(entry: Entry, reader: Reader) -> list[Operand | None]:
    if isinstance(entry.cell.value, date):
        return [Bound(day=reader.day(entry, ""))]
    bound = _bound(entry, entry.text, reader)
    if bound is None:
        reader.findings.add("bound-wrong", entry.place, entry.text)
    return [bound]


def _bound(entry: Entry, text: str, reader: Reader) -> Bound | None:
    if (day := reader.typed_day(entry, text)) is not None:
        return Bound(day=day)
    read = read_number(text, reader.decimal_mark)
    if read is None or read.is_range:
        return None
    if isinstance(entry.cell.value, str) and is_ambiguous(text):
        reader.findings.add("number-undecided", entry.place, text, reading=f"{read.number:g}")
    return Bound(number=read.number)


def _days(entry: Entry, reader: Reader) -> list[Operand | None]:
    read = None if isinstance(entry.cell.value, date) else read_number(entry.text, reader.decimal_mark)
    if read is None or read.is_range or read.number < 0 or not read.number.is_integer():
        reader.findings.add("days-wrong", entry.place, _shown(entry))
        return [None]
    return [int(read.number)]


_READERS: dict[Family, Callable[[Entry, Reader], list[Operand | None]]] = {
    Family.TEXT: _texts,
    Family.PATTERN: _patterns,
    Family.RANGE: _ranges,
    Family.BOUND: _one_bound,
    Family.DAYS: _days,
    Family.LIST: _lists,
    Family.SEGMENT: _texts,
}


def _shown(entry: Entry) -> str:
    value = entry.cell.value
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else entry.text


def _as_range(entry: Entry) -> str:
    """The range that was probably typed before Excel made a date of it: 10 December -> 10..12."""
    value = entry.cell.value
    low, high = sorted((value.day, value.month)) if isinstance(value, date) else (10, 20)
    return f"{low}..{high}"
