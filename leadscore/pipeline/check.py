"""Everything wrong or doubtful in a model, as issues."""

from __future__ import annotations

from pathlib import Path

from leadscore.issues import Issue
from leadscore.pipeline.files import day_of_run, find_draft, read_leads_for, refuse_wrong
from leadscore.plan.plan import make_plan, name_problems
from leadscore.sheets.source import ReadingOptions


def check_model(model_path: Path, source: Path | None, as_of: str, reading: ReadingOptions) -> tuple[Issue, ...]:
    """The warnings and notes about a model, alone or against a sheet of leads. Raises ModelError for errors."""
    model, issues = find_draft(None, model_path)
    day = day_of_run(as_of, model)
    if source is None:
        refuse_wrong((*issues, *name_problems(model, None, day)))
        return issues
    leads = read_leads_for(model, issues, source, reading, day).leads
    return (*issues, *make_plan(model, leads, day).issues)
