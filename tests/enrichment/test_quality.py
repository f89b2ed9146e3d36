import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import quality
from leadscore.enrichment.completeness import run, usual_fields

CASES = tomllib.loads((Path(__file__).parent / "cases" / "quality.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def judged(context):
    core = quality.prepare(context)
    return lambda **verdicts: core(*(verdicts.get(need, "") for need in quality.NEEDS))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_quality_case(judged, case):
    assert list(judged(**case["verdicts"])) == case["gives"]


@given(st.lists(st.sampled_from(["ok", "fail", "unknown", ""]), min_size=8, max_size=8))
def test_a_verdict_that_turns_ok_never_lowers_the_quality(judged, verdicts):
    given = dict(zip(quality.VERDICTS, verdicts, strict=True))
    before, _ = judged(**given)
    for name in given:
        after, _ = judged(**given | {name: "ok"})
        assert after >= (before or 0)


def test_completeness_is_the_filled_share_of_the_fields_asked_for(context):
    leads = pd.DataFrame({"E-mail": ["a@b.fr", "", "c@d.fr"], "Budget": ["", "", "5"], "Other": ["", "x", ""]})
    made = run(leads, replace(context, completeness_fields=("E-mail", "Budget")))
    assert made.to_dict("list") == {"completeness": [0.5, 0.0, 1.0], "missing_fields": ["Budget", "E-mail; Budget", ""]}


def test_completeness_of_nothing_asked_for_is_blank(context):
    made = run(pd.DataFrame({"email": ["a@b.fr"]}), context)
    assert made.to_dict("list") == {"completeness": [""], "missing_fields": [""]}


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (("first_name", "last_name", "full_name"), ("first_name", "last_name")),
        (("full_name", "email"), ("full_name", "email")),
        (("first_name", "full_name"), ("first_name", "full_name")),
        ((), ()),
    ],
)
def test_one_name_is_enough(known, asked):
    assert usual_fields(known) == asked
