"""Model x columns -> Plan, or every problem at once. After this no name can fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from leadscore.enrichment.completeness import USUAL_FIELDS, usual_fields
from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import ACTIVITY_COLUMNS, ENRICHMENT_COLUMNS, FIELDS_READ, shown_columns
from leadscore.errors import ModelError
from leadscore.issues import Issue, Place
from leadscore.model.behaviours import Behaviour
from leadscore.model.findings import Findings
from leadscore.model.model import Model
from leadscore.model.typed import day_order_of, decimal_mark_of
from leadscore.plan.binding import Binding, PlannedCriterion, PlannedSegment
from leadscore.plan.lists import effective_lists, reserved_lists
from leadscore.plan.names import FieldSource, Names, asks_activity, made_column
from leadscore.plan.ours import columns_of_earlier_run
from leadscore.plan.roll_up import weight_source
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.values import Bools
from leadscore.values.cells import is_typed, text_of
from leadscore.values.evidence import Evidence
from leadscore.values.folding import fold

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Plan:
    """Everything settled before the first row.

    `own_columns` are the user's (those of an earlier run of ours left out), `needs` maps each field that enrichment
    reads to its source, `complete` each field that a complete lead has filled; `result_columns` are what Results shows
    before ours, the user's columns and enrichment columns, `enrichment` the enrichment columns that are made, in order.
    `account_weight` is where each lead's weight in its account is read.
    """

    model: Model
    as_of: date
    criteria: tuple[PlannedCriterion, ...]
    behaviours: tuple[Behaviour, ...]
    segments: tuple[PlannedSegment, ...]
    own_columns: tuple[str, ...]
    needs: dict[str, FieldSource]
    complete: dict[str, FieldSource]
    result_columns: tuple[str, ...]
    enrichment: tuple[str, ...]
    context: Context
    surroundings: Surroundings
    default_evidence: Evidence
    id_column: str = ""
    account_weight: FieldSource | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def asks_activity(self) -> bool:
        """Whether it is of interest what leads did."""
        return not ACTIVITY_COLUMNS.isdisjoint(self.enrichment)


def make_plan(model: Model, leads: pd.DataFrame | None, as_of: date) -> Plan:
    """Bind the model to a sheet of leads (None: none at hand). Raises ModelError listing every name that fails."""
    findings = Findings()
    headings = None if leads is None else [str(heading) for heading in leads.columns]
    own = None if headings is None else tuple(h for h in headings if h not in columns_of_earlier_run(headings, model))
    shown = shown_columns(model.settings.skip_enrichment)
    behaviours = [behaviour.name for behaviour in model.behaviours]
    names = Names.of(own, model.fields, frozenset(ENRICHMENT_COLUMNS) - set(shown), behaviours)
    _check_mappings(model, names, findings)
    binding = Binding(names, leads, findings, model.language)
    segments = tuple(binding.segment(segment) for segment in model.segments)
    active = [criterion for criterion in model.criteria if criterion.is_active(as_of)]
    planned = [binding.criterion(criterion, segments) for criterion in active]
    result_columns = _result_columns(model, names, shown, findings)
    complete = _completeness_sources(model, names, findings)
    id_column = _id_column(model, names, findings)
    account_weight = weight_source(model.settings, names, shown, findings)
    if findings.has_errors:
        raise ModelError(findings.issues)
    lists = effective_lists(model)
    return Plan(
        model=model,
        as_of=as_of,
        criteria=tuple(row for row in planned if row is not None),
        behaviours=tuple(behaviour for behaviour in model.behaviours if behaviour.is_active(as_of)),
        segments=segments,
        own_columns=own or (),
        needs=_needs(names, findings),
        complete=complete,
        result_columns=result_columns,
        enrichment=shown if asks_activity(model) else _but_activity(shown),
        context=Context(
            as_of,
            country=model.settings.country,
            lists=reserved_lists(lists),
            time_zone=model.settings.time_zone,
            completeness_fields=tuple(complete),
        ),
        surroundings=Surroundings(as_of, lists, day_order_of(model.language)),
        default_evidence=_evidence(model),
        id_column=id_column,
        account_weight=account_weight,
        issues=tuple(findings.issues),
    )


def _but_activity(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in columns if name not in ACTIVITY_COLUMNS)


def name_problems(model: Model, leads: pd.DataFrame | None, as_of: date) -> tuple[Issue, ...]:
    """What make_plan would raise, as issues; () when every name is there."""
    try:
        make_plan(model, leads, as_of)
    except ModelError as problem:
        return problem.issues
    return ()


def _evidence(model: Model) -> Evidence:
    zone = ZoneInfo(model.settings.time_zone) if model.settings.time_zone else None
    return Evidence(decimal_mark_of(model.language), day_order_of(model.language), zone=zone)


def _check_mappings(model: Model, names: Names, findings: Findings) -> None:
    for mapping in model.fields:
        if mapping.column and not names.heading(mapping.column):
            findings.add("field-column-unknown", mapping.column_place, mapping.column, hint=names.hint(mapping.column))


def _result_columns(model: Model, names: Names, made: Sequence[str], findings: Findings) -> tuple[str, ...]:
    """The user's headings and enrichment columns that *Result columns* names, all headings where it names none."""
    wanted = model.settings.result_columns
    found = {text: names.heading(text) or (name if (name := made_column(text)) in made else "") for text in wanted}
    for text in (text for text in wanted if not found[text]):
        findings.add("result-column-unknown", model.settings.place_of("result_columns"), text, hint=names.hint(text))
    return tuple(dict.fromkeys(found.values())) or names.headings or ()


