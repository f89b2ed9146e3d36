"""When a run had better not replace the last results, and when it did and cannot remember it."""

from __future__ import annotations

from leadscore.errors import SourceError, UsageError
from leadscore.pipeline.ready import Job, Ready
from leadscore.pipeline.score import is_blank_row
from leadscore.state.run_records import RunRecord


def check_row_drop(ready: Ready, last: RunRecord | None, max_drop: float) -> None:
    """Raise SourceError where the leads are fewer than those of the last run by more than a share of 0..1."""
    before = last.rows["read"] - last.rows["blank"] if last is not None and last.rows else 0
    now = int((~is_blank_row(ready.source.leads)).sum())
    if now < before * (1 - max_drop):
        raise SourceError(
            f"{ready.job.source.name if ready.job.source else 'standard input'} has {now:,} leads and had {before:,} "
            f"at the last run; if that is right, run once with --max-drop 100%"
        )


def state_behind(job: Job, problem: Exception) -> str:
    """What to say where the results are there, and the state could not take what it should know of them."""
    name = job.state.name if job.state is not None else ""
    return f"the results were written, but the state {name} could not be: {problem}; the next run makes up for it"


def read_share(text: str, option: str) -> float:
    """'50%' or '50' -> 0.5. Raises UsageError for what is no percentage from 0 to 100."""
    try:
        percent = float(text.strip().removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise UsageError(f'{option} "{text}" is no percentage from 0 to 100; write it as 50%')
    return percent / 100
