"""The record of runs: what each one read, scored by what, and how it ended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime

DONE = 0  # the exit code of a run whose files were written


@dataclass(frozen=True)
class RunRecord:
    """One run, as the table `runs` of the state has it: see there for what its columns hold."""

    output: str
    kind: str
    started: str
    id: int = 0
    ended: str = ""
    as_of: str = ""
    inputs: str = ""
    source: str = ""
    model: str = ""
    options: str = ""
    asks_time: bool = True
    reference: Mapping[str, str] = field(default_factory=dict)
    tool: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    exit_code: int | None = None
    reads: Sequence[str] = ()
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)


_COLUMNS = tuple(column.name for column in fields(RunRecord) if column.name != "id")
_JSON = ("reference", "rows", "reads", "evidence")


def utc_now() -> str:
    """The clock to the second: '2026-11-22T03:07:01+00:00'."""
    return datetime.now(tz=UTC).isoformat(timespec="seconds")


def begin_run(connection: sqlite3.Connection, record: RunRecord) -> RunRecord:
    """Keep a run that begins; gives the record with its id."""
    marks = ", ".join("?" * len(_COLUMNS))
    cursor = connection.execute(f"INSERT INTO runs ({', '.join(_COLUMNS)}) VALUES ({marks})", _values(record))  # noqa: S608
    return replace(record, id=cursor.lastrowid or 0)


def end_run(connection: sqlite3.Connection, record: RunRecord) -> None:
    """Keep how a run ended."""
    changes = ", ".join(f"{name} = ?" for name in _COLUMNS)
    connection.execute(f"UPDATE runs SET {changes} WHERE id = ?", (*_values(record), record.id))  # noqa: S608


def keep_inputs(connection: sqlite3.Connection, run: int, inputs: str) -> None:
    """Keep of a run that other files hold the same as those it read."""
    connection.execute("UPDATE runs SET inputs = ? WHERE id = ?", (inputs, run))


def last_done(connection: sqlite3.Connection, output: str, kind: str) -> RunRecord | None:
    """The newest run of a kind that wrote a file, None where there is none."""
    row = connection.execute(
        f"SELECT id, {', '.join(_COLUMNS)} FROM runs "  # noqa: S608
        "WHERE output = ? AND kind = ? AND exit_code = ? ORDER BY id DESC LIMIT 1",
        (output, kind, DONE),
    ).fetchone()
    return _record(row) if row else None


def kept_runs(connection: sqlite3.Connection) -> list[RunRecord]:
    """Every run of every output, the oldest first."""
    rows = connection.execute(f"SELECT id, {', '.join(_COLUMNS)} FROM runs ORDER BY id")  # noqa: S608
    return [_record(row) for row in rows]


def keep_model(connection: sqlite3.Connection, digest: str, model: str) -> None:
    """Keep a model's JSON under its hash."""
    connection.execute("INSERT OR IGNORE INTO models VALUES (?, ?)", (digest, model))


def kept_model(connection: sqlite3.Connection, digest: str) -> str:
    """The JSON of the model with a hash, '' where it was not kept."""
    row = connection.execute("SELECT model FROM models WHERE hash = ?", (digest,)).fetchone()
    return str(row[0]) if row else ""


def _values(record: RunRecord) -> list[object]:
    values = {name: getattr(record, name) for name in _COLUMNS}
    return [json.dumps(value, sort_keys=True) if name in _JSON else value for name, value in values.items()]


def _record(row: tuple[object, ...]) -> RunRecord:
    values = dict(zip(("id", *_COLUMNS), row, strict=True))
    texts = {name: json.loads(str(values[name])) for name in _JSON}
    return RunRecord(**{**values, **texts, "asks_time": bool(values["asks_time"])})
