"""Labels of scores: bands, the range of bands a lead may be in, and ranks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd

from leadscore.model.model import Band
from leadscore.scoring.values import Bools, Floats

EXCLUDED = "Excluded"
_NO_BAND = "-"  # stands in a range for a score below every band


class Limited(Protocol):
    """Whatever has the lower limit of a band, None for no limit."""

    @property
    def start(self) -> float | None:
        """The lowest score that is in the band."""


AnyLimited = TypeVar("AnyLimited", bound=Limited)


def lower_limit(band: Limited) -> float:
    """The lower limit of a band as a number; no limit is below every score."""
    return -math.inf if band.start is None else band.start


def rising(bands: Iterable[AnyLimited]) -> list[AnyLimited]:
    """Bands from the lowest up."""
    return sorted(bands, key=lower_limit)


def band_of(scores: Floats, bands: Sequence[Band]) -> list[str]:
    """The band of each rounded score: the highest whose lower bound, included, is reached; '' for none or no score."""
    return [band.name if band is not None else "" for band in _bands_of(scores, bands)]


def _bands_of(scores: Floats, bands: Sequence[Band]) -> list[Band | None]:
    ordered = rising(bands)
    places = np.searchsorted(np.array([lower_limit(band) for band in ordered]), scores, side="right") - 1
    places = np.where(np.isnan(scores), -1, places)
    return [ordered[place] if place >= 0 else None for place in places]


def band_range(low: Floats, high: Floats, bands: Sequence[Band]) -> list[str]:
    """From the band of the lowest to that of the highest score a lead may come to have: 'Cold..Warm', or 'Warm'."""
    ends = zip(band_of(low, bands), band_of(high, bands), np.isnan(low), strict=True)
    return ["" if blank else _range(first or _NO_BAND, last or _NO_BAND) for first, last, blank in ends]


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


def ranks(scores: Floats, excluded: Bools) -> Floats:
    """1 = best of the leads not excluded, ties share (1, 2, 2, 4); NaN for the others."""
    ranked = pd.Series(np.where(excluded, np.nan, scores)).rank(method="min", ascending=False)
    return np.asarray(ranked, dtype=np.float64)
