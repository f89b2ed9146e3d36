"""How scores spread: bins on round numbers, with an edge at every limit of a band where round numbers allow it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from leadscore.scoring.values import Floats

_FEWEST, _MOST = 5, 20  # bins
_STEPS = (1.0, 2.0, 2.5, 5.0)  # times a power of ten
_ENOUGH = 100  # scores: of fewer, none is far out by chance alone
_FAR = 4  # times the spread of the middle 98 %


class Bin(NamedTuple):
    """The scores from `low` to just under `high` (in the last bin, `high` too); infinite where all beyond is in it.

    `by_band` has its leads per band, '' for none.
    """

    low: float
    high: float
    leads: int
    by_band: Mapping[str, int]


def histogram(scores: pd.Series, bands: pd.Series, limits: Sequence[float]) -> tuple[Bin, ...]:
    """The bins from the lowest to the highest score, none left out, with the band of each score; () without scores.

    `limits` are the lower limits of bands that scores rise over: the bins reach them all, unless they are far away.
    """
    if not len(scores):
        return ()
    numbers = scores.to_numpy(dtype=float)
    edges = _edges(numbers, limits)
    places = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, len(edges) - 2)
    if numbers.min() < edges[0]:
        edges[0] = -math.inf
    if numbers.max() > edges[-1]:
        edges[-1] = math.inf
    found = Counter(zip(places.tolist(), bands.tolist(), strict=True))
    names = list(dict.fromkeys(bands.tolist()))
    return tuple(
        Bin(low, high, sum(counts.values()), counts)
        for place, (low, high) in enumerate(pairwise(edges))
        for counts in [{name: found[place, name] for name in names if found[place, name]}]
    )


def _edges(numbers: Floats, limits: Sequence[float]) -> list[float]:
    low, high = _span(numbers)
    spread = (high - low) or max(abs(high), 1.0)
    near = [limit for limit in limits if low - spread <= limit <= high + spread]
    low, high = min([low, *near]), max([high, *near])
    step = _step(low, high, near, min(_MOST, max(_FEWEST, 2 * math.isqrt(len(numbers)))))
    first, last = _places(low, high, step)
    return [_plain(place * step) for place in range(first, last + 1)]


def _span(numbers: Floats) -> tuple[float, float]:
    """From the lowest to the highest score, without the few that are far out."""
    low, high = float(numbers.min()), float(numbers.max())
    if len(numbers) < _ENOUGH:
        return low, high
    inner_low, inner_high = (float(number) for number in np.percentile(numbers, (1, 99)))
    room = _FAR * (inner_high - inner_low)
    if not room:
        return low, high
    return (low if inner_low - low <= room else inner_low), (high if high - inner_high <= room else inner_high)


def _step(low: float, high: float, limits: Sequence[float], most: int) -> float:
    """The smallest round width that makes at most so many bins, the limits on edges where one has them so."""
    if low == high:
        return float(f"1e{_power(high or 1.0)}")
    power = _power((high - low) / most)
    widths = [float(f"{step}e{exponent}") for exponent in range(power, power + 3) for step in _STEPS]
    fitting = [width for width in widths if _bins(low, high, width) <= most]
    aligned = [width for width in fitting if all(_is_multiple(limit, width) for limit in limits)]
    enough = [width for width in aligned if _bins(low, high, width) >= _FEWEST]
    return (enough or fitting)[0]


def _power(number: float) -> int:
    return math.floor(math.log10(abs(number)))


def _bins(low: float, high: float, width: float) -> int:
    first, last = _places(low, high, width)
    return last - first


def _places(low: float, high: float, width: float) -> tuple[int, int]:
    """The edges, in steps from zero, between which all lies; edges that differ by an error of doubles are one."""
    first, last = math.floor(_plain(low / width)), math.ceil(_plain(high / width))
    return first, max(last, first + 1)


def _plain(number: float) -> float:
    """0.30000000000000004 -> 0.3."""
    return float(f"{number:.12g}")


def _is_multiple(number: float, width: float) -> bool:
    return _plain(number / width).is_integer()
