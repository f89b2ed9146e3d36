"""One new sheet put into a copy of a user's workbook, touching nothing else.

Only the list of sheets, its relations, the content types and the styles are added to; every other part is copied byte
for byte. A library that loads and saves a workbook loses charts, slicers, cached values and much more.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from leadscore.errors import OutputError
from leadscore.model.grid import cell_letter
from leadscore.sheets.safe_write import replace_file
from leadscore.sheets.splice import Element, Splice, outline
from leadscore.sheets.write_texts import cut_text, legal_sheet_names, legal_text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_CONTENT_TYPES = "[Content_Types].xml"
# By a part of this name a later run knows that it may replace the copy.
GRAFTED_PART = "leadscoreChecks.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip knows: equal runs write equal files


@dataclass(frozen=True)
class LinkedText:
    """A cell of the new sheet: its text, and where in the workbook it leads ("'Scoring'!G4"), '' for nowhere."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class GraftedSheet:
    """A sheet of texts under headings; `widths` in characters."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[LinkedText]]
    widths: Sequence[int]


def graft(source: Path, target: Path, sheet: GraftedSheet) -> str:
    """Write a copy of a workbook with one sheet more; the name the sheet has there.

    A name that is taken gets a number. Raises OutputError where the workbook forbids a new sheet, cannot be read, or
    the copy cannot be written; what was at the target stays then.
    """
    try:
        with ZipFile(source) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        changed, name = _with_sheet(parts, sheet)
    except (OSError, BadZipFile, KeyError, expat.ExpatError) as problem:
        raise OutputError(f"{source.name} cannot be copied ({problem}); open it in Excel and save it once") from problem
    replace_file(target, lambda temp: _write(temp, entries, parts | changed), _check)
    return name


def is_grafted(path: Path) -> bool:
    """Whether a file is a copy that `graft` wrote."""
    try:
        with ZipFile(path) as archive:
            return any(posixpath.basename(name) == GRAFTED_PART for name in archive.namelist())
    except (OSError, BadZipFile):
        return False


def _with_sheet(parts: dict[str, bytes], sheet: GraftedSheet) -> tuple[dict[str, bytes], str]:
    """The parts that change, and the new sheet's name."""
    book_part = _target(parts, "", "officeDocument")
    book = outline(parts[book_part])
    sheets = _checked_sheets(book, parts)
    relations_part = _relations_of(book_part)
    relations = outline(parts[relations_part], 2)
    folder = posixpath.dirname(book_part)
    new_part = posixpath.join(folder, "worksheets", GRAFTED_PART)
    name = legal_sheet_names([*(one.attributes["name"] for one in sheets.children), sheet.name])[-1]
    identity = _free({relation.attributes["Id"] for relation in relations.children})
    styles_part = _target(parts, book_part, "styles")
    styles, formats = _styled(parts[styles_part]) if styles_part in parts else (b"", (0, 0, 0))
    changed = {
        book_part: _listed(parts[book_part], book, sheets, name, identity),
        relations_part: _related(parts[relations_part], relations, identity),
        _CONTENT_TYPES: _typed(parts[_CONTENT_TYPES], new_part),
        new_part: _sheet_xml(sheet, formats),
    }
    return changed | ({styles_part: styles} if styles else {}), name


def _checked_sheets(book: Element, parts: dict[str, bytes]) -> Element:
    """The list of sheets. Raises OutputError where the workbook may not be added to."""
    if any("_xmlsignatures" in name for name in parts):
        raise OutputError("the workbook is digitally signed, which any change would break; remove the signature first")
    protection = book.child("workbookProtection")
    if protection is not None and protection.attributes.get("lockStructure") in ("1", "true"):
        raise OutputError("the structure of the workbook is protected; lift the protection in Excel (Review)")
    sheets = book.child("sheets")
    if sheets is None or _MAIN not in book.attributes.values():
        raise OutputError("the workbook is of a kind that cannot be added to; save it in Excel as an ordinary .xlsx")
    return sheets


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(parts: dict[str, bytes], part: str, kind: str) -> str:
    """The part that a relation of this kind leads to, '' when there is none."""
    for relation in outline(parts[_relations_of(part)], 2).children:
        if posixpath.basename(relation.attributes.get("Type", "")) == kind:
            target = relation.attributes["Target"]
            path = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
            return posixpath.normpath(path).lstrip("/")
    return ""


def _free(taken: set[str]) -> str:
    number = 1
    while f"rId{number}" in taken:
        number += 1
    return f"rId{number}"


