"""Activities found among the leads of a sheet: the events that count, and what is said of all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from leadscore.issues import Issue, Place
from leadscore.pipeline.activity_leads import Whose, whose
from leadscore.pipeline.activity_rows import ActivityRows, activity_rows, blank_rows
from leadscore.pipeline.lead_keys import lead_keys
from leadscore.pipeline.recycled import recycled_days
from leadscore.plan.plan import Plan
from leadscore.scoring.events import Events
from leadscore.scoring.robots import robot_events
from leadscore.scoring.values import Bools, Codes
from leadscore.sheets.activities import ReadActivities
from leadscore.sheets.texts import Texts
from leadscore.values.collector import collector_paused
from leadscore.values.folding import fold

_ROWS_NAMED = 10
_SHOWN = frozenset({"date", "count"})  # fields of which an issue repeats what stands there; never who it was


@dataclass(frozen=True)
class LeaveOut:
    """What does not count though it is somebody's: what robots do, what is done from shared mailboxes."""

    robots: bool = False
    roles: bool = False


@dataclass(frozen=True)
class FoundActivities:
    """The events that count, in the order of the rows, and what became of the rest.

    Event i stands at `places(i)`; `is_robot` marks those that a robot may have done. `counts` has how many rows were
    read, blank ones left aside, how many of these are `used`, and how many `events` they are.
    """

    events: Events
    row: Codes
    is_robot: Bools
    issues: tuple[Issue, ...]
    counts: dict[str, int]
    rows: ActivityRows

    def place(self, event: int) -> Place:
        """Where an event stands."""
        return self.rows.place(int(self.row[event]), "activity")


@dataclass
class _Sieve:
    """Which rows are left, and what was said of those that are not."""

    rows: ActivityRows
    left: Bools
    issues: list[Issue] = field(default_factory=list)

    def out(self, code: str, name: str, marked: Bools) -> None:
        """Leave out the marked rows that are left, and say so."""
        self.tell(code, name, marked)
        self.left &= ~marked

    def tell(self, code: str, name: str, marked: Bools) -> None:
        """Say of the marked rows that are left: one issue for each table."""
        marked = marked & self.left
        for table in np.unique(self.rows.table[marked]).tolist():
            places = np.flatnonzero(marked & (self.rows.table == table))
            value = self.rows.text(places[0], name) if name in _SHOWN else ""
            details = {"count": len(places), "rows": _named(self.rows.row[places])}
            self.issues.append(Issue(code, self.rows.place(places[0], name), value, details))


@dataclass(frozen=True)
class _Pairs:
    """Events as pairs of a row and a lead."""

    row: Codes
    lead: Codes

    def where(self, wanted: Bools) -> _Pairs:
        """Some of them."""
        return _Pairs(self.row[wanted], self.lead[wanted])


def events_of(
    read: ReadActivities,
    leads: pd.DataFrame,
    enriched: pd.DataFrame,
    plan: Plan,
    leave_out: LeaveOut | None = None,
) -> FoundActivities:
    """The activities of these leads. `enriched` holds the enrichment columns of the same rows.

    A row speaks of the leads with its id, else of those with its e-mail. Of rows with one event id each lead counts the
    first. Whatever does not count is told, by table, with rows.
    """
    leave_out = leave_out or LeaveOut()
    with collector_paused():
        rows = activity_rows(read, plan)
        found = whose(rows.columns["lead"], rows.columns["email"], lead_keys(leads, enriched, plan))
    sieve = _Sieve(rows, ~blank_rows(rows), [*read.issues, *rows.issues])
    read_rows = int(sieve.left.sum())
    _sift(sieve, found, plan.as_of.toordinal())
    pairs = _once_per_id(_Pairs(*found.events(sieve.left)), sieve)
    if leave_out.roles and "email_is_role" in enriched:
        is_role = enriched["email_is_role"].isin([True]).to_numpy()[pairs.lead]
        pairs = _told_and_left_out("activity-role", pairs, is_role, sieve)
    pairs, is_robot = _without_robots(pairs, sieve, leave_out=leave_out.robots)
    recycled, issues = recycled_days(leads, plan)
    return FoundActivities(
        events=_events(rows, pairs, plan.as_of.toordinal(), rows.day[pairs.row] < recycled[pairs.lead]),
        row=pairs.row,
        is_robot=is_robot,
        issues=(*sieve.issues, *issues),
        counts={"rows": read_rows, "used": len(np.unique(pairs.row)), "events": len(pairs.row)},
        rows=rows,
    )


