"""Behaviours against the activities of a run: what none is about, and what no behaviour asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from leadscore.issues import Issue, Place
from leadscore.model.behaviours import Behaviour
from leadscore.model.operators import FAMILIES, Family
from leadscore.pipeline.doubts.tally import counted
from leadscore.plan.plan import Plan
from leadscore.scoring.behaviours import places_matched
from leadscore.scoring.events import Events
from leadscore.scoring.sorted_events import SortedEvents, sort_events
from leadscore.scoring.values import Codes

_SHOWN = 5  # activities named in a sentence
_NEGATIVE = frozenset({"is not", "does not contain"})


@dataclass(frozen=True)
class Happenings:
    """What the leads of a run did, and the plan whose behaviours are put to it."""

    events: Events
    plan: Plan

    @cached_property
    def sorted(self) -> SortedEvents:
        """The events as behaviours take them."""
        return sort_events(self.events, self.plan.default_evidence)

    def matched(self, behaviour: Behaviour) -> Codes:
        """Where the events stand that a behaviour is about, of any age."""
        places = places_matched(behaviour, self.sorted, self.plan.surroundings)
        return np.arange(len(self.sorted.order))[places]

    def reached(self, behaviour: Behaviour) -> tuple[int, int]:
        """How many leads did what a behaviour is about, and in how many events."""
        places = self.matched(behaviour)
        return len(np.unique(self.sorted.lead[places])), len(places)


def activity_issues(happened: Happenings) -> Iterator[Issue]:
    """Behaviours without any activity, names that none has, and the activities that no behaviour names."""
    if not len(happened.sorted.order):
        return
    for behaviour in happened.plan.behaviours:
        if not len(happened.matched(behaviour)):
            count = counted(len(happened.sorted.order), "activity")
            yield Issue("behaviour-never", behaviour.value_place, behaviour.name, {"count": count})
        else:
            yield from _unmatched(behaviour, happened)
    yield from _unnamed(happened)


def _unmatched(behaviour: Behaviour, happened: Happenings) -> Iterator[Issue]:
    """Names of one behaviour that no activity has."""
    if FAMILIES[behaviour.operator] is not Family.TEXT or behaviour.operator in _NEGATIVE:
        return
    about = f" about {behaviour.product}" if behaviour.product else ""
    for operand in behaviour.operands:
        if not len(happened.matched(behaviour.model_copy(update={"operands": (operand,)}))):
            yield Issue("behaviour-unmatched", behaviour.value_place, str(operand), {"about": about})


def _unnamed(happened: Happenings) -> Iterator[Issue]:
    """The activities that no behaviour is about, the most frequent first."""
    if not happened.plan.behaviours:
        return
    left = np.ones(len(happened.sorted.order), dtype=bool)
    for behaviour in happened.plan.behaviours:
        left[happened.matched(behaviour)] = False
    if not left.any():
        return
    texts = happened.events.texts
    counts = np.bincount(happened.events.activity[happened.sorted.order][left], minlength=len(texts))
    places = sorted(np.flatnonzero(counts), key=lambda place: (-counts[place], texts[place]))
    shown = ", ".join(f"{texts[place]} ({counts[place]:,})" for place in places[:_SHOWN])
    more = f" and {counted(len(places) - _SHOWN, 'other name')}" if len(places) > _SHOWN else ""
    details = {"count": counted(int(left.sum()), "activity"), "values": shown + more}
    yield Issue("activities-unnamed", Place(happened.plan.behaviours[0].place.sheet), "", details)
