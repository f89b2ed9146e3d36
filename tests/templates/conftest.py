import csv
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from leadscore.model.grid import Grid, GridCell, Grids
from leadscore.model.parse import is_model_sheet, parse_model
from leadscore.model.templates import TEMPLATES, template_sheets
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.init import write_starter
from leadscore.pipeline.line import score_leads
from leadscore.sheets.model_files import read_grids

AS_OF = date(2026, 11, 23)
BOTH = [(template, language) for template in TEMPLATES for language in ("en", "fr")]


def folder_of(template, language):
    return Path(str(files("leadscore.model.templates"))) / template / language


def parsed(path):
    """The model of a file or folder; there must be nothing to say about it."""
    model, issues = parse_model(read_grids(path, is_model_sheet))
    assert not issues
    return model


def parsed_rows(sheets):
    """The model of rows by sheet name, as they stand in CSV files."""
    grids = [
        Grid(name, tuple(tuple(map(GridCell, row)) for row in rows))
        for name, rows in sheets.items()
        if is_model_sheet(name)
    ]
    return parse_model(Grids(tuple(grids), "rows", "folder"))[0]


def leads_of(template, language):
    return rows_of(folder_of(template, language) / "Source.csv")


def activities_of(template, language):
    """What the leads did; None where the template is not about it."""
    path = folder_of(template, language) / f"{vocabulary('sheets').say('activities', language)}.csv"
    return rows_of(path) if path.is_file() else None


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        headings, *rows = csv.reader(file)
    return pd.DataFrame(rows, columns=headings, dtype=object)


def scored(model, leads, activities=None):
    """Every score of every lead, the total first, and who is excluded; nothing else depends on the language."""
    table = score_leads(leads, model, activities=activities, as_of=AS_OF).table
    names = ["score", *(score.name for score in model.scores if len(model.scores) > 1)]
    excluded = [frozenset(filter(None, names.split("; "))) for names in table["excluded_by"]]
    return [table[name].astype(object).where(table[name].notna(), None).tolist() for name in names], excluded


@pytest.fixture(scope="session")
def templates():
    """The templates as they are shipped, and ways to read and score them."""
    return SimpleNamespace(
        both=BOTH, as_of=AS_OF, folder=folder_of, parsed=parsed, rows=template_sheets, leads=leads_of, scored=scored,
        activities=activities_of, parsed_rows=parsed_rows, write=write_starter,
    )  # fmt: skip


@pytest.fixture(params=BOTH, ids="-".join)
def template(request, templates):
    """One template in one language: name, language, model, and the rows of its sheets."""
    name, language = request.param
    return SimpleNamespace(
        name=name,
        language=language,
        model=parsed(folder_of(name, language)),
        rows=template_sheets(name, language),
        leads=leads_of(name, language),
        activities=activities_of(name, language),
    )
