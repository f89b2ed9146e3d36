"""Telling a command of the leads that entered an alert band: each once, as far as the command lets us."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from leadscore.errors import UsageError
from leadscore.pipeline.ready import Job
from leadscore.runs.care import Care
from leadscore.state.alert_records import mark_told, pending_alerts
from leadscore.state.run_records import utc_now

LONGEST = 30.0  # seconds that the command may take


class Told(NamedTuple):
    """How many alerts the command took, and how many wait for the next run."""

    told: int = 0
    kept: int = 0


NONE_TOLD = Told()


def read_command(text: str, *, is_windows: bool = sys.platform == "win32") -> tuple[str, ...]:
    r"""The command of --on-alert and its arguments, as a shell would part them. Raises UsageError for an open quote.

    On Windows a backslash is part of a path, so it escapes nothing, and quotes are ": 'C:\jq.exe "a b"' has two words.
    """
    parts = shlex.shlex(text, posix=True, punctuation_chars=False)
    parts.whitespace_split, parts.commenters = True, ""
    if is_windows:
        parts.escape, parts.quotes = "", '"'
    try:
        return tuple(parts)
    except ValueError as problem:
        raise UsageError(f"--on-alert cannot be read ({problem}); close the quote in: {text}") from problem


def tell_pending(connection: sqlite3.Connection, output: str, job: Job, care: Care) -> Told:
    """Run the command with all alerts of an output that nobody was told of, this run's and those kept by earlier ones.

    What it takes (exit code 0) is marked. What it does not is kept, and the reason is told to people.
    """
    pending = pending_alerts(connection, output) if care.on_alert else []
    if not pending:
        return NONE_TOLD
    alerts = [json.loads(message) for _, message in pending]
    source = str(job.source) if job.source is not None else "-"
    trouble = _run(care.on_alert, json.dumps({"alerts": alerts, "source": source, "output": output}))
    if trouble:
        many = f"{len(pending)} alerts are" if len(pending) > 1 else "1 alert is"
        care.tell(f"the command of --on-alert {trouble}; {many} kept for the next run")
        return Told(kept=len(pending))
    mark_told(connection, [number for number, _ in pending], utc_now())
    return Told(told=len(pending))


def _run(command: Sequence[str], said: str) -> str:
    """Run a command that reads a text; '' where all went well, else what did not. What it prints is dropped."""
    try:
        # A group of its own, so that what it started itself can be ended with it.
        process = subprocess.Popen(  # noqa: S603  it is the user's own command, and no shell reads it
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as problem:
        return f"cannot be started ({command[0]}: {problem.strerror}; give its full path)"
    try:
        process.communicate(said.encode(), timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"took longer than {LONGEST:g} s and was ended"
    finally:
        _end(process)
    return _ended_badly(process.returncode)


def _ended_badly(code: int) -> str:
    """'failed with exit code 1'; a code below 0 is a signal; '' for 0."""
    if code < 0:
        return f"was ended by signal {-code}"
    return f"failed with exit code {code}" if code else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, and what it started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
