"""Which leads are one person: links between the keys of leads, found in blocks that share an address, phone or company.

Exact keys are linked in blocks of any size, in time linear in the block. Spellings are compared within a block between
the names that share a part or both initials: all of them up to `ALL_PAIRS` names, beyond that each with the
`WINDOW` next ones in the order of the alphabet (the sorted neighbourhood of Hernández and Stolfo, 1995), so that a
company of 20,000 leads costs no more per lead than a small one. Of a phone or mailbox with more than `SHARED_BY` names,
only equal names are linked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from leadscore.enrichment.duplicate_groups import Link
from leadscore.enrichment.duplicate_keys import LeadKeys
from leadscore.enrichment.name_likeness import NEAR, PARTIAL, Name, are_two_names, fingerprint, fits, likeness, sound

REASONS = ("same_email", "same_phone", "same_name_company", "similar_name_company")  # the strongest first
SAME_EMAIL, SAME_PHONE, SAME_NAME, SIMILAR_NAME = range(len(REASONS))
ALL_PAIRS = 30  # names
WINDOW = 10  # names
SHARED_BY = 100  # names; a phone or mailbox of more tells nobody from nobody

Block = Sequence[int]  # nodes: places in the list of distinct keys


class Links(NamedTuple):
    """Strong links hold whatever else is known of their leads; weak ones only where nothing contradicts them."""

    strong: list[Link]
    weak: list[tuple[int, Link]]  # with their likeness: what is near comes before what is cut short


def links_between(leads: Sequence[LeadKeys], counts: Sequence[int]) -> tuple[list[Link], list[Link]]:
    """Strong and weak links between distinct keys; `counts` says how many leads have each.

    The weak ones are in an order that depends on the keys only, and not on theirs in the list.
    """
    links = Links([], [])
    for node, count in enumerate(counts):
        if count > 1 and (rank := own_rank(leads[node])) is not None:
            links.strong.append(Link(rank, node, node))
    everyone = range(len(leads))
    for block in _blocks([lead.email for lead in leads], everyone):
        if _is_one_mailbox(block, leads):
            links.strong.extend(_star(SAME_EMAIL, block))
        else:
            _link_shared(SAME_EMAIL, block, leads, links)
    for block in _blocks([lead.phone for lead in leads], everyone):
        _link_shared(SAME_PHONE, block, leads, links)
    for block in _companies(leads):
        if _has_common_parts(block, leads):
            _link_colleagues(block, leads, links)
    return links.strong, _in_order(links.weak, leads)


def _in_order(weak: list[tuple[int, Link]], leads: Sequence[LeadKeys]) -> list[Link]:
    def order(found: tuple[int, Link]) -> tuple[int, int, list[LeadKeys]]:
        how, link = found
        return link.rank, how, sorted((leads[link.first], leads[link.second]))

    return [link for _, link in sorted(weak, key=order)]


def own_rank(lead: LeadKeys) -> int | None:
    """The strongest link between two leads with these same keys, None where they tell nobody."""
    if lead.email:
        return SAME_EMAIL
    if lead.phone:
        return SAME_PHONE
    return SAME_NAME if _own_companies(lead) else None


def contradict(one: LeadKeys, other: LeadKeys) -> bool:
    """Whether two leads are surely two people: names that are not alike, or each with a mailbox in its own name."""
    if are_two_names(one.name, other.name):
        return True
    if not one.mailbox or not other.mailbox or one.email == other.email:
        return False
    return (
        fits(one.mailbox, one.name)
        and fits(other.mailbox, other.name)
        and not fits(one.mailbox, other.name)
        and not fits(other.mailbox, one.name)
    )


def _own_companies(lead: LeadKeys) -> tuple[str, ...]:
    """The companies within which a name tells who it is: it must be given, and whole."""
    return lead.companies if lead.name.is_full and not lead.is_guessed else ()


def _blocks(keys: Sequence[str], nodes: Sequence[int]) -> Iterable[Block]:
    """The nodes that have a key in common, two or more; '' is no key. Keys and nodes go together, one by one."""
    counts = Counter(keys)
    counts[""] = 0
    blocks: dict[str, list[int]] = defaultdict(list)
    for key, node in zip(keys, nodes, strict=True):
        if counts[key] > 1:
            blocks[key].append(node)
    return blocks.values()


def _companies(leads: Sequence[LeadKeys]) -> set[Block]:
    """The nodes of each company, once where its name and its domain say the same."""
    keys, nodes = [], []
    for node, lead in enumerate(leads):
        for company in _own_companies(lead):
            keys.append(company)
            nodes.append(node)
    return {tuple(block) for block in _blocks(keys, nodes)}


def _star(rank: int, block: Block) -> Iterator[Link]:
    """Links of the first node with each other one: enough to join them all."""
    return (Link(rank, block[0], node) for node in block[1:])


def _link_colleagues(block: Block, leads: Sequence[LeadKeys], links: Links) -> None:
    """Links the leads of one company by their names."""
    named = _by_name(block, leads)
    for nodes in named.values():
        _link_same_names(SAME_NAME, nodes, leads, links)
    links.weak.extend(_spellings(SIMILAR_NAME, named))


def _is_one_mailbox(block: Block, leads: Sequence[LeadKeys]) -> bool:
    """Whether an address is one person's: it bears the name of a lead, or the names of all have a word in common."""
    if leads[block[0]].is_shared:
        return False
    names = [leads[node].name for node in block if any(leads[node].name)]
    if not names or any(fits(leads[block[0]].mailbox, name) for name in names):
        return True
    return bool(set.intersection(*(set(fingerprint(name)) for name in names)))


