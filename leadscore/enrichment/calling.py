"""Calling: the lead's time zone, and when to ring there. Never the clock: the answer is of the as-of day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from leadscore.enrichment.step import SEPARATOR, Context, MadeColumn
from leadscore.reference import country_code, weekend_in, zones_of

NEEDS = ("phone_e164", "phone_territory", "country")
REASONS = ("missing", "from_country", "several_zones", "no_zone")
MAKES = (
    MadeColumn(
        "time_zone",
        "The IANA time zone of the phone number, else of the country; of several that show the same hour on the as-of "
        "day, the main one.",
    ),
    MadeColumn(
        "time_zone_reason",
        "Why there is no time zone, or where it is from; several_zones: the lead may be where other hours are shown.",
        REASONS,
    ),
    MadeColumn(
        "best_call_window",
        "When to ring a valid number, in the model's time zone, else in the lead's: the lead's office hours that begin "
        "on the as-of day, else on the next day that has some; an end before its start is past midnight.",
    ),
)

# Local time. The hours French offices answer in, lunch left out: common practice of French B2B telephone prospecting,
# and of SalesLoft's 309,104 calls those between 9 and 18 h were answered most (sellingsherpa.com, 2019-06-05).
OFFICE_HOURS = ((time(9), time(12)), (time(14), time(18)))
_NOON = time(12)
# ACMA numbering plan: area code 07. libphonenumber 9.0.43 says Sydney for most of it, an hour off in summer.
_QUEENSLAND = "+617"
# Days around the as-of day to look at: one before, for at 9 h in Auckland it is the evening before in Paris; enough
# after it for the longest weekend.
_DAYS_AROUND = range(-1, 5)


class CallingAnswer(NamedTuple):
    """One value per made column."""

    time_zone: str = ""
    reason: str = ""
    window: str = ""


def prepare(context: Context) -> Callable[[str, str, str], CallingAnswer]:
    """Time zone and call window of a lead, from NEEDS."""
    window_of = cache(lambda zone: call_window(zone, context.as_of, context.time_zone or zone))
    zone_of_country = cache(lambda code: common_zone(zones_of(code), context.as_of))
    zone_of_number = cache(lambda zones, territory: chosen_zone(zones, territory, context.as_of))

    def answer(phone: str, territory: str, country: str) -> CallingAnswer:
        code = country_code(country)
        if not (phone or code):
            return CallingAnswer(reason="missing")
        if phone and (zone := zone_of_country(territory) or zone_of_number(number_zones(phone), territory)):
            return CallingAnswer(zone, "", window_of(zone))
        if zone := zone_of_country(code):
            return CallingAnswer(zone, "from_country", window_of(zone) if phone else "")
        return CallingAnswer(reason="several_zones" if zones_of(territory) or zones_of(code) else "no_zone")

    return answer


def number_zones(phone: str) -> tuple[str, ...]:
    """The time zones that libphonenumber gives a valid number in international form; () for one of no place (+800…).

    Some stand for others of the same hour (Bucharest for Kyiv), some go by an old name (America/Godthab).
    """
    from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

    if phone.startswith(_QUEENSLAND):
        return ("Australia/Brisbane",)
    return tuple(zone for zone in time_zones_for_number(_parsed(phone)) if zone != UNKNOWN_TIMEZONE)


def chosen_zone(zones: Sequence[str], territory: str, as_of: date) -> str:
    """The time zone of a number that may be in several: '' where they show different hours at noon of a day.

    It is one of its territory (ISO2): one that is named, else one of the same hour.
    """
    zone, own = common_zone(zones, as_of), zones_of(territory)
    if not zone:
        return ""
    named = next((name for name in own if name in zones), "")
    return named or next((name for name in own if common_zone((name, zone), as_of)), zone)


def common_zone(zones: Sequence[str], as_of: date) -> str:
    """The first of several time zones where all of them show the same hour at noon of a day, else ''."""
    if len(zones) < 2:
        return "".join(zones)
    offsets = {datetime.combine(as_of, _NOON, ZoneInfo(zone)).utcoffset() for zone in zones}
    return zones[0] if len(offsets) == 1 else ""


def _parsed(phone: str) -> Any:
    """The number behind E.164, as phonenumbers.parse gives it; that one takes twice the time of all the rest here."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumber

    digits = phone.removeprefix("+")
    length = next(length for length in (1, 2, 3) if int(digits[:length]) in COUNTRY_CODE_TO_REGION_CODE)
    national = digits[length:]
    return PhoneNumber(int(digits[:length]), int(national), italian_leading_zero=national.startswith("0") or None)


def call_window(zone: str, as_of: date, shown_in: str) -> str:
    """When it is office hours in a time zone, as the clocks of another show it: '2026-11-23 15:00-18:00; 20:00-24:00'.

    The day is the as-of day, or the first after it on which office hours begin (by the calendar of `shown_in`); so
    texts sort as the times do. Days off are the country's weekend; public holidays are not known. '' at either end of
    the calendar.
    """
    try:
        spans = _spans(zone, as_of, ZoneInfo(shown_in))
    except OverflowError:
        return ""
    day = min(start.date() for start, _ in spans)
    return f"{day} " + SEPARATOR.join(_shown(start, end) for start, end in spans if start.date() == day)


def _spans(zone: str, as_of: date, clock: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Start and end of the office hours that begin on the as-of day or soon after it."""
    there, weekend = ZoneInfo(zone), weekend_in(zone)
    days = [as_of + timedelta(days=distance) for distance in _DAYS_AROUND]
    spans = [
        tuple(datetime.combine(day, hour, there).astimezone(clock) for hour in hours)
        for day in days
        if day.weekday() not in weekend
        for hours in OFFICE_HOURS
    ]
    return [(start, end) for start, end in spans if start.date() >= as_of]


def _shown(start: datetime, end: datetime) -> str:
    is_midnight = end.time() == time(0)
    return f"{start:%H:%M}-{'24:00' if is_midnight else f'{end:%H:%M}'}"
