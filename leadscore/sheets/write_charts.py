"""Charts that Excel draws from the cells of a small table, and that its user may edit."""

from collections.abc import Sequence
from math import isnan
from typing import Any, Final

from xlsxwriter.chart import Chart

from leadscore.sheets.output import OutBlock, OutChart
from leadscore.sheets.write_rows import Page
from leadscore.sheets.write_styles import BAR, BAR_NEGATIVE, INK, OUR_HEADER, RULE

CHART_WIDTH: Final = 380  # pixels: six columns of a page, without the gap before them
_COLUMNS_HEIGHT, _MOST_HEIGHT, _BAR_HEIGHT, _AROUND_BARS = 240, 340, 24, 84
_QUIET: Final = "#616E7C"
_GAPS: Final = {1: 220, 2: 90}  # per cent of a bar's height: few bars are not to be fat
_BEHIND: Final = "#C9D9E8"
_VERDICTS: Final = (OUR_HEADER, BAR, BAR_NEGATIVE, RULE)  # good, not sure, bad, nothing
# From the least to the best; of fewer series, those that are furthest apart.
_SHADES: Final = {
    1: (OUR_HEADER,),
    2: ("#A9C9E8", OUR_HEADER),
    3: ("#C9DDF0", "#7FADD6", OUR_HEADER),
    4: ("#D6E4F2", "#A9C9E8", "#6A9CC9", OUR_HEADER),
    5: ("#E4E7EB", "#D6E4F2", "#A9C9E8", "#6A9CC9", OUR_HEADER),
}


def chart_height(block: OutBlock, rows: Sequence[int]) -> int:
    """Pixels, for a table with rows of so many pixels: each bar has the room of its row."""
    if block.chart is None or block.chart.form == "columns":
        return min(max(_COLUMNS_HEIGHT, sum(rows)), _MOST_HEIGHT)
    legend = 2 * _BAR_HEIGHT if len(block.chart.series) > 1 else 0
    return _AROUND_BARS + legend + sum(max(height, _BAR_HEIGHT) for height in rows)


def chart_of(page: Page, block: OutBlock, heading_row: int, height: int) -> Chart:
    """The chart of a block whose table has its headings in this row of the page."""
    said = block.chart
    if said is None:
        raise ValueError("the block has no chart")
    chart = page.styles.workbook.add_chart(_type_of(said))
    for place in range(len(said.series)):
        chart.add_series(_series(page, block, heading_row, place))
    _set_axes(chart, block, said)
    is_single = len(said.series) == 1
    chart.set_legend({"none": True} if is_single else {"position": "bottom", "font": _font(9)})
    chart.set_title({"name": said.title, "name_font": _font(11, bold=True, color=INK), "overlay": False})
    chart.set_size({"width": CHART_WIDTH, "height": height})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    return chart


def _type_of(said: OutChart) -> dict[str, str]:
    kind = {"type": "column" if said.form == "columns" else "bar"}
    if len(said.series) == 1 or said.several == "before":
        return kind
    return {**kind, "subtype": "percent_stacked" if said.several == "shares" else "stacked"}


def _series(page: Page, block: OutBlock, heading_row: int, place: int) -> dict[str, Any]:
    said = block.chart
    if said is None:
        return {}
    name, last = page.sheet.get_name(), heading_row + len(block.columns[0].cells)
    position, count = said.series[place], len(said.series)
    cells = block.columns[position].cells
    options: dict[str, Any] = {
        "name": [name, heading_row, position],
        "categories": [name, heading_row + 1, 0, last, 0],
        "values": [name, heading_row + 1, position, last, position],
        "fill": {"color": _colors(said)[place]},
        "border": {"color": "#FFFFFF", "width": 0.5},
        "gap": 12 if said.form == "columns" else _GAPS.get(len(cells), 45),
    }
    if said.several == "before" and count > 1:
        options["overlap"] = 100
    if count == 1 and said.form == "bars":
        options["data_labels"] = {"value": True, "font": _font(9)}
        options["points"] = [{"fill": {"color": BAR_NEGATIVE}} if _is_negative(cell) else None for cell in cells]
    return options


def _is_negative(cell: object) -> bool:
    return isinstance(cell, (int, float)) and cell < 0


def _is_small_count(cell: object) -> bool:
    """Whether a cell is a count up to five: Excel would put 0.2, 0.4 … on the axis of nothing but such."""
    return not isinstance(cell, (int, float)) or isnan(cell) or (0 <= cell <= 5 and float(cell).is_integer())


def _colors(said: OutChart) -> tuple[str, ...]:
    count = len(said.series)
    if count > 1 and said.several != "stacked":
        return _VERDICTS if said.several == "shares" else (_BEHIND, OUR_HEADER)
    return _SHADES.get(count) or tuple(_SHADES[5][place % 5] for place in range(count))


def _set_axes(chart: Chart, block: OutBlock, said: OutChart) -> None:
    line = {"color": "#9AA5B1", "width": 0.75}
    labelled = said.form == "bars" and len(said.series) == 1
    grid = {"visible": not labelled, "line": {"color": RULE, "width": 0.75}}
    category: dict[str, Any] = {
        "name": said.category_axis, "name_font": _font(9), "num_font": _font(9), "line": line,
        "major_tick_mark": "none", "minor_tick_mark": "none", "label_position": "low",
        "major_gridlines": {"visible": False},
    }  # fmt: skip
    value: dict[str, Any] = {
        "name": said.value_axis, "name_font": _font(9), "num_font": _font(9), "line": {"none": True},
        "num_format": "0%" if said.several == "shares" else "General",
        "major_tick_mark": "none", "minor_tick_mark": "none", "major_gridlines": grid,
    }  # fmt: skip
    if said.form == "bars":
        # The first row of the table on top, and the numbers' axis below all the same.
        category |= {"reverse": True, "name": "", "crossing": "max"}
    if labelled:
        value |= {"label_position": "none"}
    if said.several != "shares" and all(
        _is_small_count(cell) for place in said.series for cell in block.columns[place].cells
    ):
        value |= {"major_unit": 1}
    across, up = (category, value) if said.form == "columns" else (value, category)
    chart.set_x_axis(across)
    chart.set_y_axis(up)


def _font(size: int, *, bold: bool = False, color: str = _QUIET) -> dict[str, Any]:
    return {"name": "Calibri", "size": size, "bold": bold, "color": color}
