"""The figures of a run: every one can be counted again from the columns of Results and Enriched."""

import math
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore import score_leads
from leadscore.model.decisions import Override
from leadscore.pipeline.figures import figures_of, figures_of_run
from leadscore.pipeline.files import read_leads
from leadscore.pipeline.histogram import histogram
from tests.laws import examples
from tests.scoring.models import model_of
from tests.scoring.random_models import AS_OF, HEADINGS, leads, models

ROOT = Path(__file__).resolve().parents[2]
LINES = {"cap", "floor", "rounding", "override"}


def rows_of(table):
    """The rows that hold any result, as a person would read them off the sheet."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False)]
    return [row for row in rows if any(cell != "" and not pd.isna(cell) for cell in row.values())]


def both_of(run):
    """The rows of Results with what Enriched says of them."""
    made = run.enriched[~run.blank].to_dict("records")
    return [{**own, **more} for own, more in zip(rows_of(run.table), made, strict=True)]


def is_excluded(row):
    return row["excluded_by"] != "" and not row["excluded_by"].endswith("(overridden)")


def mean(numbers):
    numbers = [number for number in numbers if not math.isnan(number)]
    return sum(numbers) / len(numbers) if numbers else math.nan


def near(found, wanted):
    return math.isnan(found) if math.isnan(wanted) else found == pytest.approx(wanted, abs=1e-9)


def agree(figures, table, bands):
    """Every figure that results alone give, counted row by row; `bands` are the model's, by their limits."""
    rows = rows_of(table)
    kept = [row for row in rows if not is_excluded(row)]
    scores = sorted(row["score"] for row in kept if not math.isnan(row["score"]))
    assert (figures.leads, figures.excluded) == (len(rows), len(rows) - len(kept))
    assert near(figures.mean_score, mean(scores))
    agree_on_spread(figures, kept, scores)
    agree_on_bands(figures, rows, bands)
    excluding = Counter(name for row in rows if is_excluded(row) for name in row["excluded_by"].split("; "))
    assert figures.excluded_by == dict(excluding)
    several = "contribution: total: rounding" in table
    names = [name.removeprefix("contribution: ") for name in table if name.startswith("contribution: ")]
    names = [name for name in names if name.split(": ")[-1] not in LINES and not (several and name[:7] == "total: ")]
    assert [criterion.name for criterion in figures.criteria] == names
    for criterion in figures.criteria:
        cells = [row[f"contribution: {criterion.name}"] for row in rows]
        assert criterion.leads == sum(cell != 0 for cell in cells)
        assert near(criterion.mean, mean([row[f"contribution: {criterion.name}"] for row in kept]))


def agree_on_spread(figures, kept, scores):
    assert sum(one.leads for one in figures.histogram) == len(scores)
    for place, one in enumerate(figures.histogram):
        is_last = place == len(figures.histogram) - 1
        inside = [row for row in kept if one.low <= row["score"] < one.high or (is_last and row["score"] == one.high)]
        assert one.leads == len(inside)
        assert one.by_band == Counter(row.get("band", "") for row in inside)


def agree_on_bands(figures, rows, bands):
    counts = Counter(row["band"] for row in rows if "band" in row)
    shown = figures.bands.get("", ())
    assert {band.name: band.leads for band in shown if band.leads} == counts
    if rows and bands:
        top = max(bands, key=lambda name: -math.inf if bands[name] is None else bands[name])
        assert (figures.top_band, figures.in_top) == (top, counts[top])
        assert [band.name for band in shown][: len(bands)] == list(bands)
        assert sum(band.share for band in shown) == pytest.approx(1)


@st.composite
def runs(draw):
    """A random model with people's decisions, on random leads."""
    model, frame = draw(models()), pd.DataFrame(draw(leads), columns=list(HEADINGS), dtype=object)
    frame["Id"] = [str(place) for place in range(len(frame))]
    names = [band.name for band in model.bands]
    lead = st.sampled_from(list(frame["Id"]))
    numbers = st.builds(Override, lead=lead, number=st.sampled_from([-1e6, 0.0, 33.35, 99.0]), reason=st.just("so"))
    labels = st.builds(Override, lead=lead, band=st.sampled_from(names or ["-"]), reason=st.just("so"))
    decisions = st.lists(numbers | labels if names else numbers, max_size=2)
    return model.model_copy(update={"overrides": tuple(draw(decisions))}), frame


@examples(25)
@given(runs())
def test_every_figure_of_any_run_can_be_counted_again_from_its_results(drawn):
    model, frame = drawn
    results = score_leads(frame, model, as_of=AS_OF)

    figures = figures_of_run(results)

    agree(figures, results.table, {band.name: band.start for band in model.bands})
    alone = figures_of(results.table, results.enriched)
    same = ("leads", "excluded", "criteria", "excluded_by", "codes", "quality")
    assert repr([getattr(alone, name) for name in same]) == repr([getattr(figures, name) for name in same])


