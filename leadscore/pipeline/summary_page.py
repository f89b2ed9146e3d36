"""Figures -> the sheet Summary: what a run found, in sentences, small tables and charts, in the model's language."""

from __future__ import annotations

import math
from collections.abc import Iterator

from leadscore.pipeline.book import Wording
from leadscore.pipeline.counts import share_of
from leadscore.pipeline.figures import Figures
from leadscore.pipeline.summary_accounts import account_blocks
from leadscore.pipeline.summary_leads import lead_blocks
from leadscore.pipeline.summary_model import model_blocks
from leadscore.pipeline.summary_quality import quality_blocks
from leadscore.pipeline.summary_words import Words
from leadscore.sheets.output import OutBlock, OutNumber, OutPage


def summary_page(figures: Figures, wording: Wording, decimals: int, about: str) -> OutPage:
    """The sheet Summary of a run; `about` says of what run, in a line under the title."""
    words = Words(wording, decimals)
    parts = (lead_blocks, account_blocks, model_blocks, quality_blocks)
    blocks = [block for part in parts for block in part(figures, words)]
    blocks = blocks or [OutBlock(words.say("no_leads"), ())]
    title = wording.sheet("summary")
    return OutPage(title, title, about, tuple(_numbers(figures, words)), tuple(blocks), decimals)


def _numbers(figures: Figures, words: Words) -> Iterator[OutNumber]:
    """Leads, excluded, the best band, the mean score, who can be reached, how good the data is."""
    leads = figures.leads
    yield OutNumber(words.say("leads"), leads, "integer")
    yield _counted(words.say("excluded_leads"), figures.excluded, leads, words)
    if figures.top_band:
        yield _counted(figures.top_band, figures.in_top, leads, words)
    median = figures.quartiles[1]
    said = "" if math.isnan(median) else words.say("median_is", score=words.number(median))
    yield OutNumber(words.say("mean_score"), figures.mean_score, "score", said)
    reached = next((stage for stage in figures.funnel if stage.name == "reachable" and not stage.is_band), None)
    if reached is not None:
        yield _counted(words.say("reachable"), reached.leads, leads, words)
    if "data_quality_score" in figures.quality.means:
        note = words.say("sure_verdicts")
        yield OutNumber(words.say("data_quality"), figures.quality.means["data_quality_score"], "percent", note)


def _counted(label: str, count: int, leads: int, words: Words) -> OutNumber:
    note = words.say("share_of_leads", share=words.share(share_of(count, leads))) if leads else ""
    return OutNumber(label, count, "integer", note)
