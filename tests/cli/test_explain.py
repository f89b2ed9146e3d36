import json
import re

import openpyxl
import pytest

BANDS = [["Band", "From"], ["Hot", 60], ["Warm", 20], ["Cold", ""]]


@pytest.fixture
def book(make, tmp_path):
    return make.book(tmp_path / "book.xlsx", Source=make.leads, Scoring=make.scoring, Bands=BANDS)


def test_a_question_of_other_leads_and_a_failing_example(cli, leads, make, tmp_path):
    rows = [[*row, segment] for row, segment in zip(make.scoring, ["Segment", "Big", "", "", ""], strict=True)]
    model = tmp_path / "model.xlsx"
    make.book(
        model,
        Scoring=rows,
        Segments=[["Segment", "Field", "Operator", "Value"], ["Big", "budget", ">=", "10000"]],
        Examples=[["Country", "expect score"], ["FR", "99"]],
    )
    assert openpyxl.load_workbook(model).sheetnames == ["Scoring", "Segments", "Examples"]

    result = cli("explain", leads, "A2", "-m", model)

    assert result.exit_code == 0
    line = next(line for line in result.stdout.splitlines() if line.startswith("Target country"))
    assert line.split() == ["Target", "country", "+0"]
    assert "  only asked of Big\n" in result.stdout
    assert cli("score", leads, "-m", model).exit_code == 3


def lift(cli, *arguments):
    return json.loads(cli("explain", *arguments, "--json").stdout)["what_would_move_it_up"]


def test_what_would_move_a_lead_up(cli, book):
    text = cli("explain", book, "A2").stdout
    found = lift(cli, book, "A2")

    assert "score 33.3, Warm, rank 2 of 2" in text
    assert "To Hot: no change of up to 3 cells suffices. The best they can do:" in text
    assert '  Budget: from "5000" to 10000 or more (+16.7)\n  -> score 50, Warm\n' in text
    assert (found["goal"], found["reached"], found["score"], found["band"]) == ("Hot", False, 50.0, "Warm")
    assert found["steps"] == [
        {"column": "Budget", "from": "5000", "to": "10000 or more", "value": "10000", "gain": 16.7}
    ]


def test_what_would_get_a_lead_out_of_its_exclusion(cli, book):
    text = cli("explain", book, "A3").stdout
    found = lift(cli, book, "A3")

    assert "Out of the exclusion: change 1 cell.\n" in text
    assert '  E-mail: from "nope" to a valid professional address (+333.3)\n' in text
    assert (found["goal"], found["reached"], found["band"]) == ("not excluded", True, "Cold")


def test_nothing_lifts_a_lead_that_a_person_decided_on(cli, make, tmp_path):
    overrides = [["Lead", "Value", "Reason"], ["A2", 99, "met at the fair"]]
    sheets = {"Source": make.leads, "Scoring": make.scoring, "Bands": BANDS, "Overrides": overrides}
    book = make.book(tmp_path / "book.xlsx", **sheets)

    text = cli("explain", book, "A2").stdout

    assert "Nothing to do: a person decided this score (sheet Overrides); no cell moves it." in text
    assert "override_reason: met at the fair" in text
    assert lift(cli, book, "A2")["steps"] == []


def test_a_lead_in_the_highest_band_needs_nothing(cli, make, tmp_path):
    bands = [["Band", "From"], ["Hot", 40], ["Cold", ""]]
    book = make.book(tmp_path / "book.xlsx", Source=make.leads, Scoring=make.scoring, Bands=bands)

    assert "Nothing to do: the lead is in the highest band." in cli("explain", book, "A1").stdout


def test_days_are_said_in_words_and_blanks_are_not_unknown(cli, make, tmp_path):
    scoring = [
        ["Criterion", "Field", "Operator", "Value", "Points"],
        ["Seen lately", "Last seen", "within days", 30, 50],
        ["Phone", "phone_validity", "is", "ok", 50],
    ]
    leads = [["Name", "Last seen", "Phone"], ["Ann", "", "06 47 31 82 95"], ["Bob", "", ""]]
    bands = [["Band", "From"], ["Hot", 20], ["Cold", ""]]
    book = make.book(tmp_path / "book.xlsx", Source=leads, Scoring=scoring, Bands=bands)

    ann, bob = (cli("explain", book, row, "--as-of", "2026-03-15").stdout for row in ("2", "3"))

    assert "Last seen: from (blank) to a day within the last 30 days, such as 2026-03-15 (+25)" in ann
    unknown = 'phone_validity: unknown (could not be judged) (from Phone "06 47 31 82 95", phone_reason: no_country)'
    assert unknown in " ".join(ann.split())
    assert "phone_validity: (blank) (from Phone (blank), phone_reason: missing)" in bob


def test_a_verdict_on_the_mobile_is_said_to_be_from_it(cli, make, tmp_path):
    leads = [["E-mail", "Phone", "Mobile"], ["ann@acme.fr", "01 99", "+33 6 47 31 82 95"], ["bob@acme.fr", "01 99", ""]]
    scoring = [["Criterion", "Field", "Operator", "Value", "Points"], ["Phone", "phone_validity", "is", "ok", 10]]
    book = make.book(tmp_path / "mobile.xlsx", Source=leads, Scoring=scoring)

    ann, bob = (cli("explain", book, name).stdout for name in ("ann@acme.fr", "bob@acme.fr"))

    assert 'phone_validity: ok (from Mobile "+33 6 47 31 82 95", phone_reason: from_mobile)' in ann
    assert '(from Phone "01 99", phone_reason: ' in bob


def test_explain_without_any_e_mail_columns(cli, make, tmp_path):
    scoring = [row for row in make.scoring if "email_validity" not in row]
    settings = [["Setting", "Value"], ["skip enrichment", "email"]]
    sheets = {"Source": make.leads, "Scoring": scoring, "Settings": settings}
    overrides = [["Lead", "Value", "Reason"], ["ann@acme.fr", 7, "a friend"]]
    book = make.book(tmp_path / "book.xlsx", **sheets, Overrides=overrides)

    result = cli("explain", book, "ann@acme.fr")

    assert result.exit_code == 0, result.stderr
    assert "score 7" in result.stdout


def test_the_page_says_the_same_and_loads_nothing(cli, book, tmp_path):
    page = tmp_path / "ann.html"

    result = cli("explain", book, "A1", "--html", page)
    again = cli("explain", book, "A1", LEADSCORE_EXPLAIN_HTML=str(page))

    text = page.read_text(encoding="utf-8")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Written: {page}\n")
    assert again.exit_code == 0
    assert all(said in text for said in ("Target country", "Country: FR", "Scoring!G2", "+33.33", "To Hot: "))
    assert not re.search(r"<script|https?:|@import|<link|src=", text)
    assert "default-src &#x27;none&#x27;" in text or "default-src 'none'" in text


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("page.txt", "a page ends in .html; page.txt does not", 2),
        ("mine.html", "mine.html is there already and is no page of leadscore; give the page another name", 4),
    ],
)
def test_a_page_replaces_nothing_of_the_users(cli, book, tmp_path, name, said, code):
    (tmp_path / "mine.html").write_text("<p>mine</p>")

    result = cli("explain", book, "A1", "--html", tmp_path / name)

    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"leadscore: {said}\n")
    assert (tmp_path / "mine.html").read_text() == "<p>mine</p>"
