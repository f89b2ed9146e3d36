"""The activities of a run: of the workbook of leads where a model asks about them, and of the files that are given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leadscore.model.model import Model
from leadscore.plan.names import asks_activity
from leadscore.sheets.activities import ReadActivities, read_activities
from leadscore.sheets.source import ReadingOptions


def find_activities(
    models: Sequence[Model], files: Sequence[Path], source: Path | None, options: ReadingOptions, leads_sheet: str
) -> ReadActivities | None:
    """The activities for these models, None where there is neither a sheet nor a file of them.

    Where no model asks about activities, a sheet called Events is anybody's and not read. `options` are those that the
    leads were read by. Raises as read_activities does.
    """
    is_asked = any(asks_activity(model) for model in models)
    read = read_activities(files, source, options, leads_sheet, reads_sheet=is_asked)
    return read if read.tables else None
