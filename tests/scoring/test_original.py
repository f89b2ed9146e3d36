"""Laws of the original five-criteria model (a weighted mean with exclusions), through the whole line."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore import load_model, score_leads
from tests.laws import examples

AS_OF = date(2026, 3, 15)
HEADINGS = ("E-mail", "Phone", "Country", "Budget", "Name")
GOOD_EMAILS = (
    *("claire.durand@atelier-nord.fr", "jonas.peeters@gmail.com", "l.keller@bergwerk.ch", "info@menuiserie.be"),
    *("tom@yopmail.com", "mailto:a.b@acme.co.uk", " Jean.DUPONT@ACME.fr ", "x@univ-lyon1.fr", "y@service.gouv.fr"),
    *("jean+news@orange.fr", "ann@bluewin.ch", "<bob@skynet.be>"),
)
BAD_EMAILS = (
    "",
    " ",
    "nadia@",
    "@acme.fr",
    "jean.acme.fr",
    "n/a",
    "jean@acme",
    "jean@@acme.fr",
    "a b@acme.fr",
    "a@b..fr",
)
HOME_PHONES = (
    *("06 47 31 82 95", "+33 1 42 68 53 01", "0033647318295", "06.92.31.82.95", "+32 475 61 29 83", "+41 79 634 28 15"),
    *("(+33) 6 47 31 82 95", "0647318295", 33647318295, "+32 2 513 89 40"),
)
FOREIGN_PHONES = ("+44 20 7946 3812", "+1 212 736 5000", "+49 30 901820", "+34 912 34 56 78", "+39 06 6982 1234")
BAD_PHONES = ("", None, "123", "+33 1", "06 00 00 00 00", "abc", "+33 6 47 31", "0123456789012345", "+999 123456", "-")
COUNTRIES = ("France", "FR", "", "fr")
BUDGETS = (
    0,
    10,
    4999.99,
    5000,
    "5 k€",
    "19 999",
    20000,
    "25 000 €",
    49999,
    50000,
    "0,1 M",
    1e6,
    "",
    "beaucoup",
    "5-10 k€",
)


@dataclass(frozen=True)
class Lead:
    email: object
    phone: object
    country: str
    budget: object
    name: str

    @property
    def cells(self):
        return (self.email, self.phone, self.country, self.budget, self.name)

    @property
    def must_fail(self):
        return self.email in BAD_EMAILS or self.phone in (*BAD_PHONES, *FOREIGN_PHONES)


any_lead = st.builds(
    Lead,
    email=st.sampled_from(GOOD_EMAILS) | st.sampled_from(BAD_EMAILS),
    phone=st.sampled_from(HOME_PHONES) | st.sampled_from(FOREIGN_PHONES) | st.sampled_from(BAD_PHONES),
    country=st.sampled_from(COUNTRIES),
    budget=st.sampled_from(BUDGETS),
    name=st.text(max_size=3).map(lambda text: f"n{text}"),  # so that no row is blank
)
good_lead = st.builds(
    Lead,
    email=st.sampled_from(GOOD_EMAILS),
    phone=st.sampled_from(HOME_PHONES),
    country=st.sampled_from(COUNTRIES),
    budget=st.just(""),
    name=st.just("n"),
)
few = examples(30)
some_leads = st.lists(any_lead, min_size=1, max_size=8)


@pytest.fixture(scope="module")
def model():
    return load_model(files("leadscore.model.templates").joinpath("simple", "en"))


@pytest.fixture(scope="module")
def french_model():
    return load_model(files("leadscore.model.templates").joinpath("simple", "fr"))


def sheet(leads, index=None):
    return pd.DataFrame([lead.cells for lead in leads], columns=list(HEADINGS), dtype=object, index=index)


def table(frame, model):
    return score_leads(frame, model, as_of=AS_OF).table


@few
@given(leads=some_leads)
def test_no_lead_that_cannot_be_reached_or_lives_elsewhere_scores_0_or_more(model, leads):
    scored = table(sheet(leads), model)
    for lead, score, excluded_by in zip(leads, scored["score"], scored["excluded_by"], strict=True):
        assert not lead.must_fail or (score < 0 and excluded_by)


def test_the_others_may_score_0_or_more(model):
    """Else the law above would say nothing."""
    rows = [Lead(email, phone, "", 60000, "n") for email in GOOD_EMAILS for phone in HOME_PHONES]
    scored = table(sheet(rows), model)
    assert not any(lead.must_fail for lead in rows)
    assert set(scored["excluded_by"]) == {"", "E-mail type"}
    assert (scored["score"] >= 0).equals(scored["excluded_by"] == "")


@few
@given(leads=some_leads)
def test_the_french_template_gives_the_same_scores(model, french_model, leads):
    columns = ["score", "score_low", "score_high", "rank", "coverage", "next_best_field"]
    frame = sheet(leads)
    pd.testing.assert_frame_equal(table(frame, french_model)[columns], table(frame, model)[columns])


@few
@given(
    leads=st.lists(good_lead, min_size=1, max_size=4), budgets=st.lists(st.integers(0, 10**6), min_size=2, max_size=5)
)
def test_a_bigger_budget_never_scores_lower(model, leads, budgets):
    budgets = sorted(budgets)
    rows = [Lead(lead.email, lead.phone, lead.country, budget, "n") for lead in leads for budget in budgets]
    scores = table(sheet(rows), model)["score"].tolist()
    for start in range(0, len(rows), len(budgets)):
        assert all(low <= high for low, high in pairwise(scores[start : start + len(budgets)]))


@few
@given(leads=some_leads)
def test_contributions_added_from_left_to_right_are_the_score(model, leads):
    scored = table(sheet(leads), model)
    contributions = scored[[name for name in scored if name.startswith("contribution: ")]]
    for parts, score in zip(contributions.itertuples(index=False), scored["score"], strict=True):
        running = 0.0
        for part in parts:
            running += part
        assert running == score


@few
@given(leads=some_leads, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_never_matters(model, leads, random):
    frame = sheet(leads)
    rows, columns = random.sample(range(len(leads)), len(leads)), random.sample(HEADINGS, len(HEADINGS))
    shuffled = table(frame.iloc[rows][columns], model)
    pd.testing.assert_frame_equal(shuffled.sort_index(), table(frame, model))


@few
@given(leads=some_leads, extra=st.lists(st.sampled_from(["", "x", "12", None, "FR"]), min_size=8, max_size=8))
def test_columns_that_name_no_field_never_matter(model, leads, extra):
    frame = sheet(leads)
    wider = frame.copy()
    wider.insert(0, "Favourite colour", extra[: len(leads)])
    wider.insert(3, "Shoe size", extra[: len(leads)])
    pd.testing.assert_frame_equal(table(wider, model), table(frame, model))


@few
@given(leads=some_leads, places=st.lists(st.integers(0, 8), max_size=4))
def test_blank_rows_come_back_and_never_matter(model, leads, places):
    blank = Lead(" ", None, "", float("nan"), "\u00a0")
    rows = list(leads)
    for place in places:
        rows.insert(min(place, len(rows)), blank)
    filled = [row is not blank for row in rows]
    scored = table(sheet(rows), model)
    assert len(scored) == len(rows)
    pd.testing.assert_frame_equal(scored[filled].reset_index(drop=True), table(sheet(leads), model))
    assert scored["score"].isna().tolist() == [not is_filled for is_filled in filled]
    assert set(scored["reasons"][[not is_filled for is_filled in filled]]) <= {""}


@few
@given(leads=some_leads, factor=st.sampled_from([0.1, 0.5, 2, 3, 7, 100]))
def test_scaling_all_weights_keeps_every_score_and_rank(model, leads, factor):
    scaled = tuple(one.model_copy(update={"weight": one.weight * factor}) for one in model.criteria)
    columns = ["score", "score_low", "score_high", "band", "rank", "reasons", "next_best_field", "excluded_by"]
    frame = sheet(leads)
    other = table(frame, model.model_copy(update={"criteria": scaled}))
    pd.testing.assert_frame_equal(other[columns], table(frame, model)[columns])


@few
@given(leads=some_leads, index=st.lists(st.integers(0, 5) | st.sampled_from("ab"), min_size=8, max_size=8))
def test_rows_come_back_in_order_and_the_sheet_is_left_as_it_was(model, leads, index):
    frame = sheet(leads, index=index[: len(leads)])
    before = frame.copy(deep=True)
    results = score_leads(frame, model, as_of=AS_OF)
    pd.testing.assert_frame_equal(frame, before)
    assert results.leads is frame
    assert list(results.table.index) == list(results.enriched.index) == index[: len(leads)]
    plain = table(sheet(leads), model)
    pd.testing.assert_frame_equal(results.table.reset_index(drop=True), plain)


def test_no_rows_and_only_blank_rows(model):
    assert table(sheet([]), model).empty
    scored = table(sheet([Lead("", None, "", "", "")] * 2), model)
    assert scored["score"].isna().all()
    assert (scored["reasons"] == "").all()


@pytest.mark.parametrize("missing", [pd.NA, None, float("nan"), pd.NaT])
def test_every_kind_of_missing_value_is_blank(model, missing):
    lead = Lead("a@acme.fr", "06 47 31 82 95", "FR", missing, "n")
    assert table(sheet([lead]), model)["next_best_field"].tolist() == ["Budget"]


def test_columns_of_any_pandas_type(model):
    lead = sheet([Lead("a@acme.fr", "06 47 31 82 95", "FR", 20000, "n"), Lead("", "", "", None, "n")])
    typed = lead.astype({"E-mail": "string", "Phone": "string", "Budget": "Int64", "Country": "category"})
    pd.testing.assert_frame_equal(table(typed, model), table(lead, model))
