"""The cells of leads that a criterion could not read, or read in a way worth telling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from leadscore.issues import Issue, Place
from leadscore.pipeline.score import Scored
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan, source_key
from leadscore.scoring.answers import Answer, reads
from leadscore.scoring.values import Bools, FieldValues
from leadscore.values.days import read_day
from leadscore.values.numbers import read_number


def cell_issues(scored: Scored, plan: Plan, rows: Sequence[int], sheet: str) -> list[Issue]:
    """One issue per cell and code, in the order of the criteria and then of the rows.

    `rows` are the row numbers the spreadsheet shows, one per scored lead.
    """
    issues: dict[tuple[str, str, int], Issue] = {}
    for planned, asked in zip(plan.criteria, scored.asked, strict=True):
        column = _column(planned.source)
        values = scored.values[source_key(planned.source)]
        kinds = {reads(case) for case in planned.criterion.cases}
        for code, marked, details in _marked(asked.answer, values, kinds):
            for lead in np.flatnonzero(marked[values.codes]).tolist():
                text = values.texts[values.codes[lead]]
                place = Place(sheet, rows[lead], heading=column)
                issues.setdefault((code, column, rows[lead]), Issue(code, place, text, details.get(text, {})))
        for issue in _undecided(values, kinds, Place(sheet, heading=column)):
            issues.setdefault((issue.code, column, 0), issue)
    return list(issues.values())


def _column(source: FieldSource) -> str:
    return source.name if source.is_made else source.columns[0]


def _marked(
    answer: Answer, values: FieldValues, kinds: set[str]
) -> Iterator[tuple[str, Bools, dict[str, dict[str, str]]]]:
    for kind, unread in answer.unread.items():
        yield f"{kind}-unreadable", unread, {}
    if "number" in kinds:
        ranges = np.array([read is not None and read.is_range for read in values.read_numbers], dtype=bool)
        read = zip(values.texts, values.read_numbers, strict=True)
        yield "number-range", ranges, {text: {"middle": f"{one.number:g}"} for text, one in read if one is not None}


def _undecided(values: FieldValues, kinds: set[str], place: Place) -> Iterator[Issue]:
    """What a column leaves open, once per column, where a case depends on it."""
    evidence = values.evidence
    if "number" in kinds and evidence.number_example:
        read = read_number(evidence.number_example, evidence.decimal_mark)
        reading = f"{read.number:g}" if read else ""
        yield Issue("decimal-mark-undecided", place, evidence.number_example, {"reading": reading})
    if "date" in kinds and evidence.day_example:
        day = read_day(evidence.day_example, evidence.day_order, evidence.zone)
        yield Issue("day-order-undecided", place, evidence.day_example, {"reading": day.isoformat() if day else ""})
