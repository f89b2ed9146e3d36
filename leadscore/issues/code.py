"""What a code of the closed list says."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the run (exit 3), a warning is worth a look, a note says what was done."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class IssueCode:
    """One row of a table of codes. `problem` and `advice` are templates over the issue's value and details."""

    severity: Severity
    problem: str
    advice: str = ""


def error(problem: str, advice: str = "") -> IssueCode:
    """A code that stops the run."""
    return IssueCode(Severity.ERROR, problem, advice)


def warning(problem: str, advice: str = "") -> IssueCode:
    """A code worth a look."""
    return IssueCode(Severity.WARNING, problem, advice)


def note(problem: str, advice: str = "") -> IssueCode:
    """A code that says what was done."""
    return IssueCode(Severity.NOTE, problem, advice)
