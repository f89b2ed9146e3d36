"""A model against a sheet of leads: values that never meet, cases that tell nothing, double counting, blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from leadscore.issues import Issue
from leadscore.model.model import Case, Kind
from leadscore.model.operators import BLANK_OPERATORS, FAMILIES, SEGMENT_OPERATORS, Family
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.doubts.tally import Tally, counted
from leadscore.scoring.values import Bools
from leadscore.values.booleans import boolean_word
from leadscore.values.cells import number_text

_SHOWN = 5  # values named in a sentence
_ALIKE = 0.95  # Jaccard: leads with points of both / leads with points of either
_NEARLY_ALL = 0.95  # of all leads: two criteria that give points to everybody are alike by that alone
_ENOUGH = 10  # leads: fewer are alike by chance
_CLOSED = frozenset({"is", "in list"})


def lead_issues(found: Sequence[Tally]) -> Iterator[Issue]:
    """What the leads of one sheet say of each criterion, in sheet order."""
    for tally in found:
        yield from _cases(tally)
        yield from _unnamed(tally)
        yield from _blanks(tally)
    yield from _alike([tally for tally in found if tally.leads >= _ENOUGH])


def _cases(tally: Tally) -> Iterator[Issue]:
    for case, count in zip(tally.cases, tally.case_counts, strict=True):
        details = {"count": counted(tally.leads)}
        if count == tally.leads > 1:
            yield Issue("case-always", case.place, case.typed, details)
        elif count == 0 and tally.leads and _should_hold(case, tally):
            yield Issue("case-never", case.place, case.typed, details)
        elif count:
            yield from _unmatched(case, tally)


def _should_hold(case: Case, tally: Tally) -> bool:
    """Whether it is odd that a case holds for nobody: not where it is there to catch what is blank, left or bad."""
    is_bad = tally.planned.criterion.kind is Kind.EXCLUSION and (case.points or 0.0) < 0
    return case.operator not in {"is blank", "otherwise"} and not is_bad


def _unmatched(case: Case, tally: Tally) -> Iterator[Issue]:
    if FAMILIES[case.operator] is not Family.TEXT or case.operator in ("is not", "does not contain"):
        return
    segment = tally.planned.criterion.segment
    among = {"among": f" of the segment {segment}" if segment else ""}
    for place, operand in enumerate(case.operands):
        if isinstance(operand, str) and len(case.operands) > 1 and not tally.held_alone(case, place):
            yield Issue("value-unmatched", case.value_place, operand, among)


def _unnamed(tally: Tally) -> Iterator[Issue]:
    """What no case names, where every case names texts."""
    operators = {case.operator for case in tally.cases} - BLANK_OPERATORS
    if not operators or not operators <= _CLOSED or _only_catches(tally):
        return
    missed = (tally.asked.answer.case < 0) & ~tally.values.blank & (tally.counts > 0)
    if not missed.any():
        return
    places = sorted(np.flatnonzero(missed), key=lambda place: (-tally.counts[place], tally.values.texts[place]))
    shown = ", ".join(f"{tally.values.texts[place]} ({tally.counts[place]})" for place in places[:_SHOWN])
    more = f" and {counted(len(places) - _SHOWN, 'more value')}" if len(places) > _SHOWN else ""
    otherwise = vocabulary("operators").say("otherwise", tally.plan.model.language)
    details = {"count": counted(tally.count(missed)), "values": shown + more, "otherwise": otherwise}
    yield Issue("values-unnamed", tally.planned.criterion.field_place, "", details)


def _only_catches(tally: Tally) -> bool:
    """Whether what is not named is meant to pass: what excludes nobody, and the other answer of yes or no."""
    criterion = tally.planned.criterion
    if criterion.kind is Kind.EXCLUSION and all((case.points or 0.0) <= 0 for case in tally.cases):
        return True
    texts = [operand for case in tally.cases for operand in case.operands]
    return bool(texts) and all(isinstance(text, str) and boolean_word(text) is not None for text in texts)


def _blanks(tally: Tally) -> Iterator[Issue]:
    """What blanks get, where a criterion asks for more than whether the field is filled."""
    count = tally.count(tally.values.blank)
    operators = {case.operator for case in tally.cases}
    if not count or operators <= BLANK_OPERATORS or operators & SEGMENT_OPERATORS:
        return
    place = int(np.flatnonzero(tally.values.blank)[0])
    skipped = bool(tally.asked.answer.skipped[place])
    points = "no points, and its weight is left out" if skipped else _points(float(tally.asked.answer.points[place]))
    is_blank = vocabulary("operators").say("is blank", tally.plan.model.language)
    decided = tally.asked.answer.case[place]
    remedy = (
        f"that is what {tally.cases[decided].place} says"
        if decided >= 0
        else f'add a case with "{is_blank}" to change it'
    )
    details = {"field": tally.planned.criterion.field, "count": f"{count:,}", "total": counted(tally.leads)}
    # What nobody recorded is known: nothing was done, and there is no blank to be filled.
    code = "no-activity" if tally.planned.source.is_certain else "blanks"
    yield Issue(code, tally.planned.criterion.field_place, "", details | {"points": points, "remedy": remedy})


def _points(points: float) -> str:
    return f"{number_text(points)} point{'' if abs(points) == 1 else 's'}"


def _alike(found: Sequence[Tally]) -> Iterator[Issue]:
    """Pairs of one score that give points to the same leads; what excludes and what counts is no pair."""
    fires = [(tally, tally.asked.counted & (tally.asked.points != 0)) for tally in found]
    fires = [(tally, mask) for tally, mask in fires if 0 < mask.mean() <= _NEARLY_ALL]
    for (first, one), (second, other) in combinations(fires, 2):
        criteria = first.planned.criterion, second.planned.criterion
        if (criteria[0].kind is Kind.EXCLUSION) is not (criteria[1].kind is Kind.EXCLUSION):
            continue
        if "" not in {criteria[0].score, criteria[1].score} and criteria[0].score != criteria[1].score:
            continue
        share = _jaccard(one, other)
        if share > _ALIKE:
            details = {"other": criteria[1].name, "share": f"{100 * share:.0f}"}
            yield Issue("criteria-alike", criteria[1].place, criteria[0].name, details)


def _jaccard(one: Bools, other: Bools) -> float:
    either = int((one | other).sum())
    return int((one & other).sum()) / either if either >= _ENOUGH else 0.0
