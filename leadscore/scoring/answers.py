"""What one criterion answers for each distinct text of its field: points, whether it is known, what it might be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadscore.model.frozen import Bound, Range, Test
from leadscore.model.model import Criterion, Policy
from leadscore.model.operators import BLANK_OPERATORS, COMPARING, DAY_OPERATORS
from leadscore.scoring.operators import Surroundings, holds
from leadscore.scoring.values import KINDS, Bools, Codes, FieldValues, Floats


@dataclass(frozen=True)
class Answer:
    """Per distinct text: `points` after Min and Max, `skipped` (its weight is left out), `known`, and for the unknown
    ones the `worst` and `best` points a known answer could bring. `case` is the deciding case, -1 for none, and `held`
    tells which cases hold (case x text), an unreadable text taken for a blank.

    `unread` marks the texts that could not be read as the number, date, boolean or country they should be.
    """

    points: Floats
    skipped: Bools
    known: Bools
    worst: Floats
    best: Floats
    case: Codes
    held: Bools
    unread: dict[str, Bools]


def answer(criterion: Criterion, values: FieldValues, around: Surroundings) -> Answer:
    """Design.md sections 4.1 and 4.8 for one criterion."""
    hold = np.array([holds(case.operator, values, case.operands, around) for case in criterion.cases])
    unread = _unread(criterion, values, hold)
    unreadable = np.logical_or.reduce(list(unread.values()))
    hold = _as_blank(criterion, hold, unreadable)
    gives = np.array([0.0 if case.points is None else case.points for case in criterion.cases])
    skips = np.array([case.points is None for case in criterion.cases])
    deciding = _deciding(criterion.policy, hold, np.where(skips, np.inf, gives))
    points = _clamped(criterion, _points(criterion.policy, hold, gives, deciding))
    unknown = values.blank | unreadable | values.said_unknown
    known = ~unknown | _asks_only_blanks(criterion) | values.is_certain
    skipped = (deciding >= 0) & skips[deciding]
    worst, best = _possible(criterion, np.where(skipped, np.nan, points))
    return Answer(
        points=points,
        skipped=skipped,
        known=known,
        worst=np.where(known, points, worst),
        best=np.where(known, points, best),
        case=deciding,
        held=hold,
        unread=unread,
    )


def _deciding(policy: Policy, hold: Bools, gives: Floats) -> Codes:
    """The case that decides per text, -1 for none: the first that holds, or with policy max the best of them.

    A case that skips gives infinitely much: with any policy but first it decides wherever it holds.
    """
    if policy is Policy.SUM:
        gives = np.where(np.isinf(gives), gives, 0.0)
    ranks = hold if policy is Policy.FIRST else np.where(hold, gives[:, None], -np.inf)
    return np.where(hold.any(axis=0), ranks.argmax(axis=0), -1)


def _points(policy: Policy, hold: Bools, gives: Floats, deciding: Codes) -> Floats:
    """Points per text before Min and Max; 0 where no case holds."""
    if policy is Policy.SUM:
        return np.asarray(np.where(hold, gives[:, None], 0.0).sum(axis=0), dtype=float)
    return np.where(deciding >= 0, gives[deciding], 0.0)


def _clamped(criterion: Criterion, points: Floats) -> Floats:
    low = -np.inf if criterion.minimum is None else criterion.minimum
    high = np.inf if criterion.maximum is None else criterion.maximum
    return np.minimum(np.maximum(points, low), high)


def _unread(criterion: Criterion, values: FieldValues, hold: Bools) -> dict[str, Bools]:
    """Which texts a number or date case meets and cannot read, or are not of the type that Fields declares.

    With policy first, a case that holds settles the text: the cases below it do not read it any more.
    """
    unread = {kind: values.not_read_as(kind) for kind in KINDS if kind == values.kind}
    settled = values.blank.copy()
    for case, held in zip(criterion.cases, hold, strict=True):
        if kind := reads(case):
            unread[kind] = unread.get(kind, False) | (values.not_read_as(kind) & ~settled)
        if criterion.policy is Policy.FIRST:
            settled |= held
    return unread or {"number": np.zeros(len(values.texts), dtype=bool)}


def reads(case: Test) -> str:
    """'number' or 'date' for a case or condition that must read its cell as one, '' for one that compares texts."""
    if case.operator in DAY_OPERATORS:
        return "date"
    if case.operator not in COMPARING or not case.operands:
        return ""
    first = case.operands[0]
    bound = first.low if isinstance(first, Range) else first
    return "date" if isinstance(bound, Bound) and bound.day is not None else "number"


def _as_blank(criterion: Criterion, hold: Bools, unreadable: Bools) -> Bools:
    """The cases that hold, unreadable texts treated as blanks."""
    blank_holds = np.array([case.operator == "is blank" for case in criterion.cases])
    return np.where(unreadable, blank_holds[:, None], hold)


def _asks_only_blanks(criterion: Criterion) -> bool:
    return all(case.operator in BLANK_OPERATORS for case in criterion.cases)


def _possible(criterion: Criterion, now: Floats) -> tuple[Floats, Floats]:
    """The least and most points an unknown answer may come to: of any case, 0 unless closed, or as `now` if any."""
    gives = [case.points for case in criterion.cases if case.points is not None]
    if criterion.policy is Policy.SUM:
        least, most = sum(min(points, 0.0) for points in gives), sum(max(points, 0.0) for points in gives)
    else:
        closed = any(case.operator == "otherwise" for case in criterion.cases)
        gives = gives if closed else [*gives, 0.0]
        least, most = min(gives, default=0.0), max(gives, default=0.0)
    ends = _clamped(criterion, np.array([least, most], dtype=float))
    return np.fmin(now, ends[0]), np.fmax(now, ends[1])
