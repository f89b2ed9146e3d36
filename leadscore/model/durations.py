"""Lengths of time as people write them in a model: '4 h', '2 days', '30 min', '1 semaine'."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leadscore.model.table import Entry
from leadscore.model.typed import Reader, is_percent
from leadscore.model.vocabulary import vocabulary
from leadscore.values.cells import CellError
from leadscore.values.folding import fold
from leadscore.values.numbers import read_number

_AMOUNT_AND_UNIT = re.compile(r"(?P<amount>\d[\d.,]*)\s*(?P<unit>[a-z]*)\.?")
_HOURS = {"minutes": 1 / 60, "hours": 1.0, "days": 24.0, "weeks": 168.0}
_DAYS = {"days": 1.0, "weeks": 7.0}
_MOST_DAYS = 1_000_000  # more than 2,700 years: an age that no activity has
_MOST_HOURS = 366 * 24.0  # a year: later than that nobody follows up


def read_hours(entry: Entry, reader: Reader) -> float | None:
    """The hours that a cell means, None when blank or wrong; a number alone is hours. More than 0, at most a year."""
    if entry.is_blank or isinstance(entry.cell.value, CellError):
        return None
    hours = _length(entry.text, reader, _HOURS, "hours")
    if hours is None or not 0 < hours <= _MOST_HOURS:
        reader.findings.add("duration-wrong", entry.place, entry.text, examples=_examples(reader))
        return None
    return hours


def read_days(entry: Entry, heading: str, reader: Reader, *, whole: bool) -> float | None:
    """The days that a cell means, None when blank or wrong; a number alone is days, '4 weeks' are 28.

    A whole number of them from 0 on, or any number above 0.
    """
    if entry.is_blank or isinstance(entry.cell.value, CellError):
        return None
    days = None if is_percent(entry) else _length(entry.text, reader, _DAYS, "days")
    if days is None or days > _MOST_DAYS or not (days.is_integer() if whole else days > 0):
        what = "whole number of days" if whole else "number of days above 0"
        examples = f"30, 30 {reader.say('durations', 'days')}, 4 {reader.say('durations', 'weeks')}"
        said = reader.say("headings", heading)
        reader.findings.add("day-count-wrong", entry.place, entry.text, heading=said, what=what, examples=examples)
        return None
    return days


def _length(text: str, reader: Reader, units: Mapping[str, float], bare: str) -> float | None:
    """The length of time a text means, in what `units` count; a number alone has the unit `bare`."""
    match = _AMOUNT_AND_UNIT.fullmatch(fold(text))
    unit = vocabulary("durations").find(match["unit"] or bare) if match else ""
    number = read_number(match["amount"], reader.decimal_mark) if match and unit in units else None
    return number.number * units[unit] if number else None


def _examples(reader: Reader) -> str:
    """'4 hours, 2 days' in the language of the model."""
    return f"4 {reader.say('durations', 'hours')}, 2 {reader.say('durations', 'days')}"
