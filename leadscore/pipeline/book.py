"""Results -> the sheets that are written: in the model's language for workbooks, in English for CSV."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from leadscore.enrichment.step import SEPARATOR, ColumnKind
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.issues import Issue
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.results import CONTRIBUTION, TOTAL, Results
from leadscore.plan.ours import SUFFIX
from leadscore.plan.plan import Plan
from leadscore.scoring.bands import EXCLUDED
from leadscore.sheets.output import Kind, OutColumn, OutSheet
from leadscore.sheets.source import Source

_ISSUE_COLUMNS = ("sheet", "row", "column", "value", "severity", "code", "problem", "what_to_do")
ISSUES_PER_CODE = 1_000  # rows of one code in the sheet Issues; a line says how many more there are

# The kind of an enrichment column -> how it shows.
_KINDS: dict[ColumnKind, Kind] = {
    "text": "text",
    "domain": "text",
    "country": "text",
    "flag": "flag",
    "number": "number",
    "integer": "integer",
    "share": "percent",
    "date": "date",
}
_NUMBERS = ("number", "integer", "percent")
_REASONS_WIDTH = 90  # characters: five reasons, whole

# Column -> how it shows, and what it means to the person who reads it.
_RESULT_COLUMNS: dict[str, tuple[Kind, str]] = {
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


@dataclass(frozen=True)
class Wording:
    """What columns and words are called in what is written."""

    language: Language

    def column(self, name: str) -> str:
        """'band' -> 'niveau' in French; 'contribution: Budget' keeps its name but for our own words."""
        if name.startswith(CONTRIBUTION):
            *scores, last = name.removeprefix(CONTRIBUTION).split(": ")
            colon = " : " if self.language == "fr" else ": "
            return colon.join(["contribution", *(self.word(score) for score in scores), self.word(last)])
        if name.endswith("_band") and self.language == "fr":
            return f"niveau_{name.removesuffix('_band')}"
        return vocabulary("columns").say(name, self.language)

    def word(self, word: str) -> str:
        """One of our words, in the language."""
        return vocabulary("words").say(word, self.language)

    def reason(self, reasons: str) -> str:
        """Reasons with the names of our own lines (cap, floor) in the language; no criterion may bear one of them."""
        return reasons if self.language == "en" else "; ".join(self._part(part) for part in reasons.split("; "))

    def _part(self, part: str) -> str:
        named, _, number = part.rpartition(" ")
        score, colon, name = named.rpartition(": ")
        return f"{self.word(score)}{colon}{self.word(name)} {number}" if number[:1] in ("+", "-") else part

    def sheet(self, name: str) -> str:
        """One of our sheets, in the language."""
        return vocabulary("sheets").say(name, self.language)


def results_sheet(results: Results, source: Source, wording: Wording) -> OutSheet:
    """The user's columns (or those that *result columns* names), then the columns of design.md section 6."""
    own = _own_columns(results.leads, source, results.plan.result_columns)
    taken = _Taken(own)
    ours = [_result_column(str(name), results.table[name], wording, taken) for name in results.table.columns]
    decimals = results.plan.model.settings.decimals
    return OutSheet(wording.sheet("results"), [*own, *ours], decimals=decimals, frozen_columns=1)


def enriched_sheet(
    leads: pd.DataFrame, enriched: pd.DataFrame, source: Source, plan: Plan, wording: Wording
) -> OutSheet:
    """The user's columns, then every enrichment column."""
    own = _own_columns(leads, source, plan.own_columns)
    taken = _Taken(own)
    ours = []
    for name in enriched.columns:
        made = ENRICHMENT_COLUMNS[str(name)]
        cells = _worded(enriched[name], made.words, wording, many=made.many)
        kind = _KINDS[made.kind]
        if kind in _NUMBERS:
            cells = [math.nan if cell == "" else cell for cell in cells]
        ours.append(OutColumn(taken.free(wording.column(made.name)), cells, kind, note=made.about))
    return OutSheet(wording.sheet("enriched"), [*own, *ours], frozen_columns=1)


