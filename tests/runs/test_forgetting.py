"""What a state drops, and when: it grows no longer than it is told to, and keeps nothing of a lead beyond that."""

import shlex
import sqlite3
from contextlib import closing

import pytest

from leadscore.runs import remembered, whole_files
from leadscore.state.lead_records import KEPT_BANDS, KEPT_SCORES, forget_old
from leadscore.state.run_records import RunRecord, begin_run, keep_model
from leadscore.state.store import open_state

NOW = "2026-11-22T06:00:00+00:00"
LONG_AGO = "2024-01-01T06:00:00+00:00"
BEFORE_THE_LIMIT, AFTER_THE_LIMIT = "2026-10-22T06:00:00+00:00", "2026-10-24T06:00:00+00:00"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(whole_files, "YOUNG", -1.0)


@pytest.fixture
def connection(tmp_path):
    with open_state(tmp_path / "state.db") as connection:
        yield connection


def run_with(connection, model, started, output="a.csv", kind="scored", exit_code=0):
    keep_model(connection, model, f"{{the model {model}}}")
    begin_run(connection, RunRecord(output=output, kind=kind, started=started, model=model, exit_code=exit_code))


def models(connection):
    return [row[0] for row in connection.execute("SELECT hash FROM models ORDER BY hash")]


def test_the_limits_are_those_that_the_days_here_are_on_either_side_of():
    assert (KEPT_SCORES, KEPT_BANDS) == (30, 730)


def test_models_go_with_the_scores_they_gave(connection):
    run_with(connection, "old", BEFORE_THE_LIMIT)
    run_with(connection, "recent", AFTER_THE_LIMIT)
    run_with(connection, "now", NOW)

    forget_old(connection, NOW)

    assert models(connection) == ["now", "recent"]


def test_the_last_model_of_each_output_and_kind_is_kept_whatever_its_age(connection):
    run_with(connection, "last of a", "2025-06-01T06:00:00+00:00")
    run_with(connection, "last that enriched a", BEFORE_THE_LIMIT, kind="enriched")
    run_with(connection, "last of b", BEFORE_THE_LIMIT, output="b.csv")
    run_with(connection, "failed", BEFORE_THE_LIMIT, exit_code=3)

    forget_old(connection, NOW)

    assert models(connection) == ["last of a", "last of b", "last that enriched a"]


def test_runs_that_only_enrich_are_forgotten_too(cli, leads, monkeypatch):
    for now in (LONG_AGO, NOW):
        monkeypatch.setattr(remembered, "utc_now", lambda now=now: now)
        leads.write_text(f"{leads.read_text(encoding='utf-8')}A9\n", encoding="utf-8")
        assert cli("enrich", leads, "--cron").exit_code == 0

    with closing(sqlite3.connect(leads.with_name(".leads-enriched.csv.leadscore.db"))) as state:
        assert state.execute("SELECT started FROM runs").fetchall() == [(NOW,)]


def test_an_alert_that_is_too_old_is_neither_told_nor_kept_though_nothing_changed(cli, leads, model, tmp_path):
    told, state = tmp_path / "told", tmp_path / "state.db"
    command = shlex.join(["sh", "-c", f"cat > {shlex.quote(str(told))}"])

    def run():
        return cli("score", leads, "-m", model, "--cron", "--state", state, "--on-alert", command)

    run()
    columns = "output, run, key, row, at, band, previous_band, message"
    query = f"INSERT INTO alerts ({columns}) SELECT output, 1, 'id a', 2, ?, 'Hot', '', ? FROM runs"  # noqa: S608
    with closing(sqlite3.connect(state)) as connection, connection:
        connection.execute(query, (LONG_AGO, '{"lead": "Ann"}'))
    result = run()

    assert (result.exit_code, result.stderr) == (0, "")
    assert not told.exists()
    with closing(sqlite3.connect(state)) as connection:
        assert connection.execute("SELECT * FROM alerts").fetchall() == []
