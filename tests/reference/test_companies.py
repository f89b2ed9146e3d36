import csv

import pytest

from leadscore.reference import company_words, country_names, legal_forms, registrable_domain, shared_sites
from leadscore.reference.files import entries
from leadscore.values.name_words import words_key

ROWS = list(csv.DictReader(entries("legal_forms.csv")))


def test_forms_are_known_by_every_spelling():
    forms = legal_forms()
    assert forms["gmbh co kg"].form == "GmbH & Co. KG"
    assert forms["sarl"] is not forms["eurl"]
    assert forms["societe par actions simplifiee"].form == "SAS"
    assert forms["sp z oo"].countries == ("PL",)
    assert len(forms["sa"].countries) > 4


def test_no_spelling_is_of_two_forms():
    keys = [key for row in ROWS for key in {words_key(spelling) for spelling in row["spellings"].split("|")}]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["spellings"])
def test_a_form_has_countries_that_exist_and_stands_somewhere(row):
    assert set(row["countries"].split()) <= set(country_names())
    assert {row["start"], row["end"]} <= {"", "any", "capitals", "dots"}
    assert row["start"] or row["end"]
    assert row["individual"] in {"", "yes"}


def test_one_person_forms():
    individual = {form.form for form in legal_forms().values() if form.is_individual}
    assert {"EI", "EIRL", "e.K.", "Eenmanszaak", "Sole trader"} <= individual
    assert "EURL" not in individual


def test_words_for_a_company_that_is_none():
    words = company_words()
    assert set(words.values()) == {"nothing", "freelance", "private", "name"}
    assert (words["test"], words["independant"], words["particulier"]) == ("nothing", "freelance", "private")
    assert "" not in words
    assert len(words) == len(entries("company_words.csv")) - 1


@pytest.mark.parametrize("word", [word for word, meaning in company_words().items() if meaning != "name"])
def test_no_such_word_is_a_legal_form(word):
    assert word not in legal_forms()


@pytest.mark.parametrize(
    "site", ["facebook.com", "linkedin.com", "leboncoin.fr", "bit.ly", "wordpress.com", "linktr.ee"]
)
def test_sites_of_many(site):
    assert site in shared_sites()


def test_no_site_of_many_is_a_suffix_that_tells_its_pages_apart():
    assert [site for site in shared_sites() if not registrable_domain(site)] == []