def _listed(xml: bytes, book: Element, sheets: Element, name: str, identity: str) -> bytes:
    """The workbook with the sheet last, so that no other changes its position."""
    number = max(int(one.attributes["sheetId"]) for one in sheets.children) + 1
    prefix = next((key.partition(":")[2] for key, uri in book.attributes.items() if uri == _RELATIONS), "")
    attribute = f"{prefix}:id" if prefix else f'xmlns:r="{_RELATIONS}" r:id'
    splice = Splice(xml)
    splice.append(sheets, f'<{sheets.prefix}sheet name={quoteattr(name)} sheetId="{number}" {attribute}="{identity}"/>')
    return splice.done()


def _related(xml: bytes, relations: Element, identity: str) -> bytes:
    splice = Splice(xml)
    kind, target = f"{_RELATIONS}/worksheet", f"worksheets/{GRAFTED_PART}"
    splice.append(relations, f'<{relations.prefix}Relationship Id="{identity}" Type="{kind}" Target="{target}"/>')
    return splice.done()


def _typed(xml: bytes, part: str) -> bytes:
    types = outline(xml, 2)
    splice = Splice(xml)
    splice.append(types, f'<{types.prefix}Override PartName="/{part}" ContentType="{_WORKSHEET}"/>')
    return splice.done()


def _styled(xml: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """The styles with a heading, a link and a wrapped text more, and their numbers."""
    root = outline(xml, 3)
    fonts, formats = root.child("fonts"), root.child("cellXfs")
    if fonts is None or formats is None or fonts.inner_end < 0 or formats.inner_end < 0:
        return xml, (0, 0, 0)
    mark, font, first = root.prefix, len(fonts.children), len(formats.children)
    name = f'<{mark}sz val="11"/><{mark}color rgb="FF%s"/><{mark}name val="Calibri"/><{mark}family val="2"/>'
    splice = Splice(xml)
    splice.append(fonts, f"<{mark}font><{mark}b/>{name % '1F2933'}</{mark}font>")
    splice.append(fonts, f"<{mark}font><{mark}u/>{name % '0563C1'}</{mark}font>")
    splice.count(fonts, font + 2)
    plain = 'numFmtId="0" fillId="0" borderId="0" xfId="0"'
    top = f'applyAlignment="1"><{mark}alignment vertical="top" wrapText="1"/></{mark}xf>'
    for number in (font, font + 1, 0):
        splice.append(formats, f'<{mark}xf {plain} fontId="{number}" applyFont="1" {top}')
    splice.count(formats, first + 3)
    return splice.done(), (first, first + 1, first + 2)


def _sheet_xml(sheet: GraftedSheet, formats: tuple[int, int, int]) -> bytes:
    """The sheet: frozen headings, filters, inline texts, links within the workbook."""
    heading, linked, plain = formats
    last = cell_letter(len(sheet.headings) - 1)
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(sheet.widths, start=1)
    )
    rows = [_row_xml(1, [LinkedText(text) for text in sheet.headings], heading, heading)]
    rows += [_row_xml(number, cells, plain, linked) for number, cells in enumerate(sheet.rows, start=2)]
    links = "".join(
        f'<hyperlink ref="{cell_letter(place)}{number}" location={quoteattr(cell.link)}/>'
        for number, cells in enumerate(sheet.rows, start=2)
        for place, cell in enumerate(cells)
        if cell.link
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="A1:{last}{len(sheet.rows) + 1}"/>'
        f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}</worksheet>"
    ).encode()


def _row_xml(number: int, cells: Sequence[LinkedText], plain: int, linked: int) -> str:
    texts = "".join(
        f'<c r="{cell_letter(place)}{number}" s="{linked if cell.link else plain}" t="inlineStr">'
        f'<is><t xml:space="preserve">{escape(cut_text(legal_text(cell.text)))}</t></is></c>'
        for place, cell in enumerate(cells)
        if cell.text
    )
    return f'<row r="{number}">{texts}</row>'


def _write(path: Path, entries: Sequence[ZipInfo], parts: dict[str, bytes]) -> None:
    """The parts in their old order with their old dates, the new one last."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for entry in entries:
            old = ZipInfo(entry.filename, entry.date_time)
            old.compress_type, old.external_attr = entry.compress_type, entry.external_attr
            archive.writestr(old, parts[entry.filename])
        for name in parts.keys() - {entry.filename for entry in entries}:
            new = ZipInfo(name, _EPOCH)
            new.compress_type = ZIP_DEFLATED
            archive.writestr(new, parts[name])


def _check(path: Path) -> None:
    """Read every part back; raises OutputError when one is damaged."""
    with ZipFile(path) as archive:
        if archive.testzip() is not None:
            raise OutputError("the copy did not read back well, so it was not kept; run again")
