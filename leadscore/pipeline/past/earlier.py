"""What is known of the leads from earlier runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from leadscore.model.model import Model
from leadscore.plan.names import FieldSource
from leadscore.scoring.values import Codes
from leadscore.state.alert_records import Crossing
from leadscore.values.evidence import Evidence

# How a state names the columns that a model read: two that go by one name may be of the sheet and of ours.
OF_SHEET, OF_OURS, OF_BEHAVIOURS = "sheet: ", "made: ", "behaviours: "


@dataclass(frozen=True)
class Ruler:
    """What the last run scored by: None for a model that is not known any more; its day; how columns were written."""

    model: Model | None
    as_of: date
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)
    reference: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """The leads of earlier runs by their keys, as the last run that had them saw them.

    `leads` has the columns machine, score (NaN for none), band and since; `texts`, of the leads of the last run only,
    what they held in the columns that its model read, named by `OF_SHEET` and `OF_OURS`. `ruler` None: no earlier run.
    `now` is the start of this run, ISO 8601 in UTC. `crossings` are those into alert bands of the last days.
    """

    salt: bytes
    now: str
    ruler: Ruler | None
    leads: pd.DataFrame
    texts: pd.DataFrame
    crossings: Sequence[Crossing] = ()

    def places(self, keys: Sequence[str]) -> Codes:
        """Where in `leads` each key stands, -1 where it is not known."""
        return np.asarray(self.leads.index.get_indexer(pd.Index(keys, dtype=object)))


def evidence_key(source: FieldSource) -> str:
    """A name for the columns whose writing is told by one evidence."""
    return f"{OF_OURS}{source.name}" if source.is_made else " + ".join(source.columns)


def said_evidence(evidence: Evidence) -> list[str]:
    """What a state keeps of it."""
    return [evidence.decimal_mark, evidence.day_order]


def kept_evidence(said: Sequence[str], default: Evidence) -> Evidence:
    """The evidence of which a state kept this."""
    mark, order = said
    return replace(
        default,
        decimal_mark="," if mark == "," else ".",
        day_order="month-day" if order == "month-day" else "day-month",
    )
