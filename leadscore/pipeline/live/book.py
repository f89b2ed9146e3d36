"""What --live adds to the book of a run: the sheet Live, and the model's own sheets where the workbook has none."""

from __future__ import annotations

from collections.abc import Mapping

from leadscore.errors import UsageError
from leadscore.issues import Issue, Place
from leadscore.model.grid import BLANK, Grids, cell_letter
from leadscore.pipeline.files import Target
from leadscore.pipeline.live.copies import copied_sheets, digest_of, is_fixed
from leadscore.pipeline.live.ledger import Ledger, Line, Made
from leadscore.sheets.output import OutGrid

LIVE_NOTE = (
    "In Results, scores, bands, ranks and actions follow the weights, points and limits of the model's sheets. Which "
    "case a lead matches, and all else, is as of this run."
)


def check_live(target: Target | None, *, has_own_model: bool) -> None:
    """Let a run pass whose results can follow the model; raises UsageError for another.

    `has_own_model` says that the model is a file of its own, which a workbook written in place would not hold.
    """
    if target is not None and not target.is_workbook:
        raise UsageError("--live makes formulas, which only a workbook can hold; give a file in .xlsx with -o")
    if target is not None and target.seen is not None and has_own_model:
        raise UsageError("--live with --in-place needs the model's sheets in the source; leave one of the options out")


def model_sheets(ledger: Ledger, grids: Grids) -> tuple[OutGrid, ...]:
    """Copies of the model's sheets; the sheet Live is told what they were, so that no later run loses an edit."""
    copies = copied_sheets(grids, ledger.numbers)
    ledger.add(Line("sheets", "", Made(digest_of(copies)), Made(), Made(float("nan"))))
    return copies


def fixed_issues(numbers: Mapping[Place, float], grids: Grids) -> list[Issue]:
    """One issue when cells of the user's own model hold numbers as texts, which formulas cannot follow."""
    cells = {
        (grid.name, row, cell_letter(index)): cell
        for grid in grids.sheets
        for row, cells in enumerate(grid.rows, start=1)
        for index, cell in enumerate(cells)
    }
    fixed = [place for place in numbers if is_fixed(cells.get((place.sheet, place.row, place.letter), BLANK))]
    return [Issue("live-fixed", fixed[0], details={"count": len(fixed)})] if fixed else []
