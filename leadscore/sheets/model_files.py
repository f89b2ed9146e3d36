"""The file of a model -> plain grids: a workbook, one CSV file, or a folder of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from leadscore.errors import ModelFileError, SourceError
from leadscore.model.grid import BLANK, Grid, GridCell, Grids
from leadscore.sheets.read_csv import parse_csv
from leadscore.sheets.read_errors import UnreadableError, told
from leadscore.sheets.read_workbook import Workbook, open_workbook
from leadscore.sheets.source import ReadingOptions
from leadscore.values.cells import Cell, CellError
from leadscore.values.folding import trim

MODEL_SUFFIXES = (".xlsx", ".xlsm", ".ods", ".csv")
_CSV_SHEET = "Scoring"  # the one sheet that a model needs, so the one that a lone CSV file holds
_MOST_CELLS = 5_000_000  # between A1 and the last cell of one sheet


def read_grids(path: Path, wanted: Callable[[str], bool] = bool) -> Grids:
    """The sheets of a model whose names are `wanted`, every cell where it stands; other sheets are not loaded.

    A lone CSV file is the sheet Scoring; a folder is one sheet per CSV file, named after it. CSV cells are text.
    Raises ModelFileError, one sentence, for a file that cannot be read.
    """
    try:
        with told(str(path)):
            if path.is_dir():
                return _folder(path, wanted)
            if path.suffix.lower() == ".csv":
                return Grids((_csv_grid(path, _CSV_SHEET),), str(path), "csv")
            if path.suffix.lower() not in MODEL_SUFFIXES:
                raise UnreadableError(
                    f"is not a model; give a file in {', '.join(MODEL_SUFFIXES)}, or a folder of .csv"
                )
            return _workbook(path, wanted)
    except SourceError as problem:
        raise ModelFileError(str(problem)) from problem


def _folder(path: Path, wanted: Callable[[str], bool]) -> Grids:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
    if not files:
        raise UnreadableError("holds no .csv file; name a model workbook, or a folder of .csv files")
    sheets = tuple(_csv_grid(file, file.stem) for file in files if wanted(file.stem))
    return Grids(sheets, str(path), "folder", tuple(file.stem for file in files if not wanted(file.stem)))


def _csv_grid(path: Path, name: str) -> Grid:
    with told(str(path)):
        rows = parse_csv(path.read_bytes(), ReadingOptions())[0].rows
    return _grid(name, [[_grid_cell(cell, "General") for cell in row] for row in rows])


def _workbook(path: Path, wanted: Callable[[str], bool]) -> Grids:
    workbook = open_workbook(path.read_bytes(), path)
    sheets = tuple(_workbook_grid(workbook, sheet.name) for sheet in workbook.worksheets if wanted(sheet.name))
    others = tuple(sheet.name for sheet in workbook.worksheets if not wanted(sheet.name))
    return Grids(sheets, str(path), "workbook", others)


def _workbook_grid(workbook: Workbook, name: str) -> Grid:
    scan = workbook.scan(name, bool)
    table = workbook.table(name, scan)
    height = table.first_row + len(table.rows) - 1
    width = table.first_column + max(map(len, table.rows), default=0)
    if height * width > _MOST_CELLS:
        raise UnreadableError(f'has {height} rows and {width} columns in the sheet "{name}", too many for a model')
    rows: list[list[GridCell]] = [[] for _ in range(table.first_row - 1)]
    for number, row in enumerate(table.rows, start=table.first_row):
        codes = (scan.formats.get((number, column), "General") for column in range(table.first_column, width))
        cells = [_grid_cell(cell, code) for cell, code in zip(row, codes, strict=False)]
        rows.append([BLANK] * table.first_column + cells)
    return _grid(name, rows, scan.hidden_rows)


def _grid(name: str, rows: list[list[GridCell]], hidden_rows: frozenset[int] = frozenset()) -> Grid:
    """The grid without the blank cells at the end of each row and the blank rows at its end."""
    for row in rows:
        while row and row[-1].is_blank:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return Grid(name, tuple(map(tuple, rows)), hidden_rows)


def _grid_cell(cell: Cell, code: str) -> GridCell:
    if cell is None or (isinstance(cell, str) and not isinstance(cell, CellError) and not trim(cell)):
        return BLANK
    if isinstance(cell, timedelta):  # a duration, which no cell of a model can mean; shown as it reads
        return GridCell(str(cell), code)
    return GridCell(cell, code)
