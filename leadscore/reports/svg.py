"""Charts as inline SVG: lengths along a chart are percentages, so that it fits a phone and its texts stay readable.

No chart stands alone: each is drawn in or beside a table with the same figures, and is hidden from screen readers.
Colours are classes of style.css ('tone-accent', 'tone-band-1' …), which has them for light, dark and paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from leadscore.reports.html import Html, element

Tone = Literal[
    "accent", "up", "down", "quiet", "excluded", "none", "band-1", "band-2", "band-3", "band-4", "band-5"
]  # fmt: skip
BAND_TONES: tuple[Tone, ...] = ("band-1", "band-2", "band-3", "band-4", "band-5")  # from the best band down
_TONES_OF_FEW: dict[int, tuple[Tone, ...]] = {2: ("band-1", "band-4"), 3: ("band-1", "band-2", "band-4")}

_BAR, _THICK_BAR = 10, 22  # px
_PLOT, _AXIS, _LABEL = 200, 22, 18  # px: a histogram's bars, the numbers below them, a line of text above them
_LEAST = 0.004  # share of the width at which something that is not nothing can be seen
_LEAST_HEIGHT = 1.5  # px: of a bar of a single lead among thousands
_GAP = 0.06  # of a bar of a histogram, between it and the next
_GRID_LINES = 4
_NAME_SHOWN = 24  # characters of a name within a chart


class Part(NamedTuple):
    """A part of a whole: its name, its share 0..1, its colour."""

    name: str
    share: float
    tone: Tone


class Pillar(NamedTuple):
    """One bar of a histogram: what it is called (shown when pointed at), and its parts from the bottom up, in leads."""

    name: str
    parts: tuple[tuple[Tone, int], ...]


class Mark(NamedTuple):
    """Something at a place of an axis, 0..1, and what it is called."""

    place: float
    name: str


@dataclass(frozen=True)
class Scale:
    """The numbers that an axis runs over, from the left end to the right one."""

    low: float
    high: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Scale:
        """From the lowest to the highest of the numbers and 0."""
        finite = [number for number in numbers if math.isfinite(number)]
        return cls(min([0.0, *finite]), max([0.0, *finite]))

    def place(self, number: float) -> float:
        """Where a number stands, 0..1; one that is off the scale stands at its end."""
        span = self.high - self.low
        return min(max((number - self.low) / span, 0.0), 1.0) if span else 0.0


def band_tones(names: Sequence[str]) -> dict[str, Tone]:
    """The colours of bands, the best first, from hot to cold; more than five share colours."""
    tones = _TONES_OF_FEW.get(len(names), BAND_TONES)
    share = len(tones) / max(len(names), len(tones))
    return {name: tones[int(place * share)] for place, name in enumerate(names)}


def heat_class(count: float, most: float) -> str:
    """The class of a table's cell that is shaded by how much of the largest count it holds, in five steps."""
    return f"heat-{math.ceil(5 * count / most)}" if count > 0 < most else "heat-0"


def bar(share: float, tone: Tone = "accent") -> Html:
    """A bar from the left, `share` 0..1 of the width long; nothing for NaN."""
    return _row(_track(), _rect(0, _seen(share), tone))


def centred_bar(share: float, tone: Tone = "accent") -> Html:
    """A bar about the middle: bars of falling shares below each other make a funnel."""
    width = _seen(share)
    return _row(_rect((1 - width) / 2, width, tone), height=_THICK_BAR)


def span_bar(start: float, end: float, scale: Scale, tone: Tone | None = None) -> Html:
    """A bar between two numbers of a scale, with a line at 0; without a tone, its colour says up or down.

    Of a contribution, from 0 to it; of a waterfall, from the sum before to the sum after.
    """
    low, high = sorted((scale.place(start), scale.place(end)))
    shown = _rect(low, max(high - low, _LEAST if start != end else 0), tone or ("up" if end > start else "down"))
    zero = _percent(scale.place(0))
    line = element("line", x1=zero, x2=zero, y1=0, y2="100%", class_="zero")
    return _row(_track(), shown, line) if start != end else _row(_track(), line)


