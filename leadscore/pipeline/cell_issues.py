"""The cells of leads that a criterion could not read, or read in a way worth telling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadscore.issues import Issue, Place
from leadscore.pipeline.score import Scored
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan, source_key
from leadscore.scoring.answers import reads
from leadscore.scoring.segments import Met
from leadscore.scoring.values import Bools, FieldValues
from leadscore.values.days import read_day
from leadscore.values.numbers import read_number


@dataclass(frozen=True)
class _Reading:
    """One field as a criterion or a condition read it: what it tried to read, and what it could not."""

    source: FieldSource
    values: FieldValues
    kinds: frozenset[str]
    unread: Mapping[str, Bools]


def cell_issues(scored: Scored, plan: Plan, rows: Sequence[int], sheet: str) -> list[Issue]:
    """One issue per cell and code, in the order of the criteria, then of the segments, and then of the rows.

    `rows` are the row numbers the spreadsheet shows, one per scored lead.
    """
    issues: dict[tuple[str, str, int], Issue] = {}
    for reading in _readings(scored, plan):
        column, values = _column(reading.source), reading.values
        for code, marked, details in _marked(reading):
            for lead in np.flatnonzero(marked[values.codes]).tolist():
                text = values.texts[values.codes[lead]]
                place = Place(sheet, rows[lead], heading=column)
                issues.setdefault((code, column, rows[lead]), Issue(code, place, text, details.get(text, {})))
        for issue in _undecided(reading, Place(sheet, heading=column)):
            issues.setdefault((issue.code, column, 0), issue)
    return list(issues.values())


def _readings(scored: Scored, plan: Plan) -> Iterator[_Reading]:
    for planned, asked in zip(plan.criteria, scored.asked, strict=True):
        if not planned.source.segments:
            kinds = frozenset(reads(case) for case in planned.criterion.cases)
            yield _Reading(planned.source, scored.values[source_key(planned.source)], kinds, asked.answer.unread)
    for segment in plan.segments:
        for condition, source in segment.conditions:
            met = Met(condition, scored.values[source_key(source)])
            yield _Reading(source, met.values, frozenset({reads(condition)}), met.unread)


def _column(source: FieldSource) -> str:
    return source.name if source.is_made else source.columns[0]


def _marked(reading: _Reading) -> Iterator[tuple[str, Bools, dict[str, dict[str, str]]]]:
    values = reading.values
    for kind, unread in reading.unread.items():
        yield f"{kind}-unreadable", unread, {}
    if "number" in reading.kinds:
        ranges = np.array([read is not None and read.is_range for read in values.read_numbers], dtype=bool)
        read = zip(values.texts, values.read_numbers, strict=True)
        yield "number-range", ranges, {text: {"middle": f"{one.number:g}"} for text, one in read if one is not None}


def _undecided(reading: _Reading, place: Place) -> Iterator[Issue]:
    """What a column leaves open, once per column, where a case or condition depends on it."""
    evidence = reading.values.evidence
    if "number" in reading.kinds and evidence.number_example:
        read = read_number(evidence.number_example, evidence.decimal_mark)
        number = f"{read.number:g}" if read else ""
        yield Issue("decimal-mark-undecided", place, evidence.number_example, {"reading": number})
    if "date" in reading.kinds and evidence.day_example:
        day = read_day(evidence.day_example, evidence.day_order, evidence.zone)
        yield Issue("day-order-undecided", place, evidence.day_example, {"reading": day.isoformat() if day else ""})
