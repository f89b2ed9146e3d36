"""Results -> the sheets that are written: in the model's language for workbooks, in English for CSV."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from leadscore.enrichment.activity import column_of_behaviour
from leadscore.enrichment.step import SEPARATOR, ColumnKind
from leadscore.enrichment.steps import GROUPS, STEPS, column_made
from leadscore.fields.recognise import field_of
from leadscore.issues import Issue
from leadscore.model.model import Model
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.results import CONTRIBUTION
from leadscore.plan.ours import SUFFIX
from leadscore.plan.plan import Plan
from leadscore.scoring.bands import EXCLUDED, rising
from leadscore.sheets.output import Kind, Look, OutColumn, OutSheet, Tone
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
_TONES: dict[str, Tone] = {"ok": "good", "fail": "bad", "unknown": "faint"}
_GROUP_OF = {column.name: step.group for step in STEPS for column in step.makes}
SAYS_WHO = frozenset({"email", "first_name", "last_name", "full_name", "company"})
_MOST_FROZEN = 3  # columns


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
        if column_of_behaviour(name) is not None:
            start, _, behaviour = name.partition(": ")
            colon = " : " if self.language == "fr" else ": "
            return f"{vocabulary('columns').say(start, self.language)}{colon}{behaviour}"
        if name.endswith("_band") and name not in vocabulary("columns").names and self.language == "fr":
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

    def cause(self, causes: str) -> str:
        """Causes of a change in the language: 'data (new tlds) +5; clock -2' -> 'données (new tlds) +5; date -2'."""
        parts = (part.partition(" ") for part in causes.split("; ") if part)
        return "; ".join(f"{vocabulary('causes').say(name, self.language)} {rest}".strip() for name, _, rest in parts)

    def sheet(self, name: str) -> str:
        """One of our sheets, in the language."""
        return vocabulary("sheets").say(name, self.language)


def enriched_sheet(
    leads: pd.DataFrame, enriched: pd.DataFrame, source: Source, plan: Plan, wording: Wording
) -> OutSheet:
    """The user's columns, then every enrichment column."""
    own = own_columns(leads, source, plan.own_columns)
    taken = Taken(own)
    names = [str(name) for name in enriched.columns]
    ours = [enrichment_column(enriched[name], wording, taken) for name in names]
    groups = [_GROUP_OF.get(name, "activity") for name in names]
    in_groups = [
        replace(column, shade=GROUPS.index(group), group=place > 0 and groups[place - 1] == group)
        for place, (column, group) in enumerate(zip(ours, groups, strict=True))
    ]
    return OutSheet(
        wording.sheet("enriched"), [*own, *in_groups], frozen_columns=frozen_columns(own), first_column=len(own)
    )


def enrichment_column(cells: pd.Series, wording: Wording, taken: Taken) -> OutColumn:
    """A column of enrichment as it shows: verdicts in the colours of good, bad and not known."""
    made = column_made(str(cells.name))
    shown = worded(cells, made.words, wording, many=made.many)
    kind = _KINDS[made.kind]
    if kind in _NUMBERS:
        shown = [math.nan if cell == "" else cell for cell in shown]
    is_verdict = frozenset(_TONES) >= frozenset(made.words) >= {"ok", "fail"}
    looks = [Look(wording.word(word), _TONES[word]) for word in made.words] if is_verdict else []
    return OutColumn(taken.free(wording.column(made.name)), shown, kind, note=made.about, looks=looks)


def frozen_columns(own: Sequence[OutColumn]) -> int:
    """How many columns stay in view: up to the one that says who the lead is, where it is among the first three."""
    places = (place for place, column in enumerate(own[:_MOST_FROZEN]) if field_of(column.heading) in SAYS_WHO)
    return next(places, 0) + 1


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


def own_columns(leads: pd.DataFrame, source: Source, wanted: Sequence[str]) -> list[OutColumn]:
    """The user's columns under the headings the user wrote."""
    written = dict(zip(source.leads.columns, source.headings, strict=True))
    return [OutColumn(written[name], leads[name].tolist(), "source") for name in wanted]


class Taken:
    """The headings already on the sheet: where the user has one of ours, ours is written 'NAME (leadscore)'."""

    def __init__(self, own: Iterable[OutColumn]) -> None:
        self._headings = {column.heading.strip().casefold() for column in own}

    def free(self, heading: str) -> str:
        """The heading, or what is written instead; taken from now on."""
        while heading.casefold() in self._headings:
            heading += SUFFIX
        self._headings.add(heading.casefold())
        return heading


def _said_of(piece: str, said: Mapping[str, str]) -> str:
    """A word in the language, with what it is said of: 'mojibake: company'."""
    word, colon, about = piece.partition(": ")
    return f"{said.get(word, word)}{colon}{about}"


def band_looks(model: Model, score: str, wording: Wording) -> list[Look]:
    """A colour per band of a score ('' the total, ACCOUNT that of accounts), the best the strongest, with its icon."""
    bands = rising(band for band in model.bands if band.score == score)
    steps = max(len(bands) - 1, 1)
    looks = [Look(band.name, place / steps if len(bands) > 1 else 1.0, band.icon) for place, band in enumerate(bands)]
    return [*looks, Look(wording.word(EXCLUDED), "faint")]


def worded(cells: pd.Series, words: Iterable[str], wording: Wording, *, many: bool = False) -> list[object]:
    """The cells with our own closed words in the language of the workbook; where `many`, cells of several of them."""
    said = {word: wording.word(word) for word in words}
    if many:
        lists = {cell: cell.split(SEPARATOR) for cell in cells.unique()}
        said = {cell: SEPARATOR.join(_said_of(piece, said) for piece in pieces) for cell, pieces in lists.items()}
    return [said.get(cell, cell) if isinstance(cell, str) else cell for cell in cells]
