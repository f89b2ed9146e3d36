"""The sheet Behaviours: what activities are worth, and for how long."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from leadscore.issues import Place
from leadscore.model.frozen import Placed, Test


class Decay(StrEnum):
    """How points shrink with age: not at all, in a straight line, by halves, or by steps."""

    NONE = "none"
    LINEAR = "linear"
    HALF_LIFE = "half-life"
    STEP = "step"


class Stage(StrEnum):
    """Whether an activity is a lead's own doing or something that it let happen."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Behaviour(Test, Placed):
    """Points for activities; `operator` and `operands` say which, by their names.

    `points` for each, or, with `at_least`, once when there are so many. Only activities of the last `window` days count
    (None: all); `minimum` and `maximum` limit what they give together. With a decay other than none, points shrink with
    their age by `decay_days`, by steps by the share `step` (0..1) of them. Only activities of `product` count ('' all).
    `score_product` is the product that the score was named for ('' none).
    """

    score: str
    name: str
    points: float
    score_product: str = Field(default="", exclude=True)
    at_least: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    window: int | None = None
    decay: Decay = Decay.NONE
    decay_days: float | None = None
    step: float = 0.0
    stage: Stage | None = None
    product: str = ""
    active: bool = True
    first_day: date | None = None
    last_day: date | None = None
    comment: str = Field(default="", exclude=True)
    score_place: Place = Field(default=Place(), exclude=True)
    points_place: Place = Field(default=Place(), exclude=True)

    def is_active(self, as_of: date) -> bool:
        """Whether it counts on a day: switched on, and both days of From and Until included."""
        return (
            self.active
            and (self.first_day is None or self.first_day <= as_of)
            and (self.last_day is None or as_of <= self.last_day)
        )
