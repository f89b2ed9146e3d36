"""Sheets as they are to be written, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from leadscore.model.grid import GridCell

Kind = Literal["source", "text", "band", "flag", "number", "score", "percent", "integer", "date", "moment"]
Language = Literal["en", "fr"]
Tone = Literal["good", "bad", "faint"]

# The author in the properties of every results workbook: by it a later run knows that it may replace the file.
AUTHOR = "leadscore"


@dataclass(frozen=True)
class Look:
    """How the cells show that read `word`: with an icon before it, in a tone, or in a strength from 0 (pale) to 1."""

    word: str
    tone: Tone | float
    icon: str = ""


@dataclass(frozen=True)
class OutColumn:
    """One column: its heading, a cell per row, how the cells show, and a note that says what the column means.

    `source` cells are a user's own (`values.cells.Cell`) and are written back as they were. The other kinds are ours:
    text, band labels, flags (True, False, '' for blank), dates, moments (shown to the minute, None for blank), numbers
    (float, int, NaN for blank), shares 0..1 shown as percentages. `width` is in characters, 0 finds one that suits the
    cells. `group` columns can be folded away, and `folded` ones are. Where a workbook has a formula of ours for a cell
    ('' for none), `cells` hold what it gives. `looks` are for words of closed lists; columns of one `shade` have
    headings of one colour, 0 is the house's own.
    """

    heading: str
    cells: Sequence[Any]
    kind: Kind = "source"
    note: str = ""
    width: float = 0
    group: bool = False
    folded: bool = False
    formulas: Sequence[str] = ()
    looks: Sequence[Look] = ()
    shade: int = 0


@dataclass(frozen=True)
class OutSheet:
    """One sheet: its name, its columns (all of one length), and the decimals its scores are shown with.

    It has filters unless said otherwise. `frozen_columns` stay in view when it is scrolled sideways, and it opens
    scrolled to `first_column`.
    """

    name: str
    columns: Sequence[OutColumn]
    decimals: int = 1
    filters: bool = True
    frozen_columns: int = 0
    first_column: int = 0

    @property
    def row_count(self) -> int:
        """How many data rows the sheet has."""
        return len(self.columns[0].cells) if self.columns else 0


@dataclass(frozen=True)
class OutGrid:
    """A sheet of the model, cell by cell: `inputs` are the (row, letter) of the cells that formulas follow.

    `heading_row` counts from 1, 0 is none.
    """

    name: str
    rows: Sequence[Sequence[GridCell]]
    inputs: frozenset[tuple[int, str]] = frozenset()
    heading_row: int = 0


@dataclass(frozen=True)
class OutChart:
    """A chart of a block's table: its first column names what is shown, `series` are the positions of those shown.

    `columns` stand, `bars` lie. Several series are stacked, from the
    least to the best; or shown as shares of 100 %: what is good, not sure, bad, blank; or the second before the first.
    `about` is what somebody is told who cannot see it.
    """

    title: str
    series: Sequence[int]
    category_axis: str
    value_axis: str
    about: str
    form: Literal["columns", "bars"] = "bars"
    several: Literal["stacked", "shares", "before"] = "stacked"


@dataclass(frozen=True)
class OutBlock:
    """One finding of a page: a sentence, a small table (all its cells of our own kinds), and the chart beside it.

    `spans` says over how many columns of the page each column of the table goes, () over one each. `more` stands under
    the table. Where `is_heat`, the larger a number of the table is, the stronger its colour.
    """

    heading: str
    columns: Sequence[OutColumn]
    chart: OutChart | None = None
    note: str = ""
    more: str = ""
    spans: Sequence[int] = ()
    is_heat: bool = False


@dataclass(frozen=True)
class OutNumber:
    """A number to read from afar, what it is, and a remark under it. NaN shows as a dash."""

    label: str
    value: float
    kind: Kind
    note: str = ""


@dataclass(frozen=True)
class OutPage:
    """A sheet that is laid out to be read and printed: at most six numbers, then blocks one below the other."""

    name: str
    title: str
    about: str
    numbers: Sequence[OutNumber]
    blocks: Sequence[OutBlock]
    decimals: int = 1


@dataclass(frozen=True)
class OutBook:
    """What one run writes: its sheets in order, and the day that stands in the workbook's properties.

    Dates and percentages are shown as readers of `language` write them. The summary comes after the first sheet,
    and the model's sheets come last.
    """

    sheets: Sequence[OutSheet]
    as_of: date
    title: str = "leadscore results"
    language: Language = "en"
    summary: OutPage | None = None
    model_sheets: Sequence[OutGrid] = ()
