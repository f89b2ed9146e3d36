import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import email
from leadscore.enrichment.email_cleaning import clean_address
from leadscore.enrichment.steps import enrich
from tests.work import QUADRATIC, text_growth

CASES = tomllib.loads((Path(__file__).parent / "cases" / "email.toml").read_text(encoding="utf-8"))["case"]
ISEMAIL = Path("/work/shared/data/email/isemail_open.json")
COLUMNS = [column.name for column in email.MAKES]

pasted = st.sampled_from(
    [
        "jean@acme.fr",
        "JEAN",
        "@",
        "Jean <",
        ">",
        "mailto:",
        '"',
        "'",
        ";",
        ", ",
        "/",
        " ou ",
        "(at)",
        "\n",
        "\u200b",
        "é",
        ".",
        " ",
    ]
)
cells = st.lists(pasted, max_size=6).map("".join) | st.text(max_size=30)


@pytest.fixture(scope="module")
def read(context):
    return email.prepare(context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_email_case(enriched_lead, case):
    made = enriched_lead(email=case["email"])
    assert {name: made[name] for name in COLUMNS} == {
        name: case["gives"].get(name.removeprefix("email_"), "") for name in COLUMNS
    }


@pytest.mark.parametrize("column", [column for column in email.MAKES if column.words], ids=lambda column: column.name)
def test_every_word_is_reached_and_no_other(column):
    reached = {case["gives"].get(column.name.removeprefix("email_"), "") for case in CASES} - {""}
    assert reached == set(column.words) - {"no_mail"}  # that needs a look-up


def isemail(category):
    if not ISEMAIL.exists():
        pytest.skip(f"{ISEMAIL} is not here")
    return [case["address"] for case in json.loads(ISEMAIL.read_text(encoding="utf-8")) if case["category"] == category]


def test_no_address_that_isemail_calls_an_error_is_ok(context):
    made = enrich(pd.DataFrame({"email": isemail("ISEMAIL_ERR")}), context)
    assert "ok" not in set(made["email_validity"])
    assert "unknown" not in set(made["email_validity"])


def test_addresses_that_isemail_calls_valid_are_ok_unless_we_refuse_them_on_purpose(context):
    addresses = isemail("ISEMAIL_VALID_CATEGORY")
    made = enrich(pd.DataFrame({"email": addresses}), context)
    refused = {
        address: reason
        for address, validity, reason in zip(addresses, made["email_validity"], made["email_reason"], strict=True)
        if validity != "ok"
    }
    # A mailbox right below a top-level domain, and a top-level domain that ICANN tried and withdrew.
    assert refused == {"test@io": "domain", "test@xn--hxajbheg2az3al.xn--jxalpdlp": "unknown_tld"}


def test_the_lists_of_the_model_are_the_ones_used(context, enriched_lead):
    lists = {
        "free mail domains": frozenset({"club.example-mail.fr"}),
        "disposable domains": frozenset({"acme.fr"}),
        "role accounts": frozenset({"bureauventes"}),
    }
    own = replace(context, lists=lists)
    assert enriched_lead(own, email="a@x.acme.fr")["email_type"] == "disposable"
    assert enriched_lead(own, email="a@club.example-mail.fr")["email_type"] == "free"
    assert enriched_lead(own, email="a@gmail.com")["email_type"] == "professional"
    assert enriched_lead(own, email="bureau-ventes2@acme.fr")["email_is_role"] is True
    assert enriched_lead(own, email="contact@acme.fr")["email_is_role"] is False


def test_role_is_a_boolean_or_blank(context):
    made = enrich(pd.DataFrame({"email": ["contact@acme.fr", "jean@acme.fr", "", "dupont"]}), context)
    assert [type(cell) for cell in made["email_is_role"]] == [bool, bool, str, bool]


@given(cells)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_address(clean_address(text)) == clean_address(text)


@given(cells)
def test_normalising_twice_is_normalising_once(read, text):
    norm, validity, _, domain, *rest = read(text)
    if validity == "ok":
        assert read(norm) == (norm, "ok", "", domain, *rest)


@given(st.text(st.characters(codec=None), max_size=20))
def test_any_text_gives_words_of_the_closed_lists(read, text):
    for address in (text, f"{text}@acme.fr", f"jean@{text}.fr"):
        answer = dict(zip(COLUMNS, read(address), strict=True))
        for column in email.MAKES:
            assert not column.words or answer[column.name] in {"", *column.words}


@pytest.mark.parametrize("piece", [" ", "\u00a0", "\t", "0", "<", "'", "mailto:", "( ", "@", " @", "a@b.fr;", "."])
def test_a_very_long_cell_takes_no_time(read, piece):
    def read_each(text):
        for cell in (text, f"a{text}b", f"a{text}@b.fr"):
            read(cell)

    assert text_growth(read_each, piece) < QUADRATIC
