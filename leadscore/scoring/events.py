"""The activities of a sheet of leads, as arrays: one event per place."""

from __future__ import annotations

from dataclasses import dataclass

from leadscore.scoring.values import Bools, Codes, Floats


@dataclass(frozen=True)
class Events:
    """What leads did: event i is activity `texts[activity[i]]` of lead `lead[i]`, a position among the leads.

    `age` is in calendar days, 0 for the day of the run; no event is in the future. `count` is how often it happened
    that day. `product` is a place in `products`, of which the first is '' for none. `is_early` marks what happened
    before the day its lead was recycled. Texts are trimmed and differ after folding. An e-mail that several leads share
    gives an event to each of them.
    """

    lead: Codes
    activity: Codes
    age: Codes
    count: Floats
    product: Codes
    is_early: Bools
    texts: tuple[str, ...]
    products: tuple[str, ...] = ("",)
