"""A run that knows the runs before it: whether anything changed, what the model last was, how many leads there were."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

from leadscore import __version__
from leadscore.errors import LeadscoreError, ModelError, ModelFileError, OutputError, SourceError, TryLaterError
from leadscore.issues import Issue, Severity
from leadscore.model.model import Model
from leadscore.pipeline.alert_messages import Found, alert_messages
from leadscore.pipeline.files import Draft, day_of_run
from leadscore.pipeline.ready import Job, Kind, Ready
from leadscore.pipeline.run import Outcome
from leadscore.plan.plan import name_problems
from leadscore.reference import versions
from leadscore.runs.alerts import Told, tell_pending
from leadscore.runs.care import Care, files_written
from leadscore.runs.fingerprint import inputs_seen, is_of_the_day, options_digest, source_digest
from leadscore.runs.lead_memory import change_records, earlier_leads, lead_records
from leadscore.runs.log import Ending, exit_code_of
from leadscore.runs.refusals import check_row_drop, state_behind
from leadscore.sheets.safe_write import look
from leadscore.state.alert_records import became_due, forget_alerts, has_command, keep_alerts, keep_command
from leadscore.state.lead_records import forget_old, keep_leads
from leadscore.state.run_records import (
    DONE,
    RunRecord,
    begin_run,
    end_run,
    keep_inputs,
    keep_model,
    kept_model,
    last_done,
    utc_now,
)
from leadscore.state.store import writing

_LAST_GOOD = "model-last-good"


@dataclass(frozen=True)
class Parts:
    """The two halves of a kind of run: what `read` gives is what `compute` scores or enriches, and writes."""

    kind: Kind
    read: Callable[[Job, Draft | None], Ready]
    compute: Callable[[Ready], Outcome]


@dataclass
class Remembered:
    """The state's connection, the last run that wrote this output, the record of this one, and the files it writes.

    `is_last_good`: the job's model was wrong, and the last valid one took its place. A run that writes beside a file
    that is open goes on with the past of that file.
    """

    connection: sqlite3.Connection
    last: RunRecord | None
    record: RunRecord
    files: tuple[Path, ...]
    is_last_good: bool = False

    def begin(self) -> None:
        """Keep that the run began to compute: one that is killed then shows as never ended."""
        self.record = begin_run(self.connection, self.record)

    def renew_inputs(self) -> None:
        """Keep that the files as they are now hold what the last run read, so that a glance tells it the next time."""
        if self.last is not None and self.record.inputs not in ("", self.last.inputs):
            keep_inputs(self.connection, self.last.id, self.record.inputs)

    def end(self, exit_code: int) -> None:
        """Keep how the run ended, whether or not it began."""
        self.record = replace(self.record, ended=utc_now(), exit_code=exit_code)
        if self.record.id:
            end_run(self.connection, self.record)
        else:
            begin_run(self.connection, self.record)


def remembered_run(connection: sqlite3.Connection, job: Job, parts: Parts, care: Care, ending: Ending) -> None:
    """Read, compute and write, and keep a record of it; then tell what earlier runs and this one have to tell.

    How it went is put into `ending`, as far as it went.
    """
    memory = _memory(connection, job, parts.kind)
    if care.on_alert:
        keep_command(connection, memory.record.output, memory.record.started)
    try:
        ending.outcome = _run(memory, job, parts, care)
    except LeadscoreError:
        with suppress(sqlite3.Error):  # the first trouble is the one to tell
            ending.told = _tell(memory, job, care)
        raise
    ending.is_last_good = memory.is_last_good
    try:
        ending.told = _tell(memory, job, care)
    except sqlite3.Error as problem:
        if ending.outcome is None:
            raise
        raise OutputError(state_behind(job, problem)) from problem


def _tell(memory: Remembered, job: Job, care: Care) -> Told:
    """Tell what nobody was told yet, but for what is too old to be told: that is dropped even where nothing changed."""
    forget_alerts(memory.connection, memory.record.started)
    return tell_pending(memory.connection, memory.record.output, job, care)


def _run(memory: Remembered, job: Job, parts: Parts, care: Care) -> Outcome | None:
    """What the run did; with `cron` None, and no record, where nothing changed."""
    connection = memory.connection
    if care.cron and _is_same_at_a_glance(memory, job):
        return None
    try:
        ready = _read(memory, job, parts, care)
        with ready.draft.telling_all():
            memory.record = _with_what_was_read(memory.record, ready)
        if care.cron and _is_same(memory):
            memory.renew_inputs()
            return None
        check_row_drop(ready, memory.last, care.max_drop)
        memory.begin()
        if parts.kind == "scored":
            ready = replace(ready, earlier=earlier_leads(connection, memory.record, memory.last, _kept(memory)))
        outcome = parts.compute(ready)
    except BaseException as problem:
        with suppress(sqlite3.Error):  # the first trouble is the one to tell
            memory.end(exit_code_of(problem))
        raise
    try:
        with writing(connection):
            _keep(memory, ready, outcome)
    except sqlite3.Error as problem:
        raise OutputError(state_behind(job, problem)) from problem
    return outcome


def _keep(memory: Remembered, ready: Ready, outcome: Outcome) -> None:
    """All that later runs should know of this one, and where a command is told of alerts, what it is to be told.

    A run without the command, by hand perhaps, leaves them for the next one that has it.
    """
    connection, results, changes, earlier = memory.connection, outcome.results, outcome.changes, ready.earlier
    alerts = outcome.alerts
    keep_model(connection, ready.model.hash, ready.model.model_dump_json(exclude_defaults=True))
    memory.record = replace(memory.record, rows=outcome.counts)
    if results is not None and changes is not None and earlier is not None and alerts is not None:
        memory.record = replace(memory.record, reads=changes.reads, evidence=changes.evidence)
        keep_leads(
            connection,
            memory.record.output,
            memory.record.id,
            lead_records(memory.record, results, changes, alerts),
            change_records(memory.record, results, changes, earlier),
        )
        found = Found(results, changes, alerts, outcome.source, earlier.salt, memory.record.id)
        is_told = has_command(connection, memory.record.output, memory.record.started)
        messages = alert_messages(found) if is_told else repeat("")
        keep_alerts(connection, memory.record.output, memory.record.id, zip(alerts.entered, messages, strict=False))
    forget_old(connection, memory.record.started)
    memory.end(DONE)


@contextmanager
def telling_moved(job: Job) -> Iterator[None]:
    """Raise TryLaterError instead of what cannot be read because it is being written: it changes meanwhile."""
    seen = [look(path) for path in (job.source, job.model) if path is not None]
    try:
        yield
    except (SourceError, ModelFileError) as problem:
        for file in seen:
            if not file.is_as_it_was:
                raise TryLaterError(f"{file.path.name} changed while being read; run again") from problem
        raise


def _memory(connection: sqlite3.Connection, job: Job, kind: Kind) -> Remembered:
    output = os.path.realpath(job.beside or job.output_path(kind) or "")
    record = RunRecord(
        output=output,
        kind=kind,
        started=utc_now(),
        inputs=inputs_seen(job),
        options=options_digest(job),
        reference=versions(),
        tool=__version__,
    )
    return Remembered(connection, last_done(connection, output, kind), record, files_written(job, kind))


def _with_what_was_read(record: RunRecord, ready: Ready) -> RunRecord:
    return replace(
        record,
        as_of=ready.as_of.isoformat(),
        source=source_digest(ready),
        model=ready.model.hash,
        asks_time=is_of_the_day(ready),
    )


def _is_same_at_a_glance(memory: Remembered, job: Job) -> bool:
    """Whether nothing can have changed since the last run, told without reading anything."""
    now, last = memory.record, memory.last
    if last is None or not now.inputs or now.inputs != last.inputs or not _is_same_ruler(memory, last):
        return False
    if _is_due(memory):
        return False
    if not last.asks_time:
        return True
    model = _kept(memory)
    return model is not None and day_of_run(job.as_of, model).isoformat() == last.as_of


def _is_same(memory: Remembered) -> bool:
    """Whether what was read is what the last run read."""
    now, last = memory.record, memory.last
    if last is None or (now.source, now.model) != (last.source, last.model) or not _is_same_ruler(memory, last):
        return False
    return (not now.asks_time or now.as_of == last.as_of) and not _is_due(memory)


def _is_due(memory: Remembered) -> bool:
    """Whether a lead became overdue since the last run, though nothing else changed; CSV has no sheet to say so."""
    now, last = memory.record, memory.last
    is_shown = memory.files[0].suffix.lower() != ".csv"
    return (
        is_shown and last is not None and became_due(memory.connection, now.output, last.id, last.started, now.started)
    )


def _is_same_ruler(memory: Remembered, last: RunRecord) -> bool:
    """Whether options, tool and reference data are the same, and the files written are still there."""
    now = memory.record
    same = (now.options, now.tool, now.reference) == (last.options, last.tool, last.reference)
    return same and all(look(path).identity is not None for path in memory.files)


def _read(memory: Remembered, job: Job, parts: Parts, care: Care) -> Ready:
    """What the run needs; where the model is wrong and the care says so, with the last one that was not."""
    with telling_moved(job):
        try:
            ready = parts.read(job, None)
        except (ModelError, ModelFileError) as problem:
            model = _kept(memory) if care.last_good else None
            if model is None or memory.last is None:
                raise
            ready = _read_with(model, problem, job, parts)
            memory.record = replace(memory.record, inputs="")  # so that every run says it again
            memory.is_last_good = True
            care.tell(
                f"{_trouble(problem)}; used the last valid one, of {memory.last.as_of}; `leadscore check` says more"
            )
    return ready


def _read_with(model: Model, problem: ModelError | ModelFileError, job: Job, parts: Parts) -> Ready:
    """What the run needs, with another model than the job's; the trouble with that one is told as an issue."""
    model = model.model_copy(update={"path": str(job.model or job.source)})
    issue = Issue(_LAST_GOOD, value=_trouble(problem))
    try:
        ready = parts.read(job, Draft(model, (issue,)))
    except ModelError:
        raise problem from None
    if name_problems(model, ready.source.leads, ready.as_of):  # it wants columns that are gone: no help
        raise problem
    return ready


def _trouble(problem: ModelError | ModelFileError) -> str:
    if isinstance(problem, ModelError):
        count = sum(issue.severity is Severity.ERROR for issue in problem.issues)
        return f"the model has {count} error{'s' if count > 1 else ''}"
    return "the model cannot be read"


def _kept(memory: Remembered) -> Model | None:
    """The model of the last run, None where it was not kept or a later version of leadscore wrote it."""
    text = kept_model(memory.connection, memory.last.model) if memory.last is not None else ""
    try:
        return Model.model_validate_json(text) if text else None
    except ValueError:
        return None
