"""What a command is told of a lead that entered an alert band."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from leadscore.pipeline.past.alerts import Alerts
from leadscore.pipeline.past.changes import Changes, known_numbers
from leadscore.pipeline.results import Results
from leadscore.sheets.source import Source
from leadscore.values.cells import text_of

_DIGITS = 16  # hexadecimal


class Found(NamedTuple):
    """What a run found out about its leads; `run` is its number in the state of this salt."""

    results: Results
    changes: Changes
    alerts: Alerts
    source: Source
    salt: bytes
    run: int


def alert_messages(found: Found) -> Iterator[str]:
    """Each crossing of this run in JSON: who (the result columns that are the user's choice), where to, why.

    Its `id` is the same whenever it is told, and no other alert has it. Numbers are numbers or null, the rest is text,
    times in ISO 8601 and UTC.
    """
    leads, table = _leads(found), found.results.table[~found.results.blank]
    actions = table["action"].tolist() if "action" in table else [""] * len(table)
    changes = known_numbers(found.changes.change)
    for one in found.alerts.entered:
        place = found.alerts.places[one.key]
        message = {
            "id": hashlib.sha256(found.salt + f"{found.run}\n{one.key}".encode()).hexdigest()[:_DIGITS],
            "at": one.at,
            "row": one.row,
            "lead": {heading: text_of(cells.iloc[place]) for heading, cells in leads.items()},
            "score": one.score,
            "previous_score": one.previous_score,
            "change": changes[place],
            "change_cause": one.cause,
            "band": one.band,
            "previous_band": one.previous_band,
            "action": actions[place],
            "follow_up_by": found.alerts.due[place],
        }
        yield json.dumps(message)


def _leads(found: Found) -> dict[str, pd.Series]:
    """The result columns of the leads that are not blank rows, under the headings that the user wrote."""
    results, rows = found.results, ~found.results.blank
    written = dict(zip(found.source.leads.columns, found.source.headings, strict=True))
    return {
        written.get(name, name): (results.leads[name] if name in written else results.enriched[name])[rows]
        for name in results.plan.result_columns
    }
