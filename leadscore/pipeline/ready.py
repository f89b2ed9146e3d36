"""A run before its first row is computed: what was asked, what was read, and where the results will go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, NoReturn

from leadscore.enrichment.mail_lookup import LookupOptions
from leadscore.errors import ModelError, UsageError
from leadscore.model.model import Model
from leadscore.model.vocabulary import Language
from leadscore.pipeline.examples import failing_examples
from leadscore.pipeline.files import (
    NO_CRITERIA,
    Draft,
    Target,
    check_issues_file,
    day_of_run,
    find_draft,
    named_output,
    read_leads,
    read_leads_for,
    target_of,
)
from leadscore.pipeline.find_activities import find_activities
from leadscore.pipeline.in_place import check_source, look_at_source
from leadscore.pipeline.live.book import check_live
from leadscore.pipeline.past.earlier import Earlier
from leadscore.sheets.activities import ReadActivities
from leadscore.sheets.safe_write import Seen, look
from leadscore.sheets.source import ReadingOptions, Source

Kind = Literal["scored", "enriched"]


@dataclass(frozen=True)
class Job:
    """What one run was asked to do; '' and None mean: as the model's settings say, else the default.

    `beside` is the file that the output stands in for, where that one is open in another program.
    """

    source: Path | None
    model: Path | None = None
    output: str = ""
    as_of: str = ""
    language: Language | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    activities: tuple[Path, ...] = ()
    issues_file: Path | None = None
    raw_csv: bool = False
    dry_run: bool = False
    skip_examples: bool = False
    in_place: bool = False
    live: bool = False
    columns: str = ""
    mail: LookupOptions | None = None
    state: Path | None = None
    beside: Path | None = None

    def output_path(self, kind: Kind) -> Path | None:
        """The file that the results go to, None for standard output or nowhere."""
        if self.dry_run:
            return None
        return self.source if self.in_place else named_output(self.output, self.source, kind)


@dataclass(frozen=True)
class Ready:
    """All that a run will be made of: read, and fitting together; with a state, what it knows of earlier runs."""

    job: Job
    kind: Kind
    draft: Draft
    as_of: date
    target: Target | None
    source: Source
    activities: ReadActivities | None = None
    earlier: Earlier | None = None

    @property
    def model(self) -> Model:
        """What the leads are scored or enriched by."""
        return self.draft.model


def ready_to_score(job: Job, draft: Draft | None = None) -> Ready:
    """Read what a run that scores needs, `draft` instead of the job's own model. Raises LeadscoreError.

    A model that fails its own examples is refused, unless the job skips them.
    """
    before = look(job.source) if job.source else None
    seen = look_at_source(job.source, in_place=job.in_place, output=job.output)
    draft = _said(draft or find_draft(job.source, job.model) or _no_model(job), job)
    model = draft.model
    as_of = day_of_run(job.as_of, model)
    target = _target(job, "scored", seen, model)
    if job.live:
        check_live(target, has_own_model=job.model is not None)
    source = read_leads_for(draft, job.source or "-", job.reading, as_of)
    if not job.skip_examples and (failing := failing_examples(model, as_of)):
        with draft.telling_all():
            raise ModelError(failing)
    activities = find_activities([model], job.activities, job.source, job.reading, source.sheet)
    return Ready(job, "scored", draft, as_of, _after(before, target), source, activities)


def ready_to_enrich(job: Job, draft: Draft | None = None) -> Ready:
    """Read what a run that only enriches needs, `draft` instead of the job's own model. Raises LeadscoreError."""
    before = look(job.source) if job.source else None
    seen = look_at_source(job.source, in_place=job.in_place, output=job.output)
    draft = _said((draft or find_draft(job.source, job.model) or Draft(NO_CRITERIA)).for_enrichment(), job)
    as_of = day_of_run(job.as_of, draft.model)
    target = _target(job, "enriched", seen, draft.model)
    source = read_leads_for(draft, job.source or "-", job.reading, as_of)
    activities = find_activities([draft.model], job.activities, job.source, job.reading, source.sheet)
    return Ready(job, "enriched", draft, as_of, _after(before, target), source, activities)


def _no_model(job: Job) -> NoReturn:
    """Raises UsageError; a source that cannot be read is the greater trouble."""
    read_leads(job.source or "-", job.reading)
    where = job.source.name if job.source is not None else "standard input"
    raise UsageError(f"no model: {where} has no sheet Scoring; give one with -m MODEL, or start from `leadscore init`")


def _said(draft: Draft, job: Job) -> Draft:
    """The draft with the settings that the job says instead."""
    return replace(draft, model=draft.model.with_settings(**job.settings))


def _target(job: Job, kind: Kind, seen: Seen | None, model: Model) -> Target | None:
    """Where to write, None for nowhere; no run starts that could not write all its files."""
    if seen is not None:
        check_source(seen, kind, job.language or model.language, _more_sheets(job, model) if kind == "scored" else ())
    if job.dry_run:
        return None
    target = Target(job.source, seen) if seen else target_of(job.output, job.source, kind, (job.model,))
    check_issues_file(job.issues_file, target, (job.source, job.model))
    return target


def _more_sheets(job: Job, model: Model) -> list[str]:
    """The sheets of results that only some models ask for."""
    alerts = job.state is not None and model.asks_alerts
    return [*(["accounts"] if model.settings.account_roll_up else []), *(["alerts"] if alerts else [])]


def _after(before: Seen | None, target: Target | None) -> Target | None:
    """The target, to be written only where the source is as it was `before` it was read."""
    return replace(target, read=(*target.read, before)) if target and before else target
