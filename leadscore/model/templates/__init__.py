"""Models to start from: folders of CSV files, one per sheet, and the help that stands on their headings."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import TypedDict

from leadscore.fields.recognise import field_of
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.values.folding import name_key

TEMPLATES = ("simple", "fit-engagement", "bant", "b2c", "product-lines")
# A template has those of these sheets that it needs, in the order of a workbook.
_ORDER = (
    *("source", "scoring", "scores", "behaviours", "activities", "bands", "matrix", "segments", "lists", "settings"),
    *("fields", "overrides", "examples", "journal"),
)
_EXPECTS = ("expect ", "attendu ")


class _Note(TypedDict, total=False):
    en: str
    fr: str
    called: list[str]


def template_sheets(template: str, language: Language) -> dict[str, list[list[str]]]:
    """Sheet name -> its rows, headings first, in the order of a workbook. Raises KeyError for an unknown template."""
    if template not in TEMPLATES:
        raise KeyError(template)
    folder = files("leadscore.model.templates").joinpath(template, language)
    sheets: dict[str, list[list[str]]] = {}
    for sheet in _ORDER:
        name = vocabulary("sheets").say(sheet, language)
        file = folder.joinpath(f"{name}.csv")
        if file.is_file():
            sheets[name] = list(csv.reader(StringIO(file.read_text(encoding="utf-8"))))
    return sheets


def heading_note(sheet: str, heading: str, language: Language) -> str:
    """The help of a heading as it is written in a sheet of the model, with an example; '' when there is none."""
    name = vocabulary("sheets").find(sheet)
    notes = _notes().get(name, {})
    key = _key_of(name, heading, notes)
    return notes[key][language] if key else ""


@cache
def _notes() -> dict[str, dict[str, _Note]]:
    text = files("leadscore.model.templates").joinpath("notes.toml").read_text(encoding="utf-8")
    notes: dict[str, dict[str, _Note]] = tomllib.loads(text)
    return notes


def _key_of(sheet: str, heading: str, notes: dict[str, _Note]) -> str:
    """Under which key of a sheet's notes a heading has its own, '' for none."""
    for key, note in notes.items():
        if name_key(heading) in map(name_key, note.get("called", ())):
            return key
    if sheet == "examples" and heading.casefold().startswith(_EXPECTS):
        return "expect"
    if sheet == "matrix" and "/" in heading:
        return "corner"
    headings = vocabulary("headings")
    known = field_of(heading) if sheet == "source" else headings.only(set(notes) & set(headings.names)).find(heading)
    return known if known in notes else "any" if "any" in notes else ""
