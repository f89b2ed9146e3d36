"""Criteria and segments bound to the columns of one sheet of leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

import pandas as pd

from leadscore.enrichment.steps import column_made
from leadscore.issues import Place
from leadscore.model.checks import asks_segments
from leadscore.model.decisions import Condition, Segment
from leadscore.model.findings import Findings
from leadscore.model.frozen import Bound, Test
from leadscore.model.model import Criterion
from leadscore.model.operators import EXACT, FAMILIES, Family
from leadscore.model.vocabulary import Language, Vocabulary, vocabulary
from leadscore.plan.names import FieldSource, Names, made_column
from leadscore.reference import country_code
from leadscore.values.cells import text_of
from leadscore.values.domains import ascii_domain
from leadscore.values.folding import fold

AnyTest = TypeVar("AnyTest", bound=Test)


@dataclass(frozen=True)
class PlannedCriterion:
    """A criterion bound to where its field's values come from; the words of its cases are those of that column."""

    criterion: Criterion
    source: FieldSource


@dataclass(frozen=True)
class PlannedSegment:
    """A segment with each of its conditions bound to where the field's values come from."""

    name: str
    conditions: tuple[tuple[Condition, FieldSource], ...]


@dataclass(frozen=True)
class Binding:
    """Binds one name after the other; what has no column is told. `leads` None: no sheet is at hand."""

    names: Names
    leads: pd.DataFrame | None
    findings: Findings
    language: Language = "en"
    read: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, repr=False)

    def criterion(self, criterion: Criterion, segments: Sequence[PlannedSegment]) -> PlannedCriterion | None:
        """The criterion with its source, None when its field is nowhere."""
        if asks_segments(criterion):
            return PlannedCriterion(criterion, _segment_source(criterion, segments))
        source = self._source(criterion.field, criterion.field_place)
        if source is None:
            return None
        cases = tuple(self._bound(case, source) for case in criterion.cases)
        return PlannedCriterion(criterion.model_copy(update={"cases": cases}), source)

    def segment(self, segment: Segment) -> PlannedSegment:
        """The segment with the source of each condition; a condition whose field is nowhere is left out."""
        sources = [(condition, self._source(condition.field, condition.place)) for condition in segment.conditions]
        bound = tuple((self._bound(condition, source), source) for condition, source in sources if source is not None)
        return PlannedSegment(segment.name, bound)

    def _source(self, field: str, place: Place) -> FieldSource | None:
        source = self.names.source_of(field)
        if source is None and made_column(field) in self.names.skipped:
            self.findings.add("field-skipped", place, field)
        elif source is None and not self.names.is_mapped(field):
            self.findings.add("field-unknown", place, field, hint=self.names.near(field) or self._way_out())
        return source

    def _way_out(self) -> str:
        """What to do about a field that is nowhere; the headings there are only the first time."""
        told = any(issue.code == "field-unknown" for issue in self.findings.issues)
        advice = "map one of your columns to it in the sheet Fields, or delete its rows"
        return advice if told else f"{advice}; {self.names.listed()}"

    def _bound(self, test: AnyTest, source: FieldSource) -> AnyTest:
        """The test with the words of a closed column as the column writes them: 'professionnel' -> 'professional'."""
        if FAMILIES[test.operator] is not Family.TEXT:
            self._check_share(test, source)
            return test
        for text in test.operands:
            if isinstance(text, str) and not self._is_comma_list(text, test, source):
                self._check_word(text, test, source)
        if not source.is_made:
            return test
        operands = tuple(_word(text, source) if isinstance(text, str) else text for text in test.operands)
        return test.model_copy(update={"operands": operands})

    def _is_comma_list(self, text: str, test: Test, source: FieldSource) -> bool:
        """Whether a value is several values with commas between; told if so."""
        pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
        if len(pieces) < 2 or not all(self._can_be(piece, source) for piece in pieces):
            return False
        self.findings.add("comma-list", test.value_place, text, mended="; ".join(pieces))
        return True

    def _check_word(self, text: str, test: Test, source: FieldSource) -> None:
        """A value that a closed column of ours can never hold is a slip: the case would never hold."""
        if test.operator not in EXACT or not source.is_made:
            return
        if source.words and _word(text, source) not in source.words:
            words = words_of(source.words)
            allowed = words.closest(text, self.language) or words.all_said(self.language)
        elif source.type == "country" and not country_code(text):
            allowed = "a country such as FR"
        else:
            return
        field = vocabulary("columns").say(source.name, self.language)
        self.findings.add("value-impossible", test.value_place, text, field=field, allowed=allowed)

    def _check_share(self, test: Test, source: FieldSource) -> None:
        """A number above 1 is beyond what a share holds: 80 is meant as a percentage."""
        if not source.is_made or column_made(source.name).kind != "share":
            return
        ends = [end for one in test.operands for end in (one, getattr(one, "low", None), getattr(one, "high", None))]
        beyond = [end for end in ends if isinstance(end, Bound) and (end.number or 0) > 1]
        if beyond:
            field = vocabulary("columns").say(source.name, self.language)
            self.findings.add("share-above-one", test.value_place, str(beyond[0]), field=field)

    def _can_be(self, piece: str, source: FieldSource) -> bool:
        """Whether a text is a value that a field can take: one of its words, a country, or what some lead holds."""
        if source.words:
            return _word(piece, source) in source.words
        if source.type == "country" and country_code(piece):
            return True
        if self.leads is None:
            return False
        return fold(piece) in self._held(source.columns)

    def _held(self, columns: tuple[str, ...]) -> frozenset[str]:
        """What some lead holds in these columns, folded; read when the first comma is met."""
        if columns not in self.read and self.leads is not None:
            cells = (cell for column in columns for cell in self.leads[column].unique())
            self.read[columns] = frozenset(fold(text_of(cell)) for cell in cells)
        return self.read[columns]


@cache
def words_of(words: tuple[str, ...]) -> Vocabulary:
    """The part of our closed words that a column may hold, with what each is called."""
    return vocabulary("words").only([word for word in words if word in vocabulary("words").names])


def _segment_source(criterion: Criterion, segments: Sequence[PlannedSegment]) -> FieldSource:
    """The segments a criterion asks for; what a person fills in is the first field of the first of them."""
    asked = {fold(str(name)) for case in criterion.cases for name in case.operands}
    named = [segment for segment in segments if fold(segment.name) in asked]
    sources = [source for segment in named for _, source in segment.conditions]
    return FieldSource(
        name=", ".join(segment.name for segment in named),
        segments=tuple(segment.name for segment in named),
        asked_of=sources[0].asked_of if sources else "",
    )


def _word(text: str, source: FieldSource) -> str:
    if source.is_made and column_made(source.name).kind == "domain":
        return ascii_domain(text)  # enrichment writes domains in ASCII
    words = column_made(source.name).words if source.is_made else source.words
    return words_of(words).find(text) or text
