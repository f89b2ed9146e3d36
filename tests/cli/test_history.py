"""leadscore history: the tables, the data, and every option, over runs that were really made."""

import json
import sqlite3
import time
from contextlib import closing

import pytest

from leadscore.runs import history as history_module
from leadscore.terminal import history_json
from leadscore.terminal.times import local_column, local_time, span

STATE = ".leads-scored.csv.leadscore.db"
BANDS = [["Band", "From"], ["Hot", 40], ["Warm", 20], ["Cold", None]]


@pytest.fixture
def zone(monkeypatch):
    """The clock of the machine, set to a zone."""

    def set_to(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_to
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def folder(cli, tmp_path, make, monkeypatch, zone):
    """Three leads scored twice, with the state beside the results: Bob's budget rises, Zoe goes, Max comes."""
    zone("UTC")
    monkeypatch.setattr(history_module, "utc_now", lambda: "2100-01-01T00:00:00+00:00")
    monkeypatch.chdir(tmp_path)
    model = make.book(tmp_path / "model.xlsx", Scoring=make.scoring, Bands=BANDS)

    def score(rows, day):
        leads = make.csv(tmp_path / "leads.csv", [make.leads[0], *rows])
        assert cli("score", leads, "-m", model, "-q", "--state", STATE, "--as-of", day).exit_code == 0

    ann, bob, zoe = make.leads[1:]
    score([ann, bob, zoe], "2026-11-20")
    score([ann, [*bob[:5], "20000"], ["", "Max", "max@acme.fr", "", "DE", "0"]], "2026-11-21")
    return tmp_path


def lines(result):
    assert (result.exit_code, result.stderr) == (0, "")
    return [line.rstrip() for line in result.stdout.splitlines()]


def test_past_runs(cli, folder):
    before = (folder / STATE).read_bytes()

    title, headings, *rows = lines(cli("history"))

    assert title == "leads-scored.csv: 2 runs, times in UTC"
    assert headings.split() == ["run", "when", "as", "of", "leads", "excluded", "model", "what", "changed"]
    assert [row.split()[0] for row in rows] == ["2", "1"]
    assert rows[0].endswith("new day: 1 score, 1 band, 1 lead new, 1 gone")
    assert rows[1].endswith("first run")
    assert (folder / STATE).read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--movers",), ("--bands",), ("--lead", "A2")])
def test_a_run_may_write_the_state_while_a_pager_shows_it(cli, folder, monkeypatch, options):
    written = []

    def write(*_, **__):
        with closing(sqlite3.connect(folder / STATE, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            written.append(options)

    monkeypatch.setattr(history_json, "_print", write)

    assert cli("history", *options, "--json").exit_code == 0
    assert written == [options]


def test_movers_go_by_row_and_id_and_never_by_address(cli, folder):
    said = lines(cli("history", "leads-scored.csv", "--movers"))

    assert said[-2].split() == ["row", "id", "before", "now", "change", "band", "because"]
    assert said[-1].split() == ["3", "a2", "33.3", "50", "+16.7", "Warm", "->", "Hot", "data", "+16.7"]
    assert "@" not in "".join(said)


def test_movers_of_another_run_and_none_of_the_first(cli, folder):
    said = lines(cli("history", "--movers", "--run", "1"))

    assert len(said) == 1
    assert said[0].startswith("leads-scored.csv, run 1, ")
    assert said[0].endswith(" UTC, as of 2026-11-20: first run")


def test_one_lead_over_time(cli, folder):
    title, times, _, headings, *rows = lines(cli("history", "--lead", "A2"))

    assert title.startswith("leads-scored.csv, one lead: score 50, Hot since ")
    assert times.startswith("time in band: ")
    assert headings.split() == ["run", "when", "(UTC)", "row", "score", "change", "band", "because"]
    assert [row.split()[3:] for row in rows] == [
        ["3", "50", "+16.7", "Warm", "->", "Hot", "data", "+16.7"],
        ["3", "33.3", "-", "Warm", "new"],
    ]


def test_a_lead_that_is_gone_by_its_address(cli, folder):
    said = lines(cli("history", "--lead", "Max@acme.fr"))
    gone = lines(cli("history", "--lead", "A3"))

    assert "score 0, Cold since " in said[0]
    assert "one lead: gone since " in gone[0]
    assert gone[0].endswith(" UTC, with score -333.3")


def test_time_in_band(cli, folder):
    title, _, headings, *rows = lines(cli("history", "--bands"))

    assert title.startswith("leads-scored.csv: time in band, known since ")
    assert headings.split()[0] == "band"
    assert [row.split()[:2] for row in rows] == [["Hot", "2"], ["Warm", "0"], ["Cold", "1"], ["Excluded", "0"]]


def test_no_line_is_wider_than_a_page(cli, folder):
    for view in ((), ("--movers",), ("--lead", "A2"), ("--bands",)):
        assert max(map(len, lines(cli("history", *view)))) <= 120


# Data -----------------------------------------------------------------------------------------------------------------


def data(result):
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_runs_as_data(cli, folder):
    said = data(cli("history", "--json", "--limit", "1"))

    (run,) = said["runs"]
    assert (said["schema"], said["state"], said["other_outputs"]) == (1, STATE, [])
    assert (run["id"], run["run_before"], run["output"]) == (2, 1, str(folder / "leads-scored.csv"))
    assert (run["exit_code"], run["ending"], run["leads"], run["excluded"]) == (0, "done", 3, 0)
    assert run["changed"] == {"news": ["day"], "new": 1, "gone": 1, "score": 1, "band": 1}
    assert run["started"].endswith("+00:00")


def test_movers_as_data(cli, folder):
    said = data(cli("history", "--movers", "--json"))

    (mover,) = said["movers"]
    assert (said["run"]["id"], said["changes"]) == (2, 1)
    assert mover == {
        "run": 2,
        "key": "id a2",
        "id": "a2",
        "row": 3,
        "previous_score": 33.3,
        "score": 50.0,
        "change": 16.7,
        "previous_band": "Warm",
        "band": "Hot",
        "cause": "data +16.7",
    }


def test_one_lead_as_data_without_its_address(cli, folder):
    result = cli("history", "--lead", "max@acme.fr", "--json")

    (lead,) = data(result)["leads"]
    assert (lead["number"], lead["is_there"], lead["gone"]) == (1, True, None)
    assert (lead["score"], lead["band"], list(lead["hours_in_band"])) == (0, "Cold", ["Cold"])
    assert [(change["previous_score"], change["score"]) for change in lead["changes"]] == [(None, 0)]
    assert "max" not in result.stdout


def test_time_in_band_as_data(cli, folder):
    said = data(cli("history", "--bands", "--json"))

    counts = {band["band"]: (band["leads"], band["entries"], band["completed"]) for band in said["bands"]}
    assert counts.pop("Excluded") == (0, 0, 1)
    assert {name: leads for name, (leads, *_) in counts.items()} == {"Hot": 2, "Warm": 0, "Cold": 1}
    assert all(band["longest_hours"] is None for band in said["bands"] if not band["leads"])


# Options --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "variables"),
    [
        (("--movers", "--run", "1"), {"LEADSCORE_MOVERS": "1", "LEADSCORE_RUN": "1"}),
        (("--lead", "A1"), {"LEADSCORE_LEAD": "A1"}),
        (("--bands",), {"LEADSCORE_BANDS": "1"}),
        (("--json", "--limit", "1"), {"LEADSCORE_JSON": "1", "LEADSCORE_LIMIT": "1"}),
        (("--state", STATE, "--json"), {"LEADSCORE_STATE": STATE, "LEADSCORE_JSON": "1"}),
    ],
)
def test_each_option_has_a_variable(cli, folder, options, variables):
    said, asked = lines(cli("history", *options)), lines(cli("history", **variables))

    assert said == asked
    assert said != lines(cli("history"))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--movers", "--bands"), "--movers, --lead and --bands show different things; ask for one of them"),
        (("--lead", "A1", "--movers"), "--movers, --lead and --bands show different things; ask for one of them"),
        (("--run", "1"), "--run says whose movers to show; add --movers"),
    ],
)
def test_options_that_do_not_go_together(cli, folder, options, sentence):
    result = cli("history", *options)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"leadscore: {sentence}\n")


def test_no_state_is_one_sentence_and_none_is_made(cli, tmp_path, files_in):
    result = cli("history", "--state", tmp_path / "none.db")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        f"leadscore: there is no state {tmp_path / 'none.db'}; name the file that runs were given with --state\n"
    )
    assert files_in() == []


# Times ----------------------------------------------------------------------------------------------------------------


def test_times_are_those_of_this_machine_with_the_zone_where_there_are_two(zone):
    zone("Europe/Paris")

    assert local_time("2026-11-22T23:30:00+00:00") == "2026-11-23 00:30 CET"
    assert local_column(["2026-11-22T23:30:00+00:00"]) == ("CET", ["2026-11-23 00:30"])
    assert local_column(["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"]) == (
        "",
        ["2026-10-25 02:30 CEST", "2026-10-25 02:30 CET"],
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [(None, "-"), (0, "0 min"), (0.5, "30 min"), (0.999, "60 min"), (1, "1 h"), (47.4, "47 h"), (48, "2 days")],
)
def test_spans_of_time(hours, said):
    assert span(hours) == said
