"""A whole run, from files to files: what the commands call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from leadscore import __version__
from leadscore.enrichment.mail_lookup import LookupOptions
from leadscore.errors import ModelError, UsageError
from leadscore.issues import Issue
from leadscore.model.grid import Grids
from leadscore.model.model import Model
from leadscore.model.vocabulary import Language
from leadscore.pipeline.book import Wording, enriched_sheet, issues_sheet
from leadscore.pipeline.examples import failing_examples
from leadscore.pipeline.figures import figures_of_run
from leadscore.pipeline.files import (
    NO_CRITERIA,
    Draft,
    Target,
    check_issues_file,
    day_of_run,
    find_draft,
    read_leads,
    read_leads_for,
    target_of,
    write_issues,
    write_results,
)
from leadscore.pipeline.in_place import check_source, look_at_source
from leadscore.pipeline.live.book import LIVE_NOTE, check_live, fixed_issues, model_sheets
from leadscore.pipeline.live.ledger import Ledger
from leadscore.pipeline.line import country_issues, enrich_leads, score_leads
from leadscore.pipeline.mail import mail_lookup
from leadscore.pipeline.results import Results
from leadscore.pipeline.results_book import results_sheet
from leadscore.pipeline.ruler import ruler_rows
from leadscore.pipeline.score import is_blank_row
from leadscore.pipeline.summary_page import summary_page
from leadscore.reference import versions
from leadscore.sheets.output import OutBook, OutColumn, OutGrid, OutPage, OutSheet
from leadscore.sheets.source import ReadingOptions, Source
from leadscore.sheets.write_in_place import Seen


@dataclass(frozen=True)
class Job:
    """What one run was asked to do; '' and None mean: as the model's settings say, else the default."""

    source: Path | None
    model: Path | None = None
    output: str = ""
    as_of: str = ""
    language: Language | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    issues_file: Path | None = None
    raw_csv: bool = False
    dry_run: bool = False
    skip_examples: bool = False
    in_place: bool = False
    live: bool = False
    columns: str = ""
    mail: LookupOptions | None = None
    state: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What a run did: its results, every issue, and where it wrote (None: nowhere).

    `enriched` has, of a run that only enriches, the rows that are not blank.
    """

    job: Job
    source: Source
    model: Model
    as_of: date
    issues: tuple[Issue, ...]
    target: Target | None
    neutralised: int = 0
    results: Results | None = None
    enriched: pd.DataFrame | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The source's file, '-' for standard input."""
        return self.job.source.name if self.job.source else "-"


def score_file(job: Job) -> Outcome:
    """Read, score and write as the job says. Raises LeadscoreError; nothing is written then.

    A model that fails its own examples is refused, unless the job skips them.
    """
    seen = look_at_source(job.source, in_place=job.in_place, output=job.output)
    draft = _said(find_draft(job.source, job.model) or _no_model(job), job)
    model = draft.model
    as_of = day_of_run(job.as_of, model)
    target = _target(job, "scored", seen, job.language or model.language)
    if job.live:
        check_live(target, has_own_model=job.model is not None)
    source = read_leads_for(draft, job.source or "-", job.reading, as_of)
    with draft.telling_all():
        if not job.skip_examples and (failing := failing_examples(model, as_of)):
            raise ModelError(failing)
        with mail_lookup(job.mail, job.state) as look_up:
            results = score_leads(source.leads, model, as_of=as_of, look_up=look_up)
    wording = _wording(job, model, target)
    is_workbook = target is not None and target.is_workbook
    live = Ledger(wording) if job.live and is_workbook else None
    sheets = [results_sheet(results, source, wording, is_workbook=is_workbook, live=live)]
    if is_workbook:
        sheets.append(enriched_sheet(results.leads, results.enriched, source, results.plan, wording))
    issues = (*draft.issues, *source.issues, *results.issues)
    outcome = Outcome(job, source, model, as_of, issues, target, results=results, counts=results.counts)
    if live is not None and draft.grids is not None:
        return _written_live(outcome, sheets, live, draft.grids)
    return _written(outcome, sheets, wording)


def _written_live(outcome: Outcome, sheets: list[OutSheet], live: Ledger, grids: Grids) -> Outcome:
    """As _written, with the sheet Live, and with the model's sheets where they are not in the workbook already."""
    if outcome.target is not None and outcome.target.seen is not None:
        outcome = replace(outcome, issues=(*outcome.issues, *fixed_issues(live.numbers, grids)))
        return _written(outcome, [*sheets, live.as_sheet()], live.wording)
    copies = model_sheets(live, grids)
    return _written(outcome, [*sheets, live.as_sheet()], live.wording, copies)


