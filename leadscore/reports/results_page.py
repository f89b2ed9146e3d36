"""A results file as a page: figures only, unless leads are asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from leadscore import __version__
from leadscore.model.vocabulary import Language
from leadscore.pipeline.book import Wording
from leadscore.pipeline.counts import numbers_of, share_of
from leadscore.pipeline.figures import figures_of
from leadscore.pipeline.read_results import ReadResults
from leadscore.reports.breakdown_sections import breakdowns
from leadscore.reports.html import Html, element, markup
from leadscore.reports.page import Page, Section, facts, note, render
from leadscore.reports.result_sections import Shown, sections
from leadscore.reports.tables import Row, scrolling, table
from leadscore.reports.words import Words
from leadscore.values.cells import text_of

_BEST = 50  # leads listed
_OWN_COLUMNS = 6  # of the user's columns, those shown of a lead
_MOST_DECIMALS = 3  # of a score


def results_page(results: ReadResults, language: Language | None = None, *, with_leads: bool = False) -> str:
    """The page as one file, in the language of the workbook unless another is given.

    Equal results give equal pages. `with_leads` lists the best leads; without it, the page holds no personal data.
    """
    words = Words(language or results.language)
    figures = figures_of(results.table, results.enriched, results.known)
    shown = Shown(figures, words, _decimals(results.table["score"]))
    parts = [*sections(shown), *breakdowns(shown)] if figures.leads else [_nothing(words)]
    best = _best(results.table).head(_BEST if with_leads else 0)
    if len(best):
        parts.append(_best_leads(best, results.own.loc[best.index], shown))
    if results.gaps:
        parts.append(_gaps(results, words))
    return render(
        Page(
            title=words.say("title"),
            language=words.language,
            lead=markup(element("p", _headline(results, words)), facts(list(_key_figures(shown)), "figures")),
            sections=parts,
            footer=_footer(results, words, has_leads=len(best) > 0),
            contents=words.say("contents"),
        )
    )


def _decimals(scores: pd.Series) -> int:
    """The decimals that the scores have, at most so many."""
    known = numbers_of(scores).dropna()
    return next((some for some in range(_MOST_DECIMALS) if (known.round(some) == known).all()), _MOST_DECIMALS)


def _nothing(words: Words) -> Section:
    return Section("nothing", words.say("leads"), element("p", words.say("nothing")), is_wide=True)


def _said(results: ReadResults, name: str) -> str:
    """What the sheet Run says, '' for nothing."""
    return text_of(results.run.get(name, ""))


def _headline(results: ReadResults, words: Words) -> str:
    source = _said(results, "source")
    if not source:
        return results.name
    source = words.say("stdin") if source == "-" else source
    if sheet := _said(results, "sheet"):
        source = words.say("sheet_of", source=source, sheet=sheet)
    return words.say("scored", source=source, model=_said(results, "model"), day=_day(results, words))


def _day(results: ReadResults, words: Words) -> str:
    said = _said(results, "as_of")
    try:
        return words.day(date.fromisoformat(said))
    except ValueError:  # somebody typed over it
        return said


def _key_figures(shown: Shown) -> Iterator[tuple[str, str]]:
    figures, say = shown.figures, shown.words.say
    yield say("leads"), shown.count(figures.leads)
    yield say("excluded"), _part(figures.excluded, shown)
    if figures.top_band:
        yield say("in_band", band=figures.top_band), _part(figures.in_top, shown)
    yield say("mean_score"), _with_remark(shown.score(figures.mean_score), say("of_kept"))
    low, median, high = figures.quartiles
    remark = "" if math.isnan(median) else say("middle_half", low=shown.plain(low), high=shown.plain(high))
    yield say("median"), _with_remark(shown.score(median), remark)


def _part(leads: int, shown: Shown) -> Html:
    share = shown.words.percent(share_of(leads, shown.figures.leads))
    return _with_remark(shown.count(leads), shown.words.say("of_leads", share=share) if shown.figures.leads else "")


def _with_remark(figure: str, remark: str) -> Html:
    return markup(figure, element("small", remark)) if remark else markup(figure)


def _best(table: pd.DataFrame) -> pd.DataFrame:
    """The leads from the best down; excluded ones have no rank."""
    return table[table["rank"].notna()].sort_values("rank", kind="stable")


def _best_leads(best: pd.DataFrame, own: pd.DataFrame, shown: Shown) -> Section:
    say, own = shown.words.say, own.iloc[:, :_OWN_COLUMNS]
    has_bands = "band" in best
    headings = [say("row"), say("score"), *([say("band")] if has_bands else []), say("reasons"), *map(str, own)]
    wording = Wording(shown.words.language)
    columns = [
        [shown.words.fixed(score, shown.decimals) for score in best["score"]],
        *([best["band"].tolist()] if has_bands else []),
        [element("div", wording.reason(text), class_="long") for text in best["reasons"]],
        *([text_of(cell) for cell in own[name]] for name in own),
    ]
    rows = [Row(str(row), cells) for row, *cells in zip(best.index, *columns, strict=True)]
    caption = say("leads_caption", count=str(_BEST))
    leads = table(caption, headings, rows, texts=range(1, len(headings) - 1))
    return Section("leads", say("best_leads"), scrolling(caption, leads), is_wide=True)


def _gaps(results: ReadResults, words: Words) -> Section:
    content = markup(*(element("p", words.say(f"gap_{gap}")) for gap in results.gaps))
    return Section("gaps", words.say("gaps"), content, is_wide=True)


def _footer(results: ReadResults, words: Words, *, has_leads: bool) -> Html:
    version = _said(results, "leadscore")
    rows: Sequence[tuple[str, str]] = [
        (words.say("file"), results.name),
        (words.say("as_of"), _day(results, words)),
        (words.say("model"), _said(results, "model")),
        (words.say("model_hash"), _said(results, "model_hash")),
        (words.say("scored_with"), f"leadscore {version}" if version else ""),
        (words.say("made_with"), f"leadscore {__version__}"),
    ]
    privacy = words.say("personal_data" if has_leads else "no_personal_data")
    return markup(facts([row for row in rows if row[1]]), note(privacy))
