"""Design.md section 4.7: every exclusion that may let a score reach 0 or more, each with a lead that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leadscore.issues import Issue, Place
from leadscore.model.model import Criterion, Kind, Method, Policy, Score
from leadscore.pipeline.doubts.trial import reaches
from leadscore.plan.doubts.situations import planned_in, situation_of, sources_by_key
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan
from leadscore.scoring.proof.candidates import spelled
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
        issues = [*_floored(score, plan, proof), *(_weak(one, score, plan) for one in proof.weaknesses())]
        for issue in issues:
            key = (issue.place, issue.value)
            if key not in found or _is_worse(issue, found[key]):
                found[key] = issue
    return list(found.values())


def _is_worse(issue: Issue, other: Issue) -> bool:
    """A lead that shows it counts more than none; then the lower points."""
    ranks = [(one.code == "exclusion-too-weak", -(one.details.get("points") or 0)) for one in (issue, other)]
    return ranks[0] > ranks[1]


def _weak(weakness: Weakness, score: Score, plan: Plan) -> Issue:
    criterion = planned_in(score, plan)[weakness.place].criterion
    remedy = _remedy(criterion, weakness)
    where = f" in {score.name}" if len(plan.model.scores) > 1 else ""
    details = {"score": score.name, "where": where, "remedy": remedy, "points": weakness.points}
    for texts in weakness.leads:
        lead = _lead(texts, plan)
        best = reaches(plan, lead, criterion.name, score.name)
        if best is not None:
            shown = {"best": number_text(best), "lead": _spelled(lead), "cells": lead}
            return Issue("exclusion-too-weak", _place(criterion, weakness), criterion.name, details | shown)
    return Issue("exclusion-undecided", _place(criterion, weakness), criterion.name, details)


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
    where = "" if criterion.policy is Policy.FIRST else " in each of its cases with negative points"
    if _is_by_max(criterion, weakness):
        where = " as its Max"
    limited = criterion.minimum is not None and criterion.minimum > weakness.points
    return f"write {weakness.points} or less{where}{', and as its Min' if limited else ''}"


def _is_by_max(criterion: Criterion, weakness: Weakness) -> bool:
    """Whether it is a Max below 0 that excludes, whatever the cases give."""
    return weakness.case == -1 or (criterion.policy is not Policy.FIRST and (criterion.maximum or 0.0) < 0)


def _floored(score: Score, plan: Plan, proof: Proof) -> Iterator[Issue]:
    """Where Min alone lifts every lead to 0 or more: the first exclusion with a lead that shows it."""
    if not proof.situation.is_floored:
        return
    for place, texts in proof.excluded_leads():
        criterion, lead = planned_in(score, plan)[place].criterion, _lead(texts, plan)
        best = reaches(plan, lead, criterion.name, score.name)
        if best is not None:
            details = {"best": number_text(best), "lead": _spelled(lead), "cells": lead, "score": score.name}
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
