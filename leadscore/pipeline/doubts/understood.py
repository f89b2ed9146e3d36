"""How every case was understood, and with a sheet of leads, for how many it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadscore.issues import Place
from leadscore.model.model import Criterion
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.doubts.tally import Tally
from leadscore.plan.doubts.sentences import case_sentence, count_said, said
from leadscore.plan.plan import Plan
from leadscore.values.cells import number_text


@dataclass(frozen=True)
class UnderstoodCase:
    """One case: its cell, its sentence, the leads it decides (None: no leads at hand)."""

    place: Place
    sentence: str
    leads: int | None

    def line(self, language: Language) -> str:
        """'phone_country is FR, BE or CH → +100 · 214 leads'."""
        return self.sentence if self.leads is None else f"{self.sentence} · {count_said(self.leads, language)}"


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
