"""What a made-up lead may have done to score as much as behaviours let it: real activities, to be scored for real."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from leadscore.model.behaviours import Behaviour
from leadscore.model.model import Score
from leadscore.pipeline.doubts.trial import score_in, tried
from leadscore.plan.doubts.situations import behaviours_in
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan
from leadscore.scoring.events import Deed
from leadscore.scoring.operators import holds
from leadscore.scoring.proof.asks import Asks, Look
from leadscore.scoring.proof.candidates import candidates
from leadscore.scoring.proof.lifts import is_unlimited, reach
from leadscore.scoring.values import FieldValues
from leadscore.values.cells import number_text
from leadscore.values.numbers import plain_number

_MOST_TIMES = 10**9  # more often than anybody does anything
_RANK = {"count: ": 1, "last: ": 0}

Lead = Mapping[FieldSource, str]
Deeds = Sequence[Deed]


def doings(lead: Lead, score: Score, plan: Plan) -> Iterator[Deeds | None]:
    """What a lead may have done that has these fields and gets many points of the behaviours of a score.

    None: what it did does not matter, since no behaviour counts in it.
    """
    behaviours = behaviours_in(score, plan)
    if not behaviours:
        yield None
        return
    asked = tuple(_asked(lead, plan))
    yield asked
    lifting = [behaviour for behaviour in behaviours if behaviour.points > 0]
    limited = [_deed(row, _times(row), plan) for row in lifting if not is_unlimited(row)]
    done = (*asked, *(deed for deed in limited if deed is not None))
    yield done
    lacking = -score_in(tried(plan, lead, done), plan, score.name)
    for behaviour in (row for row in lifting if is_unlimited(row)):
        times = math.ceil(lacking / behaviour.points) if lacking > 0 else 1
        deed = _deed(behaviour, min(max(times, 1), _MOST_TIMES), plan)
        if deed is not None:
            yield (*done, deed)


def spelled_doings(deeds: Deeds) -> str:
    """'Demo 9 times, Webinar once 3 days ago'."""
    times: dict[Deed, float] = {}
    for deed in deeds:
        kind = replace(deed, count=0.0)
        times[kind] = times.get(kind, 0.0) + deed.count
    return ", ".join(_spelled(replace(kind, count=count)) for kind, count in times.items())


def _spelled(deed: Deed) -> str:
    times = "once" if deed.count == 1 else f"{number_text(deed.count)} times"
    product = f" about {deed.product}" if deed.product else ""
    ago = f" {deed.age} day{'' if deed.age == 1 else 's'} ago" if deed.age else ""
    return f"{deed.activity}{product} {times}{ago}"


def _times(behaviour: Behaviour) -> int:
    """How often a behaviour has to be shown for the most points that it may give."""
    if behaviour.at_least is not None:
        return behaviour.at_least
    return min(max(math.ceil(reach(behaviour)[1] / behaviour.points), 0), _MOST_TIMES)


def _asked(lead: Lead, plan: Plan) -> Iterator[Deed]:
    """What fields about a behaviour, `count:` and `last:`, say that the lead did."""
    said: dict[str, dict[str, float]] = {}
    for source, text in lead.items():
        kind = next((kind for kind in _RANK if source.name.startswith(kind)), "")
        number = plain_number(text) if kind and source.is_certain else None
        if number is not None:
            said.setdefault(source.name.removeprefix(kind), {})[kind] = float(number)
    for name, numbers in said.items():
        behaviour = next(row for row in plan.model.behaviours if row.name == name)
        deed = _deed(behaviour, numbers.get("count: ", 1.0), plan, int(max(numbers.get("last: ", 0.0), 0)))
        if deed is not None:
            yield deed


def _deed(behaviour: Behaviour, times: float, plan: Plan, age: int = 0) -> Deed | None:
    """An activity that a behaviour is about, the one that other behaviours take least for; None when none is found."""
    rows = (behaviour, *(row for row in plan.behaviours if row.score == behaviour.score))
    # Names as they are written first: they read better than what was made up to hold several parts at once.
    named = [name for row in rows if row.operator != "matches" for name in plan.surroundings.texts(row.operands)]
    classes = candidates(Asks(Look("activity"), rows, plan.surroundings)).texts
    texts = tuple(text for text in dict.fromkeys([*named, *classes]) if text)
    values = FieldValues(np.arange(len(texts)), texts, plan.default_evidence)
    matched = holds(behaviour.operator, values, behaviour.operands, plan.surroundings)
    worth = sum(row.points * holds(row.operator, values, row.operands, plan.surroundings) for row in rows[1:])
    if not matched.any() or times <= 0:
        return None
    best = int(np.where(matched, worth, -np.inf).argmax())
    return Deed(0, texts[best], age, float(times), behaviour.product)
