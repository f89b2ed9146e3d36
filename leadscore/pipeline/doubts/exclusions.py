"""Design.md section 4.7: every exclusion that may let a score reach 0 or more, each with a lead that shows it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from leadscore.issues import Issue, Place
from leadscore.model.model import Criterion, Kind, Method, Policy, Score
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.doubts.doings import Deeds, doings, spelled_doings
from leadscore.pipeline.doubts.trial import reaches
from leadscore.plan.doubts.situations import behaviours_in, planned_in, situation_of, sources_by_key
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan
from leadscore.scoring.proof.candidates import spelled
from leadscore.scoring.proof.lifts import is_unlimited, lift_of
from leadscore.scoring.proof.proof import Proof, Weakness
from leadscore.values.cells import number_text

Proofs = Mapping[str, Proof]
Lead = Mapping[FieldSource, str]


def proofs_of(plan: Plan) -> Proofs:
    """Score -> what can be said of it without any lead."""
    return {score.name: Proof(situation_of(score, plan)) for score in plan.model.scores}


def exclusion_issues(plan: Plan, proofs: Proofs) -> list[Issue]:
    """What is not guaranteed of exclusions: per case, for the score that asks for the lowest points."""
    found: dict[tuple[Place, str], Issue] = {}
    for score in plan.model.scores:
        proof = proofs[score.name]
        issues = [*_floored(score, plan, proof), *(_weak(one, score, plan, proof) for one in proof.weaknesses())]
        for issue in issues:
            key = (issue.place, issue.value)
            if key not in found or _is_worse(issue, found[key]):
                found[key] = issue
    return list(found.values())


def _is_worse(issue: Issue, other: Issue) -> bool:
    """A lead that shows it counts more than none; then the lower points."""
    ranks = [(one.code == "exclusion-too-weak", -(one.details.get("points") or 0)) for one in (issue, other)]
    return ranks[0] > ranks[1]


def _weak(weakness: Weakness, score: Score, plan: Plan, proof: Proof) -> Issue:
    criterion = planned_in(score, plan)[weakness.place].criterion
    where = f" in {score.name}" if len(plan.model.scores) > 1 else ""
    details: dict[str, object] = {"score": score.name, "where": where, "points": weakness.points}
    details |= {"remedy": _remedy(criterion, weakness), **_without_limit(weakness, score, plan, proof)}
    for texts in weakness.leads:
        lead = _lead(texts, plan)
        for deeds in doings(lead, score, plan):
            best = reaches(plan, lead, criterion.name, score.name, deeds)
            if best is not None:
                shown = {"best": number_text(best), **_shown(lead, deeds)}
                return Issue("exclusion-too-weak", _place(criterion, weakness), criterion.name, details | shown)
    return Issue("exclusion-undecided", _place(criterion, weakness), criterion.name, details)


def _without_limit(weakness: Weakness, score: Score, plan: Plan, proof: Proof) -> dict[str, object]:
    """Where behaviours without a Max can lift any lead: the Max they need, and the points that would do then."""
    criterion, behaviours = planned_in(score, plan)[weakness.place].criterion, behaviours_in(score, plan)
    unlimited = [row for row in behaviours if is_unlimited(row)]
    limited = lift_of(row for row in behaviours if not is_unlimited(row))[1]
    points = proof.points_with(weakness, limited) if unlimited else None
    if points is None:
        return {}
    names = _listed([f'"{row.name}"' for row in unlimited])
    those = "that Max" if len(unlimited) == 1 else "the sum of these Max"
    sheet = vocabulary("sheets").say("behaviours", plan.model.language)
    less = f"{those} divided by the weight" if criterion.weight != 1 else those
    where = _elsewhere(criterion, weakness, -math.inf)  # a Max of any size goes off the points: no Min is low enough
    remedy = f"write a Max for {names} in {sheet}, and here {points} minus {less}, or lower{where}"
    return {"remedy": remedy, "points_but_max": points}


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _shown(lead: Lead, deeds: Deeds | None) -> dict[str, object]:
    """The lead that shows it, in words and as cells; of one whose activities count, what it did."""
    if deeds is None:
        return {"lead": _spelled(lead), "cells": lead, "deeds": ()}
    cells = {source: text for source, text in lead.items() if not source.is_certain}
    return {"lead": ", ".join(filter(None, (_spelled(cells), spelled_doings(deeds)))), "cells": cells, "deeds": deeds}


def _place(criterion: Criterion, weakness: Weakness) -> Place:
    """The points to change: of the case, else of the first case with negative points; the criterion for its Max."""
    if _is_by_max(criterion, weakness):
        return criterion.place
    if weakness.case is not None:
        return criterion.cases[weakness.case].place
    negative = (case.place for case in criterion.cases if case.points is not None and case.points < 0)
    return next(negative, criterion.place)


def _remedy(criterion: Criterion, weakness: Weakness) -> str:
    """What would do: 'write -700 or less', and where else than in this cell."""
    if weakness.points is None:
        return "give it a weight: with weight 0 its points do not count"
    return f"write {weakness.points} or less{_elsewhere(criterion, weakness, weakness.points)}"


def _elsewhere(criterion: Criterion, weakness: Weakness, points: float) -> str:
    """Where else than in this cell the points have to be written."""
    where = "" if criterion.policy is Policy.FIRST else " in each of its cases with negative points"
    if _is_by_max(criterion, weakness):
        where = " as its Max"
    is_limited = criterion.minimum is not None and criterion.minimum > points
    return f"{where}{', and as its Min' if is_limited else ''}"


def _is_by_max(criterion: Criterion, weakness: Weakness) -> bool:
    """Whether it is a Max below 0 that excludes, whatever the cases give."""
    return weakness.case == -1 or (criterion.policy is not Policy.FIRST and (criterion.maximum or 0.0) < 0)


def _floored(score: Score, plan: Plan, proof: Proof) -> Iterator[Issue]:
    """Where Min alone lifts every lead to 0 or more: the first exclusion with a lead that shows it."""
    if not proof.situation.is_floored:
        return
    for place, texts in proof.excluded_leads():
        criterion, lead = planned_in(score, plan)[place].criterion, _lead(texts, plan)
        deeds = next(doings(lead, score, plan))
        best = reaches(plan, lead, criterion.name, score.name, deeds)
        if best is not None:
            details = {"best": number_text(best), "score": score.name, **_shown(lead, deeds)}
            yield Issue("exclusion-floored", score.place, score.name, details)
            return


def dilution_issues(plan: Plan, proofs: Proofs) -> Iterator[Issue]:
    """How much smaller an exclusion makes a mean, where it gives 0 to all leads it keeps."""
    for score in (one for one in plan.model.scores if one.method is Method.MEAN):
        criteria = [row.criterion for row in planned_in(score, plan)]
        total = sum(criterion.weight for criterion in criteria)
        for place, criterion in enumerate(criteria):
            is_counted = criterion.kind is Kind.EXCLUSION and 0 < criterion.weight < total
            if is_counted and proofs[score.name].kept_points(place) == {0.0}:
                details = {"score": score.name, "share": f"{100 * criterion.weight / total:.0f}"}
                yield Issue("exclusion-dilutes", criterion.place, criterion.name, details)


def _lead(texts: Mapping[str, str], plan: Plan) -> Lead:
    sources = sources_by_key(plan)
    return {sources[key]: text for key, text in texts.items()}


def _spelled(lead: Lead) -> str:
    return spelled({source.name if source.is_made else source.columns[0]: text for source, text in lead.items()})
