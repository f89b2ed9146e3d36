"""Behaviours on histories worked out by hand, against the plain reference, and by their laws."""

import math
import random
import tomllib
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import starmap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.model.behaviours import Decay, Stage
from leadscore.scoring.activity_fields import activity_fields
from leadscore.scoring.behaviours import behaviour_points, recent
from leadscore.scoring.decays import DECAYS, shares_by_age
from leadscore.scoring.sorted_events import sort_events
from leadscore.values.evidence import Evidence
from tests.laws import examples
from tests.scoring import reference_behaviours as reference
from tests.scoring.activities import AROUND, Did, behaviour, sorted_events
from tests.work import calls_made

TOLD = tomllib.loads((Path(__file__).parent / "behaviours.toml").read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=case["name"]) for case in TOLD["case"]]
LEADS = 3
FADING = {
    Decay.NONE: {},
    Decay.LINEAR: {"decay": Decay.LINEAR, "decay_days": 30.0},
    Decay.HALF_LIFE: {"decay": Decay.HALF_LIFE, "decay_days": 30.0},
    Decay.STEP: {"decay": Decay.STEP, "decay_days": 30.0, "step": 0.3},
}


def points_of(row, done, early_share=0.0):
    return behaviour_points(row, sorted_events(done), LEADS, AROUND, early_share).tolist()


def history(case):
    as_of, recycled = case.get("as_of", TOLD["as_of"]), case.get("recycled")
    for text, day, *more in case["events"]:
        yield Did(text, (as_of - day).days, *more, is_early=recycled is not None and day < recycled)


@pytest.mark.parametrize("case", CASES)
def test_what_a_history_is_worth(case):
    done = list(history(case))
    rows = [
        behaviour(**row | ({"operands": tuple(row["operands"])} if "operands" in row else {})) for row in case["rows"]
    ]
    found = [points_of(row, done, case.get("early_share", 0.0))[0] for row in rows]
    assert found == [float(Fraction(text)) for text in case["points"]]


def test_the_table_holds_enough_histories_and_every_decay_and_column():
    used = Counter(column for case in TOLD["case"] for row in case["rows"] for column in row)
    assert len(CASES) >= 24
    assert {row["decay"] for case in TOLD["case"] for row in case["rows"] if "decay" in row} | {"none"} == set(Decay)
    assert {"at_least", "minimum", "maximum", "window", "step", "product"} <= set(used)


def test_every_decay_is_computed_and_explains_itself():
    assert list(DECAYS) == list(Decay)
    assert len({decay.__doc__ for decay in DECAYS.values()} - {None}) == len(Decay)


@pytest.mark.parametrize("days", [None, 0.0])
def test_a_decay_without_days_is_a_bug_told_at_once(days):
    with pytest.raises(TypeError, match="decay linear needs Decay days above 0"):
        points_of(behaviour(points=1.0, decay=Decay.LINEAR, decay_days=days), [Did("visit", 1)])


@pytest.mark.parametrize("days", [1e-12, 1e300])
@pytest.mark.parametrize("decay", [Decay.LINEAR, Decay.HALF_LIFE, Decay.STEP])
def test_decay_days_beyond_any_use_still_mean_at_once_or_never(decay, days):
    row = behaviour(points=8.0, decay=decay, decay_days=days, step=0.123456789)
    found = points_of(row, [Did("visit", 0, lead=0), Did("visit", 700_000, lead=1)])
    assert found == pytest.approx([8, 8 if days > 1 else 0, 0], rel=1e-3)


texts = st.sampled_from(["Visited pricing", "visited blog", "Demo", "Unsubscribed"])
ages = st.sampled_from([0, 1, 6, 7, 8, 15, 29, 30, 31, 59, 60, 89, 90, 91, 200, 5000])
tenths = st.integers(0, 40)  # of a count
products = st.sampled_from(["", "CRM", "ERP"])
points = st.sampled_from([10.0, 0.1, 33.3, 1.0, -2.5, -20.0, 0.0])


@st.composite
def activities(draw, counts=tenths):
    return Did(
        draw(texts),
        draw(ages),
        draw(counts) / 10,
        draw(products),
        draw(st.integers(0, LEADS - 2)),  # the last lead does nothing
        draw(st.booleans()),
    )