def _link_shared(rank: int, block: Block, leads: Sequence[LeadKeys], links: Links) -> None:
    """Links the leads of one phone or one mailbox, which several people may share.

    A lead without a name may be any of those who have one. Where it has a mailbox of its own and the phone is no
    mobile, only one whose name the mailbox bears.
    """
    named = _by_name([node for node in block if any(leads[node].name)], leads)
    for nodes in named.values():
        _link_same_names(rank, nodes, leads, links)
    nameless = [node for node in block if not any(leads[node].name)]
    silent = [node for node in nameless if _may_be_anybody(rank, leads[node])]
    links.strong.extend(_star(rank, silent))
    speaking = [node for node in nameless if not _may_be_anybody(rank, leads[node])]
    if len(named) + len(speaking) > SHARED_BY:
        return
    links.weak.extend(_spellings(rank, named))
    for name, nodes in named.items():
        meant = [*silent[:1], *(node for node in speaking if fits(leads[node].mailbox, name))]
        links.weak.extend((PARTIAL, Link(rank, node, nodes[0])) for node in meant)


def _may_be_anybody(rank: int, nameless: LeadKeys) -> bool:
    return rank == SAME_EMAIL or nameless.is_mobile or not nameless.mailbox


def _by_name(block: Block, leads: Sequence[LeadKeys]) -> dict[Name, list[int]]:
    """The nodes of a block by name; first and last exchanged is the same name. All in the order of the names."""
    nodes_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for node in sorted(block, key=lambda node: leads[node].name):
        nodes_of[fingerprint(leads[node].name)].append(node)
    return {leads[nodes[0]].name: nodes for nodes in nodes_of.values()}


def _link_same_names(rank: int, nodes: Block, leads: Sequence[LeadKeys], links: Links) -> None:
    """Links the nodes of one name; only weakly where first and last are exchanged: 'Paul Martin', 'Martin Paul'."""
    first_of: dict[Name, int] = {}
    for node in nodes:
        first = first_of.setdefault(leads[node].name, node)
        if first != node:
            links.strong.append(Link(rank, first, node))
    links.weak.extend((NEAR, link) for link in _star(rank, list(first_of.values())))


def _spellings(rank: int, named: Mapping[Name, Block]) -> Iterator[tuple[int, Link]]:
    """Links between the names of a block that may be one person's, with their likeness."""
    names = list(named)
    for one, other in _pairs_to_compare(names):
        how = likeness(names[one], names[other])
        if how is not None:
            yield how, Link(rank, named[names[one]][0], named[names[other]][0])


def _has_common_parts(block: Block, leads: Sequence[LeadKeys]) -> bool:
    """Whether any two names of a block would be compared; in most small companies none would."""
    parts = [_parts(leads[node].name) for node in block]
    return len(set(chain.from_iterable(parts))) < sum(map(len, parts))


def _pairs_to_compare(names: Sequence[Name]) -> Iterable[tuple[int, int]]:
    """Pairs of places in a sorted list of names: those with a part or both initials in common."""
    buckets: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for part in {*_parts(name)} - {""}:
            buckets[part].append(place)
    return sorted({pair for places in buckets.values() for pair in _neighbours(places)})


def _parts(name: Name) -> list[str]:
    """How first and last name sound, and each word where there are several; and the initials, in capitals."""
    first, last = sound(name.first), sound(name.last)
    initials = first[:1] + last[:1] if first < last else last[:1] + first[:1]
    parts = [first, last, initials.upper()]
    return [*parts, *map(sound, fingerprint(name))] if " " in name.first or " " in name.last else parts


def _neighbours(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(places) <= ALL_PAIRS:
        yield from combinations(places, 2)
        return
    for turn, one in enumerate(places):
        for other in places[turn + 1 : turn + 1 + WINDOW]:
            yield one, other
