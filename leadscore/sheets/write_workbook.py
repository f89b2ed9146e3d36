"""Results as an Excel workbook."""

import zipfile
import zlib
from collections.abc import Callable, Iterable
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from leadscore.errors import OutputError
from leadscore.issues import Issue
from leadscore.sheets.output import AUTHOR, OutBook, OutPage, OutSheet
from leadscore.sheets.safe_write import Seen, replace_file
from leadscore.sheets.write_grid import write_grid
from leadscore.sheets.write_layout import lay_out
from leadscore.sheets.write_rows import Page, write_rows
from leadscore.sheets.write_styles import Styles
from leadscore.sheets.write_summary import write_page
from leadscore.sheets.write_texts import legal_sheet_names, legal_text

# Excel specifications and limits; one row is the heading.
MOST_ROWS = 1_048_575
MOST_COLUMNS = 16_384

# Nothing that a lead's cell says becomes a formula or a link, and no copy of it lands in a temporary folder.
WORKBOOK_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "remove_timezone": True,
}


def write_workbook(book: OutBook, path: Path, seen: Iterable[Seen] = ()) -> tuple[Issue, ...]:
    """Write a results workbook, whole or not at all; the same book gives the same bytes.

    Gives an issue for each column whose texts a workbook cannot hold as they are. Raises OutputError when the file
    cannot be written there, or a sheet has more rows or columns than Excel allows; TryLaterError when a file that was
    `seen` is another by now.
    """
    for sheet in book.sheets:
        _check_size(sheet)
    issues: list[Issue] = []

    def write(temp: Path) -> None:
        workbook = Workbook(str(temp), WORKBOOK_OPTIONS)
        issues.extend(_fill(workbook, book))
        close_workbook(workbook)

    replace_file(path, write, check_workbook, seen)
    return tuple(issues)


def fill_workbook(
    file: BytesIO, book: OutBook, finish: Callable[[Worksheet, OutSheet], None], *, is_1904: bool
) -> tuple[Issue, ...]:
    """Write a results workbook into memory, `finish` having the last word on each sheet with columns.

    Gives what write_workbook gives, and raises as it does.
    """
    for sheet in book.sheets:
        _check_size(sheet)
    workbook = Workbook(file, {**WORKBOOK_OPTIONS, "date_1904": is_1904})
    issues = _fill(workbook, book)
    for name, sheet in zip(legal_sheet_names(sheet.name for sheet in book.sheets), book.sheets, strict=True):
        finish(workbook.get_worksheet_by_name(name), sheet)
    close_workbook(workbook)
    return tuple(issues)


def close_workbook(workbook: Workbook) -> None:
    """Write the file. Raises the OSError that XlsxWriter wraps."""
    workbook.use_zip64()
    try:
        workbook.close()
    except FileCreateError as problem:
        raise problem.args[0] from problem


def check_workbook(path: Path) -> None:
    """Read every part back; raises OutputError when one is damaged or is no XML, as Excel would refuse the workbook."""
    try:
        _parse_parts(path)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError) as problem:
        raise OutputError(
            f"the workbook did not read back well ({problem}), so it was not kept; run again, or write CSV with -o"
        ) from problem


def _parse_parts(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            with parts.open(name) as part:
                expat.ParserCreate().ParseFile(part)


def _check_size(sheet: OutSheet) -> None:
    if sheet.row_count > MOST_ROWS:
        raise OutputError(
            f"the sheet {sheet.name} has {sheet.row_count:,} rows and Excel holds {MOST_ROWS:,}; write CSV with -o"
        )
    if len(sheet.columns) > MOST_COLUMNS:
        raise OutputError(
            f"the sheet {sheet.name} has {len(sheet.columns):,} columns and Excel holds {MOST_COLUMNS:,}; "
            "write CSV with -o, or choose fewer with --columns"
        )


def _fill(workbook: Workbook, book: OutBook) -> list[Issue]:
    workbook.set_properties(
        {
            "title": legal_text(book.title),
            "author": AUTHOR,
            "created": datetime.combine(book.as_of, time()),
        }
    )
    styles = Styles(workbook, book.language)
    issues: list[Issue] = []
    contents: list[OutSheet | OutPage] = [*book.sheets[:1], *([book.summary] if book.summary else []), *book.sheets[1:]]
    for name, content in zip(legal_sheet_names(content.name for content in contents), contents, strict=True):
        page = Page(workbook.add_worksheet(name), styles, content.decimals)
        if isinstance(content, OutPage):
            write_page(page, content)
        else:
            issues += _fill_sheet(page, content)
    for grid in book.model_sheets:
        write_grid(workbook.add_worksheet(grid.name), grid, styles)
    return issues


def _fill_sheet(page: Page, sheet: OutSheet) -> list[Issue]:
    issues: list[Issue] = []
    for tally, column in zip(lay_out(page, sheet), sheet.columns, strict=True):
        issues += tally.issues(page.sheet.get_name(), column.heading)
    return [*issues, *write_rows(page, sheet.columns)]
