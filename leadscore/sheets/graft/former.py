"""What a sheet of ours looks like in the workbook: its headings, and what its reader did to them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from leadscore.sheets.graft.ownership import Book, SheetPlace
from leadscore.sheets.output import AUTHOR
from leadscore.sheets.splice import Element, outline
from leadscore.sheets.xlsx_scan import column_index

_ROW_END = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
_DATA_END = re.compile(rb"</(?:\w+:)?sheetData>")
_STRING = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
# What a filter refers to outside itself, or is in a dialect that our parts do not declare.
_FOREIGN = re.compile(rb"dxfId|extLst|</?\w+:")
_FIRST_ROWS = 2

Heading = tuple[str, int]  # folded, and which one of those that are alike


@dataclass(frozen=True)
class Note:
    """A note of the reader's: in which column, on which row (0 is the headings), by whom."""

    heading: Heading
    row: int
    author: str
    text: str
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Former:
    """What the reader did to a sheet of ours: widths in characters, what is hidden of its columns, notes, filters.

    A filter is what stands inside its filterColumn.
    """

    widths: Mapping[Heading, float] = field(default_factory=dict)
    hidden: Mapping[Heading, bool] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    filters: Mapping[Heading, bytes] = field(default_factory=dict)


def numbered(headings: Sequence[str]) -> list[Heading]:
    """Headings so that no two are alike: ['Name', 'name'] -> [('name', 0), ('name', 1)]."""
    folded = [heading.strip().casefold() for heading in headings]
    return [(heading, folded[:place].count(heading)) for place, heading in enumerate(folded)]


def first_texts(book: Book, place: SheetPlace) -> frozenset[str]:
    """The texts of the first two rows of a sheet."""
    return frozenset(_Sheet(book, place).texts.values())


def headings_of(book: Book, place: SheetPlace) -> list[str]:
    """The texts of the first row of a sheet, from left to right, without the blank ones."""
    texts = _Sheet(book, place).texts
    return [text for (_, row), text in sorted(texts.items()) if row == 1]


def read_former(book: Book, place: SheetPlace) -> Former:
    """What the reader did to a sheet of ours."""
    sheet = _Sheet(book, place)
    widths, hidden = dict[Heading, float](), dict.fromkeys(sheet.headings.values(), False)
    for first, last, said in sheet.columns():
        stored = float(said.get("width", "0"))
        for heading in (sheet.headings[place] for place in range(first, last + 1) if place in sheet.headings):
            hidden[heading] = said.get("hidden") in ("1", "true")
            if stored > 0:
                widths[heading] = _characters(stored)
    return Former(widths, hidden, tuple(sheet.notes()), dict(sheet.filters()))


def _characters(stored: float) -> float:
    """The width that Excel's dialog shows, which leaves out the 5 pixels around it; a digit is 7 pixels wide."""
    pixels = round(stored * 7)
    return (pixels - 5) / 7 if pixels >= 12 else pixels / 12


