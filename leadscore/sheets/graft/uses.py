"""What else in a workbook uses our sheets: formulas, names and pivot tables, which must see the new results."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from xml.sax.saxutils import escape

from leadscore.sheets.graft.book_xml import is_own_name
from leadscore.sheets.graft.ownership import Book, SheetPlace
from leadscore.sheets.graft.package import Package
from leadscore.sheets.splice import Splice, outline

_FORMULA = rb"<(?!xm:)(?:\w+:)?f\b[^>]*>[^<]*(?:%b)"


def are_used(book: Book, places: Sequence[SheetPlace], tables: Iterable[str], own_parts: Collection[str]) -> bool:
    """Whether a formula of another sheet, or a name of the user's, reads one of our sheets or their tables."""
    mentions = _mentions([place.name for place in places], tables)
    if not mentions:
        return False
    anywhere = re.compile(b"|".join(mentions), re.IGNORECASE)
    indexes = {str(place.index) for place in places}
    for name in book.names:
        if not is_own_name(name, indexes) and anywhere.search(book.xml, name.tag_end, name.end):
            return True
    formula = re.compile(_FORMULA % b"|".join(mentions), re.IGNORECASE)
    others = [sheet.relation.part for sheet in book.sheets if sheet.relation.part not in own_parts]
    xmls = (book.package.parts[part] for part in others if part)
    return any(anywhere.search(xml) and formula.search(xml) for xml in xmls)


def _mentions(sheets: Iterable[str], tables: Iterable[str]) -> list[bytes]:
    """Patterns of what a formula says of a sheet (Results! 'My results'! Results:Run!) or of a table (Leads[score])."""
    names = [re.escape(escape(name.replace("'", "''"))).encode() for name in sheets]
    return [rb"\b%b(?:'?!|:)|:%b'?!" % (name, name) for name in names] + [
        rb"\b%b\b" % re.escape(escape(table)).encode() for table in tables
    ]


def refreshed_pivots(package: Package, sheets: Collection[str], tables: Collection[str]) -> dict[str, bytes]:
    """The pivot caches that read our sheets or tables, set to be refreshed when the workbook opens."""
    changed = {}
    for part in package.parts:
        if "pivotCacheDefinition" not in part or part.endswith(".rels"):
            continue
        xml = package.parts[part]
        root = outline(xml, 3)
        source = root.child("cacheSource")
        read = source.child("worksheetSource") if source is not None else None
        if read is None or root.attributes.get("refreshOnLoad") in ("1", "true"):
            continue
        said = read.attributes
        if said.get("sheet", "").casefold() in sheets or said.get("name", "").casefold() in tables:
            splice = Splice(xml)
            splice.set(root, "refreshOnLoad", "1")
            changed[part] = splice.done()
    return changed
