"""Which giant's domain a domain is with one slip of the finger. It tells slips from other companies' names."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from leadscore.enrichment.keyboards import KEYBOARDS
from leadscore.reference import MailGiant, top_level_domains

_ALIKE = ("aeiouy", "il1", "o0", "vy")  # letters taken for one another by ear or by eye


class Slip(NamedTuple):
    """One edit: 'swap' of two letters, a letter typed 'twice' or 'once' of two, an 'extra', 'lost' or 'other' one.

    `at` is where the words begin to differ, 0 the first letter.
    """

    kind: Literal["swap", "twice", "once", "extra", "lost", "other"]
    at: int


# Slips believed in a name of so many letters. There is a company by every name of three letters in .com, by most in
# other countries, by many words of four; a name of two is never near enough.
_IN_SHORT_NAMES: dict[int, frozenset[str]] = {
    1: frozenset(),
    2: frozenset(),
    3: frozenset({"swap", "twice"}),
    4: frozenset({"swap", "twice", "once"}),
}


def giant_finder(giants: Mapping[str, MailGiant]) -> Callable[[str], str]:
    """A function that gives the giant's domain which a domain in ASCII means, '' where it means none or is one.

    Of several: where letters were only swapped or doubled, then where the part after the dot begins alike, then the
    more common provider.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    def find(domain: str) -> str:
        near = extract(domain, list(giants), scorer=OSA.distance, score_cutoff=1, limit=None)
        meant = [giants[name] for name, _, _ in near if is_slip(domain, giants[name])]
        best = min(meant, key=lambda giant: _doubt(domain, giant), default=None)
        return best.domain if best else ""

    return find


def is_slip(domain: str, giant: MailGiant) -> bool:
    """Whether a domain at distance 1 of a giant's (optimal string alignment) is a slip, and not another's name."""
    name, _, suffix = domain.partition(".")
    meant_name, _, meant_suffix = giant.domain.partition(".")
    if name == meant_name:
        return suffix != meant_suffix and (giant.invented or not exists(domain))
    return suffix == meant_suffix and _is_name_slip(name, meant_name, meant_suffix)


def exists(domain: str) -> bool:
    """Whether the top-level domain is one that there is, so that the domain may be somebody's."""
    return domain.rpartition(".")[2] in top_level_domains()


def _is_name_slip(name: str, meant: str, suffix: str) -> bool:
    slip = slip_between(name, meant)
    if len(meant) in _IN_SHORT_NAMES:
        every_name_is_taken = len(meant) == 3 and suffix == "com" and slip.kind == "swap"
        return slip.kind in _IN_SHORT_NAMES[len(meant)] and not every_name_is_taken
    return slip.kind != "other" or _is_near(name, slip.at, meant[slip.at])


def slip_between(typed: str, meant: str) -> Slip:
    """What makes one word of another; they are one edit apart."""
    differing = (place for place, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other)
    start = next(differing, min(len(typed), len(meant)))
    if len(typed) == len(meant):
        return Slip("other" if typed[start + 1 :] == meant[start + 1 :] else "swap", start)
    longer = max(typed, meant, key=len)
    repeated = start > 0 and longer[start] == longer[start - 1]
    if longer == typed:
        return Slip("twice" if repeated else "extra", start)
    return Slip("once" if repeated else "lost", start)


def _is_near(typed: str, place: int, meant: str) -> bool:
    """Whether the letter typed at a place is beside the one meant, looks or sounds alike, or repeats its neighbour."""
    letter = typed[place]
    return (letter, meant) in _NEAR_KEYS or letter in {*typed[max(place - 1, 0) : place], *typed[place + 1 : place + 2]}


def _near_keys() -> Iterator[tuple[str, str]]:
    for rows in KEYBOARDS:
        for row in rows:
            yield from pairwise(row)
        for upper, lower in pairwise(rows):
            yield from ((key, above) for place, key in enumerate(lower) for above in upper[place : place + 2])
    for letters in _ALIKE:
        yield from ((one, other) for one in letters for other in letters if one != other)


_NEAR_KEYS = frozenset(pair for one, other in _near_keys() for pair in ((one, other), (other, one)))


def _doubt(domain: str, giant: MailGiant) -> tuple[bool, bool, int]:
    """What makes a giant the less likely one, the weightiest first."""
    _, _, suffix = domain.partition(".")
    _, _, meant_suffix = giant.domain.partition(".")
    only_order = slip_between(domain, giant.domain).kind in {"swap", "twice", "once"}
    return not only_order, suffix[:1] != meant_suffix[:1], giant.rank
