import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import account
from leadscore.enrichment.steps import enrich

FIELDS = ("company", "website", "email", "account")


def accounts(context, *rows):
    """The account and the number of its leads, of leads given as company, website, e-mail, account."""
    leads = pd.DataFrame([dict(zip(FIELDS, row, strict=False)) for row in rows], dtype=object).fillna("")
    made = enrich(leads, context)
    return list(zip(made["account_key"], made["company_lead_count"], strict=True))


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("the website", [("Acme", "www.acme.fr", "a@gmail.com")], [("acme.fr", 1)]),
        ("else the e-mail", [("Acme", "", "a@mail.acme.fr")], [("acme.fr", 1)]),
        ("the website before the e-mail", [("Acme", "acme.com", "a@acme.fr")], [("acme.com", 1)]),
        ("else the name", [("SAS Acme", "", "a@gmail.com"), ("acme", "", "")], [("acme", 2), ("acme", 2)]),
        ("the account given before all", [("Acme", "acme.fr", "", "C-1"), ("x", "", "", "c-1")], [("c-1", 2)] * 2),
        ("a number as account", [("Acme", "acme.fr", "", "1")], [("1", 1)]),
        ("a slip for a giant is no company", [("", "", "a@orang.fr")], [("", "")]),
        ("a dash is no account", [("Acme", "acme.fr", "", "-")], [("acme.fr", 1)]),
        ("a name joins its domain", [("Acme", "acme.fr", ""), ("ACME SAS", "", "a@gmail.com")], [("acme.fr", 2)] * 2),
        (
            "a name that two domains bear joins none",
            [("Acme", "acme.fr", ""), ("Acme", "acme.com", ""), ("Acme", "", "")],
            [("acme.fr", 1), ("acme.com", 1), ("acme", 1)],
        ),
        (
            "a guessed name is borne by nobody",
            [("", "", "a@acme.fr"), ("Acme", "", "")],
            [("acme.fr", 1), ("acme", 1)],
        ),
        (
            "a lead with an account given is of no domain account",
            [("Acme", "acme.fr", "", "C-1"), ("Acme", "", "")],
            [("c-1", 1), ("acme", 1)],
        ),
        ("a free mailbox is no account", [("", "", "a@gmail.com"), ("", "", "b@gmail.com")], [("", "")] * 2),
        ("nor is a provider's site", [("", "orange.fr", "a@orange.fr")], [("", "")]),
        ("nor a throw-away mailbox", [("", "", "a@yopmail.com")], [("", "")]),
        ("nor a page at a network", [("", "https://linkedin.com/company/acme", "")], [("", "")]),
        ("a school", [("", "", "a@etu.univ-lyon1.fr"), ("", "", "b@univ-lyon1.fr")], [("univ-lyon1.fr", 2)] * 2),
        (
            "a ministry",
            [("", "", "a@interieur.gouv.fr"), ("", "", "b@justice.gouv.fr")],
            [("interieur.gouv.fr", 1), ("justice.gouv.fr", 1)],
        ),
        (
            "placeholders are no account",
            [
                (name, "", "")
                for name in ("indépendant", "-", "n/a", "Aucun", "Particulier", "Freelance", "SARL", "???")
            ],
            [("", "")] * 8,
        ),
        ("a freelance with a domain has one", [("Freelance", "", "a@durand.fr")], [("durand.fr", 1)]),
        (
            "a placeholder joins no domain",
            [("Freelance", "durand.fr", ""), ("Freelance", "", "")],
            [("durand.fr", 1), ("", "")],
        ),
        ("nothing at all", [("", "", "")], [("", "")]),
    ],
)
def test_accounts(context, name, rows, expected):
    assert accounts(context, *rows) == expected


names = st.sampled_from(["acme", "dupont", "freelance", "sa", "n a", ""])
domains = st.sampled_from(["acme.fr", "acme.com", ""])
rows = st.lists(
    st.tuples(names, domains, st.sampled_from([False, True, ""]), st.sampled_from(["", "", "C-1"])), max_size=8
)


@given(rows, st.integers(0, 8), st.randoms(use_true_random=False))
def test_parts_of_a_table_give_what_the_whole_gives(context, rows, cut, random):
    whole = pd.DataFrame(rows, columns=list(account.NEEDS), dtype=object)
    parts = [whole.iloc[:cut], whole.iloc[cut:]]
    random.shuffle(parts)

    domain_of = account.merge(account.gather(part) for part in parts)
    keys = pd.concat([account.account_keys(part, domain_of) for part in parts]).sort_index()

    made = account.run(whole, context)
    assert domain_of == account.gather(whole)
    assert keys.tolist() == made["account_key"].tolist()


@given(rows)
def test_the_count_is_that_of_the_key(context, rows):
    made = account.run(pd.DataFrame(rows, columns=list(account.NEEDS), dtype=object), context)
    keys = made["account_key"].tolist()
    assert made["company_lead_count"].tolist() == [keys.count(key) if key else "" for key in keys]


def test_the_count_is_an_integer_and_the_index_may_repeat(context):
    leads = pd.DataFrame(
        [("acme", "acme.fr", False, "")] * 3, columns=list(account.NEEDS), index=[9, 2, 9], dtype=object
    )
    made = account.run(leads, context)
    assert list(made.index) == [9, 2, 9]
    assert [type(count) for count in made["company_lead_count"]] == [int] * 3
