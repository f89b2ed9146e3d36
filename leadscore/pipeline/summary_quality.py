"""What a summary says of the data: e-mails and phones judged, anomalies, duplicates, how much is filled."""

from __future__ import annotations

import math
from collections.abc import Iterator

from leadscore.pipeline.counts import share_of
from leadscore.pipeline.figures import Figures
from leadscore.pipeline.summary_words import Bars, Words, count_block, names_column
from leadscore.sheets.output import OutBlock, OutChart, OutColumn

_VERDICTS = ("ok", "unknown", "fail", "")


def quality_blocks(figures: Figures, words: Words) -> Iterator[OutBlock]:
    """The blocks about what enrichment found, as far as it was asked to look."""
    if not figures.leads:
        return
    found = figures.quality.words
    names = [name for name in ("email", "phone") if f"{name}_validity" in found]
    if names:
        yield _verdicts(names, figures, words)
    types = {word: count for word, count in found.get("email_type", {}).items() if word}
    if types:
        yield _types(types, figures, words)
    if figures.quality.anomalies:
        yield _anomalies(figures, words)
    if figures.quality.means or figures.quality.odd is not None:
        yield _completeness(figures, words)


def _verdicts(names: list[str], figures: Figures, words: Words) -> OutBlock:
    counts = [figures.quality.words[f"{name}_validity"] for name in names]
    sentence = "verdicts_are" if names[0] == "email" else "phones_are"
    heading = words.say(sentence, share=words.share(share_of(counts[0].get("ok", 0), figures.leads)))
    columns = [
        OutColumn(
            words.word(verdict) if verdict else words.say("blank"), [of.get(verdict, 0) for of in counts], "integer"
        )
        for verdict in _VERDICTS
    ]
    names_shown = names_column(words.say("verdict_of"), [words.say(name) for name in names])
    axes = (words.say("verdict_of"), words.say("share"))
    chart = OutChart(words.say("verdicts_chart"), (1, 2, 3, 4), *axes, heading, several="shares")
    return OutBlock(heading, (names_shown, *columns), chart)


def _types(types: dict[str, int], figures: Figures, words: Words) -> OutBlock:
    said = {words.word(word): count for word, count in types.items()}
    first, count = next(iter(said.items()))
    heading = words.say("types_are", name=first, share=words.share(share_of(count, figures.leads)))
    return count_block(Bars(heading, words.say("email_type"), words.say("types_chart")), said, figures.leads, words)


def _anomalies(figures: Figures, words: Words) -> OutBlock:
    said = {words.word(kind): count for kind, count in figures.quality.anomalies.items()}
    heading = words.say("anomalies_are", share=words.share(share_of(figures.quality.odd or 0, figures.leads)))
    return count_block(Bars(heading, words.say("anomaly"), words.say("anomalies_chart")), said, figures.leads, words)


def _completeness(figures: Figures, words: Words) -> OutBlock:
    """Means and counts that no chart would make clearer."""
    quality, leads = figures.quality, figures.leads
    counts = {"duplicates": quality.duplicates, "with_anomalies": quality.odd}
    rows: list[tuple[str, float, float]] = [
        (words.say(name), count, share_of(count, leads)) for name, count in counts.items() if count is not None
    ]
    means = {"completeness": "completeness", "data_quality_score": "quality_mean"}
    rows += [(words.say(means[name]), math.nan, share) for name, share in quality.means.items() if name in means]
    complete = quality.means.get("completeness", math.nan)
    sentence = "quality_is" if not math.isnan(complete) else "finding"
    columns = (
        names_column(words.say("finding"), [name for name, _, _ in rows]),
        OutColumn(words.say("leads"), [count for _, count, _ in rows], "integer"),
        OutColumn(words.say("share"), [share for _, _, share in rows], "percent"),
    )
    return OutBlock(words.say(sentence, share=words.share(complete)), columns)
