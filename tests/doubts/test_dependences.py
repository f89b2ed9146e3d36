"""What the proof takes for granted of enrichment columns, against what the steps answer."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from leadscore.enrichment import email, phone
from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import enrich
from leadscore.plan.doubts.dependences import DEPENDENCES, VERDICTS, look_of
from leadscore.plan.names import FieldSource
from leadscore.values.cells import text_of

EMAILS = (
    *(
        "",
        "N/A",
        "ann@acme.fr",
        "ANN@Acme.fr ",
        "bob@gmail.com",
        "x@yopmail.com",
        "info@acme.fr",
        "no",
        "no@",
        "a@b.invalidtld",
    ),
    *(
        "test@test.fr",
        "zoé@acme.fr",
        "a@example.com",
        "<ann@acme.fr>",
        "aaa@acme.fr",
        "x@univ-lyon1.fr",
        "x" * 80 + "@a.fr",
    ),
)
PHONES = (
    *(
        "",
        "06 47 31 82 95",
        "+33 6 47 31 82 95",
        "0692 12 34 56",
        "+800 1234 5678",
        "0000000000",
        "12",
        "abc",
        "N/A",
        "3.36E+10",
    ),
    *(
        "+1 202 555 0143",
        "06 47 31 82 95 / 01 42 68 53 00",
        "+33 1",
        "0692 00 00 00 00",
        "+44 20 7946 3812",
        "08 99 70 01 11",
    ),
)


def conforms(emails, phones, countries):
    fields = pd.DataFrame({"email": emails, "phone": phones, "country": countries}, dtype=object)
    made = enrich(fields, Context(date(2026, 3, 1)))
    table = pd.concat([made, fields[["email", "phone"]]], axis=1)
    for verdict, columns in DEPENDENCES.items():
        for column, by_verdict in columns.items():
            for judged, cell in zip(table[verdict], table[column], strict=True):
                assert by_verdict[judged].takes(text_of(cell)), (column, judged, cell)


def test_the_table_holds_for_cells_of_every_kind():
    pairs = [(email, phone, country) for email in EMAILS for phone in PHONES for country in ("", "FR", "RE")]
    conforms(*map(list, zip(*pairs, strict=True)))


@given(
    st.lists(
        st.tuples(
            st.text("ab@. é", max_size=12).map(str.strip) | st.sampled_from(EMAILS).map(str.strip),
            st.text("0123456789+ /", max_size=16).map(str.strip),
            st.sampled_from(["", "FR", "Germany", "RE"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_the_table_holds_for_any_cell(rows):
    conforms(*map(list, zip(*rows, strict=True)))


def test_the_columns_of_the_two_checks_are_in_the_table_with_all_their_verdicts():
    known = {column for columns in DEPENDENCES.values() for column in columns}
    assert {column.name for column in (*email.MAKES, *phone.MAKES)} <= known
    assert all(tuple(row) == VERDICTS for columns in DEPENDENCES.values() for row in columns.values())


def test_a_field_of_the_user_is_bound_to_nothing():
    needs = {"email": FieldSource("email", ("E-mail", "Work email"))}

    assert look_of(FieldSource("Budget", ("Budget",)), needs).verdict == ""
    assert look_of(FieldSource("E-mail", ("E-mail",)), needs).verdict == "email_validity"
    assert look_of(FieldSource("contact", ("E-mail", "Work email")), needs).verdict == "email_validity"
    assert look_of(FieldSource("Work email", ("Work email",)), needs).verdict == ""


def test_a_phone_is_bound_to_nothing_where_the_verdict_may_be_on_the_mobile():
    needs = {"phone": FieldSource("phone", ("Phone",)), "mobile": FieldSource("mobile", ("Mobile",))}

    assert look_of(FieldSource("Phone", ("Phone",)), needs).verdict == ""
    assert look_of(FieldSource("Phone", ("Phone",)), {"phone": needs["phone"]}).verdict == "phone_validity"