def _completeness_sources(model: Model, names: Names, findings: Findings) -> dict[str, FieldSource]:
    """The fields that a complete lead has filled, by their first heading: those said, else the usual ones there are."""
    said = model.settings.completeness_fields
    sources = {}
    for field in said or usual_fields(field for field in USUAL_FIELDS if names.columns_asked(field)):
        source = _asked_for(field, names)
        if source is not None and not source.is_made:
            sources[source.columns[0]] = source
        elif said:
            place = model.settings.place_of("completeness_fields")
            hint = names.hint(field) if source is None else "name columns of the leads, not those that leadscore makes"
            findings.add("field-unknown", place, field, hint=hint)
    return sources


def _asked_for(field: str, names: Names) -> FieldSource | None:
    """Where a complete lead has a field; a mobile is a phone."""
    source = names.source_of(field)
    mobile = names.source_of("mobile") if field == "phone" else None
    if mobile is None or (source is not None and source.is_made):
        return source
    return replace(source, columns=(*source.columns, *mobile.columns)) if source else mobile


def _id_column(model: Model, names: Names, findings: Findings) -> str:
    wanted = model.settings.id_field
    source = names.source_of(wanted) if wanted else None
    if wanted and source is None:
        findings.add("field-unknown", model.settings.place_of("id_field"), wanted, hint=names.hint(wanted))
    columns = source.columns if source else names.columns_of("id")
    return columns[0] if columns else ""


def _needs(names: Names, findings: Findings) -> dict[str, FieldSource]:
    """Each field that an enrichment step reads -> its source."""
    needs: dict[str, FieldSource] = {}
    for name in FIELDS_READ:
        source = names.source_of(name)
        if source is None or source.is_made:
            continue
        needs[name] = source
        if len(source.columns) > 1:
            findings.add("field-filled-from", Place(), field=name, columns=" then ".join(source.columns))
    return needs


@dataclass(frozen=True)
class Filled:
    """A field's values, one per lead: the text read, the column it was read from, and whether its cell is text.

    Where no column holds anything, the column is the first one.
    """

    texts: pd.Series
    columns: list[str]
    typed: Bools


def texts_of_source(leads: pd.DataFrame, source: FieldSource) -> pd.Series:
    """A field's values: trimmed texts, its blank values as '', blanks filled from the next of its columns."""
    return fill_source(leads, source).texts


def fill_source(leads: pd.DataFrame, source: FieldSource) -> Filled:
    """The values of `texts_of_source` with where each was found."""
    blanks = frozenset(fold(text) for text in source.blank_values)
    texts = pd.Series("", index=leads.index, dtype=object)
    columns = np.full(len(leads), source.columns[0], dtype=object)
    typed = np.zeros(len(leads), dtype=bool)
    for column in source.columns:
        own = _texts(leads[column], blanks)
        is_here = ((texts == "") & (own != "")).to_numpy(dtype=bool)
        texts = texts.where(~is_here, own)
        columns[is_here] = column
        typed[is_here] = [is_typed(cell) for cell in leads[column].to_numpy(dtype=object)[is_here]]
    return Filled(texts, columns.tolist(), typed)


def _texts(cells: pd.Series, blanks: frozenset[str]) -> pd.Series:
    texts = [text_of(cell) for cell in cells]
    if blanks:
        read = {text: "" if fold(text) in blanks else text for text in set(texts)}
        texts = [read[text] for text in texts]
    return pd.Series(texts, index=cells.index, dtype=object)


def sources_of(plan: Plan) -> list[FieldSource]:
    """The distinct sources that criteria and segments read; membership of segments is read of none."""
    sources = [row.source for row in plan.criteria if not row.source.segments]
    sources += [source for segment in plan.segments for _, source in segment.conditions]
    return list({source_key(source): source for source in sources}.values())


def source_key(source: FieldSource) -> str:
    """Differs where the values may: one column under two names may be of two types and have other blank values."""
    if source.segments:
        return "segments\n" + "\n".join(source.segments)
    columns = (source.name,) if source.is_made else source.columns
    return "\n".join((" + ".join(columns), source.type, *source.blank_values))
