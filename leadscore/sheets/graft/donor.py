"""The sheets of a workbook that XlsxWriter wrote, with all that belongs to them, as parts of another workbook."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from leadscore.sheets.graft.ownership import Book, SheetPlace
from leadscore.sheets.graft.package import Package, relations_of, relative
from leadscore.sheets.graft.sheet_xml import (
    has_formulas,
    in_terms_of_target,
    shared_strings,
    with_conditional_formats,
    with_drawing,
    with_filter,
    with_selection,
    with_table_names,
)
from leadscore.sheets.graft.styles import StyleMap
from leadscore.sheets.graft.tables import TABLE_TYPE, TableName, TableNames, table_name
from leadscore.sheets.splice import Splice, outline

_KEPT_DRAWING = "rIdDrawing"
_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_DRAWING_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
_WITH_FORMULAS = ("worksheet+xml", "chart+xml", "table+xml")


@dataclass(frozen=True)
class Room:
    """The part of the target that a sheet of the donor becomes, and what its former self left to it."""

    sheet: SheetPlace
    part: str
    is_active: bool = False
    tables: tuple[TableName, ...] = ()
    drawing: str = ""  # charts and pictures that the reader put on a sheet which has none of ours


@dataclass
class Planting:
    """The donor's parts on their way into the target."""

    donor: Book
    target: Package
    styles: StyleMap
    taken: TableNames
    filters: Mapping[str, bytes]
    types: dict[str, str] = field(default_factory=dict)
    has_formulas: bool = False
    _names: dict[str, str] = field(default_factory=dict)
    _tables: dict[str, TableName] = field(default_factory=dict)
    _sheet_of: dict[str, str] = field(default_factory=dict)

    def plant(self, rooms: list[Room]) -> None:
        """Put every sheet with its parts into the target; the sheets' own names are free by then."""
        for room in rooms:
            self._names[room.sheet.relation.part] = room.part
            self.target.put(room.part, b"")
            self._name_parts(room)
        for room in rooms:
            self._plant_sheet(room)
        sheets = {room.sheet.relation.part for room in rooms}
        for old in self._names:
            if old not in sheets:
                self.target.put(self._names[old], self._part(old))
            self._plant_relations(old)
        for room in rooms:
            if room.drawing:
                self._keep_drawing(room)

    @property
    def table_names(self) -> list[str]:
        """What the tables are called in the target."""
        return [table.display for table in self._tables.values()]

    def _name_parts(self, room: Room) -> None:
        """A free name for all that belongs to a sheet, and for its tables."""
        package, types, former = self.donor.package, self.donor.package.types(), list(room.tables)
        part = room.sheet.relation.part
        self.types[room.part] = types.of(part)
        for old in sorted(package.reachable([part]) - {part} - self._names.keys()):
            folder, name = posixpath.split(old)
            stem, suffix = posixpath.splitext(name)
            self._sheet_of[old] = room.sheet.name
            new = self.target.free(folder, re.sub(r"\d+$", "", stem), suffix)
            self._names[old] = new
            self.target.put(new, b"")
            self.types[new] = types.of(old)
            if types.of(old) == TABLE_TYPE:
                self._tables[old] = self.taken.take(former.pop(0) if former else None, room.sheet.name)

    def _plant_sheet(self, room: Room) -> None:
        xml = self.donor.package.parts[room.sheet.relation.part]
        self.has_formulas = self.has_formulas or has_formulas(xml)
        strings = shared_strings(self.donor.package.parts.get(self.donor.target("sharedStrings"), b""))
        xml = with_table_names(in_terms_of_target(xml, self.styles, strings), self._renamed)
        xml = with_filter(xml, self.filters.get(room.sheet.name, b""))
        xml = with_drawing(xml, _KEPT_DRAWING) if room.drawing else xml
        self.target.put(room.part, with_selection(xml, active=room.is_active))

    @property
    def _renamed(self) -> Mapping[str, str]:
        parts = self.donor.package.parts
        return {table_name(parts[old]).display: table.display for old, table in self._tables.items()}

    def _part(self, old: str) -> bytes:
        """A part other than a sheet in the target's terms."""
        xml = self.donor.package.parts[old]
        if self.types[self._names[old]].endswith(_WITH_FORMULAS):
            xml = with_table_names(xml, self._renamed)
        if old not in self._tables:
            return xml
        xml, table = with_conditional_formats(xml, self.styles), self._tables[old]
        root, splice = outline(xml, 1), Splice(xml)
        for name, value in (("id", str(table.identity)), ("name", table.name), ("displayName", table.display)):
            splice.set(root, name, value)
        return with_filter(splice.done(), self.filters.get(self._sheet_of[old], b""))

    def _plant_relations(self, old: str) -> None:
        """A part's relations, with the new names of what they lead to."""
        package, new = self.donor.package, self._names[old]
        relations = package.relations(old)
        if not relations:
            return
        xml = package.parts[relations_of(old)]
        splice = Splice(xml)
        for relation in relations:
            if relation.part:
                splice.set(relation.element, "Target", relative(self._names[relation.part], new))
        self.target.put(relations_of(new), splice.done())

    def _keep_drawing(self, room: Room) -> None:
        """A relation from the new sheet to the drawing of the old one."""
        part = relations_of(room.part)
        xml = self.target.parts.get(part, _RELATIONS)
        splice, target = Splice(xml), relative(room.drawing, room.part)
        said = f'<Relationship Id="{_KEPT_DRAWING}" Type="{_DRAWING_TYPE}" Target="{target}"/>'
        splice.append(outline(xml, 1), said)
        self.target.put(part, splice.done())
