"""One finding about one place, of the lead sheet or of the model workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadscore.issues.code import Severity
from leadscore.issues.codes import ISSUE_CODES


@dataclass(frozen=True)
class Place:
    """Where: a sheet, the row its spreadsheet shows (0: no row), and a column by its letter or by its heading."""

    sheet: str = ""
    row: int = 0
    letter: str = ""
    heading: str = ""

    @property
    def cell(self) -> str:
        """'E7' where the letter is known, else ''."""
        return f"{self.letter}{self.row}" if self.letter and self.row else ""

    def __str__(self) -> str:
        """'Scoring!E7' for a cell; 'Source, row 7, column Phone' where the column goes by its heading."""
        if self.cell:
            return f"{self.sheet}!{self.cell}" if self.sheet else self.cell
        column = self.heading or self.letter
        parts = [self.sheet, f"row {self.row}" if self.row else "", f"column {column}" if column else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Issue:
    """A code of the closed list, a place, the value read there, and what the code's sentences need besides.

    Raises KeyError for a code that the table does not have, as soon as a sentence is asked for.
    """

    code: str
    place: Place = Place()
    value: str = ""
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def severity(self) -> Severity:
        """Error, warning or note, by the code."""
        return ISSUE_CODES[self.code].severity

    @property
    def problem(self) -> str:
        """What is wrong, as one clause: 'unknown operator "iz"'."""
        return ISSUE_CODES[self.code].problem.format(value=self.value, **self.details)

    @property
    def advice(self) -> str:
        """What is allowed and what to do next; '' where the problem says it all."""
        return ISSUE_CODES[self.code].advice.format(value=self.value, **self.details)

    def __str__(self) -> str:
        """'Scoring!E7: unknown operator "iz"; did you mean "is"? [operator-unknown]'."""
        where = f"{self.place}: " if str(self.place) else ""
        what = f"{self.problem}; {self.advice}" if self.advice else self.problem
        return f"{where}{what} [{self.code}]"


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether any of them stops a run."""
    return any(issue.severity is Severity.ERROR for issue in issues)


def has_doubts(issues: Iterable[Issue]) -> bool:
    """Whether any of them is more than a note: what --strict and the summary count."""
    return any(issue.severity is not Severity.NOTE for issue in issues)


def in_order(issues: Iterable[Issue], sheets: Sequence[str]) -> tuple[Issue, ...]:
    """Each issue once: those about no sheet of these first, then by sheet, row and column."""
    order = {sheet: number for number, sheet in enumerate(sheets)}
    once: dict[str, Issue] = {}
    for issue in issues:
        once.setdefault(str(issue), issue)
    return tuple(sorted(once.values(), key=lambda issue: _address(issue.place, order)))


def _address(place: Place, order: Mapping[str, int]) -> tuple[int, int, int, str]:
    return order.get(place.sheet, -1), place.row, len(place.letter), place.letter
