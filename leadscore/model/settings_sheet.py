"""The sheet Settings: one setting per row."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadscore.model.grid import Grid
from leadscore.model.model import Settings
from leadscore.model.operands import pieces_of
from leadscore.model.table import Entry, Headings, read_table
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary
from leadscore.reference import country_code

SETTINGS = Headings(("setting", "value", "comment"), ("setting", "value"))
MAX_DECIMALS = 6


def read_settings(grid: Grid, reader: Reader) -> Settings:
    """Every setting that is said; an unknown one, a wrong value or one said twice is told."""
    said: dict[str, Any] = {}
    for row in read_table(grid, SETTINGS, reader.language, reader.findings):
        name = reader.word(row["setting"], "settings", "setting")
        if name in said:
            reader.findings.add("name-twice", row["setting"].place, row["setting"].text, first=name)
        if name and not row["value"].is_blank:
            said[name] = _SETTINGS[name](row["value"], reader)
    said.pop("language", None)
    return Settings(**{name: value for name, value in said.items() if value is not None})


def said_language(grid: Grid) -> str:
    """The language that the sheet sets, '' when it sets none that we know."""
    for cells in grid.rows:
        for label, value in pairwise(cells):
            if vocabulary("settings").find(str(label.value or "")) == "language":
                return vocabulary("languages").find(str(value.value or ""))
    return ""


def _whole_number(entry: Entry, reader: Reader) -> int | None:
    number = reader.number(entry, "Value", percent=False)
    if number is not None and (number < 0 or not number.is_integer()):
        reader.findings.add("setting-wrong", entry.place, entry.text, wanted="a whole number, 0 or more")
        return None
    return None if number is None else int(number)


def _decimals(entry: Entry, reader: Reader) -> int | None:
    number = _whole_number(entry, reader)
    if number is not None and number > MAX_DECIMALS:
        reader.findings.add("setting-wrong", entry.place, entry.text, wanted=f"a whole number from 0 to {MAX_DECIMALS}")
        return None
    return number


def _country(entry: Entry, reader: Reader) -> str | None:
    code = country_code(entry.text)
    if not code:
        reader.findings.add("setting-wrong", entry.place, entry.text, wanted="a country, such as France or FR")
    return code or None


def _time_zone(entry: Entry, reader: Reader) -> str | None:
    try:
        return ZoneInfo(entry.text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reader.findings.add("setting-wrong", entry.place, entry.text, wanted="a time zone, such as Europe/Paris")
        return None


def _language(entry: Entry, reader: Reader) -> str | None:
    return reader.word(entry, "languages", "language") or None


def _text(entry: Entry, _: Reader) -> str:
    return entry.text


# Setting -> how its value is read.
_SETTINGS: dict[str, Callable[[Entry, Reader], Any]] = {
    "source_sheet": _text,
    "header_row": _whole_number,
    "id_field": _text,
    "language": _language,
    "country": _country,
    "time_zone": _time_zone,
    "decimals": _decimals,
    "examples_as_of": lambda entry, reader: reader.day(entry, "Value"),
    "result_columns": lambda entry, _: tuple(pieces_of(entry.text)),
}
