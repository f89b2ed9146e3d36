"""Which sheets of a workbook are ours to replace, and what goes with them."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadscore.errors import OutputError
from leadscore.sheets.graft.package import Package, Relation
from leadscore.sheets.splice import Element, outline

# A sheet of ours is known by its part's name, and by this name of its own once Excel has renamed the part.
MARK = "_leadscore"
PART_STEM = "leadscore"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/"
# What relations of a sheet of ours may lead to: the rest is somebody else's.
_OURS = ("table", "comments", "vmlDrawing", "drawing", "printerSettings", "hyperlink", "image")
_NOT_OURS = {
    "pivotTable": "a pivot table",
    "slicer": "a slicer",
    "timeline": "a timeline",
    "threadedComment": "threaded comments",
    "oleObject": "an embedded object",
    "package": "an embedded object",
    "control": "a form control",
    "ctrlProp": "a form control",
}


@dataclass(frozen=True)
class SheetPlace:
    """A sheet of the workbook: where in the list of sheets, its name there, its relation and its part."""

    index: int
    name: str
    relation: Relation


@dataclass(frozen=True)
class Book:
    """The workbook part of a package, outlined."""

    package: Package
    part: str
    root: Element
    sheets: tuple[SheetPlace, ...]
    relations: tuple[Relation, ...]

    @property
    def xml(self) -> bytes:
        """The workbook part."""
        return self.package.parts[self.part]

    def sheet(self, name: str) -> SheetPlace | None:
        """The sheet of this name, whatever its case."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)

    def target(self, kind: str) -> str:
        """The part that a relation of this kind leads to, '' when there is none."""
        return next((one.part for one in self.relations if one.kind == kind), "")

    @property
    def names(self) -> list[Element]:
        """The defined names."""
        element = self.root.child("definedNames")
        return element.children if element else []


def open_book(package: Package) -> Book:
    """The workbook of a package. Raises OutputError for one that must not be changed."""
    if any("_xmlsignatures" in name for name in package.parts):
        raise OutputError("the workbook is digitally signed, which any change would break; remove the signature first")
    starts = package.relations("")
    if any(_STRICT in one.element.attributes.get("Type", "") for one in starts):
        raise OutputError("the workbook is a Strict Open XML one; save it in Excel as an ordinary .xlsx")
    part = next((one.part for one in starts if one.kind == "officeDocument"), "")
    if not part or any("\\" in name for name in package.parts):
        raise OutputError("the workbook is put together as Excel never does; open it in Excel and save it once")
    root = outline(package.parts[part], 4)
    relations = tuple(package.relations(part))
    if any(one.kind in ("revisionHeaders", "usernames") for one in relations):
        raise OutputError(
            "the workbook is shared in the old way, with tracked changes; end that in Excel (Review, Unshare Workbook)"
        )
    listed = root.child("sheets")
    if listed is None or _MAIN not in root.attributes.values():
        raise OutputError("the workbook is of a kind that cannot be added to; save it in Excel as an ordinary .xlsx")
    by_id = {one.identity: one for one in relations}
    sheets = tuple(
        SheetPlace(index, element.attributes["name"], by_id.get(_relation_id(element), Relation("", "", "", element)))
        for index, element in enumerate(listed.children)
    )
    return Book(package, part, root, sheets, relations)


def _relation_id(sheet: Element) -> str:
    return next((value for key, value in sheet.attributes.items() if key.rpartition(":")[2] == "id"), "")


def check_place(book: Book, name: str, is_ours: Callable[[SheetPlace], bool]) -> None:
    """Let a sheet pass that may be put into the workbook under this name; raises OutputError for any other.

    `is_ours` says whether a sheet without our mark is one of ours all the same.
    """
    place = book.sheet(name)
    if place is None:
        _check_structure(book)
        return
    if place.relation.kind != "worksheet":
        raise OutputError(f'the sheet "{place.name}" is a chart or macro sheet; rename it in Excel, then run again')
    if not is_marked(book, place) and not is_ours(place):
        raise OutputError(
            f'the workbook has a sheet "{place.name}" that leadscore did not write; rename it in Excel, then run again'
        )
    for relation in book.package.relations(place.relation.part):
        if relation.kind not in _OURS:
            what = _NOT_OURS.get(relation.kind, f"something of its own ({relation.kind})")
            raise OutputError(
                f'the sheet "{place.name}" holds {what}, which is not ours to delete; '
                "move it to another sheet, then run again"
            )


def _check_structure(book: Book) -> None:
    protection = book.root.child("workbookProtection")
    if protection is not None and protection.attributes.get("lockStructure") in ("1", "true"):
        raise OutputError("the structure of the workbook is protected; lift the protection in Excel (Review)")


def is_marked(book: Book, place: SheetPlace) -> bool:
    """Whether we put this sheet there."""
    own = posixpath.basename(place.relation.part).startswith(PART_STEM)
    return own or any(
        name.attributes.get("name") == MARK and name.attributes.get("localSheetId") == str(place.index)
        for name in book.names
    )


def headings_written(book: Book, place: SheetPlace) -> int | None:
    """How many headings we wrote on a sheet of ours; None where the mark does not say."""
    marks = [name for name in book.names if name.attributes.get("name") == MARK]
    here = [mark for mark in marks if mark.attributes.get("localSheetId") == str(place.index)]
    texts = [book.xml[mark.tag_end : mark.inner_end] for mark in here]
    return next((int(text) for text in texts if text.isdigit()), None)


def part_stem(name: str) -> str:
    """'Résultats' -> 'leadscoreResultats': the name of a part of ours, in plain letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return PART_STEM + re.sub(r"\W", "", plain)


def owned_parts(book: Book, places: Sequence[SheetPlace]) -> set[str]:
    """The parts that only these sheets lead to, the sheets themselves left out."""
    own = {place.relation.part for place in places}
    package = book.package
    kept = package.reachable([one.part for one in package.relations("") if one.part], without=own)
    return package.reachable(own) - kept - own
