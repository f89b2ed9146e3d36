from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.reference import (
    disposable_domains,
    dummy_domains,
    dummy_local_parts,
    free_mail_domains,
    is_education,
    is_government,
    mail_giants,
    misspelt_mail_domains,
    near_mail_domains,
    registrable_domain,
    role_accounts,
    role_key,
    top_level_domains,
    trial_local_parts,
)

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("domain", (CASES / "european_mailboxes.txt").read_text().split())
def test_mailboxes_of_europeans_are_free(domain):
    assert domain in free_mail_domains()


@pytest.mark.parametrize(
    "domain", ["acme.com", "alibaba.com", "facebook.com", "za.com", "unican.es", "maif.fr", "test.com"]
)
def test_companies_schools_and_dummies_are_not_free(domain):
    assert domain not in free_mail_domains()


@pytest.mark.parametrize("domain", ["yopmail.com", "mailinator.com", "guerrillamail.com"])
def test_throw_away_domains_are_disposable(domain):
    assert domain in disposable_domains()


@pytest.mark.parametrize("label", ["fr", "com", "museum", "paris", "bzh", "swiss", "xn--p1ai", "ck"])
def test_top_level_domains_that_exist(label):
    assert label in top_level_domains()


@pytest.mark.parametrize("label", ["con", "c", "acme", "test", "local", "", "xn--jxalpdlp"])
def test_top_level_domains_that_do_not(label):
    assert label not in top_level_domains()


def test_dummies():
    assert {
        "test.com",
        "example.com",
        "example.org",
        "example.net",
        "exemple.fr",
        "exemple.com",
        "domain.com",
    } <= dummy_domains()
    assert "acme.com" not in dummy_domains()
    assert {"asdf", "azerty", "qwerty", "nomail", "noemail", "none"} <= dummy_local_parts()
    assert {"test", "demo", "toto"} <= trial_local_parts()
    assert not trial_local_parts() & dummy_local_parts()


EDUCATION = [
    ("mit.edu", True),
    ("sydney.edu.au", True),
    ("ox.ac.uk", True),
    ("univ-lyon1.fr", True),
    ("etu.univ-lyon1.fr", True),
    ("ac-lyon.fr", True),
    ("ac-consulting.fr", False),
    ("epfl.ch", True),
    ("uni-heidelberg.de", True),
    ("unimi.it", True),
    ("unicredit.it", False),
    ("edu.com", False),
    ("myedu", False),
    ("notmit.education.com", False),
    ("univ-lyon1.fr.evil.com", False),
    ("interieur.gouv.fr", False),
]


@pytest.mark.parametrize(("domain", "answer"), EDUCATION)
def test_education(domain, answer):
    assert is_education(domain) is answer


GOVERNMENT = [
    ("interieur.gouv.fr", True),
    ("gouv.fr", True),
    ("nasa.gov", True),
    ("service.gov.uk", True),
    ("seap.minhap.gob.es", True),
    ("bk.admin.ch", True),
    ("ge.ch", True),
    ("bund.de", True),
    ("ec.europa.eu", True),
    ("fgov.be", True),
    ("mairie-lannion.fr", True),
    ("comune.milano.it", True),
    ("mygov.fr", False),
    ("gov.com", False),
    ("villeroy.fr", False),
    ("europa.com", False),
    ("univ-lyon1.fr", False),
]


@pytest.mark.parametrize(("domain", "answer"), GOVERNMENT)
def test_government(domain, answer):
    assert is_government(domain) is answer


def test_giants_are_free_and_each_has_its_rank():
    assert set(mail_giants()) <= free_mail_domains()
    assert sorted(giant.rank for giant in mail_giants().values()) == list(range(1, len(mail_giants()) + 1))
    assert mail_giants()["gmail.com"].invented
    assert not mail_giants()["orange.fr"].invented
    assert min(mail_giants().values(), key=lambda giant: giant.rank).domain == "gmail.com"


def test_a_name_misspelt_is_free_not_disposable_and_nobody_elses():
    assert {"gmial.com", "hotmial.com", "yaho.com"} <= misspelt_mail_domains() <= free_mail_domains()
    assert not misspelt_mail_domains() & disposable_domains()
    assert not misspelt_mail_domains() & near_mail_domains()
    assert not near_mail_domains() & free_mail_domains()
    assert not set(mail_giants()) & (misspelt_mail_domains() | near_mail_domains())


REGISTRABLE = [
    ("acme.fr", "acme.fr"),
    ("www.shop.acme.co.uk", "acme.co.uk"),
    ("ACME.Fr.", "acme.fr"),
    ("xn--mller-kva.ch", "xn--mller-kva.ch"),
    ("a.b.xn--p1ai", "b.xn--p1ai"),
    ("acme.github.io", "acme.github.io"),
    ("www.acme.netlify.app", "acme.netlify.app"),
    ("acme.wordpress.com", "wordpress.com"),
    ("paris.gouv.fr", "paris.gouv.fr"),
    ("www.ck", "www.ck"),
    ("co.uk", ""),
    ("github.io", ""),
    ("com", ""),
    ("gmail.con", ""),
    ("localhost", ""),
    ("192.168.0.1", ""),
    (".acme.fr", ""),
    ("acme..fr", ""),
    (".", ""),
    ("", ""),
]


@pytest.mark.parametrize(("domain", "answer"), REGISTRABLE)
def test_registrable_domain(domain, answer):
    assert registrable_domain(domain) == answer


@given(st.text(st.characters(codec=None), max_size=20) | st.text("a.-xn", max_size=20))
def test_a_registrable_domain_ends_its_domain_and_is_its_own(domain):
    answer = registrable_domain(domain)
    assert domain.lower().rstrip(".").endswith(answer)
    assert registrable_domain(answer) == answer


ROLE_KEYS = [
    ("contact", "contact"),
    ("Service.Client", "serviceclient"),
    ("no-reply", "noreply"),
    ("ne_pas-repondre", "nepasrepondre"),
    ("contact2", "contact"),
    ("info-75", "info"),
    ("Contact+Paris", "contact"),
    ("Service.Client-2+paris", "serviceclient"),
    ("2020", ""),
]


@pytest.mark.parametrize(("local", "key"), ROLE_KEYS)
def test_role_key(local, key):
    assert role_key(local) == key


def test_role_accounts_are_written_as_they_are_compared():
    assert [name for name in role_accounts() if role_key(name) != name] == []
    assert [name for name in dummy_local_parts() | trial_local_parts() if role_key(name) != name] == []


@pytest.mark.parametrize(
    "name",
    (CASES / "role_mailboxes.txt").read_text().split(),
)
def test_role_accounts_of_five_languages(name):
    assert role_key(name) in role_accounts()
