"""A model's sheets as plain grids of cells, before anything is understood of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from leadscore.values.cells import CellError
from leadscore.values.folding import trim


@dataclass(frozen=True)
class GridCell:
    """One cell: its value and the format code it is shown with ('General' where the file knows no formats).

    A cell that holds an error is a `values.cells.CellError`, a str: '#DIV/0!', or ''
    for a formula that was never calculated.
    """

    value: str | int | float | bool | date | datetime | time | None = None
    number_format: str = "General"

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it: no value, or spaces only. An error is not blank."""
        return self.value is None or (
            isinstance(self.value, str) and not isinstance(self.value, CellError) and not trim(self.value)
        )


BLANK = GridCell()


@dataclass(frozen=True)
class Grid:
    """One sheet. `rows[0]` is row 1 and its first cell is in column A, so a cell's address is its position.

    Rows may differ in length: each ends at its last cell that is not blank.
    """

    name: str
    rows: tuple[tuple[GridCell, ...], ...]
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Grids:
    """The sheets of one model, in the order of the file, and where they came from.

    `other_names` are the sheets that were not loaded, because they are no model's by their names.
    """

    sheets: tuple[Grid, ...]
    path: str
    kind: Literal["workbook", "csv", "folder"]
    other_names: tuple[str, ...] = ()


def cell_letter(index: int) -> str:
    """The letter of a column counted from 0: 0 -> 'A', 25 -> 'Z', 26 -> 'AA'."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
