"""A page of findings as a sheet: numbers to read from afar, small tables, and beside each its chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isnan
from typing import Any, Final

from xlsxwriter.format import Format

from leadscore.sheets.output import AUTHOR, OutBlock, OutColumn, OutNumber, OutPage
from leadscore.sheets.write_charts import chart_height, chart_of
from leadscore.sheets.write_layout import A4
from leadscore.sheets.write_rows import Page, decimals_needed, ready_made
from leadscore.sheets.write_styles import BAR, INK, OUR_HEADER, RULE
from leadscore.sheets.write_texts import cut_text, exact, legal_text

# The page: a column of names, eleven narrow ones; charts stand over the last six. In pixels, as Excel counts them.
_NAME_WIDTH, _WIDTH, _COLUMNS = 190, 66, 12
_CHART_COLUMN, _CHART_GAP = 6, 16
_LINE, _HEADING_LINE, _TITLE_LINE, _GAP = 20, 26, 38, 24
_LETTERS: Final = 26  # of a name that fit on a line of its column
_MOST_LINES: Final = 3
_TILES: Final = ((0, 0), (1, 2), (3, 4), (5, 6), (7, 8), (9, 11))  # first and last column of each number
_NAMES: Final = (0, 0)
# A4 upright between margins of 0.3 inches left and right and 0.5 above and below is 1.39 times as high as wide.
_PRINTED_HEIGHT: Final = int(1.39 * (_NAME_WIDTH + (_COLUMNS - 1) * _WIDTH))  # pixels
_QUIET: Final = "#616E7C"


@dataclass
class _Pen:
    """Where the next line is written, and how far down its printed page that is."""

    page: Page
    row: int = 0
    used: int = 0

    def line(self, height: int = _LINE) -> int:
        """Take a line of so many pixels; gives its row."""
        self.page.sheet.set_row_pixels(self.row, height)
        self.row += 1
        self.used += height
        return self.row - 1

    def text(self, row: int, columns: tuple[int, int], text: str, style: Format) -> None:
        """Write a text over some columns."""
        shown = ready_made(cut_text(legal_text(text)))
        if columns[0] == columns[1]:
            self.page.sheet.write_string(row, columns[0], shown, style)
        else:
            self.page.sheet.merge_range(row, columns[0], row, columns[1], "", style)
            self.page.sheet.write_string(row, columns[0], shown, style)


def write_page(page: Page, out: OutPage) -> None:
    """Write the whole page. Its charts show cells of this very sheet and of no other."""
    sheet = page.sheet
    sheet.hide_gridlines(2)
    sheet.set_column_pixels(0, 0, _NAME_WIDTH)
    sheet.set_column_pixels(1, _COLUMNS - 1, _WIDTH)
    pen = _Pen(page)
    _write_top(pen, out)
    breaks = []
    for block in out.blocks:
        if pen.used + _height(block) > _PRINTED_HEIGHT:
            breaks.append(pen.row)
            pen.used = 0
        _write_block(pen, block)
    sheet.set_h_pagebreaks(breaks)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    sheet.print_area(0, 0, max(pen.row - 1, 0), _COLUMNS - 1)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def _write_top(pen: _Pen, out: OutPage) -> None:
    get = pen.page.styles.get
    row = pen.line(_TITLE_LINE)
    pen.text(row, (0, _COLUMNS - 2), out.title, get(font_size=20, bold=True, font_color=OUR_HEADER, valign="vcenter"))
    pen.text(row, (_COLUMNS - 1,) * 2, AUTHOR, get(font_size=9, font_color=_QUIET, align="right"))
    pen.text(pen.line(), (0, _COLUMNS - 1), out.about, get(font_size=9, font_color=_QUIET, valign="top"))
    pen.line(_LINE // 2)
    rows = (pen.line(), pen.line(_TITLE_LINE), pen.line())
    for number, columns in zip(out.numbers, _TILES, strict=False):
        _write_number(pen, number, columns, rows)
    for first, last in _TILES[len(out.numbers) :]:
        pen.text(rows[0], (first, last), "", get(font_size=9, top=2, top_color=OUR_HEADER))
    pen.line(_GAP)


def _write_number(pen: _Pen, number: OutNumber, columns: tuple[int, int], rows: tuple[int, int, int]) -> None:
    get, decimals = pen.page.styles.get, pen.page.decimals
    pen.text(rows[0], columns, number.label, get(font_size=9, font_color=_QUIET, top=2, top_color=OUR_HEADER))
    style = get(font_size=22, bold=True, font_color=INK, align="left", valign="vcenter",
                num_format=pen.page.styles.number_format(number.kind, decimals))  # fmt: skip
    if isnan(number.value):
        pen.text(rows[1], columns, "–", style)
    else:
        if columns[0] != columns[1]:
            pen.page.sheet.merge_range(rows[1], columns[0], rows[1], columns[1], "", style)
        pen.page.sheet.write_number(rows[1], columns[0], exact(number.value), style)
    pen.text(rows[2], columns, number.note, get(font_size=9, font_color=_QUIET, valign="top"))


def _height(block: OutBlock) -> int:
    """Pixels of a block with the gap below it."""
    head = _HEADING_LINE + (_LINE if block.note else 0)
    if not block.columns:
        return head + _GAP
    rows = _row_heights(block)
    table = _header_height(block) + sum(rows) + (_LINE if block.more else 0)
    return head + max(table, chart_height(block, rows) if block.chart else 0) + _GAP


def _write_block(pen: _Pen, block: OutBlock) -> None:
    get = pen.page.styles.get
    heading = get(font_size=13, bold=True, font_color=OUR_HEADER, valign="vcenter")
    pen.text(pen.line(_HEADING_LINE), (0, _COLUMNS - 1), block.heading, heading)
    if block.note:
        pen.text(pen.line(), (0, _COLUMNS - 1), block.note, get(font_size=9, font_color=_QUIET, valign="top"))
    top, start = pen.row, pen.used
    if block.columns:
        _write_table(pen, block)
    if block.more:
        pen.text(pen.line(), (0, _CHART_COLUMN - 1), block.more, get(font_size=9, font_color=_QUIET, valign="top"))
    if block.chart:
        height = chart_height(block, _row_heights(block))
        chart = chart_of(pen.page, block, top, height)
        place = {"x_offset": _CHART_GAP, "object_position": 1, "description": block.chart.about}
        pen.page.sheet.insert_chart(top, _CHART_COLUMN, chart, place)
        while pen.used - start < height:
            pen.line(min(_LINE, height - (pen.used - start)))
    pen.line(_GAP)


def _write_table(pen: _Pen, block: OutBlock) -> None:
    places = _places(block)
    row = pen.line(_header_height(block))
    for column, place in zip(block.columns, places, strict=True):
        pen.text(row, place, column.heading, _header_style(pen.page, column, place))
    first = pen.row
    for height in _row_heights(block):
        pen.line(height)
    for column, place in zip(block.columns, places, strict=True):
        _write_cells(pen, column, place, first)
    if block.is_heat and pen.row > first:
        heat = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": BAR, "min_type": "num", "min_value": 0}
        pen.page.sheet.conditional_format(first, places[1][0], pen.row - 1, places[-1][1], heat)


def _places(block: OutBlock) -> list[tuple[int, int]]:
    """The first and last column of the page that each column of the table takes."""
    places, next_free = [], 0
    for span in block.spans or [1] * len(block.columns):
        places.append((next_free, next_free + span - 1))
        next_free += span
    return places


def _write_cells(pen: _Pen, column: OutColumn, place: tuple[int, int], first: int) -> None:
    style, missing = _cell_style(pen.page, column, place), pen.page.styles.get(**_RULED)
    for row, cell in enumerate(column.cells, start=first):
        if isinstance(cell, str):
            pen.text(row, place, cell, style)
        elif isnan(cell):
            pen.page.sheet.write_blank(row, place[0], None, missing)
        else:
            pen.page.sheet.write_number(row, place[0], exact(cell), style)


_RULED: Final[dict[str, Any]] = {"bottom": 1, "bottom_color": RULE, "valign": "vcenter"}


def _cell_style(page: Page, column: OutColumn, place: tuple[int, int]) -> Format:
    if column.kind == "text":
        return page.styles.get(**_RULED, text_wrap=True, align="left", indent=int(place != _NAMES))
    numbers = [cell for cell in column.cells if not isinstance(cell, str)]
    decimals = decimals_needed(numbers) if column.kind == "number" else page.decimals
    side = "left" if place == _NAMES else "right"
    return page.styles.get(**_RULED, align=side, num_format=page.styles.number_format(column.kind, decimals))


def _header_style(page: Page, column: OutColumn, place: tuple[int, int]) -> Format:
    side = "left" if column.kind == "text" or place == _NAMES else "right"
    return page.styles.get(
        bold=True,
        font_size=9,
        font_color=INK,
        bottom=1,
        bottom_color=INK,
        text_wrap=True,
        valign="bottom",
        align=side,
        indent=int(side == "left" and place != _NAMES),
    )


def _header_height(block: OutBlock) -> int:
    """One line, or two where a heading over a narrow column has no room on one."""
    is_long = any(len(column.heading) > 9 for column in block.columns[1:])
    return _LINE - 2 + (_LINE - 6 if is_long else 0)


def _row_heights(block: OutBlock) -> Sequence[int]:
    """Pixels of each row: as many lines as the longest of its texts needs, at most three."""
    texts = [
        (column.cells, _LETTERS if place == _NAMES else (place[1] - place[0] + 1) * 9)
        for column, place in zip(block.columns, _places(block), strict=True)
        if column.kind == "text"
    ]
    rows = len(block.columns[0].cells)
    lines = [max((ceil(len(str(cells[row])) / room) for cells, room in texts), default=1) for row in range(rows)]
    return [_LINE + (min(max(count, 1), _MOST_LINES) - 1) * (_LINE - 5) for count in lines]
