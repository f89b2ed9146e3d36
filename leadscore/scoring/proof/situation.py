"""One score with all that its exclusions have to outweigh, made ready for the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadscore.model.decisions import Condition
from leadscore.model.model import Criterion, Score
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.proof.asks import Look
from leadscore.scoring.proof.blocks import Asked, Field, field_blocks, loose_block
from leadscore.scoring.proof.question import Question
from leadscore.values.evidence import Evidence

# What lies this near below a half of the last decimal rounds to 0 (scoring.settling).
_HALF = 0.5 - 1e-9


@dataclass(frozen=True)
class Weighed:
    """A criterion of a score with the field it looks at, or the segments (`asks`) that its cases speak of."""

    criterion: Criterion
    look: Look
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Situation:
    """A score, its criteria in sheet order, the conditions of each segment, the values of each verdict column.

    `lift` is the least and the most that behaviours may add to it, whoever the lead is.
    """

    score: Score
    decimals: int
    criteria: tuple[Weighed, ...]
    segments: Mapping[str, Sequence[tuple[Condition, Look]]]
    verdicts: Mapping[str, Sequence[str]]
    around: Surroundings
    evidence: Evidence
    lift: tuple[float, float] = (0.0, 0.0)

    @property
    def zero(self) -> float:
        """The score above which the rounded one is 0 or more: -0.05 still shows as -0.1 with one decimal."""
        return -_HALF / 10.0**self.decimals

    @property
    def threshold(self) -> float:
        """What criteria have to give more than, for behaviours to lift it to 0 or more."""
        return self.zero - self.lift[1]

    @property
    def is_floored(self) -> bool:
        """Whether the score's Min alone keeps every lead at 0 or more."""
        low, high = self.score.minimum, self.score.maximum
        return low is not None and low > self.zero and (high is None or high > self.zero)

    @property
    def is_capped(self) -> bool:
        """Whether the score's Max alone keeps every lead below 0."""
        high = self.score.maximum
        return high is not None and high <= self.zero and not self.score.cap_unless_segment

    @property
    def segment_names(self) -> tuple[str, ...]:
        """The segments that something about this score depends on, in the order of the sheet."""
        used = {weighed.criterion.segment for weighed in self.criteria} | {self.score.segment}
        used |= {name for weighed in self.criteria for name in weighed.asks}
        return tuple(name for name in self.segments if name in used)


def question_of(situation: Situation) -> Question:
    """The whole question: every field with its criteria and the conditions of the segments that matter."""
    names = situation.segment_names
    rows = {place: weighed for place, weighed in enumerate(situation.criteria) if not weighed.asks}
    conditions = [(name, *row) for name in names for row in situation.segments[name]]
    return Question(
        score=situation.score,
        criteria=[weighed.criterion for weighed in situation.criteria],
        fields=_fields(situation, rows, conditions),
        segments=names,
        segment_asks={place: weighed.asks for place, weighed in enumerate(situation.criteria) if weighed.asks},
        verdicts=situation.verdicts,
        around=situation.around,
        evidence=situation.evidence,
    )


def loose_question(situation: Situation) -> Question:
    """A question whose leads include all of the whole one's: any criterion with a segment may apply or not."""
    criteria = dict(enumerate(situation.criteria))
    loose = {place: weighed for place, weighed in criteria.items() if weighed.asks or weighed.criterion.segment}
    firm = {place: weighed for place, weighed in criteria.items() if place not in loose}
    blocks = [
        loose_block(Asked(weighed.look, {place: weighed.criterion}, {}), place, situation.around, situation.evidence)
        for place, weighed in loose.items()
    ]
    return Question(
        score=situation.score.model_copy(update={"segment": ""}),
        criteria=[weighed.criterion.model_copy(update={"segment": ""}) for weighed in situation.criteria],
        fields=[*_fields(situation, firm, []), *(Field(block) for block in blocks)],
        segments=(),
        segment_asks={},
        verdicts=situation.verdicts,
        around=situation.around,
        evidence=situation.evidence,
    )


def _fields(
    situation: Situation, rows: Mapping[int, Weighed], conditions: Iterable[tuple[str, Condition, Look]]
) -> list[Field]:
    """The fields in the order in which they are first looked at."""
    looks: dict[str, Look] = {}
    criteria: dict[str, dict[int, Criterion]] = {}
    asked: dict[str, dict[str, list[Condition]]] = {}
    for place, weighed in rows.items():
        looks.setdefault(weighed.look.key, weighed.look)
        criteria.setdefault(weighed.look.key, {})[place] = weighed.criterion
    for segment, condition, look in conditions:
        looks.setdefault(look.key, look)
        asked.setdefault(look.key, {}).setdefault(segment, []).append(condition)
    return [
        field_blocks(Asked(look, criteria.get(key, {}), asked.get(key, {})), situation.around, situation.evidence)
        for key, look in looks.items()
    ]
