"""A whole run, from files to files: what the commands call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from leadscore import __version__
from leadscore.issues import Issue
from leadscore.model.grid import Grids
from leadscore.model.model import Model
from leadscore.pipeline.accounts_book import accounts_sheet
from leadscore.pipeline.alerts_book import alerts_sheet
from leadscore.pipeline.behave import Acted, act
from leadscore.pipeline.book import Wording, enriched_sheet, issues_sheet
from leadscore.pipeline.figures import figures_of_run
from leadscore.pipeline.files import Target, write_issues, write_results
from leadscore.pipeline.line import Enriching, country_issues, enrich_leads, score_leads
from leadscore.pipeline.live.book import LIVE_NOTE, fixed_issues, model_sheets
from leadscore.pipeline.live.ledger import Ledger
from leadscore.pipeline.mail import mail_lookup
from leadscore.pipeline.past.alerts import Alerts, alerts_of
from leadscore.pipeline.past.changes import Changes, changes_since, with_changes
from leadscore.pipeline.past.earlier import Earlier
from leadscore.pipeline.past.replay import Now
from leadscore.pipeline.ready import Job, Ready, ready_to_enrich, ready_to_score
from leadscore.pipeline.results import Results
from leadscore.pipeline.results_book import results_sheet
from leadscore.pipeline.ruler import ruler_rows
from leadscore.pipeline.score import enrich_rows, is_blank_row
from leadscore.pipeline.summary_page import summary_page
from leadscore.reference import versions
from leadscore.sheets.output import OutBook, OutColumn, OutGrid, OutPage, OutSheet
from leadscore.sheets.source import Source
from leadscore.state.mail_cache import Lookup

__all__ = ["Job", "Outcome", "enrich_file", "enrich_ready", "score_file", "score_ready"]


@dataclass(frozen=True)
class Outcome:
    """What a run did: its results, every issue, and where it wrote (None: nowhere).

    `changes` and `alerts` compare a run that keeps a state with those before it.
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
    changes: Changes | None = None
    alerts: Alerts | None = None
    enriched: pd.DataFrame | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The source's file, '-' for standard input."""
        return self.job.source.name if self.job.source else "-"


def score_file(job: Job) -> Outcome:
    """Read, score and write as the job says. Raises LeadscoreError; nothing is written then."""
    return score_ready(ready_to_score(job))


def score_ready(ready: Ready) -> Outcome:
    """Score and write what was read. Raises LeadscoreError; nothing is written then."""
    job, draft, source, target = ready.job, ready.draft, ready.source, ready.target
    with draft.telling_all(), mail_lookup(job.mail, job.state) as look_up:
        results = score_leads(
            source.leads, draft.model, activities=ready.activities, as_of=ready.as_of, look_up=look_up
        )
        changes = _changes(results, ready, ready.earlier, look_up) if ready.earlier else None
    alerts = alerts_of(results, changes, ready.earlier) if changes and ready.earlier else None
    results = with_changes(results, changes) if changes else results
    wording = _wording(job, draft.model, target)
    is_workbook = target is not None and target.is_workbook
    live = Ledger(wording) if job.live and is_workbook else None
    sheets = [results_sheet(results, source, wording, is_workbook=is_workbook, live=live)]
    if is_workbook:
        if results.accounts is not None:
            sheets.append(accounts_sheet(results, results.accounts, source, wording))
        if alerts is not None and draft.model.asks_alerts:
            sheets.append(alerts_sheet(results, source, alerts, wording))
        sheets.append(enriched_sheet(results.leads, results.enriched, source, results.plan, wording))
    issues = (*draft.issues, *source.issues, *results.issues, *(alerts.issues if alerts else ()))
    outcome = Outcome(
        job=job,
        source=source,
        model=draft.model,
        as_of=ready.as_of,
        issues=issues,
        target=target,
        results=results,
        changes=changes,
        alerts=alerts,
        counts=results.counts,
    )
    if live is not None and draft.grids is not None:
        return _written_live(outcome, sheets, live, draft.grids)
    return _written(outcome, sheets, wording)


def _changes(results: Results, ready: Ready, earlier: Earlier, look_up: Lookup | None) -> Changes:
    """The leads that are not blank rows beside what earlier runs saw."""
    leads = results.leads[~results.blank]
    now = Now(
        leads,
        Acted(results.enriched[~results.blank], results.scored.warmth),
        results.plan,
        make=lambda plan: act(ready.activities, leads, enrich_rows(leads, plan, look_up), plan),
    )
    return changes_since(earlier, now, results.scored)


def _written_live(outcome: Outcome, sheets: list[OutSheet], live: Ledger, grids: Grids) -> Outcome:
    """As _written, with the sheet Live, and with the model's sheets where they are not in the workbook already."""
    if outcome.target is not None and outcome.target.seen is not None:
        outcome = replace(outcome, issues=(*outcome.issues, *fixed_issues(live.numbers, grids)))
        return _written(outcome, [*sheets, live.as_sheet()], live.wording)
    copies = model_sheets(live, grids)
    return _written(outcome, [*sheets, live.as_sheet()], live.wording, copies)


def enrich_file(job: Job) -> Outcome:
    """Read, enrich and write as the job says. Raises LeadscoreError; nothing is written then."""
    return enrich_ready(ready_to_enrich(job))


def enrich_ready(ready: Ready) -> Outcome:
    """Enrich and write what was read. Raises LeadscoreError; nothing is written then."""
    job, draft, source, as_of = ready.job, ready.draft, ready.source, ready.as_of
    with draft.telling_all(), mail_lookup(job.mail, job.state) as look_up:
        how = Enriching(job.columns, ready.activities, look_up)
        made = enrich_leads(source.leads, draft.model, as_of=as_of, how=how)
    enriched, plan = made.columns, made.plan
    wording = _wording(job, draft.model, ready.target)
    sheets = [enriched_sheet(source.leads, enriched, source, plan, wording)]
    issues = (*draft.issues, *source.issues, *plan.issues, *country_issues(enriched, source.sheet), *made.issues)
    blank = is_blank_row(source.leads)
    counts = {"read": len(enriched), "blank": int(blank.sum()), **made.counts}
    outcome = Outcome(job, source, draft.model, as_of, issues, ready.target, enriched=enriched[~blank], counts=counts)
    return _written(outcome, sheets, wording)


def _wording(job: Job, model: Model, target: Target | None) -> Wording:
    """Workbooks speak the model's language, CSV files always English."""
    return Wording((job.language or model.language) if target and target.is_workbook else "en")


def _written(outcome: Outcome, sheets: list[OutSheet], wording: Wording, copies: Sequence[OutGrid] = ()) -> Outcome:
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
