"""The log of unattended runs: one line each, in UTC, without a word of any lead."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from leadscore.errors import (
    BUG,
    DISK_TROUBLES,
    INTERRUPTED,
    STRICT,
    LeadscoreError,
    ModelError,
    OutputError,
    TryLaterError,
)
from leadscore.issues import has_doubts
from leadscore.pipeline.run import Outcome
from leadscore.runs.alerts import NONE_TOLD, Told
from leadscore.state.run_records import utc_now
from leadscore.state.store import is_busy

_MOST_BYTES = 1_000_000  # some 10,000 runs; then the file becomes NAME.log.1, of which three are kept
_KEPT = 3
_MOST_PLACES = 5


class RunLog:
    """A rotating file that only its owner may read. Raises OutputError where it cannot be opened."""

    def __init__(self, path: Path) -> None:
        try:
            self._handler = _PrivateHandler(path, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8")
        except OSError as problem:
            what = problem.strerror or type(problem).__name__
            raise OutputError(
                f"the log {path.name} cannot be opened: {what}; give another file with --log"
            ) from problem

    def write(self, line: str) -> None:
        """Add a line, with the time before it; a full disk is no reason to fail a run that is done."""
        text = f"{utc_now()} {' '.join(line.split())}"
        self._handler.emit(logging.LogRecord("leadscore", logging.INFO, "", 0, text, None, None))

    def close(self) -> None:
        """Let go of the file; what a full disk did not take is lost."""
        with suppress(OSError):
            self._handler.close()


class _PrivateHandler(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_open_private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the name is logging's
        """Nothing: see RunLog.write."""


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@dataclass
class Ending:
    """What a run did so far: None where nothing changed and nothing was written, and the alerts that a command took.

    `is_last_good`: the last valid model stood in for one that is wrong.
    """

    outcome: Outcome | None = None
    told: Told = NONE_TOLD
    is_last_good: bool = False


def exit_code_of(problem: BaseException) -> int:
    """The exit code that a failure will end the command with."""
    if isinstance(problem, sqlite3.Error):  # of the state: what open_state makes of it
        return TryLaterError.exit_code if is_busy(problem) else OutputError.exit_code
    if isinstance(problem, OSError) and problem.errno in DISK_TROUBLES:
        return OutputError.exit_code
    if isinstance(problem, LeadscoreError):
        return problem.exit_code
    return INTERRUPTED if isinstance(problem, KeyboardInterrupt) else BUG


def exit_code_after(outcome: Outcome | None, *, strict: bool) -> int:
    """The exit code of a run that is done: 0, or 5 where --strict meets issues or warnings; notes do not count."""
    return STRICT if strict and outcome is not None and has_doubts(outcome.issues) else 0


def ending_line(ending: Ending, seconds: float, code: int = 0) -> str:
    """'done: 500 read, 0 blank, 500 scored, 202 excluded; 12 issues; 1.2 s; leads-scored.xlsx'; or 'unchanged; 0.1 s'.

    An exit code other than 0 is said: 'done (5): …'; so are the last valid model, where it was used, and alerts.
    """
    what = _unchanged_line(seconds) if ending.outcome is None else _done_line(ending.outcome, seconds, code)
    return f"{what}{'; by the last valid model' if ending.is_last_good else ''}{_told_line(ending.told)}"


def _unchanged_line(seconds: float) -> str:
    return f"unchanged; {seconds:.1f} s"


def _done_line(outcome: Outcome, seconds: float, code: int) -> str:
    rows = ", ".join(f"{count} {stage}" for stage, count in outcome.counts.items())
    target = outcome.target.path if outcome.target is not None else None
    name = target.name if target is not None else "no file"
    done = f"done ({code})" if code else "done"
    return f"{done}: {rows}; {len(outcome.issues)} issues{_alerts_line(outcome)}; {seconds:.1f} s; {name}"


def _alerts_line(outcome: Outcome) -> str:
    """'; 3 entered an alert band, 1 overdue', where the model asks."""
    if outcome.alerts is None or not outcome.model.asks_alerts:
        return ""
    return f"; {len(outcome.alerts.entered)} entered an alert band, {len(outcome.alerts.overdue)} overdue"


def _told_line(told: Told) -> str:
    """'; alerts: 3 told', '; alerts: 3 kept for the next run', '' where there was nothing to tell."""
    if told.kept:
        return f"; alerts: {told.kept} kept for the next run"
    return f"; alerts: {told.told} told" if told.told else ""


def failure_line(problem: BaseException, told: Told = NONE_TOLD) -> str:
    """'failed (75): leads.xlsx is still being written; …'; of a model its cells and codes, of a bug its kind alone.

    Alerts that earlier runs kept, and that were told all the same, are said too.
    """
    return f"{_failure_line(problem)}{_told_line(told)}"


def _failure_line(problem: BaseException) -> str:
    code = f"failed ({exit_code_of(problem)})"
    if isinstance(problem, ModelError):
        places = [f"{issue.place} {issue.code}".strip() for issue in problem.issues]
        more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
        return f"{code}: the model: {', '.join(places[:_MOST_PLACES])}{more}"
    if isinstance(problem, LeadscoreError):
        return f"{code}: {problem}"
    return f"{code}: {type(problem).__name__}"
