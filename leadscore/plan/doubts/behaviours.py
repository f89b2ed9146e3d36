"""Behaviours that count the same twice, give nothing, or lose points where nobody would think so."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from leadscore.issues import Issue
from leadscore.model.behaviours import Behaviour
from leadscore.model.model import Model
from leadscore.model.vocabulary import vocabulary
from leadscore.plan.plan import Plan
from leadscore.scoring.decays import shares_by_age
from leadscore.scoring.operators import Surroundings, holds
from leadscore.scoring.values import FieldValues
from leadscore.values.cells import number_text
from leadscore.values.folding import fold

_MUCH = 0.25  # of the points: less than that may be cut off by a window without a word
_OPEN = frozenset({"is not", "does not contain", "not in list", "is not blank"})  # meant to take what others take, too


def behaviour_issues(plan: Plan) -> Iterator[Issue]:
    """The doubts about behaviours by themselves, in sheet order."""
    model = plan.model
    yield from _meeting(plan)
    for behaviour in model.behaviours:
        if behaviour.last_day is not None and behaviour.last_day < plan.as_of:
            until = vocabulary("headings").say("until", model.language)
            details = {"day": behaviour.last_day.isoformat(), "until": until}
            yield Issue("behaviour-over", behaviour.place_of("until"), behaviour.name, details)
        if behaviour.points == 0 and not _is_asked_for(behaviour, model):
            yield Issue("behaviour-worthless", behaviour.points_place, behaviour.name)
        yield from _clipped(behaviour, model)
        yield from _fading(behaviour)


def _meeting(plan: Plan) -> Iterator[Issue]:
    """Pairs of one score that name the same activity: the first that both take."""
    for one, other in combinations(plan.behaviours, 2):
        if one.score != other.score or not _OPEN.isdisjoint({one.operator, other.operator}):
            continue
        if one.product and other.product and fold(one.product) != fold(other.product):
            continue
        shared = _shared(one, other, plan)
        if shared:
            yield Issue("behaviours-meet", other.value_place, shared, {"name": one.name, "other": other.name})


def _shared(one: Behaviour, other: Behaviour, plan: Plan) -> str:
    """The first text that one of them names and both take, '' for none."""
    texts = tuple(dict.fromkeys([*_named(one, plan.surroundings), *_named(other, plan.surroundings)]))
    values = FieldValues(np.arange(len(texts)), texts, plan.default_evidence)
    taken = [holds(row.operator, values, row.operands, plan.surroundings) for row in (one, other)]
    return next((text for text, is_taken in zip(texts, taken[0] & taken[1], strict=True) if is_taken), "")


def _named(behaviour: Behaviour, around: Surroundings) -> list[str]:
    """The names that a behaviour writes out; a pattern is no name."""
    return [] if behaviour.operator == "matches" else around.texts(behaviour.operands)


def _is_asked_for(behaviour: Behaviour, model: Model) -> bool:
    """Whether `last:` or `count:` of it is asked for, so that it is of use without points."""
    fields = [row.field for row in model.criteria]
    fields += [condition.field for segment in model.segments for condition in segment.conditions]
    return any(fold(field.partition(":")[2]) == fold(behaviour.name) for field in fields)


def _clipped(behaviour: Behaviour, model: Model) -> Iterator[Issue]:
    """Where one activity, or enough of them, is worth more than Max, or less than Min."""
    for heading, limit in (("maximum", behaviour.maximum), ("minimum", behaviour.minimum)):
        if limit is None:
            continue
        is_beyond = behaviour.points > limit >= 0 if heading == "maximum" else behaviour.points < limit <= 0
        if is_beyond:
            details = {"limit": vocabulary("headings").say(heading, model.language), "left": number_text(limit)}
            details["points"] = number_text(behaviour.points)
            yield Issue("behaviour-clipped", behaviour.place_of(heading), behaviour.name, details)


def _fading(behaviour: Behaviour) -> Iterator[Issue]:
    """How the window and the decay meet."""
    if behaviour.window is None or behaviour.decay_days is None:
        return
    shares = shares_by_age(behaviour, behaviour.window)
    left = shares.parts / shares.whole
    gone = int(np.argmax(left <= 0)) if left[-1] <= 0 else -1
    if 0 <= gone < behaviour.window:
        details = {"days": _days(gone), "window": _days(behaviour.window)}
        yield Issue("behaviour-faded", behaviour.place_of("window"), behaviour.name, details)
    elif left[-1] > _MUCH and not math.isclose(left[-1], 1.0):
        share = f"{100 * left[-1]:.0f}"
        yield Issue("behaviour-cut", behaviour.place_of("window"), behaviour.name, {"share": share})


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
