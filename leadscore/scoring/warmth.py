"""What activities add to the scores of leads: a line for each behaviour, for recycling, and for shared mailboxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from leadscore.scoring.asked import left_to_right
from leadscore.scoring.values import Floats

RECYCLED, ROLE_ADDRESS = "recycled", "role address"


@dataclass(frozen=True)
class Behaved:
    """What a behaviour of a score gives each lead for all its activities, and what recycling the lead adds to that.

    None: nobody is recycled; else it is mostly less than 0.
    """

    score: str
    name: str
    points: Floats
    recycled: Floats | None = None

    @property
    def counted(self) -> Floats:
        """What counts in the end."""
        return self.points if self.recycled is None else self.points + self.recycled


@dataclass(frozen=True)
class Warmth:
    """What all behaviours give. `most` is, per lead, the most that they may give it per score; None: no limit.

    `recent` is, per score, what they give for the last 90 days alone.
    """

    behaved: tuple[Behaved, ...] = ()
    most: Floats | None = None
    recent: Mapping[str, Floats] = field(default_factory=dict)

    def given(self, score: str) -> dict[str, Floats]:
        """The contributions to a score by their names; {} where no behaviour is about it."""
        rows = [row for row in self.behaved if row.score == score]
        given = {row.name: row.points for row in rows}
        recycled = [row.recycled for row in rows if row.recycled is not None]
        if recycled:
            given[RECYCLED] = left_to_right(recycled, len(recycled[0]))
        if rows and self.most is not None:
            given[ROLE_ADDRESS] = np.minimum(self.most - left_to_right(given.values(), len(self.most)), 0.0)
        return given

    def sum_of(self, score: str, leads: int) -> Floats:
        """All that is given to a score."""
        return left_to_right(self.given(score).values(), leads)

    def without(self, row: Behaved) -> Warmth:
        """The same, but for one behaviour."""
        return replace(self, behaved=tuple(other for other in self.behaved if other is not row))

    def at(self, places: Sequence[int]) -> Warmth:
        """The same for the leads at these places only, in their order."""
        rows = tuple(
            replace(row, points=row.points[places], recycled=None if row.recycled is None else row.recycled[places])
            for row in self.behaved
        )
        recent = {score: points[places] for score, points in self.recent.items()}
        return Warmth(rows, None if self.most is None else self.most[places], recent)


COLD = Warmth()  # without any behaviour
