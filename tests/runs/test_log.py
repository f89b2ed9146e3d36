"""The log of runs."""

import errno
import sqlite3
import stat

import pytest

from leadscore.errors import ModelError, OutputError, TryLaterError
from leadscore.issues import Issue, Place
from leadscore.runs import log
from leadscore.runs.log import RunLog, exit_code_of, failure_line
from leadscore.state import store
from leadscore.state.store import open_state


def test_it_rotates_and_every_part_is_private(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "_MOST_BYTES", 100)
    path = tmp_path / "x.log"

    for number in range(12):
        one = RunLog(path)
        one.write(f"done: run {number}\nof two lines")
        one.close()

    parts = sorted(tmp_path.iterdir())
    assert [part.name for part in parts] == ["x.log", "x.log.1", "x.log.2", "x.log.3"]
    assert {stat.S_IMODE(part.stat().st_mode) for part in parts} == {0o600}
    assert path.read_text().endswith("done: run 11 of two lines\n")


def test_a_full_disk_does_not_fail_a_run(tmp_path, capfd):
    one = RunLog(tmp_path / "x.log")
    one._handler.stream.close()
    one._handler.stream = open("/dev/full", "w", encoding="utf-8")  # noqa: PTH123, SIM115

    one.write("done")
    one.close()

    assert capfd.readouterr() == ("", "")


FIVE = range(2, 7)


def issues(count):
    return [Issue("number-unreadable", Place("Scoring", row, "E"), "ann@acme.fr") for row in range(2, 2 + count)]


@pytest.mark.parametrize(
    ("problem", "code", "line"),
    [
        (TryLaterError("x.csv is open"), 75, "failed (75): x.csv is open"),
        (OutputError("no"), 4, "failed (4): no"),
        (KeyboardInterrupt(), 130, "failed (130): KeyboardInterrupt"),
        (sqlite3.OperationalError("disk I/O error"), 4, "failed (4): OperationalError"),
        (OSError(errno.EIO, "x"), 4, "failed (4): OSError"),
        (ValueError("ann@acme.fr"), 1, "failed (1): ValueError"),
        (ModelError(issues(1)), 3, "failed (3): the model: Scoring!E2 number-unreadable"),
        (
            ModelError(issues(7)),
            3,
            f"failed (3): the model: {', '.join(f'Scoring!E{row} number-unreadable' for row in FIVE)} and 2 more",
        ),
    ],
)
def test_failures(problem, code, line):
    assert (exit_code_of(problem), failure_line(problem)) == (code, line)


def test_a_state_that_somebody_else_writes_has_the_exit_code_that_the_command_ends_with(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "BUSY", 0.0)
    with open_state(tmp_path / "x.db") as one, open_state(tmp_path / "x.db") as other:
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as caught:
            other.execute("BEGIN IMMEDIATE")

    assert exit_code_of(caught.value) == TryLaterError.exit_code == 75
