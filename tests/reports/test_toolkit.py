"""Bars, tables and whole pages: what they draw is what their figures say."""

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.pipeline import summary_words
from leadscore.pipeline.book import Wording
from leadscore.reports.html import Html
from leadscore.reports.page import GENERATOR_MARK, Page, Section, facts, note, render
from leadscore.reports.svg import (
    BAND_TONES,
    Mark,
    Part,
    Pillar,
    Scale,
    band_tones,
    bar,
    centred_bar,
    heat_class,
    histogram,
    share_bar,
    span_bar,
)
from leadscore.reports.tables import Heat, Row, WaterfallStep, folded, heat_map, keyed, table, waterfall
from leadscore.reports.words import Words

NAN = math.nan
ENGLISH, FRENCH = Words("en"), Words("fr")


def rects(svg, tone):
    """(x, width) of the bars of a tone, in percent."""
    found = re.findall(rf'<rect x="([\d.]+)%" width="([\d.]+)%"[^>]*class="tone-{tone}"', svg)
    return [(float(start), float(width)) for start, width in found]


@pytest.mark.parametrize(("share", "width"), [(0.5, 50), (1, 100), (1.5, 100), (0, 0), (NAN, 0), (0.0001, 0.4)])
def test_a_bar_is_as_long_as_its_share(share, width):
    assert rects(bar(share), "accent") == [(0, width)]
    assert rects(centred_bar(share), "accent") == [(50 - width / 2, width)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 50, ("up", 50, 25)), (0, -100, ("down", 0, 50)), (50, 20, ("down", 60, 15)), (-20, 10, ("up", 40, 15))],
)
def test_a_span_runs_between_two_numbers(start, end, expected):
    tone, low, width = expected

    assert rects(span_bar(start, end, Scale(-100, 100)), tone) == [(low, width)]


def test_nothing_added_draws_no_bar_and_a_scale_of_nothing_is_no_scale():
    assert "tone" not in span_bar(5, 5, Scale(0, 10))
    assert Scale.of([NAN, math.inf]).place(3) == 0
    assert Scale.of([5, 10]) == Scale(0, 10)


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=8))
def test_the_parts_of_a_whole_fill_the_bar_and_do_not_overlap(weights):
    parts = [Part("x", weight / sum(weights), "accent") for weight in weights]
    places = re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', share_bar(parts))

    ends = [float(start) + float(width) for start, width in places]
    assert ends[-1] == pytest.approx(100, abs=0.01)
    assert [float(start) for start, _ in places[1:]] == pytest.approx(ends[:-1], abs=0.01)


@given(st.lists(st.lists(st.integers(0, 5000), min_size=1, max_size=3), min_size=1, max_size=20))
def test_pillars_are_as_high_as_their_leads_and_stay_in_the_plot(counts):
    pillars = [Pillar("x", tuple(("accent", count) for count in one)) for one in counts]
    heights = [float(height) for height in re.findall(r'<rect y="[\d.]+" height="([\d.]+)"', histogram(pillars, []))]
    top = max(sum(one) for one in counts)

    flat = [count for one in counts for count in one if count]
    assert len(heights) == len(flat)
    if top:
        per_lead = max(heights) / max(flat)
        assert heights == pytest.approx([max(count * per_lead, 1.5) for count in flat], abs=0.2)
        assert top * per_lead <= 200.5


def test_every_limit_has_a_line_and_a_name_of_its_own():
    svg = histogram([Pillar("x", (("accent", 1),))], [Mark(0, "0")], [Mark(0.2, "Warm"), Mark(0.9, "H" * 40)])

    assert svg.count('class="limit"') == 2
    assert re.findall(r'y="(\d+)" dx="(-?\d+)" text-anchor="(\w+)"[^>]*>([^<]+)', svg) == [
        ("18", "6", "start", "Warm"),
        ("36", "-6", "end", f"{'H' * 23}…"),
    ]


def test_the_tones_of_bands():
    assert band_tones(["Hot"]) == {"Hot": "band-1"}
    assert list(band_tones("ABCDE").values()) == list(BAND_TONES)
    assert list(band_tones("AB").values()) == ["band-1", "band-4"]
    assert list(band_tones("ABC").values()) == ["band-1", "band-2", "band-4"]
    assert list(band_tones("ABCDEFGHIJ").values())[::9] == ["band-1", "band-5"]
    assert band_tones([]) == {}


@pytest.mark.parametrize(("leads", "expected"), [(0, 0), (1, 1), (20, 1), (21, 2), (100, 5)])
def test_heat_rises_with_leads(leads, expected):
    assert heat_class(leads, 100) == f"heat-{expected}"
    assert heat_class(0, 0) == "heat-0"


