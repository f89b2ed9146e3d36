"""How the score of each lead changed since the last run, and because of what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from leadscore.errors import ModelError
from leadscore.pipeline.line import all_rows
from leadscore.pipeline.past.earlier import Earlier, evidence_key, said_evidence
from leadscore.pipeline.past.keys import keys_of
from leadscore.pipeline.past.replay import Now, Replay
from leadscore.pipeline.results import CONTRIBUTION, Results
from leadscore.pipeline.score import Scored
from leadscore.plan.plan import source_key, sources_of
from leadscore.reference import versions
from leadscore.scoring.reasons import reasons
from leadscore.scoring.settling import round_half_away
from leadscore.scoring.values import Bools, Codes, Floats

CAUSES = ("model", "clock", "data", "override")
PREVIOUS, CHANGE, CAUSE = COLUMNS = ("previous_score", "change", "change_cause")
_NAMED = 2  # reference data in one cause; more are counted


@dataclass(frozen=True)
class Changes:
    """The leads that are not blank rows, compared with the last run that had each.

    `places` say where each lead stands in `earlier.leads`, -1 for a new one; `previous` and `change` are NaN where
    there is nothing to compare. `parts` maps each of `CAUSES` to what it changed: added up, the change. `reads` are the
    columns that the model reads, `texts` what the leads hold in them, `evidence` how they are written.
    """

    keys: list[str]
    places: Codes
    previous: Floats
    change: Floats
    parts: Mapping[str, Floats]
    causes: list[str]
    texts: pd.DataFrame
    evidence: Mapping[str, Sequence[str]]

    @property
    def reads(self) -> list[str]:
        """The columns that the model reads, as a state names them."""
        return [str(name) for name in self.texts]

    @property
    def table(self) -> pd.DataFrame:
        """The columns of the results."""
        cells = (self.previous, self.change, pd.Series(self.causes, dtype=object))
        return pd.DataFrame(dict(zip(COLUMNS, cells, strict=True)))


def with_changes(results: Results, changes: Changes) -> Results:
    """The results with the columns of the changes, before the contributions."""
    columns = all_rows(changes.table, results.leads, results.blank)
    names = list(results.table.columns)
    first = next((place for place, name in enumerate(names) if name.startswith(CONTRIBUTION)), len(names))
    table = pd.concat([results.table.iloc[:, :first], columns, results.table.iloc[:, first:]], axis="columns")
    return replace(results, table=table)


def known_numbers(scores: Floats) -> list[float | None]:
    """Numbers as a state keeps them: None for none."""
    return [None if math.isnan(score) else score for score in scores.tolist()]


def changes_since(earlier: Earlier, now: Now, scored: Scored) -> Changes:
    """Compare a run with those before it."""
    keys = keys_of(now.leads, now.enriched, now.plan, earlier.salt, scored.machine.total.value)
    places = earlier.places(keys)
    found = _Found(earlier, now, scored, places)
    parts = found.parts()
    return Changes(
        keys=keys,
        places=places,
        previous=found.shown,
        change=found.change,
        parts=parts,
        causes=found.causes(parts),
        texts=now.texts,
        evidence=_evidence(now, scored),
    )


@dataclass(frozen=True)
class _Found:
    """The leads of now beside what is known of them from before."""

    earlier: Earlier
    now: Now
    scored: Scored
    places: Codes

    @cached_property
    def shown(self) -> Floats:
        """The score that each lead had, NaN where there is none."""
        return self._kept("score")

    @cached_property
    def decimals(self) -> int:
        """Of both models: a difference of two scores has no more."""
        own = self.now.plan.model.settings.decimals
        ruler = self.earlier.ruler
        return max(own, ruler.model.settings.decimals) if ruler and ruler.model else own

    @cached_property
    def steps(self) -> tuple[Floats, ...]:
        """The machine's total as it was, by the model of now, on the day of now too, and with the data of now too."""
        machine = self._kept("machine")
        return machine, *self._replayed(machine), self.scored.machine.total.value

    def parts(self) -> dict[str, Floats]:
        """What each cause changed, each the difference of two scores; what is left of the change is the override's.

        A step on the way that gives no score counts as the one before.
        """
        then, by_model, by_clock, now = self.steps
        by_model = np.where(np.isnan(by_model), then, by_model)
        by_clock = np.where(np.isnan(by_clock), by_model, by_clock)
        steps = (by_model - then, by_clock - by_model, now - by_clock)
        parts = [np.where(np.isnan(part), 0.0, round_half_away(part, self.decimals)) for part in steps]
        override = round_half_away(self.change - sum(parts), self.decimals)
        compared = ~np.isnan(self.change)
        parts = [np.where(compared, part, np.nan) for part in (*parts, override)]
        return dict(zip(CAUSES, parts, strict=True))

    @cached_property
    def change(self) -> Floats:
        """The score shown less the one before, NaN where one is missing."""
        return round_half_away(self.scored.total.value - self.shown, self.decimals)

    def causes(self, parts: Mapping[str, Floats]) -> list[str]:
        """'data +12; model -3' for each lead; '' for no change, and for a lead that is new.

        Where a score comes or goes there is no number: 'data'.
        """
        said = self._said(CAUSES, parts)
        for cause, place in self._comings():
            said[place] = cause
        reference = self._reference()
        if reference:
            named = self._said(("model", "clock", f"data ({reference})", "override"), parts)
            made = self._is_made_otherwise()
            said = [new if is_made else old for old, new, is_made in zip(said, named, made, strict=True)]
        return said

    def _comings(self) -> Iterator[tuple[str, int]]:
        """The leads that were known, where a score comes or goes, and what made it; the latest cause is the last."""
        known = self.places >= 0
        stages = [*self.steps, self.scored.total.value]
        has = [~np.isnan(stage) for stage in (self.shown, *stages[1:])]
        for cause, before, after in zip(CAUSES, has, has[1:], strict=False):
            is_other = known & (before != after) & (has[0] != has[-1])
            yield from ((cause, int(place)) for place in np.flatnonzero(is_other))

    def _said(self, names: Sequence[str], parts: Mapping[str, Floats]) -> list[str]:
        return reasons(names, [np.nan_to_num(part) for part in parts.values()], self.decimals, len(self.places))

    def _kept(self, column: str) -> Floats:
        values = self.earlier.leads[column].to_numpy(dtype=float)
        return np.where(self.places >= 0, values[self.places] if len(values) else np.nan, np.nan)

    def _replayed(self, machine: Floats) -> tuple[Floats, Floats]:
        """The machine's score of what the leads held then: by the model of now, and then on the day of now."""
        ruler, replay = self.earlier.ruler, self._replay
        if ruler is None or replay is None:
            return machine, machine
        plan = self.now.plan
        is_model = ruler.model is None or ruler.model.hash != plan.model.hash
        is_clock = ruler.as_of != plan.as_of
        by_clock = self._spread(replay.total(plan.as_of), machine) if is_model or is_clock else machine
        if not is_model:
            return machine, by_clock
        try:
            return (self._spread(replay.total(ruler.as_of), machine) if is_clock else by_clock), by_clock
        except ModelError:  # what the model of now asked on the day of then is not in the sheet of now
            return by_clock, by_clock

    @cached_property
    def _known(self) -> Codes:
        """The leads whose values are kept: those that the last run had."""
        is_kept = self.earlier.leads.index.isin(self.earlier.texts.index)
        return np.flatnonzero([place >= 0 and is_kept[place] for place in self.places])

    @cached_property
    def _replay(self) -> Replay | None:
        if self.earlier.ruler is None or not len(self._known):
            return None
        names = self.earlier.leads.index[self.places[self._known]]
        texts = self.earlier.texts.loc[names].reset_index(drop=True)
        return Replay(self.now, self.earlier.ruler, self._known, texts)

    def _spread(self, replayed: Floats, machine: Floats) -> Floats:
        """The replayed scores at the places of their leads, the others as they were."""
        spread = machine.copy()
        spread[self._known] = replayed
        return spread

    def _is_made_otherwise(self) -> Bools:
        spread = np.zeros(len(self.places), dtype=bool)
        if self._replay is not None:
            spread[self._known] = self._replay.is_made_otherwise
        return spread

    def _reference(self) -> str:
        """The reference data that are of another version than then; '' for none."""
        ruler, now = self.earlier.ruler, versions()
        then = ruler.reference if ruler else {}
        new = [f"{name} {version.partition(',')[0]}" for name, version in now.items() if then.get(name) != version]
        if not then or not new:
            return ""
        more = f" and {len(new) - _NAMED} more" if len(new) > _NAMED else ""
        return f"new {', '.join(new[:_NAMED])}{more}"


def _evidence(now: Now, scored: Scored) -> dict[str, Sequence[str]]:
    return {
        evidence_key(source): said_evidence(scored.values[source_key(source)].evidence)
        for source in sources_of(now.plan)
    }
