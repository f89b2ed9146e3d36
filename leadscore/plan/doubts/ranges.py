"""Numeric cases of one criterion as intervals: which overlap, which are never reached, what no case takes.

Only under policy first: with sum and max, ranges overlap on purpose. Days are whole numbers, so a range of days ends
where the next day begins.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from leadscore.issues import Issue, Place
from leadscore.model.frozen import Bound, Range
from leadscore.model.model import Case, Criterion, Model, Policy
from leadscore.model.operators import COMPARING
from leadscore.model.vocabulary import vocabulary
from leadscore.values.cells import number_text
from leadscore.values.numbers import plain_number

# An end of an interval: a number, and -1, 0 or 1 for just below, at, or just above it.
End = tuple[float, int]
_LOWEST: End = (-math.inf, 0)
_HIGHEST: End = (math.inf, 0)


@dataclass(frozen=True)
class Interval:
    """The numbers from `low` to `high`, both included where their second item is 0; `place` is the case's cell."""

    low: End
    high: End
    place: Place

    def within(self, other: Interval) -> bool:
        """Whether the other interval takes every number that this one takes."""
        return other.low <= self.low and self.high <= other.high


def range_issues(model: Model) -> Iterator[Issue]:
    """Overlaps, cases never reached, and gaps, criterion by criterion."""
    for criterion in model.criteria:
        if criterion.policy is not Policy.FIRST:
            continue
        for are_days in (False, True):
            rows = [(case, found) for case in criterion.cases if (found := intervals(case, are_days=are_days))]
            yield from _overlaps(rows, are_days=are_days)
            if sum(case.operator in COMPARING for case, _ in rows) > 1:
                yield from _gaps(criterion, [one for _, found in rows for one in found], model, are_days=are_days)


def intervals(case: Case, *, are_days: bool) -> tuple[Interval, ...]:
    """What a case takes, as intervals of numbers or of days; () for a case about other things."""
    if case.operator == "is" and not are_days:
        numbers = [plain_number(text) for text in case.operands if isinstance(text, str)]
        points = [(float(number), 0) for number in numbers if number is not None]
        return tuple(Interval(point, point, case.value_place) for point in points)
    if case.operator not in COMPARING:
        return ()
    ends = [_ends(case.operator, operand) for operand in case.operands if isinstance(operand, Bound | Range)]
    kinds = [_is_day(operand) for operand in case.operands if isinstance(operand, Bound | Range)]
    return tuple(
        Interval(*(_whole(one, are_days=are_days)), case.value_place)
        for one, kind in zip(ends, kinds, strict=True)
        if kind is are_days
    )


def _is_day(operand: Bound | Range) -> bool:
    return (operand.low if isinstance(operand, Range) else operand).day is not None


def _ends(operator: str, operand: Bound | Range) -> tuple[End, End]:
    if isinstance(operand, Range):
        return (_size(operand.low), 0), (_size(operand.high), -1 if operand.open_end else 0)
    size = _size(operand)
    return {
        ">": ((size, 1), _HIGHEST),
        ">=": ((size, 0), _HIGHEST),
        "<": (_LOWEST, (size, -1)),
        "<=": (_LOWEST, (size, 0)),
    }[operator]


def _size(bound: Bound) -> float:
    return float(bound.day.toordinal()) if bound.day is not None else float(bound.number or 0.0)


def _whole(ends: tuple[End, End], *, are_days: bool) -> tuple[End, End]:
    """Ends of days moved to the day they mean: after 1 March is from 2 March."""
    if not are_days:
        return ends
    low, high = ends
    return (low[0] + low[1], 0), (high[0] + high[1], 0)


