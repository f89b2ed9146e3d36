"""Everything of a results sheet but its data rows: headings, widths, filters, notes, data bars, print set-up."""

import re
import textwrap
from collections.abc import Sequence
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from leadscore.sheets.output import AUTHOR, Look, OutColumn, OutSheet
from leadscore.sheets.write_rows import Page, decimals_needed, filled, ready_made
from leadscore.sheets.write_styles import BAR, BAR_NEGATIVE, INK, RULE
from leadscore.sheets.write_texts import TextTally, cut_text, formula_text, legal_text
from leadscore.values.cells import text_of

NARROWEST, WIDEST = 8, 50  # characters
_SAMPLE = 200  # rows looked at to find a width
_SCREEN = 150  # characters: what a laptop shows of a sheet
_GENERAL_WIDTH = 11  # characters: Excel rounds what is shown of a longer number
_FILTER_BUTTON = 3  # characters that a heading's filter button covers
LINE_HEIGHT, _HEADER_PADDING, _MOST_LINES = 15, 8, 4  # points, points, lines
_LONGEST_HEADING = 255  # Excel's limit for the heading of a Table
_LONGEST_NOTE = 32_000
A4 = 9
# XlsxWriter and Excel spell these differently in the two places where a Table keeps a heading.
_NOT_IN_TABLE_HEADING = re.compile(r"[\x00-\x1f\ufffd]|_x[0-9A-Fa-f]{4}_|^<r>")


def lay_out(page: Page, sheet: OutSheet) -> tuple[TextTally, ...]:
    """Everything but the data rows; gives what became of each heading's text."""
    tallies = tuple(TextTally() for _ in sheet.columns)
    headings = [tally.fit(1, column.heading) for tally, column in zip(tallies, sheet.columns, strict=True)]
    _set_columns(page, sheet)
    if sheet.columns:
        _add_filters(page, sheet, headings)
        _write_headings(page, sheet, headings)
        _add_rules_and_bars(page, sheet)
        page.sheet.freeze_panes(1, sheet.frozen_columns, 1, _first_in_view(sheet))
    _set_up_print(page)
    return tallies


def heading_lines(heading: str, width: float) -> int:
    """How many lines a heading takes in a column of this width, at most four."""
    room = max(int(width) - _FILTER_BUTTON, 1)
    return min(sum(len(textwrap.wrap(line, room)) or 1 for line in heading.splitlines() or [""]), _MOST_LINES)


def header_height(headings: Sequence[str], widths: Sequence[float]) -> float:
    """The height in points that shows every heading whole."""
    lines = max((heading_lines(heading, width) for heading, width in zip(headings, widths, strict=True)), default=1)
    return lines * LINE_HEIGHT + _HEADER_PADDING


def column_width(column: OutColumn, decimals: int) -> float:
    """Characters: the width asked for, else one that suits the first 200 cells and a heading of two lines."""
    if column.width:
        return column.width
    shown = [_shown(cell, column, decimals) for cell in filled(column.cells[:_SAMPLE]) if cell is not None]
    longest_cell = max((display_width(text) for text in shown), default=0) + 2
    words = [display_width(word) for word in column.heading.split()]
    half = ceil(display_width(column.heading) / 2)
    heading = max([half, *words]) + _FILTER_BUTTON + 1
    return min(max(longest_cell, heading, NARROWEST), WIDEST)


def display_width(text: str) -> int:
    """Characters of the longest line; wide East Asian ones count twice."""
    lines = text.splitlines() or [""]
    return max(len(line) + sum(1 for letter in line if "\u1100" <= letter <= "\uffef") for line in lines)


def _shown(cell: Any, column: OutColumn, decimals: int) -> str:
    if column.kind == "percent":
        return "100 %"
    if column.kind in ("score", "number"):
        places = decimals if column.kind == "score" else decimals_needed(column.cells[:_SAMPLE])
        return f"{cell:,.{places}f}"
    text = cell if isinstance(cell, str) else text_of(cell)
    return text[:_GENERAL_WIDTH] if isinstance(cell, float) else text


def _set_columns(page: Page, sheet: OutSheet) -> None:
    widths = [column_width(column, sheet.decimals) for column in sheet.columns]
    for position, width in enumerate(widths):
        page.sheet.set_column(position, position, width, None, _fold(sheet.columns, position))
    page.sheet.set_row(0, header_height([column.heading for column in sheet.columns], widths))

    if sheet.columns and sheet.columns[-1].folded:
        end = len(sheet.columns)
        page.sheet.set_column(end, end, None, None, _fold(sheet.columns, end))


def _first_in_view(sheet: OutSheet) -> int:
    """Where the sheet opens beside its frozen columns: at the first column of ours, where a screen would not reach."""
    before = sum(column_width(column, sheet.decimals) for column in sheet.columns[: sheet.first_column])
    return max(sheet.first_column, sheet.frozen_columns) if before > _SCREEN / 2 else sheet.frozen_columns


def _fold(columns: Sequence[OutColumn], position: int) -> dict[str, Any]:
    """How a column is folded; the one after a folded group bears the button that unfolds it."""
    bears_button = {"collapsed": True} if position and columns[position - 1].folded else {}
    if position == len(columns) or not columns[position].group:
        return bears_button
    return {"level": 1, "hidden": True} if columns[position].folded else {"level": 1}


