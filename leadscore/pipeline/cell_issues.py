"""The cells of leads that a criterion could not read, or read in a way worth telling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadscore.issues import Issue, Place
from leadscore.pipeline.score import Scored
from leadscore.plan.plan import Plan, source_key
from leadscore.scoring.answers import reads
from leadscore.scoring.segments import Met
from leadscore.scoring.values import Bools, FieldValues
from leadscore.values.days import read_day
from leadscore.values.numbers import read_number


@dataclass(frozen=True)
class _Reading:
    """One field as a criterion or a condition read it: what it tried to read, and what it could not.

    `columns` has the column that filled the field of each lead.
    """

    columns: Sequence[str]
    values: FieldValues
    kinds: frozenset[str]
    unread: Mapping[str, Bools]


def cell_issues(scored: Scored, plan: Plan, rows: Sequence[int], sheet: str) -> list[Issue]:
    """One issue per cell and code, in the order of the criteria, then of the segments, and then of the rows.

    `rows` are the row numbers the spreadsheet shows, one per scored lead.
    """
    issues: dict[tuple[str, str, int], Issue] = {}
    for reading in _readings(scored, plan):
        columns, values = reading.columns, reading.values
        for code, marked, details in _marked(reading):
            for lead in np.flatnonzero(marked[values.codes]).tolist():
                text = values.texts[values.codes[lead]]
                place = Place(sheet, rows[lead], heading=columns[lead])
                issues.setdefault((code, columns[lead], rows[lead]), Issue(code, place, text, details.get(text, {})))
        for issue in _undecided(reading, sheet):
            issues.setdefault((issue.code, issue.place.heading, 0), issue)
    return list(issues.values())


def _readings(scored: Scored, plan: Plan) -> Iterator[_Reading]:
    for planned, asked in zip(plan.criteria, scored.asked, strict=True):
        if not planned.source.segments:
            kinds = frozenset(reads(case) for case in planned.criterion.cases)
            key = source_key(planned.source)
            yield _Reading(scored.columns[key], scored.values[key], kinds, asked.answer.unread)
    for segment in plan.segments:
        for condition, source in segment.conditions:
            key = source_key(source)
            met = Met(condition, scored.values[key])
            yield _Reading(scored.columns[key], met.values, frozenset({reads(condition)}), met.unread)


def _marked(reading: _Reading) -> Iterator[tuple[str, Bools, dict[str, dict[str, str]]]]:
    values = reading.values
    for kind, unread in reading.unread.items():
        yield f"{kind}-unreadable", unread, {}
    if "number" in reading.kinds:
        ranges = np.array([read is not None and read.is_range for read in values.read_numbers], dtype=bool)
        read = zip(values.texts, values.read_numbers, strict=True)
        yield "number-range", ranges, {text: {"middle": f"{one.number:g}"} for text, one in read if one is not None}


def _undecided(reading: _Reading, sheet: str) -> Iterator[Issue]:
    """What a column leaves open, once per column, where a case or condition depends on it."""
    evidence = reading.values.evidence
    if "number" in reading.kinds and (text := evidence.number_example):
        read = read_number(text, evidence.decimal_mark)
        number = f"{read.number:g}" if read else ""
        yield Issue("decimal-mark-undecided", _first_place(reading, text, sheet), text, {"reading": number})
    if "date" in reading.kinds and (text := evidence.day_example):
        day = read_day(text, evidence.day_order, evidence.zone)
        shown = day.isoformat() if day else ""
        yield Issue("day-order-undecided", _first_place(reading, text, sheet), text, {"reading": shown})


def _first_place(reading: _Reading, text: str, sheet: str) -> Place:
    """The column that a text was first read from."""
    lead = int(np.argmax(reading.values.codes == reading.values.texts.index(text)))
    return Place(sheet, heading=reading.columns[lead])
