"""What a state keeps of leads that entered an alert band: when, and until somebody is told, what to tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from leadscore.state.store import writing

KEPT_ALERTS = 30  # days; also what nobody could be told is dropped then
# What stands in `told` of an alert that only the sheet is to tell.
BY_SHEET = "sheet"


class Crossing(NamedTuple):
    """A lead that entered an alert band in the run that started `at` (ISO 8601, UTC), and how it stood then.

    `previous_band` is '' for a lead without one, and for one that was new.
    """

    at: str
    key: str
    row: int
    band: str
    previous_band: str
    previous_score: float | None
    score: float | None
    cause: str


def keep_alerts(
    connection: sqlite3.Connection, output: str, run: int, crossings: Iterable[tuple[Crossing, str]]
) -> None:
    """Keep the crossings of a run, each with the message that is to be told of it ('': the sheet tells it)."""
    rows = [
        (output, run, one.key, one.row, one.at, one.band, one.previous_band, message, "" if message else BY_SHEET)
        for one, message in crossings
    ]
    connection.executemany(
        "INSERT OR IGNORE INTO alerts (output, run, key, row, at, band, previous_band, message, told) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def keep_command(connection: sqlite3.Connection, output: str, now: str) -> None:
    """Keep that a command is told of the alerts of an output: by the day, so an hourly run writes it once a day."""
    connection.execute(
        "INSERT INTO commands VALUES (:output, :day) "
        "ON CONFLICT (output) DO UPDATE SET day = excluded.day WHERE day <> excluded.day",
        {"output": output, "day": _day(now)},
    )


def has_command(connection: sqlite3.Connection, output: str, now: str) -> bool:
    """Whether a run of the last KEPT_ALERTS days had a command, for which other runs leave what is to be told."""
    first = _day(_days_before(now, KEPT_ALERTS))
    row = connection.execute("SELECT 1 FROM commands WHERE output = ? AND day >= ?", (output, first)).fetchone()
    return row is not None


def forget_alerts(connection: sqlite3.Connection, now: str) -> None:
    """Drop what is older than it is kept; `now` is in ISO 8601, UTC."""
    connection.execute("DELETE FROM alerts WHERE at < ?", (_days_before(now, KEPT_ALERTS),))


def crossings_since(connection: sqlite3.Connection, output: str, now: str, days: int) -> list[Crossing]:
    """The crossings of an output in the last so many days before `now`, the newest first."""
    columns = ", ".join(f"alerts.{name}" for name in ("at", "key", "row", "band", "previous_band"))
    rows = connection.execute(
        f"SELECT {columns}, changes.previous_score, changes.score, changes.cause "  # noqa: S608
        "FROM alerts JOIN changes USING (run, key) WHERE output = ? AND at >= ? ORDER BY at DESC, alerts.id",
        (output, _days_before(now, days)),
    )
    return [Crossing(*row) for row in rows]


def pending_alerts(connection: sqlite3.Connection, output: str) -> list[tuple[int, str]]:
    """The alerts of an output that nobody was told of, the oldest first: each its number, and its message as JSON."""
    rows = connection.execute("SELECT id, message FROM alerts WHERE output = ? AND told = '' ORDER BY id", (output,))
    return [(number, message) for number, message in rows]


def mark_told(connection: sqlite3.Connection, numbers: Iterable[int], now: str) -> None:
    """Keep that somebody was told, and forget the messages, which hold what the leads hold."""
    rows = [(now, number) for number in numbers]
    with writing(connection):
        connection.executemany("UPDATE alerts SET told = ?, message = '' WHERE id = ?", rows)


def became_due(connection: sqlite3.Connection, output: str, run: int, after: str, until: str) -> bool:
    """Whether the time to follow up some lead that a run had ended after one time and not after another."""
    row = connection.execute(
        "SELECT 1 FROM leads WHERE output = ? AND run = ? AND due > ? AND due <= ? LIMIT 1", (output, run, after, until)
    ).fetchone()
    return row is not None


def _day(stamp: str) -> str:
    return datetime.fromisoformat(stamp).date().isoformat()


def _days_before(now: str, days: int) -> str:
    return (datetime.fromisoformat(now) - timedelta(days=days)).isoformat(timespec="seconds")
