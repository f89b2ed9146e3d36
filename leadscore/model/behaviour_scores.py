"""Behaviours and the scores that they count in: such a score adds points up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadscore.model.behaviours import Behaviour
from leadscore.model.model import Criterion, Kind, Method, Score
from leadscore.model.references import hint
from leadscore.model.typed import Reader
from leadscore.values.folding import fold


def placed_behaviours(
    behaviours: Sequence[Behaviour], scores: Sequence[Score], reader: Reader
) -> tuple[Behaviour, ...]:
    """The behaviours with each score by the name that the score has; an unknown one is told."""
    return tuple(_placed(behaviour, scores, reader) for behaviour in behaviours)


def _placed(behaviour: Behaviour, scores: Sequence[Score], reader: Reader) -> Behaviour:
    known = {fold(score.name): score.name for score in scores}
    if fold(behaviour.score) not in known:
        near = hint(behaviour.score, tuple(known.values()))
        reader.findings.add("score-unknown", behaviour.score_place, behaviour.score, hint=near)
    return behaviour.model_copy(update={"score": known.get(fold(behaviour.score), behaviour.score)})


def summed(
    scores: Sequence[Score], behaviours: Sequence[Behaviour], criteria: Sequence[Criterion], reader: Reader
) -> tuple[Score, ...]:
    """The scores, those of behaviours as sums; told where *Scores* says mean, and where criteria become sums unsaid."""
    named = {behaviour.score for behaviour in behaviours}
    return tuple(_summed(score, criteria, reader) if score.name in named else score for score in scores)


def _summed(score: Score, criteria: Sequence[Criterion], reader: Reader) -> Score:
    is_said = bool(score.method_place.cell)
    if is_said and score.method is not Method.SUM:
        said, sum_said = (reader.say("methods", method) for method in (score.method, Method.SUM))
        reader.findings.add("behaviours-averaged", score.method_place, said, score=score.name, sum=sum_said)
    averaged = [row for row in criteria if row.score == score.name and row.weight and row.kind is not Kind.EXCLUSION]
    if averaged and not is_said:
        sheet, sum_said = reader.say("sheets", "scores"), reader.say("methods", Method.SUM)
        details = {"score": score.name, "sheet": sheet, "sum": sum_said}
        reader.findings.add("criteria-summed", averaged[0].place, averaged[0].name, **details)
    return score.model_copy(update={"method": Method.SUM})


def check_behaviour_names(behaviours: Sequence[Behaviour], criteria: Sequence[Criterion], reader: Reader) -> None:
    """A behaviour shares its name with no other of its score, nor with a criterion that weighs on it."""
    first = {(row.score, fold(row.name)): row.place for row in criteria}
    for behaviour in behaviours:
        places = [first[key] for key in _keys(behaviour) if key in first]
        if places:
            reader.findings.add("name-twice", behaviour.place, behaviour.name, first=places[0])
        first.setdefault((behaviour.score, fold(behaviour.name)), behaviour.place)


def _keys(behaviour: Behaviour) -> Iterator[tuple[str, str]]:
    """The score and name of a behaviour, and those of an exclusion that weighs on every score."""
    yield from ((score, fold(behaviour.name)) for score in (behaviour.score, ""))
