"""The band that each lead is in, the one it was in before, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from leadscore.pipeline.past.changes import Changes
from leadscore.pipeline.past.earlier import Earlier
from leadscore.pipeline.results import Results
from leadscore.scoring.bands import EXCLUDED, band_of

Value = TypeVar("Value")


@dataclass(frozen=True)
class InBand:
    """The leads that are not blank rows: the band of the total, that of before, and since when (ISO 8601, UTC).

    Bands are as shown, '' for none; `before` is '' for a new lead too.
    """

    bands: list[str]
    before: list[str]
    since: list[str]


def in_band(results: Results, changes: Changes, earlier: Earlier) -> InBand:
    """Where each lead stands beside where it stood."""
    bands = bands_of(results)
    before = _as_called_now(before_of(earlier.leads["band"].tolist(), changes), results, changes)
    since = before_of(earlier.leads["since"].tolist(), changes)
    return InBand(
        bands,
        before,
        [
            start if start and band == old else earlier.now
            for band, old, start in zip(bands, before, since, strict=True)
        ],
    )


def bands_of(results: Results) -> list[str]:
    """The band of each lead that is not a blank row, '' for none."""
    table = results.table[~results.blank]
    return table["band"].tolist() if "band" in table else [""] * len(table)


def before_of(values: Sequence[Value], changes: Changes) -> list[Value | None]:
    """What was known of each lead, None for a new one."""
    return [values[place] if place >= 0 else None for place in changes.places]


def _as_called_now(before: Sequence[str | None], results: Results, changes: Changes) -> list[str]:
    """The bands of before; where the model has none of that name any more, the one that the score of before is in now.

    To rename a band moves nobody.
    """
    bands = [band for band in results.plan.model.bands if not band.score]
    names = {"", EXCLUDED, *(band.name for band in bands)}
    by_score = band_of(changes.previous, bands)
    return [old if old in names else new for old, new in zip((old or "" for old in before), by_score, strict=True)]
