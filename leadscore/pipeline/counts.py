"""Counting what the columns of results and enrichment hold: criteria, exclusions, bands, groups of leads, verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from leadscore.enrichment.step import SEPARATOR
from leadscore.pipeline.results import CONTRIBUTION, LINES, TOTAL
from leadscore.pipeline.score import OVERRIDDEN
from leadscore.scoring.bands import EXCLUDED

_VERDICTS = ("email_validity", "phone_validity", "email_type", "duplicate_reason")
_MEANS = ("completeness", "data_quality_score")


class BandCount(NamedTuple):
    """A band, its lower limit (None: none, or not known), its leads and their share of all leads."""

    name: str
    start: float | None
    leads: int
    share: float


class CriterionCount(NamedTuple):
    """A criterion, the leads it moves up or down, and what it adds on average to a lead that is not excluded.

    Where there are several scores, `name` is 'SCORE: NAME', and `mean` is in units of that score.
    """

    name: str
    leads: int
    mean: float


class Group(NamedTuple):
    """Leads that have something in common. `mean_score` is that of those not excluded, `top_share` of all of them."""

    name: str
    leads: int
    kept: int
    mean_score: float
    top: int
    top_share: float


class Standing(NamedTuple):
    """Of each lead: its score, NaN for none; if it is excluded; if it is in the best band (None: no bands)."""

    scores: pd.Series
    is_excluded: pd.Series
    is_top: pd.Series | None


class Quality(NamedTuple):
    """What enrichment found. `words` has, by column, the leads per word ('' for blank) of those that were made.

    `anomalies` counts a lead for each kind, `odd` the leads with any, `duplicates` those that stand further up already.
    Means are of the leads where there is something to judge, NaN without any.
    """

    words: Mapping[str, Mapping[str, int]]
    anomalies: Mapping[str, int]
    odd: int | None
    duplicates: int | None
    means: Mapping[str, float]


def texts_of(column: pd.Series) -> pd.Series:
    """The cells as texts, '' where there is none."""
    texts = [str(cell).strip() for cell in column.where(column.notna(), "")]
    return pd.Series(texts, index=column.index, name=column.name, dtype=object)


def numbers_of(column: pd.Series) -> pd.Series:
    """The cells as numbers, NaN where there is none."""
    return pd.to_numeric(column, errors="coerce").astype(float)


def share_of(part: int, whole: int) -> float:
    """0..1, NaN of nothing."""
    return part / whole if whole else float("nan")


def counts_of(column: pd.Series) -> dict[str, int]:
    """Leads per text, the commonest first, then by the alphabet."""
    counts = Counter(column.tolist())
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def is_excluded_by(excluded_by: pd.Series) -> pd.Series:
    """Where the lead is excluded: some criterion excludes it, and no person decided otherwise."""
    return excluded_by.ne("") & ~excluded_by.str.endswith(OVERRIDDEN)


def exclusion_counts(excluded_by: pd.Series) -> dict[str, int]:
    """Leads per criterion that excludes them, the commonest first."""
    return counts_of(excluded_by[excluded_by != ""].str.split(SEPARATOR).explode())


def band_counts(bands: pd.Series, starts: Mapping[str, float | None]) -> tuple[BandCount, ...]:
    """Leads per band in the order given; then without any band, and Excluded, where there are such."""
    counts = Counter(bands.tolist())
    others = [name for name in ("", EXCLUDED) if counts[name]]
    return tuple(
        BandCount(name, starts.get(name), counts[name], share_of(counts[name], len(bands)))
        for name in (*starts, *others)
    )


def criterion_counts(table: pd.DataFrame, is_excluded: pd.Series) -> tuple[CriterionCount, ...]:
    """Every criterion of every score, in the order of their columns; no lines such as cap and rounding, no total."""
    named = {str(name).removeprefix(CONTRIBUTION): str(name) for name in table if str(name).startswith(CONTRIBUTION)}
    counts = []
    for name, column in named.items():
        score, _, criterion = name.rpartition(": ")
        if score != TOTAL and criterion not in LINES:
            parts = numbers_of(table[column])
            moved = int((parts.notna() & parts.ne(0)).sum())
            counts.append(CriterionCount(name, moved, float(parts[~is_excluded].mean())))
    return tuple(counts)


def group_counts(names: pd.Series | None, standing: Standing) -> tuple[Group, ...]:
    """The leads by what they are called, the largest group first, then by the alphabet; () where there are no names."""
    if names is None or names.eq("").all():
        return ()
    frame = pd.DataFrame(
        {
            "leads": 1,
            "kept": (~standing.is_excluded).astype(int),
            "score": standing.scores.where(~standing.is_excluded),
            "top": 0 if standing.is_top is None else standing.is_top.astype(int),
        }
    )
    found = frame.groupby(names).agg({"leads": "sum", "kept": "sum", "score": "mean", "top": "sum"})
    groups = [
        Group(str(name), int(leads), int(kept), float(score), int(top), share_of(int(top), int(leads)))
        for name, leads, kept, score, top in zip(found.index, *(found[name] for name in found), strict=True)
    ]
    return tuple(sorted(groups, key=lambda group: (-group.leads, group.name)))


def quality_of(enriched: pd.DataFrame) -> Quality:
    """The verdicts of the enrichment columns that there are."""
    anomalies = texts_of(enriched["anomalies"]) if "anomalies" in enriched else None
    kinds = [] if anomalies is None else [_kinds(cell) for cell in anomalies.tolist() if cell]
    counts = Counter(kind for found in kinds for kind in found)
    return Quality(
        words={name: counts_of(texts_of(enriched[name])) for name in _VERDICTS if name in enriched},
        anomalies=dict(sorted(counts.items(), key=lambda row: (-row[1], row[0]))),
        odd=None if anomalies is None else len(kinds),
        duplicates=int(texts_of(enriched["duplicate_of"]).ne("").sum()) if "duplicate_of" in enriched else None,
        means={name: float(np.nanmean(found)) if (found := _known(enriched[name])).size else float("nan")
               for name in _MEANS if name in enriched},
    )  # fmt: skip


def _known(column: pd.Series) -> np.ndarray:
    return numbers_of(column).dropna().to_numpy()


def _kinds(cell: str) -> set[str]:
    """'mojibake: company; mojibake: city' -> {'mojibake'}."""
    return {piece.partition(": ")[0] for piece in cell.split(SEPARATOR)}
