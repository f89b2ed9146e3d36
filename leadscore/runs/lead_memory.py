"""The leads of a run, put into the state for the runs to come, and taken out of it."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

import pandas as pd

from leadscore.model.model import Model
from leadscore.pipeline.past.changes import Changes
from leadscore.pipeline.past.earlier import Earlier, Ruler
from leadscore.pipeline.results import Results
from leadscore.scoring.values import Floats
from leadscore.state.lead_records import ChangeRecord, LeadRecord, kept_leads, salt_of
from leadscore.state.run_records import RunRecord

Value = TypeVar("Value")
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
    )


def lead_records(run: RunRecord, results: Results, changes: Changes, earlier: Earlier) -> Iterator[LeadRecord]:
    """Every lead of a run that can be known again."""
    machine, score = (_numbers(total.value) for total in (results.scored.machine.total, results.scored.total))
    fields = zip(*(changes.texts[name] for name in changes.reads), strict=True) if changes.reads else None
    texts = list(fields) if fields is not None else [()] * len(changes.keys)
    bands = bands_of(results)
    since = _since(run, bands, changes, earlier)
    for place, key in enumerate(changes.keys):
        if key:
            said = json.dumps(texts[place], ensure_ascii=False)
            yield LeadRecord(key, run.id, said, machine[place], score[place], bands[place], since[place])


def change_records(run: RunRecord, results: Results, changes: Changes, earlier: Earlier) -> Iterator[ChangeRecord]:
    """Every lead of a run that is new to the state, or whose score or band is another than before."""
    rows = results.leads.index[~results.blank]
    bands, scores = bands_of(results), _numbers(results.scored.total.value)
    previous, before = _numbers(changes.previous), _before(earlier.leads["band"].tolist(), changes)
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


def bands_of(results: Results) -> list[str]:
    """The band of each lead that is not a blank row, '' for none."""
    table = results.table[~results.blank]
    return table["band"].tolist() if "band" in table else [""] * len(table)


def _before(values: Sequence[Value], changes: Changes) -> list[Value | None]:
    """What was known of each lead, None for a new one."""
    return [values[place] if place >= 0 else None for place in changes.places]


def _since(run: RunRecord, bands: Sequence[str], changes: Changes, earlier: Earlier) -> list[str]:
    """When each lead entered the band it is in."""
    before = _before(list(zip(earlier.leads["band"], earlier.leads["since"], strict=True)), changes)
    return [old[1] if old and old[0] == band else run.started for band, old in zip(bands, before, strict=True)]


def _numbers(scores: Floats) -> list[float | None]:
    return [None if math.isnan(score) else score for score in scores.tolist()]
