"""The activities of a sheet of leads, as arrays: one event per place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leadscore.scoring.values import Bools, Codes, Floats
from leadscore.values.folding import fold


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


@dataclass(frozen=True)
class Deed:
    """What a lead, a position among the leads, is supposed to have done: so many times, `age` days ago."""

    lead: int
    activity: str
    age: int = 0
    count: float = 1.0
    product: str = ""


def events_of_deeds(deeds: Sequence[Deed]) -> Events:
    """Deeds that nobody recorded, as events; nobody is recycled."""
    activity, texts = _coded([deed.activity for deed in deeds])
    product, products = _coded(["", *(deed.product for deed in deeds)])
    return Events(
        lead=np.array([deed.lead for deed in deeds], dtype=np.intp),
        activity=activity,
        age=np.array([deed.age for deed in deeds], dtype=np.intp),
        count=np.array([deed.count for deed in deeds], dtype=float),
        product=product[1:],
        is_early=np.zeros(len(deeds), dtype=bool),
        texts=texts,
        products=products,
    )


def _coded(texts: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    """Each text as a place among those that differ after folding, in the order they are first met."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(fold(text), text)
    places = {key: place for place, key in enumerate(first)}
    return np.array([places[fold(text)] for text in texts], dtype=np.intp), tuple(first.values())
