"""The columns of results and enrichment that figures are of, however they came: from a run or read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import pandas as pd

from leadscore.model.model import Band
from leadscore.pipeline.counts import is_excluded_by, numbers_of, texts_of
from leadscore.pipeline.results import CONTRIBUTION, TOTAL
from leadscore.scoring.bands import rising

_REACHABLE = ("email_and_phone", "email", "phone")


@dataclass(frozen=True)
class ResultRows:
    """The columns of the results that figures are of, row for row: texts '' and numbers NaN where they are blank."""

    scores: pd.Series
    excluded_by: pd.Series
    is_excluded: pd.Series
    codes: pd.Series
    bands: Mapping[str, pd.Series]
    score_of: Mapping[str, pd.Series]

    @classmethod
    def of(cls, table: pd.DataFrame) -> ResultRows:
        """Of the result columns; bands by score, '' the total."""
        excluded_by = texts_of(table["excluded_by"])
        columns = {"": "band", **{name: f"{name}_band" for name in _scores_of(table)}}
        columns = {name: column for name, column in columns.items() if column in table}
        return cls(
            scores=numbers_of(table["score"]),
            excluded_by=excluded_by,
            is_excluded=is_excluded_by(excluded_by),
            codes=texts_of(table["matrix"]) if "matrix" in table else pd.Series("", index=table.index),
            bands={name: texts_of(table[column]) for name, column in columns.items()},
            score_of={name: numbers_of(table[name or "score"]) for name in columns},
        )

    @property
    def band(self) -> pd.Series:
        """The band of the total."""
        return self.bands.get("", pd.Series("", index=self.scores.index, dtype=object))


@dataclass(frozen=True)
class BandOrder:
    """The bands of a score with their lower limits, in the order they are shown; their names from the lowest up."""

    starts: Mapping[str, float | None]
    rising: tuple[str, ...]


def band_order(score: str, rows: ResultRows, said: Sequence[Band] | None) -> BandOrder:
    """As the model says, else by the median score of the leads in each."""
    if said:
        return BandOrder({band.name: band.start for band in said}, tuple(band.name for band in rising(said)))
    medians = rows.score_of[score][~rows.is_excluded].groupby(rows.bands[score]).median().drop("", errors="ignore")
    names = [str(name) for name in medians.sort_values(kind="stable").index]
    return BandOrder(dict.fromkeys(reversed(names)), tuple(names))


def _scores_of(table: pd.DataFrame) -> list[str]:
    """The names of several scores, by their contributions; [] where there is one only."""
    parts = [str(name).removeprefix(CONTRIBUTION) for name in table if str(name).startswith(CONTRIBUTION)]
    return [name for name in dict.fromkeys(part.rpartition(": ")[0] for part in parts) if name not in ("", TOTAL)]


def top_band(bands: Mapping[str, BandOrder]) -> str:
    """The best band of the total, '' where it has none."""
    return bands[""].rising[-1] if "" in bands and bands[""].rising else ""


def limits_of(bands: Mapping[str, BandOrder]) -> list[float]:
    """The limits that leads rise over; that of the lowest band is there to catch all."""
    order = bands.get("", BandOrder({}, ()))
    starts = [order.starts[name] for name in order.rising[1:]]
    return [start for start in starts if start is not None]


def reachable(enriched: pd.DataFrame) -> pd.Series | None:
    """Where a lead can be reached: by its contactability, else by a valid e-mail or phone; None where none was made."""
    if "contactability" in enriched:
        return texts_of(enriched["contactability"]).isin(_REACHABLE)
    valid = [texts_of(enriched[name]).eq("ok") for name in ("email_validity", "phone_validity") if name in enriched]
    return reduce(or_, valid) if valid else None


def countries(enriched: pd.DataFrame) -> pd.Series | None:
    """The country of each lead, else that of its phone."""
    found = [texts_of(enriched[name]) for name in ("country_iso2", "phone_country") if name in enriched]
    return reduce(lambda own, phone: own.where(own != "", phone), found) if found else None
