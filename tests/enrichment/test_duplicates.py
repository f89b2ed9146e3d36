import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import duplicates
from leadscore.enrichment.duplicate_keys import LeadKeys, LeadTexts, keys_of, mailbox_of
from leadscore.enrichment.duplicate_links import ALL_PAIRS, REASONS, SHARED_BY, contradict
from leadscore.enrichment.name_likeness import Name
from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import enrich, steps_for
from tests.work import calls_made

CASES = tomllib.loads((Path(__file__).parent / "cases" / "duplicates.toml").read_text(encoding="utf-8"))["case"]
COLUMNS = [column.name for column in duplicates.MAKES]
STEPS = steps_for(COLUMNS)
FRANCE = Context(as_of=date(2026, 11, 21), country="FR")

# Few values, so that many leads have something in common.
names = st.sampled_from(["", "Jean", "Jeanne", "Dupont", "Dupond", "J.", "Le Goff", "Legoff", "Jaen"])
texts = st.fixed_dictionaries(
    {
        "email_norm": st.sampled_from(["", "jean.dupont@acme.fr", "jdupond@acme.fr", "contact@acme.fr", "zou@free.fr"]),
        "phone_e164": st.sampled_from(["", "+33687554433", "+33142685300"]),
        "first_name_norm": names,
        "last_name_norm": names,
        "company_norm": st.sampled_from(["", "acme", "veolys"]) | st.text(max_size=3),
    }
)
leads = st.lists(texts, max_size=10)


def table(rows):
    """The columns that the step needs, with what follows from an address and a number."""
    full = [
        LeadTexts(
            **row,
            email_domain=row["email_norm"].partition("@")[2],
            email_type="professional" if row["email_norm"].endswith("acme.fr") else "",
            email_is_role=row["email_norm"].startswith("contact@"),
            phone_type="mobile" if row["phone_e164"].startswith("+336") else "",
        )
        for row in rows
    ]
    return pd.DataFrame(full, columns=duplicates.NEEDS, dtype=object)


def persons(groups):
    """Who is with whom: the places of the leads of each group."""
    found = {}
    for place, group in groups.items():
        if group:
            found.setdefault(group, set()).add(place)
    return {frozenset(places) for places in found.values()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_duplicates_case(case):
    fields = pd.DataFrame(case["leads"], index=range(2, 2 + len(case["leads"])), dtype=object).fillna("")
    made = enrich(fields, FRANCE, STEPS)
    expected = pd.Series(case["persons"], index=fields.index)
    assert persons(made["duplicate_group"]) == persons(expected)
    assert [reason for reason in made["duplicate_reason"] if reason] == case.get("reasons", [])
    first = {person: row for row, person in reversed(list(expected.items()))}
    assert list(made["duplicate_of"]) == [
        first[person] if person and first[person] != row else "" for row, person in expected.items()
    ]


def test_every_reason_is_reached_and_no_other():
    assert {reason for case in CASES for reason in case.get("reasons", [])} == set(REASONS)


def test_the_first_occurrence_is_told_by_its_row_number():
    fields = pd.DataFrame({"email": ["a.b@acme.fr", "", "a.b@acme.fr", "a.b@acme.fr"]}, index=[2, 3, 5, 9])
    made = enrich(fields, FRANCE, STEPS)
    assert list(made["duplicate_of"]) == ["", "", 2, 2]
    assert list(made["duplicate_group"]) == ["a.b@acme.fr", "", "a.b@acme.fr", "a.b@acme.fr"]


@pytest.mark.parametrize(
    ("leads", "label"),
    [
        ([LeadKeys(email="b@acme.fr", phone="+331"), LeadKeys(email="a@acme.fr", phone="+331")], "a@acme.fr"),
        ([LeadKeys(phone="+332"), LeadKeys(phone="+332")], "+332"),
        ([LeadKeys(name=Name("li", "wei"), companies=("acme",))] * 2, "li wei (acme)"),
        ([LeadKeys(name=Name("li", "wei"), companies=("acme", "@acme.fr"))] * 2, "li wei (acme)"),
    ],
)
def test_a_group_has_a_name_people_can_read(leads, label):
    mobile = [lead._replace(is_mobile=True) for lead in leads]
    assert {group for group, _ in duplicates.memberships(Counter(mobile)).values()} == {label}


def test_two_groups_never_have_one_name():
    shared = [
        LeadKeys(email="contact@acme.fr", is_shared=True, name=name, companies=(company,))
        for name in (Name("anne", "roux"), Name("tony", "masson"))
        for company in ("acme", "veolys")
    ]
    known = duplicates.memberships(Counter(shared))
    assert [known[lead].group for lead in shared] == ["contact@acme.fr"] * 2 + ["contact@acme.fr (2)"] * 2


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("J.Dupont+crm@googlemail.com", "jdupont@gmail.com"),
        ("j.dupont+crm@outlook.fr", "j.dupont@outlook.fr"),
        ("j.dupont+crm@hotmail.co.uk", "j.dupont@hotmail.co.uk"),
        ("j.dupont+crm@icloud.com", "j.dupont@icloud.com"),
        ("j.dupont+crm@proton.me", "j.dupont@proton.me"),
        ("j.dupont+crm@orange.fr", "j.dupont+crm@orange.fr"),
        ("j.dupont+crm@acme.fr", "j.dupont+crm@acme.fr"),
        ("+33612345678@gmail.com", "+33612345678@gmail.com"),
        ("", ""),
    ],
)
def test_the_mailbox_an_address_arrives_in(address, mailbox):
    assert mailbox_of(address) == mailbox
    assert mailbox_of(mailbox) == mailbox


