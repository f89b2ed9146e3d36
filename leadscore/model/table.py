"""A sheet of the model as rows of named entries: headings found, comments skipped, near misses told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from leadscore.issues import Place
from leadscore.model.findings import Findings
from leadscore.model.grid import BLANK, Grid, GridCell, cell_letter
from leadscore.model.vocabulary import Language, Vocabulary, vocabulary
from leadscore.values.cells import CellError, text_of

_COMMENT_MARK = "#"
_HEADINGS_WITHIN = 50  # rows: a title and some help may stand above the headings, a second table may not


@dataclass(frozen=True)
class Entry:
    """One cell under a known heading. `text` is what it reads, trimmed; '' when blank or an error."""

    place: Place
    cell: GridCell = BLANK

    @property
    def text(self) -> str:
        """What the cell holds, as text."""
        return text_of(self.cell.value)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the cell."""
        return self.cell.is_blank

    @property
    def is_absent(self) -> bool:
        """Whether the sheet has no such column: told once, at the headings."""
        return not self.place.letter


@dataclass(frozen=True)
class Row:
    """One row below the headings, by canonical heading; a heading the sheet does not have reads as blank."""

    place: Place
    entries: Mapping[str, Entry]

    def __getitem__(self, heading: str) -> Entry:
        return self.entries.get(heading, Entry(self.place))

    def read_by_us(self) -> list[Entry]:
        """Every entry that is not for people only."""
        return [entry for heading, entry in self.entries.items() if heading != "comment"]


@dataclass(frozen=True)
class Headings:
    """What a table may and must have."""

    known: Sequence[str]
    required: Sequence[str]

    @cached_property
    def names(self) -> Vocabulary:
        """The vocabulary of headings, cut down to the known ones: any spelling in, the canonical name out."""
        return vocabulary("headings").only(self.known)


def read_table(grid: Grid, headings: Headings, language: Language, findings: Findings) -> list[Row]:
    """The rows of a sheet that say something, in order. Wrong, missing and doubled headings become issues."""
    found = _heading_row(grid, headings)
    if found is None:
        wanted = ", ".join(headings.names.say(name, language) for name in headings.required)
        findings.add("headings-missing", Place(grid.name), wanted=wanted)
        return []
    columns = _columns(grid, found, headings, language, findings)
    rows = [_row(grid, number, columns) for number in range(found + 1, len(grid.rows)) if speaks(grid.rows[number])]
    rows = [row for row in rows if any(not entry.is_blank for entry in row.read_by_us())]
    for row in rows:
        _tell_errors(row, findings)
    _tell_hidden(grid, rows, findings)
    return rows


def _heading_row(grid: Grid, headings: Headings) -> int | None:
    """The first row that holds two known headings or more, else the first that holds all of the required ones."""
    for enough in (2, len(headings.required)):
        for number, cells in enumerate(grid.rows[:_HEADINGS_WITHIN]):
            known = {headings.names.find(text_of(cell.value)) for cell in cells} - {""}
            if len(known) >= enough and speaks(cells):
                return number
    return None


def _columns(
    grid: Grid, heading_row: int, headings: Headings, language: Language, findings: Findings
) -> dict[str, int]:
    columns: dict[str, int] = {}
    misspelt = set()
    cells = grid.rows[heading_row]
    for index, cell in enumerate(cells):
        text, place = text_of(cell.value), Place(grid.name, heading_row + 1, cell_letter(index))
        name = headings.names.find(text)
        if name in columns:
            first = Place(grid.name, heading_row + 1, cell_letter(columns[name]))
            findings.add("heading-twice", place, text, other=text_of(cells[columns[name]].value), first=first)
        elif name:
            columns[name] = index
        elif near := headings.names.near(text, language):
            findings.add("heading-typo", place, text, near=near)
            misspelt.add(headings.names.find(near))
    for name in headings.required:
        if name not in columns and name not in misspelt:
            findings.add("heading-missing", Place(grid.name, heading_row + 1), headings.names.say(name, language))
    return columns


def _row(grid: Grid, number: int, columns: Mapping[str, int]) -> Row:
    cells = grid.rows[number]
    return Row(
        Place(grid.name, number + 1),
        {
            name: Entry(Place(grid.name, number + 1, cell_letter(index)), cells[index] if index < len(cells) else BLANK)
            for name, index in columns.items()
        },
    )


def speaks(cells: Sequence[GridCell]) -> bool:
    """Whether a row says something to the program: it is neither blank nor a comment."""
    first = next((text_of(cell.value) or "?" for cell in cells if not cell.is_blank), _COMMENT_MARK)
    return not is_comment(first)


def is_comment(text: str) -> bool:
    """Whether a text is a note for people; a row is one when its first filled cell is."""
    return text.startswith(_COMMENT_MARK)


def tell_error(cell: GridCell, place: Place, findings: Findings) -> None:
    """A cell that holds an error instead of a value becomes an issue."""
    if isinstance(cell.value, CellError):
        code = "model-cell-error" if cell.value else "model-formula-uncalculated"
        findings.add(code, place, str(cell.value))


def _tell_errors(row: Row, findings: Findings) -> None:
    for entry in row.read_by_us():
        tell_error(entry.cell, entry.place, findings)


def _tell_hidden(grid: Grid, rows: Sequence[Row], findings: Findings) -> None:
    hidden = [row.place.row for row in rows if row.place.row in grid.hidden_rows]
    if hidden:
        findings.add("model-rows-hidden", Place(grid.name, hidden[0]), count=len(hidden))