@st.composite
def behaviours(draw):
    low, high = (
        draw(st.none() | st.sampled_from([-33.3, -1.0, 0.0])),
        draw(st.none() | st.sampled_from([0.0, 5.0, 66.6])),
    )
    operator = draw(st.sampled_from(["is", "is not", "contains", "starts with"]))
    return behaviour(
        name=draw(st.sampled_from(["A", "B", "C"])),
        operator=operator,
        operands=tuple(
            draw(st.lists(st.sampled_from(["visited", "DEMO", "visited blog", "u"]), min_size=1, max_size=2))
        ),
        points=draw(points),
        at_least=draw(st.none() | st.integers(1, 4)),
        minimum=low,
        maximum=high,
        window=draw(st.none() | st.sampled_from([0, 7, 30, 90])),
        decay=draw(st.sampled_from(Decay)),
        decay_days=draw(st.sampled_from([0.5, 7.0, 7.5, 30.0])),
        step=draw(st.sampled_from([0.0, 0.1, 0.25, 1.0])),
        stage=draw(st.none() | st.sampled_from(Stage)),
        product=draw(st.sampled_from(["", "crm", "Erp"])),
    )


histories = st.lists(activities(), max_size=12)


def by_lead(done):
    return [[one for one in done if one.lead == lead] for lead in range(LEADS)]


@examples(300)
@given(behaviours(), histories)
def test_the_engine_agrees_with_the_plain_reference_on_points(row, done):
    found = points_of(row, done, 1.0)
    wanted = [float(reference.points_of(row, mine)) for mine in by_lead(done)]
    # A half-life's shares are no fractions.
    assert found == (pytest.approx(wanted, abs=1e-9) if row.decay is Decay.HALF_LIFE else wanted)


@examples(200)
@given(st.lists(behaviours(), max_size=4), histories, st.sampled_from([0.0, 0.3, 1.0]))
def test_the_engine_agrees_with_the_plain_reference_on_derived_fields(rows, done, share):
    events = sorted_events(done)
    scored = [(row, behaviour_points(row, events, LEADS, AROUND, share)) for row in rows]
    found = activity_fields(scored, events, LEADS, AROUND)
    for lead, mine in enumerate(by_lead(done)):
        wanted = reference.fields_of(rows, mine, share)
        assert {name: values[lead] for name, values in found.items()} == pytest.approx(
            {name: math.nan if value is None else float(value) for name, value in wanted.items()}, abs=1e-9, nan_ok=True
        )


def test_what_was_done_long_ago_has_a_last_day_but_is_not_counted_in_the_window():
    events = sorted_events([Did("visit", 40)])
    fields = activity_fields([(behaviour(points=1.0, window=30), np.zeros(LEADS))], events, LEADS, AROUND)
    assert (fields["last: Visits"][0], fields["count: Visits"][0]) == (40, 0)


def test_an_activity_of_both_stages_is_active():
    rows = [behaviour(points=1.0, stage=stage, name=stage) for stage in Stage]
    events = sorted_events([Did("visit", 1)])
    assert activity_fields([(row, np.ones(LEADS)) for row in rows], events, LEADS, AROUND)["active_share"][0] == 1


@given(behaviours(), histories)
def test_recent_points_come_from_the_last_90_days_only(row, done):
    assert points_of(recent(row), done) == points_of(row, [one for one in done if one.age <= 90])


def everything(rows, done, share):
    """Every number the engine makes of these events, as they would be printed."""
    events = sorted_events(done)
    scored = [(row, behaviour_points(row, events, LEADS, AROUND, share)) for row in rows]
    fields = activity_fields(scored, events, LEADS, AROUND)
    return repr([values.tolist() for values in (*(points for _, points in scored), *fields.values())])


two_rows, shares = st.lists(behaviours(), max_size=2), st.sampled_from([0.0, 0.3, 1.0])


@examples(150)
@given(two_rows, histories, shares, st.randoms(use_true_random=False))
def test_the_order_of_events_never_matters(rows, done, share, chance):
    mixed = chance.sample(done, len(done))
    assert everything(rows, mixed, share) == everything(rows, done, share)


@examples(150)
@given(two_rows, histories, activities(), shares, st.floats(0, 1))
def test_splitting_a_count_changes_nothing(rows, done, one, share, where):
    part = round(one.count * 10 * where)
    halves = [replace(one, count=part / 10), replace(one, count=round(one.count * 10 - part) / 10)]
    assert everything(rows, [*done, *halves], share) == everything(rows, [one, *done], share)