def test_people_who_contradict_each_other():
    dupont = LeadKeys(email="jean.dupont@acme.fr", name=Name("jean", "dupont"))
    dupond = LeadKeys(email="jean.dupond@acme.fr", name=Name("jean", "dupond"))
    assert contradict(dupont, dupond)
    assert contradict(dupont, LeadKeys(name=Name("anne", "roux")))
    assert not contradict(dupont, dupond._replace(email=""))
    assert not contradict(dupont, dupond._replace(email="zou@free.fr"))
    assert not contradict(dupont, LeadKeys(email="zou@free.fr"))


@given(leads, st.randoms(use_true_random=False))
def test_permuting_rows_permutes_groups(rows, random):
    fields = table(rows)
    order = random.sample(list(fields.index), len(fields))
    made, mixed = duplicates.run(fields, FRANCE), duplicates.run(fields.loc[order], FRANCE)
    same = ["duplicate_group", "duplicate_reason"]
    pd.testing.assert_frame_equal(mixed.loc[list(fields.index), same], made[same])


@given(leads)
def test_grouping_is_an_equivalence_and_each_group_has_one_first_lead(rows):
    made = duplicates.run(table(rows), FRANCE)
    for group, members in made[made["duplicate_group"] != ""].groupby("duplicate_group"):
        assert len(members) > 1, group
        first = members.index[0]
        assert list(members["duplicate_of"]) == ["", *[first] * (len(members) - 1)]
    assert ((made["duplicate_group"] == "") == (made["duplicate_reason"] == "")).all()
    assert set(made["duplicate_reason"]) <= {"", *REASONS}


@given(leads, st.integers(0, 10))
def test_an_unrelated_lead_changes_nothing(rows, place):
    unrelated = {"email_norm": "paul.ravel@ceramix.fr", "phone_e164": "+33142685399", "company_norm": "ceramix"}
    unrelated |= {"first_name_norm": "Paul", "last_name_norm": "Ravel"}
    more = [*rows[:place], unrelated, *rows[place:]]
    alone, among = duplicates.run(table(rows), FRANCE), duplicates.run(table(more), FRANCE)
    added = min(place, len(rows))
    columns = ["duplicate_group", "duplicate_reason"]
    assert among.loc[added].tolist() == ["", "", ""]
    assert among.drop(index=added)[columns].to_numpy().tolist() == alone[columns].to_numpy().tolist()


@given(leads)
def test_a_lead_written_twice_is_a_duplicate_where_it_tells_who_it_is(rows):
    fields = table(rows)
    twice = duplicates.run(pd.concat([fields, fields], ignore_index=True), FRANCE)
    groups = twice["duplicate_group"].tolist()
    for lead, group, again in zip(rows, groups, groups[len(rows) :], strict=False):
        if lead["email_norm"] or lead["phone_e164"]:
            assert group == again != ""


@given(st.builds(LeadTexts, *[st.text(max_size=12)] * len(LeadTexts._fields)))
def test_any_text_has_keys(lead):
    keys = keys_of(lead)
    assert duplicates.memberships(Counter([keys])) == {}
    duplicates.memberships(Counter([keys, keys]))


def people(count, **same):
    """Leads that have in common only what is said."""
    return [
        {
            "email_norm": f"person{place}@mail{place}.fr",
            "phone_e164": f"+336{place:08d}",
            "first_name_norm": f"Jean{place}",
            "last_name_norm": f"Roy{place}",
            "company_norm": f"acme{place}",
        }
        | same
        for place in range(count)
    ]


def test_more_names_than_are_compared_in_all_pairs():
    count = 10 * ALL_PAIRS
    rows = people(count, company_norm="acme", first_name_norm="Jean")
    rows = [
        row | {"last_name_norm": f"{chr(97 + place % 26) * 3}{chr(97 + place // 26) * 3}"}
        for place, row in enumerate(rows)
    ]
    rows += [
        people(1, company_norm="acme", first_name_norm="Jean", last_name_norm=name)[0]
        | {"email_norm": "", "phone_e164": ""}
        for name in ("Wojciechowski", "Wojcechowski")
    ]
    made = duplicates.run(table(rows), FRANCE)
    assert list(made["duplicate_reason"][count:]) == ["similar_name_company"] * 2


def test_a_phone_that_very_many_share_links_equal_names_only():
    rows = people(SHARED_BY + 1, phone_e164="+33142685300")
    again = rows[0] | {"email_norm": "", "company_norm": ""}
    made = duplicates.run(table([*rows, again, again | {"first_name_norm": "", "last_name_norm": ""}]), FRANCE)
    assert list(made["duplicate_reason"].iloc[[0, 1, -2, -1]]) == ["same_phone", "", "same_phone", ""]


@pytest.mark.parametrize(
    "same",
    [
        {"company_norm": "acme"},
        {"company_norm": "acme", "first_name_norm": "Jean"},
        {"company_norm": "acme", "first_name_norm": "Jean", "last_name_norm": "Dupont"},
        {"first_name_norm": "Jean", "last_name_norm": "Dupont"},
        {"phone_e164": "+33142685300"},
        {"email_norm": "contact@acme.fr"},
        {"email_norm": "zou@free.fr"},
    ],
    ids=" ".join,
)
def test_a_block_of_any_size_is_no_quadratic_cost(same):
    few, many = (calls_made(duplicates.run, table(people(size, **same)), FRANCE) for size in (200, 800))
    assert many < 6 * few  # 16 times, were all pairs looked at
