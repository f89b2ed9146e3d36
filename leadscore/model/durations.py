"""Lengths of time as people write them in a model: '4 h', '2 days', '30 min', '1 semaine'."""

from __future__ import annotations

import re

from leadscore.model.table import Entry
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary
from leadscore.values.cells import CellError
from leadscore.values.folding import fold
from leadscore.values.numbers import read_number

_AMOUNT_AND_UNIT = re.compile(r"(?P<amount>\d[\d.,]*)\s*(?P<unit>[a-z]*)\.?")
_HOURS = {"minutes": 1 / 60, "hours": 1.0, "days": 24.0, "weeks": 168.0}
_MOST_HOURS = 366 * 24.0  # a year: later than that nobody follows up


def read_hours(entry: Entry, reader: Reader) -> float | None:
    """The hours that a cell means, None when blank or wrong; a number alone is hours. More than 0, at most a year."""
    if entry.is_blank or isinstance(entry.cell.value, CellError):
        return None
    hours = _hours(entry.text, reader)
    if hours is None or not 0 < hours <= _MOST_HOURS:
        reader.findings.add("duration-wrong", entry.place, entry.text, examples=_examples(reader))
        return None
    return hours


def _hours(text: str, reader: Reader) -> float | None:
    match = _AMOUNT_AND_UNIT.fullmatch(fold(text))
    unit = vocabulary("durations").find(match["unit"] or "hours") if match else ""
    number = read_number(match["amount"], reader.decimal_mark) if match and unit else None
    return number.number * _HOURS[unit] if number else None


def _examples(reader: Reader) -> str:
    """'4 hours, 2 days' in the language of the model."""
    return f"4 {reader.say('durations', 'hours')}, 2 {reader.say('durations', 'days')}"
