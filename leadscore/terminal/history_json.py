"""The same as the tables of `history`, as one JSON object on stdout. Names are those of the state's tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from leadscore.runs.history import History, Movers, PastRun, change_of
from leadscore.runs.stays import BandTime, LeadPast
from leadscore.state.lead_records import ChangeRecord
from leadscore.terminal.history_words import ended_said, id_of

_HOUR_DIGITS = 2


def show_runs(history: History, runs: Mapping[str, Sequence[PastRun]]) -> None:
    """`runs` of every output, the newest first within each."""
    _print(history, runs=[_run(run) for shown in runs.values() for run in shown], other_outputs=list(history.others))


def show_movers(history: History, movers: Movers, limit: int) -> None:
    """`run`, how many `changes` of known leads it made, and the largest as `movers`."""
    changes = [_change(change) for change in movers.changes[:limit]]
    _print(history, run=_run(movers.run), changes=len(movers.changes), movers=changes)


def show_lead(history: History, leads: Sequence[LeadPast], limit: int) -> None:
    """`leads` that share the id or e-mail; `changes` with the newest first."""
    _print(history, output=history.scored, leads=[_lead(lead, limit) for lead in leads])


def show_bands(history: History, bands: Sequence[BandTime]) -> None:
    """`bands` with the highest first; times in hours."""
    first = history.done_runs(history.scored)[0].started
    _print(history, output=history.scored, known_since=first, bands=[_rounded(asdict(band)) for band in bands])


def _print(history: History, **content: object) -> None:
    said = {"schema": 1, "state": str(history.state), **content}
    print(json.dumps(said, ensure_ascii=False, indent=2))


def _run(run: PastRun) -> dict[str, object]:
    """A time that is not known is null, and so is what a failed run did not come to."""
    record, counts = run.record, run.counts
    return {
        "id": record.id,
        "output": record.output,
        "kind": record.kind,
        "started": record.started,
        "ended": record.ended or None,
        "exit_code": record.exit_code,
        "ending": ended_said(run),
        "as_of": record.as_of or None,
        "model": record.model or None,
        "rows": dict(record.rows),
        "leads": run.leads,
        "excluded": run.excluded,
        "run_before": run.previous.id if run.previous else None,
        "changed": {
            "news": list(run.news),
            "new": counts.new if counts else None,
            "gone": run.gone,
            "score": counts.scores if counts else None,
            "band": counts.bands if counts else None,
        },
    }


def _change(change: ChangeRecord) -> dict[str, object]:
    return {**change._asdict(), "id": id_of(change.key) or None, "change": change_of(change)}


def _lead(lead: LeadPast, limit: int) -> dict[str, object]:
    changes = [{**_change(change), "started": run.started} for run, change in lead.changes]
    return {
        "number": lead.number,
        "is_there": lead.is_there,
        "gone": lead.gone.isoformat() if lead.gone else None,
        **{name: getattr(lead.standing, name, None) for name in ("key", "score", "band", "since")},
        "hours_in_band": _rounded(lead.hours),
        "changes": changes[::-1][:limit],
    }


def _rounded(values: Mapping[str, object]) -> dict[str, object]:
    return {name: round(one, _HOUR_DIGITS) if isinstance(one, float) else one for name, one in values.items()}
