"""Days as people type them: '01/03/2026', '1.3.26', '2026-03-01', '1er mars 2026', 'March 3, 2026'."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from leadscore.values.folding import fold

DayOrder = Literal["day-month", "month-day"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier jan janv",
            "february fevrier feb fev fevr",
            "march mars mar",
            "april avril apr avr",
            "may mai",
            "june juin jun",
            "july juillet jul juil",
            "august aout aug",
            "september septembre sep sept",
            "october octobre oct",
            "november novembre nov",
            "december decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_CLOCK = r"(?P<clock>\d{1,2}(?:[:h]\d{2})(?::\d{2}(?:[.,]\d+)?)?)\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?P<zone>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?"  # '+01' is how PostgreSQL shows it, 'UTC' how Ruby does
TIME = rf"(?:(?:,? +|t){_CLOCK}\s*{_ZONE})?"  # of a folded text, behind its day
_ISO = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){TIME}")
_NUMERIC = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}}){TIME}"
)
_DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?[ .-]+(?P<month>[a-z]+)\.?[ .,-]+(?P<year>\d{{4}}){TIME}"
)
_MONTH_DAY = re.compile(rf"(?P<month>[a-z]+)\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}}){TIME}")
# '12-oct.', 'nov-50': what Excel shows of a '10-12' or '11-50' that it took for a day or a month.
_NO_YEAR_OR_NO_DAY = re.compile(r"\d{1,2}[-/. ](?P<after>[a-z]{3,9})\.?|(?P<before>[a-z]{3,9})\.?[-/. ](?:\d{2}|\d{4})")
_CENTURY_TURN = 70  # two-digit years: 00-69 are 20xx, 70-99 are 19xx (POSIX strptime says 69; Excel says 30)


def read_day(text: str, order: DayOrder, zone: ZoneInfo | None = None) -> date | None:
    """The calendar day a text means, None when it means none. `order` decides only what the text leaves open.

    A time is dropped; a stamp with an offset ('2026-03-01T23:30:00Z') is first moved to `zone`, where one is given.
    """
    plain = fold(text)
    if match := _ISO.fullmatch(plain):
        return _moved(match, _day(match["year"], match["month"], match["day"]), zone)
    if match := _NUMERIC.fullmatch(plain):
        shown = order_shown(text) or order
        day, month = (match["first"], match["second"]) if shown == "day-month" else (match["second"], match["first"])
        return _moved(match, _day(match["year"], month, day), zone)
    if match := _DAY_MONTH.fullmatch(plain) or _MONTH_DAY.fullmatch(plain):
        return _moved(match, _day(match["year"], str(_MONTHS.get(match["month"], 0)), match["day"]), zone)
    return None


def order_shown(text: str) -> DayOrder | None:
    """The order that a numeric date gives away: '13/02/2026' -> 'day-month'; None where it does not tell."""
    match = _NUMERIC.fullmatch(fold(text))
    if match is None:
        return None
    if int(match["first"]) > 12:
        return "day-month"
    return "month-day" if int(match["second"]) > 12 else None


def is_ambiguous_day(text: str) -> bool:
    """Whether day/month and month/day are both a fair reading and differ: '01/03/2026', not '03/03/2026'."""
    match = _NUMERIC.fullmatch(fold(text))
    return (
        match is not None and max(int(match["first"]), int(match["second"])) <= 12 and match["first"] != match["second"]
    )


def is_day_like(text: str) -> bool:
    """Whether a text is a day, or a month with a day or a year alone ('12-oct.', 'nov-50'); '10-12' is not."""
    if match := _NO_YEAR_OR_NO_DAY.fullmatch(fold(text)):
        return (match["after"] or match["before"]) in _MONTHS
    return read_day(text, "day-month") is not None or read_day(text, "month-day") is not None


def _day(year: str, month: str, day: str) -> date | None:
    full_year = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < _CENTURY_TURN else 1900)
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None


def _moved(match: re.Match[str], day: date | None, zone: ZoneInfo | None) -> date | None:
    if day is None or zone is None or not match["zone"]:
        return day
    offset = match["zone"].replace(":", "").ljust(5, "0") if match["zone"][0] in "+-" else "+0000"
    hour, minute = map(int, match["clock"].replace("h", ":").split(":")[:2])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    try:
        stamp = datetime.strptime(f"{day.isoformat()} {hour}:{minute}{offset}", "%Y-%m-%d %H:%M%z")
        return stamp.astimezone(zone).date()
    except (ValueError, OverflowError):  # an hour that no clock shows, or the last day of the calendar
        return day
