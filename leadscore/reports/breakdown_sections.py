"""What a run found about leads, section by section: exclusions, countries, sources, data quality."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.counts import Group, Quality, share_of
from leadscore.reference.countries import country_names
from leadscore.reports.html import Html, element, markup
from leadscore.reports.page import Section, facts, note
from leadscore.reports.result_sections import Shown
from leadscore.reports.svg import Tone, bar
from leadscore.reports.tables import Row, folded, table

_MOST_GROUPS = 10  # rows shown at once
_LEAST_NAMED = 3  # leads: what fewer say of themselves may be the name of one
_MOST_WORDS = 8
_VERDICTS = ("email_validity", "phone_validity")
_VERDICT_TONES: Mapping[str, Tone] = {"ok": "up", "fail": "down", "unknown": "quiet", "": "quiet"}


def breakdowns(shown: Shown) -> Iterator[Section]:
    """Those that the figures have something for."""
    figures, say = shown.figures, shown.words.say
    if figures.excluded_by:
        yield Section("exclusions", say("exclusions"), _exclusions(shown))
    if figures.countries:
        named = [_with_name(group, shown) for group in figures.countries]
        yield Section("countries", say("countries"), _groups("countries", "country", named, shown))
    if figures.sources:
        yield Section("sources", say("sources"), _sources(shown))
    if figures.quality.words or figures.quality.means or figures.quality.anomalies:
        yield Section("quality", say("quality"), _quality(shown, figures.quality), is_wide=True)


def _exclusions(shown: Shown) -> Html:
    say, reasons = shown.words.say, shown.figures.excluded_by
    rows = [_counted(name, leads, shown, "excluded") for name, leads in reasons.items()]
    return _some(say("exclusions_caption"), [say("criterion"), say("leads"), say("share")], rows, shown)


def _counted(name: str, leads: int, shown: Shown, tone: Tone = "accent") -> Row:
    """A row of leads, with their share of all."""
    share = share_of(leads, shown.figures.leads)
    return Row(name, [shown.count(leads), shown.words.percent(share)], bar(share, tone))


def _some(caption: str, headings: Sequence[str], rows: Sequence[Row], shown: Shown) -> Html:
    """The first rows, and the others where they are asked for."""
    first = table(caption, headings, rows[:_MOST_GROUPS])
    if len(rows) <= _MOST_GROUPS:
        return first
    more = shown.words.say("more_groups", count=shown.count(len(rows) - _MOST_GROUPS))
    return markup(first, folded(more, table(f"{caption}: {more}", headings, rows[_MOST_GROUPS:])))


# Countries and sources ------------------------------------------------------------------------------------------------


def _with_name(group: Group, shown: Shown) -> Group:
    """The country by its name where it goes by its code."""
    names = country_names().get(group.name, {})
    return group._replace(name=names.get(shown.words.language, group.name))


def _sources(shown: Shown) -> Html:
    """By source; what hardly any lead says is no longer a source, and may be the name of one."""
    named = [group for group in shown.figures.sources if group.leads >= _LEAST_NAMED or not group.name]
    rare = [group for group in shown.figures.sources if group not in named]
    if not rare:
        return _groups("sources", "source", named, shown)
    leads, kept, top = (sum(numbers) for numbers in zip(*((one.leads, one.kept, one.top) for one in rare), strict=True))
    name = shown.words.say("rare", count=shown.count(len(rare)))
    others = Group(name, leads, kept, math.nan, top, share_of(top, leads))
    said = note(shown.words.say("rare_note", least=str(_LEAST_NAMED)))
    return markup(_groups("sources", "source", [*named, others], shown), said)


def _groups(caption: str, heading: str, groups: Sequence[Group], shown: Shown) -> Html:
    say, top = shown.words.say, shown.figures.top_band
    headings = [say(heading), say("leads"), say("not_excluded"), say("mean_score")]
    most = max(group.leads for group in groups)
    rows = [
        Row(
            group.name or say("not_known"),
            [
                shown.count(group.leads),
                shown.count(group.kept),
                shown.score(group.mean_score),
                *([shown.words.percent(group.top_share)] if top else []),
            ],
            bar(group.leads / most, "accent" if group.name else "quiet"),
        )
        for group in groups
    ]
    return _some(
        say(f"{caption}_caption"),
        [*headings, *([say("in_band", band=shown.band_heading(top))] if top else [])],
        rows,
        shown,
    )


# Data quality ---------------------------------------------------------------------------------------------------------


def _quality(shown: Shown, quality: Quality) -> Html:
    tables = [
        *(_words_table(name, quality.words[name], shown) for name in quality.words if quality.words[name]),
        *([_words_table("anomalies", quality.anomalies, shown)] if quality.anomalies else []),
    ]
    return markup(facts(list(_quality_facts(shown, quality))), element("div", *tables, class_="columns"))


def _quality_facts(shown: Shown, quality: Quality) -> Iterator[tuple[str, str]]:
    say, words = shown.words.say, shown.words
    for name, mean in quality.means.items():
        yield say(name), words.percent(mean)
    for name, leads in (("duplicates", quality.duplicates), ("anomalous", quality.odd)):
        if leads is not None:
            yield say(name), f"{shown.count(leads)} ({words.percent(share_of(leads, shown.figures.leads))})"


def _words_table(column: str, counts: Mapping[str, int], shown: Shown) -> Html:
    say = shown.words.say
    if column == "duplicate_reason":
        counts = {word: leads for word, leads in counts.items() if word}
    rows = [
        _counted(_word(column, word, shown), leads, shown, _tone(column, word))
        for word, leads in list(counts.items())[:_MOST_WORDS]
    ]
    return table(say(column), [say("found"), say("leads"), say("share")], rows) if rows else Html()


def _tone(column: str, word: str) -> Tone:
    return _VERDICT_TONES.get(word, "accent") if column in _VERDICTS else "accent" if word else "quiet"


def _word(column: str, word: str, shown: Shown) -> str:
    """A word of enrichment as a reader knows it."""
    if column in _VERDICTS and word in _VERDICT_TONES:
        return shown.words.say(word or "blank")
    if not word:
        return shown.words.say("not_judged" if column == "email_type" else "blank")
    return vocabulary("words").say(word, shown.words.language).replace("_", " ")
