"""Sheets as they are to be written, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal["source", "text", "number", "score", "percent", "integer", "date"]


@dataclass(frozen=True)
class OutColumn:
    """One column: its heading, a cell per row, how the cells show, and a note that says what the column means.

    `source` cells are a user's own (`values.cells.Cell`) and are written back as they were. The other kinds are ours:
    text, numbers (float, int, NaN for blank), shares 0..1 shown as percentages. `group` columns can be folded away.
    """

    heading: str
    cells: Sequence[Any]
    kind: Kind = "source"
    note: str = ""
    width: int = 0
    group: bool = False


@dataclass(frozen=True)
class OutSheet:
    """One sheet: its name, its columns (all of one length), and the decimals its scores are shown with."""

    name: str
    columns: Sequence[OutColumn]
    decimals: int = 1
    filters: bool = True


@dataclass(frozen=True)
class OutBook:
    """What one run writes: its sheets in order, and the day that stands in the workbook's properties."""

    sheets: Sequence[OutSheet]
    as_of: date
    title: str = "leadscore results"
    comments: str = field(default="")
