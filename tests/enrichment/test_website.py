import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import website

CASES = tomllib.loads((Path(__file__).parent / "cases" / "website.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = ("norm", "domain", "match", "company_domain")
pieces = st.sampled_from(
    [
        *("http://", "HTTPS:", "//", "\\", "www.", "acme", ".fr", ".co.uk", "/", "?", "#", "utm_source=x", "&", "id=1"),
        *(":80", ":443", ":8080", " ", "@", "é", "..", "-", "facebook.com", "(", ")", "192.168.1.1", "xn--"),
    ]
)
sites = st.lists(pieces, max_size=8).map("".join) | st.text(max_size=30)


@pytest.fixture(scope="module")
def read(context):
    return website.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_website_case(read, case):
    made = read(*(case.get(need, "") for need in website.NEEDS))
    assert dict(zip(COLUMNS, made, strict=True)) == {name: case["gives"].get(name, "") for name in COLUMNS}


def test_the_columns_of_the_e_mail_are_those_it_needs(enriched_lead):
    made = enriched_lead(website="shop.acme.fr", email="Jean@mail.acme.fr")
    assert (made["domain_match"], made["company_domain"]) == ("ok", "acme.fr")


def test_the_lists_of_the_run_decide_what_is_anybodys(context):
    village = replace(context, lists={"free mail domains": frozenset({"village.fr"})})
    assert website.prepare(village)("www.village.fr", "", "", "", "").company_domain == ""
    assert website.prepare(village)("www.orange.fr", "", "", "", "").company_domain == "orange.fr"


@given(sites)
def test_an_address_written_again_is_the_same(read, text):
    made = read(text, "", "", "", "")
    if made.norm:
        assert read(made.norm, "", "", "", "")[:2] == made[:2]


@given(sites, sites, st.sampled_from(["", "free", "professional"]), st.sampled_from(["", "acme.fr"]))
def test_any_text_is_read(read, text, email, email_type, email_domain):
    made = read(text, email, email_type, email_domain, "")
    assert made.match in {"", "ok", "fail", "unknown"}
    assert (made.match == "") == (not text and not email)
    assert made.norm or not made.domain


@pytest.mark.parametrize(
    "text", ["a." * 50_000, "http:" * 20_000, "/" * 100_000, "a?" + "utm_a&" * 16_000, "x " * 50_000]
)
def test_a_very_long_text_is_no_address(read, text):
    assert read(text, "", "", "", "").norm == ""
