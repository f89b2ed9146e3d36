"""Groups out of links: an equivalence, whatever the order of the links, and no chain through a weak link."""

from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment.duplicate_groups import LOOK_ALIKES, PAIRS_LOOKED_AT, Groups, Link, group_up
from tests.work import QUADRATIC, growth

NODES = 8
nodes = st.integers(0, NODES - 1)
links = st.lists(st.builds(Link, st.integers(0, 3), nodes, nodes), max_size=12)
pairs = st.sets(st.frozensets(nodes, min_size=2, max_size=2), max_size=8)


def partition(groups, size=NODES):
    return {frozenset(groups.members(node)) for node in range(size)}


def never(_one, _other):
    return False


def test_nothing_linked_is_alone():
    groups, ranks = group_up(3, [], [], never)
    assert partition(groups, 3) == {frozenset({0}), frozenset({1}), frozenset({2})}
    assert ranks == [-1, -1, -1]


def test_a_rank_is_that_of_the_strongest_link():
    _, ranks = group_up(4, [Link(1, 0, 1), Link(0, 1, 2)], [Link(3, 0, 2), Link(3, 2, 3)], never)
    assert ranks == [1, 0, 0, 3]


def test_a_node_that_stands_for_several_rows_is_linked_with_itself():
    groups, ranks = group_up(2, [Link(0, 1, 1)], [], never)
    assert partition(groups, 2) == {frozenset({0}), frozenset({1})}
    assert ranks == [-1, 0]


def test_no_chain_of_weak_links_joins_two_that_contradict_each_other():
    weak = [Link(3, 0, 1), Link(3, 1, 2), Link(3, 2, 3)]
    groups, ranks = group_up(4, [], weak, lambda one, other: {one, other} == {0, 3})
    assert partition(groups, 4) == {frozenset({0, 1, 2}), frozenset({3})}
    assert ranks == [3, 3, 3, -1]


def test_what_may_be_either_of_two_joins_neither():
    weak = [Link(3, 0, 1), Link(3, 1, 2)]
    groups, ranks = group_up(3, [], weak, lambda one, other: {one, other} == {0, 2})
    assert partition(groups, 3) == {frozenset({0}), frozenset({1}), frozenset({2})}
    assert ranks == [-1, -1, -1]


def test_what_is_like_very_many_is_like_anybody():
    size = LOOK_ALIKES + 2
    few, _ = group_up(size, [], [Link(3, 0, node) for node in range(1, size - 1)], never)
    many, _ = group_up(size, [], [Link(3, 0, node) for node in range(1, size)], never)
    assert len(few.members(0)) == size - 1
    assert len(many.members(0)) == 1


def test_groups_too_large_to_compare_stay_apart():
    size = 2 * PAIRS_LOOKED_AT
    strong = [Link(0, 0, node) for node in range(1, size - 1)]
    groups, _ = group_up(size, strong, [Link(3, 0, size - 1)], never)
    assert len(groups.members(0)) == size - 1


def test_a_weak_link_sees_what_strong_links_joined():
    groups, _ = group_up(4, [Link(0, 0, 3)], [Link(3, 0, 1)], lambda one, other: {one, other} == {1, 3})
    assert partition(groups, 4) == {frozenset({0, 3}), frozenset({1}), frozenset({2})}


def test_a_strong_link_joins_even_those_that_contradict_each_other():
    groups, _ = group_up(2, [Link(0, 0, 1)], [], lambda _one, _other: True)
    assert partition(groups, 2) == {frozenset({0, 1})}


@given(links, links, pairs)
def test_groups_are_an_equivalence(strong, weak, contrary):
    groups, ranks = group_up(NODES, strong, weak, lambda one, other: frozenset({one, other}) in contrary)
    assert sorted(node for group in partition(groups) for node in group) == list(range(NODES))
    assert all(groups.root(node) in groups.members(node) for node in range(NODES))
    assert all(ranks[node] >= 0 for group in partition(groups) if len(group) > 1 for node in group)


@given(links, links, pairs, st.randoms(use_true_random=False))
def test_the_order_of_strong_links_never_matters(strong, weak, contrary, random):
    def contradicts(one, other):
        return frozenset({one, other}) in contrary

    groups, ranks = group_up(NODES, strong, weak, contradicts)
    mixed, mixed_ranks = group_up(NODES, random.sample(strong, len(strong)), weak, contradicts)
    assert (partition(mixed), mixed_ranks) == (partition(groups), ranks)


def test_many_links_are_cheap():
    def join_all(size):
        groups = Groups(size)
        for node in range(1, size):
            groups.join(node, node - 1)
        assert len(groups.members(0)) == size

    assert growth(join_all, 100_000) < QUADRATIC
