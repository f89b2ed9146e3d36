import re
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import calling
from leadscore.enrichment.calling import OFFICE_HOURS, call_window, chosen_zone, common_zone, number_zones
from leadscore.enrichment.step import Context
from leadscore.reference import country_names, weekend_in, zones_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "calling.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = [column.name for column in calling.MAKES]
ZONES = sorted({zone for country in country_names() for zone in zones_of(country)})
MONDAY = date(2026, 11, 23)

zones = st.sampled_from(ZONES)
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_calling_case(enriched_lead, case):
    as_of = date.fromisoformat(case.get("as_of", str(MONDAY)))
    context = Context(as_of, time_zone=case.get("clock", "Europe/Paris"))
    made = enriched_lead(context, phone=case.get("phone", ""), country=case.get("country", ""))
    assert {name: made[name] for name in COLUMNS} == {name: case["gives"].get(name, "") for name in COLUMNS}


def test_every_reason_is_reached_and_no_other():
    assert {case["gives"].get("time_zone_reason", "") for case in CASES} - {""} == set(calling.REASONS)


def read_window(text, clock):
    """The spans of a call window, as times on a clock."""
    day, _, spans = text.partition(" ")
    for span in spans.split("; "):
        start, end = (timedelta(hours=int(part[:2]), minutes=int(part[3:])) for part in span.split("-"))
        end += timedelta(days=int(end < start))
        midnight = datetime.combine(date.fromisoformat(day), time(0))
        yield (midnight + start).replace(tzinfo=clock), (midnight + end).replace(tzinfo=clock)


@given(zones, days, zones)
def test_a_window_is_office_hours_there_and_soon(zone, as_of, shown_in):
    text = call_window(zone, as_of, shown_in)

    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d-\d\d:\d\d(; \d\d:\d\d-\d\d:\d\d)?", text)
    for start, end in read_window(text, ZoneInfo(shown_in)):
        there = start.astimezone(ZoneInfo(zone))
        assert as_of <= start.date() <= as_of + timedelta(days=3)
        assert there.weekday() not in weekend_in(zone)
        # A clock that is put forward or back in the middle of a span shows other hours.
        if start.utcoffset() == end.utcoffset() and start.fold == 0:
            assert end - start in {timedelta(hours=3), timedelta(hours=4)}


@given(zones, days)
def test_on_the_lead_s_own_clock_it_is_the_office_hours_as_they_stand(zone, as_of):
    text = call_window(zone, as_of, zone)
    assert text.partition(" ")[2] == "; ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in OFFICE_HOURS)


@given(zones, st.lists(days, min_size=2, max_size=4), zones)
def test_windows_sort_as_their_days_do(zone, many_days, shown_in):
    windows = [call_window(zone, day, shown_in) for day in sorted(many_days)]
    assert windows == sorted(windows)


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_at_the_ends_of_the_calendar_there_is_none(as_of):
    assert call_window("Pacific/Auckland", as_of, "Europe/Paris") == ""


@given(st.sampled_from(["", "+33687554433", "+34612345768", "+12127365000"]), st.text(max_size=4), st.text(max_size=6))
def test_any_country_gives_words_of_the_closed_list(context, phone, territory, country):
    answer = calling.prepare(context)(phone, territory, country)
    assert answer.reason in {"", *calling.REASONS}
    assert bool(answer.time_zone) == (answer.reason in {"", "from_country"})
    assert bool(answer.window) == bool(answer.time_zone and phone)


def test_a_number_is_taken_apart_as_the_library_does():
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number(region)
        text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert calling._parsed(text) == phonenumbers.parse(text)


def test_zones_of_one_hour_on_the_day():
    assert common_zone((), MONDAY) == ""
    assert common_zone(("Europe/Paris",), MONDAY) == "Europe/Paris"
    assert common_zone(("Europe/Berlin", "Europe/Busingen"), MONDAY) == "Europe/Berlin"
    assert common_zone(("Europe/Madrid", "Atlantic/Canary"), MONDAY) == ""
    assert common_zone(("America/Denver", "America/Phoenix"), MONDAY) == "America/Denver"
    assert common_zone(("America/Denver", "America/Phoenix"), date(2026, 7, 1)) == ""


def test_the_zone_of_a_number_is_one_of_its_territory():
    assert number_zones("+80024135798") == ()
    assert len(number_zones("+447911123456")) == 4
    assert chosen_zone(("America/Denver",), "US", MONDAY) == "America/Denver"
    assert chosen_zone(("Europe/Jersey", "Europe/London"), "GB", MONDAY) == "Europe/London"
    assert chosen_zone(("Europe/Bucharest",), "UA", MONDAY) == "Europe/Kyiv"
    assert chosen_zone(("Europe/Belgrade",), "XK", MONDAY) == "Europe/Belgrade"
    assert chosen_zone((), "US", MONDAY) == ""
