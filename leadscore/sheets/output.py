"""Sheets as they are to be written, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["source", "text", "band", "flag", "number", "score", "percent", "integer", "date"]
Language = Literal["en", "fr"]

# The author in the properties of every results workbook: by it a later run knows that it may replace the file.
AUTHOR = "leadscore"


@dataclass(frozen=True)
class OutColumn:
    """One column: its heading, a cell per row, how the cells show, and a note that says what the column means.

    `source` cells are a user's own (`values.cells.Cell`) and are written back as they were. The other kinds are ours:
    text, band labels, flags (True, False, '' for blank), dates, numbers (float, int, NaN for blank), shares 0..1 shown
    as percentages. `width` is in characters, 0 finds one that suits the cells. `group` columns can be folded away.
    """

    heading: str
    cells: Sequence[Any]
    kind: Kind = "source"
    note: str = ""
    width: float = 0
    group: bool = False


@dataclass(frozen=True)
class OutSheet:
    """One sheet: its name, its columns (all of one length), and the decimals its scores are shown with.

    It has filters unless said otherwise, and `frozen_columns` stay in view when it is scrolled sideways.
    """

    name: str
    columns: Sequence[OutColumn]
    decimals: int = 1
    filters: bool = True
    frozen_columns: int = 0

    @property
    def row_count(self) -> int:
        """How many data rows the sheet has."""
        return len(self.columns[0].cells) if self.columns else 0


@dataclass(frozen=True)
class OutBook:
    """What one run writes: its sheets in order, and the day that stands in the workbook's properties.

    Dates and percentages are shown as readers of `language` write them.
    """

    sheets: Sequence[OutSheet]
    as_of: date
    title: str = "leadscore results"
    language: Language = "en"
