"""The sheet Alerts: who entered an alert band in the last days, and whom nobody has followed up in time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.book import Taken, Wording, band_looks, own_columns, worded
from leadscore.pipeline.past.alerts import ALERTS_SHOWN, Alerts
from leadscore.pipeline.results import Results
from leadscore.pipeline.who import who_columns
from leadscore.scoring.bands import EXCLUDED
from leadscore.sheets.output import Kind, Look, OutColumn, OutSheet
from leadscore.sheets.source import Source

ENTERED, OVERDUE = "entered", "overdue"
_HOUR = 3_600  # seconds
_MOMENT_WIDTH = 18  # characters
_NAMES = ("score", "band", "band_before", "change_cause", "action", "follow_up_by", "hours_overdue")


class _Row(NamedTuple):
    """One alert; `place` is that of its lead among those that are not blank rows."""

    alert: str
    place: int
    entered_at: str
    score: float | None
    band: str
    band_before: str = ""
    change_cause: str = ""
    action: str = ""
    follow_up_by: str = ""
    hours_overdue: float = math.nan


def alerts_sheet(results: Results, source: Source, alerts: Alerts, wording: Wording) -> OutSheet:
    """One row per alert: crossings first, the newest on top, then the leads that are overdue, the longest on top.

    A lead that is no longer in the sheet is left out. Times are shown where the model is, else where the machine is.
    """
    rows = [*_crossings(results, alerts), *_overdue(results, alerts)]
    own = _who(results, source, [row.place for row in rows])
    maker = _Maker(results, wording, alerts.now, Taken(own))
    numbers = results.leads.index[~results.blank]
    return OutSheet(
        wording.sheet("alerts"),
        [
            maker.column("alert", [row.alert for row in rows]),
            maker.column("entered_at", [row.entered_at for row in rows]),
            maker.column("row", [int(numbers[row.place]) for row in rows]),
            *own,
            *(maker.column(name, [getattr(row, name) for row in rows]) for name in _NAMES),
        ],
        decimals=results.plan.model.settings.decimals,
    )


def _crossings(results: Results, alerts: Alerts) -> Iterator[_Row]:
    actions, standing = _actions(results), alerts.standing
    for one in sorted((*alerts.entered, *alerts.recent), key=lambda one: one.at, reverse=True):
        place = alerts.places.get(one.key)
        if place is not None:
            is_there_still = standing.bands[place] == one.band and standing.since[place] == one.at
            todo = (actions[place], alerts.due[place]) if is_there_still else ("", "")
            yield _Row(ENTERED, place, one.at, one.score, one.band, one.previous_band, one.cause, *todo)


def _overdue(results: Results, alerts: Alerts) -> Iterator[_Row]:
    actions, standing, scores = _actions(results), alerts.standing, results.scored.total.value.tolist()
    for place in alerts.overdue:
        yield _Row(
            OVERDUE,
            place,
            standing.since[place],
            scores[place],
            standing.bands[place],
            action=actions[place],
            follow_up_by=alerts.due[place],
            hours_overdue=round((_time(alerts.now) - _time(alerts.due[place])).total_seconds() / _HOUR, 1),
        )


def _actions(results: Results) -> list[str]:
    """What to do with each lead that is not a blank row."""
    table = results.table[~results.blank]
    return table["action"].tolist() if "action" in table else [""] * len(table)


def _who(results: Results, source: Source, places: Sequence[int]) -> list[OutColumn]:
    """The first of the user's columns that say who a lead is; the first of all where none does."""
    return own_columns(results.leads[~results.blank].iloc[list(places)], source, who_columns(results.plan))


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


@dataclass(frozen=True)
class _Maker:
    """Makes the columns that are ours."""

    results: Results
    wording: Wording
    now: str
    taken: Taken

    def column(self, name: str, cells: Sequence[object]) -> OutColumn:
        """A column as it shows."""
        kind, note = _COLUMNS[name]
        shown = _SHOWN.get(name, _as_it_is)(self, pd.Series(cells, dtype=object))
        return OutColumn(
            self.taken.free(self.wording.column(name)),
            shown,
            kind,
            note.format(zone=self.zone, now=f"{self.local(self.now):%Y-%m-%d %H:%M}"),
            width=_MOMENT_WIDTH if kind == "moment" else 0,
            looks=self._looks(name),
        )

    def _looks(self, name: str) -> list[Look]:
        """Bands in their colours, and what is overdue in the colour of what is bad."""
        if name == "alert":
            return [Look(vocabulary("alerts").say(OVERDUE, self.wording.language), "bad")]
        is_band = name in ("band", "band_before")
        return band_looks(self.results.plan.model, "", self.wording) if is_band else []

    def local(self, stamp: object) -> datetime | None:
        """A time in the model's zone, else in the machine's, as a clock there shows it; None for ''."""
        if not isinstance(stamp, str) or not stamp:
            return None
        return _time(stamp).astimezone(self.results.plan.default_evidence.zone).replace(tzinfo=None)

    @property
    def zone(self) -> str:
        """The time zone that times are shown in, as people call it."""
        zone = self.results.plan.default_evidence.zone
        return zone.key if zone else f"{_time(self.now).astimezone().tzname()}, this machine's"

    def alerts(self, cells: pd.Series) -> list[object]:
        """What the rows are, in the language of the workbook."""
        return [vocabulary("alerts").say(cell, self.wording.language) for cell in cells]

    def bands(self, cells: pd.Series) -> list[object]:
        """Bands with our own in the language of the workbook."""
        return worded(cells, (EXCLUDED,), self.wording)

    def times(self, cells: pd.Series) -> list[object]:
        """Times as a clock shows them."""
        return [self.local(cell) for cell in cells]

    def causes(self, cells: pd.Series) -> list[object]:
        """Causes in the language of the workbook."""
        return [self.wording.cause(cell) for cell in cells]


def _as_it_is(_: _Maker, cells: pd.Series) -> list[object]:
    return cells.tolist()


_ALERT_NOTE = f"""entered: the lead came into one of the Alert bands in the last {ALERTS_SHOWN} days.
overdue: it has been in its band longer than Follow up within says, and nobody touched it since."""
# Column -> how it shows, and what it means to the person who reads it.
_COLUMNS: dict[str, tuple[Kind, str]] = {
    "alert": ("text", _ALERT_NOTE),
    "entered_at": ("moment", "When the lead entered the band: the start of the run that first saw it there. {zone}."),
    "row": ("integer", "The lead's row in the sheet of leads."),
    "score": ("score", "The lead's score: of one that entered, as it was then; of one that is overdue, as it is now."),
    "band": ("band", "The band that the lead entered, or waits in."),
    "band_before": ("band", "The band that the lead was in before; blank for a new lead."),
    "change_cause": ("text", "Why its score changed then. Blank for a new lead."),
    "action": ("text", "What to do, while the lead is in that band."),
    "follow_up_by": (
        "moment",
        "By when somebody is to have followed up: Follow up within, of the sheet Bands. {zone}.",
    ),
    "hours_overdue": ("number", "How many hours that was ago, when these results were written: {now}."),
}
_SHOWN: dict[str, Callable[[_Maker, pd.Series], list[object]]] = {
    "alert": _Maker.alerts,
    "band": _Maker.bands,
    "band_before": _Maker.bands,
    "entered_at": _Maker.times,
    "follow_up_by": _Maker.times,
    "change_cause": _Maker.causes,
}
