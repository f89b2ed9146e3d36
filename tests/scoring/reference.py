"""Section 4 of design.md once more, plainly: one lead at a time, exact fractions, no arrays. The engine must agree."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product

from leadscore.model.decisions import Condition, Segment
from leadscore.model.model import Band, Criterion, Kind, Method, Model, Policy, Score
from tests.scoring.reference_operators import Around, needs, says

Lead = dict[str, str]
LEFT_OUT = None  # stands for the points of a criterion that is skipped, or that does not apply
BLANK_OPERATORS = ("is blank", "is not blank")
# What is known of a lead and a segment.
IN, OUT, UNKNOWN = "in", "out", "unknown"
Places = dict[str, str]  # segment -> IN, OUT or UNKNOWN


@dataclass(frozen=True)
class Answered:
    """One criterion and one lead. `points` None: left out. `possible` holds all that an unknown one may come to.

    `column` is what a person fills in to answer it.
    """

    criterion: Criterion
    points: Fraction | None
    is_known: bool
    possible: frozenset[Fraction | None]
    column: str
    applies: bool = True

    @property
    def weight(self) -> Fraction:
        return exact(self.criterion.weight)


@dataclass(frozen=True)
class Scored:
    """One score of one lead; None where no criterion applies, or where the score is not for this lead.

    `parts` are its contributions and lines.
    """

    parts: dict[str, Fraction]
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    known: Fraction
    weight: Fraction
    gains: dict[str, Fraction]
    is_shown: bool = True


def exact(number: float) -> Fraction:
    """What the model's number says in decimals: 33.3 is 333/10, not the double next to it."""
    return Fraction(str(number))


def place_in(segment: Segment, lead: Lead, around: dict[str, Around]) -> str:
    """All rows hold -> in; one is known not to hold -> out; else an unknown one leaves it open."""
    answers = [_met(row, lead[row.field], around[row.field]) for row in segment.conditions]
    if all(holds for holds, _ in answers):
        return IN
    return UNKNOWN if all(holds or not is_known for holds, is_known in answers) else OUT


def _met(row: Condition, text: str, around: Around) -> tuple[bool, bool]:
    """Whether a condition holds, and whether that is known."""
    read = {"number": around.number, "day": around.day}.get(needs(row))
    is_unread = bool(text) and read is not None and read(text) is None
    is_verdict = row.field == "phone_validity" and text == "unknown"
    is_known = row.operator in BLANK_OPERATORS or not (text == "" or is_unread or is_verdict)
    return not is_unread and says(row, text, around), is_known


def answered_by_segments(criterion: Criterion, places: Places, segments: tuple[Segment, ...]) -> Answered:
    """A criterion that asks for segments: unknown as soon as one it asks for is."""
    asked = {name for case in criterion.cases for name in case.operands}
    holding = [
        case
        for case in criterion.cases
        if case.operator == "otherwise"
        or (case.operator == "in segment") is any(places[name] == IN for name in case.operands)
    ]
    points = _points(criterion, holding)
    is_known = all(places[name] != UNKNOWN for name in asked)
    first = next(segment for segment in segments if segment.name in asked)
    possible = frozenset({points}) if is_known else _possible(criterion, points)
    return Answered(criterion, points, is_known, possible, column_of(first.conditions[0].field))


def answered(criterion: Criterion, text: str, around: Around) -> Answered:
    """4.1, and of 4.8 what is known."""
    is_unread = _is_unread(criterion, text, around)
    holding = [case for case in criterion.cases if says(case, "" if is_unread else text, around)]
    asks_only_blanks = all(case.operator in BLANK_OPERATORS for case in criterion.cases)
    is_verdict = criterion.field == "phone_validity" and text == "unknown"
    is_known = asks_only_blanks or not (text == "" or is_unread or is_verdict)
    points = _points(criterion, holding)
    possible = frozenset({points}) if is_known else _possible(criterion, points)
    return Answered(criterion, points, is_known, possible, column_of(criterion.field))


def _is_unread(criterion: Criterion, text: str, around: Around) -> bool:
    """A number or date case meets a text that is none; with policy first, only if no case above it holds."""
    for case in criterion.cases:
        if text and needs(case) == "number" and around.number(text) is None:
            return True
        if text and needs(case) == "day" and around.day(text) is None:
            return True
        if criterion.policy is Policy.FIRST and says(case, text, around):
            return False
    return False


def _points(criterion: Criterion, holding: list) -> Fraction | None:
    if not holding:
        return clamped(Fraction(0), criterion)
    if criterion.policy is Policy.FIRST:
        first = holding[0].points
        return LEFT_OUT if first is None else clamped(exact(first), criterion)
    if any(case.points is None for case in holding):
        return LEFT_OUT
    points = [exact(case.points) for case in holding]
    return clamped(sum(points) if criterion.policy is Policy.SUM else max(points), criterion)


