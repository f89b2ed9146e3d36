"""A workbook that is pleasant to fill in: the model and the sample sheets that `leadscore init` makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from leadscore.errors import OutputError
from leadscore.sheets.output import Language, OutColumn
from leadscore.sheets.safe_write import replace_file
from leadscore.sheets.template_choices import ChoiceLists, Dropdown
from leadscore.sheets.write_layout import (
    A4,
    DATA_BAR,
    LINE_HEIGHT,
    add_note,
    add_table,
    column_width,
    header_height,
    ranges_beside_bars,
)
from leadscore.sheets.write_rows import Page, write_rows
from leadscore.sheets.write_styles import INK, SOURCE_HEADER, Styles
from leadscore.sheets.write_workbook import WORKBOOK_OPTIONS, check_workbook, close_workbook
from leadscore.values.cells import text_of

# Not the author of results: a run must never take a user's model for a file that it may replace.
TEMPLATE_AUTHOR = "leadscore init"
_MADE = datetime.fromisoformat("2026-01-01")  # any fixed time, so that equal templates are equal files

SPARE_ROWS = 200  # rows below the last that have drop-downs and formats too

_FIGURE_LABEL_WIDTH, _FIGURE_WIDTH, _GAP_WIDTH = 17, 8, 3  # characters

_INPUT, _INPUT_BAND, _RULE = "#FFFDF2", "#FFF8DC", "#EFE8CC"
_COMMENT = "#6B7280"
_GOOD, _BAD = "#8CC9A1", "#F0A8A0"
_TEXT = "@"

__all__ = ["SPARE_ROWS", "Dropdown", "Figure", "Question", "TemplateSheet", "figure_cell", "write_template"]

_POINTS_BAR = {**DATA_BAR, "bar_color": _GOOD, "bar_negative_color": _BAD, "min_type": "num", "max_type": "num"}


@dataclass(frozen=True)
class Question:
    """What Excel asks before it keeps a typed cell: `formula` is about {cell}, and true where nothing is to ask."""

    formula: str
    title: str
    message: str


@dataclass(frozen=True)
class Figure:
    """A computed cell beside the table, in the heading row: a label and a formula, each with what it gives now."""

    label: str
    label_now: str
    formula: str
    now: float
    note: str = ""


@dataclass(frozen=True)
class TemplateSheet:
    """One sheet to fill in: headings and rows, and per heading its help, drop-down, format and width in characters.

    `text_headings` are formatted as Text, so that Excel keeps 10-12 and 06 as typed; `bar_headings` show green and red
    bars. `is_input` paints the cells pale yellow: the ones to edit. `figures` stand to the right of the table, in the
    heading row: neither sorted nor filtered with it, and always in sight.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    dropdowns: Mapping[str, Dropdown] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    figures: Sequence[Figure] = ()
    text_headings: frozenset[str] = frozenset()
    number_headings: frozenset[str] = frozenset()
    bar_headings: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)
    is_input: bool = True

    def cells(self, position: int) -> tuple[Any, ...]:
        """One column's cells; blank where a row is shorter. Those of a text heading are texts."""
        cells = tuple(row[position] if position < len(row) else "" for row in self.rows)
        return tuple(text_of(cell) for cell in cells) if self.headings[position] in self.text_headings else cells


def write_template(sheets: Sequence[TemplateSheet], path: Path, language: Language = "en") -> None:
    """Write a new workbook of these sheets; equal sheets give equal bytes.

    Headings of a sheet must be distinct and not blank. Raises OutputError when there is a file of that name already, or
    none can be written there.
    """
    if path.exists() or path.is_symlink():
        raise OutputError(f"{path} exists already and is left as it is; choose another folder, or move it away first")

    def write(temp: Path) -> None:
        workbook = Workbook(str(temp), WORKBOOK_OPTIONS)
        workbook.set_properties({"title": "leadscore model", "author": TEMPLATE_AUTHOR, "created": _MADE})
        _TemplateBook(workbook, Styles(workbook, language)).add(sheets)
        close_workbook(workbook)

    replace_file(path, write, check_workbook)


