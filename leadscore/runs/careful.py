"""A run with care: alone, on whole files, remembered where it is given a state, and logged."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from leadscore.issues import Issue
from leadscore.pipeline.files import Draft
from leadscore.pipeline.ready import Job, Kind, Ready, ready_to_enrich, ready_to_score
from leadscore.pipeline.run import Outcome, enrich_ready, score_ready
from leadscore.runs.care import Care, files_written, into_closed_file, with_places
from leadscore.runs.disks import disk_issues
from leadscore.runs.fingerprint import model_files
from leadscore.runs.lock import holding
from leadscore.runs.log import Ending, RunLog, ending_line, exit_code_after, failure_line
from leadscore.runs.remembered import Parts, remembered_run, telling_moved
from leadscore.runs.whole_files import Watch
from leadscore.state.store import open_state

_PARTS: dict[Kind, Parts] = {
    "scored": Parts("scored", ready_to_score, score_ready),
    "enriched": Parts("enriched", ready_to_enrich, enrich_ready),
}


def careful_run(job: Job, kind: Kind, care: Care) -> Outcome | None:
    """Read, compute and write as the job says; None where nothing changed since the last run, and nothing was written.

    Raises LeadscoreError, TryLaterError where somebody else is at the files; nothing is written then.
    """
    job, care = with_places(job, kind, care)
    ending = Ending()
    with _logged(care, ending):
        job = into_closed_file(job, kind, care)
        with holding([*files_written(job, kind), *([job.beside] if job.beside is not None else [])]) as unlocked:
            _wait_for_whole_files(job, care)
            parts = _telling_of_disks(_PARTS[kind], disk_issues(job.state, unlocked))
            _run(job, parts, care, ending)
    return ending.outcome


def _wait_for_whole_files(job: Job, care: Care) -> None:
    if care.cron:
        for path in (job.source, *model_files(job.model), *job.activities):
            if path is not None:
                Watch().wait_until_whole(path)


def _telling_of_disks(parts: Parts, issues: tuple[Issue, ...]) -> Parts:
    """The parts of a run that reads its files with these issues besides."""

    def read(job: Job, draft: Draft | None) -> Ready:
        ready = parts.read(job, draft)
        return replace(ready, draft=replace(ready.draft, issues=(*ready.draft.issues, *issues)))

    return replace(parts, read=read) if issues else parts


def _run(job: Job, parts: Parts, care: Care, ending: Ending) -> None:
    if job.state is None or job.output_path(parts.kind) is None:
        with telling_moved(job):
            ready = parts.read(job, None)
        ending.outcome = parts.compute(ready)
        return
    with open_state(job.state) as connection:
        remembered_run(connection, job, parts, care, ending)


@contextmanager
def _logged(care: Care, ending: Ending) -> Iterator[None]:
    """Log how the run inside ended, by what `ending` then says of it."""
    if care.log is None:
        yield
        return
    began = time.monotonic()
    with closing(RunLog(care.log)) as log:
        try:
            yield
        except BaseException as problem:
            log.write(failure_line(problem, ending.told))
            raise
        code = exit_code_after(ending.outcome, strict=care.strict)
        log.write(ending_line(ending, time.monotonic() - began, code))
