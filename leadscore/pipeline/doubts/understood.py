"""How every case was understood, and with a sheet of leads, for how many it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadscore.issues import Place
from leadscore.model.model import Criterion
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.doubts.activities import Happenings
from leadscore.pipeline.doubts.tally import Tally
from leadscore.plan.doubts.behaviour_sentences import behaviour_sentence
from leadscore.plan.doubts.sentences import case_sentence, count_said, said
from leadscore.plan.plan import Plan
from leadscore.values.cells import number_text


@dataclass(frozen=True)
class UnderstoodCase:
    """One case: its cell, its sentence, the leads it decides (None: no leads at hand).

    Of a behaviour, the leads that did what it is about, and in how many activities.
    """

    place: Place
    sentence: str
    leads: int | None
    activities: int | None = None

    def line(self, language: Language) -> str:
        """'phone_country is FR, BE or CH → +100 · 214 leads', of a behaviour '… · 17 leads, 40 activities'."""
        counts = [] if self.leads is None else [count_said(self.leads, language)]
        counts += [] if self.activities is None else [count_said(self.activities, language, "activity")]
        return " · ".join(filter(None, (self.sentence, ", ".join(counts))))


@dataclass(frozen=True)
class Understood:
    """One criterion: its score ('' where there is one only), its name, what it is, and its cases."""

    score: str
    name: str
    about: str
    cases: tuple[UnderstoodCase, ...]


def understood(plan: Plan, found: Sequence[Tally] = ()) -> tuple[Understood, ...]:
    """Every active criterion in sheet order, with counts where leads are at hand."""
    counts: list[Sequence[int | None]] = [tally.case_counts for tally in found]
    counts = counts or [[None] * len(row.criterion.cases) for row in plan.criteria]
    return tuple(
        _criterion(_as_written(row.criterion, plan), own, plan) for row, own in zip(plan.criteria, counts, strict=True)
    )


def understood_behaviours(plan: Plan, happened: Happenings | None = None) -> tuple[Understood, ...]:
    """Every active behaviour in sheet order, with counts where activities are at hand."""
    language = plan.model.language
    rows = []
    for behaviour in plan.behaviours:
        counts = happened.reached(behaviour) if happened else (None, None)
        case = UnderstoodCase(behaviour.value_place, behaviour_sentence(behaviour, language), *counts)
        stage = vocabulary("stages").say(behaviour.stage, language) if behaviour.stage else ""
        about = ", ".join(filter(None, (said("behaviour", language), stage)))
        score = behaviour.score if len(plan.model.scores) > 1 else ""
        rows.append(Understood(score, behaviour.name, about, (case,)))
    return tuple(rows)


def _as_written(criterion: Criterion, plan: Plan) -> Criterion:
    """The criterion with the words of the model, which the plan replaces by those of the column."""
    return next(one for one in plan.model.criteria if (one.score, one.name) == (criterion.score, criterion.name))


def _criterion(criterion: Criterion, counts: Sequence[int | None], plan: Plan) -> Understood:
    language = plan.model.language
    kind = vocabulary("kinds").say(criterion.kind, language)
    return Understood(
        score=(criterion.score or said("every", language)) if len(plan.model.scores) > 1 else "",
        name=criterion.name,
        about=f"{kind}, {said('weight', language)} {number_text(criterion.weight)}",
        cases=tuple(
            UnderstoodCase(case.place, case_sentence(case, criterion, language), count)
            for case, count in zip(criterion.cases, counts, strict=True)
        ),
    )