def test_a_table_names_its_rows_and_columns():
    rows = [Row("<Hot>", ["1", "x"]), Row("Sum", ["1", ""])]
    made = table("Leads & <bands>", ["Band", "Leads", "Why"], rows, texts=[1], has_total=True)

    assert "<caption>Leads &amp; &lt;bands&gt;</caption>" in made
    assert '<th scope="row" class="name">&lt;Hot&gt;</th><td class="number">1</td><td class="text">x</td>' in made
    assert made.count('scope="col"') == 3
    assert '<tr class="total"><th scope="row" class="name">Sum' in made


def test_a_waterfall_goes_from_sum_to_sum():
    steps = [WaterfallStep("Country", 40, "+40", ["FR"]), WaterfallStep("Mail", -10, "−10", [""])]
    made = waterfall("Why", ["Criterion", "Adds", "Read"], steps, Row("Score", ["30", ""]))

    assert rects(made, "up") == [(0, 100)]
    assert rects(made, "down") == [(75, 25)]
    assert rects(made, "accent") == [(0, 75)]
    assert made.count("<tr") == 4
    assert '<tr class="total"><th scope="row" class="name">Score' in made


def test_a_heat_map_is_a_table():
    made = heat_map("Leads", "fit / heat", ["1", "2"], [("A", [Heat(10, "10", "call"), Heat(0, "0")])])

    assert '<td class="heat-5"><b>10</b><small>call</small></td><td class="heat-0"><b>0</b></td>' in made
    assert 'role="region" aria-label="Leads" tabindex="0"' in made


def test_a_name_bears_its_colour_and_something_may_be_folded():
    assert keyed("band-1", "Hot & new") == '<i class="key tone-band-1" aria-hidden="true"></i>Hot &amp; new'
    assert folded("Figures", note("x")) == '<details><summary>Figures</summary><p class="note">x</p></details>'


def sections(shape):
    return [Section(f"s{place}", "S", Html(), is_wide=one == "W") for place, one in enumerate(shape)]


def test_a_page_is_one_file_that_loads_and_runs_nothing():
    parts = [Section("one", "One", facts([("a", "b")]), is_wide=True), Section("two", "<Two>", note("x"))]
    page = Page("A <title>", "fr", note("x"), parts, Html(), "Plan")
    made = render(page)

    assert made == render(page)
    assert made.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert GENERATOR_MARK in made
    assert '<section id="one" aria-labelledby="one-heading" class="wide"><h2 id="one-heading">One</h2>' in made
    assert '<nav aria-label="Plan"><ul><li><a href="#one">One</a>' in made
    assert "default-src &#x27;none&#x27;" in made
    assert not re.search(r"<script|https?:|url\(|@import|\bstyle=|\bon\w+=", made)


def test_one_section_needs_no_links():
    assert "<nav" not in render(Page("x", "en", Html(), sections("W"), Html(), "Plan"))


@pytest.mark.parametrize(
    ("shape", "shown"), [("N", "W"), ("WNW", "WWW"), ("WNN", "WNN"), ("NNNWN", "NNNWW"), ("", ""), ("WW", "WW")]
)
def test_a_section_that_nothing_stands_beside_is_wide(shape, shown):
    made = render(Page("x", "en", Html(), sections(shape), Html()))

    assert "".join("W" if wide else "N" for wide in re.findall(r"<section[^>]*?( class=\"wide\")?>", made)) == shown


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "decimals", "english", "french"),
    [
        (1234.5, 1, "1,234.5", "1\u202f234,5"),
        (-3, 0, "−3", "−3"),
        (0.25, 1, "0.3", "0,3"),
        (-0.04, 1, "0", "0"),
        (12.0, 2, "12", "12"),
        (NAN, 1, "–", "–"),
    ],
)
def test_numbers(number, decimals, english, french):
    assert (ENGLISH.number(number, decimals), FRENCH.number(number, decimals)) == (english, french)


@pytest.mark.parametrize(("number", "said"), [(3, "+3.0"), (-3.25, "−3.3"), (0, "0.0"), (0.01, "0.0"), (NAN, "–")])
def test_signed_numbers(number, said):
    assert ENGLISH.signed(number) == said


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (0.125, "13%", "13\u00a0%"),
        (0, "0%", "0\u00a0%"),
        (1, "100%", "100\u00a0%"),
        (0.001, "<1%", "<\u00a01\u00a0%"),
        (0.999, ">99%", ">\u00a099\u00a0%"),
        (NAN, "–", "–"),
    ],
)
def test_shares(share, english, french):
    assert (ENGLISH.percent(share), FRENCH.percent(share)) == (english, french)


@pytest.mark.parametrize("number", [12.25, 33.25, 0.15, -0.04, -7.75, 62.5, 99.96])
def test_the_page_and_the_sheet_summary_round_alike(number):
    summary = summary_words.Words(Wording("en"), 1)

    assert summary.number(number) == ENGLISH.fixed(number, 1).replace("−", "-")
    assert summary.share(abs(number) / 100) == ENGLISH.percent(abs(number) / 100)


def test_days():
    assert ENGLISH.day(date(2026, 11, 22)) == "22 November 2026"
    assert FRENCH.day(date(2026, 8, 1)) == "1er août 2026"
