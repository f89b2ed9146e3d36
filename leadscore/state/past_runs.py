"""What a state tells of runs that are over: the runs themselves, what each changed, and how leads went on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from leadscore.state.lead_records import ChangeRecord

_CHANGE = ", ".join(f"changes.{column}" for column in ChangeRecord._fields)
# SQLite compares NULL by IS. A change of a lead that was known, not one that a new lead is.
_KNOWN, _MOVED = "previous_band IS NOT NULL", "previous_score IS NOT score"


class ChangeCount(NamedTuple):
    """How many leads a run found new, and of how many known ones the score (None: forgotten) or the band changed."""

    new: int = 0
    scores: int | None = 0
    bands: int = 0


class Standing(NamedTuple):
    """A lead as the last run that had it left it: columns of the table `leads`, without what the lead holds."""

    key: str
    run: int
    score: float | None
    band: str
    since: str


class BandChange(NamedTuple):
    """A lead that entered a band; `previous_band` None: it was new. `started` is the start of the run, ISO 8601."""

    key: str
    run: int
    started: str
    previous_band: str | None
    band: str


def change_counts(connection: sqlite3.Connection, runs: Iterable[int]) -> dict[int, ChangeCount]:
    """By run, for those that changed anything."""
    query = (
        f"SELECT run, SUM(NOT {_KNOWN}), SUM({_KNOWN} AND {_MOVED}), SUM({_KNOWN} AND previous_band <> band) "  # noqa: S608
        "FROM changes WHERE run IN (SELECT value FROM json_each(?)) GROUP BY run"
    )
    rows = connection.execute(query, (json.dumps(list(runs)),))
    return {run: ChangeCount(*counts) for run, *counts in rows}


def last_seen_counts(connection: sqlite3.Connection, output: str) -> dict[int, int]:
    """By run, how many leads it was the last to have."""
    return dict(connection.execute("SELECT run, COUNT(*) FROM leads WHERE output = ? GROUP BY run", (output,)))


def moves_of_run(connection: sqlite3.Connection, run: int) -> list[ChangeRecord]:
    """Every known lead whose score or band a run changed."""
    rows = connection.execute(f"SELECT {_CHANGE} FROM changes WHERE run = ? AND {_KNOWN}", (run,))  # noqa: S608
    return [ChangeRecord(*row) for row in rows]


def kept_salt(connection: sqlite3.Connection) -> bytes:
    """What the state hashes e-mail addresses with, b'' where it never had to."""
    row = connection.execute("SELECT salt FROM salt").fetchone()
    return bytes(row[0]) if row else b""


def keys_like(connection: sqlite3.Connection, output: str, name: str) -> list[str]:
    """The keys of the leads that share a name, the first one first: 'id a1', 'id a1 #2'."""
    query = """
        SELECT key FROM leads WHERE output = :output AND (key = :name OR key GLOB :more)
        UNION
        SELECT key FROM changes JOIN runs ON runs.id = run
        WHERE output = :output AND (key = :name OR key GLOB :more)
    """
    more = f"{_literal(name)} #[1-9]*"
    keys = [row[0] for row in connection.execute(query, {"output": output, "name": name, "more": more})]
    return sorted((key for key in keys if _number(key, name)), key=lambda key: _number(key, name))


def _literal(text: str) -> str:
    """A text as GLOB takes it letter for letter."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)


def _number(key: str, name: str) -> int:
    """1 for the name itself, 2 for 'NAME #2'; 0 for another name."""
    rest = key.removeprefix(name).removeprefix(" #")
    return 1 if key == name else int(rest) if rest.isdecimal() else 0


def standings(connection: sqlite3.Connection, output: str, key: str | None = None) -> list[Standing]:
    """The leads of an output that are not forgotten, or one of them."""
    columns = ", ".join(Standing._fields)
    query = f"SELECT {columns} FROM leads WHERE output = :output AND (:key IS NULL OR key = :key)"  # noqa: S608
    return [Standing(*row) for row in connection.execute(query, {"output": output, "key": key})]


def changes_of_lead(connection: sqlite3.Connection, output: str, key: str) -> list[ChangeRecord]:
    """Everything that changed about a lead, the oldest first."""
    query = f"SELECT {_CHANGE} FROM changes JOIN runs ON runs.id = run WHERE output = ? AND key = ? ORDER BY run"  # noqa: S608
    return [ChangeRecord(*row) for row in connection.execute(query, (output, key))]


def band_changes(connection: sqlite3.Connection, output: str, key: str | None = None) -> list[BandChange]:
    """Every change of band of the leads of an output, or of one of them, lead by lead and the oldest first."""
    query = (
        "SELECT key, run, started, previous_band, band FROM changes JOIN runs ON runs.id = run "
        "WHERE output = :output AND (:key IS NULL OR key = :key) AND previous_band IS NOT band ORDER BY key, run"
    )
    return [BandChange(*row) for row in connection.execute(query, {"output": output, "key": key})]
