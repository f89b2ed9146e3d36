import pytest

from leadscore.reference import (
    TERRITORIES,
    country_code,
    country_names,
    domain_country,
    sellers_country,
    top_level_domains,
)
from leadscore.reference.files import entries
from leadscore.values.folding import name_key

CASES = [
    ("FR", "FR"),
    ("fr", "FR"),
    ("FRA", "FR"),
    ("France", "FR"),
    (" france ", "FR"),
    ("FRANCE", "FR"),
    ("la France", "FR"),
    ("Frankreich", "FR"),
    ("Francia", "FR"),
    ("Frankrijk", "FR"),
    ("França", "FR"),
    ("UK", "GB"),
    ("GB", "GB"),
    ("Royaume-Uni", "GB"),
    ("royaume uni", "GB"),
    ("England", "GB"),
    ("Angleterre", "GB"),
    ("Scotland", "GB"),
    ("USA", "US"),
    ("U.S.A.", "US"),
    ("US", "US"),
    ("États-Unis", "US"),
    ("Etats Unis d'Amérique", "US"),
    ("Etats Unis d’Amérique", "US"),
    ("les États-Unis", "US"),
    ("The Netherlands", "NL"),
    ("Hollande", "NL"),
    ("RFA", "DE"),
    ("l'Allemagne", "DE"),
    ("La Réunion", "RE"),
    ("Réunion", "RE"),
    ("REUNION", "RE"),
    ("Suisse romande", "CH"),
    ("CH", "CH"),
    ("Schweiz", "CH"),
    ("Czech Republic", "CZ"),
    ("Tchéquie", "CZ"),
    ("Russie", "RU"),
    ("NA", "NA"),
    ("Namibie", "NA"),
    ("EL", "GR"),
    ("Côte d’Ivoire", "CI"),
    ("Congo", "CG"),
    ("RDC", "CD"),
    ("Turkey", "TR"),
    ("Kosovo", "XK"),
    ("Lesotho", "LS"),
    ("", ""),
    ("Atlantis", ""),
    ("la", "LA"),
    ("ZZ", ""),
    ("EU", ""),
    ("Россия", ""),
    ("?", ""),
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_country_code(text, code):
    assert country_code(text) == code


def test_every_name_and_code_gives_its_country():
    for code, names in country_names().items():
        assert country_code(code) == code
        assert {country_code(name) for name in names.values()} == {code}


def test_no_alias_contradicts_another_country():
    named = {name_key(text): code for code, names in country_names().items() for text in (code, *names.values())}
    aliases = [line.rpartition(",") for line in entries("country_aliases.csv")[1:]]
    assert [alias for alias, _, code in aliases if named.get(name_key(alias), code) != code] == []
    assert {code for *_, code in aliases} <= set(country_names())


def test_territories_fold_into_the_country_a_seller_means():
    french = dict.fromkeys(["GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"], "FR")
    others = {"GG": "GB", "JE": "GB", "IM": "GB", "AX": "FI", "SJ": "NO"}
    folded = french | others
    assert {code: sellers_country(code) for code in country_names() if sellers_country(code) != code} == folded
    assert {code for codes in TERRITORIES.values() for code in codes} == set(folded)
    assert sellers_country("") == ""


@pytest.mark.parametrize(
    ("domain", "code"),
    [
        ("acme.fr", "FR"),
        ("www.acme.de", "DE"),
        ("acme.co.uk", "GB"),
        ("acme.com.au", "AU"),
        ("acme.re", "RE"),
        ("acme.us", "US"),
        ("acme.na", "NA"),
        ("xn--e1afmkfd.xn--p1ai", "RU"),
        ("acme.com", ""),
        ("acme.paris", ""),
        ("acme.eu", ""),
        ("acme.io", ""),
        ("acme.co", ""),
        ("acme.tv", ""),
        ("acme.me", ""),
        ("acme.ai", ""),
        ("acme.gg", ""),
        ("acme.zz", ""),
        ("fr", "FR"),
        ("acme.", ""),
        ("", ""),
    ],
)
def test_domain_country(domain, code):
    assert domain_country(domain) == code


def test_exceptional_domains_exist_and_so_do_their_countries():
    rows = [line.split(",") for line in entries("country_tlds.csv")[1:]]
    assert [tld for tld, _ in rows if tld not in top_level_domains()] == []
    assert [code for _, code in rows if code and code not in country_names()] == []
