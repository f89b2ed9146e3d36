"""A run with care: alone, on whole files, remembered where it is given a state, and logged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from leadscore.pipeline.ready import Job, Kind, ready_to_enrich, ready_to_score
from leadscore.pipeline.run import Outcome, enrich_ready, score_ready
from leadscore.runs.care import Care, files_written, into_closed_file, with_places
from leadscore.runs.fingerprint import model_files
from leadscore.runs.lock import holding
from leadscore.runs.log import RunLog, ending_line, exit_code_after, failure_line, told_line
from leadscore.runs.remembered import Ending, Parts, remembered_run, telling_moved
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
    with _logged(care) as say:
        job = into_closed_file(job, kind, care)
        with holding([*files_written(job, kind), *([job.beside] if job.beside is not None else [])]):
            _wait_for_whole_files(job, care)
            ending = _run(job, kind, care)
        say(ending)
    return ending.outcome


def _wait_for_whole_files(job: Job, care: Care) -> None:
    if care.cron:
        for path in (job.source, *model_files(job.model), *job.activities):
            if path is not None:
                Watch().wait_until_whole(path)


def _run(job: Job, kind: Kind, care: Care) -> Ending:
    parts = _PARTS[kind]
    if job.state is None or job.output_path(kind) is None:
        with telling_moved(job):
            ready = parts.read(job, None)
        return Ending(parts.compute(ready))
    with open_state(job.state) as connection:
        return remembered_run(connection, job, parts, care)


@contextmanager
def _logged(care: Care) -> Iterator[Callable[[Ending], None]]:
    """A function that logs how the run ended; where it fails, that is logged instead."""
    if care.log is None:
        yield lambda _: None
        return
    began = time.monotonic()

    def line(ending: Ending) -> str:
        code = exit_code_after(ending.outcome, strict=care.strict)
        return f"{ending_line(ending.outcome, time.monotonic() - began, code)}{told_line(ending.told)}"

    with closing(RunLog(care.log)) as log:
        try:
            yield lambda ending: log.write(line(ending))
        except BaseException as problem:
            log.write(failure_line(problem))
            raise
