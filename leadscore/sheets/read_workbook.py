"""Workbook bytes -> Source: cells by python-calamine, and what it does not tell by a scan of the raw XML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from leadscore.issues import Issue, Place
from leadscore.model.grid import cell_letter
from leadscore.sheets.headings import Headed, Table, headed
from leadscore.sheets.read_errors import PASSWORD, UnreadableError
from leadscore.sheets.read_formats import changes_reading, shown_number
from leadscore.sheets.read_package import Package, open_package
from leadscore.sheets.source import ReadingOptions, Source
from leadscore.sheets.xlsx_scan import Extent, Position, SheetScan, scan_sheet
from leadscore.values.cells import Cell, CellError
from leadscore.values.folding import name_key

_OLE = bytes.fromhex("D0CF11E0")
_ZIP = b"PK"
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office wraps an .xlsx with a password

# Excel keeps 15 digits of a number; one with 16 has lost at least the last.
_DIGITS_KEPT = 10**15
# calamine makes room for every cell between the first and the last: far away cells would end the process.
_MOST_CELLS = 50_000_000
_SPARSE_CELLS = 5_000_000
_SPARSE = 200  # cells of the box to one that holds something
_RANGES_SHOWN = 5
_CHANGED = (float, datetime)


@dataclass(frozen=True)
class SheetChoice:
    """Which sheet to read: the one called `name`, else one of `preferred` (name keys), else the first not skipped."""

    name: str
    skip: Callable[[str], bool]
    preferred: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """An open workbook: its sheets as calamine reads them, and its parts where it is an .xlsx or .xlsm."""

    calamine: CalamineWorkbook
    package: Package | None

    @property
    def worksheets(self) -> list[SheetMetadata]:
        """The sheets that hold cells, in the order of the tabs, hidden ones included; no chart or macro sheets."""
        return [sheet for sheet in self.calamine.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]

    def scan(self, sheet: str, is_wanted: Callable[[str], bool]) -> SheetScan:
        """What the raw XML of a sheet says; `is_wanted` picks number formats. Of .xls only what is merged, of
        .xlsb and .ods nothing. To be called before `table`: raises UnreadableError for a sheet that reaches too far.
        """
        if self.package is None:
            merged = self.calamine.get_sheet_by_name(sheet).merged_cell_ranges or ()
            return SheetScan(merged=tuple(f"{_address(*first)}:{_address(*last)}" for first, last in merged))
        formats = {style: code for style, code in self.package.formats.items() if is_wanted(code)}
        scan = scan_sheet(self.package.sheet_xml(sheet), formats)
        _check_extent(sheet, scan.extent)
        return scan

    def table(self, sheet: str, scan: SheetScan) -> Table:
        """The cells of a sheet: whole numbers as int, midnights as date, errors as CellError."""
        cells = self.calamine.get_sheet_by_name(sheet)
        first_row, first_column = cells.start or (0, 0)
        rows: list[list[Cell]] = [
            [_plain(cell) if isinstance(cell, _CHANGED) else cell for cell in row] for row in cells.to_python()
        ]
        table = Table(rows, first_row + 1, first_column, sheet)
        _grow(table, scan.errors)
        for row, index, error in _inside(table, scan.errors):
            row[index] = CellError(error)
        return table


def open_workbook(data: bytes, path: Path) -> Workbook:
    """Open the workbook whose bytes were read from `path`, whatever its suffix says.

    Raises UnreadableError and what told() puts into words.
    """
    if not data:
        raise UnreadableError("is empty; save it again")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UnreadableError(PASSWORD)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:9].lower().startswith(_MARKUP):
        raise UnreadableError(
            "is a web page or XML under the name of a workbook; open it in Excel and save it as .xlsx"
        )
    package = open_package(data) if data.startswith(_ZIP) else None
    try:
        return Workbook(CalamineWorkbook.from_filelike(BytesIO(data)), package)
    except CalamineError:
        # Of bytes calamine only says that no format fits; by the file's suffix it says why, a password for one.
        return Workbook(CalamineWorkbook.from_path(path), package)


def read_workbook(data: bytes, path: Path, options: ReadingOptions, choice: SheetChoice) -> Source:
    """The leads of one sheet of a workbook. Raises UnreadableError and what told() puts into words."""
    workbook = open_workbook(data, path)
    return _headed(*_first_filled(workbook, _candidates(workbook, choice)), options.header_row)


def read_sheet(data: bytes, path: Path, is_wanted: Callable[[str], bool]) -> Source | None:
    """The first sheet of a workbook with a name that is wanted and with anything in it, hidden or not; None for none.

    Raises as read_workbook does.
    """
    workbook = open_workbook(data, path)
    for name in (sheet.name for sheet in workbook.worksheets if is_wanted(sheet.name)):
        scan = workbook.scan(name, changes_reading)
        table = workbook.table(name, scan)
        if table.rows:
            return _headed(table, scan)
    return None


def _headed(table: Table, scan: SheetScan, header_row: int = 0) -> Source:
    _show_numbers(table, scan)
    found = headed(table, header_row)
    hidden = len(scan.hidden_rows.intersection(found.leads.index))
    return Source(
        leads=found.leads,
        headings=found.headings,
        sheet=table.sheet,
        issues=(*found.issues, *_sheet_notes(table.sheet, scan, found, hidden), *_cell_issues(table, scan, found)),
        header_row=found.header_row,
    )


def _candidates(workbook: Workbook, choice: SheetChoice) -> list[str]:
    """The sheet that was asked for, or those that may hold leads, the likeliest first."""
    if choice.name:
        return [_named([sheet.name for sheet in workbook.worksheets], choice.name)]
    visible = [sheet.name for sheet in workbook.worksheets if sheet.visible == SheetVisibleEnum.Visible]
    for key in choice.preferred:
        for name in visible:
            if name_key(name) == key:
                return [name]
    return [name for name in visible if not choice.skip(name)]


def _first_filled(workbook: Workbook, names: list[str]) -> tuple[Table, SheetScan]:
    for name in names:
        scan = workbook.scan(name, changes_reading)
        table = workbook.table(name, scan)
        if table.rows:
            return table, scan
    if len(names) == 1:
        raise UnreadableError(f'has nothing in the sheet "{names[0]}"; name another with --sheet')
    raise UnreadableError("has no visible sheet of leads; name one with --sheet")


def _named(names: list[str], wanted: str) -> str:
    if wanted in names:
        return wanted
    keys = {name_key(name): name for name in reversed(names)}
    if name_key(wanted) in keys:
        return keys[name_key(wanted)]
    near = get_close_matches(name_key(wanted), keys, n=1)
    hint = f'did you mean "{keys[near[0]]}"? ' if near else ""
    raise UnreadableError(f'has no sheet "{wanted}"; {hint}it has {", ".join(names)}')


def _check_extent(sheet: str, extent: Extent) -> None:
    is_sparse = extent.area > _SPARSE_CELLS and extent.area > _SPARSE * extent.cells
    if extent.area > _MOST_CELLS or is_sparse:
        corner = f"{cell_letter(extent.last_column)}{extent.last_row}"
        raise UnreadableError(f'reaches to cell {corner} of the sheet "{sheet}"; delete the cells far from the others')


def _plain(cell: float | datetime) -> Cell:
    """A whole number as int (33612345678.0 is how every workbook stores a phone number), a midnight as its day."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    return cell.date() if cell.time() == time() else cell


