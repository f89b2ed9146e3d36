"""What a state tells of the past: runs, movers, one lead, time in band; and how it is found and refused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leadscore.errors import SourceError
from leadscore.pipeline.past.keys import name_of
from leadscore.runs import history as history_module
from leadscore.runs.find_state import find_state, listed
from leadscore.runs.history import biggest_movers, change_of, open_history, past_runs
from leadscore.runs.stays import lead_over_time, time_in_bands
from leadscore.state import reading
from leadscore.state.lead_records import ChangeRecord, LeadRecord, forget_old, keep_leads, salt_of
from leadscore.state.reading import read_state
from leadscore.state.run_records import RunRecord, begin_run
from leadscore.state.store import MIGRATIONS, open_state
from leadscore.terminal.history_words import changed_said, ended_said

NOW = "2026-11-22T12:00:00+00:00"


def at(day, hour=6):
    return f"2026-{day}T{hour:02}:00:00+00:00"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(history_module, "utc_now", lambda: NOW)


class State:
    """A state that a test fills by hand: `run` keeps a run that found these leads, `KEY=(score, band)`."""

    def __init__(self, folder):
        self.path, self.output = folder / "state.db", str(folder / "leads-scored.csv")
        self._known = {}

    def run(self, started, found=None, *, kind="scored", exit_code=0, **others):
        with open_state(self.path) as connection:
            count = len(found or {})
            rows = {"read": count + 1, "blank": 1, "scored": count, "excluded": 0} if exit_code == 0 else {}
            record = RunRecord(
                output=others.pop("output", self.output),
                kind=kind,
                started=started,
                as_of=started[:10],
                exit_code=exit_code,
                rows=rows,
                **{"model": "m1", "tool": "1", **others},
            )
            record = begin_run(connection, record)
            if found is not None:
                leads, changes = zip(*(self._kept(record, *lead) for lead in found.items()), strict=True)
                keep_leads(connection, record.output, record.id, leads, filter(None, changes))
        return record.id

    def _kept(self, record, key, lead):
        score, band = lead
        row, before = 2 + len(key), self._known.get(key)
        since = before.since if before and before.band == band else record.started
        self._known[key] = LeadRecord(key, record.id, "[]", score, score, band, since)
        if before is None:
            return self._known[key], ChangeRecord(record.id, key, row, None, score, None, band, "")
        change = ChangeRecord(record.id, key, row, before.score, score, before.band, band, "data")
        is_same = (before.score, before.band) == (score, band)
        return self._known[key], None if is_same else change

    def open(self):
        return open_history(None, self.path)


@pytest.fixture
def state(tmp_path):
    return State(tmp_path)


# The runs -------------------------------------------------------------------------------------------------------------


def told(state):
    with state.open() as past:
        return [changed_said(run) if run.is_done else ended_said(run) for run in past_runs(past, past.outputs[0])]


def test_each_run_says_what_changed_since_the_one_before_that_wrote_the_file(state):
    state.run(at("11-01"), {"id a": (10.0, "Cold"), "id b": (70.0, "Hot"), "id c": (5.0, "Cold")})
    state.run(at("11-02"), {"id a": (10.0, "Cold"), "id b": (70.0, "Hot"), "id c": (5.0, "Cold")})
    state.run(at("11-02", 7), exit_code=3)
    state.run(at("11-03"), {"id a": (80.0, "Hot"), "id b": (71.0, "Hot"), "id d": (1.0, "Cold")}, model="m2")

    assert told(state) == [
        "new model, new day: 2 scores, 1 band, 1 lead new, 1 gone",
        "model invalid (exit code 3)",
        "new day: no score",
        "first run",
    ]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({}, "nothing"),
        ({"source": "other"}, "cells, but no score"),
        ({"tool": "2", "options": "other"}, "new leadscore, other options: no score"),
        ({"reference": {"countries": "2"}}, "new reference data: no score"),
    ],
)
def test_a_run_that_moved_no_lead_says_what_else_was_new(state, others, said):
    for kept in ({}, others):
        state.run(at("11-01"), {"id a": (10.0, "Cold")}, **kept)

    assert told(state)[0] == said


@pytest.mark.parametrize(
    ("exit_code", "said"),
    [
        (None, "killed"),
        (1, "a bug of ours (exit code 1)"),
        (2, "wrong call (exit code 2)"),
        (3, "model invalid (exit code 3)"),
        (4, "source or output unusable (exit code 4)"),
        (75, "try later: a file was in use (exit code 75)"),
        (130, "interrupted (exit code 130)"),
        (99, "failed (exit code 99)"),
    ],
)
def test_how_a_run_ended_is_said_in_words(state, exit_code, said):
    state.run(at("11-01"), exit_code=exit_code)
    state.run(at("11-02"), {"id a": (10.0, "Cold")})

    assert told(state) == ["first run", said]


def test_the_last_run_may_still_be_at_work_when_it_has_no_end(state):
    state.run(at("11-01"), {"id a": (10.0, "Cold")})
    state.run(at("11-02"), exit_code=None)

    assert told(state) == ["at work, or killed", "first run"]


def test_leads_and_excluded_are_those_the_run_counted_and_nothing_is_told_of_a_run_that_failed(state):
    state.run(at("11-01"), {"id a": (10.0, "Cold"), "id b": (9.0, "Cold")})
    state.run(at("11-02"), exit_code=4)

    with state.open() as past:
        failed, done = past_runs(past, state.output)

    assert (done.leads, done.excluded, done.counts.new) == (2, 0, 2)
    assert (failed.leads, failed.excluded, failed.counts, failed.gone) == (None, None, None, None)


def test_only_as_many_runs_as_wanted_and_the_oldest_of_them_still_knows_the_one_before(state):
    for day in ("11-01", "11-02", "11-03"):
        state.run(at(day), {"id a": (float(day[-1]), "Cold")})

    with state.open() as past:
        shown = past_runs(past, state.output, 2)

    assert [(run.record.id, run.previous.id) for run in shown] == [(3, 2), (2, 1)]


def test_what_is_forgotten_is_not_told_as_nothing(state):
    state.run(at("08-01"), {"id a": (1.0, "Cold"), "id b": (2.0, "Cold")})
    state.run(at("08-02"), {"id a": (3.0, "Cold")})
    state.run(at("11-01"), {"id a": (4.0, "Cold")})
    with open_state(state.path) as connection:
        forget_old(connection, at("11-01"))

    with state.open() as past:
        latest, old, _ = past_runs(past, state.output)

    assert (old.counts.scores, old.gone) == (None, None)
    assert latest.counts.scores == 1


# Movers ---------------------------------------------------------------------------------------------------------------


def test_the_largest_changes_come_first_and_who_was_out_and_stays_out_last(state):
    before = {"id a": (10.0, "Cold"), "id bb": (70.0, "Hot"), "id c": (-90.0, "Excluded"), "id dd": (5.0, "Cold")}
    after = {"id a": (15.0, "Cold"), "id bb": (65.0, "Warm"), "id c": (-10.0, "Excluded"), "id dd": (None, "")}
    state.run(at("11-01"), before | {"id same": (1.0, "Cold")})
    state.run(at("11-02"), after | {"id same": (1.0, "Cold"), "id new": (99.0, "Hot")})

    with state.open() as past:
        moved = biggest_movers(past)

    assert [(change.key, change_of(change)) for change in moved.changes] == [
        ("id bb", -5),
        ("id a", 5),
        ("id dd", None),
        ("id c", 80),
    ]


def test_the_movers_of_any_run_that_scored_and_a_sentence_for_others(state):
    first = state.run(at("11-01"), {"id a": (10.1, "Cold")})
    second = state.run(at("11-02"), {"id a": (10.4, "Cold")})
    failed = state.run(at("11-03"), exit_code=3)

    with state.open() as past:
        assert biggest_movers(past, first).changes == []
        assert [change_of(change) for change in biggest_movers(past, second).changes] == [0.3]
        with pytest.raises(SourceError, match="run 3 scored no leads, so it moved none"):
            biggest_movers(past, failed)
        with pytest.raises(SourceError, match=r"there is no run 7 in state\.db; its runs are 1 to 3"):
            biggest_movers(past, 7)


# Time in band ---------------------------------------------------------------------------------------------------------


def band_times(state):
    with state.open() as past:
        return {one.band: one for one in time_in_bands(past)}


def test_leads_of_a_band_how_long_they_are_there_and_who_came_and_went(state):
    state.run(at("11-01", 12), {"id a": (70.0, "Hot"), "id b": (10.0, "Cold"), "id c": (11.0, "Cold")})
    state.run(at("11-12", 12), {"id a": (70.0, "Hot"), "id b": (71.0, "Hot"), "id c": (11.0, "Cold")})
    state.run(at("11-20", 12), {"id a": (20.0, "Cold"), "id b": (71.0, "Hot")})

    bands = band_times(state)

    hot, cold = bands["Hot"], bands["Cold"]
    assert (hot.leads, hot.median_hours, hot.longest_hours) == (1, 240, 240)
    assert (hot.entries, hot.exits, hot.completed, hot.completed_median_hours) == (1, 1, 1, 19 * 24)
    assert (cold.leads, cold.median_hours) == (1, 48)
    # b went up after 11 days, c was gone after 19; the first run is nobody's entry
    assert (cold.entries, cold.exits, cold.completed, cold.completed_median_hours) == (1, 2, 2, 15 * 24)


def test_what_is_longer_ago_than_thirty_days_is_no_entry_or_exit_of_late_but_a_stay_that_ended(state):
    for day, band in (("08-01", "Cold"), ("08-02", "Hot"), ("08-04", "Cold")):
        state.run(at(day), {"id a": (1.0, band)})

    hot = band_times(state)["Hot"]

    assert (hot.leads, hot.median_hours, hot.entries, hot.exits) == (0, None, 0, 0)
    assert (hot.completed, hot.completed_median_hours) == (1, 48)


def test_a_lead_that_was_forgotten_and_found_again_left_nobody_knows_when(state):
    state.run(at("08-01"), {"id a": (1.0, "Hot"), "id b": (1.0, "Cold")})
    state.run(at("11-01"), {"id b": (1.0, "Cold")})
    with open_state(state.path) as connection:
        forget_old(connection, at("11-01"))
    del state._known["id a"]
    state.run(at("11-10"), {"id a": (1.0, "Hot"), "id b": (1.0, "Cold")})

    hot = band_times(state)["Hot"]

    assert (hot.leads, hot.entries, hot.exits, hot.completed) == (1, 1, 0, 0)


def test_bands_are_in_the_order_of_the_model_the_excluded_last(state, cli, tmp_path, make):
    leads = make.csv(tmp_path / "leads.csv", make.leads)
    bands = [["Band", "From"], ["Middling", 40], ["Zenith", 60], ["Bottom", None]]
    model = make.book(tmp_path / "model.xlsx", Scoring=make.scoring, Bands=bands)
    assert cli("score", leads, "-m", model, "-q", "--state", state.path).exit_code == 0

    assert list(band_times(state)) == ["Zenith", "Middling", "Bottom", "Excluded"]


def test_a_model_without_bands_has_no_time_in_band(state):
    state.run(at("11-01"), {"id a": (1.0, ""), "id b": (1.0, "Excluded")})

    with pytest.raises(SourceError, match="the model has no bands, so no lead can be in one"):
        band_times(state)


# One lead -------------------------------------------------------------------------------------------------------------


def leads_of(state, text):
    with state.open() as past:
        return lead_over_time(past, text)


def test_one_lead_over_time(state):
    state.run(at("11-01", 12), {"id a1": (10.0, "Cold"), "id b": (1.0, "Cold")})
    state.run(at("11-03", 12), {"id a1": (10.0, "Cold"), "id b": (2.0, "Cold")})
    state.run(at("11-12", 12), {"id a1": (80.0, "Hot"), "id b": (2.0, "Cold")})

    (lead,) = leads_of(state, " A1 ")

    assert [(run.id, change.previous_score, change.score) for run, change in lead.changes] == [
        (1, None, 10),
        (3, 10, 80),
    ]
    assert lead.is_there
    assert lead.hours == {"Cold": 11 * 24, "Hot": 10 * 24}


def test_a_lead_that_is_gone_is_in_no_band_since_the_first_run_without_it(state):
    state.run(at("11-01", 12), {"id a": (10.0, "Cold"), "id b": (1.0, "Cold")})
    state.run(at("11-03", 12), {"id b": (1.0, "Cold")})
    state.run(at("11-04", 12), {"id b": (1.0, "Cold")})

    (lead,) = leads_of(state, "a")

    assert (lead.is_there, lead.gone.isoformat(), lead.hours) == (False, at("11-03", 12), {"Cold": 48})


def test_a_lead_is_found_by_its_address_however_it_is_written_and_the_state_does_not_hold_it(state):
    with open_state(state.path) as connection:
        key = name_of("", "ann@acme.fr", salt_of(connection))
    state.run(at("11-01"), {key: (1.0, "Cold"), f"{key} #2": (0.0, "Cold"), f"{key} #10": (0.0, "Cold")})

    for text in ("ann@acme.fr", "Ann@ACME.fr ", "mailto:ann@acme.fr"):
        assert [lead.standing.key for lead in leads_of(state, text)] == [key, f"{key} #2", f"{key} #10"]
    assert b"ann@acme" not in state.path.read_bytes()


@pytest.mark.parametrize("text", ["zoe@acme.fr", "a", "*", "id a", "A[1]"])
def test_a_lead_that_nobody_knows_is_a_sentence_that_does_not_repeat_it(state, text):
    state.run(at("11-01"), {"id a1": (1.0, "Cold"), "id a1 #2 b": (1.0, "Cold")})

    with pytest.raises(SourceError) as problem:
        leads_of(state, text)

    assert str(problem.value) == (
        "no lead of this id or e-mail is known to state.db; leads go by their id, else by their e-mail"
    )


def test_an_id_with_signs_of_a_pattern_is_an_id(state):
    state.run(at("11-01"), {"id a[1]*?": (1.0, "Cold"), "id a[1]*? #2": (2.0, "Cold"), "id a1xx #2": (3.0, "Cold")})

    assert [lead.standing.score for lead in leads_of(state, "A[1]*?")] == [1, 2]


# Finding a state ------------------------------------------------------------------------------------------------------


def test_a_state_is_found_by_the_results_the_source_the_folder_or_itself(state, tmp_path, monkeypatch):
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    hidden = tmp_path / ".leads-scored.csv.leadscore.db"
    shutil.move(state.path, hidden)
    monkeypatch.chdir(tmp_path)

    named = [tmp_path / "leads-scored.csv", tmp_path / "leads.csv", hidden, tmp_path, None]
    assert {find_state(name, None).resolve() for name in named} == {hidden}


def test_the_state_that_is_given_comes_before_what_lies_beside_the_file(state, tmp_path):
    (tmp_path / ".leads-scored.csv.leadscore.db").write_bytes(b"")

    assert find_state(tmp_path / "leads.csv", state.path) == state.path


@pytest.mark.parametrize(
    ("files", "named", "sentence"),
    [
        ([], None, "there is no state in this folder; name the results file that it is beside, or --state FILE"),
        ([".a.csv.leadscore.db", ".b.csv.leadscore.db"], None, "this folder has the states of a.csv and b.csv; "),
        ([], "leads.csv", "there is no state beside leads.csv; `leadscore score --cron` keeps one there, "),
    ],
)
def test_what_to_give_when_no_state_or_several_are_found(files, named, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in files:
        (tmp_path / name).write_bytes(b"")

    with pytest.raises(SourceError) as problem:
        find_state(Path(named) if named else None, None)

    assert str(problem.value).startswith(sentence)


@pytest.mark.parametrize(
    ("names", "said"), [(["a"], "a"), (["a", "b", "c"], "a, b and c"), (list("abcdefg"), "a, b, c, d, e and 2 more")]
)
def test_many_names_in_a_sentence(names, said):
    assert listed(names) == said


def test_of_several_outputs_the_one_that_is_named(state, tmp_path):
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    state.run(at("11-02"), {"id a": (2.0, "Hot")}, output=str(tmp_path / "other-scored.csv"))

    with open_history(tmp_path / "other.csv", state.path) as past:
        assert (past.scored, past.others) == (str(tmp_path / "other-scored.csv"), (state.output,))
    with state.open() as past, pytest.raises(SourceError) as problem:
        biggest_movers(past)
    assert "knows the runs of leads-scored.csv and other-scored.csv; name one of these files" in str(problem.value)


def test_a_file_that_no_run_of_the_state_wrote(state, tmp_path):
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    (tmp_path / "foreign.csv").write_text("x")

    sentence = r"state\.db knows no run that wrote foreign\.csv; it knows leads-scored\.csv"
    with pytest.raises(SourceError, match=sentence), open_history(tmp_path / "foreign.csv", state.path):
        pass


# States that cannot be read -------------------------------------------------------------------------------------------


def refusal(path):
    with pytest.raises(SourceError) as problem, read_state(path) as connection:
        connection.execute("SELECT * FROM runs").fetchall()
    return str(problem.value)


def test_a_state_that_is_not_there_is_not_made(tmp_path):
    path = tmp_path / "state.db"

    assert refusal(path) == f"there is no state {path}; name the file that runs were given with --state"
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"Id,Name\n1,Ann\n" * 100, b"SQLite format 3\0" + b"x" * 2000])
def test_a_file_that_is_no_state_of_ours(tmp_path, content):
    (tmp_path / "a.db").write_bytes(content)

    assert refusal(tmp_path / "a.db") == (
        "a.db is no state of leadscore; name the file that runs were given with --state"
    )
    assert (tmp_path / "a.db").read_bytes() == content


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (7, "state.db was written by an earlier version of leadscore, which kept no changes; the next run with it "),
        (len(MIGRATIONS) + 1, "state.db was written by a later version of leadscore; update leadscore"),
    ],
)
def test_a_state_of_another_version(state, version, sentence):
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    with closing(sqlite3.connect(state.path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")

    assert refusal(state.path).startswith(sentence)


def test_a_state_of_the_version_that_first_kept_changes_can_be_read(state):
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    with closing(sqlite3.connect(state.path)) as connection:
        connection.execute(f"PRAGMA user_version = {reading._OLDEST}")
        assert "CREATE TABLE changes" in MIGRATIONS[reading._OLDEST - 1]

    assert told(state) == ["first run"]


def test_a_state_that_a_run_is_writing(state, monkeypatch):
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    monkeypatch.setattr(reading, "BUSY", 0.01)
    with closing(sqlite3.connect(state.path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")

        assert refusal(state.path) == "a run is writing the state state.db; try again when it is done"


def test_a_state_that_a_killed_run_left_half_written(state, tmp_path):
    """Copied while a transaction is half on the disk, which is what a kill leaves."""
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    killed = tmp_path / "killed.db"
    with open_state(state.path) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO models VALUES (?, ?)", ((str(number), "x" * 500) for number in range(500)))
        shutil.copy(state.path, killed)
        shutil.copy(f"{state.path}-journal", f"{killed}-journal")
        connection.execute("ROLLBACK")

    assert refusal(killed) == (
        "a run that was killed left the state killed.db half-written; the next run with it mends it"
    )
    with open_state(killed):
        pass
    with read_state(killed) as connection:
        assert connection.execute("SELECT COUNT(*) FROM runs").fetchone() == (1,)


def test_a_name_with_the_signs_of_an_address(tmp_path):
    state = State(tmp_path)
    state.path = tmp_path / "100% #1?mode=rwc.db"
    state.run(at("11-01"), {"id a": (1.0, "Cold")})

    assert told(state) == ["first run"]


def test_reading_changes_nothing(state, tmp_path):
    state.run(at("11-01"), {"id a": (1.0, "Cold")})
    before = state.path.read_bytes()

    with state.open() as past:
        time_in_bands(past)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            past.connection.execute("DELETE FROM runs")

    assert state.path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["state.db"]


def test_a_state_without_runs(state):
    with open_state(state.path):
        pass

    with pytest.raises(SourceError, match=r"state\.db knows no run yet; `leadscore score --state state\.db` makes one"):
        told(state)
