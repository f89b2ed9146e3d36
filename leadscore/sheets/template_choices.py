"""The values that drop-downs offer: fixed ones, and what the workbook itself holds, read live by formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from leadscore.values.cells import text_of

CHOICES_SHEET = "_choices"
_LONGEST_LIST = 255  # characters of a list written into the cell rule itself; Excel "repairs" files with longer ones
_SPARE_CHOICES = 20  # what people add to the workbook later appears in its drop-downs too
_HEADINGS_READ, _ROWS_READ = 60, 200
_COMMENT = "#"


@dataclass(frozen=True)
class Held:
    """Texts that a sheet holds: its headings, or with `column` (counted from 0) the cells below one of them.

    `bracketed` offers them as [text], the way a case names a whole list.
    """

    sheet: str
    column: int | None = None
    bracketed: bool = False

    @property
    def area(self) -> str:
        """Where they stand, as a formula names it."""
        if self.column is None:
            return f"'{self.sheet}'!{xl_range_abs(0, 0, 0, _HEADINGS_READ - 1)}"
        return f"'{self.sheet}'!{xl_range_abs(1, self.column, _ROWS_READ, self.column)}"

    def now(self, rows: Sequence[Sequence[object]]) -> Iterable[str]:
        """What stands there in a sheet of these rows, headings first."""
        cells = rows[0] if self.column is None else [row[self.column] for row in rows[1:] if len(row) > self.column]
        texts = (text_of(cell) for cell in cells)
        return (f"[{text}]" if self.bracketed else text for text in texts if text and not text.startswith(_COMMENT))

    def formula(self, above: str, otherwise: str) -> str:
        """The first of the texts that is not among the cells `above` yet; `otherwise` when all are."""
        shown = f'"["&{self.area}&"]"' if self.bracketed else self.area
        taken = f"COUNTIF({above},{shown})+" if above else ""
        skipped = f'({self.area}="")+(LEFT({self.area},1)="{_COMMENT}")'
        found = f"INDEX({self.area},MATCH(0,{taken}{skipped},0))"
        return f"IFERROR({self._bracket(found)},{otherwise})"

    def _bracket(self, formula: str) -> str:
        return f'"["&{formula}&"]"' if self.bracketed else formula


@dataclass(frozen=True)
class Dropdown:
    """The values a column offers: `choices`, then what the workbook holds.

    `strict` refuses others; else Excel asks whether to keep them, or with `asks` False just takes them.
    """

    choices: tuple[str, ...] = ()
    strict: bool = False
    held: tuple[Held, ...] = ()
    asks: bool = True


@dataclass
class ChoiceLists:
    """The lists of one workbook that do not fit into the rules of its cells, each in a column of a hidden sheet."""

    named: dict[tuple[tuple[str, ...], tuple[Held, ...]], str] = field(default_factory=dict)

    def source(self, dropdown: Dropdown) -> list[str] | str:
        """A drop-down's values, or the name of the range that holds them."""
        choices = dropdown.choices
        fits = len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices)
        if fits and not dropdown.held:
            return list(choices)
        name = self.named.setdefault((choices, dropdown.held), f"choices_{len(self.named) + 1}")
        return f"={name}"

    def write(self, workbook: Workbook, rows: Mapping[str, Sequence[Sequence[object]]]) -> None:
        """The hidden sheet, when a list needs it. `rows` are those of every sheet by its name, headings first."""
        if not self.named:
            return
        worksheet = workbook.add_worksheet(CHOICES_SHEET)
        worksheet.hide()
        for position, ((choices, held), name) in enumerate(self.named.items()):
            for row, choice in enumerate(choices):
                worksheet.write_string(row, position, choice)
            last = len(choices) - 1
            if held:
                now = [text for one in held for text in one.now(rows[one.sheet])]
                last = _write_held(worksheet, (len(choices), position), held, _new(now, choices))
            workbook.define_name(name, _range(position, last, is_live=bool(held)))


def _new(texts: Iterable[str], choices: tuple[str, ...]) -> list[str]:
    """The texts in order, each once whatever its case, without those among the choices: as the formulas find them."""
    taken = {choice.casefold() for choice in choices}
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(text.casefold(), text)
    return [text for key, text in first.items() if key not in taken]


def _write_held(worksheet: Worksheet, start: tuple[int, int], held: tuple[Held, ...], now: list[str]) -> int:
    """Formulas from a cell downwards, with what they give now; the last row."""
    first, position = start
    last = first + len(now) + _SPARE_CHOICES
    for row in range(first, last + 1):
        above = f"{xl_rowcol_to_cell(0, position, row_abs=True)}:{xl_rowcol_to_cell(row - 1, position)}" if row else ""
        formula = reduce(lambda rest, one: one.formula(above, rest), reversed(held), '""')
        value = now[row - first] if row - first < len(now) else ""
        worksheet.write_array_formula(row, position, row, position, f"{{={formula}}}", None, value)
    return last


def _range(position: int, last: int, *, is_live: bool) -> str:
    """The cells of one list; of a live one those that hold something."""
    whole = f"'{CHOICES_SHEET}'!{xl_range_abs(0, position, last, position)}"
    if not is_live:
        return f"={whole}"
    first = f"'{CHOICES_SHEET}'!${xl_col_to_name(position)}$1"
    return f'={first}:INDEX({whole},MAX(1,COUNTIF({whole},"?*")))'