def _write_headings(page: Page, sheet: OutSheet, headings: Sequence[str]) -> None:
    for position, (column, heading) in enumerate(zip(sheet.columns, headings, strict=True)):
        style = page.styles.header(column.kind, column.shade)
        page.sheet.write_string(0, position, ready_made(heading), style)
        if column.note:
            add_note(page, position, column.note)


def add_note(page: Page, position: int, note: str) -> None:
    """Help that shows when the mouse rests on a heading."""
    text = cut_text(legal_text(note), _LONGEST_NOTE)
    lines = sum(len(textwrap.wrap(line, 38)) or 1 for line in text.splitlines())
    page.sheet.write_comment(
        0, position, text,
        {"author": AUTHOR, "color": "#FFFDF0", "font_name": "Calibri", "font_size": 9, "width": 240,
         "height": min(14 * lines + 12, 400)},
    )  # fmt: skip


def _add_filters(page: Page, sheet: OutSheet, headings: Sequence[str]) -> None:
    if not sheet.filters:
        return
    last_row, last_column = sheet.row_count, len(headings) - 1
    if last_row and fit_for_table(headings):
        columns = [
            {"header": heading, "header_format": page.styles.header(column.kind, column.shade)}
            for column, heading in zip(sheet.columns, headings, strict=True)
        ]
        add_table(page, last_row, {"columns": columns, "style": None, "banded_rows": False})
    else:
        page.sheet.autofilter(0, 0, last_row, last_column)


def fit_for_table(headings: Sequence[str]) -> bool:
    """Whether an Excel Table can have these headings: none blank, none alike but for case, no odd characters."""
    return len({heading.casefold() for heading in headings}) == len(headings) and all(
        heading.strip() and len(heading) <= _LONGEST_HEADING and not _NOT_IN_TABLE_HEADING.search(heading)
        for heading in headings
    )


def add_table(page: Page, last_row: int, options: dict[str, Any]) -> None:
    """An Excel Table from the heading row to `last_row`, as wide as its `columns`."""
    sheet, last_column = page.sheet, len(options["columns"]) - 1
    sheet.add_table(0, 0, 1, last_column, options)
    # XlsxWriter remembers every cell of a Table, half a gigabyte for 100,000 rows: so it is made small, then stretched.
    table = sheet.tables[-1]
    whole = table["range"][: -len("2")] + str(last_row + 1)
    table.update({key: whole for key in ("range", "a_range", "autofilter") if table.get(key)})


def _add_rules_and_bars(page: Page, sheet: OutSheet) -> None:
    last_row, last_column = sheet.row_count, len(sheet.columns) - 1
    if not last_row:
        return
    page.sheet.hide_gridlines(2)
    alone = [column.kind == "score" or bool(column.looks) for column in sheet.columns]
    for position, column in enumerate(sheet.columns):
        if column.kind == "score":
            page.sheet.conditional_format(1, position, last_row, position, _data_bar(column.cells))
        for look in column.looks:
            page.sheet.conditional_format(1, position, last_row, position, _look_rule(page, look, position))
    # A rule instead of borders in each cell: it reaches the blank ones, which are not written at all.
    hairline = page.styles.get(bottom=1, bottom_color=RULE)
    rule = {"type": "formula", "criteria": "=TRUE", "format": hairline}
    for first, last in ranges_beside_bars(alone):
        page.sheet.conditional_format(1, first, last_row, last, rule)
    page.sheet.ignore_errors({"number_stored_as_text": xl_range(1, 0, last_row, last_column)})


def _look_rule(page: Page, look: Look, position: int) -> dict[str, Any]:
    """The rule for the cells that read a word. They keep the word alone: an icon is but their number format."""
    cell, word = xl_rowcol_to_cell(1, position, col_abs=True), formula_text(look.word)
    return {"type": "formula", "criteria": f"={cell}={word}", "format": page.styles.look(look.tone, look.icon)}


def ranges_beside_bars(bars: Sequence[bool]) -> list[tuple[int, int]]:
    """(first, last) positions: each column with bars alone, the others in runs.

    LibreOffice shows two rules of a cell together only when they are for the same range.
    [False, False, True, False] -> [(0, 1), (2, 2), (3, 3)]
    """
    ranges: list[tuple[int, int]] = []
    for position, has_bar in enumerate(bars):
        if position and not has_bar and not bars[position - 1]:
            ranges[-1] = (ranges[-1][0], position)
        else:
            ranges.append((position, position))
    return ranges


def _data_bar(scores: Sequence[Any]) -> dict[str, Any]:
    """Bars to scale for the good; a third of the cell for the negative, however far below zero exclusions go."""
    best = max((score for score in filled(scores) if score is not None and score > 0), default=1.0)
    return {**DATA_BAR, "min_type": "num", "min_value": -best / 2, "max_type": "num", "max_value": best}


DATA_BAR = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": BAR,
    "bar_negative_color": BAR_NEGATIVE,
    "bar_no_border": True,
    "bar_axis_color": INK,
}


def _set_up_print(page: Page) -> None:
    page.sheet.set_landscape()
    page.sheet.set_paper(A4)
    page.sheet.fit_to_pages(1, 0)
    page.sheet.repeat_rows(0)
    page.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.sheet.set_footer("&L&8&A&R&8&P / &N")
