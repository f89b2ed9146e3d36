"""Rank correlations, against their definitions pair by pair."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadscore.scoring.agreement import agreement, kendall_tau_b, spearman

few = st.sampled_from([-2.5, -1.0, 0.0, 1.0, 1.5, 7.0])
pairs = st.lists(st.tuples(few, few) | st.tuples(st.floats(-1e6, 1e6), few), max_size=14)


def naive_tau_b(first, second):
    couples = list(itertools.combinations(zip(first, second, strict=True), 2))
    signs = [(np.sign(a[0] - b[0]), np.sign(a[1] - b[1])) for a, b in couples]
    untied = sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs)
    return sum(x * y for x, y in signs) / math.sqrt(untied) if untied else math.nan


def naive_ranks(numbers):
    return [sum(b < a for b in numbers) + (sum(b == a for b in numbers) + 1) / 2 for a in numbers]


def naive_spearman(first, second):
    ours, theirs = naive_ranks(first), naive_ranks(second)
    middle = (len(ours) + 1) / 2
    products = sum((x - middle) * (y - middle) for x, y in zip(ours, theirs, strict=True))
    spread = sum((x - middle) ** 2 for x in ours) * sum((y - middle) ** 2 for y in theirs)
    return products / math.sqrt(spread) if spread else math.nan


@given(pairs)
@example([])
@example([(1.0, 2.0)])
def test_both_equal_their_definitions_ties_and_all(rows):
    first, second = ([row[side] for row in rows] for side in (0, 1))
    arrays = np.array(first, dtype=float), np.array(second, dtype=float)

    assert kendall_tau_b(*arrays) == pytest.approx(naive_tau_b(first, second), nan_ok=True)
    assert spearman(*arrays) == pytest.approx(naive_spearman(first, second), nan_ok=True)


def test_an_example_by_hand():
    # Pairs: 6. Concordant 1-3, 1-4, 2-3, 2-4; discordant 3-4; 1-2 tied in the first. 3 / √(5 · 6).
    first, second = np.array([1.0, 1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0, 3.0])

    assert kendall_tau_b(first, second) == pytest.approx(3 / math.sqrt(30))
    # Ranks less 2.5: (-1, -1, 0.5, 1.5) and (-1.5, -0.5, 1.5, 0.5): 3.5 / √(4.5 · 5).
    assert spearman(first, second) == pytest.approx(3.5 / math.sqrt(22.5))


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40, unique=True))
def test_the_same_order_is_exactly_one_and_the_opposite_exactly_minus_one(numbers):
    scores = np.array(numbers)

    assert agreement(scores, scores.copy()) == agreement(scores, np.argsort(np.argsort(scores)).astype(float))
    assert (spearman(scores, scores), kendall_tau_b(scores, scores)) == (1, 1)
    assert (spearman(scores, -scores), kendall_tau_b(scores, -scores)) == (-1, -1)


def test_pairs_without_a_number_are_left_out_and_a_constant_has_no_correlation():
    nan = math.nan
    found = agreement(np.array([1.0, 2.0, nan, 3.0]), np.array([1.0, 5.0, 0.0, nan]))

    assert (found.spearman, found.kendall, found.leads) == (1, 1, 2)
    constant = agreement(np.array([1.0, 2.0]), np.array([4.0, 4.0]))
    assert math.isnan(constant.spearman)
    assert math.isnan(constant.kendall)


def test_many_leads_are_counted_without_overflow():
    scores = np.arange(200_000, dtype=float) % 500

    assert kendall_tau_b(scores, -scores) == -1
    assert spearman(scores, scores) == 1
