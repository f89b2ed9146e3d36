"""The parts of a workbook in memory: where relations lead, what each part is, which names are free."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from leadscore.errors import OutputError
from leadscore.sheets.splice import Element, Splice, outline

CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip knows: equal runs write equal files
_OLE = bytes.fromhex("D0CF11E0")


@dataclass(frozen=True)
class Relation:
    """One relation of a part: its id, its kind ('worksheet'), and the part it leads to, '' for one outside."""

    identity: str
    kind: str
    part: str
    element: Element


@dataclass
class Package:
    """A workbook's parts by name, and the entries of its zip in their order."""

    parts: dict[str, bytes]
    entries: Sequence[ZipInfo] = ()
    _keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._keys = {_key(name): name for name in self.parts}

    def find(self, part: str) -> str:
        """The part's name as the zip writes it, '' when there is none: writers differ in case and slashes."""
        name = self._keys.get(_key(part), "")
        return name if name in self.parts else ""

    def put(self, part: str, data: bytes) -> None:
        """A part new or changed."""
        self.parts[part] = data
        self._keys[_key(part)] = part

    def drop(self, part: str) -> None:
        """The part and its relations out of the workbook."""
        for name in (part, self.find(relations_of(part))):
            self.parts.pop(name, None)

    def free(self, folder: str, stem: str, suffix: str) -> str:
        """A name that no part has: the stem with the lowest number from 1 that is free."""
        number = 1
        while self.find(name := posixpath.join(folder, f"{stem}{number}{suffix}")):
            number += 1
        return name

    def relations(self, part: str) -> list[Relation]:
        """What a part leads to, in the order written; '' is the workbook as a whole."""
        name = self.find(relations_of(part))
        return [self._relation(part, element) for element in outline(self.parts[name], 2).children] if name else []

    def _relation(self, part: str, element: Element) -> Relation:
        said = element.attributes
        target = said.get("Target", "").replace("\\", "/")
        inside = said.get("TargetMode") != "External"
        path = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
        kind = posixpath.basename(said.get("Type", ""))
        return Relation(said.get("Id", ""), kind, self.find(path) if inside else "", element)

    def target(self, part: str, kind: str) -> str:
        """The first part that a relation of this kind leads to, '' when there is none."""
        return next((one.part for one in self.relations(part) if one.kind == kind), "")

    def reachable(self, starts: Iterable[str], without: Collection[str] = ()) -> set[str]:
        """Every part that relations lead to from `starts`, these included; relations of `without` are not followed."""
        found, waiting = set[str](), list(starts)
        while waiting:
            part = waiting.pop()
            if part in found:
                continue
            found.add(part)
            if part not in without:
                waiting += [relation.part for relation in self.relations(part) if relation.part]
        return found

    def types(self) -> Types:
        """What the content types say of each part."""
        return Types(outline(self.parts[self.find(CONTENT_TYPES)], 2))


class Types:
    """The content type of each part."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.overrides = {one.attributes["PartName"]: one for one in root.named("Override")}
        self._defaults = {
            one.attributes["Extension"].lower(): one.attributes["ContentType"] for one in root.named("Default")
        }

    def of(self, part: str) -> str:
        """The content type of a part, '' when none is said."""
        override = self.overrides.get(f"/{part}")
        return override.attributes["ContentType"] if override else self.default(part)

    def default(self, part: str) -> str:
        """The content type that the suffix alone gives a part."""
        return self._defaults.get(posixpath.splitext(part)[1][1:].lower(), "")

    def changed(self, xml: bytes, package: Package, new: dict[str, str]) -> bytes:
        """The content types without those of parts that are gone, and with those of new parts that need one."""
        if not self.root.children:
            raise OutputError("the workbook has an empty <Types>; open it in Excel and save it once")
        splice, gone = Splice(xml), set[str]()
        for name, element in self.overrides.items():
            part = name.removeprefix("/")
            if (part in new and new[part] != self.of(part)) or (part not in new and not package.find(part)):
                splice.remove(element)
                gone.add(part)
        for part, kind in new.items():
            if part in gone or self.of(part) != kind:
                override = f'<{self.root.prefix}Override PartName="/{part}" ContentType="{kind}"/>'
                splice.append(self.root, override)
        return splice.done()


def relations_of(part: str) -> str:
    """'xl/workbook.xml' -> 'xl/_rels/workbook.xml.rels'; '' -> '_rels/.rels'."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relative(target: str, part: str) -> str:
    """How a relation of `part` names its target: 'xl/tables/table1.xml' -> '../tables/table1.xml'."""
    return posixpath.relpath(target, posixpath.dirname(part) or ".")


def open_package(file: BinaryIO) -> Package:
    """The parts of a workbook. Raises OutputError for an encrypted one, BadZipFile for a broken one."""
    start = file.read(len(_OLE))
    file.seek(0)
    if start == _OLE:
        raise OutputError(
            "the workbook is protected by a password, or is an .xls under another name; "
            "save it in Excel as an .xlsx without a password"
        )
    with ZipFile(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        return Package({entry.filename: archive.read(entry) for entry in entries}, entries)


def write_package(path: Path, package: Package) -> None:
    """The parts in their old order with their old dates, new ones last."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for entry in package.entries:
            if entry.filename in package.parts:
                archive.writestr(_like(entry), package.parts[entry.filename])
        known = {entry.filename for entry in package.entries}
        for name in [name for name in package.parts if name not in known]:
            new = ZipInfo(name, _EPOCH)
            new.compress_type = ZIP_DEFLATED
            archive.writestr(new, package.parts[name])


def _like(entry: ZipInfo) -> ZipInfo:
    new = ZipInfo(entry.filename, entry.date_time)
    new.compress_type, new.external_attr = entry.compress_type, entry.external_attr
    new.create_system = entry.create_system
    return new


def _key(part: str) -> str:
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/").lower()
