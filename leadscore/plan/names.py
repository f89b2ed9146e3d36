"""What a field name in the model means for one sheet of leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from rapidfuzz.distance import OSA

from leadscore.enrichment.step import ColumnKind, Step
from leadscore.enrichment.steps import ACTIVITY_COLUMNS, STEPS
from leadscore.fields.recognise import columns_of_fields, field_of
from leadscore.fields.recognise import vocabulary as field_vocabulary
from leadscore.model.model import FieldMapping, Model
from leadscore.model.vocabulary import vocabulary
from leadscore.values.folding import fold, name_key

_LISTED = 12  # headings named in a sentence


@dataclass(frozen=True)
class FieldSource:
    """Where the values of a field come from: source columns in filling order, an enrichment column, or `segments`.

    `words` is the closed set of an enrichment column's values, () when open. `asked_of` is the source column (or, where
    the sheet has none, the field) that a person fills in to make the value known; where it `is_certain`, a blank is
    known to be none.
    """

    name: str
    columns: tuple[str, ...] = ()
    is_made: bool = False
    type: str = "text"
    blank_values: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    asked_of: str = ""
    is_certain: bool = False


@dataclass(frozen=True)
class Names:
    """The names of one sheet of leads. `headings` None: no sheet is at hand, every heading may exist."""

    headings: tuple[str, ...] | None
    mappings: tuple[FieldMapping, ...] = ()
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    behaviours: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        headings: Sequence[str] | None,
        mappings: tuple[FieldMapping, ...],
        skipped: frozenset[str] = frozenset(),
        behaviours: Iterable[str] = (),
    ) -> Names:
        """A sheet's headings and the rows of Fields, with the columns that fields of the vocabulary find among them.

        `skipped` are the enrichment columns that are not made; each of the model's `behaviours` has columns of its own.
        """
        written = None if headings is None else tuple(headings)
        return cls(written, mappings, columns_of_fields(headings or ()), skipped, tuple(dict.fromkeys(behaviours)))

    def source_of(self, text: str) -> FieldSource | None:
        """What a name means, in the order of design.md section 2; None when it means nothing here.

        A heading written out in full means that very column, even where its field is filled from several.
        """
        mapping = self._mapping_of(text)
        if mapping is not None and mapping.column:
            return self._mapped(mapping)
        made = self._of_behaviour(text) or self._made(text)
        return made or self._field(text, mapping) or self._heading(text, mapping)

    def is_mapped(self, text: str) -> bool:
        """Whether Fields maps the name to a column; where that column is missing, it has been told there."""
        mapping = self._mapping_of(text)
        return mapping is not None and bool(mapping.column)

    def columns_of(self, name: str) -> tuple[str, ...]:
        """The source columns of a field of the vocabulary, in filling order."""
        mapping = self._field_mappings.get(name)
        if mapping is not None and mapping.column:
            column = self.heading(mapping.column)
            return (column,) if column else ()
        taken = {self.heading(row.column) for row in self.mappings if row.column}
        return tuple(column for column in self.known.get(name, ()) if column not in taken)

    def heading(self, text: str) -> str:
        """The heading that a text writes, exactly or but for case, accents and punctuation; '' for none."""
        if self.headings is None:
            return text
        exact = next((heading for heading in self.headings if heading.strip() == text.strip()), "")
        return exact or self._headings.get(name_key(text), "")

    def hint(self, text: str) -> str:
        """'did you mean "Budget"?', or the headings there are."""
        return self.near(text) or self.listed()

    def near(self, text: str) -> str:
        """'did you mean "Budget"?' of the name most like a text, '' when none is."""
        candidates = [*(self.headings or ()), *_made_columns(), *self.known]
        near = {name: OSA.normalized_similarity(name_key(text), name_key(name)) for name in candidates}
        best = max(near, key=lambda name: near[name], default="")
        return f'did you mean "{best}"?' if best and near[best] >= 0.6 else ""

    def listed(self) -> str:
        """The first headings there are, for a sentence."""
        shown = [heading for heading in self.headings or () if heading][:_LISTED]
        more = ", …" if len(self.headings or ()) > len(shown) else ""
        return f"columns of the sheet: {', '.join(shown)}{more}"

    @cached_property
    def _mappings(self) -> dict[str, FieldMapping]:
        return {name_key(mapping.field): mapping for mapping in self.mappings}

    @cached_property
    def _field_mappings(self) -> dict[str, FieldMapping]:
        """By the field of the vocabulary that is mapped, under whatever of its names: 'Téléphone' maps phone."""
        named = {_field_named(mapping.field): mapping for mapping in reversed(self.mappings)}
        return {field: mapping for field, mapping in named.items() if field}

    def _mapping_of(self, text: str) -> FieldMapping | None:
        """The mapping of this very name, else of the field it names; a heading of the sheet is no field's name."""
        is_own = name_key(text) != name_key(_field_named(text)) and self.headings and self.heading(text)
        return self._mappings.get(name_key(text)) or (None if is_own else self._field_mappings.get(_field_named(text)))

    @cached_property
    def _headings(self) -> dict[str, str]:
        return {name_key(heading): heading for heading in reversed(self.headings or ()) if name_key(heading)}

    def _mapped(self, mapping: FieldMapping) -> FieldSource | None:
        column = self.heading(mapping.column)
        if not column:
            return None
        name = mapping.field if mapping.field in field_vocabulary() else field_of(mapping.field) or mapping.field
        return self._described(FieldSource(name, (column,), asked_of=column), mapping)

    def _made(self, text: str) -> FieldSource | None:
        name = made_column(text)
        made = _made_columns().get(name)
        if made is None or name in self.skipped or self._is_own_heading(text, name):
            return None
        kind = "country" if made.kind == "country" else "text"
        asked_of = next(iter(self.columns_asked(made.needs)), made.needs)
        is_certain = name in ACTIVITY_COLUMNS
        return FieldSource(
            name,
            is_made=True,
            type=kind,
            words=made.words,
            asked_of="" if is_certain else asked_of,
            is_certain=is_certain,
        )

    def _of_behaviour(self, text: str) -> FieldSource | None:
        """'last: Demo' or 'count: Demo', in either language, for a behaviour of the model."""
        name = behaviour_column(text, self.behaviours)
        return FieldSource(name, is_made=True, is_certain=True) if name else None

    def columns_asked(self, name: str) -> tuple[str, ...]:
        """The source columns where a person fills in a field; a sheet without phones may have mobiles."""
        return self.columns_of(name) or (self.columns_of("mobile") if name == "phone" else ())

    def _is_own_heading(self, text: str, name: str) -> bool:
        """Whether a heading of the sheet is written so: 'Company name' is the user's column, company_name is ours."""
        return text.strip() in (self.headings or ()) and text.strip() not in spelled(name)

    def _field(self, text: str, mapping: FieldMapping | None) -> FieldSource | None:
        name = field_of(text)
        is_canonical = name_key(text) == name_key(name)
        columns = self.columns_of(name) if name else ()
        if not columns or (not is_canonical and self.heading(text)):
            return None
        return self._described(FieldSource(name, columns, asked_of=columns[0]), mapping)

    def _heading(self, text: str, mapping: FieldMapping | None) -> FieldSource | None:
        column = self.heading(text)
        return self._described(FieldSource(column, (column,), asked_of=column), mapping) if column else None

    def _described(self, source: FieldSource, mapping: FieldMapping | None) -> FieldSource:
        """The source with the type and blank values of its mapping, else of the mapping of its field."""
        mapping = (
            mapping or self._mappings.get(name_key(source.name)) or self._field_mappings.get(_field_named(source.name))
        )
        field_row = field_vocabulary().get(source.name) or field_vocabulary().get(field_of(source.name))
        kind = (
            mapping.type
            if mapping and mapping.type
            else ("country" if field_row and field_row.type == "country" else "text")
        )
        blanks = mapping.blank_values if mapping else ()
        return replace(source, type=kind, blank_values=blanks)


