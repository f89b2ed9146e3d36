"""The sheet Results: the user's columns, then what a reader wants to know first, then the details, folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from leadscore.model.grid import cell_letter
from leadscore.pipeline.book import Taken, Wording, band_looks, enrichment_column, frozen_columns, own_columns, worded
from leadscore.pipeline.contribution_notes import contribution_note
from leadscore.pipeline.live.columns import RANKED, LiveColumns
from leadscore.pipeline.live.ledger import Ledger
from leadscore.pipeline.results import CONTRIBUTION, RECENT, TOTAL, Results
from leadscore.plan.plan import Plan
from leadscore.scoring.bands import EXCLUDED
from leadscore.sheets.output import Kind, Look, OutColumn, OutSheet
from leadscore.sheets.source import Source

SUM = "contribution_sum"
_REASONS_WIDTH = 90  # characters: five reasons, whole
_FIRST = (
    *("score", "band", "rank", "matrix", "action"),
    *("account_score", "account_band", "excluded_by", "reasons", "next_best_field"),
)
_DETAILS = ("band_range", "score_low", "score_high", "coverage")

# Column -> how it shows, and what it means to the person who reads it.
_COLUMNS: dict[str, tuple[Kind, str]] = {
    "score": ("score", "The lead's score. The contribution columns add up to it, exactly."),
    "band": ("band", "The band whose lower limit the score reaches; Excluded when a criterion excludes the lead."),
    "band_range": ("band", "From the band of score_low to that of score_high: where unknown answers may still lead."),
    "rank": ("integer", "1 is the best of the leads not excluded; equal scores share a rank."),
    "account_score": ("score", "The score of the lead's account, as in the sheet Accounts."),
    "account_band": ("band", "The band of the lead's account."),
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
    "best_product": ("text", "The product whose score is the highest; blank where none is above 0."),
    "previous_score": ("score", "The score before, in the last results that had this lead; blank for a new lead."),
    "change": ("number", "The score less the score before."),
    "change_cause": ("text", "Why: the model, the clock, the lead's data or a person. They add up to the change."),
}
_RANKED_NOTE = "The score that the rank is about: none for an excluded lead."
_FOLLOWS = (
    "Live: follows the weights, points and limits of the model. Which case a lead matches was decided by the run."
)
_STAYS = "As of the run: does not follow changes of the model."
_SUM_NOTE = "The contributions beside it, added up by Excel: the score."


def results_sheet(
    results: Results, source: Source, wording: Wording, *, is_workbook: bool, live: Ledger | None = None
) -> OutSheet:
    """The user's columns (or those that *result columns* names), then the columns of design.md section 6.

    A workbook has the details last, folded away, and the sum of the contributions as a formula; CSV has neither. With
    `live`, which is filled, what follows from weights and points are formulas too.
    """
    own = _chosen_columns(results, source, wording)
    taken = Taken(own)
    names = [str(name) for name in results.table.columns]
    if is_workbook:
        names.sort(key=_place)
    maker = _Maker(results.plan, wording, taken)
    columns = [*own, *(maker.column(name, results.table[name]) for name in names)]
    if is_workbook:
        columns.append(_sum_column([*[""] * len(own), *names], maker, results))
    if live is not None:
        columns.append(_ranked_column(maker, results))
        columns = _followed(columns, [*[""] * len(own), *names, SUM, RANKED], results, live)
    return OutSheet(
        wording.sheet("results"),
        columns,
        decimals=results.plan.model.settings.decimals,
        frozen_columns=frozen_columns(own),
        first_column=len(own),
    )


def _place(name: str) -> int:
    """How far to the right a column of a workbook stands: what to do is seen before the long reasons."""
    if name in _FIRST:
        return _FIRST.index(name)
    return len(_FIRST) + _is_detail(name)


def _of_score(name: str) -> tuple[Kind, str]:
    """How a column of one of several scores shows, and what it means."""
    if name.endswith(RECENT):
        return "number", f"What the behaviours of the last 90 days give the score {name.removesuffix(RECENT)}."
    return ("band", "") if name.endswith("_band") else ("score", "")


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

    def heading(self, name: str) -> str:
        """What a column is called, given away once."""
        return self.taken.free(self.wording.column(name))

    def column(self, name: str, cells: pd.Series) -> OutColumn:
        """A column as it shows."""
        heading = self.heading(name)
        if name.startswith(CONTRIBUTION):
            note = contribution_note(name, self.plan)
            return OutColumn(heading, cells.tolist(), "number", note=note, group=True, folded=True)
        kind, note = _COLUMNS.get(name) or _of_score(name)
        is_detail = _is_detail(name)
        column = OutColumn(heading, self._cells(name, kind, cells), kind, note, group=is_detail, folded=is_detail)
        if name == "reasons":
            return replace(column, width=_REASONS_WIDTH)
        return replace(column, looks=self._looks(name)) if kind == "band" else column

    def _cells(self, name: str, kind: Kind, cells: pd.Series) -> list[object]:
        if name == "reasons":
            return [self.wording.reason(text) for text in cells]
        if name == "change_cause":
            return [self.wording.cause(text) for text in cells]
        return worded(cells, (EXCLUDED,) if kind == "band" else (), self.wording)

    def _looks(self, name: str) -> list[Look]:
        """A colour per band, the best the strongest, with its icon; none for ranges and codes."""
        if name != "band" and not name.endswith("_band"):
            return []
        return band_looks(self.plan.model, "" if name == "band" else name.removesuffix("_band"), self.wording)


def _sum_column(names: Sequence[str], maker: _Maker, results: Results) -> OutColumn:
    """The contributions to the score added up; what they give now is the score itself."""
    first, last = sum_range(names, several=len(results.scored.scores) > 1)
    score, now = cell_letter(names.index("score")), results.table["score"].tolist()
    formulas = [
        f'=IF({score}{row}="","",SUM({first}{row}:{last}{row}))' if has else ""
        for row, has in enumerate(~results.blank, start=2)
    ]
    return OutColumn(maker.heading(SUM), now, "number", _SUM_NOTE, group=True, folded=True, formulas=formulas)


def _ranked_column(maker: _Maker, results: Results) -> OutColumn:
    """The scores that ranks are about: those of excluded leads are blank."""
    now = results.table["score"].where(results.table["rank"].notna()).tolist()
    return OutColumn(maker.heading(RANKED), now, "number", _RANKED_NOTE, group=True, folded=True)


def _followed(columns: Sequence[OutColumn], names: Sequence[str], results: Results, live: Ledger) -> list[OutColumn]:
    """The columns with formulas where they follow the model, and a word on whether they do."""
    letters = {name: cell_letter(place) for place, name in enumerate(names) if name}
    found = LiveColumns(results, letters, live).formulas()
    return [
        replace(
            column,
            formulas=found.get(name, column.formulas),
            note=f"{column.note}\n{_FOLLOWS if name in found or name == SUM else _STAYS}" if name else column.note,
        )
        for column, name in zip(columns, names, strict=True)
    ]


def sum_range(names: Sequence[str], *, several: bool) -> tuple[str, str]:
    """The letters of the first and last of the columns that add up to the score shown, which stand side by side."""
    places = list(_places(names, f"{CONTRIBUTION}{TOTAL}: " if several else CONTRIBUTION))
    return cell_letter(places[0]), cell_letter(places[-1])


def _places(names: Sequence[str], start: str) -> Iterator[int]:
    return (place for place, name in enumerate(names) if name.startswith(start))
