"""The text of a CSV file as rows: delimiter, quotes, line ends."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from leadscore.sheets.read_errors import UnreadableError

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_TEXT = 262_144  # characters
_SAMPLE_ROWS = 200
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_END = "\x03"  # one more line; when it comes back inside a cell, a quote was never closed

csv.field_size_limit(sys.maxsize)  # the default, 131,072 characters, is less than a pasted page


@dataclass(frozen=True)
class CsvRows:
    """What a CSV text holds. `rows[0]` is row 1; a blank line is an empty row.

    `stray` gives, by row number, the cell with a quote that should have been doubled.
    """

    rows: list[list[str]]
    delimiter: str
    newline: str
    stray: dict[int, str] = field(default_factory=dict)


def parse(text: str, delimiter: str = "", usual: str = ",") -> CsvRows:
    """Split a text into rows. `delimiter` is what the user gave; `usual` is taken where the text shows none.

    A first line 'sep=;' names the delimiter and is no row. Raises UnreadableError for a quote never closed.
    """
    newline = _newline(text)
    if match := _SEPARATOR_LINE.match(text):
        text, delimiter = text[match.end() :], delimiter or match[1]
    delimiter = delimiter or _likely_delimiter(text, usual)
    try:
        rows = list(csv.reader(_lines(text), delimiter=delimiter, strict=True))
    except csv.Error:
        rows, stray = _leniently(text, delimiter)
        return CsvRows(rows, delimiter, newline, stray)
    return CsvRows(rows, delimiter, newline)


def _leniently(text: str, delimiter: str) -> tuple[list[list[str]], dict[int, str]]:
    """Rows as Excel reads them, where a quote inside a quoted cell was not doubled; and where that is."""
    lines = [*_lines(text), _END]
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[list[str]] = []
    stray, start = {}, 0
    for row in reader:
        rows.append(row)
        if _is_stray(lines[start : reader.line_num], delimiter):
            stray[len(rows)] = next((cell for cell in row if '"' in cell), "")
        start = reader.line_num
    if rows.pop() != [_END]:
        raise UnreadableError(f"has a quote in row {len(rows) + 1} that is never closed; close it, or double it")
    return rows, stray


def _is_stray(lines: Sequence[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False


def _lines(text: str) -> Iterator[str]:
    return io.StringIO(text, newline="")


def _newline(text: str) -> str:
    """The line end most lines have; LF where there is none."""
    pairs = text.count("\r\n")
    counts = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(counts, key=lambda newline: counts[newline])


def _likely_delimiter(text: str, usual: str) -> str:
    """The delimiter under which most rows have the same number of cells, two at least; the more cells, the better."""
    best, likely = (0.0, 1), usual
    for delimiter in (usual, *DELIMITERS):
        score = _consistency(text, delimiter)
        if score > best:
            best, likely = score, delimiter
    return likely


def _consistency(text: str, delimiter: str) -> tuple[float, int]:
    rows = csv.reader(_lines(text[:_SAMPLE_TEXT]), delimiter=delimiter)
    widths = [len(row) for row in islice(rows, _SAMPLE_ROWS) if row]
    if len(text) > _SAMPLE_TEXT and len(widths) < _SAMPLE_ROWS:
        widths = widths[:-1] or widths  # the sample may cut its last row
    width, count = max(Counter(widths).items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return (count / len(widths), width) if width > 1 else (0.0, 1)
