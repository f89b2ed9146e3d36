"""The graft itself: every sheet of a donor into a workbook in memory, in one go."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadscore.sheets.graft.book_xml import Listed, active_sheet, book_xml, local_names
from leadscore.sheets.graft.donor import Planting, Room
from leadscore.sheets.graft.ownership import Book, SheetPlace, open_book, owned_parts, part_stem
from leadscore.sheets.graft.package import CONTENT_TYPES, Package, relations_of, relative
from leadscore.sheets.graft.sheet_xml import has_formulas
from leadscore.sheets.graft.styles import StyleMap, merge_styles
from leadscore.sheets.graft.tables import TableNames, table_name
from leadscore.sheets.graft.uses import are_used, refreshed_pivots
from leadscore.sheets.splice import Splice, outline

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class _Placing:
    """A sheet of the donor, and where it goes: over a former self, or last."""

    sheet: SheetPlace
    former: SheetPlace | None
    index: int
    part: str

    @property
    def in_target(self) -> SheetPlace:
        """The sheet as the target lists it."""
        return self.former or SheetPlace(self.index, self.sheet.name, self.sheet.relation)


def graft(package: Package, donor_package: Package, filters: Mapping[str, bytes] | None = None) -> None:
    """Put every sheet of a donor into a workbook in memory.

    A sheet that is there takes the new contents under its old part and relation, so that all that points at it still
    does; what only the old one led to goes. Whether it is ours to replace, `check_place` says beforehand. `filters` are
    the criteria that the filter of a sheet gets, by the sheet's name.
    """
    book, donor = open_book(package), open_book(donor_package)
    placings = _placings(book, donor)
    former = [placing.former for placing in placings if placing.former]
    calculated = any(has_formulas(package.parts[place.relation.part]) for place in former)
    rooms = [_room(book, donor, placing) for placing in placings]
    _clear(book, former, [room.drawing for room in rooms if room.drawing])
    taken = TableNames.of(package, [name.attributes.get("name", "") for name in book.names])
    planting = Planting(donor, package, _merged_styles(book, donor), taken, filters or {})
    planting.plant(rooms)
    if not book.target("styles"):
        planting.types[_styles_part(book)] = donor_package.types().of(donor.target("styles"))
    identities = _relate(book, placings, drop_chain=calculated or planting.has_formulas)
    _list(book, donor, placings, identities, planting.table_names)
    types = package.types()
    content = package.find(CONTENT_TYPES)
    package.put(content, types.changed(package.parts[content], package, planting.types))


def _placings(book: Book, donor: Book) -> list[_Placing]:
    placings, next_index = list[_Placing](), len(book.sheets)
    folder = posixpath.join(posixpath.dirname(book.part), "worksheets")
    for sheet in donor.sheets:
        former = book.sheet(sheet.name)
        if former is not None:
            placings.append(_Placing(sheet, former, former.index, former.relation.part))
            continue
        stem = part_stem(sheet.name)
        part = posixpath.join(folder, f"{stem}.xml")
        taken = book.package.find(part) or any(placing.part == part for placing in placings)
        part = book.package.free(folder, f"{stem}_", ".xml") if taken else part
        placings.append(_Placing(sheet, None, next_index, part))
        next_index += 1
    return placings


def _room(book: Book, donor: Book, placing: _Placing) -> Room:
    package, is_active = book.package, placing.index == active_sheet(book)
    if placing.former is None:
        return Room(placing.sheet, placing.part, is_active)
    former = {one.part: one.kind for one in package.relations(placing.part) if one.part}
    tables = tuple(table_name(package.parts[part]) for part, kind in former.items() if kind == "table")
    draws = any(one.kind == "drawing" for one in donor.package.relations(placing.sheet.relation.part))
    drawing = "" if draws else next((part for part, kind in former.items() if kind == "drawing"), "")
    return Room(placing.sheet, placing.part, is_active, tables, drawing)


def _clear(book: Book, former: Sequence[SheetPlace], kept: Sequence[str]) -> None:
    """Take out what only our former sheets led to, but for the drawings that are kept."""
    for part in owned_parts(book, former) - book.package.reachable(kept):
        book.package.drop(part)
    for place in former:
        book.package.parts.pop(book.package.find(relations_of(place.relation.part)), None)


def _merged_styles(book: Book, donor: Book) -> StyleMap:
    """Where each format of the donor is in the target, once they are all there."""
    part, ours = _styles_part(book), donor.package.parts[donor.target("styles")]
    merged, styles = merge_styles(book.package.parts.get(part, ours), ours)
    book.package.put(part, merged)
    return styles


def _styles_part(book: Book) -> str:
    """The part that holds the formats; some writers leave it out."""
    return book.target("styles") or posixpath.join(posixpath.dirname(book.part), "styles.xml")


def _relate(book: Book, placings: Sequence[_Placing], *, drop_chain: bool) -> dict[str, str]:
    """Relations of the workbook to its new sheets, and none to a calculation chain that is no more: part -> id."""
    package, part = book.package, book.package.find(relations_of(book.part))
    root = outline(package.parts[part], 2)
    splice = Splice(package.parts[part])
    taken = {relation.identity for relation in book.relations}
    identities = dict[str, str]()
    new = {placing.part: "worksheet" for placing in placings if placing.former is None}
    if not book.target("styles"):
        new[_styles_part(book)] = "styles"
    for name, kind in new.items():
        identity = identities[name] = _free_identity(taken)
        said = f'Id="{identity}" Type="{_RELATIONS}/{kind}" Target="{relative(name, book.part)}"'
        splice.append(root, f"<{root.prefix}Relationship {said}/>")
    if drop_chain:
        for element in root.children:
            chain = next((one for one in book.relations if one.identity == element.attributes.get("Id")), None)
            if chain is not None and chain.kind == "calcChain":
                splice.remove(element)
                package.drop(chain.part)
    package.put(part, splice.done())
    return identities


def _free_identity(taken: set[str]) -> str:
    number = 1
    while f"rId{number}" in taken:
        number += 1
    taken.add(f"rId{number}")
    return f"rId{number}"


def _list(
    book: Book, donor: Book, placings: Sequence[_Placing], identities: dict[str, str], tables: Sequence[str]
) -> None:
    """The sheets in the workbook's list, their names, and whatever uses them told that they are new."""
    places = [placing.in_target for placing in placings]
    parts = {placing.part for placing in placings}
    listed = [
        Listed(placing.index, placing.sheet.name, identities.get(placing.part, ""), placing.former is None)
        for placing in placings
    ]
    names = local_names(donor, {placing.sheet.index: placing.index for placing in placings})
    used = are_used(book, places, tables, parts)
    sheets, folded = {place.name.casefold() for place in places}, {table.casefold() for table in tables}
    for part, xml in refreshed_pivots(book.package, sheets, folded).items():
        book.package.put(part, xml)
    book.package.put(book.part, book_xml(book, listed, names, recalculate=used))