def _overlaps(rows: Sequence[tuple[Case, tuple[Interval, ...]]], *, are_days: bool) -> Iterator[Issue]:
    for number, (case, found) in enumerate(rows):
        above = [one for other, earlier in rows[:number] if _may_clash(case, other) for one in earlier]
        if len(found) == len(case.operands) and all(_is_covered(one, above) for one in found):
            places = dict.fromkeys(str(one.place) for one in above if any(_meet(one, own) for own in found))
            yield Issue("range-covered", found[0].place, "", {"first": " and ".join(places)})
        else:
            yield from _overlap(found, above, are_days=are_days)


def _may_clash(case: Case, other: Case) -> bool:
    """Whether two cases can clash as ranges: single values, and a case said twice, are told as such."""
    return {case.operator, other.operator} != {"is"} and (case.operator, case.operands) != (
        other.operator,
        other.operands,
    )


def _meet(one: Interval, other: Interval) -> bool:
    return max(one.low, other.low) <= min(one.high, other.high)


def _overlap(found: Sequence[Interval], above: Sequence[Interval], *, are_days: bool) -> Iterator[Issue]:
    """How a case meets the cases above: the first it shares numbers with."""
    for one in found:
        for other in above:
            if not _meet(one, other) or one.within(other):
                continue
            low, high = max(one.low, other.low), min(one.high, other.high)
            if other.within(one):
                yield Issue("ranges-nested", one.place, "", {"first": other.place})
            else:
                shared = _said(low, high, are_days=are_days)
                yield Issue("ranges-overlap", one.place, "", {"first": other.place, "shared": shared})
            return


def _is_covered(one: Interval, above: Sequence[Interval]) -> bool:
    """Whether other intervals together take all of this one."""
    reached = one.low
    for other in sorted(above, key=lambda other: other.low):
        if other.low > reached:
            break
        reached = max(reached, _after(other.high))
    return reached > one.high


def _after(end: End) -> End:
    """The first end that an interval up to here leaves out."""
    return end[0], end[1] + 1


def _gaps(criterion: Criterion, found: list[Interval], model: Model, *, are_days: bool) -> Iterator[Issue]:
    """What lies between the lowest and the highest limit and no case takes."""
    if any(case.operator == "otherwise" for case in criterion.cases):
        return
    otherwise = vocabulary("operators").say("otherwise", model.language)
    rising = sorted(found, key=lambda one: one.low)
    reached = rising[0].high
    for one in rising[1:]:
        if not _touches(reached, one.low, are_days=are_days):
            gap = _between(reached, one.low, are_days=are_days)
            code = "range-gap-decimals" if _is_between_whole_numbers(reached, one.low) else "range-gap"
            yield Issue(code, one.place, "", {"gap": gap, "otherwise": otherwise})
        reached = max(reached, one.high)


def _touches(reached: End, low: End, *, are_days: bool) -> bool:
    return low <= ((reached[0] + 1, 0) if are_days else _after(reached))


def _is_between_whole_numbers(reached: End, low: End) -> bool:
    """Whether the gap has no whole number in it: from 9 to 10."""
    first = math.floor(reached[0]) + 1 if reached[1] >= 0 else math.ceil(reached[0])
    last = math.ceil(low[0]) - 1 if low[1] <= 0 else math.floor(low[0])
    return first > last


def _said(low: End, high: End, *, are_days: bool) -> str:
    """'10', '10 to 20'. What two cases share has two ends: of two that both go on for ever, one is in the other."""
    ends = dict.fromkeys(_number(end[0], are_days=are_days) for end in (low, high))
    return " to ".join(ends)


def _between(reached: End, low: End, *, are_days: bool) -> str:
    """'what lies between 9 and 10', or exactly the number left out."""
    if are_days:
        days = dict.fromkeys(_number(day, are_days=True) for day in (reached[0] + 1, low[0] - 1))
        return " to ".join(days)
    if reached[0] == low[0]:
        return _number(low[0], are_days=False)
    return f"what lies between {_number(reached[0], are_days=False)} and {_number(low[0], are_days=False)}"


def _number(size: float, *, are_days: bool) -> str:
    return date.fromordinal(int(size)).isoformat() if are_days else number_text(size)
