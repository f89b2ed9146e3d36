"""Which results are others on another day."""

from datetime import date

import pandas as pd
import pytest

from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import FIELDS_READ, enrich
from leadscore.pipeline.files import load_model
from leadscore.plan.clock import asks_time, columns_of_the_day
from leadscore.plan.plan import make_plan

DAYS = (date(2026, 3, 27), date(2026, 3, 30), date(2026, 7, 6))  # a Friday, the Monday after clocks changed, summer
HEADINGS = ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"]


def filled_lead():
    lead = dict.fromkeys(FIELDS_READ, "Ann")
    dates = {"created_at": "2026-01-03", "last_activity_at": "2026-02-03", "updated_at": "2026-02-04"}
    return (
        lead | dates | {"phone": "+1 212 555 0123", "mobile": "+33647318295", "country": "US", "email": "ann@acme.fr"}
    )


def test_the_columns_that_differ_by_the_day_are_those_said_to():
    leads = pd.DataFrame([filled_lead()], dtype=object)
    one, *others = [enrich(leads, Context(day)) for day in DAYS]

    differ = {name for other in others for name in one if one[name].tolist() != other[name].tolist()}

    assert {"lead_age_days", "best_call_window"} <= differ
    assert differ <= columns_of_the_day(FIELDS_READ)


def test_without_their_fields_they_are_blank_every_day():
    assert columns_of_the_day(["email", "company"]) == frozenset()
    assert "best_call_window" in columns_of_the_day(["mobile"])
    assert "best_call_window" not in columns_of_the_day(["created_at"])


def plan_of(tmp_path, make, *rows, columns=(), sheets=None):
    headings = [*HEADINGS, "Until"]
    model = load_model(make.book(tmp_path / "m.xlsx", Scoring=[headings, *rows], **(sheets or {})))
    leads = pd.DataFrame(
        {"E-mail": ["a@b.fr"], "Seen": ["2026-03-01"], **{name: [""] for name in columns}}, dtype=object
    )
    return make_plan(model, leads, DAYS[0])


PLAIN = ["A", "potential", 1, "email_type", "is", "free", 1, None]


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        (PLAIN, False),
        ([*PLAIN[:7], date(2026, 12, 31)], True),
        (["A", "potential", 1, "Seen", "within days", 30, 1, None], True),
        (["A", "potential", 1, "Seen", ">", date(2026, 1, 1), 1, None], False),
    ],
)
def test_what_a_model_asks(tmp_path, make, row, asks):
    assert asks_time(plan_of(tmp_path, make, row), shows_all=True) == asks


def test_a_segment_may_ask(tmp_path, make):
    segments = [["Segment", "Field", "Operator", "Value"], ["New", "Seen", "within days", 30]]
    row = ["A", "potential", 1, None, "in segment", "New", 1, None]

    assert asks_time(plan_of(tmp_path, make, row, sheets={"Segments": segments}), shows_all=False)


def test_an_override_may_end(tmp_path, make):
    overrides = [["Lead", "Value", "Reason", "Until"], ["a@b.fr", 5, "known", date(2026, 12, 31)]]

    assert asks_time(plan_of(tmp_path, make, PLAIN, sheets={"Overrides": overrides}), shows_all=False)


def test_enrichment_counts_where_it_is_shown_or_read(tmp_path, make):
    reads = ["A", "potential", 1, "lead_age_days", ">", 3, 1, None]

    assert asks_time(plan_of(tmp_path, make, PLAIN, columns=["Phone"]), shows_all=True)
    assert not asks_time(plan_of(tmp_path, make, PLAIN, columns=["Phone"]), shows_all=False)
    assert asks_time(plan_of(tmp_path, make, reads, columns=["Created at"]), shows_all=False)
