"""What became of an output: the runs that wrote it, and the leads that each of them moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from leadscore.errors import SourceError
from leadscore.runs.find_state import find_state, listed, outputs_meant
from leadscore.scoring.bands import EXCLUDED
from leadscore.state.lead_records import KEPT_SCORES, ChangeRecord
from leadscore.state.past_runs import ChangeCount, change_counts, last_seen_counts, moves_of_run
from leadscore.state.reading import read_state
from leadscore.state.run_records import DONE, RunRecord, kept_runs, utc_now

_DIGITS = 10  # of a difference of two scores: what is beyond is no more than how computers keep numbers
# What one run may have otherwise than the run before, and the column of the table `runs` that tells.
_RULERS = {"model": "model", "day": "as_of", "reference data": "reference", "leadscore": "tool", "options": "options"}


@dataclass(frozen=True)
class History:
    """A state that is open to be read: every run in it, the oldest first, and the `outputs` that are asked about.

    `now` is in ISO 8601, UTC.
    """

    state: Path
    connection: sqlite3.Connection
    runs: Sequence[RunRecord]
    outputs: tuple[str, ...]
    now: str

    @property
    def others(self) -> tuple[str, ...]:
        """The outputs that the state knows besides."""
        return tuple(sorted({run.output for run in self.runs} - set(self.outputs)))

    @cached_property
    def scored(self) -> str:
        """The one output that is asked about, of those that were scored. Raises SourceError for none or several."""
        found = [output for output in self.outputs if self.done_runs(output)]
        if not found:
            raise SourceError(f"{self.state.name} knows no run that scored leads; `leadscore score` makes one")
        if len(found) > 1:
            names = listed([Path(output).name for output in found])
            raise SourceError(f"{self.state.name} knows the runs of {names}; name one of these files, then --state")
        return found[0]

    def done_runs(self, output: str, kind: str = "scored") -> list[RunRecord]:
        """The runs of a kind that wrote an output, the oldest first."""
        return [run for run in self.runs if (run.output, run.kind, run.exit_code) == (output, kind, DONE)]

    def knows_scores_of(self, run: RunRecord) -> bool:
        """Whether the state still has all that a run changed; of older ones it has the changes of band alone."""
        latest = max((one.started for one in self.runs if one.exit_code == DONE), default=run.started)
        limit = datetime.fromisoformat(latest) - timedelta(days=KEPT_SCORES)
        return datetime.fromisoformat(run.started) >= limit


@dataclass(frozen=True)
class PastRun:
    """A run, and the one before it that wrote the same file. What is not known (any more) is None.

    `news` are the names of what else than leads was new: model, day, reference data, leadscore, options. `gone` are the
    leads that the run before had, and no run since. `is_last`: no run of this output began after it.
    """

    record: RunRecord
    previous: RunRecord | None
    news: tuple[str, ...]
    counts: ChangeCount | None
    gone: int | None
    is_last: bool

    @property
    def is_done(self) -> bool:
        """Whether the files were written."""
        return self.record.exit_code == DONE

    @property
    def leads(self) -> int | None:
        """The rows that were read and are not blank."""
        rows = self.record.rows
        return rows["read"] - rows["blank"] if rows else None

    @property
    def excluded(self) -> int | None:
        """The leads that a criterion excluded."""
        return self.record.rows.get("excluded")

    @property
    def has_new_leads_read(self) -> bool:
        """Whether the cells that were read are others than before."""
        return self.previous is not None and self.previous.source != self.record.source


@dataclass(frozen=True)
class Movers:
    """The leads whose score or band a run changed, the largest change first."""

    run: PastRun
    changes: Sequence[ChangeRecord]


@contextmanager
def open_history(named: Path | None, state: Path | None) -> Iterator[History]:
    """The history that a file, a folder or a state stands for; see `find_state`. Raises SourceError."""
    path = find_state(named, state)
    with read_state(path) as connection:
        runs = kept_runs(connection)
        yield History(path, connection, runs, _outputs(runs, path, named), utc_now())


def _outputs(runs: Sequence[RunRecord], state: Path, named: Path | None) -> tuple[str, ...]:
    """The outputs that a name means, all where it names none of them."""
    known = tuple(dict.fromkeys(run.output for run in runs))
    meant = tuple(output for output in outputs_meant(named) if output in known)
    if not known:
        raise SourceError(f"{state.name} knows no run yet; `leadscore score --state {state.name}` makes one")
    if not meant and named is not None and named.is_file() and named.resolve() != state.resolve():
        names = listed([Path(output).name for output in known])
        raise SourceError(f"{state.name} knows no run that wrote {named.name}; it knows {names}")
    return meant or known


def past_runs(history: History, output: str, limit: int | None = None) -> list[PastRun]:
    """The runs of an output, the newest first; at most so many."""
    runs = [run for run in history.runs if run.output == output]
    return _Compared(history, output).all_of(runs[-limit:] if limit else runs)[::-1]


def biggest_movers(history: History, number: int | None = None) -> Movers:
    """Whom a run moved, by its number in the state; without one the last that scored. Raises SourceError."""
    run = history.done_runs(history.scored)[-1] if number is None else _numbered(history, number)
    (compared,) = _Compared(history, run.output).all_of([run])
    return Movers(compared, sorted(moves_of_run(history.connection, run.id), key=_from_largest))


def _numbered(history: History, number: int) -> RunRecord:
    known = {run.id: run for run in history.runs}
    run = known.get(number)
    if run is None:
        raise SourceError(
            f"there is no run {number} in {history.state.name}; its runs are {min(known)} to {max(known)}"
        )
    if run.kind != "scored" or run.exit_code != DONE:
        raise SourceError(f"run {number} scored no leads, so it moved none; `leadscore history` lists the runs")
    return run


def change_of(change: ChangeRecord) -> float | None:
    """The score less the one before, None where one is missing."""
    if change.score is None or change.previous_score is None:
        return None
    return round(change.score - change.previous_score, _DIGITS)


def _from_largest(change: ChangeRecord) -> tuple[bool, bool, float, bool, int]:
    """Sorts the largest change first, of equal ones those of band; then scores that come or go; last who stays out."""
    size, is_same_band = change_of(change), change.previous_band == change.band
    is_out = is_same_band and change.band == EXCLUDED
    return is_out, size is None, -abs(size or 0.0), is_same_band, change.row


class _Compared:
    """The runs of an output beside those before them."""

    def __init__(self, history: History, output: str) -> None:
        self._history = history
        self._last = max(run.id for run in history.runs if run.output == output)
        self._last_seen = last_seen_counts(history.connection, output)

    def all_of(self, runs: Sequence[RunRecord]) -> list[PastRun]:
        """The runs, in their order."""
        counts = change_counts(self._history.connection, [run.id for run in runs])
        return [self._past_run(run, counts.get(run.id, ChangeCount())) for run in runs]

    def _past_run(self, run: RunRecord, counts: ChangeCount) -> PastRun:
        before = [one for one in self._history.done_runs(run.output, run.kind) if one.id < run.id]
        previous = before[-1] if before and run.exit_code == DONE else None
        return PastRun(
            record=run,
            previous=previous,
            news=_news(run, previous) if previous is not None else (),
            counts=self._known(run, counts),
            gone=self._gone(previous),
            is_last=run.id == self._last,
        )

    def _known(self, run: RunRecord, counts: ChangeCount) -> ChangeCount | None:
        if run.kind != "scored" or run.exit_code != DONE:
            return None
        return counts if self._history.knows_scores_of(run) else counts._replace(scores=None)

    def _gone(self, previous: RunRecord | None) -> int | None:
        if previous is None or previous.kind != "scored" or not self._history.knows_scores_of(previous):
            return None
        return self._last_seen.get(previous.id, 0)


def _news(run: RunRecord, previous: RunRecord) -> tuple[str, ...]:
    return tuple(name for name, column in _RULERS.items() if getattr(run, column) != getattr(previous, column))
