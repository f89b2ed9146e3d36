import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import headcount
from leadscore.enrichment.headcount import MOST_PEOPLE, REASONS

CASES = tomllib.loads((Path(__file__).parent / "cases" / "headcount.toml").read_text(encoding="utf-8"))["case"]

pieces = st.sampled_from(
    [
        "11",
        "50",
        "1 000",
        "5k",
        "-",
        " à ",
        "+",
        "> ",
        "moins de ",
        "environ ",
        " salariés",
        "PME",
        "/",
        "%",
        "0",
        ".",
        ",",
    ]
)
cells = st.lists(pieces, max_size=6).map("".join) | st.text(st.characters(codec=None), max_size=30)


@pytest.fixture(scope="module")
def read(context):
    return headcount.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_headcount_case(enriched_lead, case):
    made = enriched_lead(headcount=case["headcount"])

    assert {name: made[f"headcount_{name}"] for name in ("min", "max", "reason")} == {
        "min": "",
        "max": "",
        **case["gives"],
    }


@given(cells)
def test_any_text_gives_whole_people_in_order_and_a_reason_of_the_closed_list(read, text):
    least, most, reason = read(text)
    assert reason in REASONS
    assert (reason == "missing") == (text.strip("\u200b\u200c\u200d\u2060\ufeff\u00ad \t\n") == "" or not text.strip())
    assert (least == "") == (reason in {"missing", "no_number", "date", "unreadable"})
    if most != "":
        assert 0 <= least <= most <= MOST_PEOPLE


@given(st.integers(0, MOST_PEOPLE), st.integers(0, MOST_PEOPLE))
def test_a_range_gives_both_its_ends(read, one, other):
    low, high = sorted((one, other))
    assert tuple(read(f"{low}-{high}")) == (low, high, "range")


@pytest.mark.parametrize("text", ["1" * 100_000, "1 " * 50_000, "-" * 100_000, "a" * 100_000, "11-" * 30_000])
def test_a_very_long_cell_is_not_read(read, text):
    assert read(text).reason == "unreadable"