def _grow(table: Table, positions: Iterable[Position]) -> None:
    """Make room for cells at the lower and right edge that calamine takes for blank: formulas never calculated."""
    for number, column in positions:
        position, index = number - table.first_row, column - table.first_column
        missing = position + 1 - len(table.rows)
        table.rows.extend([] for _ in range(missing))
        if position >= 0:
            table.rows[position].extend([""] * (index + 1 - len(table.rows[position])))


def _inside(table: Table, found: Mapping[Position, str]) -> Iterator[tuple[list[Cell], int, str]]:
    """The row, the index in it, and what was found, for every position that the table has."""
    for (number, column), what in found.items():
        position, index = number - table.first_row, column - table.first_column
        if 0 <= position < len(table.rows) and 0 <= index < len(table.rows[position]):
            yield table.rows[position], index, what


def _show_numbers(table: Table, scan: SheetScan) -> None:
    """Replace numbers whose format changes how they read; a date or a text keeps what it is."""
    for row, index, code in _inside(table, scan.formats):
        cell = row[index]
        if (
            isinstance(cell, int | float)
            and not isinstance(cell, bool)
            and (shown := shown_number(cell, code)) is not None
        ):
            row[index] = shown


def _sheet_notes(sheet: str, scan: SheetScan, found: Headed, hidden: int) -> list[Issue]:
    last = found.header_row + len(found.leads)
    merged = [
        reference
        for reference in scan.merged
        if _row(reference.partition(":")[0]) <= last and _row(reference) >= found.header_row
    ]
    notes = []
    if hidden:
        notes.append(Issue("rows-hidden", Place(sheet), details={"count": hidden}))
    if merged:
        more = f" and {len(merged) - _RANGES_SHOWN} more" if len(merged) > _RANGES_SHOWN else ""
        notes.append(Issue("cells-merged", Place(sheet), ", ".join(merged[:_RANGES_SHOWN]) + more))
    return notes


def _cell_issues(table: Table, scan: SheetScan, found: Headed) -> list[Issue]:
    """One issue per cell below the headings that shows an error, was never calculated, or has lost digits."""
    cells = {
        position: ("cell-error", error) if error else ("formula-uncalculated", "")
        for position, error in scan.errors.items()
    }
    for number, row in enumerate(table.rows, start=table.first_row):
        for column, cell in enumerate(row, start=table.first_column):
            if type(cell) is int and abs(cell) >= _DIGITS_KEPT:
                cells[number, column] = ("digits-lost", str(cell))
    last = found.header_row + len(found.leads)
    return [
        Issue(code, Place(table.sheet, number, heading=found.columns[column]), value)
        for (number, column), (code, value) in sorted(cells.items())
        if found.header_row < number <= last and column in found.columns
    ]


def _address(row: int, column: int) -> str:
    """(0, 2) -> 'C1'."""
    return f"{cell_letter(column)}{row + 1}"


def _row(reference: str) -> int:
    """The last row of a reference: 'A1:B12' -> 12."""
    return int("0" + reference.rpartition(":")[2].lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ").replace("$", ""))
