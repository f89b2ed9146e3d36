import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import budget
from leadscore.enrichment.budget import BANDS, CURRENCIES, REASONS, budget_band
from leadscore.values.evidence import Evidence
from leadscore.values.numbers import read_number

CASES = tomllib.loads((Path(__file__).parent / "cases" / "budget.toml").read_text(encoding="utf-8"))["case"]

pieces = st.sampled_from(
    [
        "15",
        "1.500",
        "10 000",
        "k",
        "€",
        "$",
        " CHF",
        "-",
        " à ",
        "+",
        "<",
        "moins de ",
        "/mois",
        " HT",
        "0",
        ".",
        ",",
        "M",
    ]
)
cells = st.lists(pieces, max_size=6).map("".join) | st.text(st.characters(codec=None), max_size=30)


@pytest.fixture(scope="module")
def read(context):
    return budget.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_budget_case(enriched_lead, context, case):
    evidence = Evidence(case.get("mark", ","), "day-month", case.get("undecided", ""))
    made = enriched_lead(replace(context, evidence={"budget": evidence}), budget=case["budget"])

    assert {name: made[f"budget_{name}"] for name in ("amount", "currency", "band", "reason")} == {
        "amount": "",
        "currency": "",
        "band": "",
        **case["gives"],
    }


@given(cells)
def test_any_text_gives_words_of_the_closed_lists(read, text):
    amount, currency, band, reason = read(text)
    assert reason in REASONS
    assert currency in {"", *CURRENCIES}
    assert band in {"", *BANDS}
    assert (amount == "") == (band == "") == (reason in {"missing", "to_define", "date", "unreadable"})
    assert amount == "" or amount >= 0


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", " €", "k€", " k", "M", " USD"]))
def test_one_amount_is_what_scoring_reads(read, amount, unit):
    text = f"{amount}{unit}"
    assert read(text).amount == read_number(text, ",").number


@pytest.mark.parametrize(
    ("amount", "band", "band_of_most"),
    [
        (0, "under_1k", "under_1k"),
        (999.99, "under_1k", "under_1k"),
        (1_000, "1k_5k", "under_1k"),
        (5_000, "5k_20k", "1k_5k"),
        (20_000, "20k_100k", "5k_20k"),
        (99_999, "20k_100k", "20k_100k"),
        (100_000, "over_100k", "20k_100k"),
        (100_001, "over_100k", "over_100k"),
    ],
)
def test_the_limits_of_the_bands(amount, band, band_of_most):
    assert (budget_band(amount), budget_band(amount, is_most=True)) == (band, band_of_most)


@pytest.mark.parametrize("text", ["1" * 100_000, "1 " * 50_000, "€" * 100_000, "k" * 100_000, "5-" * 50_000])
def test_a_very_long_cell_is_not_read(read, text):
    assert read(text).reason == "unreadable"
