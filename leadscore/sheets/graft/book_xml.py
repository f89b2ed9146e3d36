"""The workbook part with our sheets listed, named and, where others use them, calculated anew on opening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from leadscore.sheets.graft.former import headings_of
from leadscore.sheets.graft.ownership import MARK, Book
from leadscore.sheets.splice import Element, Splice

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Names that belong to a sheet of ours, not to its reader: what is filtered and what is printed.
_OWN_NAMES = ("_xlnm._FilterDatabase", "_xlnm.Print_Titles", "_xlnm.Print_Area", MARK)
# What may stand before the names and before the calculation settings (ECMA-376 part 1, CT_Workbook), nearest first.
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")
_BEFORE_CALCULATION = ("definedNames", *_BEFORE_NAMES)


@dataclass(frozen=True)
class Listed:
    """A sheet of ours in the list of sheets: its place, its name, its relation, whether it is new there."""

    index: int
    name: str
    relation: str
    is_new: bool


def book_xml(book: Book, listed: Sequence[Listed], names: Sequence[bytes], *, recalculate: bool) -> bytes:
    """The workbook part anew. `names` are defined names of our sheets, as elements without a prefix."""
    splice = Splice(book.xml)
    _list_sheets(book, splice, [sheet for sheet in listed if sheet.is_new])
    _name(book, splice, {str(sheet.index) for sheet in listed}, names)
    if recalculate:
        _recalculate(book.root, splice)
    return splice.done()


def _list_sheets(book: Book, splice: Splice, new: Sequence[Listed]) -> None:
    """New sheets come last, so that no other changes its position."""
    sheets = _child(book.root, "sheets")
    number = max((int(one.attributes["sheetId"]) for one in sheets.children), default=0)
    prefix = next((key.partition(":")[2] for key, uri in book.root.attributes.items() if uri == _RELATIONS), "")
    attribute = f"{prefix}:id" if prefix else f'xmlns:r="{_RELATIONS}" r:id'
    for place, sheet in enumerate(new, start=number + 1):
        said = f'name={quoteattr(sheet.name)} sheetId="{place}" {attribute}="{sheet.relation}"'
        splice.append(sheets, f"<{sheets.prefix}sheet {said}/>")


def _name(book: Book, splice: Splice, indexes: set[str], names: Sequence[bytes]) -> None:
    old = [name for name in book.names if is_own_name(name, indexes)]
    mark = book.root.prefix.encode()
    new = b"".join(re.sub(rb"<(/?)(?=definedName)", rb"<\1" + mark, name) for name in names)
    element = book.root.child("definedNames")
    if [book.xml[name.start : name.end] for name in old] == [
        re.sub(rb"<(/?)(?=definedName)", rb"<\1" + mark, name) for name in names
    ]:
        return
    if element is None:
        whole = b"<%bdefinedNames>%b</%bdefinedNames>" % (mark, new, mark)
        splice.insert(_nearest(book.root, _BEFORE_NAMES), whole)
        return
    for name in old:
        splice.remove(name)
    splice.append(element, new)


def is_own_name(name: Element, indexes: set[str]) -> bool:
    """Whether a defined name is one that comes and goes with our sheets."""
    return name.attributes.get("localSheetId") in indexes and name.attributes.get("name") in _OWN_NAMES


def _recalculate(root: Element, splice: Splice) -> None:
    settings = root.child("calcPr")
    if settings is None:
        splice.insert(_nearest(root, _BEFORE_CALCULATION), f'<{root.prefix}calcPr fullCalcOnLoad="1"/>')
    elif settings.attributes.get("fullCalcOnLoad") not in ("1", "true"):
        splice.set(settings, "fullCalcOnLoad", "1")


def local_names(donor: Book, indexes: dict[int, int]) -> list[bytes]:
    """The defined names of the donor's sheets, with the indexes of those sheets in the target, and our marks.

    A mark says how many headings we wrote, so that a later run sees those that a reader added.
    """
    places = {place.index: place for place in donor.sheets}
    names = []
    for old, new in sorted(indexes.items(), key=lambda pair: pair[1]):
        here = [name for name in donor.names if name.attributes.get("localSheetId") == str(old)]
        xml = (donor.xml[name.start : name.end] for name in here)
        names += [re.sub(rb'localSheetId="\d+"', b'localSheetId="%d"' % new, name) for name in xml]
        mark = f'<definedName name="{MARK}" localSheetId="{new}" hidden="1">'
        names.append(f"{mark}{len(headings_of(donor, places[old]))}</definedName>".encode())
    return names


def active_sheet(book: Book) -> int:
    """The index of the sheet in front."""
    views = book.root.child("bookViews")
    view = views.children[0] if views is not None and views.children else None
    return int(view.attributes.get("activeTab", "0")) if view is not None else 0


def _nearest(root: Element, names: Sequence[str]) -> Element:
    return next(child for child in map(root.child, names) if child is not None)


def _child(root: Element, name: str) -> Element:
    return next(iter(root.named(name)))
