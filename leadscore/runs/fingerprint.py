"""What a run's results depend on, so that a run which would write the same again is told from others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from leadscore.pipeline.ready import Job, Ready
from leadscore.plan.clock import asks_time
from leadscore.plan.plan import make_plan
from leadscore.sheets.activities import ReadActivities
from leadscore.sheets.safe_write import look

# Of a job, what is fingerprinted by itself, and what decides nothing of the files written.
_NOT_OPTIONS = frozenset({"source", "model", "output", "activities", "as_of", "state", "dry_run"})


def inputs_seen(job: Job) -> str:
    """The files of a job as the file system tells them apart, in JSON; '' where they cannot tell what changed.

    That is so of standard input, and of a workbook that we write into ourselves.
    """
    if job.source is None or job.in_place:
        return ""
    files = [job.source, *model_files(job.model), *job.activities]
    return json.dumps([[str(file), *(look(file).identity or ())] for file in files])


def options_digest(job: Job) -> str:
    """A hash of the options that decide what is written."""
    said = {one.name: getattr(job, one.name) for one in fields(job) if one.name not in _NOT_OPTIONS}
    return _digest(repr(said))


def source_digest(ready: Ready) -> str:
    """A hash of the leads and of what they did: headings, rows, cells and where they stand, not how a file packs them.

    With --live the cells of the model count as leads do: copies of them are written.
    """
    source = ready.source
    about = (source.headings, source.sheet, source.dialect, source.leads.index.tolist())
    columns = (_cells_text(source.leads[name].tolist()) for name in source.leads.columns)
    live = repr(ready.draft.grids) if ready.job.live else ""
    return _digest(repr(about), *columns, live, *_activity_texts(ready.activities))


def _activity_texts(read: ReadActivities | None) -> Iterator[str]:
    """All that is read of activities; nothing where there are none."""
    for table in read.tables if read else ():
        yield repr((table.sheet, table.rows.tolist()))
        for name, column in table.columns.items():
            yield repr((name, column.codes.tolist(), column.texts))


def is_of_the_day(ready: Ready) -> bool:
    """Whether the results may be others tomorrow, the leads and the model being the same; look-ups always may."""
    is_workbook = ready.target is not None and ready.target.is_workbook
    plan = make_plan(ready.model, ready.source.leads, ready.as_of)
    return ready.job.mail is not None or asks_time(plan, shows_all=is_workbook or ready.kind == "enriched")


def model_files(model: Path | None) -> list[Path]:
    """The files that a model is made of: one, or those of a folder; [] for a model that is in the source."""
    if model is None:
        return []
    return sorted(model.glob("*.csv")) if model.is_dir() else [model]


def _cells_text(cells: list[object]) -> str:
    return "\x1f".join(cell if type(cell) is str else f"{type(cell).__name__} {_said(cell)}" for cell in cells)


def _said(cell: object) -> str:
    """A cell with all that is read of it: a number's text may be another than its value."""
    return f"{cell!r} {getattr(cell, 'text', '')}"


def _digest(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode(errors="surrogatepass") + b"\x1e")
    return digest.hexdigest()
