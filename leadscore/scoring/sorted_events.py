"""Events put in order once, activity by activity, so that each behaviour touches its own only and adds them exactly.

Floats depend on the order they are added in, whole numbers do not. So counts are whole units and shares of points are
whole parts: whichever way a sheet is sorted or an event is split, a lead gets the same double.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from leadscore.scoring.decays import Wholes
from leadscore.scoring.events import Events
from leadscore.scoring.values import Bools, Codes, FieldValues, Floats
from leadscore.values.evidence import Evidence, gather_evidence

Places = Codes | slice  # of sorted events, upwards

_MILLIONTHS = 10**6  # what counts are counted in where one of them is not whole
_EXACT_BITS = 53  # a double holds every whole number below 2^53


@dataclass(frozen=True)
class SortedEvents:
    """The events that count: those of activity a are `events` at the places `order[starts[a]:starts[a + 1]]`.

    `values` are the activities' texts. The arrays below are in sorted order; an event happened `units / unit` times.
    """

    events: Events
    values: FieldValues
    order: Codes
    starts: Codes
    unit: int

    @cached_property
    def lead(self) -> Codes:
        """Whose each event is."""
        return self.events.lead[self.order]

    @cached_property
    def age(self) -> Codes:
        """In calendar days."""
        return self.events.age[self.order]

    @cached_property
    def units(self) -> Floats:
        """How often, in whole numbers."""
        if self.is_each_once:
            return np.ones(len(self.order))
        return np.rint(self.events.count[self.order] * self.unit)

    @cached_property
    def product(self) -> Codes:
        """A place in the events' products."""
        return self.events.product[self.order]

    @cached_property
    def is_each_once(self) -> bool:
        """Whether no event happened more than once, as in most sheets: then no product with counts is needed."""
        return bool((self.events.count == 1).all())

    @cached_property
    def oldest(self) -> int:
        """The highest age; 0 when there are no events."""
        return int(self.age.max(initial=0))

    @cached_property
    def late(self) -> SortedEvents:
        """Without what happened before the day its lead was recycled."""
        if not self.events.is_early.any():
            return self
        return self.only(~self.events.is_early)

    @cached_property
    def recycled(self) -> Codes:
        """The leads that did something before they were recycled, upwards."""
        return np.flatnonzero(np.bincount(self.events.lead[self.events.is_early]))

    @cached_property
    def of_recycled(self) -> SortedEvents:
        """All the events of such leads, and no others."""
        return self.only(np.isin(self.events.lead, self.recycled))

    def only(self, kept: Bools) -> SortedEvents:
        """Without the events that are not kept; one item per event, in the order of `events`."""
        places = np.flatnonzero(kept[self.order])
        return replace(self, order=self.order[places], starts=np.searchsorted(places, self.starts))

    def places_of(self, activities: Bools) -> Places:
        """Where the events of these activities stand, one item per text in `activities`."""
        chosen = np.flatnonzero(activities)
        if len(chosen) and len(chosen) == chosen[-1] - chosen[0] + 1:
            # One activity, or neighbours: their arrays need no copy.
            return slice(int(self.starts[chosen[0]]), int(self.starts[chosen[-1] + 1]))
        starts, sizes = self.starts[:-1][activities], np.diff(self.starts)[activities]
        ends = np.cumsum(sizes)
        places = np.arange(sizes.sum()) + np.repeat(starts - (ends - sizes), sizes)
        return np.asarray(places, dtype=np.intp)

    def totals(self, places: Places, parts: Wholes, leads: int) -> Floats:
        """For each lead, units x parts[age] added up over the events at these places.

        Parts are whole numbers from 0. Exact below 2^53; above, the nearest double as long as two halves of the parts
        are enough.
        """
        lead, age, units = self.lead[places], self.age[places], self.units[places]
        total, scale = np.zeros(leads), 1.0
        while parts.any():
            weights = (parts & (2**self._bits - 1)).astype(float)[age]
            if not self.is_each_once:
                weights *= units
            total += np.bincount(lead, weights=weights, minlength=leads) * scale
            parts, scale = parts >> self._bits, scale * 2**self._bits
        return total

    def counts(self, places: Places, leads: int) -> Floats:
        """How often each lead did what the events at these places say."""
        return np.bincount(self.lead[places], weights=self.units[places], minlength=leads) / self.unit

    def newest(self, places: Places, leads: int) -> Floats:
        """For each lead, the age of its newest event at these places; NaN where it has none."""
        newest = np.full(leads, np.inf)
        np.minimum.at(newest, self.lead[places], self.age[places].astype(float))
        return np.where(np.isinf(newest), np.nan, newest)

    @cached_property
    def _bits(self) -> int:
        """How long the parts may be so that the sums of the lead with most units stay exact."""
        most = np.bincount(self.lead, weights=self.units, minlength=1).max()
        return max(1, _EXACT_BITS - int(most).bit_length())


def narrowed(places: Places, kept: Bools) -> Codes:
    """The places that are kept; one item per place."""
    if isinstance(places, slice):
        return np.flatnonzero(kept) + int(places.start)
    return np.asarray(places[kept], dtype=np.intp)


def sort_events(events: Events, language_default: Evidence) -> SortedEvents:
    """Events by activity. What happened no time, or not yet, is left out; counts are read to the millionth.

    `language_default` is how texts that could be read two ways are read, as for fields.
    """
    evidence = gather_evidence(events.texts, language_default)
    values = FieldValues(np.arange(len(events.texts)), events.texts, evidence)
    # Codes this short are sorted in linear time.
    order = np.argsort(events.activity.astype(np.min_scalar_type(len(events.texts))), kind="stable")
    ends = np.cumsum(np.bincount(events.activity, minlength=len(events.texts)))
    is_whole = bool((events.count == np.rint(events.count)).all())
    unit = 1 if is_whole else _MILLIONTHS
    found = SortedEvents(events, values, order, np.concatenate([[0], ends]), unit)
    counts = (np.rint(events.count * unit) > 0) & (events.age >= 0)
    return found if counts.all() else found.only(counts)
