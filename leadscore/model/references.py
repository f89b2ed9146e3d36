"""What the sheets of a model say about each other: scores, bands and lists by the names they were given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from leadscore.issues import Place
from leadscore.model.behaviours import Behaviour
from leadscore.model.decisions import Matrix, Override, Segment
from leadscore.model.frozen import ListName, Operand, Test
from leadscore.model.model import ACCOUNT, Band, Criterion, Kind, NamedList, Score, Settings
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import closest, vocabulary
from leadscore.values.folding import fold, name_key

AnyTest = TypeVar("AnyTest", bound=Test)

TOTAL = "total"
# Columns of the results whose headings a score, shown beside them, may not take.
_TAKEN = (
    *("score", "band", "band_range", "rank", "excluded_by", "reasons", "score_low", "score_high", "coverage"),
    *("next_best_field", "matrix", "action", "machine_score", "override_reason", "account_score", "account_band"),
    *("previous_score", "change", "change_cause", "best_product"),
)


def all_scores(
    declared: Sequence[Score], criteria: Sequence[Criterion], behaviours: Sequence[Behaviour] = ()
) -> tuple[Score, ...]:
    """Those of the sheet Scores; without it, those that Scoring and Behaviours name; without any, one called score.

    A score of one product is no part of the total unless *Scores* says so.
    """
    if declared:
        return tuple(declared)
    named = {
        fold(criterion.score): Score(name=criterion.score, place=criterion.score_place)
        for criterion in reversed(criteria)
        if criterion.score
    }
    scores = dict(reversed(named.items()))
    for row in behaviours:
        scores.setdefault(fold(row.score), Score(name=row.score, place=row.score_place))
    products = {fold(row.score): row.score_product for row in behaviours if row.score_product}
    for key, product in products.items():
        scores[key] = scores[key].model_copy(update={"product": product, "in_total": 0.0})
    return tuple(scores.values()) or (Score(name="score"),)


def check_scores(
    scores: Sequence[Score], criteria: Sequence[Criterion], behaviours: Sequence[Behaviour], reader: Reader
) -> None:
    """Names that the results use themselves, and scores that nothing is counted in."""
    several = len(scores) > 1
    accounts = (spelling for said in vocabulary("band_scores").names[ACCOUNT].values() for spelling in said)
    taken = {name_key(heading) for heading in (TOTAL, *accounts, *(_taken(scores) if several else ()))}
    counted = {fold(row.score) for row in criteria if row.weight} | {fold(row.score) for row in behaviours}
    for score in scores:
        if name_key(score.name) in taken:
            reader.findings.add("score-reserved", score.place, score.name)
        if criteria and not counted & {"", fold(score.name)}:
            reader.findings.add("score-empty", score.place, score.name)


def _taken(scores: Sequence[Score]) -> Iterator[str]:
    """The headings of the results in both languages, and those of the bands of each score."""
    for name in _TAKEN:
        yield from (spelling for spellings in vocabulary("columns").names[name].values() for spelling in spellings)
    for score in scores:
        yield from (f"{score.name}_band", f"niveau_{score.name}", f"{score.name}_recent")


def placed_in_a_score(criterion: Criterion, scores: Sequence[Score], reader: Reader) -> Criterion:
    """The criterion with its score by the name the score has; told when that is missing or unknown."""
    known = {fold(score.name): score.name for score in scores}
    if not criterion.score:
        if len(scores) > 1 and criterion.kind is not Kind.EXCLUSION:
            names = ", ".join(known.values())
            reader.findings.add("score-missing", criterion.score_place, criterion.name, names=names)
        return criterion.model_copy(update={"score": scores[0].name if len(scores) == 1 else ""})
    if fold(criterion.score) not in known:
        near = hint(criterion.score, tuple(known.values()))
        reader.findings.add("score-unknown", criterion.score_place, criterion.score, hint=near)
    return criterion.model_copy(update={"score": known.get(fold(criterion.score), criterion.score)})


def bands_of_scores(bands: Sequence[Band], scores: Sequence[Score], reader: Reader) -> tuple[Band, ...]:
    """The bands, lowest limit last, with the names of their scores; what is given twice or never read is told."""
    placed = [band.model_copy(update={"score": _band_score(band, scores, reader)}) for band in bands]
    names: dict[tuple[str, str], Band] = {}
    limits: dict[tuple[str, float | None], Band] = {}
    for band in placed:
        if band.score and band.follow_up:
            reader.findings.add("follow-up-unused", band.follow_up_place, band.name, score=band.score)
        first = names.setdefault((band.score, fold(band.name)), band)
        same = limits.setdefault((band.score, band.start), band)
        if first is not band:
            reader.findings.add("name-twice", band.place, band.name, first=first.place)
        elif same is not band:
            reader.findings.add("band-twice", band.start_place, band.name, other=same.name, first=same.start_place)
    return tuple(sorted(placed, key=lambda band: float("inf") if band.start is None else -band.start))


def _band_score(band: Band, scores: Sequence[Score], reader: Reader) -> str:
    """A score, '' for the total, ACCOUNT for those of accounts."""
    if vocabulary("band_scores").find(band.score) == ACCOUNT:
        return ACCOUNT
    return shown_score(band.score, band.score_place, scores, reader)


def with_lists_named(tests: Sequence[AnyTest], lists: Sequence[NamedList], reader: Reader) -> tuple[AnyTest, ...]:
    """The cases or conditions with each list by the name the list has; told where there is no such list."""
    return tuple(
        test.model_copy(
            update={"operands": tuple(_list_named(operand, test, lists, reader) for operand in test.operands)}
        )
        for test in tests
    )


def _list_named(operand: Operand, test: Test, lists: Sequence[NamedList], reader: Reader) -> Operand:
    if not isinstance(operand, ListName):
        return operand
    own = {name_key(row.name): row.name for row in lists}
    name = own.get(name_key(operand.list_name)) or vocabulary("lists").find(operand.list_name)
    if not name:
        sheet = reader.say("sheets", "lists")
        near = hint(operand.list_name, tuple(own.values())) if own else f"make it a column of the sheet {sheet}"
        reader.findings.add("list-unknown", test.value_place, operand.list_name, hint=near)
    return ListName(list_name=name or operand.list_name)


def in_known_segments(criterion: Criterion, segments: Sequence[Segment], reader: Reader) -> Criterion:
    """The criterion with its segments by the names they are defined with; told where there is no such segment."""
    cases = tuple(
        case.model_copy(
            update={
                "operands": tuple(
                    known_segment(str(name), case.value_place, segments, reader) for name in case.operands
                )
            }
        )
        if case.operator in SEGMENT_OPERATORS
        else case
        for case in criterion.cases
    )
    segment = known_segment(criterion.segment, criterion.segment_place, segments, reader)
    return criterion.model_copy(update={"cases": cases, "segment": segment})


def score_of_known_segments(score: Score, segments: Sequence[Segment], reader: Reader) -> Score:
    """The score with its segments by the names they are defined with."""
    segment = known_segment(score.segment, score.segment_place, segments, reader)
    spared = known_segment(score.cap_unless_segment, score.cap_unless_segment_place, segments, reader)
    return score.model_copy(update={"segment": segment, "cap_unless_segment": spared})


def known_segment(name: str, place: Place, segments: Sequence[Segment], reader: Reader) -> str:
    """The segment by the name it is defined with, '' for ''; told where there is no such segment."""
    known = {fold(segment.name): segment.name for segment in segments}
    if name and fold(name) not in known:
        sheet = reader.say("sheets", "segments")
        near = hint(name, tuple(known.values())) if known else f"define it in the sheet {sheet}"
        reader.findings.add("segment-unknown", place, name, hint=near)
    return known.get(fold(name), name)


def known_matrix(matrix: Matrix, bands: Sequence[Band], scores: Sequence[Score], reader: Reader) -> Matrix:
    """The matrix with scores and bands by the names they are defined with; unknown ones are told."""
    row_score = shown_score(matrix.row_score, matrix.place, scores, reader)
    column_score = shown_score(matrix.column_score, matrix.place, scores, reader)
    rows = {cell.row_place: cell.row_band for cell in matrix.cells}
    columns = {cell.column_place: cell.column_band for cell in matrix.cells}
    row_names = _known_bands(rows, row_score, bands, reader)
    column_names = _known_bands(columns, column_score, bands, reader)
    cells = tuple(
        cell.model_copy(update={"row_band": row_names[cell.row_place], "column_band": column_names[cell.column_place]})
        for cell in matrix.cells
    )
    return matrix.model_copy(update={"row_score": row_score, "column_score": column_score, "cells": cells})


def _known_bands(written: Mapping[Place, str], score: str, bands: Sequence[Band], reader: Reader) -> dict[Place, str]:
    """The heading cells of rows or columns -> the bands of the score; told where there is none, or a second time."""
    known = {fold(band.name): band.name for band in bands if band.score == score}
    first: dict[str, Place] = {}
    for place, name in written.items():
        other = first.setdefault(fold(name), place)
        if fold(name) not in known:
            near = hint(name, tuple(known.values())) if known else f"the sheet {_bands_sheet(reader)} has none for it"
            reader.findings.add("matrix-band", place, name, hint=near)
        elif other != place:
            reader.findings.add("name-twice", place, name, first=other)
    return {place: known.get(fold(name), name) for place, name in written.items()}


def _bands_sheet(reader: Reader) -> str:
    return reader.say("sheets", "bands")


def known_override(override: Override, bands: Sequence[Band], scores: Sequence[Score], reader: Reader) -> Override:
    """The override with its score and band by the names they are defined with."""
    score = shown_score(override.score, override.score_place, scores, reader)
    known = {fold(band.name): band.name for band in bands if band.score == score}
    if override.band and fold(override.band) not in known:
        near = hint(override.band, tuple(known.values())) if known else "write a number"
        reader.findings.add("override-value", override.place, override.band, hint=near)
    return override.model_copy(update={"score": score, "band": known.get(fold(override.band), override.band)})


def known_alert_bands(settings: Settings, bands: Sequence[Band], reader: Reader) -> Settings:
    """The settings with the bands of the total by the names they are defined with; unknown ones are told."""
    known = {fold(band.name): band.name for band in bands if not band.score}
    for name in settings.alert_bands:
        if fold(name) not in known:
            near = hint(name, tuple(known.values())) if known else f"define it in the sheet {_bands_sheet(reader)}"
            reader.findings.add("alert-band-unknown", settings.place_of("alert_bands"), name, hint=near)
    found = dict.fromkeys(known.get(fold(name), name) for name in settings.alert_bands)
    return settings.model_copy(update={"alert_bands": tuple(found)})


def check_account_bands(bands: Sequence[Band], settings: Settings, reader: Reader) -> None:
    """Bands of accounts are told when accounts get no score."""
    first = next((band for band in bands if band.score == ACCOUNT), None)
    if first and settings.account_roll_up is None and not settings.place_of("account_roll_up").cell:
        said, sheet = reader.say("settings", "account_roll_up"), reader.say("sheets", "settings")
        reader.findings.add("account-bands-unused", first.place, first.name, setting=said, sheet=sheet)


def shown_score(name: str, place: Place, scores: Sequence[Score], reader: Reader) -> str:
    """A score that bands, overrides or the matrix speak of, by its name: '' for the total and for a lone score."""
    if not name or vocabulary("words").find(name) == TOTAL:
        return ""
    known = {fold(score.name): score.name for score in scores}
    if fold(name) not in known:
        near = hint(name, (*known.values(), reader.say("words", TOTAL)))
        reader.findings.add("score-unknown", place, name, hint=near)
    return "" if len(scores) == 1 else known.get(fold(name), name)


def check_names(criteria: Sequence[Criterion], reader: Reader) -> None:
    """An exclusion that weighs on every score may not share its name with a criterion of one of them."""
    first: dict[str, Criterion] = {fold(criterion.name): criterion for criterion in criteria if not criterion.score}
    for criterion in criteria:
        other = first.get(fold(criterion.name), criterion)
        if other is not criterion:
            reader.findings.add("name-twice", criterion.place, criterion.name, first=other.place)


def hint(text: str, names: Sequence[str]) -> str:
    """What a wrong name probably meant, else the names there are."""
    near = closest(text, names)
    return f'did you mean "{near}"?' if near else f"there are: {', '.join(names)}"