def _possible(criterion: Criterion, now: Fraction | None) -> frozenset[Fraction | None]:
    """The points of any of its cases (added up in any way by policy sum), 0 unless otherwise closes it, or as now."""
    given = [exact(case.points) for case in criterion.cases if case.points is not None]
    if criterion.policy is Policy.SUM:
        answers = {sum(some) for size in range(len(given) + 1) for some in combinations(given, size)}
    else:
        is_closed = any(case.operator == "otherwise" for case in criterion.cases)
        answers = {*given} if is_closed else {*given, Fraction(0)}
    return frozenset({clamped(Fraction(points), criterion) for points in answers} | {now})


def clamped(number: Fraction, by: Criterion | Score) -> Fraction:
    if by.minimum is not None:
        number = max(number, exact(by.minimum))
    return number if by.maximum is None else min(number, exact(by.maximum))


def rounded(number: Fraction, decimals: int) -> Fraction:
    """Half away from zero."""
    scale = 10**decimals
    whole = math.floor(abs(number) * scale + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole, scale)


def combined(score: Score, answers: list[Answered], points: list[Fraction | None]) -> dict[int, Fraction] | None:
    """4.2: the contribution of each criterion by its place, None when no criterion applies."""
    counted = {place: mine for place, mine in enumerate(points) if mine is not LEFT_OUT}
    total = sum((answers[place].weight for place in counted), Fraction(0))
    if not counted or (score.method is Method.MEAN and total == 0):
        return None
    divisor = total if score.method is Method.MEAN else Fraction(1)
    return {place: answers[place].weight * mine / divisor for place, mine in counted.items()}


def settled(score: Score, answers: list[Answered], points: list[Fraction | None]) -> Fraction | None:
    """The sum of contributions after Min and Max, not rounded."""
    parts = combined(score, answers, points)
    return None if parts is None else clamped(sum(parts.values(), Fraction(0)), score)


def score_of(score: Score, answers: list[Answered], decimals: int, places: Places) -> Scored:
    """4.2, 4.3 and the interval of 4.8, by trying every combination of answers."""
    if score.segment and places[score.segment] != IN:
        answers = [replace(one, points=LEFT_OUT, possible=frozenset({LEFT_OUT}), applies=False) for one in answers]
    has_cap = score.maximum is not None
    if score.cap_unless_segment and places[score.cap_unless_segment] == IN:
        score = score.model_copy(update={"maximum": None})
    now = [one.points for one in answers]
    contributions = combined(score, answers, now) or {}
    parts = {one.criterion.name: contributions.get(place, Fraction(0)) for place, one in enumerate(answers)}
    raw, kept = sum(parts.values(), Fraction(0)), settled(score, answers, now)
    value = None if kept is None else rounded(kept, decimals)
    if score.minimum is not None:
        parts["floor"] = Fraction(0) if kept is None else max(kept - raw, Fraction(0))
    if has_cap:
        parts["cap"] = Fraction(0) if kept is None else min(kept - raw, Fraction(0))
    ends = [settled(score, answers, list(some)) for some in product(*(one.possible for one in answers))]
    return Scored(
        parts=parts | ({} if value is None else {"rounding": value - kept}),
        value=value,
        low=None if value is None else rounded(min(end for end in ends if end is not None), decimals),
        high=None if value is None else rounded(max(end for end in ends if end is not None), decimals),
        known=sum((one.weight for one in answers if one.applies and one.is_known), Fraction(0)),
        weight=sum((one.weight for one in answers if one.applies), Fraction(0)),
        gains={} if value is None else _gains(score, answers, kept),
        is_shown=not score.segment or places[score.segment] == IN,
    )


def _gains(score: Score, answers: list[Answered], kept: Fraction) -> dict[str, Fraction]:
    """Source column -> what answering its unknown criteria may at best add (take, where the total subtracts)."""
    gains: dict[str, Fraction] = {}
    for column in dict.fromkeys(one.column for one in answers):
        free = [
            one.possible - {LEFT_OUT}
            if one.applies and not one.is_known and one.column == column
            else frozenset({one.points})
            for one in answers
        ]
        changes = [settled(score, answers, list(some)) for some in product(*free)]
        best = min if score.in_total < 0 else max
        gains[column] = best(change - kept for change in changes if change is not None)
    return gains


def column_of(field: str) -> str:
    return "Phone" if field == "phone_validity" else field


def places_of(model: Model, lead: Lead, around: dict[str, Around]) -> Places:
    return {segment.name: place_in(segment, lead, around) for segment in model.segments}


def answers_of(model: Model, lead: Lead, around: dict[str, Around], places: Places, as_of: date) -> list[Answered]:
    answers = [
        answered(criterion, lead[criterion.field], around[criterion.field])
        if criterion.field
        else answered_by_segments(criterion, places, model.segments)
        for criterion in model.criteria
        if criterion.is_active(as_of)
    ]
    return [
        replace(one, points=LEFT_OUT, possible=frozenset({LEFT_OUT}), applies=False)
        if one.criterion.segment and places[one.criterion.segment] != IN
        else one
        for one in answers
    ]


