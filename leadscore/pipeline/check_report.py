"""What `check` found, as a sheet Checks with a link to every cell, in a copy of the model workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leadscore.errors import OutputError, UsageError
from leadscore.issues import Issue, Place, Severity
from leadscore.model.grid import Grid, Grids
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.check import Checked, CheckJob
from leadscore.sheets.output import OutBook, OutColumn, OutSheet
from leadscore.sheets.write_checks import ChecksSheet, LinkedText, is_copy, write_copy
from leadscore.sheets.write_ours import refuse_foreign
from leadscore.sheets.write_workbook import write_workbook
from leadscore.values.cells import text_of

_COPIED = (".xlsx", ".xlsm")  # models that the sheet is put into; others get a workbook of its own
_HEADINGS: dict[Language, tuple[str, ...]] = {
    "en": ("Severity", "Sheet", "Cell", "Read", "Problem", "What to do", "Code"),
    "fr": ("Gravité", "Feuille", "Cellule", "Lu", "Problème", "Que faire", "Code"),
}
_WIDTHS = (10, 14, 8, 24, 60, 60, 22)  # characters
_RANK = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def check_report_path(path: Path, job: CheckJob) -> None:
    """Let a file pass that the report may be written to, before anything is checked.

    Raises UsageError for its suffix, OutputError where it is the model, the leads, or a file that is not ours.
    """
    wanted = job.model.suffix.lower() if job.model.suffix.lower() in _COPIED else ".xlsx"
    if path.suffix.lower() != wanted:
        raise UsageError(f"--report {path.name}: give a name in {wanted}")
    for other in (job.model, job.source):
        if other is not None and other.exists() and path.exists() and path.samefile(other):
            raise OutputError(f"{path.name} is what is being checked; choose another name")
    names = [name for spellings in vocabulary("sheets").names["checks"].values() for name in spellings]
    if not is_copy(path, names):
        refuse_foreign(path)


def write_report(checked: Checked, path: Path) -> None:
    """Every finding, errors first, into a copy of the model's workbook, or into one of its own. Raises OutputError."""
    language = checked.model.language
    name = vocabulary("sheets").say("checks", language)
    issues = sorted(checked.issues, key=lambda issue: _RANK.index(issue.severity))
    rows = [_row(issue, checked.grids) for issue in issues]
    if checked.job.model.suffix.lower() in _COPIED:
        write_copy(checked.job.model, path, ChecksSheet(name, _HEADINGS[language], rows, _WIDTHS))
        return
    columns = [
        OutColumn(heading, [row[place].text for row in rows], "text", width=_WIDTHS[place])
        for place, heading in enumerate(_HEADINGS[language])
    ]
    write_workbook(OutBook([OutSheet(name, columns)], checked.as_of, title="leadscore checks", language=language), path)


def _row(issue: Issue, grids: Grids) -> Sequence[LinkedText]:
    sheets = {grid.name: grid for grid in grids.sheets}
    names = {*sheets, *grids.other_names}
    place = issue.place
    link = _link(place) if place.sheet in names else ""
    where = place.cell or (f"row {place.row}" if place.row else "")
    return (
        LinkedText(issue.severity.value),
        LinkedText(place.sheet, "" if where else link),
        LinkedText(where, link if where else ""),
        LinkedText(_read(place, sheets) or issue.value),
        LinkedText(issue.problem),
        LinkedText(issue.advice),
        LinkedText(issue.code),
    )


def _link(place: Place) -> str:
    """Where a place is within its workbook: "'Scoring'!G4"; a row at its first cell, a sheet at A1."""
    name = place.sheet.replace("'", "''")
    return f"'{name}'!{place.letter or 'A'}{place.row or 1}"


def _read(place: Place, sheets: dict[str, Grid]) -> str:
    """What the cell holds; '' for no cell and for none of the model's."""
    grid = sheets.get(place.sheet)
    if grid is None or not place.cell or place.row > len(grid.rows):
        return ""
    row = grid.rows[place.row - 1]
    index = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(place.letter))) - 1
    return text_of(row[index].value) if index < len(row) else ""
