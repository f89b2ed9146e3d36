"""A plan -> what the proof of design.md section 4.7 looks at, one situation per score."""

from __future__ import annotations

import math
from collections.abc import Mapping

from leadscore.model.behaviours import Behaviour
from leadscore.model.model import Score
from leadscore.plan.binding import PlannedCriterion
from leadscore.plan.doubts.dependences import DEPENDENCES, VERDICTS, look_of
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan, source_key, sources_of
from leadscore.scoring.proof.lifts import lift_of
from leadscore.scoring.proof.situation import Situation, Weighed


def planned_in(score: Score, plan: Plan) -> tuple[PlannedCriterion, ...]:
    """The active criteria that weigh on a score, in sheet order."""
    return tuple(row for row in plan.criteria if row.criterion.score in ("", score.name))


def behaviours_in(score: Score, plan: Plan) -> tuple[Behaviour, ...]:
    """The active behaviours that count in a score, in sheet order."""
    return tuple(row for row in plan.behaviours if row.score == score.name)


def situation_of(score: Score, plan: Plan) -> Situation:
    """One score with all that its exclusions have to outweigh."""
    role = plan.model.settings.role_address_activities
    return Situation(
        score=score,
        decimals=plan.model.settings.decimals,
        criteria=tuple(
            Weighed(row.criterion, look_of(row.source, plan.needs), row.source.segments)
            for row in planned_in(score, plan)
        ),
        segments={
            segment.name: [(condition, look_of(source, plan.needs)) for condition, source in segment.conditions]
            for segment in plan.segments
        },
        verdicts=dict.fromkeys(DEPENDENCES, VERDICTS),
        around=plan.surroundings,
        evidence=plan.default_evidence,
        lift=lift_of(behaviours_in(score, plan), math.inf if isinstance(role, str) else role),
    )


def sources_by_key(plan: Plan) -> Mapping[str, FieldSource]:
    """The sources by the keys that the proof names fields with."""
    return {source_key(source): source for source in sources_of(plan)}
