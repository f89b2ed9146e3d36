"""The model's own sheets in the results workbook, each cell where it stands, so that the workbook works alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from leadscore.errors import ModelFileError, OutputError
from leadscore.issues import Place
from leadscore.model.grid import Grid, GridCell, Grids, cell_letter
from leadscore.model.parse import is_model_sheet
from leadscore.model.vocabulary import vocabulary
from leadscore.sheets.model_files import read_grids
from leadscore.sheets.output import OutGrid
from leadscore.values.cells import text_of

_HEADINGS = 2  # so many known ones make a row the row of headings


def copied_sheets(grids: Grids, numbers: Mapping[Place, float]) -> tuple[OutGrid, ...]:
    """The sheets to write. A number that the model has as a text is a number there, so that formulas can read it."""
    return tuple(_copied(grid, numbers) for grid in grids.sheets if is_model_sheet(grid.name))


def _copied(grid: Grid, numbers: Mapping[Place, float]) -> OutGrid:
    at = {(place.row, place.letter): number for place, number in numbers.items() if place.sheet == grid.name}
    rows = tuple(
        tuple(_number(cell, at.get((row, cell_letter(index)))) for index, cell in enumerate(cells))
        for row, cells in enumerate(grid.rows, start=1)
    )
    return OutGrid(grid.name, rows, frozenset(at), next(_heading_rows(grid), 0))


def _number(cell: GridCell, number: float | None) -> GridCell:
    is_mended = number is not None and is_fixed(cell)
    return replace(cell, value=number, number_format="General") if is_mended else cell


def is_fixed(cell: GridCell) -> bool:
    """Whether a number stands in a cell as a text, or as yes and no, which formulas do not read."""
    return isinstance(cell.value, str | bool) and not cell.is_blank


def _heading_rows(grid: Grid) -> Iterator[int]:
    headings = vocabulary("headings")
    for row, cells in enumerate(grid.rows, start=1):
        if sum(bool(headings.find(text_of(cell.value))) for cell in cells) >= _HEADINGS:
            yield row


def digest_of(sheets: Iterable[OutGrid]) -> str:
    """16 hexadecimal digits that tell whether somebody changed a cell of these sheets."""
    digest = hashlib.sha256()
    for sheet in sheets:
        cells = [[text_of(cell.value) for cell in row] for row in sheet.rows]
        digest.update(repr((sheet.name, cells)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def is_live_sheet(name: str) -> bool:
    """Whether a sheet of this name is the one that --live writes."""
    return vocabulary("sheets").find(name) == "live"


def refuse_edited(path: Path) -> None:
    """Let a live workbook pass whose sheets of the model are still as the run wrote them; raises OutputError else."""
    try:
        grids = read_grids(path, lambda name: is_model_sheet(name) or is_live_sheet(name))
    except ModelFileError as problem:
        raise OutputError(str(problem)) from problem
    texts = {
        text_of(cell.value) for grid in grids.sheets if is_live_sheet(grid.name) for row in grid.rows for cell in row
    }
    if digest_of(copied_sheets(grids, {})) not in texts:
        raise OutputError(
            f"{path.name} holds a model that was edited since, which would be lost; score with -m {path.name} into "
            "another file, or move it away first"
        )
