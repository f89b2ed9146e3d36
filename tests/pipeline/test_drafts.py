"""Which model a run goes by, and what is told of it: none, a wrong one, one whose warnings must not be lost."""

import pytest

from leadscore.pipeline import files

BROKEN = [["Criterion", "Field", "Operator", "Value", "Points"], ["Budget", "budget", ">", 1, "x"]]


def test_enrich_reads_the_sheet_it_is_told_and_reads_once(cli, tmp_path, make, read, monkeypatch):
    source, readings = make.book(tmp_path / "res.xlsx", Results=make.leads), []
    monkeypatch.setattr(
        files, "read_source", lambda *args, of=files.read_source, **kw: readings.append(1) or of(*args, **kw)
    )

    result = cli("enrich", source, "--sheet", "Results", "-q")

    assert (result.exit_code, result.stderr, len(readings)) == (0, "", 1)
    assert len(read.sheet(tmp_path / "res-enriched.xlsx", "Enriched")) == 4


def test_score_without_a_model_says_so_after_it_has_read_as_told(cli, tmp_path, make):
    source = make.book(tmp_path / "res.xlsx", Results=make.leads)

    told, absent = cli("score", source, "--sheet", "Results"), cli("score", source, "--sheet", "Nowhere")

    assert told.exit_code == 2
    assert told.stderr.startswith("leadscore: no model: res.xlsx has no sheet Scoring; give one with -m MODEL, or ")
    assert absent.exit_code == 4


def test_enrich_tells_a_wrong_command_even_without_a_model(cli, leads, files_in):
    assert cli("enrich", leads, "--as-of", "tomorrow").exit_code == 2
    assert files_in() == ["leads.csv"]


@pytest.mark.parametrize(
    "sheets",
    [
        {"Scoring": BROKEN},
        {"Scoring": BROKEN[:1]},
        {"Bands": [["Band", "From"], ["Hot", "high"]]},
        {"Segments": [["Segment", "Field", "Operator", "Value"], ["Big", "no such field", "iz", "x"]]},
        {"Overrides": [["Lead", "Value", "Reason"], ["A1", "Hotter", "because"]]},
        {"Examples": [["Budget", "expect band"], ["1", "Hot"]]},
    ],
)
def test_enrich_goes_on_where_only_scoring_is_wrong(cli, tmp_path, make, read, sheets):
    settings = {"Settings": [["Setting", "Value"], ["Country", "FR"]]}
    source = make.book(tmp_path / "leads.xlsx", Source=make.leads, **{"Scoring": make.scoring, **sheets, **settings})

    result = cli("enrich", source, "-o", "-", "--strict", "-q")

    assert (result.exit_code, result.stderr) == (0, "")
    assert read.rows(result.stdout)[0]["phone_e164"] == "+33647318295"


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"Settings": [["Setting", "Value"], ["Country", "Atlantis"]]}, "Settings!B2"),
        ({"Fields": [["Field", "Column"], ["phone", "Nowhere"]]}, "Fields!B2"),
        ({"Fields": [["Field", "Column", "Type"], ["phone", "Phone", "integer"]]}, "Fields!C2"),
        ({"Lists": [["Free mail domains", "Free mail domains"], ["gmx.fr", "x.fr"]]}, "Lists!B1"),
    ],
)
def test_enrich_refuses_what_it_would_have_to_go_by(cli, tmp_path, make, sheets, place):
    source = make.book(tmp_path / "leads.xlsx", Source=make.leads, Scoring=BROKEN, **sheets)

    result = cli("enrich", source, "-o", "-")

    assert (result.exit_code, result.stdout) == (3, "")
    assert [line.split(": ")[1] for line in result.stderr.splitlines()[:-1]] == [place]


def test_the_warnings_of_a_model_are_told_with_the_names_that_fail(cli, tmp_path, make, leads):
    rows = [*make.scoring[:2], ["Size", "potential", 1, "Shoe size", "otherwise", "x", 1], *make.scoring[2:]]
    model = make.book(tmp_path / "m.xlsx", Scoring=rows, Settings=[["Setting", "Value"], ["Account weight", "Budget"]])

    told = cli("score", leads, "-m", model).stderr.splitlines()
    checked = cli("check", model, leads).stderr.splitlines()

    codes = [line.rpartition("[")[2].rstrip("]") for line in told[:-1]]
    assert codes == ["value-unused", "account-weight-unused", "field-unknown"]
    assert checked[:-1] == told[:-1]


def test_the_warnings_of_a_model_are_told_with_the_mappings_that_fail(cli, tmp_path, make, leads):
    model = make.book(
        tmp_path / "m.xlsx",
        Scoring=make.scoring,
        Settings=[["Setting", "Value"], ["Account weight", "Budget"]],
        Fields=[["Field", "Column"], ["phone", "Nowhere"]],
    )

    told = cli("enrich", leads, "-m", model, "-o", "-").stderr

    assert told.index("[account-weight-unused]") < told.index("[field-column-unknown]")


def test_strict_counts_warnings_and_no_notes_in_check_and_in_score(cli, tmp_path, make, clean_leads):
    noted = make.book(tmp_path / "noted.xlsx", Scoring=[*make.scoring, make.scoring[-1][:1]][:-1], Source=make.leads)
    doubted = make.book(
        tmp_path / "doubted.xlsx", Scoring=make.scoring, Settings=[["Setting", "Value"], ["Account weight", "Budget"]]
    )

    assert cli("check", doubted, "--strict").exit_code == cli("score", clean_leads, "-m", doubted, "--strict").exit_code
    assert cli("score", clean_leads, "-m", doubted, "--strict", "--dry-run").exit_code == 5
    assert cli("score", clean_leads, "-m", noted, "--strict", "--dry-run").exit_code == 0
