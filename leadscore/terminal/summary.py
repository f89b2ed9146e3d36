"""What a run found, in a terminal or as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from rich.table import Table
from rich.text import Text

from leadscore.enrichment.step import SEPARATOR
from leadscore.issues import Issue, Severity
from leadscore.pipeline.counts import exclusion_counts, is_excluded_by
from leadscore.pipeline.explain import name_of_best
from leadscore.pipeline.results import Results
from leadscore.pipeline.run import Outcome
from leadscore.scoring.bands import EXCLUDED
from leadscore.terminal.account_words import account_figures, best_account
from leadscore.terminal.alert_words import alert_figures, alerts_text
from leadscore.terminal.progress import messages
from leadscore.terminal.words import counted

_BAR = 24  # characters of the longest bar
_MOST_BARS = 5
_MOST_CODES = 6
_PLAIN = re.compile(r"[\w./\\:~@+,=-]+")  # letters and marks that no shell reads as anything else
# The enrichment columns that a summary tells of, and what it calls them.
_FOUND = {
    "email_validity": "E-mail",
    "email_reason": "E-mail: why",
    "email_type": "Type of e-mail",
    "phone_validity": "Phone",
    "phone_reason": "Phone: why",
    "phone_country": "Country of the phone",
    "duplicate_reason": "Duplicates",
    "contactability": "How they can be reached",
    "anomalies": "Anomalies",
}


def print_summary(outcome: Outcome) -> None:
    """On a terminal, tables that fit 80 columns; elsewhere one plain line. Both on stderr."""
    console = messages()
    if not console.is_terminal:
        console.print(_plain_line(outcome), markup=False, soft_wrap=True)
        return
    console.print(Text(_headline(outcome), style="bold"))
    if outcome.results is not None:
        if accounts := best_account(outcome.results):
            console.print(Text(accounts))
        for table in (_bands(outcome.results), _exclusions(outcome.results)):
            if table.row_count:
                console.print(table)
    elif outcome.enriched is not None:
        for table in _found(outcome):
            console.print(table)
    if outcome.issues:
        console.print(_issues(outcome))
    for line in _next_steps(outcome):
        console.print(line, markup=False, soft_wrap=True)  # a path must stay whole, to be copied


def summary_json(outcome: Outcome) -> str:
    """One JSON object: counts per stage, per band, per exclusion and per issue code; no personal data."""
    results, alerts = outcome.results, alert_figures(outcome)
    return json.dumps(
        {
            "schema": 1,
            "source": outcome.name,
            "sheet": outcome.source.sheet,
            "as_of": outcome.as_of.isoformat(),
            "model_hash": outcome.model.hash,
            "output": _written_to(outcome) or None,
            "rows": dict(outcome.counts),
            "bands": _per_value(results, "band"),
            "excluded_by": _excluded_by(results) if results else {},
            "found": found_counts(outcome.enriched) if outcome.enriched is not None else {},
            "issues": dict(Counter(issue.code for issue in outcome.issues)),
            "alerts": {"entered": alerts[0], "overdue": alerts[1]} if alerts else None,
            "accounts": account_figures(results),
            "neutralised": outcome.neutralised,
        },
        ensure_ascii=False,
        indent=2,
    )


def _plain_line(outcome: Outcome) -> str:
    doubts = sum(issue.severity is not Severity.NOTE for issue in outcome.issues)
    issues = f", {counted(doubts, 'issue')}" if doubts else ""
    return f"{_headline(outcome)}{issues} -> {_place(outcome) or 'nothing written'}"


def _place(outcome: Outcome) -> str:
    """Where the results are, and whether as sheets of the source."""
    in_place = outcome.target is not None and outcome.target.seen is not None
    return f"{_written_to(outcome)}, in place" if in_place else _written_to(outcome)


def _written_to(outcome: Outcome) -> str:
    """Where the results are: a file, stdout, '' when they were not written."""
    if outcome.target is None:
        return ""
    return str(outcome.target.path) if outcome.target.path else "stdout"


def _headline(outcome: Outcome) -> str:
    counts, name = outcome.counts, "standard input" if outcome.name == "-" else outcome.name
    of = f"{name}, sheet {outcome.source.sheet}" if outcome.source.sheet else name
    leads = counted(counts["read"] - counts["blank"], "lead")
    blank = f", {counted(counts['blank'], 'blank row')} kept" if counts["blank"] else ""
    if outcome.results is None:
        return f"{leads} enriched from {of}, as of {outcome.as_of.isoformat()}{blank}"
    found = f"{counts['excluded']:,} excluded{blank}{_activities_text(counts)}{alerts_text(outcome)}"
    return f"{leads} scored from {of}, as of {outcome.as_of.isoformat()}: {found}"


def _activities_text(counts: Mapping[str, int]) -> str:
    """', 178 of 200 activities counted', '' for a run without any."""
    if "activity_rows" not in counts:
        return ""
    return f", {counts['activity_used']:,} of {counts['activity_rows']:,} activities counted"


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="", box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold", max_width=34)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    return table


def _bars(title: str, counts: dict[str, int]) -> Table:
    table, longest = _table(f"\n{title}"), max(counts.values(), default=1)
    for name, count in counts.items():
        table.add_row(Text(f"  {name}"), f"{count:,}", Text("█" * max(1, round(_BAR * count / longest)), style="cyan"))
    return table


def _bands(results: Results) -> Table:
    """Leads per band, or per slice of the scores where the model has no bands."""
    if "band" in results.table:
        return _bars("Bands", _per_value(results, "band"))
    scores = results.table["score"][~is_excluded_by(results.table["excluded_by"])].dropna()
    if scores.nunique() < 2:
        return _table("")
    counts, edges = np.histogram(scores.to_numpy(dtype=float), bins=min(_MOST_BARS, scores.nunique()))
    slices = [f"{low:.4g} to {high:.4g}" for low, high in pairwise(edges.tolist())]
    return _bars("Scores of the leads not excluded", dict(reversed([*zip(slices, counts.tolist(), strict=True)])))


def _per_value(results: Results | None, column: str) -> dict[str, int]:
    """Leads per value, in the order of the model's bands, Excluded last."""
    if results is None or column not in results.table:
        return {}
    counts = Counter(results.table[column])
    order = [*(band.name for band in results.plan.model.bands if not band.score), EXCLUDED]
    return {name: counts[name] for name in order if counts[name]}


