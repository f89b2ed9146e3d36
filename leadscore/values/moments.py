"""Many stamps at once: the calendar day of each, and its second where it tells one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.values.days import TIME, DayOrder, read_day
from leadscore.values.folding import fold

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

_TAIL = re.compile(TIME)
_DIGITS = "0123456789"
_FRACTION = re.compile(r"[.,][0-9]+(?![.,0-9])")  # of a second
_MINUTES = 24 * 60  # of a day
_UNIX_EPOCH = 719_163  # ordinal of 1970-01-01
# Ordinals of days that no zone can move out of the calendar.
_FIRST_MOVED, _LAST_MOVED = 3, 3_652_057


@dataclass(frozen=True)
class Moments:
    """What each text says of when: `days` as proleptic ordinals, `instants` as seconds that can be subtracted.

    A day is NaN where the text is no date, an instant where it tells no second. Midnight is the mere date.
    """

    days: Floats
    instants: Floats


@dataclass(frozen=True)
class Stamps:
    """Texts cut in two, the day and the time of day: `days[day_codes[i]]` and `times[time_codes[i]]` of text i.

    Days and times of day recur even where stamps do not, so that each is read once. A text that cannot be cut is a day.
    """

    texts: Sequence[str]
    days: Sequence[str]
    day_codes: Codes
    times: Sequence[str]
    time_codes: Codes

    def read(self, order: DayOrder, zone: ZoneInfo | None = None) -> Moments:
        """The day that read_day gives of each text, and its instant: a million stamps in about a second."""
        days = np.array([_ordinal(day, order, zone) for day in self.days], dtype=float)[self.day_codes]
        clocks = np.array([_clock(time) for time in self.times], dtype=float).reshape(-1, 3)[self.time_codes]
        minutes, seconds, offsets = clocks.T
        instants = days * _MINUTES * 60 + seconds - np.nan_to_num(offsets) * 60
        if zone is not None:
            days = _moved(days, minutes - offsets, zone)
        for place in np.flatnonzero(np.isnan(days) | np.isnan(minutes)).tolist():
            days[place] = _ordinal(self.texts[place], order, zone)
        return Moments(days, instants)


def cut_stamps(texts: Sequence[str]) -> Stamps:
    """Trimmed texts, each cut where its time of day begins."""
    pieces = [_cut(text) for text in texts]
    day_codes, days = pd.factorize(np.array([day for day, _ in pieces], dtype=object))
    time_codes, times = pd.factorize(np.array([time for _, time in pieces], dtype=object))
    return Stamps(texts, days.tolist(), day_codes, times.tolist(), time_codes)


def _cut(text: str) -> tuple[str, str]:
    """('2026-03-01', 'T14:30:05Z') of '2026-03-01T14:30:05.123Z'; the whole text where no time shows."""
    if not text.isascii():
        return text, ""
    if len(text) == 19 and text[10] in " T" and text[13] == ":" and text[9] != " ":  # as nearly every program writes it
        return text[:10], text[10:]
    colon = text.find(":")
    if colon < 3:
        return text, ""
    start = colon - 3 if text[colon - 3] in " Tt" and text[colon - 2] != " " else colon - 2
    if text[start] in "Tt" and text[start - 1] == " ":
        return text, ""
    if text[start - 1 : start] == ",":
        start -= 1
    rest = text[colon + 6 :]
    if _FRACTION.match(rest):
        rest = rest[1:].lstrip(_DIGITS)
    return text[:start], text[start : colon + 6] + rest


def _clock(tail: str) -> tuple[float, float, float]:
    """Minute and second of the day and the offset of a zone in minutes, NaN for what is not said.

    The minute is NaN where the whole text has to be asked: an hour that no clock shows, no time at all.
    """
    if not tail:
        return 0.0, np.nan, np.nan
    start = " " if tail[0] == " " else ""
    match = _TAIL.fullmatch(start + fold(tail))
    if match is None or not match["clock"]:
        return np.nan, np.nan, np.nan
    numbers = [int(piece) for piece in re.split("[:h.,]", match["clock"])]
    hour = numbers[0] % 12 + (12 if match["half"].startswith("p") else 0) if match["half"] else numbers[0]
    offset = _offset(match["zone"] or "")
    if offset is None or hour > 23 or numbers[1] > 59:
        return np.nan, np.nan, np.nan
    minute = hour * 60 + numbers[1]
    second = minute * 60 + numbers[2] if len(numbers) > 2 else 0
    return float(minute), float(second) or np.nan, offset


def _offset(zone: str) -> float | None:
    """Minutes east of Greenwich, NaN where no zone is named, None where there is no such offset: '+0130' -> 90."""
    if zone[:1] not in {"+", "-"}:
        return 0.0 if zone else np.nan
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if hours > 23 or minutes > 59:
        return None
    return float(f"{zone[0]}{hours * 60 + minutes}")


def _moved(days: Floats, minutes: Floats, zone: ZoneInfo) -> Floats:
    """The days in a zone of what happened these minutes (of Greenwich) after their midnights; NaN where unsure."""
    moved = days.copy()
    has_offset = ~np.isnan(minutes)
    is_inside = (days >= _FIRST_MOVED) & (days <= _LAST_MOVED)
    moved[has_offset & ~is_inside] = np.nan
    places = np.flatnonzero(has_offset & is_inside)
    since_epoch = ((days[places] - _UNIX_EPOCH) * _MINUTES + minutes[places]) * 60
    stamps = pd.DatetimeIndex(since_epoch.astype(np.int64).astype("datetime64[s]"), tz="UTC")
    local = stamps.tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[D]")
    moved[places] = local.astype(np.int64) + _UNIX_EPOCH
    return moved


def _ordinal(text: str, order: DayOrder, zone: ZoneInfo | None) -> float:
    day = read_day(text, order, zone)
    return np.nan if day is None else float(day.toordinal())
