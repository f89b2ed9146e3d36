"""The model: everything a scoring workbook says, parsed, checked for form, and frozen."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from leadscore.issues import Place
from leadscore.model.behaviours import Behaviour
from leadscore.model.decisions import Example, Matrix, Override, Segment
from leadscore.model.frozen import Frozen, Placed, Test
from leadscore.model.vocabulary import Language


class Kind(StrEnum):
    """What a criterion is for. Only exclusion changes what is computed."""

    EXCLUSION = "exclusion"
    POTENTIAL = "potential"
    ENGAGEMENT = "engagement"
    QUALITY = "quality"


class Policy(StrEnum):
    """Which of the cases that hold give their points."""

    FIRST = "first"
    SUM = "sum"
    MAX = "max"


class Method(StrEnum):
    """How a score is made of its criteria."""

    MEAN = "mean"
    SUM = "sum"


class Treatment(StrEnum):
    """What becomes of activities that are nobody's own doing."""

    KEEP = "keep"
    LEAVE_OUT = "leave out"


class RollUp(StrEnum):
    """How the scores of an account's leads make its own."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted mean"
    MAX = "max"


class Case(Test):
    """One answer with its points; `points` None means skip: the weight is left out."""

    points: float | None


class Criterion(Placed):
    """A question about one field, worth a weight. `score` '' weighs on every score (exclusions only)."""

    name: str
    kind: Kind
    weight: float
    field: str
    cases: tuple[Case, ...]
    score: str = ""
    policy: Policy = Policy.FIRST
    minimum: float | None = None
    maximum: float | None = None
    segment: str = ""
    active: bool = True
    first_day: date | None = None
    last_day: date | None = None
    comment: str = Field(default="", exclude=True)
    place: Place = Field(default=Place(), exclude=True)
    score_place: Place = Field(default=Place(), exclude=True)
    field_place: Place = Field(default=Place(), exclude=True)
    segment_place: Place = Field(default=Place(), exclude=True)

    def is_active(self, as_of: date) -> bool:
        """Whether it counts on a day: switched on, and both days of From and Until included."""
        return (
            self.active
            and (self.first_day is None or self.first_day <= as_of)
            and (self.last_day is None or as_of <= self.last_day)
        )


class Score(Placed):
    """A named number computed by criteria; `in_total` multiplies it into the total.

    Only leads of `segment` have it ('' all). The maximum holds unless the lead is in `cap_unless_segment` ('' always).
    `product` is what it is the score of, where {product} made it ('' none). `method_place` is where the method is said.
    """

    name: str
    method: Method = Method.MEAN
    minimum: float | None = None
    maximum: float | None = None
    in_total: float = 1.0
    segment: str = ""
    cap_unless_segment: str = ""
    product: str = ""
    place: Place = Field(default=Place(), exclude=True)
    method_place: Place = Field(default=Place(), exclude=True)
    segment_place: Place = Field(default=Place(), exclude=True)
    cap_unless_segment_place: Place = Field(default=Place(), exclude=True)


ACCOUNT = "account"  # the score of bands for accounts


class Band(Frozen):
    """A label for scores from `start` on (None: no lower limit). `score` '' is the total, ACCOUNT those of accounts.

    `follow_up` is in how many hours somebody is to follow up a lead that entered it; None: nobody need.
    """

    score: str
    name: str
    start: float | None
    icon: str = ""
    action: str = ""
    follow_up: float | None = None
    place: Place = Field(default=Place(), exclude=True)
    score_place: Place = Field(default=Place(), exclude=True)
    start_place: Place = Field(default=Place(), exclude=True)
    follow_up_place: Place = Field(default=Place(), exclude=True)


class FieldMapping(Frozen):
    """Which source column is which field, how its cells are compared, and which of its values mean blank."""

    field: str
    column: str = ""
    type: str = ""
    blank_values: tuple[str, ...] = ()
    place: Place = Field(default=Place(), exclude=True)
    column_place: Place = Field(default=Place(), exclude=True)


class NamedList(Frozen):
    """One column of the sheet Lists."""

    name: str
    entries: tuple[str, ...]
    place: Place = Field(default=Place(), exclude=True)


class Settings(Placed):
    """The sheet Settings; '' and None mean not said.

    `role_address_activities` may be the most points (0 or more) that behaviours give a role address, per score;
    `recycled_share` (0..1) is what a recycled lead keeps of its earlier points; `account_weight` is a field.
    """

    source_sheet: str = ""
    header_row: int = 0
    id_field: str = ""
    country: str = ""
    time_zone: str = ""
    decimals: int = 1
    examples_as_of: date | None = None
    result_columns: tuple[str, ...] = ()
    completeness_fields: tuple[str, ...] = ()
    alert_bands: tuple[str, ...] = ()
    skip_enrichment: tuple[str, ...] = ()
    robot_activities: Treatment = Treatment.KEEP
    role_address_activities: Treatment | float = Treatment.KEEP
    recycled_share: float = 0.0
    account_roll_up: RollUp | None = None
    account_weight: str = ""


class Model(Frozen):
    """What a lead is scored by. `language` is that of its sheets; `total` names the sum of several scores."""

    language: Language = "en"
    scores: tuple[Score, ...]
    criteria: tuple[Criterion, ...]
    behaviours: tuple[Behaviour, ...] = ()
    bands: tuple[Band, ...] = ()
    matrix: Matrix | None = None
    segments: tuple[Segment, ...] = ()
    overrides: tuple[Override, ...] = ()
    examples: tuple[Example, ...] = ()
    fields: tuple[FieldMapping, ...] = ()
    lists: tuple[NamedList, ...] = ()
    settings: Settings = Settings()
    path: str = Field(default="", exclude=True)

    @property
    def asks_alerts(self) -> bool:
        """Whether somebody wants to hear of leads that enter a band, or that stay in one too long."""
        return bool(self.settings.alert_bands) or any(band.follow_up and not band.score for band in self.bands)

    @property
    def hash(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the parsed model: equal for equal scoring.

        What is left at its default is not in it, so that a setting which a later version adds changes no hash.
        """
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()[:12]

    def with_settings(self, **said: Any) -> Model:
        """The model with some settings replaced, as the options of a command do; the hash changes with them."""
        return self.model_copy(update={"settings": self.settings.model_copy(update=said)})
