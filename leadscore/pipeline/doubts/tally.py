"""Each criterion with what the leads of one sheet hold, counted by distinct text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from leadscore.model.model import Case, Policy
from leadscore.pipeline.results import Results
from leadscore.plan.binding import PlannedCriterion
from leadscore.plan.plan import Plan, source_key
from leadscore.scoring.asked import Asked
from leadscore.scoring.operators import Surroundings, holds
from leadscore.scoring.values import Bools, Codes, FieldValues


@dataclass(frozen=True)
class Tally:
    """One criterion, its answers, and the values of its field, over the leads it applies to."""

    planned: PlannedCriterion
    asked: Asked
    values: FieldValues
    plan: Plan

    @cached_property
    def counts(self) -> Codes:
        """How many of the leads hold each text."""
        codes = self.asked.codes if self.asked.applies is None else self.asked.codes[self.asked.applies]
        return np.bincount(codes, minlength=len(self.values.texts))

    @property
    def leads(self) -> int:
        """How many leads it applies to."""
        return int(self.counts.sum())

    @cached_property
    def case_counts(self) -> list[int]:
        """For each case, the leads it decides; with policy sum, those it holds for."""
        criterion = self.planned.criterion
        if criterion.policy is Policy.SUM:
            return [self.count(holds(case.operator, self.values, case.operands, self._around)) for case in self.cases]
        return [self.count(self.asked.answer.case == place) for place in range(len(criterion.cases))]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The criterion's cases in sheet order, as `case_counts` counts them."""
        return self.planned.criterion.cases

    def count(self, texts: Bools) -> int:
        """How many leads hold one of the marked texts."""
        return int(self.counts[texts].sum())

    def held_alone(self, case: Case, place: int) -> int:
        """How many leads one of the values of a case holds for."""
        return self.count(holds(case.operator, self.values, (case.operands[place],), self._around))

    @property
    def _around(self) -> Surroundings:
        return self.plan.surroundings


def tallies(results: Results) -> Iterator[Tally]:
    """Every planned criterion over the leads of a run."""
    for planned, asked in zip(results.plan.criteria, results.scored.asked, strict=True):
        yield Tally(planned, asked, results.scored.values[source_key(planned.source)], results.plan)


def counted(number: int, what: str = "lead") -> str:
    """'1 lead', '214 leads', '2 activities'."""
    many = f"{what.removesuffix('y')}ies" if what.endswith("y") else f"{what}s"
    return f"{number:,} {what if number == 1 else many}"