@dataclass
class _TemplateBook:
    workbook: Workbook
    styles: Styles
    choices: ChoiceLists = field(default_factory=ChoiceLists)

    def add(self, sheets: Sequence[TemplateSheet]) -> None:
        pages = [Page(self.workbook.add_worksheet(sheet.name), self.styles, decimals=1) for sheet in sheets]
        for page, sheet in zip(pages, sheets, strict=True):
            self._fill(page, sheet)
        self.choices.write(self.workbook, {sheet.name: [sheet.headings, *sheet.rows] for sheet in sheets})

    def _fill(self, page: Page, sheet: TemplateSheet) -> None:
        columns = [
            OutColumn(heading, sheet.cells(position), width=sheet.widths.get(heading, 0))
            for position, heading in enumerate(sheet.headings)
        ]
        widths = [column_width(column, decimals=1) for column in columns]
        for position, (heading, width) in enumerate(zip(sheet.headings, widths, strict=True)):
            page.sheet.set_column(position, position, width, self._format(sheet, heading))
            self._dress_column(page.sheet, sheet, position)
            if heading in sheet.notes:
                add_note(page, position, sheet.notes[heading])
        labels = [figure.label_now for figure in sheet.figures]
        label_widths = [_FIGURE_LABEL_WIDTH] * len(labels)
        page.sheet.set_row(0, header_height([*sheet.headings, *labels], [*widths, *label_widths]))
        self._add_table(page, sheet)
        write_rows(page, columns)
        if sheet.is_input:
            self._set_heights(page, sheet, widths)
        self._write_comments(page, sheet)
        self._write_figures(page, sheet)
        page.sheet.freeze_panes(1, 0)
        page.sheet.set_landscape()
        page.sheet.set_paper(A4)
        page.sheet.fit_to_pages(1, 0)

    def _set_heights(self, page: Page, sheet: TemplateSheet, widths: Sequence[float]) -> None:
        """Rows as high as their wrapped texts: LibreOffice does not find out by itself."""
        for number, row in enumerate(sheet.rows, start=1):
            texts = [text_of(cell) for cell in row]
            is_note = bool(texts) and texts[0].startswith("#")
            lines = [len(wrap(text, int(width))) for text, width in zip(texts, widths, strict=False)]
            if max(lines, default=0) > 1 and not is_note:
                page.sheet.set_row(number, max(lines) * LINE_HEIGHT)

    def _write_comments(self, page: Page, sheet: TemplateSheet) -> None:
        """Rows that speak to people run on over their empty neighbours instead of being wrapped."""
        style = self.styles.get(italic=True, font_color=_COMMENT, text_wrap=False, valign="top")
        for number, row in enumerate(sheet.rows, start=1):
            if row and str(row[0]).startswith("#"):
                page.sheet.write_string(number, 0, str(row[0]), style)

    def _format(self, sheet: TemplateSheet, heading: str) -> Format:
        """The whole column's format, so that rows added later have it too. A user's leads are not wrapped."""
        lines = {"text_wrap": sheet.is_input, "valign": "top"}
        if heading in sheet.text_headings:
            return self.styles.get(num_format=_TEXT, align="left", **lines)
        if heading in sheet.bar_headings:
            return self.styles.get(align="right", indent=1, **lines)
        if heading in sheet.number_headings:
            return self.styles.get(align="center", **lines)
        return self.styles.get(**lines)

    def _dress_column(self, worksheet: Worksheet, sheet: TemplateSheet, position: int) -> None:
        heading, last_row = sheet.headings[position], len(sheet.rows) + SPARE_ROWS
        area = (1, position, last_row, position)
        if heading in sheet.bar_headings:
            worksheet.conditional_format(*area, _bar(sheet.cells(position)))
        if question := sheet.questions.get(heading):
            cell = xl_rowcol_to_cell(1, position)
            worksheet.data_validation(
                *area,
                {
                    "validate": "custom",
                    "value": "=" + question.formula.format(cell=cell),
                    "error_type": "warning",
                    "error_title": question.title,
                    "error_message": question.message,
                },
            )
        if dropdown := sheet.dropdowns.get(heading):
            worksheet.data_validation(
                *area,
                {
                    "validate": "list",
                    "source": self.choices.source(dropdown),
                    "error_type": "stop" if dropdown.strict else "warning",
                    "show_error": dropdown.asks,
                },
            )

    def _write_figures(self, page: Page, sheet: TemplateSheet) -> None:
        """Each in two cells, a free column after the table."""
        grey = {"bg_color": SOURCE_HEADER, "valign": "vcenter", "bold": True, "font_color": INK}
        label, number = self.styles.get(text_wrap=True, **grey), self.styles.get(align="left", **grey)
        if sheet.figures:
            page.sheet.set_column(len(sheet.headings), len(sheet.headings), _GAP_WIDTH)
        for place, figure in enumerate(sheet.figures):
            column = _figure_column(len(sheet.headings), place)
            page.sheet.set_column(column, column, _FIGURE_LABEL_WIDTH)
            page.sheet.set_column(column + 1, column + 1, _FIGURE_WIDTH)
            page.sheet.write_formula(0, column, f"={figure.label}", label, figure.label_now)
            page.sheet.write_array_formula(0, column + 1, 0, column + 1, f"{{={figure.formula}}}", number, figure.now)
            if figure.note:
                add_note(page, column, figure.note)

    def _add_table(self, page: Page, sheet: TemplateSheet) -> None:
        style = page.styles.header("text" if sheet.is_input else "source")
        columns = [{"header": heading, "header_format": style} for heading in sheet.headings]
        last_row = max(len(sheet.rows), 1)
        add_table(page, last_row, {"columns": columns, "style": "Table Style Light 1"})
        page.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + SPARE_ROWS}"})
        if sheet.is_input:
            self._paint(page, sheet, last_row + SPARE_ROWS)

    def _paint(self, page: Page, sheet: TemplateSheet, last_row: int) -> None:
        """Pale yellow wherever a row has something in it: rules, so that added and sorted rows look right."""
        row = f"COUNTA($A2:{xl_col_to_name(len(sheet.headings) - 1, col_abs=True)}2)>0"
        line = {"bottom": 1, "bottom_color": _RULE}
        for criteria, color in ((f"=AND({row},MOD(ROW(),2)=1)", _INPUT_BAND), (f"={row}", _INPUT)):
            shade = page.styles.get(bg_color=color, **line)
            rule = {"type": "formula", "criteria": criteria, "format": shade}
            for first, last in ranges_beside_bars([heading in sheet.bar_headings for heading in sheet.headings]):
                page.sheet.conditional_format(1, first, last_row, last, rule)


def figure_cell(headings: int, place: int) -> str:
    """Where the number of a figure stands, beside a table of so many headings: '$N$1'."""
    return str(xl_rowcol_to_cell(0, _figure_column(headings, place) + 1, row_abs=True, col_abs=True))


def _figure_column(headings: int, place: int) -> int:
    return headings + 1 + 2 * place


def _bar(cells: Sequence[Any]) -> dict[str, Any]:
    """Bars on the scale of the largest positive number, lest the -1000 of an exclusion make all others vanish."""
    largest = max([cell for cell in cells if isinstance(cell, int | float) and cell > 0], default=100)
    return {**_POINTS_BAR, "min_value": -largest, "max_value": largest}
