"""Random small models with exclusions and behaviours, and every lead there is with one of several histories."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
from hypothesis import strategies as st

from leadscore.model.behaviours import Behaviour, Decay
from leadscore.model.model import Method
from tests.proof.random_exclusions import AS_OF, models

TESTS = [
    ("is", ("Demo",)),
    ("is", ("Demo", "Mail")),
    ("contains", ("m",)),
    ("is not", ("Demo",)),
    ("starts with", ("vi",)),
    ("is not blank", ()),
]
# What leads did: (activity, days ago, how often).
HISTORIES = (
    (),
    (("Demo", 0, 1),),
    (("Demo", 0, 2), ("Visit", 12, 1)),
    (("Mail", 0, 7),),
    (("Demo", 0, 100), ("Mail", 0, 100), ("Visit", 0, 100)),
    (("Visit", 3, 40), ("Demo", 20, 3)),
    (("Nothing known", 0, 90),),
)


@st.composite
def behaviours(draw, name):
    operator, operands = draw(st.sampled_from(TESTS))
    low, high = sorted(draw(st.lists(st.sampled_from([-90.0, -5.0, 0.0, 20.0, 75.0]), min_size=2, max_size=2)))
    decays = draw(st.booleans())
    return Behaviour(
        name=name,
        score="score",
        operator=operator,
        operands=operands,
        points=draw(st.sampled_from([-60.0, 0.0, 0.7, 12.0, 100.0])),
        at_least=draw(st.sampled_from([None, None, 2])),
        minimum=low if draw(st.integers(0, 3)) == 0 else None,
        maximum=high if draw(st.booleans()) else None,
        window=draw(st.sampled_from([None, 10])),
        decay=Decay.LINEAR if decays else Decay.NONE,
        decay_days=30.0 if decays else None,
    )


@st.composite
def warm_models(draw):
    """A model, every lead with every history, and what they did."""
    model, leads = draw(models())
    rows = tuple(draw(behaviours(f"B{place}")) for place in range(draw(st.integers(1, 3))))
    scores = tuple(score.model_copy(update={"method": Method.SUM}) for score in model.scores)
    return model.model_copy(update={"behaviours": rows, "scores": scores}), *with_histories(leads)


def with_histories(leads):
    """Every lead as many times as there are histories, and their activities."""
    every = leads.merge(pd.DataFrame({"history": range(len(HISTORIES))}), how="cross")
    every["Id"] = [f"L{number}" for number in range(len(every))]
    done = [
        (key, *what) for key, history in zip(every["Id"], every["history"], strict=True) for what in HISTORIES[history]
    ]
    return every.drop(columns="history"), activities_of(done)


def activities_of(done):
    """A table of activities: (id, activity, days ago, count)."""
    rows = [(key, text, (AS_OF - timedelta(days=age)).isoformat(), str(count)) for key, text, age, count in done]
    return pd.DataFrame(rows, columns=["Id", "Activity", "Date", "Count"], dtype=object)
