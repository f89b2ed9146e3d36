"""Everything wrong or doubtful in a model, as issues."""

from __future__ import annotations

from pathlib import Path

from leadscore.issues import Issue
from leadscore.pipeline.files import day_of_run, read_leads, read_model
from leadscore.plan.plan import make_plan
from leadscore.sheets.source import ReadingOptions


def check_model(model_path: Path, source: Path | None, as_of: str, reading: ReadingOptions) -> tuple[Issue, ...]:
    """The warnings and notes about a model, alone or against a sheet of leads. Raises ModelError for errors."""
    model, issues = read_model(model_path)
    leads = read_leads(source, reading, model.settings).leads if source is not None else None
    plan = make_plan(model, leads, day_of_run(as_of, model))
    return (*issues, *(issue for issue in plan.issues if source is not None))
