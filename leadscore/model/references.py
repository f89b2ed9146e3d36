"""Names that one sheet of the model uses and another defines: scores, lists, segments, bands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadscore.issues import Place
from leadscore.model.decisions import Matrix, Override, Segment
from leadscore.model.frozen import ListName, Operand
from leadscore.model.model import Band, Criterion, Kind, NamedList, Score
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.model.typed import Reader
from leadscore.values.folding import fold, name_key

# Lists of these names add to (or, with a minus, take from) the reference data; a criterion may ask for them too.
RESERVED_LISTS = ("Free mail domains", "Disposable domains", "Role accounts", "Placeholder names")
TOTAL = "total"


def scores_of(declared: tuple[Score, ...], criteria: Iterable[Criterion]) -> tuple[Score, ...]:
    """Those of the sheet Scores; without it, those that Scoring names; without any, one called score."""
    if declared:
        return declared
    named = {fold(criterion.score): criterion.score for criterion in criteria if criterion.score}
    return tuple(Score(name=name) for name in named.values()) or (Score(name="score"),)


@dataclass(frozen=True)
class References:
    """What the sheets define, and the reader that tells what is used without being defined."""

    scores: tuple[Score, ...]
    are_declared: bool
    lists: tuple[NamedList, ...]
    segments: tuple[Segment, ...]
    reader: Reader

    def criterion(self, criterion: Criterion) -> Criterion:
        """The criterion with its score and segment by the names they are defined with."""
        for case in criterion.cases:
            self._check_lists(case.operands, case.value_place)
            if case.operator in SEGMENT_OPERATORS:
                self._check_segments(case.operands, case.value_place)
        segment = self.segment(criterion.segment, criterion.segment_place)
        return criterion.model_copy(update={"score": self._score_of(criterion), "segment": segment})

    def _score_of(self, criterion: Criterion) -> str:
        if not criterion.score:
            if len(self.scores) > 1 and criterion.kind is not Kind.EXCLUSION:
                self._tell("score-missing", criterion.place, criterion.name, (score.name for score in self.scores))
            return self.scores[0].name if len(self.scores) == 1 else ""
        if name_key(criterion.score) == TOTAL:
            self.reader.findings.add("score-reserved", criterion.place, criterion.score)
        return self._known_score(criterion.score, criterion.place) if self.are_declared else criterion.score

    def _known_score(self, name: str, place: Place) -> str:
        known = {fold(score.name): score.name for score in self.scores}
        if fold(name) not in known:
            self._tell("score-unknown", place, name, (*known.values(), TOTAL))
        return known.get(fold(name), name)

    def score(self, score: Score) -> Score:
        """The score with its segments by the names they are defined with."""
        return score.model_copy(
            update={
                "segment": self.segment(score.segment, score.place),
                "cap_unless_segment": self.segment(score.cap_unless_segment, score.place),
            }
        )

    def shown_score(self, name: str, place: Place) -> str:
        """A score that bands, overrides or the matrix speak of: '' for the total and for a lone score."""
        if not name or name_key(name) == TOTAL:
            return ""
        known = self._known_score(name, place)
        return "" if len(self.scores) == 1 else known

    def band(self, band: Band) -> Band:
        return band.model_copy(update={"score": self.shown_score(band.score, band.place)})

    def segment(self, name: str, place: Place) -> str:
        """The segment by the name it is defined with, '' for none; an unknown one is told."""
        known = {fold(segment.name): segment.name for segment in self.segments}
        if name and fold(name) not in known:
            self._tell("segment-unknown", place, name, known.values())
        return known.get(fold(name), name)

    def conditions(self) -> None:
        """Tell what the conditions of segments name and no list defines."""
        for segment in self.segments:
            for condition in segment.conditions:
                self._check_lists(condition.operands, condition.value_place)

    def _check_segments(self, operands: Iterable[Operand], place: Place) -> None:
        for name in operands:
            self.segment(str(name), place)

    def _check_lists(self, operands: Iterable[Operand], place: Place) -> None:
        known = {name_key(name) for name in (*RESERVED_LISTS, *(row.name for row in self.lists))}
        for operand in operands:
            if isinstance(operand, ListName) and name_key(operand.list_name) not in known:
                self._tell("list-unknown", place, operand.list_name, (row.name for row in self.lists))

    def _tell(self, code: str, place: Place, value: str, names: Iterable[str]) -> None:
        self.reader.findings.add(code, place, value, names=", ".join(names) or "none yet")

    def names(self, criteria: Iterable[Criterion]) -> None:
        """An exclusion that weighs on every score may not share its name with a criterion of one of them."""
        criteria = tuple(criteria)
        everywhere = {fold(criterion.name): criterion for criterion in criteria if not criterion.score}
        for criterion in criteria:
            other = everywhere.get(fold(criterion.name), criterion)
            if other is not criterion:
                self.reader.findings.add("name-twice", criterion.place, criterion.name, first=other.place)

    def matrix(self, matrix: Matrix | None, bands: tuple[Band, ...]) -> Matrix | None:
        """The matrix with scores and bands by the names they are defined with; unknown ones are told."""
        if matrix is None:
            return None
        row_score = self.shown_score(matrix.row_score, matrix.place)
        column_score = self.shown_score(matrix.column_score, matrix.place)
        rows, columns = _bands_of(bands, row_score), _bands_of(bands, column_score)
        for cell in matrix.cells:
            for name, known in ((cell.row_band, rows), (cell.column_band, columns)):
                if fold(name) not in known:
                    self._tell("matrix-band", cell.place, name, known.values())
        cells = tuple(
            cell.model_copy(
                update={
                    "row_band": rows.get(fold(cell.row_band), cell.row_band),
                    "column_band": columns.get(fold(cell.column_band), cell.column_band),
                }
            )
            for cell in matrix.cells
        )
        return matrix.model_copy(update={"row_score": row_score, "column_score": column_score, "cells": cells})

    def override(self, override: Override, bands: tuple[Band, ...]) -> Override:
        """The override with its score and band by the names they are defined with."""
        score = self.shown_score(override.score, override.place)
        known = _bands_of(bands, score)
        if override.band and fold(override.band) not in known:
            self._tell("override-value", override.place, override.band, known.values())
        return override.model_copy(update={"score": score, "band": known.get(fold(override.band), override.band)})


def _bands_of(bands: Iterable[Band], score: str) -> Mapping[str, str]:
    return {fold(band.name): band.name for band in bands if band.score == score}
