"""Design.md section 4.9: the score of an account, sentence by sentence, and the laws it keeps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.reference.job_words import SENIORITIES
from leadscore.scoring.accounts import METHODS, MOST_WEIGHT, SENIORITY_WEIGHTS, Members
from leadscore.scoring.settling import round_half_away

NAN = math.nan
YES, NO = True, False  # whether a lead counts


def rolled(leads, method, decimals=1):
    """Leads as (account, score, counts, weight) -> per account its score, by its key."""
    keys, scores, counts, weights = zip(*((*lead, NAN)[:4] for lead in leads), strict=True)
    members = Members.of(keys, np.array(counts, dtype=bool))
    found = members.score(method, np.array(scores, dtype=float), np.array(weights, dtype=float), decimals)
    return dict(zip(members.keys, found.tolist(), strict=True))


TWO = [("acme", 80, YES), ("acme", 45, YES)]
WEIGHED = [("acme", 80, YES, 3), ("acme", 40, YES, 1)]
CASES = [
    ("the sum of the members", "sum", TWO, 125),
    ("their mean", "mean", TWO, 62.5),
    ("their mean, by weight", "weighted mean", WEIGHED, 70),
    ("the best of them", "max", TWO, 80),
    ("only a weighted mean asks for weights", "mean", WEIGHED, 60),
    ("no weight is 1", "weighted mean", [("acme", 80, YES, 3), ("acme", 40, YES, NAN)], 70),
    ("no weights at all: the mean", "weighted mean", TWO, 62.5),
    ("a weight of 0 leaves out", "weighted mean", [("acme", 80, YES, 0), ("acme", 40, YES, 2)], 40),
    ("a weight below 0 is 0", "weighted mean", [("acme", 80, YES, -5), ("acme", 40, YES, 2)], 40),
    ("only weights of 0: no score", "weighted mean", [("acme", 80, YES, 0)], NAN),
    ("a weight beyond all measure", "weighted mean", [("acme", 80, YES, math.inf), ("acme", 40, YES, 0)], 80),
    ("excluded or a later duplicate: not in a sum", "sum", [*TWO, ("acme", -400, NO)], 125),
    ("nor in a mean", "mean", [*TWO, ("acme", 900, NO)], 62.5),
    ("nor the best", "max", [*TWO, ("acme", 900, NO)], 80),
    ("a lead without a score is none", "mean", [*TWO, ("acme", NAN, YES)], 62.5),
    ("nobody counts: no score", "sum", [("acme", 80, NO), ("acme", NAN, YES)], NAN),
    ("negative scores have a best too", "max", [("acme", -3, YES), ("acme", -7, YES)], -3),
    ("a sum of 0 is 0", "sum", [("acme", 5, YES), ("acme", -5, YES)], 0),
    ("leads of other accounts and of none", "sum", [*TWO, ("zeta", 9, YES), ("", 7, YES)], 125),
    ("rounded once, half away from zero", "mean", [("acme", 0.1, YES), ("acme", 0.2, YES)], 0.2),
    ("below zero too", "mean", [("acme", -0.1, YES), ("acme", -0.2, YES)], -0.2),
]


@pytest.mark.parametrize(("method", "leads", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_score_of_an_account(method, leads, expected):
    assert rolled(leads, method)["acme"] == pytest.approx(expected, abs=0, nan_ok=True)


def test_members_are_all_and_keys_are_in_order():
    members = Members.of(["zeta", "", "acme", "zeta", "zeta"], np.array([YES, YES, NO, NO, YES]))

    assert members.keys == ("acme", "zeta")
    assert members.sizes.tolist() == [1, 3]
    assert members.counted.tolist() == [YES, NO, NO, NO, YES]


def test_the_best_lead_is_the_first_of_equals_that_count():
    members = Members.of(["a", "a", "a", "b", "c"], np.array([NO, YES, YES, NO, YES]))

    assert members.best(np.array([99.0, 50.0, 50.0, 70.0, NAN])).tolist() == [1, -1, -1]


def test_a_lead_is_told_what_its_account_has_and_a_lead_of_none_nothing():
    members = Members.of(["b", "", "a"], np.array([YES, YES, YES]))

    assert np.array_equal(members.of_leads(np.array([1.0, 2.0])), [2, NAN, 1], equal_nan=True)


def test_no_leads_have_no_accounts():
    members = Members.of([], np.array([], dtype=bool))

    assert [members.score(name, np.array([]), np.array([]), 1).tolist() for name in METHODS] == [[]] * 4
    assert members.best(np.array([])).tolist() == []


def test_every_seniority_but_unknown_has_a_weight_and_the_more_senior_never_less():
    assert list(SENIORITY_WEIGHTS) == [name for name in SENIORITIES if name != "unknown"]
    assert sorted(SENIORITY_WEIGHTS.values(), reverse=True) == list(SENIORITY_WEIGHTS.values())


LEADS = st.lists(
    st.tuples(
        st.sampled_from(["", "a", "b", "c"]),
        st.one_of(st.just(NAN), st.integers(-10_000, 10_000).map(lambda tenths: tenths / 10)),
        st.booleans(),
        st.one_of(st.just(NAN), st.floats(0, MOST_WEIGHT)),
    ),
    min_size=1,
    max_size=20,
)


def by_account(leads):
    """The scores that count, of each account that has any."""
    found = {}
    for key, score, counts, _ in leads:
        if key and counts and not math.isnan(score):
            found.setdefault(key, []).append(score)
    return found


@given(leads=LEADS)
def test_a_sum_is_the_sum_over_the_counted_members(leads):
    sums = {key: round(math.fsum(scores), 1) for key, scores in by_account(leads).items()}

    found = rolled(leads, "sum")

    assert {key: score for key, score in found.items() if not math.isnan(score)} == pytest.approx(sums)
    assert {*found} == {key for key, *_ in leads if key}


@given(leads=LEADS, data=st.data())
@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_leads_changes_nothing(method, leads, data):
    found, turned = rolled(leads, method), rolled(data.draw(st.permutations(leads)), method)

    assert list(found) == list(turned)
    assert np.array_equal([*found.values()], [*turned.values()], equal_nan=True)


@given(leads=LEADS)
@pytest.mark.parametrize("method", ["mean", "weighted mean", "max"])
def test_it_lies_between_its_worst_and_its_best_member(method, leads):
    found = rolled(leads, method)

    for key, scores in by_account(leads).items():
        low, high = round_half_away(np.array([min(scores), max(scores)]), 1)
        assert math.isnan(found[key]) or low <= found[key] <= high


@given(leads=LEADS, weight=st.floats(0.01, 100))
def test_equal_weights_weigh_nothing(leads, weight):
    weighed = [(*lead[:3], weight) for lead in leads]

    plain, found = rolled(leads, "mean", 6), rolled(weighed, "weighted mean", 6)

    assert [*found.values()] == pytest.approx([*plain.values()], abs=1.1e-6, nan_ok=True)
