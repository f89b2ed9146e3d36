"""Groups out of links between nodes 0, 1, 2 …: strong links always join, weak ones unless the groups contradict."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

# A lead that is like more than so many others is like anybody.
LOOK_ALIKES = 12
# Pairs looked at before two groups are joined; groups with more are past what a weak link should join.
PAIRS_LOOKED_AT = 400


class Link(NamedTuple):
    """Two nodes that are one person; `rank` is how strong the link is, 0 the strongest."""

    rank: int
    first: int
    second: int


Contradicts = Callable[[int, int], bool]


class Groups:
    """A union-find of nodes that knows the members of each group."""

    def __init__(self, size: int) -> None:
        self._root = list(range(size))
        self._members: dict[int, list[int]] = {}

    def root(self, node: int) -> int:
        """The node that stands for the group of this one."""
        while (above := self._root[node]) != node:
            self._root[node] = node = self._root[above]
        return node

    def members(self, node: int) -> Sequence[int]:
        """All nodes of the group of this one."""
        root = self.root(node)
        return self._members.get(root, (root,))

    def join(self, first: int, second: int) -> None:
        """Makes one group of two; the smaller is added to the larger, so that many joins stay cheap."""
        one, other = self.root(first), self.root(second)
        if one == other:
            return
        if len(self.members(one)) < len(self.members(other)):
            one, other = other, one
        self._members.setdefault(one, [one]).extend(self._members.pop(other, (other,)))
        self._root[other] = one


def group_up(
    size: int, strong: Iterable[Link], weak: Sequence[Link], contradicts: Contradicts
) -> tuple[Groups, list[int]]:
    """The groups, and for each node the rank of the strongest link it has within its group, -1 where it has none.

    The order of strong links does not matter. Weak ones are taken in the order given. One is left out where a member of
    one group contradicts a member of the other, so that no chain joins two people; and where one of the groups has weak
    links with two that contradict each other, for then nobody knows which of them it is.
    """
    groups, ranks = Groups(size), [-1] * size
    for link in strong:
        groups.join(link.first, link.second)
        _note(ranks, link)
    for link in _telling(groups, weak, contradicts):
        if not _oppose(groups, link.first, link.second, contradicts):
            groups.join(link.first, link.second)
            _note(ranks, link)
    return groups, ranks


def _telling(groups: Groups, weak: Sequence[Link], contradicts: Contradicts) -> list[Link]:
    """The weak links between groups that do not contradict each other, and of which none may be either of two."""
    links = [link for link in weak if not _oppose(groups, link.first, link.second, contradicts)]
    likes: dict[int, set[int]] = defaultdict(set)
    for link in links:
        one, other = groups.root(link.first), groups.root(link.second)
        if one != other:
            likes[one].add(other)
            likes[other].add(one)
    equivocal = {
        root
        for root, others in likes.items()
        if len(others) > LOOK_ALIKES or any(_oppose(groups, *pair, contradicts) for pair in combinations(others, 2))
    }
    return [link for link in links if equivocal.isdisjoint((groups.root(link.first), groups.root(link.second)))]


def _note(ranks: list[int], link: Link) -> None:
    for node in (link.first, link.second):
        if ranks[node] < 0 or link.rank < ranks[node]:
            ranks[node] = link.rank


def _oppose(groups: Groups, first: int, second: int, contradicts: Contradicts) -> bool:
    """Whether two groups cannot be one; what would take too many comparisons to tell counts as such."""
    if groups.root(first) == groups.root(second):
        return False
    ones, others = groups.members(first), groups.members(second)
    if len(ones) * len(others) > PAIRS_LOOKED_AT:
        return True
    return any(contradicts(one, other) for one in ones for other in others)
