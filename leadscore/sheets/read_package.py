"""The zip of an .xlsx or .xlsm: its parts, its styles, and whether it is safe to unpack."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from leadscore.sheets.read_errors import UnreadableError
from leadscore.sheets.read_formats import BUILT_IN_FORMATS

# Calibrated on 514 workbooks of other people (docs of the project: reliability): no honest one comes near.
MOST_PARTS = 5_000
MOST_BYTES = 1 << 30  # unpacked, all parts together
MOST_RATIO = 200  # of a part of more than 1 MiB
_SMALL_PART = 1 << 20

_PACKED_TOO_WELL = "unpacks to far more than a workbook holds; open it in Excel and save it again"


@dataclass(frozen=True)
class Package:
    """An unpacked workbook. `sheets`: sheet name -> part; `formats`: style number -> format code, General left out."""

    archive: ZipFile
    parts: Mapping[str, str]
    sheets: Mapping[str, str]
    formats: Mapping[int, str]

    def sheet_xml(self, sheet: str) -> bytes:
        """The raw XML of a sheet; empty for a name that is no worksheet."""
        data = _read(self.archive, self.parts, self.sheets.get(sheet, ""))
        return data.decode("utf-16").encode() if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data


def open_package(data: bytes) -> Package | None:
    """The parts of a zip; None when it is a workbook of another kind (.xlsb, .ods).

    Raises UnreadableError for a zip that unpacks to more than a workbook holds, and what zipfile and the XML parser
    raise for a broken one.
    """
    archive = ZipFile(BytesIO(data))
    _check_size(archive)
    parts = {_key(name): name for name in archive.namelist()}
    book = _targets(archive, parts, "").get("officeDocument", [""])[0]
    if not book.endswith(".xml"):
        return None
    styles = _targets(archive, parts, book).get("styles", [""])[0]
    return Package(archive, parts, _sheets(archive, parts, book), _formats(_read(archive, parts, styles)))


def _check_size(archive: ZipFile) -> None:
    entries = archive.infolist()
    too_much = len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES
    if too_much or any(
        entry.file_size > _SMALL_PART and entry.file_size > MOST_RATIO * entry.compress_size for entry in entries
    ):
        raise UnreadableError(_PACKED_TOO_WELL)


def _key(part: str) -> str:
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/").lower()


def _read(archive: ZipFile, parts: Mapping[str, str], part: str) -> bytes:
    """The bytes of a part, empty when there is none of that name. Names differ in case and slashes between writers."""
    name = parts.get(_key(part)) if part else None
    return archive.read(name) if name else b""


def _relations(archive: ZipFile, parts: Mapping[str, str], part: str) -> list[dict[str, str]]:
    folder, name = posixpath.split(part)
    data = _read(archive, parts, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = [dict(element.attrib) for element in fromstring(data)] if data else []
    for relation in found:
        target = relation.get("Target", "").replace("\\", "/")
        relation["Target"] = target if target.startswith("/") else posixpath.join(folder, target)
    return found


def _targets(archive: ZipFile, parts: Mapping[str, str], part: str) -> dict[str, list[str]]:
    """Kind of relation ('styles', 'worksheet') -> parts; both the transitional and the strict namespace end in it."""
    targets: dict[str, list[str]] = {}
    for relation in _relations(archive, parts, part):
        targets.setdefault(posixpath.basename(relation.get("Type", "")), []).append(relation["Target"])
    return targets


def _sheets(archive: ZipFile, parts: Mapping[str, str], book: str) -> dict[str, str]:
    by_id = {relation.get("Id", ""): relation["Target"] for relation in _relations(archive, parts, book)}
    sheets = {}
    for element in fromstring(_read(archive, parts, book)).iter():
        if _tag(element.tag) == "sheet":
            key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            sheets[element.get("name", "")] = by_id.get(key, "")
    return sheets


def _formats(styles: bytes) -> dict[int, str]:
    """Style number (the s of a cell) -> format code, for every style whose format is not General."""
    if not styles:
        return {}
    codes, root = dict(BUILT_IN_FORMATS), fromstring(styles)
    for element in root.iter():
        if _tag(element.tag) == "numFmt":
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
    cell_styles = next((element for element in root if _tag(element.tag) == "cellXfs"), ())
    numbered = enumerate(int(style.get("numFmtId", "0")) for style in cell_styles)
    return {number: codes[code] for number, code in numbered if codes.get(code, "General") != "General"}


def _tag(name: object) -> str:
    return str(name).rpartition("}")[2]