def made_column(text: str) -> str:
    """The enrichment column that a name means in either language, '' for none."""
    name = vocabulary("columns").find(text)
    return name if name in _made_columns() else ""


def behaviour_column(text: str, behaviours: Iterable[str]) -> str:
    """The column 'last: Demo' or 'count: Demo' that a name means in either language; '' for no behaviour's column."""
    start, _, about = text.partition(":")
    name = vocabulary("columns").find(start)
    named = next((own for own in behaviours if fold(own) == fold(about)), "")
    return f"{name}: {named}" if name in ("last", "count") and named else ""


def asks_activity(model: Model) -> bool:
    """Whether a model has behaviours, or a criterion, segment or setting names a column that is made of activities."""
    fields = [criterion.field for criterion in model.criteria]
    fields += [*model.settings.result_columns, model.settings.account_weight]
    fields += [condition.field for segment in model.segments for condition in segment.conditions]
    return bool(model.behaviours) or any(made_column(field) in ACTIVITY_COLUMNS for field in fields)


def spelled(name: str) -> tuple[str, ...]:
    """How we write a column of ours, in each language."""
    return tuple(text for spelled in vocabulary("columns").names[name].values() for text in spelled)


def _field_named(text: str) -> str:
    """The field that a name means, '' for none; a name with a number behind it means one column, not the field."""
    return "" if name_key(text)[-1:].isdigit() else field_of(text)


@dataclass(frozen=True)
class _Made:
    """An enrichment column: its closed words and the field it is made from first."""

    words: tuple[str, ...]
    needs: str
    kind: ColumnKind


@cache
def _made_columns() -> dict[str, _Made]:
    steps = {column.name: step for step in STEPS for column in step.makes}
    return {
        column.name: _Made(() if column.many else column.words, _first_field(step, steps), column.kind)
        for step in STEPS
        for column in step.makes
    }


def _first_field(step: Step, steps: Mapping[str, Step]) -> str:
    """The field that the first column of a step is made from, by however many steps."""
    first = step.needs[0]
    return _first_field(steps[first], steps) if first in steps else first
