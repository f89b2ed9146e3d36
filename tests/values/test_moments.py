"""Many stamps at once give the days that each gives alone, and instants that can be subtracted."""

import math
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.values.days import read_day
from leadscore.values.moments import cut_stamps

ZONES = [None, ZoneInfo("Europe/Paris"), ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Kiritimati")]
FORMS = [
    *(
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%d %H:%M:%S",
        "%d/%m/%Y %H:%M",
        "%m/%d/%Y %I:%M:%S %p",
        "%Y-%m-%d",
        "%d/%m/%y %Hh%M",
    ),
    *(
        "%Y-%m-%dT%H:%M:%S.%f+02:00",
        "%d %B %Y, %H:%M:%S",
        "%Y-%m-%d %H:%M:%S-0930",
        "%B %d, %Y %H:%M",
        "%Y-%m-%d  %H:%M:%S,5 UTC",
    ),
]
stamps = st.builds(
    lambda when, form: when.strftime(form), st.datetimes(datetime.fromisoformat("1000-01-01")), st.sampled_from(FORMS)
)
changed = st.builds(
    lambda text, place, sign: text[: place % len(text)] + sign + text[place % len(text) + 1 :],
    stamps,
    st.integers(0, 40),
    st.sampled_from("0123456789:-/ TtZ+.,²٣\u202fh"),
)


def instants(*texts, zone=None):
    return cut_stamps(texts).read("day-month", zone).instants.tolist()


@given(st.lists(stamps | changed | st.text(max_size=25), max_size=12), st.sampled_from(ZONES), st.booleans())
def test_days_are_those_of_each_alone(texts, zone, is_french):
    order = "day-month" if is_french else "month-day"
    days = cut_stamps(texts).read(order, zone).days

    alone = [read_day(text, order, zone) for text in texts]
    assert [None if math.isnan(day) else date.fromordinal(int(day)) for day in days] == alone


@pytest.mark.parametrize(
    ("earlier", "later", "seconds"),
    [
        ("2026-03-01 14:30:05", "2026-03-01 14:30:12", 7),
        ("2026-03-01T23:59:58Z", "2026-03-02T00:00:03Z", 5),
        ("2026-03-01T23:30:05+01:00", "2026-03-01T22:30:06.250Z", 1),
        ("01/03/2026 2:30:05 PM", "2026-03-01 14:30:06", 1),
        ("1 mars 2026, 14:30:05", "01.03.2026 14:30:06", 1),
    ],
)
def test_instants_can_be_subtracted(earlier, later, seconds):
    first, second = instants(earlier, later)
    assert second - first == seconds


@pytest.mark.parametrize(
    "text",
    ["2026-03-01", "2026-03-01 00:00:00", "2026-03-01 14:30", "2026-03-01 25:00:00", "soon 14:30:05", "", "14:30:05"],
)
def test_no_instant_where_no_second_is_told(text):
    assert math.isnan(instants(text)[0])


def test_a_stamp_of_greenwich_is_a_day_of_the_zone_on_both_sides_of_summer_time():
    texts = ["2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"]
    days = cut_stamps(texts).read("day-month", ZoneInfo("Europe/Paris")).days

    assert [date.fromordinal(int(day)).day for day in days] == [28, 29, 29, 30]


def test_each_day_and_each_time_is_read_once():
    start = datetime.fromisoformat("2026-01-01")
    texts = [(start + timedelta(hours=hour)).isoformat() for hour in range(240)]

    cut = cut_stamps(texts)

    assert (len(cut.days), len(cut.times)) == (10, 24)
