"""Leads as an earlier run read them, scored once more: by the model of now, as of the day of then or of now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.enrichment.steps import ACTIVITY_COLUMNS
from leadscore.errors import ModelError
from leadscore.pipeline.behave import Acted
from leadscore.pipeline.past.earlier import OF_BEHAVIOURS, OF_OURS, OF_SHEET, Ruler, evidence_key, kept_evidence
from leadscore.pipeline.score import add_up, ask
from leadscore.plan.clock import columns_of_the_day
from leadscore.plan.plan import Plan, make_plan, source_key, sources_of
from leadscore.scoring.values import Bools, Codes, Floats
from leadscore.scoring.warmth import Behaved, Warmth
from leadscore.values.cells import text_of
from leadscore.values.evidence import Evidence

Make = Callable[[Plan], Acted]
_ALWAYS = frozenset({"email_norm", "email_is_role"})  # by which activities find their leads
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Now:
    """The leads of this run that are not blank rows, what was made of them by which plan, and what makes that."""

    leads: pd.DataFrame
    acted: Acted
    plan: Plan
    make: Make

    @property
    def enriched(self) -> pd.DataFrame:
        """The enrichment columns."""
        return self.acted.enriched

    @property
    def texts(self) -> pd.DataFrame:
        """All that the model reads of the leads, as a state keeps it."""
        columns = texts_read(columns_read(self.plan), self.leads, self.enriched)
        given = {score: self.given(self.acted, score) for score in scores_warmed(self.plan)}
        return columns.assign(**{f"{OF_BEHAVIOURS}{score}": _numbers(points) for score, points in given.items()})

    def given(self, acted: Acted, score: str) -> Floats:
        """What behaviours give a score."""
        return acted.warmth.sum_of(score, len(self.leads))


def scores_warmed(plan: Plan) -> list[str]:
    """The scores that behaviours are about."""
    return list(dict.fromkeys(behaviour.score for behaviour in plan.behaviours))


def columns_read(plan: Plan) -> list[str]:
    """The columns that the model reads, of the sheet and of ours, each once, as a state names them."""
    names = [
        name
        for source in sources_of(plan)
        for name in ([f"{OF_OURS}{source.name}"] if source.is_made else [f"{OF_SHEET}{own}" for own in source.columns])
    ]
    return list(dict.fromkeys(names))


def texts_read(names: Sequence[str], leads: pd.DataFrame, enriched: pd.DataFrame) -> pd.DataFrame:
    """What the leads hold in such columns, as text, one row per lead; those that there are not are left out."""
    cells = {
        name: table[column]
        for name in names
        for start, table in ((OF_SHEET, leads), (OF_OURS, enriched))
        if name.startswith(start) and (column := name.removeprefix(start)) in table
    }
    return pd.DataFrame({name: [text_of(cell) for cell in column] for name, column in cells.items()}, dtype=object)


@dataclass(frozen=True)
class Replay:
    """The leads at `places` of now, with what `texts`, row for row, say that they held then.

    A column that the model of then did not read counts as it is now. What enrichment makes otherwise by the settings
    or the day of now is not in the texts; where it makes of the lead of now, by those of then, what it made then,
    nothing else changed, and what it makes by those of now stands in.
    """

    now: Now
    ruler: Ruler
    places: Codes
    texts: pd.DataFrame
    made: dict[tuple[str, date], Acted] = field(default_factory=dict, repr=False)

    def total(self, as_of: date) -> Floats:
        """The total by the model of now on a day, of what the leads held then. Raises ModelError as make_plan does."""
        plan = make_plan(self.now.plan.model, self.now.leads, as_of)
        said = ask(self._leads(), self._enriched(plan), plan, self._evidence(plan))
        return add_up(replace(said, warmth=self._warmth(plan)), plan).total.value

    def _warmth(self, plan: Plan) -> Warmth:
        """What behaviours gave then, score by score."""
        rows = []
        for score in scores_warmed(plan):
            now = self.now.given(self._acted(plan), score)[self.places]
            kept = self.texts.get(f"{OF_BEHAVIOURS}{score}")
            if kept is not None and self._plan_then is not None:
                then = self.now.given(self._acted(self._plan_then), score)[self.places]
                now = np.where(kept.to_numpy() == _numbers(then), now, kept.to_numpy(dtype=float))
            rows.append(Behaved(score, "behaviours", now))
        return Warmth(tuple(rows))

    @cached_property
    def is_made_otherwise(self) -> Bools:
        """Which leads hold something else now than then in a column of ours that the model read."""
        names = self._names(OF_OURS)
        now = texts_read(names, self.now.leads, self.now.enriched).iloc[self.places]
        otherwise = [now[name].to_numpy() != self.texts[name].to_numpy() for name in now]
        return np.logical_or.reduce(otherwise) if otherwise else np.zeros(len(self.places), dtype=bool)

    def _leads(self) -> pd.DataFrame:
        """The sheet as it is now, with the columns that the model of then read as they were."""
        then = self.now.leads.iloc[self.places].reset_index(drop=True)
        columns = {name: name.removeprefix(OF_SHEET) for name in self._names(OF_SHEET)}
        return then.assign(**{own: self.texts[name].to_numpy() for name, own in columns.items() if own in then})

    def _names(self, start: str) -> list[str]:
        return [str(name) for name in self.texts if str(name).startswith(start)]

    def _enriched(self, plan: Plan) -> pd.DataFrame:
        """The columns that a plan reads of ours."""
        names = [source.name for source in sources_of(plan) if source.is_made]
        if not names:
            return pd.DataFrame(index=range(len(self.places)))
        otherwise = self._may_be_otherwise(names, plan)
        anew = self._made(plan, otherwise)
        then = self._made(self._plan_then, otherwise) if self._plan_then is not None else {}
        columns = {}
        for name in names:
            now = anew[name] if name in anew else self._now(name)
            kept = self.texts.get(f"{OF_OURS}{name}")
            columns[name] = now if kept is None else _where_same(kept.to_numpy(), then.get(name), now)
        return pd.DataFrame(columns, dtype=object)

    def _may_be_otherwise(self, names: Sequence[str], plan: Plan) -> list[str]:
        """Of our columns those that another model or another day may make otherwise of the same lead."""
        then = self._plan_then
        if then is None or _settings(then) != _settings(plan):
            return list(names)
        if then.as_of == plan.as_of:
            return []
        dated = columns_of_the_day(plan.needs) | {source.name for source in sources_of(plan) if source.is_certain}
        return [name for name in names if name in dated]

    @cached_property
    def _plan_then(self) -> Plan | None:
        """The plan of then for the columns of now, None where they do not fit."""
        try:
            return make_plan(self.ruler.model, self.now.leads, self.ruler.as_of) if self.ruler.model else None
        except ModelError:
            return None

    def _made(self, plan: Plan, names: Sequence[str]) -> dict[str, Texts]:
        """Columns of ours that a plan makes of the leads of now, as text."""
        made = self._acted(plan).enriched if names else pd.DataFrame()
        return {name: _texts(made[name].iloc[self.places]) for name in names if name in made}

    def _acted(self, plan: Plan) -> Acted:
        """What a plan makes of the leads of now, as far as its model asks: of one plan once."""
        key = plan.model.hash, plan.as_of
        if key not in self.made:
            asked = {source.name for source in sources_of(plan) if source.is_made} | _ALWAYS
            asked |= ACTIVITY_COLUMNS if plan.asks_activity else frozenset()
            wanted = tuple(name for name in plan.enrichment if name in asked)
            self.made[key] = self.now.make(replace(plan, enrichment=wanted))
        return self.made[key]

    def _now(self, name: str) -> Texts:
        return _texts(self.now.enriched[name].iloc[self.places])

    def _evidence(self, plan: Plan) -> dict[str, Evidence]:
        """How columns were written, by source key; where the state does not say, it shows in the texts."""
        default = plan.default_evidence
        kept = {source_key(source): self.ruler.evidence.get(evidence_key(source)) for source in sources_of(plan)}
        return {key: kept_evidence(said, default) for key, said in kept.items() if said}


def _settings(plan: Plan) -> tuple[object, ...]:
    """All that decides of a lead's enrichment but the day."""
    context = replace(plan.context, as_of=date.min)
    said = plan.model.settings
    warmth = said.recycled_share, said.robot_activities, said.role_address_activities
    return context, plan.needs, plan.complete, plan.enrichment, plan.model.behaviours, warmth


def _where_same(kept: Texts, then: Texts | None, now: Texts) -> Texts:
    """`now` where what was kept is what is made by the ruler of then, else what was kept."""
    return kept if then is None else np.where(kept == then, now, kept)


def _numbers(numbers: Floats) -> Texts:
    """Numbers as a state keeps them: each is read back as it was."""
    return np.array([repr(number) for number in numbers.tolist()], dtype=object)


def _texts(cells: pd.Series) -> Texts:
    return np.array([text_of(cell) for cell in cells], dtype=object)
