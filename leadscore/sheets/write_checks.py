"""What `check` found, as one sheet more in a copy of the model's workbook."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from xlsxwriter.workbook import Workbook

from leadscore.sheets.graft.graft import graft
from leadscore.sheets.graft.ownership import check_place, open_book, part_stem
from leadscore.sheets.graft.package import Package, open_package
from leadscore.sheets.write_in_place import replace_package, telling_unreadable
from leadscore.sheets.write_rows import ready_made
from leadscore.sheets.write_styles import INK
from leadscore.sheets.write_texts import cut_text, legal_sheet_names, legal_text
from leadscore.sheets.write_workbook import WORKBOOK_OPTIONS, close_workbook

_LINK = "#0563C1"  # the blue of Excel's own links


@dataclass(frozen=True)
class LinkedText:
    """A cell of the new sheet: its text, and where in the workbook it leads ("'Scoring'!G4"), '' for nowhere."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class ChecksSheet:
    """A sheet of texts under headings; `widths` in characters."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[LinkedText]]
    widths: Sequence[int]


def write_copy(source: Path, target: Path, sheet: ChecksSheet) -> str:
    """Write a copy of a workbook with one sheet more; the name the sheet has there.

    A name that is taken gets a number. Raises OutputError where the workbook forbids a new sheet, cannot be read, or
    the copy cannot be written; what was at the target stays then.
    """
    with telling_unreadable(source):
        with source.open("rb") as file:
            package = open_package(file)
        book = open_book(package)
        name = legal_sheet_names([*(place.name for place in book.sheets), sheet.name])[-1]
        check_place(book, name, lambda _: False)
        graft(package, _donor(sheet, name))
    replace_package(target, package)
    return name


def is_copy(path: Path, names: Sequence[str]) -> bool:
    """Whether a file is a copy that `write_copy` wrote, with a sheet of one of these names."""
    stems = tuple(map(part_stem, names))
    try:
        with ZipFile(path) as archive:
            return any(posixpath.basename(part).startswith(stems) for part in archive.namelist())
    except (OSError, BadZipFile):
        return False


def _donor(sheet: ChecksSheet, name: str) -> Package:
    """The sheet in a workbook of its own: frozen headings, filters, links within the workbook."""
    file = BytesIO()
    workbook = Workbook(file, WORKBOOK_OPTIONS)
    page = workbook.add_worksheet(name)
    wrapped = {"valign": "top", "text_wrap": True}
    heading = workbook.add_format({**wrapped, "bold": True, "font_color": INK})
    plain = workbook.add_format(wrapped)
    linked = workbook.add_format({**wrapped, "underline": 1, "font_color": _LINK})
    for place, (text, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, text, heading)
    for row, cells in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(cells):
            text = ready_made(cut_text(legal_text(cell.text)))
            if text and cell.link:
                page.write_url(row, place, f"internal:{cell.link}", linked, text)
            elif text:
                page.write_string(row, place, text, plain)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    close_workbook(workbook)
    return open_package(file)
