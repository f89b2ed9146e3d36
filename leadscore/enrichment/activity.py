"""What a lead did, in figures: made of its activities, which are counted before enrichment."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.enrichment.step import Context, MadeColumn

NEEDS = ("id", "email")  # by which activities find their lead
MAKES = (
    MadeColumn("days_since_last_activity", "Days since the newest activity; blank for none.", kind="integer"),
    MadeColumn("activity_count", "How many activities there are, each as often as it happened.", kind="number"),
    MadeColumn("activity_count_30d", "How many of the last 30 days.", kind="number"),
    MadeColumn("activity_count_90d", "How many of the last 90 days.", kind="number"),
    MadeColumn("activity_trend", "The share of all activities that the last 90 days have.", kind="share"),
    MadeColumn("active_share", "The share of active ones among activities of a stage.", kind="share"),
    MadeColumn("active_points", "What behaviours of the stage active give today.", kind="number"),
    MadeColumn("passive_points", "What behaviours of the stage passive give today.", kind="number"),
)

# Columns for each behaviour of the model: its name follows.
LAST, COUNT = "last: ", "count: "


def column_of_behaviour(name: str) -> MadeColumn | None:
    """The column called 'last: Demo' or 'count: Demo', None where that is no such name."""
    if name.startswith(LAST):
        about = f"Days since the newest activity of the behaviour {name.removeprefix(LAST)}; blank for none."
        return MadeColumn(name, about, kind="integer")
    if name.startswith(COUNT):
        about = f"How many activities of the behaviour {name.removeprefix(COUNT)} there are."
        return MadeColumn(name, about, kind="number")
    return None


def run(fields: pd.DataFrame, _context: Context) -> pd.DataFrame:
    """The columns of `MAKES`, blank: what leads did is not among their fields, and counted once they are known."""
    return pd.DataFrame("", index=fields.index, columns=[column.name for column in MAKES], dtype=object)


def cells_of(column: MadeColumn, figures: npt.NDArray[np.float64]) -> list[object]:
    """Figures as the cells of such a column: NaN is a blank, days are whole numbers."""
    shown = int if column.kind == "integer" else float
    return ["" if math.isnan(figure) else shown(figure) for figure in figures.tolist()]
