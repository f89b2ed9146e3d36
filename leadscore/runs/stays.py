"""How long leads stay in each band, and one lead over time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from leadscore.enrichment.email import judge
from leadscore.enrichment.email_cleaning import clean_address
from leadscore.errors import SourceError
from leadscore.model.model import Model
from leadscore.pipeline.past.keys import name_of
from leadscore.runs.history import History
from leadscore.scoring.bands import EXCLUDED, rising
from leadscore.state.lead_records import ChangeRecord
from leadscore.state.past_runs import (
    BandChange,
    Standing,
    band_changes,
    changes_of_lead,
    kept_salt,
    keys_like,
    standings,
)
from leadscore.state.run_records import RunRecord, kept_model

RECENT = 30  # days within which entries and exits are counted
_HOUR = timedelta(hours=1)


class Stay(NamedTuple):
    """The time of a lead in a band; `end` None: it is there, or with `is_over` it left when nobody looked.

    A stay that began before the first run is known from that run on.
    """

    key: str
    band: str
    start: datetime
    end: datetime | None
    is_over: bool

    def hours(self, now: datetime) -> float | None:
        """Its length so far, None where the end is not known."""
        end = self.end if self.is_over else now
        return None if end is None else (end - self.start) / _HOUR


@dataclass(frozen=True)
class BandTime:
    """A band: its leads now and for how many hours they are there, who came and went lately, how long stays were."""

    band: str
    leads: int
    median_hours: float | None
    longest_hours: float | None
    entries: int
    exits: int
    completed: int
    completed_median_hours: float | None


@dataclass(frozen=True)
class LeadPast:
    """One lead over time; `gone`: the start of the first run that had it no more, where that is known.

    `standing` None: it is forgotten. `hours` are those it spent in each band, as far as they are known.
    """

    number: int
    standing: Standing | None
    gone: datetime | None
    changes: Sequence[tuple[RunRecord, ChangeRecord]]
    hours: dict[str, float]

    @property
    def is_there(self) -> bool:
        """Whether the last run had it."""
        return self.standing is not None and self.gone is None


def time_in_bands(history: History) -> list[BandTime]:
    """The bands, the highest first. Raises SourceError for a model that has none."""
    past = _Past(history)
    stays, now = list(past.stays()), past.now
    by_band = defaultdict(list)
    for stay in stays:
        by_band[stay.band].append(stay)
    if by_band and not set(by_band) - {"", EXCLUDED}:
        raise SourceError("the model has no bands, so no lead can be in one; its sheet Bands would name them")
    names = [*past.band_names(), *sorted(set(by_band) - {EXCLUDED, ""}), EXCLUDED, ""]
    return [
        _band_time(band, by_band[band], now, past.first)
        for band in dict.fromkeys(names)
        if by_band[band] or band not in (EXCLUDED, "")
    ]


def lead_over_time(history: History, lead: str) -> list[LeadPast]:
    """The leads of an id or e-mail, as their sheet may write it; one, unless several share it. Raises SourceError."""
    output, salt = history.scored, kept_salt(history.connection)
    keys = [key for name in _names(lead.strip(), salt) for key in keys_like(history.connection, output, name)]
    if not keys:
        raise SourceError(
            f"no lead of this id or e-mail is known to {history.state.name}; leads go by their id, else by their e-mail"
        )
    past = _Past(history)
    return [past.lead(key, number) for number, key in enumerate(keys, start=1)]


def _names(lead: str, salt: bytes) -> list[str]:
    """What a lead may be called in the state: by an id, by what its e-mail cell holds, or by what that means."""
    address = clean_address(lead)
    norm = judge(address, frozenset())[0]
    return [
        name
        for name in dict.fromkeys((name_of(lead, "", salt), *(name_of("", text, salt) for text in (lead, norm))))
        if name
    ]


class _Past:
    """What became of the leads of one output."""

    def __init__(self, history: History) -> None:
        self._history, self._output = history, history.scored
        self._runs = history.done_runs(self._output)
        self._ids = [run.id for run in self._runs]
        self.now = _time_of(history.now)
        self.first = _time_of(self._runs[0].started)

    def band_names(self) -> list[str]:
        """The bands of the last run's model, the highest first; [] where the model was not kept."""
        try:
            model = Model.model_validate_json(kept_model(self._history.connection, self._runs[-1].model))
        except ValueError:
            return []
        return [band.name for band in reversed(rising(band for band in model.bands if not band.score))]

    def stays(self, key: str | None = None) -> Iterator[Stay]:
        """Every stay of every lead, or of one of them, in their order."""
        connection, output = self._history.connection, self._output
        standing = {one.key: one for one in standings(connection, output, key)}
        changes = band_changes(connection, output, key)
        for name, moves in groupby(changes, key=lambda change: change.key):
            yield from self._stays_of(list(moves), standing.pop(name, None))
        for one in standing.values():  # their changes are too old to be kept
            yield self._last_stay(one)

    def lead(self, key: str, number: int) -> LeadPast:
        """One lead, as the `number`th of those that share a name."""
        runs = {run.id: run for run in self._runs}
        changes = changes_of_lead(self._history.connection, self._output, key)
        standing = next(iter(standings(self._history.connection, self._output, key)), None)
        hours: dict[str, float] = defaultdict(float)
        for stay in self.stays(key):
            hours[stay.band] += stay.hours(self.now) or 0.0
        return LeadPast(
            number=number,
            standing=standing,
            gone=self._gone(standing.run) if standing is not None else None,
            changes=[(runs[change.run], change) for change in changes if change.run in runs],
            hours=dict(sorted(hours.items(), key=lambda band: -band[1])),
        )

    def _stays_of(self, moves: Sequence[BandChange], standing: Standing | None) -> Iterator[Stay]:
        """The stays that changes of band tell of; what the lead did between being forgotten and found is not known."""
        for move, after in pairwise(moves):
            end = None if after.previous_band is None else _time_of(after.started)
            yield Stay(move.key, move.band, _time_of(move.started), end, is_over=True)
        if standing is not None:
            yield self._last_stay(standing)
        else:
            last = moves[-1]
            yield Stay(last.key, last.band, _time_of(last.started), None, is_over=True)

    def _last_stay(self, one: Standing) -> Stay:
        gone = self._gone(one.run)
        return Stay(one.key, one.band, _time_of(one.since), gone, is_over=gone is not None)

    def _gone(self, last_run: int) -> datetime | None:
        """When a lead was first missed, None when the last run had it."""
        place = bisect_right(self._ids, last_run)
        return _time_of(self._runs[place].started) if place < len(self._runs) else None


def _band_time(band: str, stays: Sequence[Stay], now: datetime, first: datetime) -> BandTime:
    """`first`: the start of the first run, which is no entry of the leads it found."""
    current = [stay.hours(now) for stay in stays if not stay.is_over]
    completed = [stay.hours(now) for stay in stays if stay.is_over]
    limit = now - timedelta(days=RECENT)
    known = _known(current)
    return BandTime(
        band=band,
        leads=len(current),
        median_hours=_median(current),
        longest_hours=max(known, default=None),
        entries=sum(stay.start >= limit and stay.start > first for stay in stays),
        exits=sum(stay.end is not None and stay.end >= limit for stay in stays),
        completed=len(_known(completed)),
        completed_median_hours=_median(completed),
    )


@lru_cache  # leads are many, runs are few
def _time_of(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _known(hours: Iterable[float | None]) -> list[float]:
    return [one for one in hours if one is not None]


def _median(hours: Iterable[float | None]) -> float | None:
    known = _known(hours)
    return median(known) if known else None