def issues_sheet(issues: Sequence[Issue], wording: Wording) -> OutSheet:
    """One row per issue: sheet, row, column, value, code, problem, what to do; at most ISSUES_PER_CODE rows a code."""
    rows = list(_capped(issues))
    columns = [
        OutColumn(wording.column(name), [row[place] for row in rows], "integer" if name == "row" else "text")
        for place, name in enumerate(_ISSUE_COLUMNS)
    ]
    return OutSheet(wording.sheet("issues"), columns)


def _capped(issues: Sequence[Issue]) -> Iterable[tuple[object, ...]]:
    """The rows of the sheet; where a code has too many issues, the last of its rows says how many are not listed."""
    totals, seen = Counter(issue.code for issue in issues), Counter[str]()
    for issue in issues:
        code, severity = issue.code, issue.severity.value
        seen[code] += 1
        if seen[code] < ISSUES_PER_CODE or totals[code] <= ISSUES_PER_CODE:
            where = issue.place
            row = where.row or math.nan
            yield (
                where.sheet,
                row,
                where.heading or where.letter,
                issue.value,
                severity,
                code,
                issue.problem,
                issue.advice,
            )
        elif seen[code] == ISSUES_PER_CODE:
            more = f"{totals[code] - ISSUES_PER_CODE + 1:,} more of this code are not listed"
            yield issue.place.sheet, math.nan, "", "", severity, code, more, ""


def _own_columns(leads: pd.DataFrame, source: Source, wanted: Sequence[str]) -> list[OutColumn]:
    """The user's columns under the headings the user wrote."""
    written = dict(zip(source.leads.columns, source.headings, strict=True))
    return [OutColumn(written[name], leads[name].tolist(), "source") for name in wanted]


class _Taken:
    """The headings already on the sheet: where the user has one of ours, ours is written 'NAME (leadscore)'."""

    def __init__(self, own: Iterable[OutColumn]) -> None:
        self._headings = {column.heading.strip().casefold() for column in own}

    def free(self, heading: str) -> str:
        while heading.casefold() in self._headings:
            heading += SUFFIX
        self._headings.add(heading.casefold())
        return heading


def _result_column(name: str, cells: pd.Series, wording: Wording, taken: _Taken) -> OutColumn:
    heading = taken.free(wording.column(name))
    if name.startswith(CONTRIBUTION):
        return OutColumn(heading, cells.tolist(), "number", note=_contribution_note(name), group=True)
    kind, note = _RESULT_COLUMNS.get(name, ("band" if name.endswith("_band") else "score", ""))
    words = (EXCLUDED,) if kind == "band" else ()
    if name == "reasons":
        return OutColumn(heading, [wording.reason(text) for text in cells], kind, note=note, width=_REASONS_WIDTH)
    return OutColumn(heading, _worded(cells, words, wording), kind, note=note)


def _contribution_note(name: str) -> str:
    score, _, criterion = name.removeprefix(CONTRIBUTION).rpartition(": ")
    if score == TOTAL and criterion != "rounding":
        return f"What the score {criterion} adds to the total: the score x its In total."
    lines = {
        "rounding": "What rounding the sum once adds.",
        "cap": "What the score's Max takes away.",
        "floor": "What the score's Min adds.",
    }
    return lines.get(criterion, f"What {criterion} adds to the score: its points x its weight / the total weight.")


def _said_of(piece: str, said: Mapping[str, str]) -> str:
    """A word in the language, with what it is said of: 'mojibake: company'."""
    word, colon, about = piece.partition(": ")
    return f"{said.get(word, word)}{colon}{about}"


def _worded(cells: pd.Series, words: Iterable[str], wording: Wording, *, many: bool = False) -> list[object]:
    """The cells with our own closed words in the language of the workbook; where `many`, cells of several of them."""
    said = {word: wording.word(word) for word in words}
    if many:
        lists = {cell: cell.split(SEPARATOR) for cell in cells.unique()}
        said = {cell: SEPARATOR.join(_said_of(piece, said) for piece in pieces) for cell, pieces in lists.items()}
    return [said.get(cell, cell) if isinstance(cell, str) else cell for cell in cells]
