"""Time zones of the countries (IANA names), and the days on which people there do not work."""

import csv
from functools import cache

from leadscore.reference.files import entries

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as date.weekday() counts them
_USUAL_WEEKEND = frozenset({5, 6})


def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of an ISO2 code, in the order of the IANA table; () where it lists none (Kosovo)."""
    return _zones().get(country, ())


def weekend_in(zone: str) -> frozenset[int]:
    """The days off in the country of a time zone, Monday as 0: {4, 5} for 'Asia/Riyadh'."""
    return _weekends().get(_countries().get(zone, ""), _USUAL_WEEKEND)


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    return {row["iso2"]: tuple(row["zones"].split()) for row in csv.DictReader(entries("country_zones.csv"))}


@cache
def _countries() -> dict[str, str]:
    return {zone: country for country, zones in _zones().items() for zone in zones}


@cache
def _weekends() -> dict[str, frozenset[int]]:
    rows = csv.DictReader(entries("weekends.csv"))
    return {row["iso2"]: frozenset(map(_DAYS.index, row["days"].split())) for row in rows}
