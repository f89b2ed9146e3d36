"""The engine against numbers worked out by hand: see hand_table.toml."""

import math
import tomllib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from leadscore import score_leads
from leadscore.scoring.asked import weights_of
from tests.scoring.models import model_of

MODELS = tomllib.loads((Path(__file__).parent / "hand_table.toml").read_text(encoding="utf-8"))["model"]
LEADS = [
    pytest.param(model, place, id=f"{number + 1}.{place + 1}")
    for number, model in enumerate(MODELS)
    for place in range(len(model["lead"]))
]
LINES = ("floor", "cap", "override", "rounding")


@pytest.fixture(scope="module")
def scored():
    """The results of each model on all its leads, each model run once."""
    results = {}
    for model in MODELS:
        leads = pd.DataFrame([lead["cells"] for lead in model["lead"]], columns=model["columns"], dtype=object)
        results[model["name"]] = score_leads(leads, model_of(model["sheets"]), as_of=model["as_of"])
    return results


def number(text):
    return float("nan") if text is None else float(Fraction(text))


def same(found, text):
    return found == number(text) or (text is None and math.isnan(found))


def test_there_are_enough_leads():
    assert len(LEADS) >= 20


@pytest.mark.parametrize(("model", "place"), LEADS)
def test_points_and_weights(scored, model, place):
    results, lead = scored[model["name"]], model["lead"][place]
    asked = {one.criterion.name: one for one in results.scored.asked}
    assert list(asked) == list(lead["points"])
    for name, points in lead["points"].items():
        assert bool(asked[name].counted[place]) is (points != "skip"), name
        assert points == "skip" or asked[name].points[place] == points, name
    for score in results.plan.model.scores:
        mine = [one for one in asked.values() if one.criterion.score in ("", score.name)]
        if score.segment:
            mine = [one.among(results.scored.memberships[score.segment].inside) for one in mine]
        weights = weights_of(score, mine, len(results.leads))
        weighed = 0 if weights.blank[place] else weights.divisor[place]
        assert weighed == lead["scores"][score.name]["W"]


@pytest.mark.parametrize(("model", "place"), LEADS)
def test_contributions_lines_and_scores(scored, model, place):
    results, lead = scored[model["name"]], model["lead"][place]
    for name, told in lead["scores"].items():
        result = results.scored.scores[name]
        parts = {part: values[place] for part, values in result.contributions.items()}
        criteria = [value for part, value in parts.items() if part not in LINES]
        assert criteria == pytest.approx([number(text) for text in told["contributions"]], rel=1e-15)
        assert sum(criteria) == pytest.approx(number(told.get("raw", "0")), abs=1e-12)
        lines = {part: value for part, value in parts.items() if part in LINES}
        assert lines == pytest.approx({part: number(told.get(part, "0")) for part in lines}, abs=1e-12)
        assert same(result.value[place], told.get("score")), name


@pytest.mark.parametrize(("model", "place"), LEADS)
def test_total(scored, model, place):
    results, lead = scored[model["name"]], model["lead"][place]
    total = results.scored.total
    if len(results.scored.scores) == 1:
        assert total is next(iter(results.scored.scores.values()))
        return
    parts = {part: values[place] for part, values in total.contributions.items()}
    scores = [value for part, value in parts.items() if part not in LINES]
    assert scores == [number(text) for text in lead["total"]["contributions"]]
    lines = {part: value for part, value in parts.items() if part in LINES}
    assert lines == pytest.approx({part: number(lead["total"].get(part, "0")) for part in lines}, abs=1e-12)
    assert total.value[place] == number(lead["total"]["score"])


@pytest.mark.parametrize(("model", "place"), LEADS)
def test_result_columns(scored, model, place):
    results, lead = scored[model["name"]], model["lead"][place]
    row = results.table.iloc[place]
    told_score = lead["total"]["score"] if "total" in lead else next(iter(lead["scores"].values())).get("score")
    assert same(row["score"], told_score)
    assert same(row["score_low"], lead.get("low"))
    assert same(row["score_high"], lead.get("high"))
    assert row["coverage"] == number(lead["coverage"])
    assert same(row["rank"], lead.get("rank"))
    for column in ("next_best_field", "excluded_by", "reasons"):
        assert row[column] == lead[column]
    assert ("band" in row) is ("band" in lead)
    for column in ("band", "band_range", "matrix", "action", "override_reason"):
        assert row.get(column, "") == lead.get(column, "")
    assert same(row.get("machine_score", math.nan), lead.get("machine_score"))
    for score, band in lead.get("bands", {}).items():
        assert row[f"{score}_band"] == band


def test_reasons_are_the_contributions_that_show(scored):
    for model in MODELS:
        table = scored[model["name"]].table
        parts = table[[name for name in table if name.startswith("contribution: ")]]
        assert not parts.isna().any(axis=None)
        assert np.isfinite(parts.to_numpy()).all()
