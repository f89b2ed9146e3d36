"""What a state keeps of the leads of an output: what the model read of each, its last score, and how that changed."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

_SALT_SIZE = 16  # bytes
# Days. A lead that comes back within the first is known again; of older changes only those of band are kept, until the
# last, so that an hourly run with decaying scores does not fill the disk. A model goes with the scores it gave.
KEPT_WHEN_GONE, KEPT_SCORES, KEPT_BANDS = 30, 30, 730


class LeadRecord(NamedTuple):
    """A lead as the table `leads` of the state has it, without its output: see there for what the columns hold."""

    key: str
    run: int
    fields: str
    machine: float | None
    score: float | None
    band: str
    since: str
    due: str = ""


class ChangeRecord(NamedTuple):
    """A change as the table `changes` of the state has it: see there for what the columns hold."""

    run: int
    key: str
    row: int
    previous_score: float | None
    score: float | None
    previous_band: str | None
    band: str
    cause: str


def salt_of(connection: sqlite3.Connection) -> bytes:
    """What this state hashes e-mail addresses with, drawn when it is first asked for."""
    connection.execute("INSERT INTO salt SELECT ? WHERE NOT EXISTS (SELECT 1 FROM salt)", (_new_salt(),))
    return bytes(connection.execute("SELECT salt FROM salt").fetchone()[0])


def _new_salt() -> bytes:
    return secrets.token_bytes(_SALT_SIZE)


def kept_leads(connection: sqlite3.Connection, output: str) -> list[LeadRecord]:
    """Every lead that is known of an output, those of earlier runs included."""
    columns = ", ".join(LeadRecord._fields)
    rows = connection.execute(f"SELECT {columns} FROM leads WHERE output = ?", (output,))  # noqa: S608
    return [LeadRecord(*row) for row in rows]


def keep_leads(
    connection: sqlite3.Connection, output: str, run: int, leads: Iterable[LeadRecord], changes: Iterable[ChangeRecord]
) -> None:
    """Keep the leads of a run and what changed with it; of leads that it did not have, what the model read goes."""
    connection.executemany(
        "INSERT OR REPLACE INTO leads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", ((output, *lead) for lead in leads)
    )
    connection.execute("UPDATE leads SET fields = '' WHERE output = ? AND run <> ? AND fields <> ''", (output, run))
    connection.executemany("INSERT OR REPLACE INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", changes)


def forget_old(connection: sqlite3.Connection, now: str) -> None:
    """Drop what is older than it is kept; `now` is in ISO 8601, UTC."""
    gone, scores, bands = (_runs_before(now, days) for days in (KEPT_WHEN_GONE, KEPT_SCORES, KEPT_BANDS))
    latest = "(SELECT MAX(id) FROM runs AS newer WHERE newer.output = leads.output AND newer.exit_code = 0)"
    connection.execute(f"DELETE FROM leads WHERE run < {latest} AND run IN ({gone})")  # noqa: S608
    connection.execute(f"DELETE FROM changes WHERE band = previous_band AND run IN ({scores})")  # noqa: S608
    connection.execute(f"DELETE FROM changes WHERE run IN ({bands})")  # noqa: S608
    connection.execute(f"DELETE FROM runs WHERE exit_code IS NOT 0 AND id IN ({scores})")  # noqa: S608
    connection.execute(f"DELETE FROM runs WHERE id IN ({bands}) AND id NOT IN (SELECT run FROM leads)")  # noqa: S608
    # A model names leads too, in Overrides and Examples; the last ones are needed to see what is new.
    last = "SELECT MAX(id) FROM runs WHERE exit_code = 0 GROUP BY output, kind"
    used = f"SELECT model FROM runs WHERE id NOT IN ({scores}) OR id IN ({last})"  # noqa: S608
    connection.execute(f"DELETE FROM models WHERE hash NOT IN ({used})")  # noqa: S608


def _runs_before(now: str, days: int) -> str:
    """A query of the runs that started more than so many days ago."""
    limit = datetime.fromisoformat(now) - timedelta(days=days)
    return f"SELECT id FROM runs WHERE started < '{limit.isoformat(timespec='seconds')}'"  # noqa: S608