@given(two_rows, histories, shares)
def test_what_others_do_never_matters_to_a_lead(rows, done, share):
    for row in rows:
        together = points_of(row, done, share)
        assert [points_of(row, mine, share)[lead] for lead, mine in enumerate(by_lead(done))] == together


@given(two_rows, histories)
def test_a_lead_recycled_to_nothing_is_one_without_its_earlier_events(rows, done):
    assert everything(rows, done, 0.0) == everything(rows, [one for one in done if not one.is_early], 0.0)


@given(behaviours(), histories)
def test_a_lead_that_keeps_all_is_one_never_recycled(row, done):
    assert points_of(row, done, 1.0) == points_of(row, [replace(one, is_early=False) for one in done])


@pytest.mark.parametrize("decay", Decay)
@pytest.mark.parametrize("days", [0.5, 1, 7.5, 30, 1e4])
def test_points_never_grow_with_age(decay, days):
    row = behaviour(points=1.0, decay=decay, decay_days=days, step=0.01)
    shares = shares_by_age(row, 20_000)
    assert shares.parts[0] == shares.whole
    assert shares.parts[-1] >= 0
    assert (np.diff(shares.parts) <= 0).all()


@pytest.mark.parametrize("days", [0.3, 7, 90])
def test_a_half_life_is_as_near_as_its_grid(days):
    shares = shares_by_age(behaviour(points=1.0, decay=Decay.HALF_LIFE, decay_days=days), 1000)
    wanted = [math.pow(2, -age / days) for age in range(1001)]
    assert (shares.parts / shares.whole).tolist() == pytest.approx(wanted, abs=5e-13)


@given(st.lists(st.integers(1, 2**30), min_size=1, max_size=9), st.lists(st.integers(0, 2**40), min_size=9, max_size=9))
def test_sums_too_long_for_a_double_are_the_nearest_one(counts, parts):
    events = sorted_events([Did("visit", age, float(count)) for age, count in enumerate(counts)])
    found = events.totals(slice(None), np.array(parts, dtype=np.int64), 1)[0]
    assert found == float(sum(count * part for count, part in zip(counts, parts, strict=False)))


def test_a_behaviour_meets_only_its_own_events():
    events = sorted_events([*starmap(Did, [("visit", 1), ("demo", 2), ("visit", 3), ("call", 4), ("demo", 5)])])
    places = events.places_of(np.array([text != "demo" for text in events.values.texts]))
    assert sorted(events.age[places].tolist()) == [1, 3, 4]
    assert events.places_of(np.zeros(3, dtype=bool)).tolist() == []


def test_no_event_at_all_leaves_every_field_blank_or_0():
    row = behaviour(points=5.0, at_least=1, stage=Stage.ACTIVE)
    fields = activity_fields([(row, np.zeros(LEADS))], sorted_events([]), LEADS, AROUND)
    blank = {name for name, values in fields.items() if np.isnan(values).all()}
    assert blank == {"days_since_last_activity", "activity_trend", "active_share", "last: Visits"}
    assert all((values == 0).all() for name, values in fields.items() if name not in blank)


def test_more_activities_than_fit_the_shortest_codes_are_found_too():
    done = [Did(f"page {number}", number % 5) for number in range(300)]
    row = behaviour(points=1.0, operator="is", operands=("page 299",))
    assert points_of(row, random.Random(3).sample(done, 300))[0] == 1  # noqa: S311


@pytest.mark.parametrize("fading", FADING.values(), ids=str)
def test_a_hundred_times_the_events_make_no_more_calls(fading):
    row = behaviour(points=1.0, window=60, stage=Stage.ACTIVE, **fading)

    def work(times):
        done = [Did(text, age, lead=age % LEADS) for text in ("visit", "demo") for age in range(40)] * times
        events = sorted_events(done).events
        return calls_made(run, events)

    def run(events):
        found = sort_events(events, Evidence(".", "day-month"))
        activity_fields([(row, behaviour_points(row, found, LEADS, AROUND))], found, LEADS, AROUND)

    run(sorted_events([Did("visit", 1)]).events)  # what is remembered of texts is remembered from here on
    work(1)
    assert work(100) == work(1)
