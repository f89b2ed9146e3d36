"""Cases of one criterion that say the same twice, and values that hold more often than they seem to."""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.issues import Issue, Place
from leadscore.model.frozen import Operand, Test
from leadscore.model.model import Criterion, Model, Policy
from leadscore.model.operators import FAMILIES, Family
from leadscore.model.vocabulary import vocabulary
from leadscore.values.folding import fold
from leadscore.values.numbers import plain_number

_SHORT = 2  # letters: "it" is in "audit", "mr" in "armrest"
_PARTS = ("contains", "does not contain")
_NEGATIVE = ("is not", "does not contain", "not in list", "not in segment")


def case_issues(model: Model) -> Iterator[Issue]:
    """Cases and values said twice in a criterion, and short values of `contains`, in sheet order."""
    for criterion in model.criteria:
        yield from _twice(criterion)
        for case in criterion.cases:
            yield from _short(case, model)
    for segment in model.segments:
        for condition in segment.conditions:
            yield from _short(condition, model)


def _twice(criterion: Criterion) -> Iterator[Issue]:
    """A case like an earlier one, or under policy first a value of an earlier case with the same operator."""
    cases: dict[tuple[object, ...], Place] = {}
    values: dict[tuple[str, object], Place] = {}
    for case in criterion.cases:
        said = (case.operator, *sorted(map(str, map(_meaning, case.operands))))
        first = cases.setdefault(said, _where(case))
        if first is not _where(case):
            yield Issue("case-twice", _where(case), case.typed, {"first": first})
            continue
        if criterion.policy is Policy.FIRST and case.operator not in _NEGATIVE:
            yield from _values_twice(case, values)


def _values_twice(case: Test, values: dict[tuple[str, object], Place]) -> Iterator[Issue]:
    if FAMILIES[case.operator] not in (Family.TEXT, Family.LIST, Family.SEGMENT, Family.PATTERN):
        return
    for operand in case.operands:
        first = values.setdefault((case.operator, _meaning(operand)), _where(case))
        if first is not _where(case):
            yield Issue("value-twice", _where(case), str(operand), {"first": first})


def _meaning(operand: Operand) -> object:
    """What two operands have in common that mean the same: 'FR' and 'fr', '1,5' and '1.50'."""
    if not isinstance(operand, str):
        return str(operand)
    number = plain_number(operand)
    return fold(operand) if number is None else number.normalize()


def _where(case: Test) -> Place:
    """The cell of the value where there is one, else that of the operator."""
    return case.value_place if case.operands else case.operator_place


def _short(test: Test, model: Model) -> Iterator[Issue]:
    if test.operator not in _PARTS:
        return
    has_word = vocabulary("operators").say("has word", model.language)
    for operand in test.operands:
        if isinstance(operand, str) and len(fold(operand)) <= _SHORT:
            yield Issue("contains-short", test.value_place, operand, {"has_word": has_word})
