"""One lead's waterfall, in a terminal or as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from leadscore.pipeline.counterfactual import Counterfactual
from leadscore.pipeline.explain import Explanation, Line
from leadscore.pipeline.explain_words import (
    added_said,
    case_said,
    certainty,
    has_something_to_say,
    headline,
    is_said,
    lift_told,
    number_said,
    others,
    read_said,
)
from leadscore.terminal.progress import answers

_PLAIN_WIDTH = 100  # characters, where there is no terminal to ask
_WIDEST = 120  # characters: wider bars say no more
_LONGEST_NAME = 26  # characters that a criterion's name may take from the bars
_NARROWEST_BAR = 8
_NARROWEST_TEXT = 20
_GAP = 2


def print_explanation(explanation: Explanation) -> None:
    """The waterfall on stdout: one line per contribution, then the score, then what would move the lead up."""
    console = answers(_PLAIN_WIDTH)
    _say(console, f"{explanation.source}, row {explanation.row}, scored by {explanation.model}", style="bold")
    _say(console, headline(explanation))
    if known := certainty(explanation):
        _say(console, known)
    for name, lines in explanation.scores.items():
        _print_waterfall(explanation, name, lines, console)
    _print_lift(explanation, console)
    _print_rest(explanation, console)


def explanation_json(explanation: Explanation) -> str:
    """One JSON object with the same content; numbers that are missing are null."""
    content = {
        "schema": 1,
        "source": explanation.source,
        "model": explanation.model,
        "row": explanation.row,
        "columns": {name: value if is_said(value) else None for name, value in explanation.columns.items()},
        "scores": {
            name: {"value": _number(explanation.values[name]), "lines": [asdict(line) for line in lines]}
            for name, lines in explanation.scores.items()
        },
        "what_would_move_it_up": _lift_content(explanation.lift),
        "issues": [str(issue) for issue in explanation.issues],
        "same_lead_in_rows": list(explanation.same),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _lift_content(lift: Counterfactual) -> dict[str, object]:
    """`to` is what the cell is to hold in words, `value` a text that does."""
    return {
        "goal": lift.goal or None,
        "reached": lift.reached,
        "steps": [
            {
                "column": step.column,
                "from": step.before,
                "to": step.after,
                "value": step.text,
                "gain": _number(step.gain),
            }
            for step in lift.steps
        ],
        "score": _number(lift.score),
        "band": lift.band or None,
        "why_not": lift.why_not or None,
        "most_cells": lift.fields,
        "all_combinations_tried": not lift.is_bounded,
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _say(console: Console, text: str, indent: int = 0, style: str = "") -> None:
    """A text that wraps within its indent."""
    for line in Text(text, style=style).wrap(console, max(console.width - indent, _NARROWEST_TEXT)):
        line.rstrip()
        line.pad_left(indent)
        console.print(line, soft_wrap=True)


class _Widths(NamedTuple):
    """Characters of each column; no bars at all where the terminal is too narrow for them."""

    name: int
    added: int
    bar: int
    total: int


class _Row(NamedTuple):
    """A line of the waterfall, column by column."""

    name: str
    added: Text
    bar: Text
    cell: str = ""
    style: str = ""


class _Sum(NamedTuple):
    """A contribution between the sum before it and the sum after it."""

    line: Line
    before: float
    after: float


def _print_waterfall(explanation: Explanation, name: str, lines: tuple[Line, ...], console: Console) -> None:
    """Each contribution with its bar between the sums, and below it what was read and which case decided."""
    decimals = explanation.decimals
    sums = [one for one in _sums(lines) if has_something_to_say(one.line, decimals)]
    added = [added_said(one.line, decimals) for one in sums]
    total = number_said(explanation.values[name])
    widths = _widths(sums, [*added, total], min(console.width, _WIDEST))
    low = min([0.0, *(one.after for one in sums)])
    high = max([0.0, *(one.after for one in sums)])
    bars = _Bars(low, high, widths.bar, is_plain=console.options.ascii_only)
    console.print()
    for one, said in zip(sums, added, strict=True):
        bar = bars.between(one.before, one.after)
        tone = _tone(one.line.contribution)
        _print_row(console, widths, _Row(one.line.name, Text(said, style=tone), bar, one.line.cell))
        for detail in _details(one.line, min(console.width, _WIDEST)):
            _say(console, detail, indent=2, style="dim")
    whole = explanation.values[name]
    bar = bars.between(0.0, 0.0 if math.isnan(whole) else whole, style="bold")
    _print_row(console, widths, _Row(name, Text(total, style="bold"), bar, style="bold"))


def _details(line: Line, width: int) -> list[str]:
    """What was read and what the model makes of it, on one line where they fit."""
    read, case = read_said(line), case_said(line)
    if read and case and cell_len(read) + cell_len(case) + len(" -> ") + _GAP > width:
        return [read, f"-> {case}"]
    return list(filter(None, (" -> ".join(filter(None, (read, case))),)))


def _sums(lines: tuple[Line, ...]) -> Iterator[_Sum]:
    running = 0.0
    for line in lines:
        yield _Sum(line, running, running + line.contribution)
        running += line.contribution


def _widths(sums: list[_Sum], added: list[str], width: int) -> _Widths:
    name = min(_LONGEST_NAME, max([10, *(cell_len(one.line.name) for one in sums)]))
    number, cell = max(map(len, added)), max([0, *(cell_len(one.line.cell) for one in sums)])
    bar = width - name - number - cell - 3 * _GAP
    return _Widths(name, number, bar if bar >= _NARROWEST_BAR else 0, cell)


def _print_row(console: Console, widths: _Widths, row: _Row) -> None:
    """One line of the waterfall; a longer name has a line of its own."""
    name, gap = row.name, " " * _GAP
    if cell_len(name) > widths.name:
        _say(console, name, style=row.style)
        name = ""
    before = " " * (widths.name - cell_len(name)) + gap + " " * (widths.added - len(row.added.plain))
    line = Text.assemble((name, row.style), before, row.added, gap, row.bar, gap, row.cell)
    line.rstrip()
    console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _tone(contribution: float) -> str:
    return "green" if contribution > 0 else "red" if contribution < 0 else "dim"


class _Bars:
    """Bars on one scale: what is added is solid, what is taken away is hatched, so that colour is not needed."""

    def __init__(self, low: float, high: float, width: int, *, is_plain: bool) -> None:
        self._low, self._span, self._width = low, (high - low) or 1.0, width
        self._up, self._down, self._zero = ("#", "-", "|") if is_plain else ("█", "▒", "│")

    def between(self, start: float, end: float, style: str = "") -> Text:
        """A bar between two numbers; a line at 0 where numbers may be below it."""
        if not self._width:
            return Text()
        cells = [" "] * self._width
        if self._low < 0:
            cells[min(self._place(0.0), self._width - 1)] = self._zero
        first, last = sorted((self._place(start), self._place(end)))
        if start != end:
            first = min(first, self._width - 1)
            last = max(last, first + 1)
            cells[first:last] = [self._up if end > start else self._down] * (last - first)
        return Text("".join(cells), style=style or _tone(end - start))

    def _place(self, number: float) -> int:
        return round((number - self._low) / self._span * self._width)


def _print_lift(explanation: Explanation, console: Console) -> None:
    told = lift_told(explanation.lift, explanation.decimals)
    console.print()
    _say(console, "What would move it up", style="bold")
    _say(console, told.sentence)
    for step in told.steps:
        _say(console, step, indent=2)
    if told.leads_to:
        _say(console, f"-> {told.leads_to}", indent=2, style="bold")
    if told.note:
        _say(console, told.note, style="dim")


def _print_rest(explanation: Explanation, console: Console) -> None:
    """What else the results say, other rows of the same lead, and issues of this row."""
    lines = [f"{name}: {said}" for name, said in others(explanation)]
    if explanation.same:
        rows = ", ".join(f'"row {row}"' for row in explanation.same)
        lines.append(f"The same id or e-mail stands elsewhere too; ask for {rows}")
    lines += [f"{issue.severity.value}: {issue}" for issue in explanation.issues]
    if lines:
        console.print()
    for line in lines:
        _say(console, line)
