"""One lead's waterfall, in a terminal or as JSON."""

from __future__ import annotations

import json
import math
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from leadscore.pipeline.explain import Explanation, Line
from leadscore.plan.plan import UNKNOWN
from leadscore.scoring.reasons import signed

_READ_WIDTH = len("email_validity:")  # the longest name of a column, whole on a narrow terminal
_SHOWN_LATER = ("reasons",)  # said line by line below


def print_explanation(explanation: Explanation) -> None:
    """The waterfall on stdout: one line per contribution, then the score, then what the results say of the lead."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=120, no_color=True)
    console.print(Text(f"{explanation.source}, row {explanation.row}, scored by {explanation.model}", style="bold"))
    for name, lines in explanation.scores.items():
        console.print(_waterfall(explanation, name, lines))
    for name, value in explanation.columns.items():
        if not name.startswith("contribution: ") and name not in _SHOWN_LATER and _is_said(value):
            console.print(f"{name}: {_shown(name, value)}", markup=False)
    if explanation.same:
        rows = ", ".join(f'"row {row}"' for row in explanation.same)
        console.print(f"The same id or e-mail stands elsewhere too; ask for {rows}", markup=False)
    for issue in explanation.issues:
        console.print(f"{issue.severity.value}: {issue}", markup=False)


def explanation_json(explanation: Explanation) -> str:
    """One JSON object with the same content; numbers that are missing are null."""
    content = {
        "schema": 1,
        "source": explanation.source,
        "model": explanation.model,
        "row": explanation.row,
        "columns": {name: value if _is_said(value) else None for name, value in explanation.columns.items()},
        "scores": {
            name: {"value": _number(explanation.values[name]), "lines": [asdict(line) for line in lines]}
            for name, lines in explanation.scores.items()
        },
        "issues": [str(issue) for issue in explanation.issues],
        "same_lead_in_rows": list(explanation.same),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _waterfall(explanation: Explanation, name: str, lines: tuple[Line, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_footer=True)
    table.add_column("", footer=Text(name, style="bold"))
    table.add_column("read", overflow="fold", min_width=_READ_WIDTH)
    table.add_column("case", overflow="fold")
    table.add_column("points", justify="right")
    table.add_column("weight", justify="right")
    total = explanation.values[name]
    table.add_column("adds", justify="right", footer=Text("-" if math.isnan(total) else f"{total:g}", style="bold"))
    table.add_column("model cell", no_wrap=True)
    for line in lines:
        if not (line.weight or line.case or round(line.contribution, explanation.decimals + 1)):
            continue
        table.add_row(*_cells(line, explanation.decimals))
    return table


def _cells(line: Line, decimals: int) -> list[Text]:
    colour = "green" if line.contribution > 0 else "red" if line.contribution < 0 else "dim"
    read = f"{line.column}: {line.read or '(blank)'}" if line.column else ""
    return [
        Text(line.name),
        Text(read if line.is_known or line.read in ("", UNKNOWN) else f"{read} (unknown)"),
        Text(line.case),
        Text("" if line.weight is None else "skip" if line.points is None else f"{line.points:g}"),
        Text("" if line.weight is None else f"{line.weight:g}"),
        Text(signed(line.contribution, decimals + 1), style=colour),
        Text(line.cell),
    ]


def _is_said(value: object) -> bool:
    return value is not None and value != "" and not (isinstance(value, float) and math.isnan(value))


def _shown(name: str, value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0%}" if name == "coverage" else f"{value:.10g}"