def _sift(sieve: _Sieve, found: Whose, today: int) -> None:
    """Leave out the rows that can be no event, each by the first reason of these."""
    rows, columns = sieve.rows, sieve.rows.columns
    sieve.out("activity-of-nobody", "lead", columns["lead"].blank & columns["email"].blank)
    sieve.out("activity-unmatched", "lead", found.count == 0)
    sieve.tell("activity-two-leads", "lead", found.differs)
    nameless = np.array([fold(text) == "" for text in columns["activity"].texts], dtype=bool)
    sieve.out("activity-nameless", "activity", nameless[columns["activity"].codes])
    sieve.out("activity-undated", "date", columns["date"].blank)
    sieve.out("activity-date-unreadable", "date", np.isnan(rows.day))
    sieve.out("activity-future", "date", rows.day > today)
    sieve.out("activity-never", "count", rows.count <= 0)
    sieve.tell("activity-count-unreadable", "count", np.isnan(rows.count))


def _once_per_id(pairs: _Pairs, sieve: _Sieve) -> _Pairs:
    """Of the events of a lead with one event id, the first."""
    ids = sieve.rows.columns["event_id"]
    with_id = np.flatnonzero(~ids.blank[pairs.row])
    twice = np.zeros(len(pairs.row), dtype=bool)
    keys = pairs.lead[with_id] * len(ids.texts) + ids.codes[pairs.row[with_id]]
    twice[with_id] = pd.Series(keys).duplicated().to_numpy()
    return _told_and_left_out("activity-twice", pairs, twice, sieve, name="event_id")


def _without_robots(pairs: _Pairs, sieve: _Sieve, *, leave_out: bool) -> tuple[_Pairs, Bools]:
    """The events, without those that robots did where they are to be left out; and which of them robots did."""
    columns = sieve.rows.columns
    act = columns["activity"].codes * len(columns["link"].texts) + columns["link"].codes
    is_robot = robot_events(pairs.lead, sieve.rows.instant[pairs.row], act[pairs.row])
    if leave_out:
        pairs = _told_and_left_out("activity-robot", pairs, is_robot, sieve)
        return pairs, np.zeros(len(pairs.row), dtype=bool)
    sieve.tell("activity-robot-kept", "date", _rows_of(pairs, is_robot, sieve))
    return pairs, is_robot


def _told_and_left_out(code: str, pairs: _Pairs, marked: Bools, sieve: _Sieve, name: str = "date") -> _Pairs:
    sieve.tell(code, name, _rows_of(pairs, marked, sieve))
    return pairs.where(~marked)


def _rows_of(pairs: _Pairs, marked: Bools, sieve: _Sieve) -> Bools:
    """The rows of some events; others of their events may be left."""
    rows = np.zeros(len(sieve.left), dtype=bool)
    rows[pairs.row[marked]] = True
    return rows


def _events(rows: ActivityRows, pairs: _Pairs, today: int, is_early: Bools) -> Events:
    activity, texts = _differing(rows.columns["activity"], pairs.row, first=())
    product, products = _differing(rows.columns["product"], pairs.row, first=("",))
    return Events(
        lead=pairs.lead,
        activity=activity,
        age=(today - rows.day[pairs.row]).astype(np.intp),
        count=np.nan_to_num(rows.count[pairs.row], nan=1.0),
        product=product,
        is_early=is_early,
        texts=texts,
        products=products,
    )


def _differing(column: Texts, rows: Codes, first: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    """The texts that these rows hold, those that are equal after folding as the first of them; `first` before all."""
    held, used = pd.factorize(column.codes[rows])
    texts = [*first, *(column.texts[code] for code in used.tolist())]
    codes, keys = pd.factorize(np.array([fold(text) for text in texts], dtype=object))
    shown: dict[int, str] = {}
    for code, text in zip(codes.tolist(), texts, strict=True):
        shown.setdefault(code, text)
    return codes[held + len(first)], tuple(shown[code] for code in range(len(keys)))


def _named(rows: Codes) -> str:
    """'7, 9, 12', of many the first ten and how many more."""
    more = f" and {len(rows) - _ROWS_NAMED:,} more" if len(rows) > _ROWS_NAMED else ""
    return ", ".join(str(row) for row in rows[:_ROWS_NAMED].tolist()) + more
