"""What the sheets of a model say about each other: scores, bands and lists by the names they were given."""

from __future__ import annotations

from collections.abc import Sequence

from leadscore.model.frozen import ListName, Operand
from leadscore.model.model import Band, Case, Criterion, Kind, NamedList, Score
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import closest, vocabulary
from leadscore.values.folding import fold, name_key

TOTAL = "total"
# Columns of the results whose headings a score, shown beside them, may not take.
_TAKEN = (
    *("score", "band", "band_range", "rank", "excluded_by", "reasons", "score_low", "score_high", "coverage"),
    *("next_best_field", "action"),
)


def all_scores(declared: Sequence[Score], criteria: Sequence[Criterion]) -> tuple[Score, ...]:
    """Those of the sheet Scores; without it, those that Scoring names; without any, one called score."""
    if declared:
        return tuple(declared)
    named = {
        fold(criterion.score): Score(name=criterion.score, place=criterion.score_place)
        for criterion in reversed(criteria)
        if criterion.score
    }
    return tuple(reversed(named.values())) or (Score(name="score"),)


def check_scores(scores: Sequence[Score], criteria: Sequence[Criterion], reader: Reader) -> None:
    """Names that the results use themselves, and scores that nothing is counted in."""
    several = len(scores) > 1
    headings = {TOTAL, *(_TAKEN if several else ()), *(f"{score.name}_band" for score in scores if several)}
    taken = {name_key(heading) for heading in headings}
    counted = {fold(criterion.score) for criterion in criteria if criterion.weight}
    for score in scores:
        if name_key(score.name) in taken:
            reader.findings.add("score-reserved", score.place, score.name)
        if criteria and not counted & {"", fold(score.name)}:
            reader.findings.add("score-empty", score.place, score.name)


def placed_in_a_score(criterion: Criterion, scores: Sequence[Score], reader: Reader) -> Criterion:
    """The criterion with its score by the name the score has; told when that is missing or unknown."""
    known = {fold(score.name): score.name for score in scores}
    if not criterion.score:
        if len(scores) > 1 and criterion.kind is not Kind.EXCLUSION:
            names = ", ".join(known.values())
            reader.findings.add("score-missing", criterion.score_place, criterion.name, names=names)
        return criterion.model_copy(update={"score": scores[0].name if len(scores) == 1 else ""})
    if fold(criterion.score) not in known:
        hint = _hint(criterion.score, tuple(known.values()))
        reader.findings.add("score-unknown", criterion.score_place, criterion.score, hint=hint)
    return criterion.model_copy(update={"score": known.get(fold(criterion.score), criterion.score)})


def bands_of_scores(bands: Sequence[Band], scores: Sequence[Score], reader: Reader) -> tuple[Band, ...]:
    """The bands, lowest limit last, with the names of their scores; a name or a limit given twice is told."""
    placed = [_of_a_score(band, scores, reader) for band in bands]
    names: dict[tuple[str, str], Band] = {}
    limits: dict[tuple[str, float | None], Band] = {}
    for band in placed:
        first = names.setdefault((band.score, fold(band.name)), band)
        same = limits.setdefault((band.score, band.start), band)
        if first is not band:
            reader.findings.add("name-twice", band.place, band.name, first=first.place)
        elif same is not band:
            reader.findings.add("band-twice", band.start_place, band.name, other=same.name, first=same.start_place)
    return tuple(sorted(placed, key=lambda band: float("inf") if band.start is None else -band.start))


def _of_a_score(band: Band, scores: Sequence[Score], reader: Reader) -> Band:
    """The band with its score by the name the score has, '' for the total and for a lone score."""
    known = {fold(score.name): score.name for score in scores}
    if not band.score or vocabulary("words").find(band.score) == TOTAL:
        return band.model_copy(update={"score": ""})
    if fold(band.score) not in known:
        hint = _hint(band.score, (*known.values(), reader.say("words", TOTAL)))
        reader.findings.add("score-unknown", band.score_place, band.score, hint=hint)
    name = known.get(fold(band.score), band.score)
    return band.model_copy(update={"score": "" if len(scores) == 1 else name})


def with_lists_named(criterion: Criterion, lists: Sequence[NamedList], reader: Reader) -> Criterion:
    """The criterion with each list by the name the list has; told where there is no such list."""
    cases = tuple(
        case.model_copy(
            update={"operands": tuple(_list_named(operand, case, lists, reader) for operand in case.operands)}
        )
        for case in criterion.cases
    )
    return criterion.model_copy(update={"cases": cases})


def _list_named(operand: Operand, case: Case, lists: Sequence[NamedList], reader: Reader) -> Operand:
    if not isinstance(operand, ListName):
        return operand
    own = {name_key(row.name): row.name for row in lists}
    name = own.get(name_key(operand.list_name)) or vocabulary("lists").find(operand.list_name)
    if not name:
        sheet = reader.say("sheets", "lists")
        hint = _hint(operand.list_name, tuple(own.values())) if own else f"make it a column of the sheet {sheet}"
        reader.findings.add("list-unknown", case.value_place, operand.list_name, hint=hint)
    return ListName(list_name=name or operand.list_name)


def check_names(criteria: Sequence[Criterion], reader: Reader) -> None:
    """An exclusion that weighs on every score may not share its name with a criterion of one of them."""
    first: dict[str, Criterion] = {fold(criterion.name): criterion for criterion in criteria if not criterion.score}
    for criterion in criteria:
        other = first.get(fold(criterion.name), criterion)
        if other is not criterion:
            reader.findings.add("name-twice", criterion.place, criterion.name, first=other.place)


def _hint(text: str, names: Sequence[str]) -> str:
    near = closest(text, names)
    return f'did you mean "{near}"?' if near else f"there are: {', '.join(names)}"
