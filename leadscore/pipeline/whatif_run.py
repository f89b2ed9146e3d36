"""A whole comparison of two models, from files to what came out: what the command calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from leadscore.errors import ModelError, UsageError
from leadscore.model.model import Model, Settings
from leadscore.pipeline.ablate import Ablation, ablate
from leadscore.pipeline.files import check_writable, day_of_run, read_leads, read_model
from leadscore.pipeline.find_activities import find_activities
from leadscore.pipeline.line import score_leads
from leadscore.pipeline.whatif import Comparison, compare
from leadscore.sheets.source import ReadingOptions


@dataclass(frozen=True)
class WhatIfJob:
    """What a comparison was asked to do; '' and None mean: not said. `output` is the workbook to write, if any."""

    source: Path | None
    model: Path
    new_model: Path | None = None
    output: Path | None = None
    activities: tuple[Path, ...] = ()
    ablate: bool = False
    as_of: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    reading: ReadingOptions = field(default_factory=ReadingOptions)

    @property
    def name(self) -> str:
        """The source's file, '-' for standard input."""
        return self.source.name if self.source else "-"


@dataclass(frozen=True)
class WhatIf:
    """What came out: `comparison` where there were two models, `ablations` (of the newer model) where asked for."""

    job: WhatIfJob
    as_of: date
    sheet: str
    leads: int
    old: Model
    new: Model | None
    comparison: Comparison | None
    ablations: tuple[Ablation, ...] | None

    @property
    def newest(self) -> Model:
        """The model that the ablation is about: the new one, else the only one."""
        return self.new or self.old


def what_if(job: WhatIfJob) -> WhatIf:
    """Score the source with both models and compare; nothing is written. Raises LeadscoreError."""
    if job.new_model is None and not job.ablate:
        raise UsageError("whatif compares two models: give NEW_MODEL too, or --ablate to see what each criterion does")
    _check_output(job)
    old = _read(job.model, job)
    new = _read(job.new_model, job) if job.new_model else None
    as_of = day_of_run(job.as_of, old)
    source = read_leads(job.source or "-", job.reading, _reading_settings(old, new))
    activities = find_activities([old, new or old], job.activities, job.source, job.reading, source.sheet)
    with _named(job.model):
        before = score_leads(source.leads, old, activities=activities, as_of=as_of)
    with _named(job.new_model or job.model):
        after = score_leads(source.leads, new, activities=activities, as_of=as_of) if new else None
    return WhatIf(
        job=job,
        as_of=as_of,
        sheet=source.sheet,
        leads=before.counts["scored"],
        old=old,
        new=new,
        comparison=compare(before, after) if after else None,
        ablations=ablate(after or before) if job.ablate else None,
    )


def _check_output(job: WhatIfJob) -> None:
    """Let a file pass that may be written; raises UsageError for its suffix, OutputError for an input or not ours."""
    if job.output is None:
        return
    if job.output.suffix.lower() != ".xlsx":
        raise UsageError(f"{job.output}: a comparison has several sheets; give -o a name in .xlsx")
    check_writable(job.output, "scored", (job.source, job.model, job.new_model))


def _read(path: Path, job: WhatIfJob) -> Model:
    with _named(path):
        return read_model(path)[0].with_settings(**job.settings)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say of which of the models an issue is, as Excel writes a cell of another file: [new.xlsx]Scoring!E7."""
    try:
        yield
    except ModelError as problem:
        places = [replace(one.place, sheet=f"[{path.name}]{one.place.sheet}") for one in problem.issues]
        issues = [replace(one, place=place) for one, place in zip(problem.issues, places, strict=True)]
        raise ModelError(issues) from problem


def _reading_settings(old: Model, new: Model | None) -> Settings:
    """Both models score one reading of the leads: what the old one leaves open about it, the new one says."""
    said, more = old.settings, (new or old).settings
    return Settings(source_sheet=said.source_sheet or more.source_sheet, header_row=said.header_row or more.header_row)