def _excluded_by(results: Results) -> dict[str, int]:
    """Leads per criterion that excludes them, as the sheet Summary counts them."""
    excluded_by = results.table["excluded_by"]
    return exclusion_counts(excluded_by[is_excluded_by(excluded_by)])


def _exclusions(results: Results) -> Table:
    return _bars("Excluded by", _excluded_by(results))


def _found(outcome: Outcome) -> list[Table]:
    """What enrichment found: a table of bars per column that is worth a look."""
    counts = found_counts(outcome.enriched) if outcome.enriched is not None else {}
    return [_bars(title, counts[column]) for column, title in _FOUND.items() if counts.get(column)]


def found_counts(enriched: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Leads per word of the enrichment columns that a summary tells of, the commonest first; blanks are left out."""
    counts = {}
    for column in _FOUND:
        if column in enriched:
            cells = enriched[column][enriched[column] != ""]
            words = Counter(_word_of(piece) for cell in cells for piece in str(cell).split(SEPARATOR))
            counts[column] = dict(words.most_common(_MOST_CODES))
    return counts


def _word_of(piece: str) -> str:
    """The word of 'mojibake: company'."""
    return piece.partition(": ")[0]


def _issues(outcome: Outcome) -> Table:
    table = _table("\nIssues")
    first = {issue.code: issue for issue in reversed(outcome.issues)}
    ranked = Counter(issue.code for issue in outcome.issues).most_common()
    for code, count in sorted(ranked, key=lambda row: first[row[0]].severity is Severity.NOTE)[:_MOST_CODES]:
        issue = first[code]
        style = "" if issue.severity is Severity.NOTE else "yellow"
        table.add_row(Text(f"  {code}", style=style), f"{count:,}", Text(_first_of(issue, count)))
    return table


def _first_of(issue: Issue, count: int) -> str:
    """Where the first of several stands; one that is about no cell says what it is about."""
    if not issue.place.row:
        return f"{issue.problem}; {issue.advice}" if issue.advice else issue.problem
    return f"{issue.place}" if count == 1 else f"first: {issue.place}"


def _next_steps(outcome: Outcome) -> list[str]:
    if outcome.target is None:
        return ["", "Nothing was written (--dry-run)."]
    lines = ["", f"Written: {_place(outcome)}"]
    if outcome.neutralised:
        lines.append(
            f"{counted(outcome.neutralised, 'CSV cell')} that a spreadsheet would run got an apostrophe "
            "(--raw-csv: none)"
        )
    return [*lines, *_explain_hint(outcome)]


def _explain_hint(outcome: Outcome) -> list[str]:
    """The command that explains the best lead, ready to be copied."""
    job, best = outcome.job, name_of_best(outcome.results) if outcome.results else ""
    if not best or job.source is None:
        return []
    model = f" -m {_quoted(job.model)}" if job.model else ""
    return ["Why the best lead is first:", f"  leadscore explain {_quoted(job.source)} {_quoted(best)}{model}"]


def _quoted(argument: object) -> str:
    """As a shell takes it, cmd.exe included: in double quotes unless it is of plain letters and marks."""
    return str(argument) if _PLAIN.fullmatch(str(argument)) else f'"{argument}"'
