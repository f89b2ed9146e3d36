"""Lists, segments and fields that are named in the model and that nothing in it uses."""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.fields.recognise import field_of
from leadscore.issues import Issue
from leadscore.model.frozen import ListName, Test
from leadscore.model.model import Model
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.model.vocabulary import vocabulary
from leadscore.plan.plan import Plan
from leadscore.values.folding import fold, name_key


def unused_segments(model: Model) -> Iterator[Issue]:
    """Segments that no criterion and no score speaks of."""
    used = {fold(criterion.segment) for criterion in model.criteria}
    used |= {fold(name) for score in model.scores for name in (score.segment, score.cap_unless_segment)}
    used |= {
        fold(str(name))
        for criterion in model.criteria
        for case in criterion.cases
        if case.operator in SEGMENT_OPERATORS
        for name in case.operands
    }
    for segment in model.segments:
        if fold(segment.name) not in used:
            yield Issue("segment-unused", segment.place, segment.name, {"scoring": _scoring(model)})


def unused_lists(model: Model) -> Iterator[Issue]:
    """Lists that no case, condition or behaviour asks for, and no score repeats over.

    Those that extend ours are used by the enrichment.
    """
    asked = {
        name_key(operand.list_name)
        for test in _tests(model)
        for operand in test.operands
        if isinstance(operand, ListName)
    }
    asked |= {name_key(name) for name in vocabulary("lists").names}
    for row in model.lists:
        if vocabulary("placeholders").find(row.name) and any(score.product for score in model.scores):
            continue
        if name_key(row.name) not in asked and not vocabulary("lists").find(row.name):
            yield Issue("list-unused", row.place, row.name)


def unused_fields(plan: Plan) -> Iterator[Issue]:
    """Fields mapped to a column of another name that no criterion, segment, setting or enrichment looks at.

    A row that only says which values of a column mean blank is no mapping.
    """
    model = plan.model
    named = [criterion.field for criterion in model.criteria] + [model.settings.id_field, "id"]
    named += [condition.field for segment in model.segments for condition in segment.conditions]
    named += [name for example in model.examples for name, _ in example.fields]
    looked = {_key(name) for name in (*named, *plan.needs, "email", "phone", "mobile", "country") if name}
    for mapping in model.fields:
        is_renamed = mapping.column and name_key(mapping.column) != name_key(mapping.field)
        if is_renamed and _key(mapping.field) not in looked:
            yield Issue("field-unused", mapping.place, mapping.field, {"scoring": _scoring(model)})


def _tests(model: Model) -> Iterator[Test]:
    for criterion in model.criteria:
        yield from criterion.cases
    yield from model.behaviours
    for segment in model.segments:
        yield from segment.conditions


def _key(field: str) -> str:
    return field_of(field) or name_key(field)


def _scoring(model: Model) -> str:
    return vocabulary("sheets").say("scoring", model.language)
