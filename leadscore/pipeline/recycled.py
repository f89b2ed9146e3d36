"""The day on which each lead was recycled: given back to marketing, to begin anew."""

from __future__ import annotations

import numpy as np
import pandas as pd

from leadscore.issues import Issue, Place
from leadscore.plan.names import Names
from leadscore.plan.plan import Plan, fill_source
from leadscore.scoring.values import Floats, field_values

FIELD = "recycled_at"


def recycled_days(leads: pd.DataFrame, plan: Plan) -> tuple[Floats, list[Issue]]:
    """The proleptic ordinal of each lead's day, NaN for none or one after the run's; and the cells that are no date."""
    source = Names.of(plan.own_columns, plan.model.fields).source_of(FIELD)
    if source is None or source.is_made:
        return np.full(len(leads), np.nan), []
    filled = fill_source(leads, source)
    values = field_values(filled.texts, plan.default_evidence, typed=filled.typed)
    days = values.days[values.codes]
    sheet = str(leads.attrs.get("sheet", "Source"))
    issues = [
        Issue(
            "date-unreadable", Place(sheet, _row(leads, place), heading=filled.columns[place]), filled.texts.iloc[place]
        )
        for place in np.flatnonzero(values.not_read_as("date")[values.codes]).tolist()
    ]
    return np.where(days > plan.as_of.toordinal(), np.nan, days), issues


def _row(leads: pd.DataFrame, place: int) -> int:
    """The row its sheet shows, where the index numbers rows."""
    number = leads.index[place]
    return int(number) if isinstance(number, int | np.integer) and number > 0 else place + 1
