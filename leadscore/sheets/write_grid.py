"""A sheet of the model, written again: each cell where it stood, with the format it had."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import zip_longest

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from leadscore.model.grid import BLANK, GridCell, cell_letter
from leadscore.sheets.output import OutGrid
from leadscore.sheets.write_layout import NARROWEST, WIDEST, display_width
from leadscore.sheets.write_rows import ready_made
from leadscore.sheets.write_styles import INPUT, Styles
from leadscore.sheets.write_texts import cut_text, exact, legal_text
from leadscore.values.cells import text_of

_GENERAL = "General"
_DAY, _MOMENT, _CLOCK = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss"  # where the model's file has no format


def write_grid(worksheet: Worksheet, grid: OutGrid, styles: Styles) -> None:
    """Write the cells; those that formulas follow are pale yellow, the ones to edit."""
    for number, cells in enumerate(grid.rows, start=1):
        is_heading = number == grid.heading_row
        for index, cell in enumerate(cells):
            is_input = (number, cell_letter(index)) in grid.inputs
            if is_heading and not cell.is_blank:
                worksheet.write_string(number - 1, index, _text(cell), styles.header("text"))
            elif is_input or not cell.is_blank:
                _write(worksheet, (number - 1, index), cell, _style(cell, styles, is_input=is_input))
    for index, column in enumerate(zip_longest(*grid.rows, fillvalue=BLANK)):
        longest = max(display_width(text_of(cell.value)) for cell in column) + 2
        worksheet.set_column(index, index, min(max(longest, NARROWEST), WIDEST))
    if grid.heading_row:
        worksheet.freeze_panes(grid.heading_row, 1)


def _style(cell: GridCell, styles: Styles, *, is_input: bool) -> Format | None:
    code = cell.number_format
    if code == _GENERAL and isinstance(cell.value, date | time):
        code = _MOMENT if isinstance(cell.value, datetime) else _DAY if isinstance(cell.value, date) else _CLOCK
    shown = {} if code == _GENERAL else {"num_format": code}
    painted = {"bg_color": INPUT} if is_input else {}
    return styles.get(**shown, **painted) if shown or painted else None


def _write(worksheet: Worksheet, where: tuple[int, int], cell: GridCell, style: Format | None) -> None:
    value = cell.value
    if cell.is_blank:
        worksheet.write_blank(*where, None, style)
    elif isinstance(value, bool):
        worksheet.write_boolean(*where, value, style)
    elif isinstance(value, int | float):
        worksheet.write_number(*where, exact(value), style)
    elif isinstance(value, date | time):
        worksheet.write_datetime(*where, value, style)
    else:
        worksheet.write_string(*where, _text(cell), style)


def _text(cell: GridCell) -> str:
    return ready_made(cut_text(legal_text(cell.value if isinstance(cell.value, str) else text_of(cell.value))))
