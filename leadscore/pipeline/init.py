"""A workbook to start from: a few leads and a commented model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.errors import OutputError, UsageError
from leadscore.fields.recognise import field_names
from leadscore.model.operators import FAMILIES
from leadscore.model.templates import TEMPLATES, heading_note, template_sheets
from leadscore.model.typed import decimal_mark_of
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.sheets.template_book import Dropdown, TemplateSheet, write_template
from leadscore.values.numbers import read_number

_FILE_NAMES: dict[Language, str] = {"en": "leads.xlsx", "fr": "prospects.xlsx"}
_NUMBERS = ("weight", "points", "from", "minimum", "maximum")
_WIDTHS = {"criterion": 24, "field": 20, "operator": 18, "value": 30, "comment": 50, "setting": 20, "column": 24}


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
    sheets = template_sheets(template, language)
    write_template([model_sheet(name, rows, language) for name, rows in sheets.items()], path, language)
    return path


def model_sheet(name: str, rows: list[list[str]], language: Language) -> TemplateSheet:
    """A sheet of a model, or *Source*, from its rows as texts, headings first: with help, drop-downs and formats."""
    headings, *body = rows
    if vocabulary("sheets").find(name) == "source":
        return TemplateSheet(name, headings, body, text_headings=frozenset(headings), is_input=False)
    canonical = {heading: vocabulary("headings").find(heading) for heading in headings}
    numbers = frozenset(heading for heading, known in canonical.items() if known in _NUMBERS)
    is_number = [heading in numbers for heading in headings]
    return TemplateSheet(
        name,
        headings,
        [[_cell(cell, number, language) for cell, number in zip(row, is_number, strict=False)] for row in body],
        notes={heading: note for heading in headings if (note := heading_note(name, heading, language))},
        dropdowns={h: choice for h, known in canonical.items() if (choice := _choices(known, language))},
        text_headings=frozenset(heading for heading, known in canonical.items() if known in ("value", "")),
        number_headings=numbers,
        bar_headings=frozenset(heading for heading, known in canonical.items() if known == "points"),
        widths={heading: _WIDTHS[known] for heading, known in canonical.items() if known in _WIDTHS},
    )


def _cell(text: str, is_number: bool, language: Language) -> Any:
    read = read_number(text, decimal_mark_of(language)) if is_number else None
    return text if read is None else read.number


def _choices(heading: str, language: Language) -> Dropdown | None:
    """What a column offers; other values are asked about where people may extend the list, refused elsewhere."""
    said = {
        "kind": [vocabulary("kinds").say(name, language) for name in vocabulary("kinds").names],
        "operator": [vocabulary("operators").say(name, language) for name in FAMILIES],
        "field": [
            *(vocabulary("columns").say(name, language) for name in ENRICHMENT_COLUMNS),
            *field_names(),
        ],
        "type": [vocabulary("types").say(name, language) for name in vocabulary("types").names],
        "setting": [vocabulary("settings").say(name, language) for name in vocabulary("settings").names],
    }
    return Dropdown(tuple(said[heading])) if heading in said else None