def enrich_file(job: Job) -> Outcome:
    """Read, enrich and write as the job says. Raises LeadscoreError; nothing is written then."""
    seen = look_at_source(job.source, in_place=job.in_place, output=job.output)
    draft = _said((find_draft(job.source, job.model) or Draft(NO_CRITERIA)).for_enrichment(), job)
    model = draft.model
    as_of = day_of_run(job.as_of, model)
    target = _target(job, "enriched", seen, job.language or model.language)
    source = read_leads_for(draft, job.source or "-", job.reading, as_of)
    with draft.telling_all(), mail_lookup(job.mail, job.state) as look_up:
        enriched, plan = enrich_leads(source.leads, model, columns=job.columns, as_of=as_of, look_up=look_up)
    wording = _wording(job, model, target)
    sheets = [enriched_sheet(source.leads, enriched, source, plan, wording)]
    issues = (*draft.issues, *source.issues, *plan.issues, *country_issues(enriched, source.sheet))
    blank = is_blank_row(source.leads)
    counts = {"read": len(enriched), "blank": int(blank.sum())}
    outcome = Outcome(job, source, model, as_of, issues, target, enriched=enriched[~blank], counts=counts)
    return _written(outcome, sheets, wording)


def _no_model(job: Job) -> NoReturn:
    """Raises UsageError; a source that cannot be read is the greater trouble."""
    read_leads(job.source or "-", job.reading)
    where = job.source.name if job.source is not None else "standard input"
    raise UsageError(f"no model: {where} has no sheet Scoring; give one with -m MODEL, or start from `leadscore init`")


def _said(draft: Draft, job: Job) -> Draft:
    """The draft with the settings that the job says instead."""
    return replace(draft, model=draft.model.with_settings(**job.settings))


def _target(job: Job, kind: str, seen: Seen | None, language: Language) -> Target | None:
    """Where to write, None for nowhere; no run starts that could not write all its files."""
    if seen is not None:
        check_source(seen, kind, language)
    if job.dry_run:
        return None
    target = Target(job.source, seen) if seen else target_of(job.output, job.source, kind, (job.model,))
    check_issues_file(job.issues_file, target, (job.source, job.model))
    return target


def _wording(job: Job, model: Model, target: Target | None) -> Wording:
    """Workbooks speak the model's language, CSV files always English."""
    return Wording((job.language or model.language) if target and target.is_workbook else "en")


def _written(
    outcome: Outcome, sheets: list[OutSheet], wording: Wording, copies: Sequence[OutGrid] = ()
) -> Outcome:
    """The outcome after its sheets, and those that say what happened, are written."""
    job = outcome.job
    if outcome.target is None:
        return outcome
    issues = issues_sheet(outcome.issues, wording)
    book = OutBook(
        [*sheets, issues, _run_sheet(outcome, wording)],
        outcome.as_of,
        language=wording.language,
        summary=_summary(outcome, wording) if outcome.target.is_workbook else None,
        model_sheets=copies,
    )
    written = write_results(book, outcome.target, outcome.source, raw_csv=job.raw_csv)
    outcome = replace(outcome, issues=(*outcome.issues, *written.issues), neutralised=written.neutralised)
    if job.issues_file is not None:
        own = _wording(job, outcome.model, Target(job.issues_file))
        book = OutBook([issues_sheet(outcome.issues, own)], outcome.as_of, language=own.language)
        write_issues(book, job.issues_file)
    return outcome


def _summary(outcome: Outcome, wording: Wording) -> OutPage | None:
    """What the run found; nothing of one that only enriches."""
    if outcome.results is None:
        return None
    day = outcome.as_of.strftime("%d/%m/%Y") if wording.language == "fr" else outcome.as_of.isoformat()
    about = (day, outcome.name, outcome.source.sheet, Path(outcome.model.path).name)
    figures, decimals = figures_of_run(outcome.results), outcome.model.settings.decimals
    return summary_page(figures, wording, decimals, " · ".join(dict.fromkeys(filter(None, about))))


def _run_sheet(outcome: Outcome, wording: Wording) -> OutSheet:
    """The ruler stamp: scores compare where these are equal. No clock and no folder: equal runs write equal files."""
    rows = {
        "leadscore": __version__,
        "as_of": outcome.as_of.isoformat(),
        "source": outcome.name,
        "sheet": outcome.source.sheet,
        "model": Path(outcome.model.path).name,
        "model_hash": outcome.model.hash,
        **({"live": LIVE_NOTE} if outcome.job.live else {}),
        **(ruler_rows(outcome.results) if outcome.results is not None else {}),
        **{f"rows_{stage}": count for stage, count in outcome.counts.items()},
        **{f"reference: {name}": version for name, version in versions().items()},
    }
    columns = [
        OutColumn(wording.column("name"), list(rows), "text"),
        OutColumn(wording.column("value"), list(rows.values()), "source", width=50),
    ]
    return OutSheet(wording.sheet("run"), columns, filters=False)
