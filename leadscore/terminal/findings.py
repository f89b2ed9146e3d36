"""What is wrong or doubtful in a model, by sheet and cell, and how its cases were understood."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.console import Console

from leadscore.errors import ModelError
from leadscore.issues import Issue, Severity
from leadscore.terminal.words import counted

if TYPE_CHECKING:
    from leadscore.model.vocabulary import Language
    from leadscore.pipeline.doubts.understood import Understood  # imports pandas, which an error message must not

_RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def print_model_error(problem: ModelError, *, writes: bool) -> None:
    """Every issue on stderr, the errors last, then how many; for a command that writes, also that it did not."""
    _print_lines(problem.issues, sys.stderr)
    errors = sum(issue.severity is Severity.ERROR for issue in problem.issues)
    print(f"leadscore: {counted(errors, 'error')}{'; nothing was written' if writes else ''}", file=sys.stderr)


def print_findings(found: Sequence[Issue], model: Path) -> None:
    """The findings on stdout, or ok."""
    if not found:
        print("ok")
        return
    _print_lines(found, sys.stdout)
    warnings = sum(issue.severity is Severity.WARNING for issue in found)
    print(f"{model.name}: {counted(warnings, 'warning')}, {counted(len(found) - warnings, 'note')}, no error")


def print_understood(rows: Sequence[Understood], language: Language) -> None:
    """Each case as a sentence, under its criterion; with several scores, under its score too."""
    from leadscore.plan.doubts.sentences import said

    print(said("heading", language))
    score = ""
    for row in rows:
        if row.score != score:
            score = row.score
            print(f"\n  {score}")
        print(f"\n  {row.name} ({row.about})")
        for case in row.cases:
            print(f"    {case.line(language)}")
    print()


def findings_json(found: Iterable[Issue], rows: Sequence[Understood] = ()) -> str:
    """One JSON object: a list of findings, and where there is one a list of cases as they were understood."""
    findings = [
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
    cases = [
        {
            "score": row.score,
            "criterion": row.name,
            "cell": str(case.place),
            "sentence": case.sentence,
            "leads": case.leads,
            **({} if case.activities is None else {"activities": case.activities}),
        }
        for row in rows
        for case in row.cases
    ]
    understood = {"understood": cases} if cases else {}
    return json.dumps({"schema": 1, "findings": findings, **understood}, ensure_ascii=False, indent=2)


def _print_lines(issues: Iterable[Issue], stream: TextIO) -> None:
    """One issue a line; on a terminal wrapped between words."""
    console = Console(file=stream, highlight=False)
    for issue in sorted(issues, key=lambda issue: _RANK[issue.severity]):
        line = f"{issue.severity.value}: {issue}"
        console.print(line, markup=False, emoji=False, soft_wrap=not console.is_terminal)
