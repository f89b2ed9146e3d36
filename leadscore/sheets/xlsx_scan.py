"""One scan of a sheet's raw XML for what python-calamine does not tell.

Hidden rows, merged cells, errors, formulas never calculated, number formats, and how far the sheet reaches. Patterns
over bytes: 50,000 rows of 12 cells take a third of a second, an XML parser takes several.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from leadscore.model.grid import cell_letter

Position = tuple[int, int]  # the row as the spreadsheet shows it, the column counted from 0


@dataclass(frozen=True)
class Extent:
    """The box around all cells that hold something (rows from 1, columns from 0), and how many there are."""

    first_row: int = 1
    last_row: int = 0
    first_column: int = 0
    last_column: int = -1
    cells: int = 0

    @property
    def area(self) -> int:
        """How many cells the box has room for, 0 when nothing holds anything."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


@dataclass(frozen=True)
class SheetScan:
    """What the XML of one sheet says besides its values. `errors`: '#DIV/0!', '' for a formula never calculated."""

    extent: Extent = Extent()
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    errors: Mapping[Position, str] = field(default_factory=dict)
    formats: Mapping[Position, str] = field(default_factory=dict)


_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet\b")
_NO_ELEMENTS = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_ADDRESS = re.compile(rb"\br=[\"']([A-Za-z]+)(\d+)[\"']")

# Excel, LibreOffice and most others write cells as <c r="A1" ...>. Sheets that do not are first rewritten so.
_OTHER_CELL = re.compile(rb"<c(?:[/>]|\s(?!r=\"[A-Z]+\d))")
_OTHER_ROW = re.compile(rb"<row(?:[/>]|\s(?![^>]*\br=\"))")

_FILLED = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^/>]*>(?!</)")
_ERROR = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*\bt=\"e\"[^>]*(?<!/)>(.*?)</c>", re.DOTALL)
_ERROR_TEXT = re.compile(rb"<v[^>]*>([^<]*)</v>")
_UNCALCULATED = re.compile(
    rb"<c r=\"([A-Z]+)(\d+)\"([^>]*)(?<!/)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(<v\s*/>|<v\s*>\s*</v>)?\s*</c>"
)
_HIDDEN = re.compile(rb"<row\s[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_MERGED = re.compile(rb"<mergeCell\s[^>]*?\bref=\"([^\"]+)\"")


def scan_sheet(xml: bytes, formats: Mapping[int, str]) -> SheetScan:
    """Scan the XML of a worksheet. `formats`: the style numbers whose cells are asked for, and their format codes."""
    xml = _plain(xml)
    return SheetScan(
        _extent(xml),
        frozenset(int(number[1]) for tag in _HIDDEN.findall(xml) if (number := _ROW_NUMBER.search(tag))),
        tuple(reference.decode() for reference in _MERGED.findall(xml)),
        _errors(xml) | _uncalculated(xml),
        _formatted(xml, formats),
    )


@lru_cache(maxsize=16_384)
def column_index(letters: bytes) -> int:
    """The column, counted from 0: b'A' -> 0, b'AA' -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1


def _plain(xml: bytes) -> bytes:
    """The sheet without prefixes, comments and single quotes, with an address in every row and cell."""
    if b"<!" in xml:
        xml = _NO_ELEMENTS.sub(b"", xml)
    root = _ROOT.search(xml)
    if root and root[1]:
        xml = re.sub(rb"<(/?)%b:" % re.escape(root[1]), rb"<\1", xml)
    if b"='" in xml or _OTHER_CELL.search(xml) or _OTHER_ROW.search(xml):
        return _addressed(xml)
    return xml


def _addressed(xml: bytes) -> bytes:
    """The same sheet with an address in every row and cell; where there is none, it stands after the one before."""
    row, column = 0, -1

    def place(match: re.Match[bytes]) -> bytes:
        nonlocal row, column
        if match[1] == b"row":
            number = _ROW_NUMBER.search(match[2])
            row, column = int(number[1]) if number else row + 1, -1
            return _tag(b"row", str(row).encode(), match[2])
        if match[1] == b"c":
            address = _ADDRESS.search(match[2])
            column = column_index(address[1].upper()) if address else column + 1
            return _tag(b"c", address[1].upper() + address[2] if address else _address(row, column), match[2])
        return match[0].replace(b"'", b'"')

    return re.sub(rb"<(row|c|mergeCell)(?=[\s/>])([^>]*)>", place, xml)


def _tag(name: bytes, address: bytes, attributes: bytes) -> bytes:
    rest = re.sub(rb"\br=[\"'][^\"']*[\"']", b"", attributes).replace(b"'", b'"').strip()
    return b'<%b r="%b"%b%b>' % (name, address, b"" if rest in {b"", b"/"} else b" ", rest)


def _address(row: int, column: int) -> bytes:
    return f"{cell_letter(column)}{row}".encode()


def _extent(xml: bytes) -> Extent:
    places = _FILLED.findall(xml)
    if not places:
        return Extent()
    rows = [int(number) for number in {number for _, number in places}]
    columns = [column_index(letters) for letters in {letters for letters, _ in places}]
    return Extent(min(rows), max(rows), min(columns), max(columns), len(places))


def _errors(xml: bytes) -> dict[Position, str]:
    if b't="e"' not in xml:  # the rule, and a hundred times faster to see than a pattern
        return {}
    errors = {}
    for match in _ERROR.finditer(xml):
        text = _ERROR_TEXT.search(match[3])
        errors[_position(match[1], match[2])] = html.unescape(text[1].decode("utf-8", "replace")) if text else ""
    return errors


def _uncalculated(xml: bytes) -> dict[Position, str]:
    """Formulas without a value. One that gave an empty text is stored as t="str" with an empty value: it has one."""
    if b"<f" not in xml:
        return {}
    return {
        _position(match[1], match[2]): ""
        for match in _UNCALCULATED.finditer(xml)
        if not (match[4] and b't="str"' in match[3])
    }


def _formatted(xml: bytes, formats: Mapping[int, str]) -> dict[Position, str]:
    if not formats:
        return {}
    styles = b"|".join(str(style).encode() for style in formats)
    pattern = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*? s=\"(%b)\"" % styles)
    return {_position(letters, number): formats[int(style)] for letters, number, style in pattern.findall(xml)}


def _position(letters: bytes, number: bytes) -> Position:
    return int(number), column_index(letters)
