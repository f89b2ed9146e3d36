"""Which events only a robot can have done: against a reading of the rule that compares all with all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.scoring.robots import robot_events

NONE = float("nan")


def marked(*events):
    lead, second, act = (np.array(column) for column in zip(*events, strict=True)) if events else np.zeros((3, 0))
    return robot_events(lead.astype(int), second.astype(float), act.astype(int)).tolist()


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([(0, 5, 1), (0, 10, 2), (0, 15, 3)], [True, True, True]),
        ([(0, 5, 1), (0, 10, 2), (0, 16, 3)], [False, False, False]),
        ([(0, 5, 1), (1, 6, 2), (0, 7, 3)], [False, False, False]),
        ([(0, 5, 1), (0, 5, 2), (0, 5, 2), (0, 5, 1)], [False] * 4),
        ([(0, NONE, 1), (0, NONE, 2), (0, NONE, 3)], [False] * 3),
        ([(0, 5, 1), (0, 6, 2), (0, 7, 1), (0, 8, 2), (0, 15, 3), (0, 19, 1)], [True, True, True, True, True, False]),
        ([], []),
    ],
)
def test_three_different_acts_of_a_lead_within_ten_seconds(events, expected):
    assert marked(*events) == expected


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.one_of(st.integers(0, 30), st.just(NONE)), st.integers(0, 3)), max_size=16
    ),
    st.randoms(),
)
def test_as_when_all_are_compared_with_all_and_in_any_order(events, random):
    random.shuffle(events)
    expected = [False] * len(events)
    for lead, first, _ in events:
        near = [place for place, (own, second, _) in enumerate(events) if own == lead and 0 <= second - first <= 10]
        if len({events[place][2] for place in near}) >= 3:
            for place in near:
                expected[place] = True

    assert marked(*events) == expected


def test_two_acts_that_take_turns_for_a_day_are_no_robot():
    turns = np.arange(86_400)
    assert not robot_events(np.zeros(86_400, dtype=int), turns / 4, turns % 2).any()
