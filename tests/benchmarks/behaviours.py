"""A million activities of 100,000 leads by 12 behaviours, against one pandas groupby-sum of the same events.

Run `python -m tests.benchmarks.behaviours`. It prints the median times of runs taken in turn, and their ratio: load on
the machine weighs on both alike. The bound is 3. No test is collected here.
"""

from datetime import date
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd

from leadscore.model.behaviours import Behaviour, Decay, Stage
from leadscore.scoring.activity_fields import activity_fields
from leadscore.scoring.behaviours import behaviour_points
from leadscore.scoring.events import Events
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.sorted_events import sort_events
from leadscore.values.evidence import Evidence

EVENTS, LEADS, TEXTS, OLDEST_DAYS, RECYCLED_DAYS, RUNS = 1_000_000, 100_000, 40, 400, 100, 9
BOUND = 3
AROUND = Surroundings(date(2026, 3, 15), {}, "day-month")
EVIDENCE = Evidence(".", "day-month")


def random_events(*, has_fractions):
    """Any lead, activity and age alike; a twentieth of the leads was recycled."""
    random = np.random.default_rng(7)
    lead, age = random.integers(0, LEADS, EVENTS), random.integers(0, OLDEST_DAYS, EVENTS)
    return Events(
        lead=lead,
        activity=random.integers(0, TEXTS, EVENTS),
        age=age,
        count=random.integers(1, 9, EVENTS) / 4 if has_fractions else np.ones(EVENTS),
        product=random.integers(0, 3, EVENTS),
        is_early=(lead % 20 == 0) & (age > RECYCLED_DAYS),
        texts=tuple(f"visited page {number}" for number in range(TEXTS)),
        products=("", "CRM", "ERP"),
    )


def twelve_behaviours():
    """Every decay with and without limits; one asks for each activity, one for many, some for one product."""
    decays = [
        {},
        {"decay": Decay.LINEAR, "decay_days": 30},
        {"decay": Decay.HALF_LIFE, "decay_days": 14},
        {"decay": Decay.STEP, "decay_days": 30, "step": 0.25},
    ]
    limits = [{"maximum": 50.0}, {"window": 90, "product": "CRM"}, {"at_least": 2, "window": 60}]
    asked = [("is", f"visited page {number}") for number in range(10)] + [("contains", "page"), ("ends with", "7")]
    return [
        Behaviour(
            score="engagement",
            name=f"{operator} {text}",
            operator=operator,
            operands=(text,),
            points=5.0,
            stage=Stage.ACTIVE if number % 2 else Stage.PASSIVE,
            **decays[number % 4],
            **limits[number % 3],
        )
        for number, (operator, text) in enumerate(asked)
    ]


def all_points(events, early_share):
    """The events put in order, and every behaviour with the points it gives."""
    found = sort_events(events, EVIDENCE)
    return found, [(one, behaviour_points(one, found, LEADS, AROUND, early_share)) for one in twelve_behaviours()]


def points_and_fields(events, early_share):
    found, scored = all_points(events, early_share)
    return activity_fields(scored, found, LEADS, AROUND)


def interleaved(**works):
    """The median seconds of each work, each run taken in turn with the others."""
    seconds = {name: [] for name in works}
    for _ in range(RUNS):
        for name, work in works.items():
            start = perf_counter()
            work()
            seconds[name].append(perf_counter() - start)
    return {name: median(told) for name, told in seconds.items()}


def main():
    for about, has_fractions in (("whole counts", False), ("counts in quarters", True)):
        events = random_events(has_fractions=has_fractions)
        frame = pd.DataFrame({"lead": events.lead, "count": events.count})
        took = interleaved(
            groupby=lambda frame=frame: frame.groupby("lead").sum(),
            points=lambda events=events: all_points(events, 0.0),
            points_with_early_share=lambda events=events: all_points(events, 0.5),
            points_and_fields=lambda events=events: points_and_fields(events, 0.0),
        )
        for name, seconds in took.items():
            print(f"{about}: {name} {1000 * seconds:.0f} ms, {seconds / took['groupby']:.2f} x groupby")
    print(f"bound for points: {BOUND} x groupby")


if __name__ == "__main__":
    main()
