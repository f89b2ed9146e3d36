"""The formats of one workbook put into another's styles: appended only where no identical one is there.

So hourly runs do not make the styles grow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leadscore.errors import OutputError
from leadscore.sheets.splice import Element, Splice, outline

_MOST_FORMATS = 65_490  # Excel specifications and limits: cell formats in one workbook
_FIRST_OWN_FORMAT = 164  # number formats below are built in: every workbook has them
# The order that the schema (ECMA-376 part 1, CT_Stylesheet) asks for.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_PARTS_OF_FORMAT = ("numFmtId", "fontId", "fillId", "borderId")


@dataclass(frozen=True)
class StyleMap:
    """Number of a format in the donor -> its number in the target, of cells and of conditional formats."""

    cells: Mapping[int, int] = field(default_factory=dict)
    conditional: Mapping[int, int] = field(default_factory=dict)


def merge_styles(target: bytes, donor: bytes) -> tuple[bytes, StyleMap]:
    """The target's styles with every format of the donor in them, and where each one is."""
    merger = _Merger(target, donor)
    ids = {"numFmtId": merger.number_formats()}
    for attribute, collection in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
        ids[attribute] = merger.merge(collection)
    cells = merger.merge("cellXfs", ids)
    return merger.done(), StyleMap(cells, merger.conditional)


class _Merger:
    """The collections of two stylesheets side by side."""

    def __init__(self, target: bytes, donor: bytes) -> None:
        self._target, self._donor = target, donor
        self._theirs, self._ours = outline(target, 8), outline(donor, 8)
        self._splice = Splice(target)
        self._new: dict[str, list[bytes]] = {}
        self._normal = _normal_style(self._theirs)
        self.conditional = self.merge("dxfs")

    def done(self) -> bytes:
        for collection in _ORDER:
            if collection in self._new:
                self._add(collection, self._new[collection])
        return self._splice.done() if self._new else self._target

    def number_formats(self) -> dict[int, int]:
        """By their codes, as their numbers differ between any two workbooks."""
        theirs = {code: number for number, code in _number_formats(self._theirs)}
        free, numbers = max([_FIRST_OWN_FORMAT - 1, *theirs.values()]) + 1, dict[int, int]()
        for number, code in _number_formats(self._ours):
            if code not in theirs:
                theirs[code], free = free, free + 1
                element = f'<numFmt numFmtId="{theirs[code]}" formatCode="'.encode()
                self._new.setdefault("numFmts", []).append(
                    element + _attribute(self._donor, self._ours, number) + b'"/>'
                )
            numbers[number] = theirs[code]
        return numbers

    def merge(self, collection: str, ids: Mapping[str, Mapping[int, int]] | None = None) -> dict[int, int]:
        """Number in the donor -> number in the target, for every member of a collection; `ids` of what it refers to."""
        places: dict[object, int] = {}
        for number, element in enumerate(_members(self._theirs, collection)):
            places.setdefault(_key(element), number)
        first = len(_members(self._theirs, collection))
        new, numbers = list[bytes](), dict[int, int]()
        for number, element in enumerate(_members(self._ours, collection)):
            xml, key = self._told(element, ids)
            if key not in places:
                places[key] = first + len(new)
                new.append(xml)
            numbers[number] = places[key]
        if new:
            self._new[collection] = new
        return numbers

    def _told(self, element: Element, ids: Mapping[str, Mapping[int, int]] | None) -> tuple[bytes, object]:
        """A member as the target would write it, and its key."""
        xml = self._donor[element.start : element.end]
        if ids is None:
            return xml, _key(element)
        said = {name: int(element.attributes.get(name, 0)) for name in _PARTS_OF_FORMAT}
        now = {name: str(ids[name].get(number, number)) for name, number in said.items()}
        xml = _with_attributes(xml, now | {"xfId": self._normal})
        return xml, _key(outline(xml, 8))

    def _add(self, collection: str, new: list[bytes]) -> None:
        """New last members; a collection that is not there comes after those that stand before it."""
        mark = self._theirs.prefix.encode()
        members = b"".join(re.sub(rb"<(/?)(?=\w)", rb"<\1" + mark, xml) for xml in new)
        there = self._theirs.child(collection)
        count = len(new) + (len(there.children) if there else 0)
        if collection == "cellXfs" and count > _MOST_FORMATS:
            raise OutputError(
                "the workbook has as many cell formats as Excel allows; copy its sheets into a new workbook, or use -o"
            )
        if there is not None:
            self._splice.append(there, members)
            self._splice.count(there, count)
            return
        name = mark + collection.encode()
        xml = b'<%b count="%d">%b</%b>' % (name, count, members, name)
        before = [child for child in map(self._theirs.child, _ORDER[: _ORDER.index(collection)]) if child is not None]
        if before:
            self._splice.insert(before[-1], xml)
        elif self._theirs.children:
            self._splice.prepend(self._theirs, xml)
        else:
            self._splice.append(self._theirs, xml)


def _with_attributes(xml: bytes, attributes: Mapping[str, str]) -> bytes:
    """An element with these attributes said anew."""
    element, splice = outline(xml, 1), Splice(xml)
    for name, value in attributes.items():
        splice.set(element, name, value)
    return splice.done()


def _members(root: Element, collection: str) -> list[Element]:
    element = root.child(collection)
    return element.children if element else []


def _number_formats(root: Element) -> list[tuple[int, str]]:
    members = _members(root, "numFmts")
    return [(int(one.attributes["numFmtId"]), one.attributes.get("formatCode", "")) for one in members]


def _attribute(xml: bytes, root: Element, number: int) -> bytes:
    """The format code of a number format, escaped as it was written."""
    element = next(one for one in _members(root, "numFmts") if int(one.attributes["numFmtId"]) == number)
    found = re.search(rb'formatCode="([^"]*)"', xml[element.start : element.end])
    return found[1] if found else b""


def _normal_style(root: Element) -> str:
    """The number of the target's own Normal, by which cell formats say what they are based on."""
    styles = _members(root, "cellStyles")
    return next((one.attributes.get("xfId", "0") for one in styles if one.attributes.get("builtinId") == "0"), "0")


def _key(element: Element) -> Any:
    """What makes two elements the same, however they are written."""
    name = element.name.rpartition(":")[2]
    return name, frozenset(element.attributes.items()), tuple(_key(child) for child in element.children)
