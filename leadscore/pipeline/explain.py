"""One lead's score as the sum it is, with the value read and the model cell behind every line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from leadscore.enrichment.activity import COUNT, LAST
from leadscore.enrichment.steps import STEPS
from leadscore.errors import SourceError
from leadscore.issues import Issue, Place
from leadscore.model.behaviours import Behaviour, Decay
from leadscore.model.model import Case
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.counterfactual import Counterfactual, what_would_lift
from leadscore.pipeline.moves import fields_behind
from leadscore.pipeline.results import TOTAL, Results
from leadscore.pipeline.run import Job, score_file
from leadscore.plan.binding import PlannedCriterion
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import fill_source, source_key
from leadscore.scoring.asked import Asked
from leadscore.scoring.score import ScoreResult
from leadscore.values.cells import number_text, text_of
from leadscore.values.folding import fold

SEGMENTS = "segments"  # what a criterion about segments is said to read
ACTIVITIES = "activities"  # and a behaviour
_MOST_ORIGINS = 3  # fields that a column is made from, of which the first may stand for it


@dataclass(frozen=True)
class Line:
    """One contribution: what was read of the lead, the case that decided, its points and weight, and where it stands.

    `cell` is the model's cell with the points ('Scoring!G4'), '' for the lines cap, floor and rounding. Where what was
    read is a column of enrichment, `origin` is the source column it was made from, `raw` what stands there, and
    `reason` why the verdict is what it is ('email_reason: no_at').
    """

    name: str
    contribution: float
    read: str = ""
    column: str = ""
    case: str = ""
    points: float | None = None
    weight: float | None = None
    cell: str = ""
    is_known: bool = True
    origin: str = ""
    raw: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Explanation:
    """One lead: its row, the columns of the results, per score the lines that add up to it, and what would lift it.

    `ranked` is how many leads have a rank.
    """

    source: str
    model: str
    row: int
    columns: dict[str, object]
    scores: dict[str, tuple[Line, ...]]
    values: dict[str, float]
    decimals: int
    issues: tuple[Issue, ...]
    ranked: int
    lift: Counterfactual
    same: tuple[int, ...] = ()  # further rows that answer to the same id or e-mail


def explain_lead(job: Job, lead: str) -> Explanation:
    """The explanation of the lead with this id, e-mail or row number. Raises SourceError when there is none."""
    outcome = score_file(job)
    results = cast("Results", outcome.results)  # of a run that scores, unlike one that only enriches
    position, *others = _find(results, lead)
    row = int(results.leads.index[position])
    scored_position = int((~results.blank)[:position].sum())
    sums = dict(results.scored.scores)
    if len(sums) > 1:
        sums[TOTAL] = results.scored.total
    scores = {name: _lines(name, result, results, scored_position) for name, result in sums.items()}
    values = {name: float(result.value[scored_position]) for name, result in sums.items()}
    return Explanation(
        source=outcome.name,
        model=Path(outcome.model.path).name,
        row=row,
        columns={str(name): value for name, value in results.table.iloc[position].items()},
        scores=scores,
        values=values,
        decimals=outcome.model.settings.decimals,
        ranked=int(results.table["rank"].notna().sum()),
        lift=what_would_lift(results, scored_position),
        issues=tuple(issue for issue in outcome.issues if _is_of(issue.place, row, outcome.source.sheet)),
        same=tuple(int(results.leads.index[place]) for place in others),
    )


def _is_of(place: Place, row: int, sheet: str) -> bool:
    """Whether a place is in this row of the leads; the model has rows of that number too."""
    return place.row == row and place.sheet == sheet


def _find(results: Results, lead: str) -> list[int]:
    """The positions of a lead among all rows: by id, else by e-mail, else by row number ('7' or 'row 7')."""
    blank = results.blank
    for texts in _keys(results):
        places = [place for place, text in enumerate(texts) if text and fold(text) == fold(lead) and not blank[place]]
        if places:
            return places
    rows = results.leads.index[~blank]
    span = f"rows {rows[0]} to {rows[-1]}" if len(rows) else "no rows at all"
    raise SourceError(f'no lead "{lead}" in {span}; give an id, an e-mail, or the number of a row that is not blank')


def _keys(results: Results) -> list[list[str]]:
    keys: list[list[str]] = []
    if results.plan.id_column:
        keys.append([text_of(cell) for cell in results.leads[results.plan.id_column]])
    if source := results.plan.needs.get("email"):
        keys += [[text_of(cell) for cell in results.leads[column]] for column in source.columns]
    if "email_norm" in results.enriched:
        keys.append([str(text) for text in results.enriched["email_norm"]])
    keys.append([str(row) for row in results.leads.index])
    keys.append([_row_name(row) for row in results.leads.index])
    return keys


def _row_name(row: int) -> str:
    """What names a row where a bare number may be an id."""
    return f"row {row}"


def name_of_best(results: Results) -> str:
    """What `explain_lead` finds the best lead by: '7', 'row 7' where ids are numbers, '' without any lead."""
    best = np.flatnonzero(results.table["rank"].eq(1))
    if not len(best):
        return ""
    row = results.leads.index[best[0]]
    return str(row) if _find(results, str(row))[0] == best[0] else _row_name(row)


def _lines(score: str, result: ScoreResult, results: Results, lead: int) -> tuple[Line, ...]:
    planned = {
        row.criterion.name: (row, asked)
        for row, asked in zip(results.plan.criteria, results.scored.asked, strict=True)
        if score != TOTAL and row.criterion.score in ("", score)
    }
    behaviours = {row.name: row for row in results.plan.behaviours if row.score == score}
    lines = []
    for name, parts in result.contributions.items():
        added = float(parts[lead])
        if name in planned:
            lines.append(_criterion_line(*planned[name], added, results, lead))
        elif name in behaviours:
            lines.append(_behaviour_line(behaviours[name], added, results, lead))
        else:
            lines.append(Line(name, added))
    return tuple(lines)


def _behaviour_line(behaviour: Behaviour, contribution: float, results: Results, lead: int) -> Line:
    own = results.enriched[~results.blank].iloc[lead]
    count, last = own[f"{COUNT}{behaviour.name}"], own[f"{LAST}{behaviour.name}"]
    return Line(
        name=behaviour.name,
        contribution=contribution,
        read=f"{count:g} ×, {_ago(last)}" if count else "never",
        column=ACTIVITIES,
        case=_worth(behaviour, results.plan.model.language),
        cell=str(behaviour.points_place),
    )


def _ago(days: object) -> str:
    return "today" if days == 0 else f"last {days} day{'' if days == 1 else 's'} ago"


def _worth(behaviour: Behaviour, language: Language) -> str:
    """What a behaviour gives, in words: 'is Demo; Webinar: 12 points each, half-life 30 days'."""
    operator = vocabulary("operators").say(behaviour.operator, language)
    often = f"from {behaviour.at_least} on, once" if behaviour.at_least else "each"
    words = [f"{operator} {behaviour.typed}: {number_text(behaviour.points)} points {often}"]
    if behaviour.product:
        words.append(f"on {behaviour.product}")
    if behaviour.decay is not Decay.NONE:
        step = f" {behaviour.step:.0%}" if behaviour.decay is Decay.STEP else ""
        words.append(f"{behaviour.decay}{step} {number_text(behaviour.decay_days or 0.0)} days")
    if behaviour.window is not None:
        words.append(f"of the last {behaviour.window} days")
    return ", ".join(words)


def _criterion_line(row: PlannedCriterion, asked: Asked, contribution: float, results: Results, lead: int) -> Line:
    if asked.applies is not None and not asked.applies[lead]:
        return Line(row.criterion.name, contribution, case=f"only asked of {row.criterion.segment}")
    code = asked.codes[lead]
    origin, raw = _origin(row.source, results, lead)
    deciding = int(asked.answer.case[code])
    case = row.criterion.cases[deciding] if deciding >= 0 else None
    is_skipped = bool(asked.answer.skipped[code])
    return Line(
        name=row.criterion.name,
        contribution=contribution,
        read=_segments(row.source, results, lead) or results.scored.values[source_key(row.source)].texts[code],
        column=SEGMENTS if row.source.segments else results.scored.columns[source_key(row.source)][lead],
        case=_said(case, results.plan.model.language) if case else "no case holds",
        points=None if is_skipped else float(asked.answer.points[code]),
        weight=row.criterion.weight,
        cell=str(case.place if case else row.criterion.place),
        is_known=bool(asked.answer.known[code]),
        origin=origin,
        raw=raw,
        reason=_reason(row.source, results, lead),
    )


def _segments(source: FieldSource, results: Results, lead: int) -> str:
    """Which of the segments that a criterion asks for the lead is in: 'Big', 'not Big', 'perhaps Big'."""
    memberships = [(name, results.scored.memberships[name]) for name in source.segments]
    return ", ".join(
        name if one.inside[lead] else f"perhaps {name}" if one.unknown[lead] else f"not {name}"
        for name, one in memberships
    )


def _origin(source: FieldSource, results: Results, lead: int) -> tuple[str, str]:
    """The source column that an enrichment column is made from, and what stands there; '' where it is of too many."""
    if not source.is_made or source.is_certain or len(fields_behind(source.name, results.plan)) > _MOST_ORIGINS:
        return "", ""
    fields = [field for field in results.plan.needs.values() if source.asked_of in field.columns]
    if not fields:
        return "", ""
    is_mobile = fields[0].name == "phone" and _phone_reason(results, lead) == "from_mobile"
    read = results.plan.needs["mobile"] if is_mobile else fields[0]
    filled = fill_source(results.leads[~results.blank].iloc[[lead]], read)
    return filled.columns[0], str(filled.texts.iloc[0])


def _phone_reason(results: Results, lead: int) -> str:
    return (
        str(results.enriched["phone_reason"][~results.blank].iloc[lead]) if "phone_reason" in results.enriched else ""
    )


def _reason(source: FieldSource, results: Results, lead: int) -> str:
    """The reason that stands beside an enrichment column, with its name."""
    steps = [step.makes for step in STEPS if source.is_made and any(made.name == source.name for made in step.makes)]
    names = [
        made.name for makes in steps for made in makes if made.name.endswith("_reason") and made.name != source.name
    ]
    said = {name: results.enriched[name][~results.blank].iloc[lead] for name in names if name in results.enriched}
    return "; ".join(f"{name}: {reason}" for name, reason in said.items() if reason)


def _said(case: Case, language: Language) -> str:
    """The case as the model says it: 'est FR; BE; CH'."""
    operator = vocabulary("operators").say(case.operator, language)
    return f"{operator} {case.typed}" if case.typed else operator
