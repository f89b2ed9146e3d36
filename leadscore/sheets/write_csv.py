"""Results as CSV, in the manner of the source."""

import csv
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from functools import singledispatch
from math import isfinite
from pathlib import Path

from leadscore.errors import OutputError
from leadscore.issues import Issue
from leadscore.sheets.output import OutColumn, OutSheet
from leadscore.sheets.safe_write import Seen, replace_file
from leadscore.sheets.source import CsvDialect
from leadscore.sheets.write_rows import filled
from leadscore.sheets.write_texts import TextTally
from leadscore.values.cells import ShownNumber, text_of

_DEFAULT = CsvDialect(encoding="utf-8-sig", delimiter=",", newline="\r\n")
_BOM = "\ufeff"
_CHUNK = 1 << 20  # bytes

# What a spreadsheet would run as a formula (OWASP ASVS 1.2.10, CWE-1236), and what only looks like it: a number, with a
# decimal comma or a % too, a phone number, a dash that stands for nothing.
_FORMULA_STARTS = frozenset("=@\t\r+-")
_NUMBER_OR_PHONE = re.compile(r"[+-]?[\d ().,\u00a0\u202f-]+%?")
_PLAIN_DECIMAL = re.compile(r"-?\d+\.\d+")

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # UTF-8 has no lone surrogates; most readers stop at a NUL
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True)
class CsvReport:
    """How many texts got an apostrophe so that no spreadsheet runs them, and an issue per column that lost some."""

    neutralised: int = 0
    issues: tuple[Issue, ...] = ()


def write_csv(
    sheet: OutSheet, path: Path | None, dialect: CsvDialect | None, *, raw: bool, seen: Iterable[Seen] = ()
) -> CsvReport:
    """Write a sheet as UTF-8 with the source's delimiter and newlines (None: comma, CRLF), whole or not at all.

    A file begins with a BOM so that Excel reads its accents; standard output (path None) has none, since what reads it
    there is a program. Numbers have a decimal comma when the delimiter is ';'. Unless `raw`, a text that a spreadsheet
    would run as a formula gets an apostrophe in front. Raises OutputError when the file cannot be written,
    TryLaterError when a file that was `seen` is another by now.
    """
    manner = dialect or _DEFAULT
    cells = _Cells(sheet.name, "," if manner.delimiter == ";" else ".", raw=raw)
    lines = _lines(sheet, manner, cells)
    if path is None:
        for line in lines:
            sys.stdout.buffer.write(line.encode())
        sys.stdout.buffer.flush()
    else:
        file = _CheckedFile(lines)
        replace_file(path, file.write, file.check, seen)
    return CsvReport(cells.neutralised, tuple(cells.issues))


def neutral(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would run it; the same object where it would not.

    '=1+1' -> "'=1+1"; '-5', '+44 20 7183 8750' and '-' stay.
    """
    if text[:1] not in _FORMULA_STARTS or (text[0] in "+-" and _NUMBER_OR_PHONE.fullmatch(text)):
        return text
    return f"'{text}"


def plain_number(number: float) -> str:
    """A number with the decimals it needs and no exponent: 12.0 -> '12', 1e-05 -> '0.00001'."""
    if not isfinite(number):
        return str(number)
    return str(int(number)) if number == int(number) else format(Decimal(repr(float(number))), "f")


@dataclass
class _CheckedFile:
    """Lines on their way to a file, and the checksum that the file must have when it is read back."""

    lines: Iterable[str]
    checksum: int = 0

    def write(self, path: Path) -> None:
        with path.open("wb") as file:
            for text in (_BOM, *self.lines):
                data = text.encode()
                self.checksum = zlib.crc32(data, self.checksum)
                file.write(data)

    def check(self, path: Path) -> None:
        read_back = 0
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                read_back = zlib.crc32(chunk, read_back)
        if read_back != self.checksum:
            raise OutputError("the CSV file did not read back as it was written, so it was not kept; run again")


@dataclass
class _Cells:
    """Cells -> the texts that stand for them; counts those that had to be changed."""

    sheet: str
    decimal_mark: str
    raw: bool
    neutralised: int = 0
    replaced: int = 0
    issues: list[Issue] = field(default_factory=list)

    def column(self, column: OutColumn) -> list[str]:
        """The heading, then a text per cell."""
        before = self.replaced
        texts = [self.text(column.heading), *("" if cell is None else self.any(cell) for cell in filled(column.cells))]
        if self.replaced > before:
            cells = enumerate((column.heading, *column.cells), start=1)
            rows = [row for row, cell in cells if isinstance(cell, str) and _UNWRITABLE.search(cell)]
            self.issues += TextTally(replaced=rows).issues(self.sheet, column.heading)
        return texts

    def any(self, cell: object) -> str:
        """What stands for a cell of any kind."""
        if isinstance(cell, str):
            return self.text(cell)
        text = _value_text(cell)
        is_decimal = isinstance(cell, float) and _PLAIN_DECIMAL.fullmatch(text)
        return text.replace(".", self.decimal_mark) if is_decimal else text

    def text(self, text: str) -> str:
        """What stands for a text."""
        if not text.isprintable() and _UNWRITABLE.search(text):
            text = _UNWRITABLE.sub(_REPLACEMENT, text)
            self.replaced += 1
        safe = text if self.raw else neutral(text)
        self.neutralised += safe is not text
        return safe


def _lines(sheet: OutSheet, manner: CsvDialect, cells: _Cells) -> Iterator[str]:
    """The lines of the file, heading first, each with its newline."""
    written: list[str] = []
    # With CRLF as its terminator the csv module quotes both CR and LF in a cell; with another one it may miss a CR.
    writer = csv.writer(_Lines(written), delimiter=manner.delimiter, lineterminator="\r\n")
    for row in zip(*(cells.column(column) for column in sheet.columns), strict=True):
        writer.writerow(row)
        yield written.pop().removesuffix("\r\n") + manner.newline


@dataclass(frozen=True)
class _Lines:
    """What csv.writer takes for a file: it calls `write` once per row."""

    written: list[str]

    def write(self, line: str) -> None:
        self.written.append(line)


@singledispatch
def _value_text(cell: object) -> str:
    """What stands for a cell that is no text: numbers with a decimal point, days and times as ISO 8601 has them."""
    return str(cell)


@_value_text.register
def _(cell: bool) -> str:
    return "TRUE" if cell else "FALSE"


@_value_text.register
def _(cell: float) -> str:
    return plain_number(cell)


@_value_text.register
def _(cell: ShownNumber) -> str:
    return cell.text


@_value_text.register(date)
@_value_text.register(time)
def _(cell: date | time) -> str:
    return text_of(cell)


@_value_text.register
def _(cell: timedelta) -> str:
    """Hours may pass 24, as in a spreadsheet: '26:00:00'."""
    seconds = round(abs(cell.total_seconds()))
    sign = "-" if cell < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
