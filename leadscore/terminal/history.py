"""Past runs, their movers, one lead over time and time in band, as tables on stdout. Leads go by row number and id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from leadscore.runs.history import History, Movers, PastRun, change_of
from leadscore.runs.stays import RECENT, BandTime, LeadPast
from leadscore.state.lead_records import KEPT_SCORES, KEPT_WHEN_GONE, ChangeRecord
from leadscore.terminal.history_words import changed_said, ended_said, id_of
from leadscore.terminal.progress import answers
from leadscore.terminal.times import local_column, local_time, span
from leadscore.terminal.words import counted

_PLAIN_WIDTH = 120  # characters, where there is no terminal to ask
# Characters that the last column keeps on a narrow terminal, and another that folds.
_NARROWEST, _NARROW = 22, 7
_GAP = 2  # characters between two columns
_HASH, _DAY = 7, 10  # characters of a model's hash that tell it apart, and of a date
_LESS_WANTED = ("excluded", "as of", "model")  # columns of the runs that go where there is no room, in this order
_NO_CAUSE = "other bands, or override"  # the score is the same
_NO_BAND = "(no band)"


def show_runs(history: History, runs: Mapping[str, Sequence[PastRun]]) -> None:
    """The runs of each output, the newest first, and what each changed."""
    console = answers(_PLAIN_WIDTH)
    for place, (output, shown) in enumerate(runs.items()):
        total = sum(run.output == output for run in history.runs)
        if place:
            console.print()
        _say(console, _runs_title(output, total, shown), style="bold")
        console.print(_runs(shown, console.width))
    _print_others(history, console)


def show_movers(history: History, movers: Movers, limit: int) -> None:
    """The leads that a run moved most, and why."""
    console, run = answers(_PLAIN_WIDTH), movers.run
    name = Path(run.record.output).name
    _say(console, f"{name}, {_run_said(run)}: {changed_said(run)}", style="bold")
    if run.previous is not None:
        _say(console, f"compared with run {run.previous.id}, {local_time(run.previous.started)}")
    if not history.knows_scores_of(run.record):
        _say(console, f"Of runs older than {KEPT_SCORES} days only changes of band are kept.", style="dim")
    if not movers.changes:
        return
    shown, count = movers.changes[:limit], len(movers.changes)
    title = f"The {len(shown)} largest of {count:,} changes" if count > len(shown) else counted(count, "change")
    console.print()
    _say(console, title, style="bold")
    console.print(_moves(shown))


def show_lead(history: History, leads: Sequence[LeadPast], limit: int) -> None:
    """One lead over time, and how long it was in each band; several, where they share an id or e-mail."""
    console = answers(_PLAIN_WIDTH)
    for lead in leads:
        if lead is not leads[0]:
            console.print()
        which = f"lead {lead.number} of {len(leads)} of this id or e-mail" if len(leads) > 1 else "one lead"
        _say(console, f"{Path(history.scored).name}, {which}: {_standing(lead, history.now)}", style="bold")
        if any(lead.hours):
            _say(
                console,
                "time in band: " + ", ".join(f"{name or _NO_BAND} {span(hours)}" for name, hours in lead.hours.items()),
            )
        console.print()
        console.print(_changes(lead, limit))


def show_bands(history: History, bands: Sequence[BandTime]) -> None:
    """How long leads are in each band, and who came and went."""
    console = answers(_PLAIN_WIDTH)
    first = history.done_runs(history.scored)[0].started
    _say(console, f"{Path(history.scored).name}: time in band, known since {local_time(first)}", style="bold")
    table = _table(
        "\nband",
        "leads\nnow",
        "there for\n(median)",
        "there for\n(longest)",
        f"came in\n{RECENT} days",
        f"left in\n{RECENT} days",
        "stays\nended",
        "they took\n(median)",
    )
    for one in bands:
        table.add_row(
            Text(one.band or _NO_BAND),
            f"{one.leads:,}",
            span(one.median_hours),
            span(one.longest_hours),
            _count(one.entries),
            _count(one.exits),
            _count(one.completed),
            span(one.completed_median_hours),
        )
    console.print(table)


def _runs_title(output: str, total: int, shown: Sequence[PastRun]) -> str:
    runs = counted(total, "run") if total == len(shown) else f"the last {len(shown)} of {total:,} runs"
    zone, _ = local_column(run.record.started for run in shown)
    kinds = sorted({run.record.kind for run in shown} - {"scored"})
    return f"{Path(output).name}{''.join(f', {kind}' for kind in kinds)}: {runs}{f', times in {zone}' if zone else ''}"


def _runs(runs: Sequence[PastRun], width: int) -> Table:
    """A day that every run took from the clock is not said again; where there is no room, other columns go too."""
    _, times = local_column(run.record.started for run in runs)
    columns = {
        "run": [str(run.record.id) for run in runs],
        "when": times,
        "as of": [run.record.as_of for run in runs],
        "leads": [_count(run.leads) for run in runs],
        "excluded": [_count(run.excluded) for run in runs],
        "model": [run.record.model[:_HASH] for run in runs],
    }
    if all(day in ("", when[:_DAY]) for day, when in zip(columns["as of"], times, strict=True)):
        del columns["as of"]
    for name in _LESS_WANTED:
        if width - _taken(columns) < _NARROWEST:
            columns.pop(name, None)
    table = _table(*columns, "what changed")
    _to_left(table, "when", "model", "what changed")
    for cells, run in zip(zip(*columns.values(), strict=True), runs, strict=True):
        table.add_row(*cells, _news(run))
    return table


def _taken(columns: Mapping[str, Sequence[str]]) -> int:
    """Characters that columns take, with the gap after each."""
    return sum(max(map(cell_len, (name, *cells))) + _GAP for name, cells in columns.items())


def _news(run: PastRun) -> Text:
    if run.is_done:
        return Text(changed_said(run))
    return Text(ended_said(run), style="yellow")


def _run_said(run: PastRun) -> str:
    return f"run {run.record.id}, {local_time(run.record.started)}, as of {run.record.as_of}"


def _moves(changes: Sequence[ChangeRecord]) -> Table:
    ids = [id_of(change.key) for change in changes]
    has_ids = any(ids)
    table = _table("row", *(["id"] if has_ids else []), "before", "now", "change", "band", "because")
    _to_left(table, "id", "band", "because")
    for change, own_id in zip(changes, ids, strict=True):
        before = _number(change.previous_score)
        table.add_row(str(change.row), *([Text(own_id)] if has_ids else []), before, *_cells(change))
    return table


def _changes(lead: LeadPast, limit: int) -> Table:
    """What changed about a lead, the newest first."""
    shown = list(reversed(lead.changes))[:limit]
    zone, times = local_column(run.started for run, _ in shown)
    when_heading = f"when ({zone})" if zone else "when"
    table = _table("run", when_heading, "row", "score", "change", "band", "because")
    _to_left(table, when_heading, "band", "because")
    for (run, change), when in zip(shown, times, strict=True):
        table.add_row(str(run.id), when, str(change.row), *_cells(change))
    return table


def _cells(change: ChangeRecord) -> Iterable[Text]:
    """The score, the change, the band, the cause."""
    size = change_of(change)
    yield Text(_number(change.score))
    yield Text(_number(size, "+"), style="" if not size else "green" if size > 0 else "red")
    yield Text(_band_said(change))
    yield Text("new" if change.previous_band is None else change.cause or _NO_CAUSE)


def _band_said(change: ChangeRecord) -> str:
    before, now = (band or _NO_BAND for band in (change.previous_band, change.band))
    is_same = change.previous_band is None or before == now
    return change.band if is_same else f"{before} -> {now}"


def _standing(lead: LeadPast, now: str) -> str:
    """'score 71, Warm since 2026-11-22 04:07 CET (3 days)', or that it is gone."""
    one = lead.standing
    if one is None:
        return f"forgotten, as it was not there for {KEPT_WHEN_GONE} days"
    if lead.gone is not None:
        return f"gone since {local_time(lead.gone)}, with score {_number(one.score)}"
    hours = (datetime.fromisoformat(now) - datetime.fromisoformat(one.since)).total_seconds() / 3600
    band = f", {one.band} since {local_time(one.since)} ({span(hours)})" if one.band else ""
    return f"score {_number(one.score)}{band}"


def _print_others(history: History, console: Console) -> None:
    if history.others:
        names = ", ".join(Path(output).name for output in history.others)
        console.print()
        _say(console, f"{history.state.name} also knows the runs of {names}", style="dim")


def _say(console: Console, text: str, style: str = "") -> None:
    console.print(Text(text, style=style))


def _table(*headings: str) -> Table:
    """Columns to the right, which are never folded."""
    table = Table(box=None, pad_edge=False, header_style="")
    for heading in headings:
        table.add_column(Text(heading, style="dim"), justify="right", no_wrap=True)
    return table


def _to_left(table: Table, *headings: str) -> None:
    """These columns to the left. All but times fold where there is no room, the last one last."""
    for column in table.columns:
        heading = str(column.header)
        if heading in headings:
            column.justify, column.overflow, column.no_wrap = "left", "fold", heading.startswith("when")
            column.min_width = _NARROWEST if heading == headings[-1] else _NARROW


def _count(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _number(number: float | None, sign: str = "") -> str:
    """20.0 -> '20', with sign '+' '+20'; '-' where there is none."""
    return "-" if number is None else f"{number:{sign if number else ''}.10g}"
