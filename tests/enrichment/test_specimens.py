"""Every specimen is what it is said to be: the steps find it so."""

from datetime import date

import pandas as pd
import pytest

from leadscore.enrichment.specimens import phones_of, specimen_of, specimens
from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS, enrich

AS_OF = date(2026, 3, 15)


def made(field, texts):
    return enrich(pd.DataFrame({field: texts}, dtype=object), Context(AS_OF))


def words(field, column):
    return set(made(field, [one.text for one in specimens(field, AS_OF)])[column])


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("email", "email_validity"),
        ("phone", "phone_validity"),
        ("full_name", "name_plausible"),
        ("vat", "vat_validity"),
        ("siren", "siren_validity"),
        ("siret", "siret_validity"),
    ],
)
def test_a_specimen_is_good(field, column):
    assert words(field, column) == {"ok"}


@pytest.mark.parametrize(
    ("field", "column", "left_out"),
    [
        ("email", "email_type", {"disposable"}),
        ("job_title", "job_seniority", {"unknown"}),
        ("job_title", "job_function", {"other", "unknown"}),
        ("created_at", "freshness", set()),
        ("budget", "budget_band", set()),
        ("civility", "civility_norm", {"mx", "prof", "me"}),
    ],
)
def test_there_is_a_specimen_of_every_word_that_somebody_may_want(field, column, left_out):
    assert words(field, column) - {""} == set(ENRICHMENT_COLUMNS[column].words) - left_out


@pytest.mark.parametrize("country", ["FR", "BE", "CH", "DE", "ES", "IT", "GB", "LU", "NL", "US", "CA", "MA"])
def test_a_number_of_a_country_is_valid_there(country):
    numbers = phones_of([country])
    found = made("phone", [one.text for one in numbers])

    assert numbers
    assert set(found["phone_country"]) == {country}
    assert all(country in one.said for one in numbers)


def test_what_makes_a_column_hold_a_text():
    (address,) = specimen_of("email", "domain", "acme.com", AS_OF)
    (day,) = specimen_of("created_at", "integer", "30", AS_OF)

    assert made("email", [address.text])["email_domain"].tolist() == ["acme.com"]
    assert made("created_at", [day.text])["lead_age_days"].tolist() == [30]
    assert not list(specimen_of("message", "text", "hello", AS_OF))
