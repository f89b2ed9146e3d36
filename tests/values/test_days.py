from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.values.days import is_ambiguous_day, is_day_like, order_shown, read_day

PARIS, NEW_YORK, KOLKATA = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")
FIRST = date(2026, 3, 1)

DAYS = [
    ("2026-03-01", FIRST),
    ("2026/3/1", FIRST),
    ("2026.03.01", FIRST),
    (" 2026-03-01\u00a0", FIRST),
    ("2026-03-01 14:30", FIRST),
    ("2026-03-01T23:59:59.999", FIRST),
    ("2026-03-01T23:30:00Z", FIRST),
    ("2026-03-01 23:30:00 UTC", FIRST),
    ("2026-03-01 23:30:00.123456+01", FIRST),
    ("2026-03-01 23:30:00,123", FIRST),
    ("2026-03-01, 11:30 PM", FIRST),
    ("March 1, 2026, 11:30:05 p.m.", FIRST),
    ("1er mars 2026", FIRST),
    ("1 MARS 2026", FIRST),
    ("1 mars, 2026", FIRST),
    ("March 1, 2026", FIRST),
    ("Mar 1st 2026", FIRST),
    ("1-Mar-2026", FIRST),
    ("1 mar. 2026 8h05", FIRST),
    ("3 juil. 2026", date(2026, 7, 3)),
    ("1 août 2026", date(2026, 8, 1)),
    ("15 févr. 2026", date(2026, 2, 15)),
    ("déc. 5 2026", date(2026, 12, 5)),
    ("29/02/2024", date(2024, 2, 29)),
    ("13.2.26", date(2026, 2, 13)),
    ("13-02-69", date(2069, 2, 13)),
    ("13-02-70", date(1970, 2, 13)),
    ("02/13/2026", date(2026, 2, 13)),
    # near misses
    ("", None),
    ("29/02/2025", None),
    ("31/02/2026", None),
    ("2026-13-01", None),
    ("2026-00-10", None),
    ("0000-01-01", None),
    ("99/99/2026", None),
    ("01.03/2026", None),
    ("1/3", None),
    ("1/1/1", None),
    ("mars 2026", None),
    ("1 brumaire 2026", None),
    ("20260301", None),
    ("46082", None),
    ("2026-03-01 at noon", None),
    ("2026-03-01,", None),
    ("2026-03-01 UTC", None),
    ("2026-03-01 23:30 CEST", None),
    ("2026-03-01 11:30 xm", None),
    ("demain", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
@pytest.mark.parametrize("order", ["day-month", "month-day"])
def test_reading_days(text, day, order):
    assert read_day(text, order) == day


def test_the_order_decides_only_what_the_text_leaves_open():
    assert read_day("01/03/2026", "day-month") == FIRST
    assert read_day("01/03/2026", "month-day") == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("13/02/2026", "day-month"),
        ("02/13/2026", "month-day"),
        ("31/02/2026", "day-month"),
        ("12/12/2026", None),
        ("01/03/2026", None),
        ("2026-03-13", None),
        ("13 mars 2026", None),
        ("x", None),
    ],
)
def test_the_order_a_text_gives_away(text, order):
    assert order_shown(text) == order


@pytest.mark.parametrize(
    ("text", "answer"),
    [("01/03/2026", True), ("12/11/26", True), ("03/03/2026", False), ("13/02/2026", False), ("2026-03-01", False)],
)
def test_texts_that_may_mean_two_days(text, answer):
    assert is_ambiguous_day(text) is answer


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        ("2026-03-01T23:30:00Z", PARIS, date(2026, 3, 2)),
        ("2026-03-01T23:30:00Z", NEW_YORK, FIRST),
        ("2026-03-01 00:30Z", NEW_YORK, date(2026, 2, 28)),
        ("2026-03-01T23:30:00+02:00", PARIS, FIRST),
        ("2026-03-01T23:30:00.123-0500", PARIS, date(2026, 3, 2)),
        ("2026-03-01T9:30Z", PARIS, FIRST),
        ("01/03/2026 23h30 +0000", PARIS, date(2026, 3, 2)),
        ("1 March 2026 23:30Z", PARIS, date(2026, 3, 2)),
        ("2026-03-01 23:30:00 UTC", PARIS, date(2026, 3, 2)),
        ("2026-03-01 23:30 GMT", NEW_YORK, FIRST),
        ("2026-03-01 23:30:00-05", PARIS, date(2026, 3, 2)),
        ("2026-03-01 18:29Z", KOLKATA, FIRST),
        ("2026-03-01 18:30Z", KOLKATA, date(2026, 3, 2)),
        ("2026-03-01 11:30 PM Z", PARIS, date(2026, 3, 2)),
        ("2026-03-01 12:30 AM Z", NEW_YORK, date(2026, 2, 28)),
        ("2026-03-01 12:30 PM Z", NEW_YORK, FIRST),
        # The nights in which clocks change: the day begins at another hour of UTC before than after.
        ("2026-03-28T23:00Z", PARIS, date(2026, 3, 29)),
        ("2026-03-28T22:59Z", PARIS, date(2026, 3, 28)),
        ("2026-03-29T22:00Z", PARIS, date(2026, 3, 30)),
        ("2026-03-29T21:59Z", PARIS, date(2026, 3, 29)),
        ("2026-10-25T22:59Z", PARIS, date(2026, 10, 25)),
        ("2026-10-25T23:00Z", PARIS, date(2026, 10, 26)),
        ("2026-11-01T00:30-04:00", NEW_YORK, date(2026, 11, 1)),
        ("2026-11-02T04:59Z", NEW_YORK, date(2026, 11, 1)),
        ("2026-03-01 23:30", PARIS, FIRST),  # no offset: the day as written
        ("2026-03-01T25:30Z", PARIS, FIRST),  # no clock shows it
        ("9999-12-31T23:30Z", PARIS, date(9999, 12, 31)),  # the calendar ends
        ("2026-02-30T23:30Z", PARIS, None),
    ],
)
def test_a_stamp_with_an_offset_is_a_day_in_the_zone(text, zone, day):
    assert read_day(text, "day-month", zone) == day


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"]))
def test_what_was_written_reads_back(day, form):
    if day.year >= 1000:  # strftime does not pad years on every system
        assert read_day(day.strftime(form), "day-month") == day


@given(st.text(alphabet="0123456789/-.,: TZh+janvpmutc", max_size=22))
def test_any_text_is_read_or_refused(text):
    for zone in (None, PARIS):
        assert isinstance(read_day(text, "day-month", zone), date | None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2026-12-10", True),
        ("2026-12-10 00:00:00", True),
        ("10/12/2026", True),
        ("12/31/2026", True),
        ("12-oct.", True),
        ("12-Oct", True),
        ("10-déc", True),
        ("oct-12", True),
        ("Nov-50", True),
        ("nov. 2050", True),
        ("1er mars 2026", True),
        ("10-12", False),
        ("11-50", False),
        ("10-pers", False),
        ("oct-123", False),
        ("mai", False),
        ("50", False),
        ("", False),
    ],
)
def test_what_excel_makes_of_a_range_looks_like_a_day(text, answer):
    assert is_day_like(text) is answer
