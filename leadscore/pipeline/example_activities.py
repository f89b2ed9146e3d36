"""What golden leads are supposed to have done: the columns `count: BEHAVIOUR` and `last: BEHAVIOUR` of *Examples*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leadscore.enrichment.activity import COUNT, LAST
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.issues import Issue
from leadscore.model.behaviours import Behaviour
from leadscore.model.decisions import Example
from leadscore.model.model import Model
from leadscore.model.references import hint
from leadscore.model.typed import decimal_mark_of
from leadscore.model.vocabulary import vocabulary
from leadscore.plan.names import behaviour_column
from leadscore.plan.plan import Plan
from leadscore.scoring.events import Deed
from leadscore.values.numbers import read_number

_KINDS = {"count": COUNT, "last": LAST}
_ASKED = {COUNT: "number of activities", LAST: "number of days"}
_USUAL = {COUNT: 1.0, LAST: 0.0}  # where only the other is said: one activity, today


def given_column(heading: str, model: Model) -> str:
    """The enrichment column that a heading of *Examples* gives, '' for a field of the lead."""
    name = vocabulary("columns").find(heading)
    return name if name in ENRICHMENT_COLUMNS else behaviour_column(heading, _names(model))


def supposed_deeds(model: Model) -> tuple[Deed, ...]:
    """What each example has done: activities that are called like the behaviours they are of."""
    columns = {heading: given_column(heading, model) for example in model.examples for heading, _ in example.fields}
    return tuple(
        Deed(place, name, int(said[LAST]), said[COUNT])
        for place, example in enumerate(model.examples)
        for name, said in _said(example, columns, model).items()
    )


def by_their_names(plan: Plan) -> Plan:
    """The plan with behaviours that ask for the activities which are called like them, of any product."""
    model = plan.model.model_copy(update={"behaviours": tuple(map(_by_name, plan.model.behaviours))})
    return replace(plan, model=model, behaviours=tuple(map(_by_name, plan.behaviours)))


def wrong_activities(model: Model) -> Iterator[Issue]:
    """Cells that hold no such number, and columns about a behaviour that there is not, in sheet order."""
    told = set()
    for example in model.examples:
        for heading, text in example.fields:
            kind = vocabulary("columns").find(heading.partition(":")[0])
            column = given_column(heading, model)
            if not model.behaviours or ":" not in heading or kind not in _KINDS:
                continue
            if not column and heading not in told:
                told.add(heading)
                named = heading.partition(":")[2].strip()
                near = hint(named, _names(model))
                yield Issue("example-behaviour-unknown", example.place_of(heading), named, {"hint": near})
            elif column and text and _number(text, _KINDS[kind], model) is None:
                details = {"what": _ASKED[_KINDS[kind]]}
                yield Issue("example-activity-wrong", example.place_of(heading), text, details)


def _names(model: Model) -> tuple[str, ...]:
    return tuple(dict.fromkeys(behaviour.name for behaviour in model.behaviours))


def _by_name(behaviour: Behaviour) -> Behaviour:
    return behaviour.model_copy(update={"operator": "is", "operands": (behaviour.name,), "product": ""})


def _said(example: Example, columns: dict[str, str], model: Model) -> dict[str, dict[str, float]]:
    """Behaviour -> what the example says of its activities, with what is usual where it says nothing."""
    found: dict[str, dict[str, float]] = {}
    for heading, text in example.fields:
        kind = next((kind for kind in _USUAL if columns[heading].startswith(kind)), "")
        number = _number(text, kind, model) if kind else None
        if number is not None:
            found.setdefault(columns[heading].removeprefix(kind), dict(_USUAL))[kind] = number
    return found


def _number(text: str, kind: str, model: Model) -> float | None:
    """How many activities, or how many days ago; None for no such number."""
    read = read_number(text, decimal_mark_of(model.language)) if text else None
    if read is None or read.is_range or read.number < 0:
        return None
    return read.number if kind == COUNT or read.number.is_integer() else None