# A model with a band for each score, bands of the total, and a matrix; its criteria ask about the sample's leads.
SHEETS = {
    "Scoring": [
        ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points", "Score"],
        ["Country", "exclusion", 1, "phone_country", "is", "FR; BE; CH", 100, "fit"],
        ["Country", "exclusion", 1, "phone_country", "otherwise", "", -500, "fit"],
        ["Budget", "potential", 2, "Budget", ">=", 50000, 100, "fit"],
        ["Budget", "potential", 2, "Budget", "between", "5000..<50000", 50, "fit"],
        ["E-mail", "engagement", 1, "email_type", "is", "professional", 60, "warmth"],
        ["E-mail", "engagement", 1, "email_type", "is", "free", 20, "warmth"],
        ["Nobody", "engagement", 1, "Budget", "<", -1, 20, "warmth"],
        ["Nobody", "engagement", 1, "Budget", ">=", 0, 10, "warmth"],
    ],
    "Scores": [["Score", "Method"], ["fit", "mean"], ["warmth", "sum"]],
    "Bands": [
        ["Score", "Band", "From"],
        *(["total", *row] for row in (["Hot", 120], ["Warm", 80], ["Mild", 40], ["Cold", ""])),
        *(["fit", *row] for row in (["A", 60], ["B", ""])),
        *(["warmth", *row] for row in (["1", 50], ["2", ""])),
    ],
    "Matrix": [["fit / warmth", "1", "2"], ["A", "Call", "Write"], ["B", "Ask", ""]],
}


@pytest.fixture(scope="module")
def run():
    leads = read_leads(ROOT / "sample_data" / "leads.xlsx").leads
    return score_leads(leads, model_of(SHEETS), as_of=date(2026, 11, 21))


def test_the_bands_come_in_the_order_of_the_model_and_excluded_last(run):
    figures = figures_of_run(run)

    agree(figures, run.table, {"Hot": 120.0, "Warm": 80.0, "Mild": 40.0, "Cold": None})
    assert [band.name for band in figures.bands[""]] == ["Hot", "Warm", "Mild", "Cold", "Excluded"]
    assert [(band.name, band.start) for band in figures.bands["fit"]][:2] == [("A", 60.0), ("B", None)]
    assert set(figures.bands) == {"", "fit", "warmth"}


def test_each_stage_of_the_funnel_is_among_the_stage_before(run):
    rows = both_of(run)
    reachable = [row for row in rows if row["contactability"] not in ("none", "unknown", "")]
    kept = [row for row in reachable if not is_excluded(row)]
    warm = [row for row in kept if row["band"] in ("Hot", "Warm", "Mild")]
    hot = [row for row in kept if row["band"] == "Hot"]

    stages = figures_of_run(run).funnel

    assert [(stage.name, stage.leads) for stage in stages] == [
        ("leads", len(rows)), ("reachable", len(reachable)), ("not_excluded", len(kept)), ("Mild", len(warm)),
        ("Hot", len(hot)),
    ]  # fmt: skip
    assert [stage.share for stage in stages[1:]] == [after.leads / before.leads for before, after in pairwise(stages)]
    assert [stage.and_better for stage in stages] == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("skipped", "names"),
    [
        ((), ["leads", "reachable", "not_excluded"]),
        (("quality",), ["leads", "reachable", "not_excluded"]),
    ],
)
def test_without_bands_the_funnel_ends_with_the_leads_not_excluded(skipped, names):
    sheets = {"Scoring": [row[:-1] for row in SHEETS["Scoring"]]}
    model = model_of(sheets).with_settings(skip_enrichment=skipped)
    leads = read_leads(ROOT / "sample_data" / "leads.xlsx").leads
    figures = figures_of_run(score_leads(leads, model, as_of=date(2026, 11, 21)))

    assert [stage.name for stage in figures.funnel] == names
    assert (figures.bands, figures.top_band, figures.in_top) == ({}, "", 0)
    assert {group.top for group in figures.countries} == {0}


def test_groups_by_country_and_by_source(run):
    figures = figures_of_run(run)
    rows = both_of(run)
    by_source = [str(cell or "") for cell in run.leads["Source"][~run.blank]]
    by_country = [row["country_iso2"] or row["phone_country"] for row in rows]
    for groups, names in ((figures.sources, by_source), (figures.countries, by_country)):
        assert {group.name for group in groups} == set(names)
        assert [group.leads for group in groups] == sorted((group.leads for group in groups), reverse=True)
        for group in groups:
            own = [row for row, name in zip(rows, names, strict=True) if name == group.name]
            kept = [row for row in own if not is_excluded(row)]
            assert (group.leads, group.kept) == (len(own), len(kept))
            assert near(group.mean_score, mean([row["score"] for row in kept]))
            assert (group.top, group.top_share) == (
                sum(row["band"] == "Hot" for row in own), sum(row["band"] == "Hot" for row in own) / len(own),
            )  # fmt: skip


