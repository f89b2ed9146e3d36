"""What a new model would change, in a terminal or as JSON. Leads go by the number of their row."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from leadscore.pipeline.ablate import Ablation
from leadscore.pipeline.whatif import Comparison, Mover
from leadscore.pipeline.whatif_book import ablation_cells, figures, mover_cells
from leadscore.pipeline.whatif_run import WhatIf
from leadscore.terminal.progress import answers
from leadscore.terminal.words import counted

MOST_MOVERS = 10
_MOST_CAUSES = 3  # of one mover, in the terminal; the workbook has them all
_PLAIN_WIDTH = 80  # characters, where there is no terminal to ask
_GAP = 2  # characters between two columns
_NARROWEST = 12  # characters that a text column keeps on a narrow terminal


def print_what_if(outcome: WhatIf) -> None:
    """Who changes band, and why, on stdout."""
    console = answers(_PLAIN_WIDTH)
    console.print(Text(_headline(outcome), style="bold"))
    if outcome.comparison is not None:
        _print_comparison(outcome.comparison, console)
    if outcome.ablations is not None:
        console.print(Text(f"\nWithout each criterion of {Path(outcome.newest.path).name}", style="bold"))
        console.print(_ablation(outcome.ablations))


def what_if_json(outcome: WhatIf) -> str:
    """One JSON object with the same content; `comparison` and `ablation` are null where there is none."""
    content = {
        "schema": 1,
        "source": outcome.job.name,
        "sheet": outcome.sheet,
        "as_of": outcome.as_of.isoformat(),
        "leads": outcome.leads,
        "model": {"name": Path(outcome.old.path).name, "hash": outcome.old.hash},
        "new_model": {"name": Path(outcome.new.path).name, "hash": outcome.new.hash} if outcome.new else None,
        "comparison": _comparison_content(outcome.comparison) if outcome.comparison else None,
        "ablation": None if outcome.ablations is None else [_known(ablation_cells(one)) for one in outcome.ablations],
        "output": str(outcome.job.output) if outcome.job.output else None,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _comparison_content(compared: Comparison) -> dict[str, object]:
    return {
        **figures(compared),
        "migration": {
            old: {new: compared.migration[old, new] for new in compared.new.order} for old in compared.old.order
        },
        "bands": [asdict(flow) for flow in compared.flows],
        "movers": [_known(mover_cells(mover)) for mover in compared.movers[:MOST_MOVERS]],
    }


def _known(row: dict[str, object]) -> dict[str, object]:
    """JSON has no NaN: a number that is missing is null."""
    return {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}


def _headline(outcome: WhatIf) -> str:
    source = "standard input" if outcome.job.name == "-" else outcome.job.name
    models = " -> ".join(Path(model.path).name for model in (outcome.old, outcome.new) if model)
    return f"{source}, {counted(outcome.leads, 'lead')}, as of {outcome.as_of.isoformat()}: {models}"


def _print_comparison(compared: Comparison, console: Console) -> None:
    for line in _figures(compared):
        console.print(line, markup=False)
    console.print(Text("\nFrom old bands (rows) to new bands (columns)", style="bold"))
    matrix = _migration(compared)
    console.print(matrix if _width(matrix) <= console.width else _moves(compared))
    console.print(Text("\nLeads that enter and leave each band", style="bold"))
    console.print(_flows(compared))
    console.print(Text(f"\n{_movers_title(len(compared.movers))}", style="bold"))
    if compared.movers:
        console.print(_movers(compared.movers[:MOST_MOVERS]))


def _figures(compared: Comparison) -> tuple[str, str]:
    share, agreement = compared.changing / max(len(compared.rows), 1), compared.agreement
    changes = f"change band: {compared.changing:,} ({_percent(share)})"
    exclusions = f"newly excluded: {compared.newly_excluded:,}; excluded no more: {compared.no_longer_excluded:,}"
    correlations = f"Spearman {_correlation(agreement.spearman)}, Kendall tau-b {_correlation(agreement.kendall)}"
    return f"{changes}; {exclusions}", f"order of the {counted(agreement.leads, 'lead')} scored by both: {correlations}"


def _movers_title(count: int) -> str:
    if count > MOST_MOVERS:
        return f"The {MOST_MOVERS} largest of {count:,} changes of score"
    return f"{counted(count, 'change')} of score" if count else "No score changes"


def _table(*headings: str) -> Table:
    """Names to the left, figures to the right."""
    table = Table(box=None, pad_edge=False, header_style="")
    for heading in headings:
        table.add_column(Text(heading), justify="right", overflow="fold")
    table.columns[0].justify = "left"
    return table


def _migration(compared: Comparison) -> Table:
    table = _table("", *compared.new.order)
    for old in compared.old.order:
        counts = {new: compared.migration[old, new] for new in compared.new.order}
        table.add_row(Text(old), *(_stay(count, is_same=new == old) for new, count in counts.items()))
    return table


def _stay(count: int, *, is_same: bool) -> Text:
    return Text(f"{count:,}" if count else ".", style="dim" if is_same or not count else "bold")


def _width(table: Table) -> int:
    """Characters that a table takes when nothing in it is folded."""
    columns = [[str(column.header), *map(str, column.cells)] for column in table.columns]
    return sum(max(map(cell_len, cells)) + _GAP for cells in columns) - _GAP


def _moves(compared: Comparison) -> Table:
    """The matrix as a list, where it has too many columns: the most frequent moves first."""
    table = _table("", "leads")
    moves = {pair: count for pair, count in compared.migration.items() if count}
    for (old, new), count in sorted(moves.items(), key=lambda move: -move[1]):
        table.add_row(Text(_change_of(old, new)), f"{count:,}")
    return table


def _flows(compared: Comparison) -> Table:
    table = _table("", "old", "new", "enter", "leave")
    for flow in compared.flows:
        table.add_row(Text(flow.band), *(f"{count:,}" for count in (flow.old, flow.new, flow.entering, flow.leaving)))
    return table


def _movers(movers: Iterable[Mover]) -> Table:
    table = _table("row", "old", "new", "change", "band", "because")
    for column in table.columns[-2:]:
        column.justify = "left"
    table.columns[-1].min_width = _NARROWEST
    for mover in movers:
        numbers = (_number(mover.old), _number(mover.new), _number(mover.change, "+"))
        band = _change_of(mover.old_band, mover.new_band)
        table.add_row(str(mover.row), *numbers, Text(band), Text(_shortened(mover.because)))
    return table


def _change_of(old: str, new: str) -> str:
    return old if old == new else f"{old} -> {new}"


def _shortened(because: str) -> str:
    """The largest causes, and how many more there are."""
    causes = because.split("; ")
    more = len(causes) - _MOST_CAUSES
    return because if more <= 0 else f"{'; '.join(causes[:_MOST_CAUSES])}; {more} more"


def _ablation(ablations: Iterable[Ablation]) -> Table:
    table = _table("", "change\nband", "largest\nchange", "excluded\nno more", "newly\nexcluded", "\ntau-b")
    table.columns[0].min_width = _NARROWEST
    for one in ablations:
        table.add_row(
            Text(one.criterion),
            _percent(one.share),
            _number(one.largest_change, "+"),
            f"{one.no_longer_excluded:,}",
            f"{one.newly_excluded:,}",
            _correlation(one.kendall),
        )
    return table


def _number(number: float, sign: str = "") -> str:
    """20.0 -> '20', with sign '+' '+20'; '-' where there is none."""
    if math.isnan(number):
        return "-"
    return f"{number:{sign if number else ''}.10g}"


def _percent(share: float) -> str:
    """0.125 -> '12.5%'; a share above 0 never reads 0%."""
    if 0 < share < 0.001:
        return "<0.1%"
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def _correlation(correlation: float) -> str:
    """Three decimals; only what is exactly 1 or -1 reads so. '-' where a side is constant."""
    if math.isnan(correlation):
        return "-"
    exact = abs(correlation) == 1
    return f"{correlation if exact else max(-0.999, min(0.999, correlation)):.3f}"
