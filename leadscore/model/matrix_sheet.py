"""The sheet Matrix: bands of one score down, bands of another across, an action where they meet."""

from __future__ import annotations

from leadscore.issues import Place
from leadscore.model.decisions import Matrix, MatrixCell
from leadscore.model.grid import BLANK, Grid, cell_letter
from leadscore.model.table import speaks, tell_error
from leadscore.model.typed import Reader
from leadscore.values.cells import text_of


def read_matrix(grid: Grid, reader: Reader) -> Matrix | None:
    """The matrix, None without any cell or (told) when its corner does not name two scores.

    Scores and bands are checked by `parse`.
    """
    top = next((number for number, cells in enumerate(grid.rows) if speaks(cells)), None)
    if top is None:
        return None
    left = next(index for index, cell in enumerate(grid.rows[top]) if not cell.is_blank)
    corner, place = text_of(grid.rows[top][left].value), _place(grid, top, left)
    row_score, mark, column_score = corner.partition("/")
    if not (mark and row_score.strip() and column_score.strip()):
        reader.findings.add("matrix-corner", place, corner)
        return None
    column_bands = [(index, text_of(cell.value)) for index, cell in enumerate(grid.rows[top]) if index > left]
    cells: list[MatrixCell] = []
    for number in range(top + 1, len(grid.rows)):
        row = grid.rows[number]
        row_band = text_of(row[left].value) if left < len(row) else ""
        if not speaks(row) or not row_band:
            continue
        for index, band in column_bands:
            if band:
                cells.append(
                    MatrixCell(
                        row_band=row_band,
                        column_band=band,
                        action=_action(grid, number, index, reader),
                        place=_place(grid, number, index),
                        row_place=_place(grid, number, left),
                        column_place=_place(grid, top, index),
                    )
                )
    if not cells:
        return None
    return Matrix(row_score=row_score.strip(), column_score=column_score.strip(), cells=tuple(cells), place=place)


def _action(grid: Grid, row: int, column: int, reader: Reader) -> str:
    cell = grid.rows[row][column] if column < len(grid.rows[row]) else BLANK
    tell_error(cell, _place(grid, row, column), reader.findings)
    return text_of(cell.value)


def _place(grid: Grid, row: int, column: int) -> Place:
    return Place(grid.name, row + 1, cell_letter(column))
