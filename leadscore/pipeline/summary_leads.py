"""What a summary says of the leads: how their scores spread, their bands, the funnel, where they come from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from leadscore.pipeline.counts import BandCount, Group
from leadscore.pipeline.figures import Figures, Stage
from leadscore.pipeline.histogram import Bin
from leadscore.pipeline.summary_words import Words, column, in_sentence, more_than_shown, names_column
from leadscore.scoring.bands import EXCLUDED, lower_limit
from leadscore.sheets.output import OutBlock, OutChart, OutColumn

_MOST_STACKED = 4  # bands: more shades of one colour cannot be told apart, nor do more columns fit beside the chart
_MOST_SCORES = 4  # of a model with bands for each of very many scores, the first


def lead_blocks(figures: Figures, words: Words) -> Iterator[OutBlock]:
    """The blocks about the leads of a run that has any."""
    if not figures.leads:
        return
    if figures.histogram:
        yield _spread(figures, words)
    scores = [score for score in figures.bands if not score or figures.matrix is None]
    for score in scores[:_MOST_SCORES]:
        yield _bands(score, figures, words)
    yield _funnel(figures, words)
    if len(figures.countries) > 1 or (figures.countries and figures.countries[0].name):
        yield _groups("country", figures.countries, figures, words)
    if figures.sources:
        yield _groups("source", figures.sources, figures, words)


def _spread(figures: Figures, words: Words) -> OutBlock:
    bins, names = figures.histogram, _stacked(figures)
    low, _, high = (words.number(score) for score in figures.quartiles)
    heading = words.say("spread_is", low=low, high=high) if low != high else words.say("spread_one", low=low)
    own = [
        OutColumn(name or words.say("no_band"), [one.by_band.get(name, math.nan) for one in bins], "integer")
        for name in names
    ]
    columns = [
        OutColumn(words.say("score"), [_label(one, words) for one in bins], "number"),
        OutColumn(words.say("leads"), [one.leads for one in bins], "integer"),
        *own,
    ]
    limits = _limits(figures)
    if limits and not own:
        columns.append(OutColumn(words.say("limit"), [_starting(one, limits) for one in bins], "text"))
    series = range(2, 2 + len(own)) if own else (1,)
    said = "; ".join(words.say("one_limit", band=band.name, start=words.plain(band.start or 0)) for band in limits)
    chart = OutChart(
        words.say("spread_chart"), tuple(series), words.say("score"), words.say("leads"), heading, form="columns"
    )
    note = words.say("band_limits", limits=f"{said}." if said else "").strip()
    return OutBlock(heading, columns, chart, note, spans=(1, 1, 4) if limits and not own else ())


def _label(one: Bin, words: Words) -> object:
    """Where a bin starts; of the first, where it ends when there is no telling where it starts."""
    if math.isinf(one.low):
        return words.say("under", number=words.plain(one.high))
    return words.say("beyond", number=words.plain(one.low)) if math.isinf(one.high) else one.low


def _stacked(figures: Figures) -> list[str]:
    """The bands that the histogram tells apart, from the lowest up; none where there are too many or one only."""
    found = {name for one in figures.histogram for name in one.by_band}
    rising = ["", *reversed([band.name for band in _by_limit(figures)]), EXCLUDED]
    names = [name for name in rising if name in found]
    return names if 1 < len(names) <= _MOST_STACKED else []


def _by_limit(figures: Figures) -> list[BandCount]:
    """The bands of the total, the best first."""
    bands = [band for band in figures.bands.get("", ()) if band.name not in ("", EXCLUDED)]
    if all(band.start is None for band in bands):
        return bands
    return sorted(bands, key=lower_limit, reverse=True)


def _limits(figures: Figures) -> list[BandCount]:
    return [band for band in _by_limit(figures) if band.start is not None]


def _starting(one: Bin, limits: Sequence[BandCount]) -> str:
    """The bands whose lower limit is in a bin."""
    return ", ".join(band.name for band in limits if band.start is not None and one.low <= band.start < one.high)


def _bands(score: str, figures: Figures, words: Words) -> OutBlock:
    counts = figures.bands[score]
    best = max(counts, key=lower_limit)
    top = next((band for band in counts if band.name == figures.top_band), best) if not score else best
    heading = words.say("bands_are", share=words.share(top.share), band=in_sentence(top.name or words.say("no_band")))
    heading = f"{score}: {heading}" if score else heading
    names = [words.word(band.name) or words.say("no_band") for band in counts]
    columns = (
        names_column(words.say("band"), names),
        column(words.say("from"), [math.nan if band.start is None else band.start for band in counts], "number"),
        column(words.say("leads"), [band.leads for band in counts]),
        column(words.say("share"), [band.share for band in counts], "percent"),
    )
    title = words.say("bands_chart")
    chart = OutChart(
        f"{title} ({score})" if score else title, (2,), words.say("band"), words.say("leads"), heading, form="bars"
    )
    return OutBlock(heading, columns, chart, more=more_than_shown(len(names), words))


def _funnel(figures: Figures, words: Words) -> OutBlock:
    stages = figures.funnel
    kept = next(stage for stage in stages if stage.name == "not_excluded" and not stage.is_band)
    name = "funnel_is" if len(stages) > 1 and stages[1].name == "reachable" else "funnel_kept"
    heading = words.say(name, share=words.share(kept.leads / figures.leads))
    columns = (
        names_column(words.say("stage"), [_stage(stage, words) for stage in stages]),
        column(words.say("leads"), [stage.leads for stage in stages]),
        column(words.say("share_of_step"), [math.nan, *(stage.share for stage in stages[1:])], "percent"),
    )
    chart = OutChart(words.say("funnel_chart"), (1,), words.say("stage"), words.say("leads"), heading)
    return OutBlock(heading, columns, chart)


def _stage(stage: Stage, words: Words) -> str:
    if not stage.is_band:
        return words.say(stage.name)
    return words.say("and_better", band=stage.name) if stage.and_better else stage.name


def _groups(kind: str, groups: Sequence[Group], figures: Figures, words: Words) -> OutBlock:
    """Leads by country or by source: all, those not excluded, their mean score, the share in the best band."""
    names = [group.name or words.say("not_said") for group in groups]
    first = next((group for group in groups if group.name), groups[0])
    share = words.share(first.leads / figures.leads)
    heading = words.say(f"{kind}_is", name=in_sentence(first.name or words.say("not_said")), share=share)
    columns = [
        names_column(words.say(kind), names),
        column(words.say("leads"), [group.leads for group in groups]),
        column(words.say("not_excluded"), [group.kept for group in groups]),
        column(words.say("mean_score"), [group.mean_score for group in groups], "score"),
    ]
    if figures.top_band:
        columns.append(column(figures.top_band, [group.top for group in groups]))
        columns.append(column(words.say("share"), [group.top_share for group in groups], "percent"))
    chart = OutChart(words.say(f"{kind}_chart"), (1, 2), words.say(kind), words.say("leads"), heading, several="before")
    return OutBlock(heading, columns, chart, more=more_than_shown(len(names), words))
