"""The figures of a run, for whatever shows them: all counted from the columns that Results and Enriched show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from leadscore.model.decisions import Matrix
from leadscore.model.model import Band
from leadscore.pipeline.account_figures import AccountFigures, account_figures
from leadscore.pipeline.counts import (
    BandCount,
    CriterionCount,
    Group,
    Quality,
    Standing,
    band_counts,
    counts_of,
    criterion_counts,
    exclusion_counts,
    group_counts,
    quality_of,
    share_of,
    texts_of,
)
from leadscore.pipeline.doubts.tally import tallies
from leadscore.pipeline.doubts.understood import understood
from leadscore.pipeline.figure_columns import (
    BandOrder,
    ResultRows,
    band_order,
    countries,
    limits_of,
    reachable,
    top_band,
)
from leadscore.pipeline.histogram import Bin, histogram
from leadscore.pipeline.results import Results
from leadscore.plan.names import Names
from leadscore.plan.plan import texts_of_source
from leadscore.scoring.matrix import matrix_codes

_TWO = 2  # bands: the second lowest is the best one then


class Stage(NamedTuple):
    """A step of the funnel: its leads are among those of the step before, `share` of them (NaN for none).

    `name` is leads, reachable or not_excluded; or a band: its leads alone, or with `and_better` those above it too.
    """

    name: str
    leads: int = 0
    share: float = math.nan
    is_band: bool = False
    and_better: bool = False


class MatrixCounts(NamedTuple):
    """Leads not excluded by row band and column band, in the model's order; `actions` by the same pair."""

    row_score: str
    column_score: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    leads: Mapping[tuple[str, str], int]
    actions: Mapping[tuple[str, str], str]


class CaseCount(NamedTuple):
    """A case of the model, its cell, the leads it is put to and those it matches (decides; with policy sum: holds)."""

    criterion: str
    sentence: str
    cell: str
    asked: int
    leads: int


@dataclass(frozen=True)
class Known:
    """What only the model knows; a results workbook that is read back has none of it.

    `bands` are those of every score ('' the total); `sources` the field `source` of each row, None without any;
    `accounts` what leads are rolled up to, None where they are not.
    """

    bands: Mapping[str, Sequence[Band]] = field(default_factory=dict)
    matrix: Matrix | None = None
    cases: tuple[CaseCount, ...] = ()
    sources: pd.Series | None = None
    accounts: AccountFigures | None = None


@dataclass(frozen=True)
class Figures:
    """Everything a summary shows. Shares are 0..1; a mean or share of nothing is NaN.

    `leads` leaves blank rows out. `mean_score`, `quartiles`, `histogram` and the means of `criteria` are of the leads
    not excluded. `top_band` is the best band of the total, '' where it has none, and `in_top` its leads. `bands` are by
    score, '' the total. `excluded_by` counts a lead for each criterion that excludes it. `codes` are the leads per code
    of the matrix, `matrix` the same as a grid where the model is known.
    """

    leads: int
    excluded: int
    mean_score: float
    quartiles: tuple[float, float, float]
    top_band: str
    in_top: int
    histogram: tuple[Bin, ...]
    bands: Mapping[str, tuple[BandCount, ...]]
    funnel: tuple[Stage, ...]
    criteria: tuple[CriterionCount, ...]
    excluded_by: Mapping[str, int]
    countries: tuple[Group, ...]
    sources: tuple[Group, ...]
    codes: Mapping[str, int]
    matrix: MatrixCounts | None
    cases: tuple[CaseCount, ...]
    quality: Quality
    accounts: AccountFigures | None = None

    @property
    def odd_cases(self) -> tuple[CaseCount, ...]:
        """The cases that match no lead they are put to, or every one."""
        return tuple(case for case in self.cases if case.leads in (0, case.asked))


def figures_of_run(results: Results) -> Figures:
    """The figures of a run."""
    return figures_of(results.table, results.enriched, _known(results))


