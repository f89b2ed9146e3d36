"""The issues gathered while a model is read: all of them, not only the first."""

from dataclasses import dataclass, field
from typing import Any

from leadscore.issues import Issue, Place, has_errors

_VALUE_SHOWN = 100  # characters of a cell that an issue repeats


@dataclass
class Findings:
    """A growing list of issues."""

    issues: list[Issue] = field(default_factory=list)

    def add(self, code: str, place: Place, value: str = "", **details: Any) -> None:
        """Note an issue; of a long value only the beginning."""
        shown = value if len(value) <= _VALUE_SHOWN else f"{value[:_VALUE_SHOWN]}…"
        self.issues.append(Issue(code, place, shown, details))

    @property
    def has_errors(self) -> bool:
        """Whether any of them stops a run."""
        return has_errors(self.issues)
