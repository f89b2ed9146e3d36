"""What a run found, in a terminal or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pandas as pd
from rich.table import Table
from rich.text import Text

from leadscore.issues import Severity
from leadscore.pipeline.results import Results
from leadscore.pipeline.run import Outcome
from leadscore.scoring.bands import EXCLUDED
from leadscore.terminal.progress import messages

_BAR = 24  # characters of the longest bar
_MOST_CODES = 6
_VERDICTS = ("email_validity", "email_type", "phone_validity", "phone_country")


def print_summary(outcome: Outcome) -> None:
    """On a terminal, tables that fit 80 columns; elsewhere one plain line. Both on stderr."""
    console = messages()
    if not console.is_terminal:
        console.print(_plain_line(outcome), markup=False, soft_wrap=True)
        return
    console.print(Text(_headline(outcome), style="bold"))
    if outcome.results is not None:
        for table in (_bands(outcome.results), _exclusions(outcome.results)):
            if table.row_count:
                console.print(table)
    elif outcome.enriched is not None:
        console.print(_verdicts(outcome.enriched))
    if outcome.issues:
        console.print(_issues(outcome))
    for line in _next_steps(outcome):
        console.print(line, markup=False)


def summary_json(outcome: Outcome) -> str:
    """One JSON object: counts per stage, per band, per exclusion and per issue code; no personal data."""
    results = outcome.results
    return json.dumps(
        {
            "schema": 1,
            "source": outcome.source.sheet,
            "as_of": outcome.as_of.isoformat(),
            "model_hash": outcome.model.hash,
            "output": str(outcome.target.path) if outcome.target and outcome.target.path else None,
            "rows": dict(outcome.counts),
            "bands": _counted(results, "band"),
            "excluded_by": _excluded_by(results) if results else {},
            "issues": dict(Counter(issue.code for issue in outcome.issues)),
            "neutralised": outcome.neutralised,
        },
        ensure_ascii=False,
        indent=2,
    )


def _plain_line(outcome: Outcome) -> str:
    target = outcome.target.path.name if outcome.target and outcome.target.path else "nothing written"
    doubts = sum(issue.severity is not Severity.NOTE for issue in outcome.issues)
    issues = f", {doubts} issues" if doubts else ""
    return f"{_headline(outcome)}{issues} -> {target}"


def _headline(outcome: Outcome) -> str:
    counts, of = outcome.counts, f"{outcome.source.sheet}, as of {outcome.as_of.isoformat()}"
    if "scored" not in counts:
        return f"{counts['read']:,} leads read from {of}"
    blank = f", {counts['blank']:,} blank rows kept" if counts["blank"] else ""
    return f"{counts['scored']:,} leads scored from {of}: {counts['excluded']:,} excluded{blank}"


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="", box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold", max_width=34)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    return table


def _bars(title: str, counts: dict[str, int]) -> Table:
    table, longest = _table(f"\n{title}"), max(counts.values(), default=1)
    for name, count in counts.items():
        table.add_row(f"  {name}", f"{count:,}", Text("█" * max(1, round(_BAR * count / longest)), style="cyan"))
    return table


def _bands(results: Results) -> Table:
    """Leads per band, or per tenth of the scores where the model has no bands."""
    if "band" in results.table:
        return _bars("Bands", _counted(results, "band"))
    scores = results.table["score"].where(results.table["excluded_by"] == "").dropna()
    if scores.nunique() < 2:
        return _table("")
    pieces = pd.cut(scores, bins=min(5, scores.nunique()), precision=0)
    counts = pieces.value_counts().sort_index(ascending=False)
    return _bars(
        "Scores of the leads not excluded",
        {f"{interval.left:g} to {interval.right:g}": int(count) for interval, count in _intervals(counts)},
    )


def _intervals(counts: pd.Series) -> Iterator[tuple[pd.Interval, int]]:
    return zip(counts.index.categories[counts.index.codes], counts, strict=True)


def _counted(results: Results | None, column: str) -> dict[str, int]:
    """Leads per value, in the order of the model's bands, Excluded last."""
    if results is None or column not in results.table:
        return {}
    counts = Counter(results.table[column])
    order = [*(band.name for band in results.plan.model.bands if not band.score), EXCLUDED]
    return {name: counts[name] for name in order if counts[name]}


def _excluded_by(results: Results) -> dict[str, int]:
    named = [name for names in results.scored.excluded_by for name in names.split("; ") if name]
    return dict(Counter(named).most_common())


def _exclusions(results: Results) -> Table:
    return _bars("Excluded by", _excluded_by(results))


def _verdicts(enriched: pd.DataFrame) -> Table:
    counts: dict[str, int] = {}
    for column in _VERDICTS:
        for word, count in enriched[column].value_counts().head(_MOST_CODES).items():
            counts[f"{column} {word or '(blank)'}"] = int(count)
    return _bars("Found", counts)


def _issues(outcome: Outcome) -> Table:
    table = _table("\nIssues")
    first = {issue.code: issue for issue in reversed(outcome.issues)}
    ranked = Counter(issue.code for issue in outcome.issues).most_common()
    for code, count in sorted(ranked, key=lambda row: first[row[0]].severity is Severity.NOTE)[:_MOST_CODES]:
        issue = first[code]
        style = "" if issue.severity is Severity.NOTE else "yellow"
        table.add_row(
            Text(f"  {code}", style=style), f"{count:,}", f"{issue.place}" if count == 1 else f"first: {issue.place}"
        )
    return table


def _next_steps(outcome: Outcome) -> list[str]:
    if outcome.target is None:
        return ["", "Nothing was written (--dry-run)."]
    lines = ["", f"Written: {outcome.target.path}" if outcome.target.path else "Written to stdout"]
    if outcome.neutralised:
        lines.append(
            f"{outcome.neutralised} CSV cells that a spreadsheet would run got an apostrophe (--raw-csv: none)"
        )
    if outcome.results is not None and outcome.target.path is not None:
        best = outcome.results.table["rank"].eq(1)
        if best.any():
            lines.append(f"Why the best lead is first: leadscore explain SOURCE {outcome.results.leads.index[best][0]}")
    return lines
