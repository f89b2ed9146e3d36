import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import lead_dates
from leadscore.enrichment.lead_dates import FRESHNESS, REASONS
from leadscore.values.evidence import Evidence

CASES = tomllib.loads((Path(__file__).parent / "cases" / "lead_dates.toml").read_text(encoding="utf-8"))["case"]
FIELDS = ("created_at", "last_activity_at", "updated_at")
COLUMNS = {"age": "lead_age_days", "touch": "last_touch_days", "reason": "lead_date_reason", "freshness": "freshness"}

cells = (
    st.sampled_from(["", "2026-11-21", "01/03/2026", "1970-01-01", "2030-01-01", "hier", "9999-12-31T23:59Z"])
    | st.dates().map(str)
    | st.text(st.characters(codec=None), max_size=20)
)


@pytest.fixture(scope="module")
def read(context):
    return lead_dates.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_lead_dates_case(enriched_lead, context, case):
    zone = ZoneInfo(case["zone"]) if "zone" in case else None
    evidence = Evidence(",", case.get("order", "day-month"), day_example=case.get("undecided", ""), zone=zone)
    context = replace(context, evidence=dict.fromkeys(FIELDS, evidence))

    made = enriched_lead(context, **{name: case.get(name, "") for name in FIELDS})

    assert {name: made[column] for name, column in COLUMNS.items()} == {
        name: case["gives"].get(name, "") for name in COLUMNS
    }


@given(cells, cells, cells)
def test_any_texts_give_ages_from_zero_and_words_of_the_closed_lists(read, created_at, last_activity_at, updated_at):
    answer = read(created_at, last_activity_at, updated_at)
    ages = [age for age in (answer.age, answer.touch) if age != ""]
    assert all(age >= 0 for age in ages)
    assert answer.reason in REASONS
    assert answer.freshness in (FRESHNESS if ages else ("",))


@given(st.integers(0, 13_000))
def test_the_age_is_the_days_there_are(read, context, days):
    day = context.as_of - timedelta(days=days)
    assert read(day.isoformat(), "", "").age == read("", day.isoformat(), "").touch == days


def test_a_very_long_cell_is_not_read(read):
    assert read("1/" * 50_000, "", "").reason == "unreadable"