def test_the_matrix_counts_the_codes_of_the_results(run):
    figures = figures_of_run(run)
    codes = Counter(code for code in run.table["matrix"] if code)

    assert figures.codes == codes
    assert {row + column: count for (row, column), count in figures.matrix.leads.items() if count} == codes
    assert figures.matrix.actions[("A", "2")] == "Write"
    assert sum(codes.values()) == sum(not is_excluded(row) for row in rows_of(run.table))


def test_cases_that_never_or_always_match_are_told_with_their_cell(run):
    figures = figures_of_run(run)

    assert [(case.criterion, case.leads) for case in figures.odd_cases] == [("warmth: Nobody", 0)]
    assert figures.odd_cases[0].sentence == "Budget is less than -1 → +20"
    professional = next(case for case in figures.cases if "professional" in case.sentence)
    assert professional.leads == (run.enriched["email_type"] == "professional").sum()


def test_quality_counts_what_enrichment_wrote(run):
    quality = figures_of_run(run).quality
    enriched = run.enriched[~run.blank]

    for column in ("email_validity", "phone_validity", "email_type"):
        assert quality.words[column] == Counter(enriched[column])
    assert quality.odd == (enriched["anomalies"] != "").sum()
    for kind, count in quality.anomalies.items():
        assert count == enriched["anomalies"].str.contains(rf"\b{kind}\b").sum()
    assert quality.duplicates == (enriched["duplicate_of"] != "").sum()
    for column in ("completeness", "data_quality_score"):
        assert near(quality.means[column], mean([cell for cell in enriched[column] if cell != ""]))


@pytest.mark.parametrize(
    ("scores", "limits", "edges"),
    [
        ([], [50.0], []),
        ([50.0], [], [50.0, 60.0]),
        ([0.0], [], [0.0, 1.0]),
        ([50.0], [60.0, 80.0], [50.0, 60.0, 70.0, 80.0]),
        ([1.0, 2.0, 3.0], [], [1.0, 1.5, 2.0, 2.5, 3.0]),
    ],
)
def test_the_edges_of_the_bins_are_round(scores, limits, edges):
    bins = histogram(pd.Series(scores, dtype=float), pd.Series([""] * len(scores), dtype=object), limits)
    assert [*(one.low for one in bins), *(one.high for one in bins[-1:])] == edges
    assert sum(one.leads for one in bins) == len(scores)


def test_limits_of_bands_are_edges_and_a_limit_far_away_is_not():
    scores = pd.Series([float(number) for number in range(101)])
    bins = histogram(scores, pd.Series([""] * 101), [35.0, 60.0, 5000.0])
    assert {35.0, 60.0} <= {one.low for one in bins}
    assert bins[-1].high == 100


def test_the_few_scores_far_out_are_in_open_bins():
    scores = pd.Series([*(float(number) for number in range(200)), -9e6, 1e12])
    bins = histogram(scores, pd.Series([""] * 202), [])
    assert (bins[0].low, bins[-1].high) == (-math.inf, math.inf)
    assert sum(one.leads for one in bins) == 202
    assert len(bins) <= 20


@given(st.lists(st.floats(-1e9, 1e9).map(lambda number: round(number, 1)), min_size=1), st.lists(st.floats(-1e6, 1e6)))
def test_no_score_is_left_out_of_the_bins_and_none_is_counted_twice(scores, limits):
    numbers = pd.Series(scores)
    bins = histogram(numbers, pd.Series([str(place) for place in range(len(scores))], dtype=object), limits)
    assert 1 <= len(bins) <= 20
    assert [one.high for one in bins[:-1]] == [one.low for one in bins[1:]]
    for one in bins:
        for name in one.by_band:
            score = scores[int(name)]
            assert one.low <= score < one.high or (one is bins[-1] and score == one.high)
    assert sorted(name for one in bins for name in one.by_band) == sorted(map(str, range(len(scores))))


def test_no_leads_have_no_figures():
    results = score_leads(pd.DataFrame(columns=["Budget", "Phone", "Email"]), model_of(SHEETS), as_of=AS_OF)
    figures = figures_of_run(results)
    assert (figures.leads, figures.excluded, figures.histogram, figures.countries) == (0, 0, (), ())
    assert math.isnan(figures.mean_score)
    assert [band.leads for band in figures.bands[""]] == [0, 0, 0, 0]


def test_blank_rows_are_no_leads():
    frame = pd.DataFrame({"Budget": ["60000", "", "5"], "Phone": ["", "", ""], "Email": ["", "", ""]}, dtype=object)
    figures = figures_of_run(score_leads(frame, model_of(SHEETS), as_of=AS_OF))
    assert (figures.leads, figures.funnel[0].leads) == (2, 2)
