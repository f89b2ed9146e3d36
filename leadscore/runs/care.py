"""How carefully a run goes about its files, and where it keeps what it remembers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from leadscore.errors import UsageError
from leadscore.pipeline.files import named_output
from leadscore.pipeline.ready import Job, Kind
from leadscore.runs.open_elsewhere import LONGEST_WAIT, IfOpen, open_one, wait_until_closed
from leadscore.sheets.safe_write import short_name

MAX_DROP = 0.5


def _say_nothing(_: str) -> None:
    pass


@dataclass(frozen=True)
class Care:
    """What a run is to look out for.

    `cron`: nobody watches, so it waits for half-written files, and writes only what changed. `log` None: none, or with
    `cron` the one beside the state. `max_drop`: the share of the last run's leads, 0..1, that may be gone. `last_good`:
    a wrong model is made up for by the last valid one. `strict`: issues and warnings are worth an exit code. `on_alert`
    is a command and its arguments, () for none. `tell` says to people what they should know before the run ends.
    """

    cron: bool = False
    log: Path | None = None
    if_open: IfOpen = IfOpen.WAIT
    max_drop: float = MAX_DROP
    last_good: bool = False
    strict: bool = False
    on_alert: tuple[str, ...] = ()
    tell: Callable[[str], None] = _say_nothing


def with_places(job: Job, kind: Kind, care: Care) -> tuple[Job, Care]:
    """The job with its state and the care with its log; with `cron` these are hidden files beside the output.

    Raises UsageError for `cron` where no file is written, for --last-good or --on-alert without a state, and for a
    state or a log that is a file of the run itself: they grow where they are, instead of being replaced.
    """
    output = job.output_path(kind)
    if care.cron and output is None:
        raise UsageError("--cron writes files; give one with -o, and leave --dry-run out")
    if care.cron and output is not None:
        job = replace(job, state=job.state or hidden_beside(output, "db"))
    if care.cron and care.log is None and job.state is not None:
        care = replace(care, log=job.state.with_suffix(".log"))
    if care.last_good and job.state is None:
        raise UsageError("--last-good needs a state, which keeps the models; give one with --state, or add --cron")
    if care.on_alert and job.state is None:
        raise UsageError("--on-alert needs a state, which knows what is new; give one with --state, or add --cron")
    if care.last_good and job.live:
        raise UsageError("--last-good keeps no sheets of the model, which --live copies; leave one of them out")
    _check_apart(job, output, care)
    return job, care


def _check_apart(job: Job, output: Path | None, care: Care) -> None:
    files = {"source": job.source, "model": job.model, "results": output, "issues": job.issues_file}
    taken = {os.path.realpath(path): what for what, path in files.items() if path is not None}
    for option, path in (("state", job.state), ("log", care.log)):
        if path is None:
            continue
        what = taken.setdefault(os.path.realpath(path), option)
        if what != option:
            raise UsageError(f"--{option} names the file of the {what}, {path.name}; give it a name of its own")


def hidden_beside(output: Path, suffix: str) -> Path:
    """A hidden file of ours beside a file's real place: '.leads-scored.xlsx.leadscore.db'; a long name is cut."""
    target = Path(os.path.realpath(output))
    return target.with_name(f".{short_name(target)}.leadscore.{suffix}")


def files_written(job: Job, kind: Kind) -> tuple[Path, ...]:
    """The files that a run puts in the place of others: the results, and the issues; () for one that only prints."""
    output = job.output_path(kind)
    return tuple(path for path in (output, job.issues_file) if path is not None) if output is not None else ()


def into_closed_file(job: Job, kind: Kind, care: Care) -> Job:
    """The job once its files are open nowhere; with `beside` it writes to another file at once.

    Raises TryLaterError where a file stays open, or at once with `fail`.
    """
    output = job.output_path(kind)
    if output is not None and care.if_open is IfOpen.BESIDE and open_one([output]):
        job = _beside(job, output, kind)
    longest = LONGEST_WAIT if care.if_open is IfOpen.WAIT else 0.0
    for path in files_written(job, kind):
        if longest and open_one([path]) and not care.cron:
            care.tell(f"{path.name} is open in another program; waiting up to {longest:.0f} s for it to be closed")
        wait_until_closed(path, longest)
    return job


def _beside(job: Job, output: Path, kind: Kind) -> Job:
    """The job with another output: for results in place the file that they go to by default, else NAME-new."""
    path = named_output("", job.source, kind) if job.in_place else output.with_stem(f"{output.stem}-new")
    return replace(job, in_place=False, output=str(path), beside=output)
