"""Models as grids, without a file: sheets as rows of plain values, and single cells changed by address."""

import re
from datetime import date

import pandas as pd

from leadscore.errors import ModelError
from leadscore.model.grid import BLANK, Grid, GridCell, Grids
from leadscore.model.parse import parse_model
from leadscore.plan.plan import make_plan
from leadscore.values.cells import CellError

AS_OF = date(2026, 11, 21)
HEADINGS = ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"]
_ADDRESS = re.compile(r"(?P<sheet>.+)!(?P<letter>[A-Z])(?P<row>\d+)")


def cell_of(value):
    """A value as a cell; {value, format} for a number format, {error} for an error ('' : never calculated)."""
    if isinstance(value, GridCell):
        return value
    if isinstance(value, dict):
        value = CellError(value["error"]) if "error" in value else cell_of(value["value"]).value, value.get("format")
        return GridCell(value[0], value[1] or "General")
    return BLANK if value == "" else GridCell(value)


def grids_of(sheets, changes=None, hidden=None, unread=()):
    """Sheet name -> rows, with some cells ('Scoring!F2') replaced, some rows hidden, some sheets not loaded."""
    cells = {name: [[cell_of(value) for value in row] for row in rows] for name, rows in sheets.items()}
    for address, value in (changes or {}).items():
        match = _ADDRESS.fullmatch(address)
        rows, row, column = cells[match["sheet"]], int(match["row"]), ord(match["letter"]) - ord("A")
        rows.extend([] for _ in range(row - len(rows)))
        rows[row - 1].extend([BLANK] * (column + 1 - len(rows[row - 1])))
        rows[row - 1][column] = cell_of(value)
    grids = [
        Grid(name, tuple(map(tuple, rows)), frozenset((hidden or {}).get(name, ()))) for name, rows in cells.items()
    ]
    return Grids(tuple(grids), "model.xlsx", "workbook", tuple(unread))


def leads_of(rows):
    headings, *body = rows
    return pd.DataFrame(body, columns=headings, dtype=object)


def findings(grids, leads=None):
    """Every issue that reading a model and binding it to leads tells, in order, right or wrong."""
    try:
        model, issues = parse_model(grids)
        return [*issues, *make_plan(model, leads, AS_OF).issues]
    except ModelError as problem:
        return list(problem.issues)


def model_of(*rows, headings=HEADINGS, **sheets):
    """The model of rows of the sheet Scoring and of other sheets; nothing may be wrong or doubtful."""
    model, issues = parse_model(grids_of({"Scoring": [headings, *rows], **sheets}))
    assert not issues, [str(issue) for issue in issues]
    return model


def one_case(operator="is", value="x", points=1, field="Budget", **sheets):
    """The case of a model with one criterion."""
    return model_of(["Budget", "potential", 1, field, operator, value, points], **sheets).criteria[0].cases[0]