class _Sheet:
    """One sheet, outlined without its data rows."""

    def __init__(self, book: Book, place: SheetPlace) -> None:
        self._book, self._part = book, place.relation.part
        self._xml = book.package.parts[self._part]
        self._short = _without_rows(self._xml)
        self._root = outline(self._short, 9)
        self._strings = _strings(book, _shared(self._short, _cells(self._root)))
        self.texts = dict(self._first_texts())
        top = {column: text for (column, row), text in self.texts.items() if row == 1}
        width = max(top, default=-1) + 1
        keys = numbered([top.get(column, "") for column in range(width)])
        self.headings: dict[int, Heading] = {column: keys[column] for column in top}

    def _first_texts(self) -> Iterator[tuple[tuple[int, int], str]]:
        for cell in _cells(self._root):
            address = _ADDRESS.fullmatch(cell.attributes.get("r", ""))
            if address and (text := _told(self._short, cell, self._strings)):
                yield (column_index(address[1].encode()), int(address[2])), text

    def columns(self) -> Iterator[tuple[int, int, dict[str, str]]]:
        """First and last position, and attributes, of each run of columns that something is said of."""
        columns = self._root.child("cols")
        for column in columns.children if columns else []:
            first, last = int(column.attributes["min"]), int(column.attributes["max"])
            yield first - 1, min(last - 1, max(self.headings, default=0)), column.attributes

    def notes(self) -> Iterator[Note]:
        """The notes that are not ours."""
        for relation in self._book.package.relations(self._part):
            if relation.kind == "comments" and relation.part:
                yield from self._notes_in(self._book.package.parts[relation.part])

    def _notes_in(self, xml: bytes) -> Iterator[Note]:
        root = outline(xml, 9)
        authors, notes = root.child("authors"), root.child("commentList")
        names = [_text_of(xml, author) for author in authors.children] if authors else []
        for note in notes.children if notes else []:
            address = _ADDRESS.fullmatch(note.attributes.get("ref", ""))
            author = names[int(note.attributes.get("authorId", "0"))] if names else ""
            heading = self.headings.get(column_index(address[1].encode())) if address else None
            if address and heading and author != AUTHOR:
                row = int(address[2]) - 1
                yield Note(heading, row, author, _text_of(xml, note), self._texts_of_row(row + 1))

    def _texts_of_row(self, row: int) -> frozenset[str]:
        """The texts of a row of data; none of the headings."""
        start = self._xml.find(b'<row r="%d"' % row)
        end = self._xml.find(b"</row>", start)
        if start < 0 or end < 0 or row <= 1:
            return frozenset()
        xml = self._xml[start : end + len(b"</row>")]
        cells = [cell for cell in outline(xml, 9).named("c") if cell.attributes.get("t") in ("s", "inlineStr")]
        shared = _strings(self._book, _shared(xml, cells))
        return frozenset(_told(xml, cell, shared) for cell in cells)

    def filters(self) -> Iterator[tuple[Heading, bytes]]:
        """The criteria of each filtered column, of the sheet's own filter and of its tables."""
        tables = [one.part for one in self._book.package.relations(self._part) if one.kind == "table" and one.part]
        for xml in [self._short, *(self._book.package.parts[part] for part in tables)]:
            root = outline(xml, 3)
            filtered = root.child("autoFilter")
            first = _ADDRESS.match(filtered.attributes.get("ref", "")) if filtered else None
            if filtered is None or first is None:
                continue
            for column in filtered.named("filterColumn"):
                inside = xml[column.tag_end : column.inner_end]
                heading = self.headings.get(int(column.attributes["colId"]) + column_index(first[1].encode()))
                if heading and column.inner_end > 0 and not _FOREIGN.search(inside):
                    yield heading, inside


def _without_rows(xml: bytes) -> bytes:
    """The sheet with its first two rows only: all that is asked of it stands there, or outside its rows."""
    ends = [found.end() for found in islice(_ROW_END.finditer(xml), _FIRST_ROWS)]
    data_end = _DATA_END.search(xml, ends[-1]) if ends else None
    return xml[: ends[-1]] + xml[data_end.start() :] if data_end else xml


def _cells(root: Element) -> Iterator[Element]:
    data = root.child("sheetData")
    for row in data.children if data else []:
        yield from row.named("c")


def _shared(xml: bytes, cells: Iterable[Element]) -> set[str]:
    """The numbers of the shared strings that cells hold."""
    return {_text_of(xml, cell) for cell in cells if cell.attributes.get("t") == "s"}


def _told(xml: bytes, cell: Element, strings: Mapping[str, str]) -> str:
    """What a cell holds, a shared string looked up."""
    text = _text_of(xml, cell)
    return strings.get(text, "") if cell.attributes.get("t") == "s" else text


def _text_of(xml: bytes, element: Element) -> str:
    """All that stands between the tags of an element; how a text is to be read aloud is none of it."""
    if element.inner_end < 0 or element.name.rpartition(":")[2] in ("rPh", "f"):
        return ""
    if not element.children:
        return html.unescape(xml[element.tag_end : element.inner_end].decode())
    return "".join(_text_of(xml, child) for child in element.children)


def _strings(book: Book, wanted: set[str]) -> dict[str, str]:
    """The shared strings of these numbers."""
    if not wanted:
        return {}
    xml = book.package.parts.get(book.target("sharedStrings"), b"")
    strings = ((str(number), found[0]) for number, found in enumerate(_STRING.finditer(xml)))
    return {number: _text_of(string, outline(string, 9)) for number, string in strings if number in wanted}
