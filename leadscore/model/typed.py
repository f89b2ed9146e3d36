"""Single cells of the model read as numbers, days, yes or no, and words; each wrong one becomes an issue."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime

from leadscore.model.findings import Findings
from leadscore.model.table import Entry
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.values.booleans import read_boolean
from leadscore.values.cells import CellError
from leadscore.values.days import DayOrder, is_ambiguous_day, read_day
from leadscore.values.numbers import DecimalMark, is_ambiguous, read_number

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(frozen=True)
class Reader:
    """Reads cells in the model's language and tells what is wrong with them."""

    language: Language
    findings: Findings

    @property
    def decimal_mark(self) -> DecimalMark:
        return decimal_mark_of(self.language)

    @property
    def day_order(self) -> DayOrder:
        return day_order_of(self.language)

    def number(self, entry: Entry, heading: str, *, percent: bool = True) -> float | None:
        """A finite number, None when blank or wrong. A percentage is a share; where it makes no sense, an error."""
        value = entry.cell.value
        if entry.is_blank or isinstance(value, CellError):
            return None
        if isinstance(value, date):
            self.findings.add("number-date", entry.place, entry.text, heading=heading)
            return None
        if not percent and ("%" in entry.text or "%" in _QUOTED.sub("", entry.cell.number_format)):
            self.findings.add("points-percent", entry.place, self._shown_percent(entry), heading=heading)
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        return self._typed_number(entry, heading)

    def _typed_number(self, entry: Entry, heading: str) -> float | None:
        read = read_number(entry.text, self.decimal_mark) if isinstance(entry.cell.value, str) else None
        if read is None or read.is_range:
            self.findings.add("number-wrong", entry.place, entry.text, heading=heading)
            return None
        if is_ambiguous(entry.text):
            self.findings.add("number-undecided", entry.place, entry.text, reading=f"{read.number:g}")
        return read.number

    @staticmethod
    def _shown_percent(entry: Entry) -> str:
        value = entry.cell.value
        return entry.text if isinstance(value, str) or value is None else f"{float(str(value)):.0%}"

    def weight(self, entry: Entry, heading: str) -> float | None:
        """A number of 0 or more."""
        number = self.number(entry, heading)
        if number is not None and number < 0:
            self.findings.add("weight-negative", entry.place, entry.text)
            return None
        return number

    def day(self, entry: Entry, heading: str) -> date | None:
        """A calendar day: a date cell, or a date written out."""
        value = entry.cell.value
        if isinstance(value, datetime):
            return value.date()
        if entry.is_blank or isinstance(value, date | CellError):
            return value if isinstance(value, date) else None
        day = self.typed_day(entry, entry.text)
        if day is None:
            self.findings.add("day-wrong", entry.place, entry.text, heading=heading)
        return day

    def typed_day(self, entry: Entry, text: str) -> date | None:
        """The day a text means in the model's language, None when it means none; undecidable order is told."""
        day = read_day(text, self.day_order)
        if day is not None and is_ambiguous_day(text):
            self.findings.add("day-undecided", entry.place, text, reading=day.isoformat())
        return day

    def yes_no(self, entry: Entry, heading: str, *, blank: bool) -> bool:
        """Yes or no in any spelling; `blank` when blank."""
        if entry.is_blank:
            return blank
        answer = read_boolean(entry.text)
        if answer is None:
            self.findings.add("yes-no-wrong", entry.place, entry.text, heading=heading)
        return blank if answer is None else answer

    def word(self, entry: Entry, group: str, what: str) -> str:
        """The canonical name of a word of a closed list, '' when blank or wrong."""
        if entry.is_blank:
            return ""
        words = vocabulary(group)
        name = words.find(entry.text)
        if not name and not isinstance(entry.cell.value, CellError):
            near = words.closest(entry.text)
            hint = f'did you mean "{near}"?' if near else f"allowed: {words.all_said(self.language)}"
            self.findings.add("word-unknown", entry.place, entry.text, what=what, hint=hint)
        return name


def decimal_mark_of(language: Language) -> DecimalMark:
    """How an undecidable '1.500' is read: French writes decimals with a comma, so 1500."""
    return "," if language == "fr" else "."


def day_order_of(language: Language) -> DayOrder:
    """How an undecidable '01/03/2026' is read: 1 March in French, 3 January in English."""
    return "day-month" if language == "fr" else "month-day"


def looks_rewritten(entry: Entry) -> bool:
    """Whether Excel made a date of something else: '10-12' gets the format d-mmm, 'mars 26' the format mmm-yy."""
    if not isinstance(entry.cell.value, date):
        return False
    parts = set(_QUOTED.sub("", entry.cell.number_format).casefold()) & set("dmyja")
    has_day, has_year = bool(parts & {"d", "j"}), bool(parts & {"y", "a"})
    return "m" in parts and not (has_day and has_year)
