"""Models to start from: folders of CSV files, one per sheet, and the help that stands on their headings."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from io import StringIO

from leadscore.model.vocabulary import Language, vocabulary

TEMPLATES = ("simple",)
_ORDER = ("source", "scoring", "bands", "settings", "fields", "lists")


def template_sheets(template: str, language: Language) -> dict[str, list[list[str]]]:
    """Sheet name -> its rows, headings first, in the order of a workbook. Raises KeyError for an unknown template."""
    if template not in TEMPLATES:
        raise KeyError(template)
    folder = files("leadscore.model.templates").joinpath(template, language)
    sheets: dict[str, list[list[str]]] = {}
    for sheet in _ORDER:
        name = vocabulary("sheets").say(sheet, language)
        text = folder.joinpath(f"{name}.csv").read_text(encoding="utf-8")
        sheets[name] = list(csv.reader(StringIO(text)))
    return sheets


@cache
def _notes() -> dict[str, dict[str, dict[str, str]]]:
    text = files("leadscore.model.templates").joinpath("notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def heading_note(sheet: str, heading: str, language: Language) -> str:
    """The help of a heading as it is written in a sheet of the model, '' when there is none."""
    notes = _notes().get(vocabulary("sheets").find(sheet), {})
    name = vocabulary("headings").only(notes).find(heading) if notes else ""
    return notes[name][language] if name else ""