def share_bar(parts: Sequence[Part]) -> Html:
    """The parts of a whole in one thick bar, side by side; a part is named when it is pointed at."""
    shapes, start = [], 0.0
    for part in parts:
        if part.share > 0:
            shapes.append(_rect(start, part.share, part.tone, part.name))
            start += part.share
    return _row(*shapes, height=_THICK_BAR)


def histogram(pillars: Sequence[Pillar], ticks: Sequence[Mark], limits: Sequence[Mark] = ()) -> Html:
    """Bars of equal width with numbers along both axes; each limit is a line with its name, in a line of its own."""
    top = len(limits) * _LABEL + _LABEL // 2
    most = max((sum(count for _, count in pillar.parts) for pillar in pillars), default=0)
    step = _grid_step(most)
    highest = step * max(1, math.ceil(most / step))
    shapes = [*_grid(step, highest, top), *_pillars(pillars, highest, top)]
    shapes += [_tick(tick, top + _PLOT + _AXIS - 6) for tick in ticks]
    shapes += _limits(limits, top)
    return element("div", _row(*shapes, height=top + _PLOT + _AXIS), class_="histogram")


def _row(*shapes: Html, height: int = _BAR) -> Html:
    return element("svg", *shapes, width="100%", height=height, aria_hidden="true", focusable="false")


def _rect(start: float, width: float, tone: Tone, name: str = "") -> Html:
    title = [element("title", name)] if name else []
    return element("rect", *title, x=_percent(start), width=_percent(width), height="100%", rx=2, class_=f"tone-{tone}")


def _track() -> Html:
    return element("rect", x=0, width="100%", height="100%", rx=2, class_="track")


def _seen(share: float) -> float:
    return 0.0 if math.isnan(share) or share <= 0 else min(max(share, _LEAST), 1.0)


def _percent(share: float) -> str:
    """0.5 -> '50%': rounded, so that equal figures make equal pages on every machine."""
    return f"{round(100 * share, 3):g}%"


def _grid_step(most: int) -> int:
    """1, 2, 5, 10, 20 …: the whole number that makes at most so many lines."""
    power = int(10 ** max(0, math.floor(math.log10(max(most, 1) / _GRID_LINES))))
    return next(step for step in (power, 2 * power, 5 * power, 10 * power, 20 * power) if most <= _GRID_LINES * step)


def _grid(step: int, highest: int, top: int) -> list[Html]:
    shapes = []
    for count in range(0, highest + 1, step):
        y = round(top + _PLOT * (1 - count / highest), 1)
        shapes.append(element("line", x1=0, x2="100%", y1=y, y2=y, class_="grid"))
        shapes.append(element("text", str(count), x=-8, y=y + 4, text_anchor="end", class_="axis"))
    return shapes


def _pillars(pillars: Sequence[Pillar], highest: int, top: int) -> list[Html]:
    shapes = []
    for place, pillar in enumerate(pillars):
        y = float(top + _PLOT)
        for tone, count in (part for part in pillar.parts if part[1]):
            height = max(round(_PLOT * count / highest, 1), _LEAST_HEIGHT)
            y = round(y - height, 1)
            sides = {"x": _percent((place + _GAP / 2) / len(pillars)), "width": _percent((1 - _GAP) / len(pillars))}
            name = element("title", pillar.name)
            shapes.append(element("rect", name, y=y, height=height, class_=f"tone-{tone}", **sides))
    return shapes


def _limits(limits: Sequence[Mark], top: int) -> list[Html]:
    """A dashed line per limit from its name down to the axis; names stand over lines, on the side with more room."""
    lines, names = [], []
    for number, limit in enumerate(limits, start=1):
        x, y = _percent(limit.place), number * _LABEL
        lines.append(element("line", x1=x, x2=x, y1=y - _LABEL + 6, y2=top + _PLOT, class_="limit"))
        name = limit.name if len(limit.name) <= _NAME_SHOWN else f"{limit.name[: _NAME_SHOWN - 1]}…"
        side, aside = ("end", -6) if limit.place > 0.5 else ("start", 6)
        names.append(element("text", name, x=x, y=y, dx=aside, text_anchor=side, class_="limit-name"))
    return [*lines, *names]


def _tick(tick: Mark, y: float) -> Html:
    return element("text", tick.name, x=_percent(tick.place), y=y, text_anchor="middle", class_="axis")