def scores_of(model: Model, answers: list[Answered], places: Places) -> dict[str, Scored]:
    """Each score. A lone one is the total, whatever its In total says."""
    decimals, lone = model.settings.decimals, len(model.scores) == 1
    declared = [score.model_copy(update={"in_total": 1.0}) if lone else score for score in model.scores]
    return {
        score.name: score_of(
            score, [one for one in answers if one.criterion.score in ("", score.name)], decimals, places
        )
        for score in declared
    }


def total_of(model: Model, scores: dict[str, Scored]) -> Scored:
    """4.5: a lone score is the total; else each shown times its In total, blank when one that counts is blank.

    A lead without any score that counts has no total.
    """
    if len(scores) == 1:
        return next(iter(scores.values()))
    counted = [(scores[score.name], exact(score.in_total), score.name) for score in model.scores if score.in_total]
    sums = {"known": sum((one.known for one, *_ in counted), Fraction(0))}
    sums["weight"] = sum((one.weight for one, *_ in counted), Fraction(0))
    gains: dict[str, Fraction] = {}
    for one, share, _ in counted:
        for column, gain in one.gains.items():
            gains[column] = gains.get(column, Fraction(0)) + gain * share
    parts = {name: (one.value or Fraction(0)) * share for one, share, name in counted}
    shown = [row for row in counted if row[0].is_shown]
    if not shown or any(one.value is None for one, *_ in shown):
        return Scored(parts, None, None, None, **sums, gains=gains)
    decimals = model.settings.decimals
    raw = sum(parts.values(), Fraction(0))
    ends = [(one.low * share, one.high * share) for one, share, _ in shown]
    value = rounded(raw, decimals)
    return Scored(
        parts=parts | {"rounding": value - raw},
        value=value,
        low=rounded(sum(map(min, ends), Fraction(0)), decimals),
        high=rounded(sum(map(max, ends), Fraction(0)), decimals),
        **sums,
        gains=gains,
    )


def excluded_by(answers: list[Answered]) -> list[str]:
    """4.7: every exclusion whose points are negative; with its score where two exclusions bear one name."""
    names = [one.criterion.name for one in answers if one.criterion.kind is Kind.EXCLUSION]
    return [
        f"{one.criterion.score}: {one.criterion.name}"
        if names.count(one.criterion.name) > 1 and one.criterion.score
        else one.criterion.name
        for one in answers
        if one.criterion.kind is Kind.EXCLUSION and one.points is not LEFT_OUT and one.points < 0
    ]


def next_best_field(answers: list[Answered], total: Scored) -> str:
    order = dict.fromkeys(one.column for one in answers if one.column in total.gains)
    best = max(order, key=lambda column: total.gains[column], default="")
    return best if best and total.gains[best] > 0 else ""


def band_of(value: Fraction | None, bands: tuple[Band, ...]) -> str:
    reached = [band for band in bands if value is not None and (band.start is None or exact(band.start) <= value)]
    highest = max(reached, key=lambda band: -math.inf if band.start is None else band.start, default=None)
    return "" if highest is None else highest.name


def band_range(total: Scored, bands: tuple[Band, ...]) -> str:
    if total.value is None:
        return ""
    low, high = (band_of(end, bands) or "-" for end in (total.low, total.high))
    return low if low == high else f"{low}..{high}"


def reasons(model: Model, scores: dict[str, Scored]) -> str:
    """Every contribution in units of the total, largest first, zeros left out; why a score is blank comes first."""
    lone = len(scores) == 1
    counted = [score for score in model.scores if lone or score.in_total]
    parts = [
        (score.name, name, rounded(part * (1 if lone else exact(score.in_total)), model.settings.decimals))
        for score in counted
        for name, part in scores[score.name].parts.items()
        if name != "rounding"
    ]
    names = [name for _, name, _ in [*parts]]
    blank = [
        "no criterion applies" if lone else f"{score.name}: no criterion applies"
        for score in counted
        if scores[score.name].is_shown and scores[score.name].value is None
    ]
    shown = sorted((part for part in parts if part[2]), key=lambda part: -abs(part[2]))
    labels = [(f"{score}: {name}" if names.count(name) > 1 else name, number) for score, name, number in shown]
    return "; ".join([*blank, *(f"{label} {_signed(number)}" for label, number in labels)])


def _signed(number: Fraction) -> str:
    return f"{float(number):+.6f}".rstrip("0").rstrip(".")


def ranks(totals: list[Scored], excluded: list[bool]) -> list[int | None]:
    """4.3 and 4.7: 1 is the best of those not excluded; equal scores share a rank."""
    ranked = [one.value for one, out in zip(totals, excluded, strict=True) if not out and one.value is not None]
    return [
        None if out or one.value is None else 1 + sum(other > one.value for other in ranked)
        for one, out in zip(totals, excluded, strict=True)
    ]
