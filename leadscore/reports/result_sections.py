"""What a run found, section by section: how scores spread, bands, funnel, matrix, criteria."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leadscore.pipeline.counts import BandCount, CriterionCount
from leadscore.pipeline.figures import Figures, MatrixCounts, Stage
from leadscore.pipeline.histogram import Bin
from leadscore.reports.html import Html, element, markup
from leadscore.reports.page import Section, note
from leadscore.reports.svg import (
    Mark,
    Part,
    Pillar,
    Scale,
    Tone,
    band_tones,
    bar,
    centred_bar,
    histogram,
    share_bar,
    span_bar,
)
from leadscore.reports.tables import Heat, Row, folded, heat_map, keyed, table
from leadscore.reports.words import Words
from leadscore.scoring.bands import EXCLUDED, lower_limit

_HEADING_SHOWN = 10  # characters
_MOST_TICKS = 6  # numbers below a histogram: on a phone, no more have room
_TICK_STEPS = (1, 2, 4, 5, 10, 20, 50)  # bars from one number to the next
_MOST_CRITERIA = 20  # rows shown at once
_FEW_CRITERIA = 10  # rows that stand well beside another section


@dataclass(frozen=True)
class Shown:
    """What is shown: the figures, the words to say them with, and the decimals of a score."""

    figures: Figures
    words: Words
    decimals: int

    def count(self, leads: int) -> str:
        """A number of leads."""
        return self.words.number(leads)

    def score(self, score: float) -> str:
        """A score, or a mean of scores."""
        return self.words.fixed(score, max(self.decimals, 1))

    def plain(self, score: float) -> str:
        """A score within a sentence."""
        return self.words.number(score, max(self.decimals, 1))

    def tones(self, score: str = "") -> dict[str, Tone]:
        """The colours of a score's bands ('' the total), of Excluded and of no band."""
        names = [band.name for band in _best_first(self.figures.bands.get(score, ())) if _is_band(band)]
        return {EXCLUDED: "excluded", "": "quiet", **band_tones(names)}

    def band(self, name: str) -> str:
        """What a band is called."""
        return self.words.say("excluded") if name == EXCLUDED else name or self.words.say("no_band")

    def band_heading(self, name: str) -> str:
        """What a band is called at the head of a column of numbers."""
        said = self.band(name)
        return said if len(said) <= _HEADING_SHOWN else f"{said[: _HEADING_SHOWN - 1]}…"


def sections(shown: Shown) -> Iterator[Section]:
    """Those that the figures have something for."""
    figures, say = shown.figures, shown.words.say
    yield Section("distribution", say("distribution"), _distribution(shown), is_wide=True)
    if figures.bands:
        yield Section("bands", say("bands"), _bands(shown))
    yield Section("funnel", say("funnel"), _funnel(shown))
    if figures.matrix is not None:
        yield Section("matrix", say("matrix"), _matrix(shown, figures.matrix), is_wide=True)
    elif figures.codes:
        yield Section("matrix", say("matrix"), _codes(shown))
    if figures.criteria:
        is_wide = len(figures.criteria) > _FEW_CRITERIA or any(": " in one.name for one in figures.criteria)
        yield Section("criteria", say("criteria"), _criteria(shown), is_wide)


def _is_band(band: BandCount) -> bool:
    return band.name not in ("", EXCLUDED)


def _best_first(bands: Sequence[BandCount]) -> list[BandCount]:
    """By their lower limits, the highest first; as they come where no limit is known."""
    return sorted(bands, key=lower_limit, reverse=True)


# Distribution ---------------------------------------------------------------------------------------------------------


def _distribution(shown: Shown) -> Html:
    bins, say = shown.figures.histogram, shown.words.say
    if not bins:
        return element("p", say("no_scores"))
    tones = shown.tones()
    has_bands = "" in shown.figures.bands
    order = [name for name in reversed(tones) if any(name in one.by_band for one in bins)]
    edges = _edges(bins)
    pillars = [
        Pillar(
            say("pillar", range=_range(one, shown), leads=shown.count(one.leads)),
            tuple((tones[name] if has_bands else "accent", one.by_band.get(name, 0)) for name in order),
        )
        for one in bins
    ]
    return markup(
        note(say("distribution_note" if has_bands else "distribution_note_plain")),
        histogram(pillars, _ticks(bins, edges, shown), list(_limits(edges, shown))),
        folded(say("figures"), _distribution_table(shown, order if has_bands else [])),
    )


def _edges(bins: Sequence[Bin]) -> list[float]:
    """Where the bars stand on the axis of scores; one that holds all beyond is as wide as the others."""
    widths = [one.high - one.low for one in bins if math.isfinite(one.high - one.low)]
    width = widths[0] if widths else 1.0
    first = bins[0].low if math.isfinite(bins[0].low) else bins[0].high - width
    return [first + place * width for place in range(len(bins) + 1)]


def _range(one: Bin, shown: Shown) -> str:
    low, high = (shown.words.number(number, 6) for number in (one.low, one.high))
    if math.isinf(one.low):
        return shown.words.say("under", high=high)
    return (
        shown.words.say("and_more", low=low) if math.isinf(one.high) else shown.words.say("from_to", low=low, high=high)
    )


def _ticks(bins: Sequence[Bin], edges: Sequence[float], shown: Shown) -> list[Mark]:
    """Some round numbers between bars, evenly spread; none at an end beyond which there are more leads."""
    width = edges[1] - edges[0]
    step = next(step for step in _TICK_STEPS if len(edges) <= _MOST_TICKS * step)
    start = round(-edges[0] / width) % step
    ends = {0: bins[0].low, len(bins): bins[-1].high}
    return [
        Mark(place / len(bins), shown.words.number(edges[place], 6))
        for place in range(start, len(edges), step)
        if math.isfinite(ends.get(place, 0.0))
    ]


