"""What is wrong or doubtful in a model, by sheet and cell."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console

from leadscore.errors import ModelError
from leadscore.issues import Issue, Severity

_RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def print_model_error(problem: ModelError) -> None:
    """Every issue on stderr, the errors last, then one line that says what follows from them."""
    _print_lines(problem.issues, sys.stderr)
    errors = sum(issue.severity is Severity.ERROR for issue in problem.issues)
    print(f"leadscore: {_counted(errors, 'error')}; nothing was written", file=sys.stderr)


def print_findings(found: Sequence[Issue], model: Path) -> None:
    """The findings on stdout, or ok."""
    if not found:
        print("ok")
        return
    _print_lines(found, sys.stdout)
    warnings = sum(issue.severity is Severity.WARNING for issue in found)
    print(f"{model.name}: {_counted(warnings, 'warning')}, {_counted(len(found) - warnings, 'note')}, no error")


def findings_json(found: Iterable[Issue]) -> str:
    """One JSON object with a list of findings."""
    rows = [
        {
            "severity": issue.severity.value,
            "code": issue.code,
            "sheet": issue.place.sheet,
            "cell": issue.place.cell,
            "problem": issue.problem,
            "advice": issue.advice,
        }
        for issue in found
    ]
    return json.dumps({"schema": 1, "findings": rows}, ensure_ascii=False, indent=2)


def _print_lines(issues: Iterable[Issue], stream: TextIO) -> None:
    """One issue a line; on a terminal wrapped between words."""
    console = Console(file=stream, highlight=False)
    for issue in sorted(issues, key=lambda issue: _RANK[issue.severity]):
        line = f"{issue.severity.value}: {issue}"
        console.print(line, markup=False, emoji=False, soft_wrap=not console.is_terminal)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
