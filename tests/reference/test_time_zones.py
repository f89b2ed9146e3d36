from zoneinfo import ZoneInfo

import pytest

from leadscore.reference import country_names, weekend_in, zones_of
from leadscore.reference.files import entries

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def test_zones_of():
    assert zones_of("FR") == ("Europe/Paris",)
    assert zones_of("ES") == ("Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary")
    assert zones_of("UA")[0] == "Europe/Kyiv"
    assert zones_of("UZ")[0] == "Asia/Tashkent"
    assert zones_of("XK") == zones_of("") == ()


def test_every_zone_is_known_and_of_one_country():
    zones = [zone for country in country_names() for zone in zones_of(country)]
    assert len(zones) == len(set(zones)) > 400
    assert {ZoneInfo(zone).key for zone in zones} == set(zones)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/Paris", {SATURDAY, SUNDAY}),
        ("Asia/Riyadh", {FRIDAY, SATURDAY}),
        ("Asia/Qatar", {FRIDAY, SATURDAY}),
        ("Asia/Dubai", {SATURDAY, SUNDAY}),
        ("Asia/Dhaka", {FRIDAY, SATURDAY}),
        ("Asia/Kolkata", {SUNDAY}),
        ("Asia/Tehran", {FRIDAY}),
        ("Nowhere/Land", {SATURDAY, SUNDAY}),
        ("", {SATURDAY, SUNDAY}),
    ],
)
def test_weekend_in(zone, days):
    assert weekend_in(zone) == days


def test_every_weekend_is_of_a_country_that_has_a_zone():
    assert [line for line in entries("weekends.csv")[1:] if not zones_of(line.partition(",")[0])] == []


def test_weekends_are_those_of_cldr_but_for_two():
    babel = pytest.importorskip("babel", reason="the extra dev compares the data")
    differing = set()
    for country in country_names():
        try:
            locale = babel.Locale.parse(f"und_{country}")
        except babel.UnknownLocaleError:
            continue
        cldr = set(range(locale.weekend_start, locale.weekend_end + 1))
        if zones_of(country) and cldr != weekend_in(zones_of(country)[0]):
            differing.add(country)
    assert differing == {"BD", "MV"}
