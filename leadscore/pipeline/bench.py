"""One lead of a run with other cells, scored as its sheet is: many changes at once, or one in its sheet for certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from leadscore.enrichment import account, duplicates
from leadscore.enrichment.step import Context, Step
from leadscore.enrichment.steps import column_made, enrich, steps_for
from leadscore.pipeline.decisions import Decisions
from leadscore.pipeline.moves import verdict_columns
from leadscore.pipeline.results import Results
from leadscore.pipeline.score import (
    Answers,
    add_up,
    ask,
    context_of,
    enrich_rows,
    is_blank_row,
    read_fields,
    score,
    texts_by_field,
    with_decisions,
)
from leadscore.plan.plan import Plan, source_key, sources_of
from leadscore.scoring.segments import Met
from leadscore.scoring.values import Bools, Codes, Floats
from leadscore.values.cells import text_of

Changes = Mapping[str, str]  # source column -> what its cell holds instead
# What these make of a lead depends on the other leads: it stays as it is while cells are tried.
_OF_WHOLE_SHEET = (*duplicates.MAKES, *account.MAKES)


@dataclass(frozen=True)
class Trial:
    """The lead once per set of changes: the total as shown, whether it is excluded, what it answers."""

    total: Floats
    excluded: Bools
    answers: Answers
    made: pd.DataFrame
    plan: Plan

    @cached_property
    def effects(self) -> list[bytes]:
        """What each set of changes does to every criterion and condition: the same bytes, the same effect."""
        columns: list[Floats | Bools | Codes] = []
        for one in self.answers.asked:
            said = one.answer
            columns += [said.points[one.codes], said.skipped[one.codes], said.case[one.codes]]
        columns += [one.meets(self.plan.surroundings)[0] for one in self._met()]
        for name in self.made:
            column = column_made(str(name))
            if column.kind == "flag" or column.words:
                columns.append(pd.factorize(self.made[name].astype(str))[0])
        table = np.column_stack([np.asarray(column, dtype=float) for column in columns])
        return [row.tobytes() for row in table]

    @property
    def spoilt(self) -> Bools:
        """Where something cannot be read that can be read with the first set of changes."""
        unread = [(one.answer.unread, one.codes) for one in self.answers.asked]
        unread += [(one.unread, one.values.codes) for one in self._met()]
        columns = [kinds[codes] for told, codes in unread for kinds in told.values()]
        return np.asarray(np.logical_or.reduce([column & ~column[0] for column in columns]), dtype=bool)

    def _met(self) -> list[Met]:
        """Every condition of every segment."""
        return [
            Met(condition, self.answers.values[source_key(source)])
            for segment in self.plan.segments
            for condition, source in segment.conditions
        ]


@dataclass(frozen=True)
class Bench:
    """A lead of a run by its position among the rows that are not blank."""

    results: Results
    position: int

    def cell(self, column: str) -> str:
        """The text that a source column holds."""
        return text_of(self._leads[column].iloc[self.position])

    def trial(self, changes: Sequence[Changes]) -> Trial:
        """The lead with each set of changes. What columns give away of how they are written stays as it is."""
        plan, count = self.results.plan, len(changes)
        rows = self._rows(changes)
        fields = texts_by_field(read_fields(rows, plan), rows.index)
        made = enrich(fields, self._context, self._steps).assign(**self._activity)
        evidence = {key: values.evidence for key, values in self.results.scored.values.items()}
        warmth = self.results.scored.warmth.at([self.position] * count)
        answers = replace(ask(rows, made, plan, evidence), warmth=warmth)
        held = {
            score: dict.fromkeys(range(count), places[self.position])
            for score, places in self.results.scored.decisions.held.items()
            if self.position in places
        }
        sums = with_decisions(add_up(answers, plan), Decisions(held), plan)
        return Trial(sums.total.value, sums.excluded, answers, made, plan)

    def in_sheet(self, changes: Changes) -> tuple[float, bool]:
        """Total and exclusion of the lead when the whole sheet is scored anew with the changes made in it."""
        plan = replace(self.results.plan, enrichment=self._asked_columns)
        leads = self._leads.copy()
        for column, text in changes.items():
            cells = leads[column].astype(object)
            cells.iloc[self.position] = text
            leads[column] = cells
        if is_blank_row(leads.iloc[[self.position]])[0]:
            return float("nan"), False
        filled = ~self.results.blank
        activity = {name: self.results.enriched[name][filled] for name in self._activity}
        scored = score(leads, enrich_rows(leads, plan).assign(**activity), plan, self.results.scored.warmth)
        return float(scored.total.value[self.position]), bool(scored.excluded[self.position])

    @cached_property
    def _activity(self) -> dict[str, str | float]:
        """What the lead did, as the columns say: no set of changes changes that."""
        asked = (source.name for source in sources_of(self.results.plan) if source.is_certain)
        return {name: self.results.enriched[name][~self.results.blank].iloc[self.position] for name in asked}

    @cached_property
    def _leads(self) -> pd.DataFrame:
        """The rows that are not blank."""
        return self.results.leads[~self.results.blank]

    def _rows(self, changes: Sequence[Changes]) -> pd.DataFrame:
        """The lead's row once per set of changes, in the columns that anything reads."""
        plan = self.results.plan
        sources = [*plan.needs.values(), *plan.complete.values(), *sources_of(plan)]
        columns = dict.fromkeys(column for source in sources for column in source.columns)
        cells = {column: [self._leads[column].iloc[self.position]] * len(changes) for column in columns}
        for place, change in enumerate(changes):
            for column, text in change.items():
                cells[column][place] = text
        index = pd.RangeIndex(len(changes))
        return pd.DataFrame({name: pd.Series(own, index, dtype=object) for name, own in cells.items()}, index=index)

    @cached_property
    def _context(self) -> Context:
        return context_of(read_fields(self._leads, self.results.plan), self.results.plan)

    @cached_property
    def _asked_columns(self) -> tuple[str, ...]:
        """The enrichment columns that criteria, segments and decisions read."""
        plan = self.results.plan
        asked = {source.name for source in sources_of(plan) if source.is_made}
        asked |= {"email_norm"} if plan.model.overrides else set()
        return tuple(column for column in plan.enrichment if column in asked)

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        plan = self.results.plan
        wanted = {*self._asked_columns, *verdict_columns(plan).values()}
        return tuple(self._pinned(step) for step in steps_for(wanted))

    def _pinned(self, step: Step) -> Step:
        """The step, or where its columns depend on other leads, one that answers what the lead has now."""
        if not set(step.makes) <= set(_OF_WHOLE_SHEET):
            return step
        enriched = self.results.enriched[~self.results.blank]
        now = {
            column.name: enriched[column.name].iloc[self.position] if column.name in enriched else ""
            for column in step.makes
        }
        return replace(step, run=lambda fields, _: _repeated(now, fields.index))


def _repeated(cells: Mapping[str, object], index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([cell] * len(index), index, dtype=object) for name, cell in cells.items()})