def figures_of(table: pd.DataFrame, enriched: pd.DataFrame | None = None, known: Known | None = None) -> Figures:
    """The figures of result columns by their English names, and of enrichment columns on the same rows.

    A row without any result is a blank one. Without `known`, bands come in the order of their leads' scores, those
    without leads are not told of, and there are no cases and no grid.
    """
    known = known or Known()
    is_lead = (table.notna() & (table != "")).any(axis=1)
    table = table[is_lead]
    enriched = pd.DataFrame(index=table.index) if enriched is None else enriched[is_lead]
    rows = ResultRows.of(table)
    bands = {name: band_order(name, rows, known.bands.get(name)) for name in rows.bands}
    top, codes = top_band(bands), counts_of(rows.codes[rows.codes != ""])
    is_top = rows.band.eq(top) if top else None
    standing = Standing(rows.scores, rows.is_excluded, is_top)
    kept = rows.scores[~rows.is_excluded].dropna()
    sources = None if known.sources is None else texts_of(known.sources[is_lead])
    return Figures(
        leads=len(table),
        excluded=int(rows.is_excluded.sum()),
        mean_score=float(kept.mean()),
        quartiles=(float(kept.quantile(0.25)), float(kept.quantile(0.5)), float(kept.quantile(0.75))),
        top_band=top,
        in_top=0 if is_top is None else int(is_top.sum()),
        histogram=histogram(kept, rows.band[kept.index], limits_of(bands)),
        bands={name: band_counts(rows.bands[name], order.starts) for name, order in bands.items()},
        funnel=_funnel(enriched, rows, bands),
        criteria=criterion_counts(table, rows.is_excluded),
        excluded_by=exclusion_counts(rows.excluded_by[rows.is_excluded]),
        countries=group_counts(countries(enriched), standing),
        sources=group_counts(sources, standing),
        codes=codes,
        matrix=_matrix(known.matrix, known.bands, codes),
        cases=known.cases,
        quality=quality_of(enriched),
        accounts=known.accounts,
    )


def _funnel(enriched: pd.DataFrame, rows: ResultRows, bands: Mapping[str, BandOrder]) -> tuple[Stage, ...]:
    rising = bands[""].rising if "" in bands else ()
    masks: list[tuple[Stage, pd.Series]] = [(Stage("leads"), pd.Series(data=True, index=rows.scores.index))]
    if (can_be_reached := reachable(enriched)) is not None:
        masks.append((Stage("reachable"), can_be_reached))
    masks.append((Stage("not_excluded"), ~rows.is_excluded))
    if len(rising) > _TWO:
        masks.append((Stage(rising[1], is_band=True, and_better=True), rows.band.isin(rising[1:])))
    if rising:
        masks.append((Stage(rising[-1], is_band=True), rows.band.eq(rising[-1])))
    left, stages = masks[0][1], []
    for stage, mask in masks:
        before, left = left, left & mask
        stages.append(stage._replace(leads=int(left.sum()), share=share_of(int(left.sum()), int(before.sum()))))
    return tuple(stages)


def _matrix(
    matrix: Matrix | None, bands: Mapping[str, Sequence[Band]], codes: Mapping[str, int]
) -> MatrixCounts | None:
    if matrix is None:
        return None
    scores = (matrix.row_score, matrix.column_score)
    rows, columns = (tuple(band.name for band in bands.get(score, ())) for score in scores)
    pairs = [(row, column) for row in rows for column in columns]
    names = matrix_codes([row for row, _ in pairs], [column for _, column in pairs])
    return MatrixCounts(
        matrix.row_score,
        matrix.column_score,
        rows,
        columns,
        {pair: codes.get(name, 0) for pair, name in zip(pairs, names, strict=True)},
        {(cell.row_band, cell.column_band): cell.action for cell in matrix.cells},
    )


def _known(results: Results) -> Known:
    model = results.plan.model
    scores = dict.fromkeys(band.score for band in model.bands)
    return Known(
        bands={score: tuple(band for band in model.bands if band.score == score) for score in scores},
        matrix=model.matrix,
        cases=tuple(_cases(results)),
        sources=_sources(results),
        accounts=account_figures(results.accounts),
    )


def _cases(results: Results) -> Iterator[CaseCount]:
    found = tuple(tallies(results))
    for criterion, tally in zip(understood(results.plan, found), found, strict=True):
        name = f"{criterion.score}: {criterion.name}" if criterion.score else criterion.name
        for case in criterion.cases:
            yield CaseCount(name, case.sentence, str(case.place), tally.leads, case.leads or 0)


def _sources(results: Results) -> pd.Series | None:
    """The field `source` of each row; None where the sheet has none."""
    plan, leads = results.plan, results.leads
    source = Names.of(plan.own_columns, plan.model.fields).source_of("source")
    if source is None or source.is_made or not leads.columns.is_unique or not set(source.columns) <= set(leads):
        return None
    return texts_of_source(leads, source)
