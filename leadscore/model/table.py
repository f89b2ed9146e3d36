"""A sheet of the model as rows of named entries: headings found, comments skipped, near misses told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadscore.issues import Place
from leadscore.model.findings import Findings
from leadscore.model.grid import Grid, GridCell, cell_letter
from leadscore.model.vocabulary import Language, Vocabulary, vocabulary
from leadscore.values.cells import CellError, text_of

_BLANK = GridCell()
_COMMENT_MARK = "#"
_HEADINGS_WITHIN = 50  # rows: a title and some help may stand above the headings, a second table may not


@dataclass(frozen=True)
class Entry:
    """One cell under a known heading. `text` is what it reads, trimmed; '' when blank or an error."""

    place: Place
    cell: GridCell = _BLANK

    @property
    def text(self) -> str:
        return text_of(self.cell.value)

    @property
    def is_blank(self) -> bool:
        return self.cell.is_blank


@dataclass(frozen=True)
class Row:
    """One row below the headings, by canonical heading; a heading the sheet does not have reads as blank."""

    place: Place
    entries: Mapping[str, Entry]

    def __getitem__(self, heading: str) -> Entry:
        return self.entries.get(heading, Entry(self.place))


@dataclass(frozen=True)
class Headings:
    """What a table may and must have."""

    known: Sequence[str]
    required: Sequence[str]

    @property
    def names(self) -> Vocabulary:
        return vocabulary("headings").only(self.known)


def read_table(grid: Grid, headings: Headings, language: Language, findings: Findings) -> list[Row]:
    """The rows of a sheet that say something, in order. Wrong, missing and doubled headings become issues."""
    found = _heading_row(grid, headings)
    if found is None:
        wanted = ", ".join(headings.names.say(name, language) for name in headings.required)
        findings.add("headings-missing", Place(grid.name), wanted=wanted)
        return []
    columns = _columns(grid, found, headings, findings)
    for name in headings.required:
        if name not in columns:
            findings.add("heading-missing", Place(grid.name, found + 1), headings.names.say(name, language))
    rows = [
        _row(grid, number, columns) for number in range(found + 1, len(grid.rows)) if not is_comment(grid.rows[number])
    ]
    rows = [row for row in rows if any(not entry.is_blank for entry in row.entries.values())]
    for row in rows:
        _tell_errors(row, findings)
    return rows


def _heading_row(grid: Grid, headings: Headings) -> int | None:
    """The first row that holds at least two known headings, or all of the required ones."""
    enough = min(2, len(headings.required))
    for number, cells in enumerate(grid.rows[:_HEADINGS_WITHIN]):
        known = {headings.names.find(text_of(cell.value)) for cell in cells} - {""}
        if len(known) >= enough and not is_comment(cells):
            return number
    return None


def _columns(grid: Grid, heading_row: int, headings: Headings, findings: Findings) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(grid.rows[heading_row]):
        text, place = text_of(cell.value), Place(grid.name, heading_row + 1, cell_letter(index))
        name = headings.names.find(text)
        if name in columns:
            findings.add("heading-twice", place, text, first=f"{cell_letter(columns[name])}{heading_row + 1}")
        elif name:
            columns[name] = index
        elif near := headings.names.near(text):
            findings.add("heading-typo", place, text, near=near)
    return columns


def _row(grid: Grid, number: int, columns: Mapping[str, int]) -> Row:
    cells = grid.rows[number]
    return Row(
        Place(grid.name, number + 1),
        {
            name: Entry(
                Place(grid.name, number + 1, cell_letter(index)), cells[index] if index < len(cells) else _BLANK
            )
            for name, index in columns.items()
        },
    )


def is_comment(cells: Sequence[GridCell]) -> bool:
    """Whether a row says nothing to the program: it is blank, or its first filled cell starts with #."""
    first = next((text_of(cell.value) or "?" for cell in cells if not cell.is_blank), _COMMENT_MARK)
    return first.startswith(_COMMENT_MARK)


def _tell_errors(row: Row, findings: Findings) -> None:
    for entry in row.entries.values():
        if isinstance(entry.cell.value, CellError):
            code = "model-cell-error" if entry.cell.value else "model-formula-uncalculated"
            findings.add(code, entry.place, str(entry.cell.value))
