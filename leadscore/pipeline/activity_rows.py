"""The rows of every table of activities as arrays, one after the other: read, but nobody's yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from leadscore.fields.activities import activity_fields
from leadscore.issues import Issue, Place
from leadscore.plan.plan import Plan
from leadscore.scoring.values import Bools, Codes, Floats
from leadscore.sheets.activities import ActivityTable, ReadActivities
from leadscore.sheets.texts import Texts, no_texts
from leadscore.values.days import read_day
from leadscore.values.evidence import Evidence, gather_evidence
from leadscore.values.moments import cut_stamps
from leadscore.values.numbers import read_number

MOST_TIMES = 1_000_000  # that a row may say something happened; more is a number of another kind
_MANY_TIMES = 5  # different times of which none has seconds tell a clock without them


@dataclass(frozen=True)
class ActivityRows:
    """Row i is in the table `tables[table[i]]` at `row[i]`; `columns` has the texts of every field.

    `day` is a proleptic ordinal, NaN where the date is none, `instant` in seconds, NaN where the date tells no second.
    `count` is 1 where it is blank, NaN where it is no number of times.
    """

    tables: tuple[ActivityTable, ...]
    table: Codes
    row: Codes
    columns: dict[str, Texts]
    day: Floats
    instant: Floats
    count: Floats
    issues: tuple[Issue, ...]

    def place(self, index: int, field: str) -> Place:
        """The cell of a row; that of the e-mail where no column has ids of leads."""
        table = self.tables[self.table[index]]
        held = "email" if field == "lead" and "lead" not in table.headings else field
        return Place(table.sheet, int(self.row[index]), heading=table.headings.get(held, ""))

    def text(self, index: int, field: str) -> str:
        """What stands in that cell."""
        column = self.columns[field]
        return column.texts[int(column.codes[index])]


def activity_rows(read: ReadActivities, plan: Plan) -> ActivityRows:
    """The rows of all tables. Each table's dates and counts are read as that table writes them."""
    tables = read.tables
    dates = [_dates(table, plan.default_evidence) for table in tables]
    return ActivityRows(
        tables=tables,
        table=np.repeat(np.arange(len(tables)), [len(table.rows) for table in tables]),
        row=_joined([table.rows for table in tables]).astype(np.intp),
        columns={field: _joined_texts([table.columns[field] for table in tables]) for field in activity_fields()},
        day=_joined([date.day for date in dates]),
        instant=_joined([date.instant for date in dates]),
        count=_joined([_counts(table.columns["count"], plan.default_evidence) for table in tables]),
        issues=tuple(issue for date in dates for issue in date.issues),
    )


@dataclass(frozen=True)
class _Dates:
    """The dates of one table."""

    day: Floats
    instant: Floats
    issues: tuple[Issue, ...]


def _dates(table: ActivityTable, default: Evidence) -> _Dates:
    column = table.columns["date"]
    stamps = cut_stamps(column.texts)
    evidence = gather_evidence(stamps.days, default)
    moments = stamps.read(evidence.day_order, evidence.zone)
    instants = moments.instants
    if np.isfinite(instants).sum() >= _MANY_TIMES and not np.nan_to_num(instants % 60).any():
        instants = np.full_like(instants, np.nan)
    issues = []
    if text := evidence.day_example:
        day = read_day(text, evidence.day_order)
        place = Place(table.sheet, heading=table.headings["date"])
        issues.append(Issue("day-order-undecided", place, text, {"reading": day.isoformat() if day else ""}))
    return _Dates(moments.days[column.codes], instants[column.codes], tuple(issues))


def _counts(column: Texts, default: Evidence) -> Floats:
    mark = gather_evidence(column.texts, default).decimal_mark
    numbers = []
    for text in column.texts:
        read = read_number(text, mark)
        is_count = read is not None and not read.is_range and abs(read.number) <= MOST_TIMES
        numbers.append(read.number if read is not None and is_count else 1.0 if text == "" else np.nan)
    return np.array(numbers, dtype=float)[column.codes]


def blank_rows(rows: ActivityRows) -> Bools:
    """Which rows hold nothing in any column that is read."""
    blank = np.ones(len(rows.row), dtype=bool)
    for column in rows.columns.values():
        blank &= column.blank
    return blank


def _joined(parts: Sequence[Floats] | Sequence[Codes]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)


def _joined_texts(columns: Sequence[Texts]) -> Texts:
    """Columns one after the other, with the texts that they share once."""
    if len(columns) < 2:
        return columns[0] if columns else no_texts(0)
    shifts = np.cumsum([0, *(len(column.texts) for column in columns)])
    texts = np.array([text for column in columns for text in column.texts], dtype=object)
    codes, distinct = pd.factorize(texts)
    joined = np.concatenate([column.codes + shift for column, shift in zip(columns, shifts[:-1], strict=True)])
    return Texts(codes[joined], tuple(distinct.tolist()))
