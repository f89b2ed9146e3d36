"""One sheet of leads through the line: ask every criterion of every lead, add up, lay people's decisions over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import enrich, steps_for
from leadscore.model.model import Model, Score
from leadscore.pipeline.decisions import Decisions, find_decisions
from leadscore.plan.binding import PlannedCriterion
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import UNKNOWN, Filled, Plan, fill_source, source_key, sources_of
from leadscore.scoring.answers import answer
from leadscore.scoring.asked import Asked, excluding
from leadscore.scoring.overriding import with_numbers
from leadscore.scoring.score import ScoreResult, Standing, compute_score
from leadscore.scoring.segments import Membership, Met, membership, membership_values
from leadscore.scoring.total import total_of
from leadscore.scoring.values import Bools, FieldValues, field_values
from leadscore.scoring.warmth import COLD, Warmth
from leadscore.state.mail_cache import Lookup
from leadscore.values.cells import text_of
from leadscore.values.evidence import Evidence, gather_evidence

OVERRIDDEN = " (overridden)"


@dataclass(frozen=True)
class Sums:
    """What a set of criteria adds up to: every score, their total, and who is excluded by what."""

    scores: Mapping[str, ScoreResult]
    total: ScoreResult
    excluded: Bools
    excluded_by: list[str]


@dataclass(frozen=True)
class Answers:
    """What a set of leads answers, as in `Scored`."""

    asked: tuple[Asked, ...]
    values: Mapping[str, FieldValues]
    columns: Mapping[str, Sequence[str]]
    memberships: Mapping[str, Membership]
    leads: int
    warmth: Warmth = COLD


@dataclass(frozen=True)
class Scored:
    """The scores of the leads that are not blank rows, in order.

    `asked` has every planned criterion, `values` the distinct values each field holds, by source key, and `columns`
    the column that filled the field of each lead. `scores`, `total`, `excluded` and `excluded_by` are as shown;
    `machine` is what they were before people's `decisions`. `warmth` is what their activities give them.
    """

    asked: tuple[Asked, ...]
    values: Mapping[str, FieldValues]
    columns: Mapping[str, Sequence[str]]
    memberships: Mapping[str, Membership]
    scores: Mapping[str, ScoreResult]
    total: ScoreResult
    excluded: Bools
    excluded_by: list[str]
    machine: Sums
    decisions: Decisions
    warmth: Warmth = COLD

    @property
    def answers(self) -> Answers:
        """What the leads answered, from which all else follows."""
        return Answers(self.asked, self.values, self.columns, self.memberships, len(self.excluded), self.warmth)


def enrich_rows(leads: pd.DataFrame, plan: Plan, look_up: Lookup | None = None) -> pd.DataFrame:
    """The enrichment columns of leads; a field that the sheet does not have counts as blank.

    With `look_up`, the domains of valid addresses are looked up first, each once.
    """
    filled = read_fields(leads, plan)
    fields = texts_by_field(filled, leads.index)
    context = context_of(filled, plan)
    if look_up is not None:
        emails = enrich(fields, context, steps_for(["email_domain"]))
        domains = emails["email_domain"][emails["email_validity"] == "ok"].unique().tolist()
        context = replace(context, mail_domains=look_up(domains))
    made = enrich(fields, context, steps_for(plan.enrichment))
    return made[list(plan.enrichment)]


def read_fields(leads: pd.DataFrame, plan: Plan) -> dict[str, Filled]:
    """What the leads hold in each field that enrichment reads."""
    return {name: fill_source(leads, source) for name, source in (plan.complete | plan.needs).items()}


def texts_by_field(filled: Mapping[str, Filled], index: pd.Index) -> pd.DataFrame:
    """The texts of each field, one column each, as the steps of enrichment take them."""
    return pd.DataFrame({name: found.texts for name, found in filled.items()}, index=index)


def context_of(filled: Mapping[str, Filled], plan: Plan) -> Context:
    """What the steps know besides the leads, with what each column gives away of how it is written."""
    evidence = {
        name: gather_evidence(found.texts[found.typed].unique().tolist(), plan.default_evidence)
        for name, found in filled.items()
    }
    return replace(plan.context, evidence=evidence)


def score(leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan, warmth: Warmth = COLD) -> Scored:
    """Every score of every lead. `enriched` holds the enrichment columns of the same rows."""
    said = replace(ask(leads, enriched, plan), warmth=warmth)
    machine = add_up(said, plan)
    decisions = find_decisions(leads, enriched, plan)
    shown = with_decisions(machine, decisions, plan)
    return Scored(
        asked=said.asked,
        values=said.values,
        columns=said.columns,
        memberships=said.memberships,
        scores=shown.scores,
        total=shown.total,
        excluded=shown.excluded,
        excluded_by=shown.excluded_by,
        machine=machine,
        decisions=decisions,
        warmth=said.warmth,
    )


def ask(
    leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan, evidence: Mapping[str, Evidence] | None = None
) -> Answers:
    """Every criterion and segment put to every lead.

    `evidence`, by source key, says how columns are written where the leads are not the whole sheet.
    """
    known = evidence or {}
    filled = {source: _filled(source, leads, enriched) for source in sources_of(plan)}
    columns = {source_key(source): found.columns for source, found in filled.items()}
    values = {source_key(source): _values(source, found, plan, known) for source, found in filled.items()}
    memberships = {
        segment.name: membership(
            [Met(condition, values[source_key(source)]) for condition, source in segment.conditions],
            plan.surroundings,
            len(leads),
        )
        for segment in plan.segments
    }
    for row in plan.criteria:
        if row.source.segments:
            values[source_key(row.source)] = membership_values(row.source.segments, memberships, plan.default_evidence)
            columns[source_key(row.source)] = [row.source.name] * len(leads)
    asked = tuple(_asked(row, values[source_key(row.source)], memberships, plan) for row in plan.criteria)
    return Answers(asked, values, columns, memberships, len(leads))


def add_up(said: Answers, plan: Plan) -> Sums:
    """The scores that these answers alone add up to."""
    leads, decimals = said.leads, plan.model.settings.decimals
    scores = {}
    for one in scores_of(plan.model):
        shown = said.memberships[one.segment].inside if one.segment else None
        uncapped = said.memberships[one.cap_unless_segment].inside if one.cap_unless_segment else None
        own = [row for row in said.asked if row.criterion.score in ("", one.name)]
        scores[one.name] = compute_score(
            one, own, Standing(leads, decimals, shown, uncapped, said.warmth.given(one.name))
        )
    excluded, names = excluding(said.asked, leads)
    return Sums(scores, total_of(scores, scores_of(plan.model), decimals), excluded, names)


def with_decisions(machine: Sums, decisions: Decisions, plan: Plan) -> Sums:
    """The sums with people's numbers in place of the machine's; a number or a band for the total lifts an exclusion."""
    if not decisions.held:
        return machine
    decimals = plan.model.settings.decimals
    scores = {name: with_numbers(result, decisions.numbers(name), decimals) for name, result in machine.scores.items()}
    lifted = decisions.numbers("")
    if len(scores) == 1:
        scores = {name: with_numbers(result, lifted, decimals) for name, result in scores.items()}
        total = total_of(scores, scores_of(plan.model), decimals)
    else:
        total = with_numbers(total_of(scores, scores_of(plan.model), decimals), lifted, decimals)
    excluded, names = machine.excluded.copy(), list(machine.excluded_by)
    for place in {**lifted, **decisions.bands("")}:
        names[place] += OVERRIDDEN if excluded[place] else ""
        excluded[place] = False
    return Sums(scores, total, excluded, names)


def scores_of(model: Model) -> tuple[Score, ...]:
    """The scores with what each counts in the total: a lone score is the total, whatever its In total says."""
    if len(model.scores) > 1:
        return model.scores
    return tuple(score.model_copy(update={"in_total": 1.0}) for score in model.scores)


def _filled(source: FieldSource, leads: pd.DataFrame, enriched: pd.DataFrame) -> Filled:
    if not source.is_made:
        return fill_source(leads, source)
    texts = pd.Series([text_of(cell) for cell in enriched[source.name]], dtype=object)
    return Filled(texts, [source.name] * len(leads), np.ones(len(leads), dtype=bool))


def _values(source: FieldSource, filled: Filled, plan: Plan, known: Mapping[str, Evidence]) -> FieldValues:
    unknown_words = frozenset(source.words) & {UNKNOWN}
    values = field_values(filled.texts, plan.default_evidence, source.type, unknown_words, filled.typed)
    evidence = known.get(source_key(source), values.evidence)
    return replace(values, evidence=evidence, is_certain=source.is_certain)


def _asked(row: PlannedCriterion, values: FieldValues, memberships: Mapping[str, Membership], plan: Plan) -> Asked:
    applies = memberships[row.criterion.segment].inside if row.criterion.segment else None
    answered = answer(row.criterion, values, plan.surroundings)
    return Asked(row.criterion, answered, values.codes, row.source.asked_of, applies)


def is_blank_row(leads: pd.DataFrame) -> Bools:
    """Which rows hold nothing at all."""
    blank = np.ones(len(leads), dtype=bool)
    for column in leads.columns:
        places = np.flatnonzero(blank)
        blank[places] = [text_of(cell) == "" for cell in leads[column].to_numpy(dtype=object)[places]]
    return blank
