"""Everything wrong or doubtful in a model, and how each of its cases was understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from leadscore.errors import LeadscoreError, ModelError
from leadscore.issues import Issue, has_errors, in_order
from leadscore.model.grid import Grids
from leadscore.model.model import Model
from leadscore.model.parse import read_draft
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.doubts.activities import Happenings, activity_issues
from leadscore.pipeline.doubts.exclusions import Proofs, dilution_issues, exclusion_issues, proofs_of
from leadscore.pipeline.doubts.golden import golden_issues
from leadscore.pipeline.doubts.leads import lead_issues
from leadscore.pipeline.doubts.tally import tallies
from leadscore.pipeline.doubts.understood import Understood, understood, understood_behaviours
from leadscore.pipeline.examples import failing_examples
from leadscore.pipeline.files import day_of_run, may_be_of_model, read_leads
from leadscore.pipeline.find_activities import find_activities
from leadscore.pipeline.line import score_leads
from leadscore.pipeline.score import is_blank_row
from leadscore.plan.doubts.bands import Span, band_issues, difference_issues, total_span
from leadscore.plan.doubts.behaviours import behaviour_issues
from leadscore.plan.doubts.cases import case_issues
from leadscore.plan.doubts.cells import number_texts
from leadscore.plan.doubts.ranges import range_issues
from leadscore.plan.doubts.sensitive import sensitive_issues
from leadscore.plan.doubts.unused import unused_fields, unused_lists, unused_segments
from leadscore.plan.plan import Plan, make_plan
from leadscore.scoring.settling import round_half_away
from leadscore.sheets.model_files import read_grids
from leadscore.sheets.read import WORKBOOK_SUFFIXES
from leadscore.sheets.source import ReadingOptions, Source


@dataclass(frozen=True)
class CheckJob:
    """What to check: a model, alone or against a sheet of leads."""

    model: Path
    source: Path | None = None
    as_of: str = ""
    activities: tuple[Path, ...] = ()
    reading: ReadingOptions = field(default_factory=ReadingOptions)


@dataclass(frozen=True)
class Checked:
    """What was found, by sheet, row and column, and how the cases were understood (none where there are errors)."""

    job: CheckJob
    grids: Grids
    model: Model
    as_of: date
    issues: tuple[Issue, ...]
    understood: tuple[Understood, ...] = ()


def check_model(job: CheckJob) -> Checked:
    """Every mistake of a model, or where there is none, every doubt; errors are among the issues, not raised.

    Raises LeadscoreError for a file that cannot be read.
    """
    grids = read_grids(job.model, may_be_of_model)
    model, issues = read_draft(grids)
    as_of = day_of_run(job.as_of, model)
    source = read_leads(job.source, job.reading, model.settings) if job.source is not None else None
    bare = Checked(job, grids, model, as_of, issues)
    try:
        plan = make_plan(model, source.leads if source else _own_leads(job, model), as_of)
    except ModelError as problem:
        return _sorted(bare, problem.issues)
    if has_errors(issues):
        return bare
    failing = failing_examples(model, as_of)
    checked, doubts = _doubted(bare, plan, source)
    return _sorted(checked, doubts, failing)


def _own_leads(job: CheckJob, model: Model) -> pd.DataFrame | None:
    """The leads in the model's own workbook, whose headings its fields must name; None where it has none."""
    if job.model.suffix.lower() not in WORKBOOK_SUFFIXES:
        return None
    try:
        source = read_leads(job.model, job.reading, model.settings)
    except LeadscoreError:
        return None
    is_named = vocabulary("sheets").find(source.sheet) == "source" or source.sheet == model.settings.source_sheet
    return source.leads if is_named else None


def _doubted(bare: Checked, plan: Plan, source: Source | None) -> tuple[Checked, Sequence[Issue]]:
    """What a well-formed model makes doubtful, alone and with leads, and how it was understood."""
    proofs = proofs_of(plan)
    issues = list(_alone(bare, plan, proofs))
    if source is None or is_blank_row(source.leads).all():
        return replace(bare, understood=(*understood(plan), *understood_behaviours(plan))), issues
    activities = find_activities([bare.model], bare.job.activities, bare.job.source, bare.job.reading, source.sheet)
    results = score_leads(source.leads, bare.model, activities=activities, as_of=bare.as_of)
    found = list(tallies(results))
    issues += [*results.plan.issues, *lead_issues(found), *dilution_issues(results.plan, proofs)]
    happened = Happenings(results.events, results.plan) if results.events is not None else None
    issues += activity_issues(happened) if happened else ()
    return replace(
        bare, understood=(*understood(results.plan, found), *understood_behaviours(results.plan, happened))
    ), issues


def _alone(bare: Checked, plan: Plan, proofs: Proofs) -> Iterator[Issue]:
    """The doubts about a model by itself."""
    model = bare.model
    yield from number_texts(bare.grids, model.language)
    yield from unused_lists(model)
    yield from unused_segments(model)
    yield from unused_fields(plan)
    yield from case_issues(model)
    yield from range_issues(model)
    yield from behaviour_issues(plan)
    yield from sensitive_issues(plan)
    spans = _spans(model, proofs)
    yield from band_issues(model, spans)
    yield from difference_issues(model, spans)
    yield from exclusion_issues(plan, proofs)
    yield from golden_issues(model, bare.as_of)


def _spans(model: Model, proofs: Proofs) -> Mapping[str, Span]:
    """The lowest and highest score, and total (''), that a lead which is not excluded may have, as they are shown."""
    spans = {name: proof.range() for name, proof in proofs.items()}
    spans[""] = total_span(model, spans)
    decimals = model.settings.decimals
    rounded = {name: round_half_away(np.array(span), decimals) for name, span in spans.items()}
    return {name: (float(low), float(high)) for name, (low, high) in rounded.items()}


def _sorted(checked: Checked, *more: Iterable[Issue]) -> Checked:
    """With further issues, each once, in the order of the sheets, rows and columns."""
    issues = in_order(chain(checked.issues, *more), [grid.name for grid in checked.grids.sheets])
    return replace(checked, issues=issues)
