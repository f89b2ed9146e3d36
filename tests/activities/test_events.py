"""Rows of activities -> events of leads; whatever is no event is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.values.cells import CellError, ShownNumber

HEADS = ["Lead", "E-mail", "Activity", "Date", "Count", "Event id", "Product", "Link"]
FRENCH = [
    "Identifiant du lead",
    "Adresse e-mail",
    "Activité",
    "Date de l'activité",
    "Nombre",
    "Id événement",
    "Produit",
    "Lien",
]
DAY = "2026-03-21"  # ten days before the run


def row(lead="A1", email="", activity="Visit", date=DAY, count="", event_id="", product="", link=""):
    return [lead, email, activity, date, count, event_id, product, link]


@pytest.mark.parametrize("heads", [HEADS, FRENCH])
def test_an_activity_of_a_lead(found_in, show, heads):
    found = found_in([heads, row(count="3", product="Pro")])

    assert show.events(found) == [(0, "Visit", 10, 3)]
    assert [found.events.products[code] for code in found.events.product] == ["Pro"]
    assert str(found.place(0)) == f"Activities, row 2, column {heads[2]}"
    assert found.counts == {"rows": 1, "used": 1, "events": 1}
    assert found.issues == ()


@pytest.mark.parametrize(
    ("lead", "email", "leads"),
    [
        ("a2", "", [1]),
        ("", "ann@acme.fr", [0, 3]),
        ("", "ANN@ACME.FR ", [0, 3]),
        ("", "mailto:bob@acme.fr", [1]),
        ("", "Bob <bob@acme.fr>", [1]),
        ("ann@acme.fr", "", [0, 3]),
        ("Z9", "bob@acme.fr", [1]),
        ("A1", "ann@acme.fr", [0]),
    ],
)
def test_the_id_else_the_email(found_in, lead, email, leads):
    found = found_in([HEADS, row(lead=lead, email=email)])

    assert found.events.lead.tolist() == leads
    assert found.issues == ()


def test_an_id_of_one_lead_with_the_email_of_another(found_in):
    found = found_in([HEADS, row(lead="A1", email="bob@acme.fr")])

    assert found.events.lead.tolist() == [0]
    assert [str(issue) for issue in found.issues] == [
        (
            "Activities, row 2, column Lead: activities whose id is one lead's and whose e-mail another's: 1 (rows 2); "
            'the id decides; if it is that of the activity, head its column "Event id" [activity-two-leads]'
        )
    ]


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (
            row(lead=""),
            "column Lead: activities without an id and an e-mail: 1 (rows 3); they do not count; say whose they are",
        ),
        (
            row(lead="Z9", email="zoe@nowhere.fr"),
            (
                "column Lead: activities whose id or e-mail no lead has: 1 (rows 3); "
                "they do not count; that is right where the sheet holds only some of the leads"
            ),
        ),
        (
            row(activity=" \u0301"),
            (
                "column Activity: activities that do not say what was done: 1 (rows 3); "
                "they do not count; fill in the cells"
            ),
        ),
        (row(date=""), "column Date: activities without a date: 1 (rows 3); they do not count; fill in the cells"),
        (
            row(date="soon"),
            (
                'column Date: activities with a date that is none, such as "soon": 1 (rows 3); '
                "they do not count; use real dates, or write 2026-03-01"
            ),
        ),
        (
            row(date="2026-04-01"),
            (
                'column Date: activities after the day of the run, such as "2026-04-01": 1 (rows 3); '
                "they do not count before that day; --as-of gives another"
            ),
        ),
        (row(count="0"), 'column Count: activities that happened "0" times: 1 (rows 3); nothing done does not count'),
        (row(count="-2"), 'column Count: activities that happened "-2" times: 1 (rows 3); nothing done does not count'),
    ],
)
def test_what_is_no_event_is_told(found_in, bad, sentence):
    found = found_in([HEADS, row(), bad, row()])

    assert len(found.events.lead) == 2
    assert [str(issue).rpartition(" [")[0] for issue in found.issues] == [f"Activities, row 3, {sentence}"]
    assert not any("zoe" in str(issue) for issue in found.issues)


@pytest.mark.parametrize(
    ("count", "read", "told"),
    [
        ("", 1, []),
        (4, 4, []),
        ("2,0", 2, []),
        (2.5, 2.5, []),
        ("many", 1, ["activity-count-unreadable"]),
        ("2-4", 1, ["activity-count-unreadable"]),
        ("2026-03-01", 1, ["activity-count-unreadable"]),
        ("33612345678", 1, ["activity-count-unreadable"]),
    ],
)
def test_counts(found_in, show, count, read, told):
    found = found_in([HEADS, row(count=count)])

    assert found.events.count.tolist() == [read]
    assert [code for code, _ in show.issues(found)] == told


@pytest.mark.parametrize(
    ("date", "zone", "age"),
    [
        ("2026-03-31", "", 0),
        (dt.date(2026, 3, 30), "", 1),
        (dt.datetime.fromisoformat("2026-03-30 23:59"), "", 1),
        ("28/02/2024", "", 762),
        ("29/02/2024", "", 761),
        ("2026-03-30T22:30:00Z", "Europe/Paris", 0),
        ("2026-03-30T22:30:00Z", "America/New_York", 1),
        ("2026-03-31T01:30:00+02:00", "", 0),
    ],
)
def test_an_age_is_a_difference_of_calendar_days(found_in, date, zone, age):
    assert found_in([HEADS, row(date=date)], zone=zone).events.age.tolist() == [age]


@pytest.mark.parametrize(
    ("dates", "language", "ages", "told"),
    [
        (["03/02/2026", "13/02/2026"], "en", [56, 46], []),
        (["03/02/2026", "02/13/2026"], "fr", [29, 46], []),
        (["03/02/2026", ""], "en", [29], ["day-order-undecided"]),
        (["03/02/2026", ""], "fr", [56], ["day-order-undecided"]),
    ],
)
def test_the_column_tells_the_order_of_day_and_month_else_the_language(found_in, show, dates, language, ages, told):
    found = found_in([HEADS, *(row(date=date) for date in dates)], language=language)

    assert found.events.age.tolist() == ages
    assert [code for code, _ in show.issues(found) if code != "activity-undated"] == told


def test_rows_with_one_event_id_count_once_for_each_lead(found_in, show):
    rows = [row(event_id="e1"), row(event_id="e1", activity="Other"), row(lead="A2", event_id="e1"), row(), row()]
    found = found_in([HEADS, *rows])

    assert show.events(found) == [(0, "Visit", 10, 1), (1, "Visit", 10, 1), (0, "Visit", 10, 1), (0, "Visit", 10, 1)]
    assert show.issues(found) == [("activity-twice", 3)]


def test_a_row_that_does_not_count_takes_no_event_id(found_in):
    assert found_in([HEADS, row(event_id="e1", date="soon"), row(event_id="e1")]).events.age.tolist() == [10]


def test_texts_that_differ_only_in_case_and_accents_are_one(found_in):
    texts = ["Démo", "DEMO", "demo ", "Visit"]
    events = found_in([HEADS, *(row(activity=text, product=text) for text in texts)]).events

    assert (events.texts, events.activity.tolist()) == (("Démo", "Visit"), [0, 0, 0, 1])
    assert (events.products, events.product.tolist()) == (("", "Démo", "Visit"), [1, 1, 1, 2])


@pytest.mark.parametrize(("date", "is_early"), [("14/03/2026", True), ("15/03/2026", False), ("16/03/2026", False)])
def test_activities_before_the_day_a_lead_was_recycled_are_early(found_in, date, is_early):
    found = found_in([HEADS, row(lead="A2", date=date), row(lead="A1", date=date)])

    assert found.events.is_early.tolist() == [is_early, False]


@pytest.mark.parametrize(
    ("heading", "fields"),
    [("Recyclé le", ()), ("recycled_at", ()), ("Rendu le", ({"field": "Recycled at", "column": "Rendu le"},))],
)
def test_the_column_of_that_day(found_in, heading, fields):
    leads = {"Id": ["A1", "A2"], heading: [dt.date(2026, 3, 22), "jamais"]}
    found = found_in([HEADS, row(), row(lead="A2")], leads=leads, fields=fields)

    assert found.events.is_early.tolist() == [True, False]
    assert [(issue.code, issue.value, issue.place.heading) for issue in found.issues] == [
        ("date-unreadable", "jamais", heading)
    ]


def test_a_lead_that_will_be_recycled_after_the_run_is_not_yet(found_in):
    found = found_in([HEADS, row(lead="A2", date="2026-03-01")], as_of=dt.date(2026, 3, 14))

    assert found.events.is_early.tolist() == [False]


SCAN = [row(activity="Click", link=link, date=f"2026-03-21 10:00:0{second}") for second, link in enumerate("abc")]


@pytest.mark.parametrize(
    ("leave_out", "events", "code"), [(True, 1, "activity-robot"), (False, 4, "activity-robot-kept")]
)
def test_robots(found_in, show, leave_out, events, code):
    found = found_in([HEADS, row(date="2026-03-21 10:02:00"), *SCAN], robots=leave_out)

    assert len(found.events.lead) == events
    assert found.is_robot.tolist() == ([False] if leave_out else [False, True, True, True])
    assert show.issues(found) == [(code, 3)]
    assert "3 (rows 3, 4, 5)" in str(found.issues[0])


@pytest.mark.parametrize(
    "rows",
    [
        [row(activity=name, date="2026-03-21") for name in "abc"],
        [row(activity=name, date=dt.datetime.fromisoformat("2026-03-21")) for name in "abc"],
        [row(activity=name, date="2026-03-21 10:00") for name in "abc"],
        [row(activity="Click", date=f"2026-03-21 10:00:0{second}") for second in range(9)],
        [row(lead=f"A{number}", activity="abc"[number - 1], date="2026-03-21 10:00:01") for number in (1, 2, 3)],
        # A clock without seconds: every one of these could be a minute apart.
        [
            row(activity=name, date=dt.datetime.fromisoformat(f"2026-03-21 0{hour}:05"))
            for hour in range(1, 9)
            for name in "abc"
        ],
    ],
)
def test_what_is_no_robot(found_in, rows):
    found = found_in([HEADS, *rows], robots=True)

    assert (len(found.events.lead), found.issues) == (len(rows), ())


def test_shared_mailboxes(found_in, show):
    rows = [HEADS, row(lead="A3"), row(lead="A4")]

    assert show.events(found_in(rows)) == [(2, "Visit", 10, 1), (3, "Visit", 10, 1)]
    found = found_in(rows, roles=True)
    assert show.events(found) == [(3, "Visit", 10, 1)]
    assert show.issues(found) == [("activity-role", 2)]


def test_many_rows_are_told_once_with_the_first_of_them(found_in):
    found = found_in([HEADS, *(row(lead="Z9") for _ in range(1200))])

    assert len(found.issues) == 1
    assert "1200 (rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 1,190 more)" in str(found.issues[0])


def test_blank_rows_are_no_activities(found_in):
    found = found_in([HEADS, row(), [""] * 8, [None, float("nan"), " ", "\u200b", "", "", "", ""], row()])

    assert (len(found.events.lead), found.counts["rows"], found.issues) == (2, 2, ())


def test_no_activities_at_all(found_in):
    found = found_in([HEADS])

    assert (len(found.events.lead), found.events.texts, found.events.products) == (0, (), ("",))


cells = st.one_of(
    st.sampled_from(
        ["A1", "a2", "ann@acme.fr", "Visit", "2026-03-01", "01/03/2026 10:00:05", "2027-01-01", "e1", 3, "0"]
    ),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.times(),
    st.timedeltas(),
    st.sampled_from([CellError("#N/A"), ShownNumber(1.0, "0001", "0000"), ShownNumber(1.0, "1.0 %", "0.0%")]),
)


@given(st.lists(st.lists(cells, min_size=8, max_size=8), max_size=8), st.booleans())
def test_any_cells_at_all_and_every_row_is_an_event_or_told(found_in, rows, leave_out):
    found = found_in([HEADS, *rows], robots=leave_out, roles=leave_out, zone="Europe/Paris")
    left_out = {"activity-of-nobody", "activity-unmatched", "activity-nameless", "activity-undated", "activity-future"}
    left_out |= {"activity-date-unreadable", "activity-never", "activity-twice", "activity-robot", "activity-role"}
    told = sum(issue.details["count"] for issue in found.issues if issue.code in left_out)

    assert found.counts["used"] <= found.counts["rows"] <= found.counts["used"] + told
    assert (found.events.age >= 0).all()
    assert (found.events.count > 0).all()
    assert all(str(issue) for issue in found.issues)


@given(
    st.lists(st.sampled_from([row(), row(lead="A2"), row(lead="Z9"), row(date="soon"), *SCAN]), max_size=12),
    st.randoms(),
)
def test_the_order_of_rows_never_matters(found_in, show, rows, random):
    once = sorted(show.events(found_in([HEADS, *rows], robots=True)))
    random.shuffle(rows)

    assert sorted(show.events(found_in([HEADS, *rows], robots=True))) == once
