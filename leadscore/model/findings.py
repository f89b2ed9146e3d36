"""The issues gathered while a model is read: all of them, not only the first."""

from dataclasses import dataclass, field
from typing import Any

from leadscore.issues import Issue, Place, Severity


@dataclass
class Findings:
    """A growing list of issues."""

    issues: list[Issue] = field(default_factory=list)

    def add(self, code: str, place: Place, value: str = "", **details: Any) -> None:
        self.issues.append(Issue(code, place, value, details))

    @property
    def has_errors(self) -> bool:
        return any(issue.severity is Severity.ERROR for issue in self.issues)
