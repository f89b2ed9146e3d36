"""Bands of one score x bands of another -> a code and an action."""

from __future__ import annotations

from collections.abc import Sequence

from leadscore.model.decisions import Matrix

_SHORT = 2  # characters: A and 1 make A1; longer names are told apart by a slash


def matrix_codes(rows: Sequence[str], columns: Sequence[str]) -> list[str]:
    """'A1' for a lead in band A of the row score and 1 of the column score; '' where it has no band of either."""
    return [_code(row, column) for row, column in zip(rows, columns, strict=True)]


def matrix_actions(rows: Sequence[str], columns: Sequence[str], matrix: Matrix) -> list[str]:
    """The action of each lead's cell; '' where the matrix has none."""
    actions = {(cell.row_band, cell.column_band): cell.action for cell in matrix.cells}
    return [actions.get(pair, "") for pair in zip(rows, columns, strict=True)]


def _code(row: str, column: str) -> str:
    if not row or not column:
        return ""
    return f"{row}{column}" if max(len(row), len(column)) <= _SHORT else f"{row}/{column}"