def _limits(edges: Sequence[float], shown: Shown) -> Iterator[Mark]:
    scale = Scale(edges[0], edges[-1])
    for band in _best_first(shown.figures.bands.get("", ())):
        if band.start is not None and scale.low <= band.start <= scale.high:
            name = shown.words.say("band_from", band=band.name, start=shown.words.number(band.start, 6))
            yield Mark(scale.place(band.start), name)


def _distribution_table(shown: Shown, order: Sequence[str]) -> Html:
    bands = list(reversed(order))
    headings = [shown.words.say("score"), shown.words.say("leads"), *map(shown.band_heading, bands)]
    rows = [
        Row(_range(one, shown), [shown.count(one.leads), *(shown.count(one.by_band.get(name, 0)) for name in bands)])
        for one in shown.figures.histogram
    ]
    return table(shown.words.say("distribution_caption"), headings, rows)


# Bands and funnel -----------------------------------------------------------------------------------------------------


def _bands(shown: Shown) -> Html:
    return markup(*(_bands_of(score, counts, shown) for score, counts in shown.figures.bands.items()))


def _bands_of(score: str, counts: Sequence[BandCount], shown: Shown) -> Html:
    say, tones = shown.words.say, shown.tones(score)
    caption = say("bands_caption_of", score=score) if score else say("bands_caption")
    counts = _best_first(counts)
    has_limits = any(band.start is not None for band in counts)
    headings = [say("band"), *([say("from")] if has_limits else []), say("leads"), say("share")]
    parts = [Part(shown.band(band.name), band.share, tones[band.name]) for band in counts]
    rows = [
        Row(
            keyed(tones[band.name], shown.band(band.name)),
            [
                *([_start(band, shown)] if has_limits else []),
                shown.count(band.leads),
                shown.words.percent(band.share),
            ],
        )
        for band in counts
    ]
    return table(markup(caption, share_bar(parts)), headings, rows)


def _start(band: BandCount, shown: Shown) -> str:
    return "" if band.start is None else shown.words.number(band.start, 6)


def _funnel(shown: Shown) -> Html:
    say, stages = shown.words.say, shown.figures.funnel
    rows = [
        Row(
            _stage(stage, shown),
            [shown.count(stage.leads), shown.words.percent(stage.share) if place else ""],
            centred_bar(stage.leads / stages[0].leads if stages[0].leads else 0),
        )
        for place, stage in enumerate(stages)
    ]
    return table(say("funnel_caption"), [say("step"), say("leads"), say("of_step")], rows)


def _stage(stage: Stage, shown: Shown) -> str:
    if not stage.is_band:
        return shown.words.say(f"stage_{stage.name}")
    return shown.words.say("stage_band_or_better" if stage.and_better else "stage_band", band=stage.name)


# Matrix ---------------------------------------------------------------------------------------------------------------


def _matrix(shown: Shown, matrix: MatrixCounts) -> Html:
    row, column = (score or shown.words.say("total") for score in (matrix.row_score, matrix.column_score))
    rows = [
        (
            row_band,
            [
                Heat(
                    leads := matrix.leads[row_band, band], shown.count(leads), matrix.actions.get((row_band, band), "")
                )
                for band in matrix.columns
            ],
        )
        for row_band in matrix.rows
    ]
    caption = shown.words.say("matrix_caption", row=row, column=column)
    return heat_map(caption, f"{row} / {column}", matrix.columns, rows)


def _codes(shown: Shown) -> Html:
    say, codes = shown.words.say, dict(sorted(shown.figures.codes.items()))
    rows = [Row(code, [shown.count(leads)], bar(leads / max(codes.values()))) for code, leads in codes.items()]
    return table(say("codes_caption"), [say("cell"), say("leads")], rows)


# Criteria -------------------------------------------------------------------------------------------------------------


def _criteria(shown: Shown) -> Html:
    """A table per score: means of different scores are on different scales."""
    scores = dict.fromkeys(criterion.name.rpartition(": ")[0] for criterion in shown.figures.criteria)
    return markup(*(_criteria_of(score, shown) for score in scores))


def _criteria_of(score: str, shown: Shown) -> Html:
    say = shown.words.say
    found = [one for one in shown.figures.criteria if one.name.rpartition(": ")[0] == score]
    found.sort(key=lambda one: (-abs(one.mean) if math.isfinite(one.mean) else 0.0, -one.leads))
    scale = Scale.of([one.mean for one in found])
    caption = say("criteria_caption_of", score=score) if score else say("criteria_caption")
    headings = [say("criterion"), say("adds"), say("moved")]
    rows = [_criterion(one, scale, shown) for one in found]
    first = table(caption, headings, rows[:_MOST_CRITERIA])
    if len(rows) <= _MOST_CRITERIA:
        return first
    more = say("more_criteria", count=str(len(rows) - _MOST_CRITERIA))
    return markup(first, folded(more, table(more, headings, rows[_MOST_CRITERIA:])))


def _criterion(one: CriterionCount, scale: Scale, shown: Shown) -> Row:
    decimals = max(shown.decimals, 1) + 1
    cells = [shown.words.signed(one.mean, decimals), shown.count(one.leads)]
    return Row(one.name.rpartition(": ")[2], cells, span_bar(0, one.mean if math.isfinite(one.mean) else 0, scale))
