"""leadscore report: a page about a results file, and nothing else touched."""

import re

import pytest

PEOPLE = ("Ann", "Bob", "Zoe", "acme", "gmail", "647318295", "06 47")


@pytest.fixture
def scored(cli, workbook):
    """The results of the small workbook."""
    assert cli("score", workbook, "--as-of", "2026-11-21", "-q").exit_code == 0
    return workbook.with_name("leads-scored.xlsx")


def text_of(path):
    return path.read_text(encoding="utf-8")


def test_the_page_stands_beside_the_results(cli, scored, files_in):
    before = scored.read_bytes()

    result = cli("report", scored)

    page = scored.with_name("leads-scored.html")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Written: {page}\n")
    assert files_in() == ["leads-scored.html", "leads-scored.xlsx", "leads.xlsx"]
    assert scored.read_bytes() == before
    assert "scored by leads.xlsx as of 21 November 2026" in text_of(page)
    assert not [one for one in PEOPLE if one in text_of(page)]


def test_equal_runs_give_equal_bytes(cli, scored, tmp_path):
    for name in ("a.html", "b.html"):
        assert cli("report", scored, "-o", tmp_path / name).exit_code == 0

    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_leads_are_listed_where_they_are_asked_for(cli, scored):
    assert cli("report", scored, "--with-leads").exit_code == 0

    page = text_of(scored.with_suffix(".html"))
    rows = re.findall(r'<th scope="row" class="name">(\d+)</th><td class="number">([\d.]+)</td>', page)
    assert rows == [("2", "50.0"), ("3", "33.3")]
    assert "ann@acme.fr" in page
    assert "Zoe" not in page
    assert "This page holds personal data" in page


def test_the_page_speaks_the_language_of_the_workbook_or_the_one_asked_for(cli, french_workbook, leads, model):
    cli("score", french_workbook, "-q")
    cli("score", leads, "-m", model, "-q")

    def page(file, *options):
        assert cli("report", file, *options).exit_code == 0
        return text_of(file.with_suffix(".html"))

    french, csv = french_workbook.with_name("prospects-scored.xlsx"), leads.with_name("leads-scored.csv")
    assert '<html lang="fr">' in page(french)
    assert "Score moyen" in page(french)
    assert '<html lang="en">' in page(french, "--lang", "en")
    assert "Mean score" in page(csv)
    assert "Score moyen" in page(csv, "--lang", "fr")
    assert "Un fichier CSV ne contient que" in page(csv, "--lang", "fr")


def test_variables(cli, scored, tmp_path):
    result = cli(
        "report", scored,
        LEADSCORE_REPORT_OUTPUT=str(tmp_path / "x.html"), LEADSCORE_WITH_LEADS="1", LEADSCORE_LANG="fr",
    )  # fmt: skip

    assert result.exit_code == 0
    assert "Les meilleurs prospects" in text_of(tmp_path / "x.html")


def test_a_page_of_ours_is_replaced_and_no_other_file(cli, scored, tmp_path):
    foreign = tmp_path / "mine.html"
    foreign.write_text("<h1>mine</h1>")
    cli("report", scored, "-o", tmp_path / "ours.html")

    assert cli("report", scored, "-o", tmp_path / "ours.html", "--lang", "fr").exit_code == 0
    refused = cli("report", scored, "-o", foreign)

    assert '<html lang="fr">' in text_of(tmp_path / "ours.html")
    assert (refused.exit_code, refused.stdout, foreign.read_text()) == (4, "", "<h1>mine</h1>")
    assert refused.stderr.startswith("leadscore: mine.html ")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("leads.xlsx",), 4, "is no results file: it has no sheet Results; give the file that `leadscore score` wrote"),
        (("nothing.xlsx",), 4, "does not exist; check its name and folder"),
        (("leads.ods",), 2, "is no format of results; give a file in .xlsx, .xlsm or .csv"),
        (("leads.xlsx", "-o", "page.pdf"), 2, "page.pdf"),
    ],
)
def test_what_is_refused_is_one_sentence(cli, workbook, monkeypatch, arguments, code, sentence, files_in):
    monkeypatch.chdir(workbook.parent)

    result = cli("report", *arguments)

    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert files_in() == ["leads.xlsx"]
