"""The sheet Results: the user's columns, then what a reader wants to know first, then the details, folded away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from leadscore.model.grid import cell_letter
from leadscore.model.model import Band
from leadscore.pipeline.book import Taken, Wording, enrichment_column, frozen_columns, own_columns, worded
from leadscore.pipeline.contribution_notes import contribution_note
from leadscore.pipeline.results import CONTRIBUTION, TOTAL, Results
from leadscore.plan.plan import Plan
from leadscore.scoring.bands import EXCLUDED
from leadscore.sheets.output import Kind, Look, OutColumn, OutSheet
from leadscore.sheets.source import Source

SUM = "contribution_sum"
_REASONS_WIDTH = 90  # characters: five reasons, whole
_DETAILS = ("band_range", "score_low", "score_high", "coverage")

# Column -> how it shows, and what it means to the person who reads it.
_COLUMNS: dict[str, tuple[Kind, str]] = {
    "score": ("score", "The lead's score. The contribution columns add up to it, exactly."),
    "band": ("band", "The band whose lower limit the score reaches; Excluded when a criterion excludes the lead."),
    "band_range": ("band", "From the band of score_low to that of score_high: where unknown answers may still lead."),
    "rank": ("integer", "1 is the best of the leads not excluded; equal scores share a rank."),
    "excluded_by": ("text", "The exclusion criteria that gave negative points."),
    "reasons": ("text", "What each criterion adds to the score, the largest first."),
    "score_low": ("number", "The score if every unknown answer turned out worst."),
    "score_high": ("number", "The score if every unknown answer turned out best."),
    "coverage": ("percent", "Share of the criteria's weight whose answer is known for this lead."),
    "next_best_field": ("text", "The blank that could raise the score most: ask for this first."),
    "matrix": ("band", "The lead's cell in the sheet Matrix: the band of one score, then of the other."),
    "action": ("text", "What to do, from the sheet Matrix, else from Bands."),
    "machine_score": ("score", "What the criteria alone add up to, where a person decided otherwise."),
    "override_reason": ("text", "Why a person decided otherwise, from the sheet Overrides."),
}
_SUM_NOTE = "The contributions beside it, added up by Excel: the score."


def results_sheet(results: Results, source: Source, wording: Wording, *, is_workbook: bool) -> OutSheet:
    """The user's columns (or those that *result columns* names), then the columns of design.md section 6.

    A workbook has the details last, folded away, and the sum of the contributions as a formula; CSV has neither.
    """
    own = _chosen_columns(results, source, wording)
    taken = Taken(own)
    names = [str(name) for name in results.table.columns]
    if is_workbook:
        names.sort(key=_is_detail)
    maker = _Maker(results.plan, wording, taken)
    columns = [*own, *(maker.column(name, results.table[name]) for name in names)]
    if is_workbook:
        columns.append(_sum_column(columns, [*[""] * len(own), *names], results, wording, taken))
    return OutSheet(
        wording.sheet("results"),
        columns,
        decimals=results.plan.model.settings.decimals,
        frozen_columns=frozen_columns(own),
        first_column=len(own),
    )


def _is_detail(name: str) -> bool:
    """Whether a reader need not see it at once: who, how good, why and what to do come first."""
    return name in _DETAILS or name.startswith(CONTRIBUTION)


def _chosen_columns(results: Results, source: Source, wording: Wording) -> list[OutColumn]:
    """The columns before ours: the user's, and enrichment columns that *result columns* names."""
    wanted, headings = results.plan.result_columns, frozenset(source.leads.columns)
    own = own_columns(results.leads, source, [name for name in wanted if name in headings])
    found = iter(own)
    taken = Taken(own)
    return [
        next(found) if name in headings else enrichment_column(results.enriched[name], wording, taken)
        for name in wanted
    ]


@dataclass(frozen=True)
class _Maker:
    """Makes the columns that are ours."""

    plan: Plan
    wording: Wording
    taken: Taken

    def column(self, name: str, cells: pd.Series) -> OutColumn:
        heading = self.taken.free(self.wording.column(name))
        if name.startswith(CONTRIBUTION):
            note = contribution_note(name, self.plan)
            return OutColumn(heading, cells.tolist(), "number", note=note, group=True, folded=True)
        kind, note = _COLUMNS.get(name, ("band" if name.endswith("_band") else "score", ""))
        is_detail = _is_detail(name)
        column = OutColumn(heading, self._cells(name, kind, cells), kind, note, group=is_detail, folded=is_detail)
        if name == "reasons":
            return replace(column, width=_REASONS_WIDTH)
        return replace(column, looks=self._looks(name)) if kind == "band" else column

    def _cells(self, name: str, kind: Kind, cells: pd.Series) -> list[object]:
        if name == "reasons":
            return [self.wording.reason(text) for text in cells]
        return worded(cells, (EXCLUDED,) if kind == "band" else (), self.wording)

    def _looks(self, name: str) -> list[Look]:
        """A colour per band, the best the strongest, with its icon; none for ranges and codes."""
        if name != "band" and not name.endswith("_band"):
            return []
        score = "" if name == "band" else name.removesuffix("_band")
        bands = sorted((band for band in self.plan.model.bands if band.score == score), key=_start)
        steps = max(len(bands) - 1, 1)
        looks = [
            Look(band.name, place / steps if len(bands) > 1 else 1.0, band.icon) for place, band in enumerate(bands)
        ]
        return [*looks, Look(self.wording.word(EXCLUDED), "faint")]


def _start(band: Band) -> float:
    return -math.inf if band.start is None else band.start


def _sum_column(
    columns: Sequence[OutColumn], names: Sequence[str], results: Results, wording: Wording, taken: Taken
) -> OutColumn:
    """The contributions to the score added up; what they give now is the score itself."""
    first, last = sum_range(names, several=len(results.scored.scores) > 1)
    now = results.table["score"]
    formulas = [
        "" if math.isnan(score) else f"=SUM({first}{row}:{last}{row})"
        for row, score in enumerate(now.tolist(), start=2)
    ]
    heading = taken.free(wording.column(SUM))
    return OutColumn(heading, now.tolist(), "number", _SUM_NOTE, group=True, folded=True, formulas=formulas)


def sum_range(names: Sequence[str], *, several: bool) -> tuple[str, str]:
    """The letters of the first and last of the columns that add up to the score shown, which stand side by side."""
    places = list(_places(names, f"{CONTRIBUTION}{TOTAL}: " if several else CONTRIBUTION))
    return cell_letter(places[0]), cell_letter(places[-1])


def _places(names: Sequence[str], start: str) -> Iterator[int]:
    return (place for place, name in enumerate(names) if name.startswith(start))
