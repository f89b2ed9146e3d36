"""A workbook to start from: a few leads and a commented model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from leadscore.errors import OutputError, UsageError
from leadscore.model.grid import Grid, GridCell, Grids
from leadscore.model.model import Model
from leadscore.model.parse import is_model_sheet, parse_model
from leadscore.model.templates import TEMPLATES, heading_note, template_sheets
from leadscore.model.typed import decimal_mark_of
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.best_score import best_figures
from leadscore.pipeline.starter_rules import StarterBook, dropdown, question
from leadscore.sheets.template_book import Figure, TemplateSheet, write_template
from leadscore.values.numbers import read_number

_FILE_NAMES: dict[Language, str] = {"en": "leads.xlsx", "fr": "prospects.xlsx"}
_NUMBERS = ("weight", "points", "from", "minimum", "maximum", "in_total", "at_least", "window", "decay_days")
_TEXTS = ("value", "activity", "band", "lead", "column", "blank_values", "")  # '': a heading that is the template's own
_DAYS = ("until",)
_FREE_SHEETS = ("source", "activities", "matrix", "lists", "examples", "journal")  # their headings are the user's
_DATA_SHEETS = ("source", "activities")  # what comes from elsewhere; all others are the model, to edit
_WIDTHS = {"criterion": 24, "field": 24, "operator": 20, "value": 32, "comment": 52, "setting": 20, "column": 24}
_WIDTHS |= {"behaviour": 24, "activity": 32, "decay": 16, "stage": 12, "product": 16}
_WIDTHS |= {
    "segment": 18,
    "score": 14,
    "band": 14,
    "action": 50,
    "lead": 12,
    "reason": 42,
    "until": 14,
    "points": 16,
    "in_total": 16,
}
_SHEET_WIDTHS = {"settings": {"comment": 90, "value": 20}}
_FREE_WIDTHS = {"matrix": 26, "lists": 22}
_JOURNAL_WIDTHS = (14, 14, 50, 50)


def write_starter(folder: Path, template: str, language: Language) -> Path:
    """Write the workbook of a template into a folder, made if needed; its path.

    Raises UsageError for an unknown template, OutputError where a file of that name is there already.
    """
    if template not in TEMPLATES:
        raise UsageError(f'no template "{template}"; there are: {", ".join(TEMPLATES)}')
    path = folder / _FILE_NAMES[language]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(f"{folder} cannot be made ({problem.strerror}); give another folder") from problem
    write_template(dressed(template_sheets(template, language), language), path, language)
    return path


def dressed(written: Mapping[str, list[list[str]]], language: Language) -> list[TemplateSheet]:
    """A model's sheets, rows by name, headings first, with help, drop-downs, formats and the best possible score."""
    rows = {vocabulary("sheets").find(name): sheet for name, sheet in written.items()}
    figures = best_figures(_parsed(written), rows, language)
    return [_sheet(name, rows, language, figures if name == "scoring" else ()) for name in rows]


def _parsed(sheets: Mapping[str, Sequence[Sequence[str]]]) -> Model:
    grids = [Grid(name, tuple(tuple(map(GridCell, row)) for row in rows)) for name, rows in sheets.items()]
    return parse_model(Grids(tuple(grid for grid in grids if is_model_sheet(grid.name)), "", "folder"))[0]


def _sheet(
    name: str, rows: Mapping[str, list[list[str]]], language: Language, figures: Sequence[Figure]
) -> TemplateSheet:
    said = vocabulary("sheets").say(name, language)
    headings, *body = rows[name]
    notes = {heading: note for heading in headings if (note := heading_note(said, heading, language))}
    if name in _FREE_SHEETS:
        widths = dict(zip(headings, _free_widths(name, len(headings)), strict=True))
        texts = frozenset(headings)
        is_input = name not in _DATA_SHEETS
        return TemplateSheet(said, headings, body, notes, text_headings=texts, widths=widths, is_input=is_input)
    book = StarterBook(rows, language)
    known = {heading: vocabulary("headings").find(heading) for heading in headings}
    return TemplateSheet(
        said,
        headings,
        [[_cell(cell, known[heading], language) for cell, heading in zip(row, headings, strict=False)] for row in body],
        notes,
        dropdowns={h: offered for h, heading in known.items() if (offered := dropdown(name, heading, book))},
        questions={h: asked for h, heading in known.items() if (asked := question(name, heading, language))},
        figures=figures,
        text_headings=_named(known, _TEXTS),
        number_headings=_named(known, _NUMBERS),
        bar_headings=_named(known, ("points",)),
        widths=_widths(name, known),
    )


def _named(known: Mapping[str, str], names: Sequence[str]) -> frozenset[str]:
    return frozenset(heading for heading, name in known.items() if name in names)


def _widths(name: str, known: Mapping[str, str]) -> dict[str, int]:
    widths = _WIDTHS | _SHEET_WIDTHS.get(name, {})
    return {heading: widths[canonical] for heading, canonical in known.items() if canonical in widths}


def _free_widths(name: str, columns: int) -> Sequence[int]:
    """Widths in characters, 0 for what suits the cells."""
    return _JOURNAL_WIDTHS if name == "journal" else (_FREE_WIDTHS.get(name, 0),) * columns


def _cell(text: str, heading: str, language: Language) -> Any:
    """A number or a day where the column holds such, else the text."""
    if heading in _DAYS and text:
        return date.fromisoformat(text)
    read = read_number(text, decimal_mark_of(language)) if heading in _NUMBERS else None
    return text if read is None else read.number
