"""The XML of a sheet that XlsxWriter wrote, as it must read in another workbook: formats, strings, names of tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from leadscore.sheets.graft.styles import StyleMap

_STRING = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
# As XlsxWriter writes them: a cell with its format and, where it is a shared string, all of it.
_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?(?: t="s"><v>([0-9]+)</v></c>)?')
_ROW_OR_COLUMN = re.compile(rb'(<(?:row|col) [^>]*?)\b(s|style)="([0-9]+)"')
_CONDITIONAL = re.compile(rb'\b((?:dxfId|dataDxfId|headerRowDxfId|totalsRowDxfId)=")([0-9]+)"')
# What may follow a drawing (ECMA-376 part 1, CT_Worksheet).
_AFTER_DRAWING = re.compile(rb"<(?:legacyDrawing|legacyDrawingHF|picture|tableParts|extLst)\b|</worksheet>")
_FILTER = re.compile(rb"(<autoFilter [^>]*)/>")
_FORMULA = re.compile(rb"(<(?:\w+:)?(?:f|formula[12]?|calculatedColumnFormula|totalsRowFormula)\b[^>]*>)([^<]+)")
# A formula of a cell; <xm:f> is one of a data bar or a sparkline.
_FORMULA_CELL = re.compile(rb"<(?!xm:)(?:\w+:)?f[\s>/]")


def shared_strings(xml: bytes) -> Sequence[bytes]:
    """What stands inside each shared string of XlsxWriter's, by number."""
    return _STRING.findall(xml)


def in_terms_of_target(xml: bytes, styles: StyleMap, strings: Sequence[bytes]) -> bytes:
    """The sheet with the target's numbers of formats, and its strings inside the cells."""
    xml = _CELL.sub(_cell(styles.cells, strings), xml)
    xml = _ROW_OR_COLUMN.sub(lambda found: b'%b%b="%d"' % (found[1], found[2], styles.cells.get(int(found[3]), 0)), xml)
    return with_conditional_formats(xml, styles)


def _cell(formats: Mapping[int, int], strings: Sequence[bytes]) -> Callable[[re.Match[bytes]], bytes]:
    """What a cell becomes; one without a format gets the donor's default said where the target has another."""
    said = {str(old).encode(): b' s="%d"' % new if new else b"" for old, new in formats.items()}
    default = said.get(b"0", b"")

    def told(found: re.Match[bytes]) -> bytes:
        address, style, string = found.groups()
        start: bytes = b'<c r="' + address + b'"' + (default if style is None else said[style])
        return start if string is None else start + b' t="inlineStr"><is>' + strings[int(string)] + b"</is></c>"

    return told


def with_conditional_formats(xml: bytes, styles: StyleMap) -> bytes:
    """A sheet or table with the target's numbers of conditional formats."""
    return _CONDITIONAL.sub(
        lambda found: b'%b%d"' % (found[1], styles.conditional.get(int(found[2]), int(found[2]))), xml
    )


def with_table_names(xml: bytes, names: Mapping[str, str]) -> bytes:
    """Formulas with tables called as they are in the target: Table1[score] -> leadscore_Results[score]."""
    changed = {old: new for old, new in names.items() if old != new}
    if not changed:
        return xml
    pattern = re.compile(rb"\b(%b)(?=\[)" % "|".join(map(re.escape, changed)).encode())
    return _FORMULA.sub(
        lambda found: found[1] + pattern.sub(lambda name: changed[name[1].decode()].encode(), found[2]), xml
    )


def with_filter(xml: bytes, criteria: bytes) -> bytes:
    """A sheet or table of XlsxWriter's with these criteria in its filter."""
    if not criteria:
        return xml
    return _FILTER.sub(lambda found: found[1] + b">" + criteria + b"</autoFilter>", xml, count=1)


def with_drawing(xml: bytes, relation: str) -> bytes:
    """A sheet of XlsxWriter's that has no drawing, with one."""
    # Rules of conditional formats have an extLst of their own.
    start = max(xml.rfind(b"</sheetData>"), xml.rfind(b"</conditionalFormatting>"), 0)
    after = _AFTER_DRAWING.search(xml, start)
    place = after.start() if after else len(xml)
    return xml[:place] + f'<drawing r:id="{relation}"/>'.encode() + xml[place:]


def with_selection(xml: bytes, *, active: bool) -> bytes:
    """The sheet selected only where it is the one in front: two selected sheets would be edited together."""
    xml = xml.replace(b' tabSelected="1"', b"", 1)
    return xml.replace(b"<sheetView ", b'<sheetView tabSelected="1" ', 1) if active else xml


def has_formulas(xml: bytes) -> bool:
    """Whether any cell holds a formula."""
    return _FORMULA_CELL.search(xml) is not None
