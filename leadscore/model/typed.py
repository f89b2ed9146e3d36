"""Single cells of the model read as numbers, days, yes or no, and words; each wrong one becomes an issue."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime

from leadscore.issues import Place
from leadscore.model.findings import Findings
from leadscore.model.table import Entry
from leadscore.model.vocabulary import Language, Vocabulary, vocabulary
from leadscore.values.booleans import read_boolean
from leadscore.values.cells import CellError, number_text
from leadscore.values.days import DayOrder, is_ambiguous_day, read_day
from leadscore.values.folding import fold
from leadscore.values.numbers import DecimalMark, is_ambiguous, read_number

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

MOST_NUMBER = 1e12  # weights and points of this size can still be multiplied and added exactly enough


@dataclass(frozen=True)
class Reader:
    """Reads cells in the model's language and tells what is wrong with them. Headings are named canonically."""

    language: Language
    findings: Findings

    @property
    def decimal_mark(self) -> DecimalMark:
        """How an undecidable number is read."""
        return decimal_mark_of(self.language)

    @property
    def day_order(self) -> DayOrder:
        """How an undecidable date is read."""
        return day_order_of(self.language)

    def say(self, group: str, name: str) -> str:
        """What the model's language calls a name, as messages quote it: 'weight' -> 'Poids'."""
        return vocabulary(group).say(name, self.language)

    def quiet(self) -> Reader:
        """A reader whose findings nobody sees."""
        return Reader(self.language, Findings())

    def number(self, entry: Entry, heading: str, *, percent: bool = True) -> float | None:
        """A number up to MOST_NUMBER, None when blank or wrong.

        A percentage is a share; where it makes no sense, an error.
        """
        value = entry.cell.value
        if entry.is_blank or isinstance(value, CellError):
            return None
        said = self.say("headings", heading)
        if isinstance(value, date):
            self.findings.add("number-date", entry.place, entry.text, heading=said)
            return None
        if not percent and is_percent(entry):
            has_weights = vocabulary("sheets").find(entry.place.sheet) == "scoring"
            shares = f"; shares belong in {self.say('headings', 'weight')}" if has_weights else ""
            self.findings.add("points-percent", entry.place, _shown_percent(entry), heading=said, shares=shares)
            return None
        read = _native_number(entry)
        if read is None and isinstance(value, str):
            read = self.typed_number(entry.text, entry.place)
        if read is None:
            example = f"1{self.decimal_mark}5"
            self.findings.add("number-wrong", entry.place, entry.text, heading=said, example=example)
        elif abs(read) > MOST_NUMBER:
            self.findings.add("number-too-large", entry.place, entry.text, heading=said, most=f"{MOST_NUMBER:,.0f}")
            return None
        return read

    def typed_number(self, text: str, place: Place) -> float | None:
        """The finite number a text means, None when it means none; an undecidable mark is told."""
        read = read_number(text, self.decimal_mark)
        if read is None or read.is_range or not math.isfinite(read.number):
            return None
        if is_ambiguous(text):
            self.findings.add("number-undecided", place, text, reading=number_text(read.number))
        return read.number

    def weight(self, entry: Entry) -> float | None:
        """A number of 0 or more."""
        number = self.number(entry, "weight")
        if number is not None and number < 0:
            points = self.say("headings", "points")
            heading = self.say("headings", "weight")
            self.findings.add("weight-negative", entry.place, entry.text, heading=heading, points=points)
            return None
        return number

    def day(self, entry: Entry, heading: str) -> date | None:
        """A calendar day: a date cell, or a date written out."""
        value = entry.cell.value
        if entry.is_blank or isinstance(value, CellError):
            return None
        said = self.say("headings", heading)
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            if shows_month_and_year(entry):
                self.findings.add("day-of-month", entry.place, day.isoformat(), heading=said)
            return day
        typed = self.typed_day(entry.text, entry.place)
        if typed is None:
            self.findings.add("day-wrong", entry.place, entry.text, heading=said)
        return typed

    def typed_day(self, text: str, place: Place) -> date | None:
        """The day a text means in the model's language, None when it means none; undecidable order is told."""
        day = read_day(text, self.day_order)
        if day is not None and is_ambiguous_day(text):
            self.findings.add("day-undecided", place, text, reading=day.isoformat())
        return day

    def yes_no(self, entry: Entry, heading: str) -> bool:
        """Yes or no in any spelling; yes when blank."""
        answer = None if entry.is_blank else read_boolean(entry.text)
        if answer is None and entry.text:
            self.findings.add("yes-no-wrong", entry.place, entry.text, heading=self.say("headings", heading))
        return answer is not False

    def word(self, entry: Entry, group: str, what: str) -> str:
        """The canonical name of a word of a group of the vocabulary, '' when blank or wrong."""
        return self.word_of(entry, vocabulary(group), what)

    def word_of(self, entry: Entry, words: Vocabulary, what: str) -> str:
        """The canonical name of one of some words, '' when blank or wrong."""
        if not entry.text:
            return ""
        name = words.find(entry.text)
        if not name:
            near = words.closest(entry.text, self.language)
            hint = f'did you mean "{near}"?' if near else f"allowed: {words.all_said(self.language)}"
            self.findings.add("word-unknown", entry.place, entry.text, what=what, hint=hint)
        return name


def decimal_mark_of(language: Language) -> DecimalMark:
    """How an undecidable '1.500' is read: French writes decimals with a comma, so 1500."""
    return "," if language == "fr" else "."


def day_order_of(language: Language) -> DayOrder:
    """How an undecidable '01/03/2026' is read: 1 March in French, 3 January in English."""
    return "day-month" if language == "fr" else "month-day"


def is_percent(entry: Entry) -> bool:
    """Whether a cell is a percentage: a text that ends in %, or a number that is shown with it."""
    if isinstance(entry.cell.value, str):
        return "%" in fold(entry.text)
    return _native_number(entry) is not None and "%" in _QUOTED.sub("", entry.cell.number_format)


def _native_number(entry: Entry) -> float | None:
    """The finite number that a number cell holds, None for any other cell; yes and no are no numbers."""
    value = entry.cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None


def _shown_percent(entry: Entry) -> str:
    number = _native_number(entry)
    return entry.text if number is None else f"{number_text(round(number * 100, 6))} %"


def looks_rewritten(entry: Entry) -> bool:
    """Whether Excel made a date of something else: '10-12' gets the format d-mmm, 'mars 26' the format mmm-yy."""
    if not isinstance(entry.cell.value, date):
        return False
    has_day, has_month, has_year = _parts_shown(entry)
    return has_month and not (has_day and has_year)


def shows_month_and_year(entry: Entry) -> bool:
    """Whether a date is shown as 'mars 26' or 'Mar-26', so that its day was never typed."""
    has_day, has_month, has_year = _parts_shown(entry)
    return isinstance(entry.cell.value, date) and has_month and has_year and not has_day


def _parts_shown(entry: Entry) -> tuple[bool, bool, bool]:
    """Whether the number format shows a day, a month, a year; 'j' and 'a' are the French jour and année."""
    letters = set(_QUOTED.sub("", entry.cell.number_format).casefold())
    return bool(letters & {"d", "j"}), "m" in letters, bool(letters & {"y", "a"})
