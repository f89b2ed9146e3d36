"""Random models as the sheets that a person would type, and live workbooks recalculated by LibreOffice."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import openpyxl

from leadscore.model.frozen import ListName
from leadscore.model.model import Kind

SCORING = ["Score", "Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points", "Policy", "Min", "Max"]
HAS_SOFFICE = shutil.which("soffice") is not None


def sheets_of(model):
    """Sheet name -> rows, as a person types them."""
    blanks = random.Random(model.hash)  # noqa: S311
    sheets = {
        "Scoring": [[*SCORING, "Segment", "Until"], *(row for one in model.criteria for row in _rows(one, blanks))],
        "Scores": [
            ["Score", "Method", "Min", "Max", "In total", "Segment", "Cap unless segment"],
            *(
                [one.name, one.method, one.minimum, one.maximum, one.in_total, one.segment, one.cap_unless_segment]
                for one in model.scores
            ),
        ],
        "Bands": [["Band", "From", "Action"], *([one.name, one.start, f"do {one.name}"] for one in model.bands)],
        "Segments": [
            ["Segment", "Field", "Operator", "Value"],
            *([one.name, row.field, row.operator, _typed(row)] for one in model.segments for row in one.conditions),
        ],
        "Lists": _columns({one.name: one.entries for one in model.lists}),
        "Settings": [["Setting", "Value"], ["Decimals", model.settings.decimals], ["Language", "English"]],
    }
    return {name: rows for name, rows in sheets.items() if len(rows) > 1}


def _rows(one, blanks):
    for case in one.cases:
        weight = None if one.weight == 1.0 and blanks.random() < 0.5 else one.weight
        points = "skip" if case.points is None else case.points
        typed = [one.kind, weight, one.field, case.operator, _typed(case), points, one.policy, one.minimum, one.maximum]
        yield [one.score, one.name, *typed, one.segment, one.last_day]


def _typed(test):
    if test.operator in ("in list", "not in list"):
        return "; ".join(operand.list_name for operand in test.operands)
    if test.operands and not isinstance(test.operands[0], (str, ListName)) and len(test.operands) == 1:
        return str(test.operands[0])
    return "; ".join(map(str, test.operands))


def _columns(lists):
    longest = max(map(len, lists.values()))
    return [
        list(lists),
        *([entries[row] if row < len(entries) else None for entries in lists.values()] for row in range(longest)),
    ]


def write_sheets(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(value) for value in row])
    book.save(path)
    return path


def _cell(value):
    return None if value == "" else str(value) if isinstance(value, Kind) or hasattr(value, "value") else value


def edit(path, edited, numbers):
    """A copy of a workbook with other numbers in some cells ('Scoring!G4'); it has no cached values."""
    book = openpyxl.load_workbook(path)
    for place, number in numbers.items():
        book[place.sheet][place.cell] = number
    for name in {"Enriched", "Summary"} & set(book.sheetnames):  # large, and no formula is there
        del book[name]
    book.save(edited)
    return edited


def recalculated(paths: list[Path], folder: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them after computing every formula; all in one go."""
    out = folder / "recalculated"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=3000)
    return [out / path.name for path in paths]


def results_of(path, sheet="Results"):
    """Heading -> cells of a sheet, blanks as ''."""
    rows = list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
    return {heading: ["" if row[at] is None else row[at] for row in rows[1:]] for at, heading in enumerate(rows[0])}
