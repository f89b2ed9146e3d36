"""What the sheet Run says of the ruler beside its stamp: the bands, the matrix, and where leads come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadscore.model.decisions import Matrix, MatrixCell
from leadscore.model.model import Band, Model, Settings
from leadscore.pipeline.results import TOTAL, Results
from leadscore.plan.names import Names

_BAND, _CELL = "band: ", "matrix: "
_ROWS, _COLUMNS = "matrix_rows", "matrix_columns"
SOURCE_COLUMNS = "source_columns"  # the columns that hold the field `source`, '; ' between
_SEPARATOR = "; "


def ruler_rows(results: Results) -> dict[str, object]:
    """'band: total: Hot' -> 60 ('' where it has no limit), 'matrix: A / 1' -> its action; none where there are none."""
    model = results.plan.model
    return {**_account_rows(model.settings), **_band_rows(model), **_matrix_rows(model.matrix), **_source_row(results)}


def bands_of_rows(rows: Mapping[str, object]) -> dict[str, tuple[Band, ...]]:
    """The bands by score ('' the total), in the order of the model, from the rows of the sheet."""
    found: dict[str, list[Band]] = {}
    for name, value in rows.items():
        if name.startswith(_BAND):
            score, _, band = name.removeprefix(_BAND).partition(": ")
            score = "" if score == TOTAL else score
            start = float(value) if isinstance(value, int | float) else None
            found.setdefault(score, []).append(Band(score=score, name=band, start=start))
    return {score: tuple(bands) for score, bands in found.items()}


def matrix_of_rows(rows: Mapping[str, object], bands: Mapping[str, Sequence[Band]]) -> Matrix | None:
    """The matrix, from the rows of the sheet and the bands they name; None where there is none."""
    scores = [str(rows.get(name, "")) for name in (_ROWS, _COLUMNS)]
    if not all(scores):
        return None
    row_score, column_score = ("" if score == TOTAL else score for score in scores)
    cells = tuple(
        MatrixCell(row_band=row.name, column_band=column.name, action=str(rows[name] or ""))
        for row in bands.get(row_score, ())
        for column in bands.get(column_score, ())
        if (name := _cell_name(row.name, column.name)) in rows
    )
    return Matrix(row_score=row_score, column_score=column_score, cells=cells)


def source_columns_of_rows(rows: Mapping[str, object]) -> tuple[str, ...]:
    """The headings that hold where a lead comes from."""
    return tuple(name for name in str(rows.get(SOURCE_COLUMNS, "")).split(_SEPARATOR) if name)


def _account_rows(settings: Settings) -> dict[str, object]:
    """How leads make an account's score; none where they do not."""
    said = {"account_roll_up": settings.account_roll_up, "account_weight": settings.account_weight}
    return {name: str(text) for name, text in said.items() if text and settings.account_roll_up}


def _band_rows(model: Model) -> dict[str, object]:
    return {
        f"{_BAND}{band.score or TOTAL}: {band.name}": "" if band.start is None else band.start for band in model.bands
    }


def _matrix_rows(matrix: Matrix | None) -> dict[str, object]:
    if matrix is None:
        return {}
    cells = {_cell_name(cell.row_band, cell.column_band): cell.action for cell in matrix.cells}
    return {_ROWS: matrix.row_score or TOTAL, _COLUMNS: matrix.column_score or TOTAL, **cells}


def _cell_name(row_band: str, column_band: str) -> str:
    return f"{_CELL}{row_band} / {column_band}"


def _source_row(results: Results) -> dict[str, object]:
    source = Names.of(results.plan.own_columns, results.plan.model.fields).source_of("source")
    if source is None or source.is_made:
        return {}
    return {SOURCE_COLUMNS: _SEPARATOR.join(source.columns)}
