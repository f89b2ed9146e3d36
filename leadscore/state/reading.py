"""A state as somebody looks into it: read, and never made, brought up to date or written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from leadscore.errors import SourceError
from leadscore.state.store import APPLICATION_ID, BUSY, MIGRATIONS

_MAGIC = b"SQLite format 3\0"  # sqlite.org/fileformat.html, section 1.3
_OLDEST = 8  # the schema version that first had all that is read here


def is_database(path: Path) -> bool:
    """Whether a file is one of SQLite, of ours or not; False for a file that is not there or cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


@contextmanager
def read_state(path: Path) -> Iterator[sqlite3.Connection]:
    """A state to be read only.

    Raises SourceError where there is none, where the file is no state of ours or is of another version, and where it
    cannot be read just now.
    """
    if not path.is_file():
        raise SourceError(f"there is no state {path}; name the file that runs were given with --state")
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY, isolation_level=None)) as connection:
            _check_schema(connection, path)
            connection.execute("BEGIN")  # all that is read is of one moment, whatever a run writes meanwhile
            yield connection
    except sqlite3.Error as problem:
        raise SourceError(_told(problem, path)) from problem


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise SourceError(f"{path.name} is no state of leadscore; name the file that runs were given with --state")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise SourceError(f"{path.name} was written by a later version of leadscore; update leadscore")
    if version < _OLDEST:
        raise SourceError(
            f"{path.name} was written by an earlier version of leadscore, which kept no changes; "
            "the next run with it brings it up to date"
        )


def _told(problem: sqlite3.Error, path: Path) -> str:
    """What is the matter, by SQLite's own code for it (sqlite.org/rescode.html)."""
    code = getattr(problem, "sqlite_errorname", "")
    if code.startswith("SQLITE_BUSY"):
        return f"a run is writing the state {path.name}; try again when it is done"
    if code.startswith("SQLITE_READONLY"):  # what a journal has to undo needs a writer
        return f"a run that was killed left the state {path.name} half-written; the next run with it mends it"
    if code.startswith("SQLITE_CANTOPEN"):
        return f"the state {path.name} cannot be opened; see whether you may read it and its folder"
    if code == "SQLITE_NOTADB":
        return f"{path.name} is no state of leadscore; name the file that runs were given with --state"
    return f"the state {path.name} cannot be read: {problem}; give the next run another file with --state"
