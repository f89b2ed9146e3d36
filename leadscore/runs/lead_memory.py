"""The leads of a run, put into the state for the runs to come, and taken out of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date

import pandas as pd

from leadscore.model.model import Model
from leadscore.pipeline.past.alerts import ALERTS_SHOWN, Alerts
from leadscore.pipeline.past.changes import Changes, known_numbers
from leadscore.pipeline.past.earlier import Earlier, Ruler
from leadscore.pipeline.past.in_band import bands_of, before_of
from leadscore.pipeline.results import Results
from leadscore.state.alert_records import crossings_since
from leadscore.state.lead_records import ChangeRecord, LeadRecord, kept_leads, salt_of
from leadscore.state.run_records import RunRecord

_COLUMNS = ("machine", "score", "band", "since")


def earlier_leads(
    connection: sqlite3.Connection, now: RunRecord, last: RunRecord | None, model: Model | None
) -> Earlier:
    """What the state knows of the leads of an output before the run `now`; `model` is that of the `last` run."""
    kept = kept_leads(connection, now.output)
    present = [lead for lead in kept if last is not None and lead.run == last.id and lead.fields]
    return Earlier(
        salt=salt_of(connection),
        now=now.started,
        ruler=Ruler(model, date.fromisoformat(last.as_of), last.evidence, last.reference) if last else None,
        leads=pd.DataFrame(
            [(lead.machine, lead.score, lead.band, lead.since) for lead in kept],
            columns=list(_COLUMNS),
            index=pd.Index([lead.key for lead in kept], dtype=object),
        ),
        texts=pd.DataFrame(
            [json.loads(lead.fields) for lead in present],
            columns=list(last.reads) if last else [],
            index=pd.Index([lead.key for lead in present], dtype=object),
            dtype=object,
        ),
        crossings=crossings_since(connection, now.output, now.started, ALERTS_SHOWN),
    )


def lead_records(run: RunRecord, results: Results, changes: Changes, alerts: Alerts) -> Iterator[LeadRecord]:
    """Every lead of a run that can be known again."""
    machine, score = (known_numbers(total.value) for total in (results.scored.machine.total, results.scored.total))
    fields = zip(*(changes.texts[name] for name in changes.reads), strict=True) if changes.reads else None
    texts = list(fields) if fields is not None else [()] * len(changes.keys)
    standing = alerts.standing
    for place, key in enumerate(changes.keys):
        if key:
            yield LeadRecord(
                key=key,
                run=run.id,
                fields=json.dumps(texts[place], ensure_ascii=False),
                machine=machine[place],
                score=score[place],
                band=standing.bands[place],
                since=standing.since[place],
                due=alerts.due[place],
            )


def change_records(run: RunRecord, results: Results, changes: Changes, earlier: Earlier) -> Iterator[ChangeRecord]:
    """Every lead of a run that is new to the state, or whose score or band is another than before."""
    rows = results.leads.index[~results.blank]
    bands, scores = bands_of(results), known_numbers(results.scored.total.value)
    previous, before = known_numbers(changes.previous), before_of(earlier.leads["band"].tolist(), changes)
    for place, key in enumerate(changes.keys):
        is_same = scores[place] == previous[place] and bands[place] == before[place]
        if key and not is_same:
            yield ChangeRecord(
                run=run.id,
                key=key,
                row=int(rows[place]),
                previous_score=previous[place],
                score=scores[place],
                previous_band=before[place],
                band=bands[place],
                cause=changes.causes[place],
            )
