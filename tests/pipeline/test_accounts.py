"""Accounts: design.md section 4.9 through whole runs, the sheet Accounts, and what each lead is told of its account."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from leadscore import load_model, score_leads
from leadscore.errors import ModelError
from leadscore.pipeline.accounts import LeadActivity, RatedLeads, roll_up
from leadscore.scoring.events import Events

AS_OF = date(2026, 11, 21)
HEADINGS = ["Name", "E-mail", "Company", "Points", "Job title", "Share"]
SCORING = [
    ["Criterion", "Kind", "Field", "Operator", "Value", "Points"],
    *(["Points", "potential", "Points", "is", points, points] for points in (80, 45, 40, 10)),
    ["Banned", "exclusion", "Points", "is", -1, -100],
]
BANDS = [
    ["Score", "Band", "From", "Icon"],
    ["", "Hot", 20, ""],
    ["", "Cold", "", ""],
    ["account", "Key", 30, "★"],
    ["account", "Other", "", ""],
]
ANN = ["Ann Lee", "ann@acme.fr", "Acme", 80, "CEO", "3"]
BOB = ["Bob Roy", "bob@acme.fr", "Acme", 40, "Assistant", "1,5"]
ZOE = ["Zoe Fox", "zoe@acme.fr", "ACME SAS", -1, "CEO", "9"]
IDA = ["Ida Orr", "ida@zeta.be", "Zeta", 10, "", "?"]
JO = ["Jo Kim", "jo@gmail.com", "", 80, "CEO", "1"]
BLANK = [""] * len(HEADINGS)


def lead(email, company):
    """Somebody with 10 points, halved to 5."""
    return [f"Somebody at {email or company}", email, company, 10, "", ""]


@pytest.fixture
def rolled(make, tmp_path):
    """What a run finds about these leads (halved: two criteria of equal weight)."""

    def run(*leads, roll_up="sum", headings=HEADINGS, settings=(), activities=None, **sheets):
        rows = [["Setting", "Value"], ["Decimals", 1], *([["Account roll-up", roll_up]] if roll_up else []), *settings]
        model = load_model(make.book(tmp_path / "model.xlsx", Scoring=SCORING, Settings=rows, **sheets))
        frame = pd.DataFrame(leads, columns=headings, index=range(2, len(leads) + 2), dtype=object)
        return score_leads(frame, model, activities=activities, as_of=AS_OF)

    return run


def scores(results):
    """The account scores by account key."""
    return dict(results.accounts.set_index("account_key")["account_score"])


@pytest.mark.parametrize(
    ("roll_up", "expected"), [("sum", 60), ("mean", 30), ("max", 40), ("weighted mean", 33.3), ("somme", 60)]
)
def test_four_methods(rolled, roll_up, expected):
    weighs = [["Account weight", "Share"]] if roll_up == "weighted mean" else []

    results = rolled(ANN, BOB, IDA, roll_up=roll_up, settings=weighs)

    assert scores(results) == {"acme.fr": expected, "zeta.be": 5}
    assert results.table["account_score"].tolist() == [expected, expected, 5]


@pytest.mark.parametrize(
    ("name", "others", "members", "counted", "score"),
    [
        ("an excluded lead is a member that does not count", [ZOE], 3, 2, 60),
        ("so is a later duplicate", [ANN], 3, 2, 60),
        ("a lead without a domain is joined by its name", [lead("lu@gmail.com", "acme")], 3, 3, 65),
        ("but not where two domains bear the name", [lead("lu@acme.com", "acme"), lead("", "Acme")], 2, 2, 60),
        ("a free mailbox is of no account", [JO], 2, 2, 60),
        ("nor is a placeholder", [lead("", "indépendant"), lead("", "-")], 2, 2, 60),
        ("a blank row is nobody", [BLANK], 2, 2, 60),
    ],
)
def test_who_is_a_member_and_who_counts(name, others, members, counted, score, rolled):
    row = rolled(ANN, BOB, *others).accounts.set_index("account_key").loc["acme.fr"]

    assert (row["members"], row["counted_members"], row["account_score"]) == (members, counted, score), name


def test_a_lead_of_no_account_is_told_none(rolled):
    results = rolled(JO, BLANK, ANN)

    assert np.array_equal(results.table["account_score"], [math.nan, math.nan, 40], equal_nan=True)
    assert scores(results) == {"acme.fr": 40}


def test_an_excluded_lead_is_told_the_score_of_its_account(rolled):
    results = rolled(ANN, ZOE, Bands=BANDS)

    assert results.table[["account_score", "account_band"]].to_numpy().tolist() == [[40, "Key"]] * 2
    assert results.table["band"].tolist() == ["Hot", "Excluded"]


def test_an_account_without_anybody_who_counts_comes_last_without_a_score(rolled):
    results = rolled(ZOE, IDA, Bands=BANDS)

    last = results.accounts.iloc[-1]
    assert (last["account_key"], last["members"], last["counted_members"]) == ("acme.fr", 1, 0)
    assert (last["account_band"], last["leads_per_band"]) == ("", "")
    assert all(math.isnan(last[name]) for name in ("account_score", "best_lead", "best_score", "coverage"))


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("Share", (3 * 40 + 1.5 * 20 + 1 * 22.5) / 5.5),
        ("seniority", (5 * 40 + 1 * 20 + 2 * 22.5) / 8),
        ("job_seniority", (5 * 40 + 1 * 20 + 2 * 22.5) / 8),
        ("niveau_poste", (5 * 40 + 1 * 20 + 2 * 22.5) / 8),
    ],
)
def test_weights_are_a_number_or_a_seniority_and_1_where_nothing_can_be_read(rolled, weight, expected):
    lu = ["Lu Ray", "lu@acme.fr", "Acme", 45, "Sales manager", "many"]

    results = rolled(ANN, BOB, lu, roll_up="weighted mean", settings=[["Account weight", weight], ["Language", "fr"]])

    assert scores(results)["acme.fr"] == pytest.approx(expected, abs=0.05)


def test_a_column_of_ones_own_called_seniority_comes_first(rolled):
    headings = [*HEADINGS[:5], "Seniority"]

    results = rolled(ANN, BOB, roll_up="weighted mean", headings=headings, settings=[["Account weight", "seniority"]])

    assert scores(results)["acme.fr"] == pytest.approx((3 * 40 + 1.5 * 20) / 4.5, abs=0.05)


def test_a_weight_that_cannot_be_read_is_told_with_its_cell(rolled):
    odd = [["Lu Ray", "lu@acme.fr", "Acme", 45, "", "many"], [*BOB[:5], ""], [*IDA[:5], "director"]]

    results = rolled(ANN, *odd, roll_up="weighted mean", settings=[["Account weight", "Share"]])

    told = [(issue.place.row, issue.place.heading, issue.value) for issue in results.issues if "number" in issue.code]
    assert told == [(3, "Share", "many")]


def test_what_members_did_is_read_from_activities(rolled):
    behaviours = [["Behaviour", "Operator", "Activity", "Points"], ["Visit", "is", "visit", 1]]
    days = {"ann@acme.fr": ["2026-11-20", "2026-11-01", "2026-10-10"], "ida@zeta.be": ["2026-10-01"]}
    rows = [(email, "visit", day) for email, of_lead in days.items() for day in of_lead]
    activities = pd.DataFrame(rows, columns=["E-mail", "Activity", "Date"], dtype=object)

    accounts = rolled(ANN, BOB, IDA, activities=activities, Behaviours=behaviours).accounts.set_index("account_key")

    assert accounts["active_members"].to_dict() == {"acme.fr": 1, "zeta.be": 0}
    assert accounts["trend_30d"].to_dict() == {"acme.fr": 1, "zeta.be": -1}


def test_what_a_person_decided_counts(rolled):
    headings = ["Lead", "Score", "Value", "Reason"]
    decisions = [headings, ["bob@acme.fr", "", 90, "a friend"], ["zoe@acme.fr", "", 7, "is welcome"]]

    results = rolled(ANN, BOB, ZOE, Overrides=decisions)

    assert scores(results) == {"acme.fr": 137}
    assert results.accounts["best_lead"].tolist() == [3]


def test_an_account_is_called_what_most_of_its_leads_call_it(rolled):
    lu, al, guessed = lead("lu@acme.fr", "Acme Group"), lead("al@acme.fr", "Acme Group"), lead("a@some-company.de", "")

    results = rolled(ANN, lu, al, guessed)

    assert dict(results.accounts.set_index("account_key")["account"]) == {
        "acme.fr": "Acme Group",
        "some-company.de": "Some Company",
    }


def test_who_is_behind_an_account(rolled):
    results = rolled(BLANK, BOB, ANN, ZOE, IDA, Bands=BANDS)

    assert results.accounts.iloc[0].to_dict() == {
        "account": "Acme",
        "account_key": "acme.fr",
        "account_score": 60,
        "account_band": "Key",
        "members": 3,
        "counted_members": 2,
        "leads_per_band": "Hot 2",
        "best_lead": 4,
        "best_score": 40,
        "coverage": 1,
    }
    assert results.accounts["account_band"].tolist() == ["Key", "Other"]


def test_the_order_of_leads_changes_nothing_but_row_numbers(rolled):
    leads = [ANN, BOB, ZOE, IDA, JO]

    one, other = rolled(*leads, Bands=BANDS), rolled(*reversed(leads), Bands=BANDS)

    pd.testing.assert_frame_equal(one.accounts.drop(columns="best_lead"), other.accounts.drop(columns="best_lead"))
    assert other.table["account_score"].iloc[::-1].tolist()[:4] == one.table["account_score"].tolist()[:4]


@pytest.mark.parametrize("leads", [[], [BLANK], [JO]])
def test_no_account_at_all(rolled, leads):
    results = rolled(*leads, Bands=BANDS)

    assert results.accounts.empty
    assert {"account_score", "account_band"} <= set(results.table)


def test_nothing_of_it_where_the_model_does_not_ask(rolled):
    results = rolled(ANN, BOB, roll_up="")

    assert results.accounts is None
    assert not {"account_score", "account_band"} & set(results.table)


def test_what_members_did(rolled):
    results = rolled(ANN, BOB, ZOE, IDA)
    plan, rows = results.plan, results.leads
    ages = [(0, 0, 2), (0, 30, 1), (0, 31, 4), (0, 60, 1), (0, 61, 50), (1, 31, 1), (2, 0, 7), (3, 5, 9)]
    lead, age, count = (np.array(column) for column in zip(*ages, strict=True))
    early = np.array([False] * 7 + [True])  # Ida was recycled since
    events = Events(lead, lead * 0, age, count.astype(float), lead * 0, early, ("visit",))

    activity = LeadActivity.of(events, len(rows))
    found = roll_up(RatedLeads(rows, results.enriched, results.table, results.scored.excluded), plan, activity)

    assert activity.days_since.tolist()[:3] == [0, 31, 0]
    assert found.table.set_index("account_key")[["active_members", "trend_30d"]].to_numpy().tolist() == [
        [1, -3],
        [0, 0],
    ]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ([["Skip enrichment", "company"]], "field-skipped"),
        ([["Skip enrichment", "duplicates"]], "field-skipped"),
        ([["Account weight", "Shares"]], "field-unknown"),
    ],
)
def test_what_accounts_cannot_be_made_of_is_told_with_its_cell(rolled, settings, code):
    with pytest.raises(ModelError) as told:
        rolled(ANN, roll_up="weighted mean" if code == "field-unknown" else "sum", settings=settings)

    (issue,) = [issue for issue in told.value.issues if issue.severity == "error"]
    assert issue.code == code
    assert issue.place.sheet == "Settings"
    assert issue.place.cell in ("B3", "B4")
