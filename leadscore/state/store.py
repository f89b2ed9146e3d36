"""The state: one SQLite file that keeps what a later run should know. There is none unless a run is given one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from leadscore.errors import LeadscoreError, OutputError, TryLaterError

APPLICATION_ID = 0x6C647363  # 'ldsc': by it a file is known to be a state of ours
BUSY = 10.0  # seconds to wait for another run that writes
# What each version adds; the schema version is how many of them a file has.
MIGRATIONS = (
    """
    CREATE TABLE mail_domains (
        domain TEXT PRIMARY KEY,
        verdict TEXT NOT NULL,
        reason TEXT NOT NULL,
        expires INTEGER NOT NULL -- seconds since 1970, UTC
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE models (
        hash TEXT PRIMARY KEY,
        model TEXT NOT NULL -- as pydantic writes it in JSON, without what is no part of the hash
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        output TEXT NOT NULL, -- the real path of the file written: runs that write one file follow each other
        kind TEXT NOT NULL, -- scored, enriched
        started TEXT NOT NULL, -- ISO 8601, UTC
        ended TEXT NOT NULL DEFAULT '', -- '' while it runs, and for ever when it was killed
        as_of TEXT NOT NULL DEFAULT '',
        inputs TEXT NOT NULL DEFAULT '', -- the files that were read, as the file system told them apart
        source TEXT NOT NULL DEFAULT '', -- a hash of the leads that were read
        model TEXT NOT NULL DEFAULT '', -- its hash
        options TEXT NOT NULL DEFAULT '', -- a hash of what else decides the files written
        asks_time INTEGER NOT NULL DEFAULT 1, -- whether the results are others on another day
        reference TEXT NOT NULL DEFAULT '{}', -- JSON: the reference data and what each is
        tool TEXT NOT NULL DEFAULT '', -- the version of leadscore
        rows TEXT NOT NULL DEFAULT '{}', -- JSON: how many rows each stage had
        exit_code INTEGER -- NULL while it runs, 0 when the files were written
    )
    """,
    # JSON: the columns that the model read, and how they write numbers and days.
    "ALTER TABLE runs ADD COLUMN reads TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE runs ADD COLUMN evidence TEXT NOT NULL DEFAULT '{}'",
    """
    CREATE TABLE salt (
        salt BLOB NOT NULL -- what e-mail addresses are hashed with
    )
    """,
    """
    CREATE TABLE leads (
        output TEXT NOT NULL, -- as in runs
        key TEXT NOT NULL, -- the lead's id, else a salted hash of its e-mail
        run INTEGER NOT NULL, -- the last run that had the lead
        fields TEXT NOT NULL, -- JSON: what it holds in the columns of runs.reads; '' when the last run had it no more
        machine REAL, -- the total that the criteria add up to; NULL for none
        score REAL, -- the total shown
        band TEXT NOT NULL,
        since TEXT NOT NULL, -- ISO 8601, UTC: the start of the run that first saw it in this band
        PRIMARY KEY (output, key)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE changes (
        run INTEGER NOT NULL,
        key TEXT NOT NULL,
        row INTEGER NOT NULL, -- of the lead, as the spreadsheet numbered it then
        previous_score REAL,
        score REAL,
        previous_band TEXT, -- NULL when the lead was new
        band TEXT NOT NULL,
        cause TEXT NOT NULL, -- as the column change_cause
        PRIMARY KEY (run, key)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX changes_of_lead ON changes (key)",
    # ISO 8601, UTC: by when somebody is to follow up the lead; '' when nobody need, or somebody did.
    "ALTER TABLE leads ADD COLUMN due TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE alerts (
        id INTEGER PRIMARY KEY,
        output TEXT NOT NULL, -- as in runs
        run INTEGER NOT NULL, -- in which the lead entered the band
        key TEXT NOT NULL, -- as in leads
        row INTEGER NOT NULL, -- of the lead, as the spreadsheet numbered it then
        at TEXT NOT NULL, -- ISO 8601, UTC: the start of that run
        band TEXT NOT NULL,
        previous_band TEXT NOT NULL, -- '' for none, and when the lead was new
        message TEXT NOT NULL, -- JSON: what a command is to be told; '' once it was, and where none is
        told TEXT NOT NULL DEFAULT '', -- ISO 8601, UTC: when a command took it; 'sheet' where none is to; '' before
        UNIQUE (output, run, key)
    )
    """,
    """
    CREATE TABLE commands (
        output TEXT PRIMARY KEY, -- as in runs
        day TEXT NOT NULL -- ISO 8601, UTC: on which a run last had a command that is told of alerts
    ) WITHOUT ROWID
    """,
)


@contextmanager
def open_state(path: Path) -> Iterator[sqlite3.Connection]:
    """The state of a file, made or brought up to date where need be; only its owner may read it.

    Raises OutputError where the file is no state of ours, is of a later version, or cannot be written; TryLaterError
    where somebody else writes it for longer than BUSY.
    """
    try:
        with closing(_connect(path)) as connection:
            _migrate(connection, path)
            connection.execute("PRAGMA secure_delete = ON")  # what is forgotten of a lead is in no byte any more
            yield connection
    except sqlite3.Error as problem:
        raise _told(problem, path) from problem


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is kept, or nothing of it; nobody else writes meanwhile. Raises sqlite3.Error."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def is_busy(problem: sqlite3.Error) -> bool:
    """Whether somebody else wrote the state for longer than BUSY."""
    return getattr(problem, "sqlite_errorname", "").startswith("SQLITE_BUSY")


def _told(problem: sqlite3.Error, path: Path) -> LeadscoreError:
    if is_busy(problem):
        return TryLaterError(f"another run is writing the state {path.name}; run again when it is done")
    return OutputError(f"the state {path.name} cannot be used: {problem}; give another file with --state")


def _connect(path: Path) -> sqlite3.Connection:
    try:
        # To close it frees every lock that this process has on it (sqlite.org/howtocorrupt.html, section 2.2): a state
        # that is open already must not be in a transaction when it is opened once more.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as problem:
        raise OutputError(
            f"the state {path.name} cannot be opened: {problem.strerror}; give another file with --state"
        ) from problem
    return sqlite3.connect(path, timeout=BUSY, isolation_level=None)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date, all or nothing."""
    version = _pragma(connection, "user_version")
    is_new = version == 0 and _is_empty(connection)
    if not is_new and _pragma(connection, "application_id") != APPLICATION_ID:
        raise OutputError(f"{path.name} is no state of leadscore; give another file with --state")
    if version > len(MIGRATIONS):
        raise OutputError(
            f"{path.name} was written by a later version of leadscore; update leadscore, or give another file"
        )
    if version == len(MIGRATIONS):
        return
    with writing(connection):
        for statement in MIGRATIONS[_pragma(connection, "user_version") :]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
