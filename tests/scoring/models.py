"""Models for tests: from sheets as they are typed, and parts of the frozen Model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadscore.model.grid import Grid, GridCell, Grids
from leadscore.model.model import Model
from leadscore.model.parse import parse_model

Sheets = Mapping[str, Sequence[Sequence[object]]]


def model_of(sheets: Sheets) -> Model:
    """The model that these sheets say, cells as typed."""
    grids = tuple(
        Grid(name, tuple(tuple(GridCell(cell) for cell in row) for row in rows)) for name, rows in sheets.items()
    )
    return parse_model(Grids(grids, "test", "workbook"))[0]
