"""What a whole column gives away about the texts in it that could be read two ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from leadscore.values.days import DayOrder, is_ambiguous_day, order_shown
from leadscore.values.numbers import DecimalMark, decimal_mark_shown, is_ambiguous


@dataclass(frozen=True)
class Evidence:
    """How a column writes what could be read two ways; gathered over the whole column before scoring.

    `number_example` and `day_example` are a text that stays undecided, '' when none does. `zone` is the model's: a
    stamp with an offset is a day there.
    """

    decimal_mark: DecimalMark
    day_order: DayOrder
    number_example: str = ""
    day_example: str = ""
    zone: ZoneInfo | None = None


def gather_evidence(texts: Sequence[str], language_default: Evidence) -> Evidence:
    """What distinct texts that people typed give away; what they leave open is as in the model's language."""
    marks = {decimal_mark_shown(text) for text in texts} - {None}
    orders = {order_shown(text) for text in texts} - {None}
    mark = marks.pop() if len(marks) == 1 else None
    order = orders.pop() if len(orders) == 1 else None
    return Evidence(
        mark or language_default.decimal_mark,
        order or language_default.day_order,
        "" if mark else next((text for text in texts if is_ambiguous(text)), ""),
        "" if order else next((text for text in texts if is_ambiguous_day(text)), ""),
        language_default.zone,
    )
