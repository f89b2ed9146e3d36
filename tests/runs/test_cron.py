"""--cron: quiet, remembered, and only where something changed."""

import errno
import fcntl
import os
import re
import sqlite3
import stat
import warnings
from contextlib import closing

import openpyxl
import pytest

from leadscore.pipeline import run as pipeline_run
from leadscore.runs import care, disks, remembered, whole_files
from leadscore.sheets import safe_write
from leadscore.sheets.safe_write import look
from leadscore.state import store

DAY = ("--as-of", "2026-03-31")
STATE, LOG = ".leads-scored.csv.leadscore.db", ".leads-scored.csv.leadscore.log"
STAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """All files count as old; what waits has tests of its own."""
    monkeypatch.setattr(whole_files, "YOUNG", -1.0)


@pytest.fixture
def cron(cli, leads, model):
    """Run `score leads.csv -m model.csv --cron` with more options."""

    def run(*arguments, source=leads, **environment):
        return cli("score", source, "-m", model, "--cron", *arguments, **environment)

    return run


@pytest.fixture
def out(leads):
    return leads.with_name("leads-scored.csv")


def silent(result):
    return (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def stamp(path):
    return look(path), path.read_bytes()


def log_lines(folder, name=LOG):
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    assert all(re.match(STAMP, line) for line in lines)
    return [line.partition(" ")[2] for line in lines]


def runs_of(state):
    with closing(sqlite3.connect(state)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM runs ORDER BY id")]


def write_leads(path, make, count):
    row = ["Ann", "ann@acme.fr", "FR", "12000"]
    return make.csv(path, [["Name", "E-mail", "Country", "Budget"], *[row] * count])


# Silence and unchanged inputs -----------------------------------------------------------------------------------------


def test_a_run_says_nothing_and_keeps_a_state_and_a_log_that_only_the_owner_reads(cron, out, files_in):
    assert silent(cron())

    assert files_in() == [STATE, LOG, "leads-scored.csv", "leads.csv", "model.csv"]
    for name in (STATE, LOG):
        assert stat.S_IMODE((out.parent / name).stat().st_mode) == 0o600
    assert len(log_lines(out.parent)) == 1
    assert re.fullmatch(
        r"done: 3 read, 0 blank, 3 scored, 1 excluded; \d+ issues; \d+\.\d s; leads-scored\.csv",
        log_lines(out.parent)[0],
    )


def test_unchanged_leads_write_nothing(cron, out):
    cron(*DAY)
    before = stamp(out)

    again = cron(*DAY)

    assert silent(again)
    assert stamp(out) == before
    assert log_lines(out.parent)[1].startswith("unchanged; ")
    assert len(runs_of(out.parent / STATE)) == 1


def test_the_same_cells_in_a_file_saved_anew_are_unchanged(cron, cli, workbook, out):
    cli("score", workbook, "--cron", *DAY)
    results = workbook.with_name("leads-scored.xlsx")
    before = results.stat().st_mtime_ns
    book = openpyxl.load_workbook(workbook)
    book.properties.title = "saved again"
    book.save(workbook)

    assert silent(cli("score", workbook, "--cron", *DAY))

    assert results.stat().st_mtime_ns == before


def test_a_file_saved_anew_is_read_once_and_then_told_at_a_glance(cron, leads, out, monkeypatch):
    cron(*DAY)
    before, [run] = stamp(out), runs_of(out.parent / STATE)
    os.utime(leads, (1, 1))
    reads = []
    read = remembered._read
    monkeypatch.setattr(remembered, "_read", lambda *arguments: (reads.append(1), read(*arguments))[1])

    assert all(silent(cron(*DAY)) for _ in range(3))

    assert len(reads) == 1
    assert stamp(out) == before
    [after] = runs_of(out.parent / STATE)
    assert {name for name in run if run[name] != after[name]} == {"inputs"}


@pytest.mark.parametrize("what", ["leads", "model", "option", "output", "reference", "tool"])
def test_any_change_is_a_reason_to_run(cron, leads, model, out, monkeypatch, what):
    cron(*DAY)
    out.with_name("mark").write_bytes(out.read_bytes())
    os.utime(out, (1, 1))
    options = DAY
    if what in ("leads", "model"):
        file = leads if what == "leads" else model
        file.write_text(file.read_text().replace("12000", "90000").replace("10000", "20000"))
    elif what == "option":
        options = (*DAY, "--columns", "Name")
    elif what == "output":
        out.unlink()
    elif what == "reference":
        monkeypatch.setattr(remembered, "versions", lambda: {"tlds": "new"})
    else:
        monkeypatch.setattr(remembered, "__version__", "9")

    assert silent(cron(*options))

    assert out.stat().st_mtime > 1
    assert len(runs_of(out.parent / STATE)) == 2


def test_another_day_counts_only_where_somebody_asks_for_it(cron, cli, leads, tmp_path, make, out):
    cron("--as-of", "2026-03-31")
    os.utime(out, (1, 1))
    cron("--as-of", "2026-04-01")
    assert out.stat().st_mtime == 1

    dated = make.csv(
        tmp_path / "dated.csv",
        [[*row, end] for row, end in zip(make.scoring, ["Until", "", "2026-03-31", "", ""], strict=True)],
    )
    cli("score", leads, "-m", dated, "--cron", "--as-of", "2026-03-31")
    os.utime(out, (1, 1))
    cli("score", leads, "-m", dated, "--cron", "--as-of", "2026-03-31")
    assert out.stat().st_mtime == 1
    cli("score", leads, "-m", dated, "--cron", "--as-of", "2026-04-01")
    assert out.stat().st_mtime > 1


def test_without_cron_every_run_writes(cli, leads, model, tmp_path, out):
    state = tmp_path / "state.db"
    for _ in range(2):
        assert cli("score", leads, "-m", model, "--state", state, "-q").exit_code == 0

    assert [row["exit_code"] for row in runs_of(state)] == [0, 0]


def test_in_place_only_the_leads_and_the_model_are_compared(cli, workbook):
    first = cli("score", workbook, "--in-place", "--cron", *DAY)
    written = stamp(workbook)
    again = cli("score", workbook, "--in-place", "--cron", *DAY)

    assert silent(first), first.stderr
    assert silent(again)
    assert stamp(workbook) == written

    with warnings.catch_warnings(action="ignore"):  # openpyxl says that it drops the data bars
        book = openpyxl.load_workbook(workbook)
    book["Source"]["F2"] = "5"
    book.save(workbook)
    assert silent(cli("score", workbook, "--in-place", "--cron", *DAY))
    assert len(runs_of(workbook.with_name(".leads.xlsx.leadscore.db"))) == 2


def test_enrich_has_runs_of_its_own(cli, leads, model):
    assert silent(cli("enrich", leads, "--cron"))
    assert silent(cli("enrich", leads, "--cron"))

    runs = runs_of(leads.with_name(".leads-enriched.csv.leadscore.db"))
    assert [(row["kind"], row["exit_code"]) for row in runs] == [("enriched", 0)]


# The record -----------------------------------------------------------------------------------------------------------


def test_a_record_says_what_was_read_and_how_many_rows_each_stage_had(cron, out):
    cron(*DAY)

    [row] = runs_of(out.parent / STATE)

    assert row["rows"] == '{"blank": 0, "excluded": 1, "read": 3, "scored": 3}'
    assert (row["output"], row["kind"], row["as_of"], row["exit_code"]) == (str(out), "scored", "2026-03-31", 0)
    assert re.fullmatch(STAMP, row["started"])
    assert re.fullmatch(STAMP, row["ended"])
    assert '"tlds": ' in row["reference"]


# Trouble after the results are written --------------------------------------------------------------------------------


def test_strict_ends_as_the_log_says(cron, cli, clean_leads, model, out):
    doubtful = cron("--strict")
    clean = cli("score", clean_leads, "-m", model, "--cron", "--strict", "--log", out.with_name("clean.log"))

    sentence = "the results were written, but --strict found issues or warnings; run without --cron to see them"
    assert (doubtful.exit_code, doubtful.stdout, doubtful.stderr) == (5, "", f"leadscore: {sentence}\n")
    assert [line[:10] for line in log_lines(out.parent)] == ["done (5): "]
    assert silent(clean), clean.stderr
    assert [line[:6] for line in log_lines(out.parent, "clean.log")] == ["done: "]
    assert [row["exit_code"] for row in runs_of(out.parent / STATE)] == [0]  # its files were written
    assert silent(cron("--strict"))  # nothing changed


def test_a_state_that_cannot_keep_up_with_the_results_is_said_and_made_up_for(cron, out, monkeypatch):
    def fail(*_arguments):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(remembered, "keep_model", fail)
        result = cron(*DAY)

    sentence = (
        f"the results were written, but the state {STATE} could not be: database or disk is full; "
        "the next run makes up for it"
    )
    assert (result.exit_code, result.stdout, result.stderr) == (4, "", f"leadscore: {sentence}\n")
    assert log_lines(out.parent) == [f"failed (4): {sentence}"]
    assert out.exists()
    assert [(row["ended"], row["exit_code"]) for row in runs_of(out.parent / STATE)] == [("", None)]
    assert silent(cron(*DAY))
    assert [row["exit_code"] for row in runs_of(out.parent / STATE)] == [None, 0]


def test_a_state_that_another_run_writes_is_no_fault_of_the_state(cron, leads, out, monkeypatch):
    cron()
    before = stamp(out)
    leads.write_text(leads.read_text().replace("12000", "13000"))
    monkeypatch.setattr(store, "BUSY", 0.01)
    with closing(sqlite3.connect(out.with_name(STATE), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = cron()

    sentence = f"another run is writing the state {STATE}; run again when it is done"
    assert (result.exit_code, result.stderr) == (75, f"leadscore: {sentence}\n")
    assert log_lines(out.parent)[1] == f"failed (75): {sentence}"
    assert stamp(out) == before
    assert silent(cron())
    assert stamp(out) != before


def test_a_state_that_cannot_keep_a_failure_does_not_hide_it(cron, model, out, monkeypatch):
    def fail(*_arguments):
        raise sqlite3.OperationalError("database or disk is full")

    break_model(model)
    monkeypatch.setattr(remembered, "begin_run", fail)

    result = cron()

    assert (result.exit_code, result.stderr[:33]) == (3, "leadscore: the model has 2 errors")
    assert log_lines(out.parent)[0].startswith("failed (3): the model: ")


def test_the_state_holds_only_what_the_model_reads_of_a_lead_and_the_log_nothing(cron, out):
    cron()

    state, log = (out.with_name(name).read_bytes() for name in (STATE, LOG))
    assert b"12000" in state
    assert not any(text in state for text in (b"ann@acme", b"Ann", b"06 47"))
    assert not any(text in log for text in (b"12000", b"ann@acme", b"Ann", b"06 47"))


def test_a_crash_leaves_a_record_that_never_ended(cron, out, monkeypatch):
    monkeypatch.setattr(remembered.Remembered, "end", lambda *_: None)

    cron()

    assert [(row["ended"], row["exit_code"]) for row in runs_of(out.parent / STATE)] == [("", None)]


def test_a_bug_is_recorded_and_logged_without_its_words(cron, out, monkeypatch):
    def fail(*_arguments, **_options):
        raise RuntimeError("ann@acme.fr")

    monkeypatch.setattr(pipeline_run, "score_leads", fail)

    result = cron()

    assert result.exit_code == 1
    assert [row["exit_code"] for row in runs_of(out.parent / STATE)] == [1]
    assert log_lines(out.parent) == ["failed (1): RuntimeError"]


# Wrong models ---------------------------------------------------------------------------------------------------------


def break_model(model):
    model.write_text(model.read_text().replace("is blank", "is blonk").replace(">=", "=>=>"))


def test_a_wrong_model_leaves_the_last_results(cron, model, out):
    cron()
    before = stamp(out)
    break_model(model)

    result = cron()

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == ("leadscore: the model has 2 errors; the last results stay; `leadscore check` says more\n")
    assert stamp(out) == before
    assert log_lines(out.parent)[1] == ("failed (3): the model: Scoring!E3 word-unknown, Scoring!E4 word-unknown")


@pytest.mark.parametrize("variable", [False, True])
def test_last_good_scores_with_the_last_valid_model_and_says_so_each_time(
    cron, leads, model, make, out, read, variable
):
    cron(*DAY)
    break_model(model)
    make.csv(leads, [*make.leads, ["A4", "Eve", "eve@acme.fr", "", "FR", "20000"]])
    said = ((), {"LEADSCORE_LAST_GOOD": "1"}) if variable else (("--last-good",), {})

    results = [cron(*DAY, *said[0], **said[1]) for _ in range(2)]

    assert {(result.exit_code, result.stdout, result.stderr) for result in results} == {
        (
            0,
            "",
            "leadscore: the model has 2 errors; used the last valid one, of 2026-03-31; `leadscore check` says more\n",
        )
    }
    assert [row["score"] for row in read.rows(out)] == ["50", "33.3", "-333.3", "50"]
    assert [row["exit_code"] for row in runs_of(out.parent / STATE)] == [0, 0]
    assert ["by the last valid model" in line for line in log_lines(out.parent)] == [False, True, True]
    assert re.fullmatch(r"unchanged; \d+\.\d s; by the last valid model", log_lines(out.parent)[2])


def test_last_good_is_an_issue_too(cron, model, leads, tmp_path, read):
    cron()
    break_model(model)
    leads.write_text(leads.read_text() + "\n")

    cron("--last-good", "--issues", tmp_path / "issues.csv", "--columns", "Name")

    codes = {row["code"]: row["problem"] for row in read.rows(tmp_path / "issues.csv")}
    assert codes["model-last-good"] == "the model has 2 errors, so the last valid one was used"


def test_last_good_without_an_earlier_run_is_the_error(cron, model):
    break_model(model)

    assert cron("--last-good").exit_code == 3


def test_last_good_cannot_make_up_for_a_column_that_is_gone(cron, leads, model, make):
    cron()
    break_model(model)
    make.csv(leads, [["Name"], ["Ann"], ["Bob"], ["Zoe"]])

    result = cron("--last-good")

    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)


def test_a_model_file_that_cannot_be_read_is_made_up_for(cron, model, leads):
    cron()
    model.unlink()
    leads.write_text(leads.read_text().replace("12000", "13000"))

    result = cron("--last-good")

    assert result.exit_code == 0
    assert result.stderr.startswith("leadscore: the model cannot be read; used the last valid one, of ")


# Fewer rows -----------------------------------------------------------------------------------------------------------


def test_half_of_the_leads_gone_is_refused_unless_told(cron, leads, make, out):
    write_leads(leads, make, 1_001)
    assert silent(cron())
    before = stamp(out)
    write_leads(leads, make, 500)

    result = cron()

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        "leadscore: leads.csv has 500 leads and had 1,001 at the last run; "
        "if that is right, run once with --max-drop 100%\n"
    )
    assert stamp(out) == before
    assert silent(cron("--max-drop", "100%"))
    assert silent(cron())
    assert [row["exit_code"] for row in runs_of(out.parent / STATE)] == [0, 4, 0]


@pytest.mark.parametrize(("share", "code"), [("49.9", 4), ("50", 0), ("51%", 0)])
def test_the_share_that_may_be_gone(cron, leads, make, share, code):
    write_leads(leads, make, 1_000)
    cron()
    write_leads(leads, make, 500)

    assert cron(LEADSCORE_MAX_DROP=share).exit_code == code


@pytest.mark.parametrize("share", ["half", "-1", "101%", "nan"])
def test_a_share_that_is_none(cron, share):
    result = cron("--max-drop", share)

    assert result.exit_code == 2
    assert result.stderr == f'leadscore: --max-drop "{share}" is no percentage from 0 to 100; write it as 50%\n'


# Files in use ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("owner", ["~$leads-scored.csv", ".~lock.leads-scored.csv#"])
def test_an_open_output(cli, leads, model, out, monkeypatch, files_in, owner):
    monkeypatch.setattr(care, "LONGEST_WAIT", 0.2)
    out.with_name(owner).write_text("someone")

    waited = cli("score", leads, "-m", model, "--if-open", "wait")
    failed = cli("score", leads, "-m", model, LEADSCORE_IF_OPEN="fail")
    beside = cli("score", leads, "-m", model, "--if-open", "beside", "-q")

    sentence = (
        f"leadscore: leads-scored.csv is open in another program; close it there, or delete {owner} if it is not\n"
    )
    assert (waited.exit_code, waited.stderr) == (
        75,
        "leadscore: leads-scored.csv is open in another program; waiting up to 0 s for it to be closed\n" + sentence,
    )
    assert (failed.exit_code, failed.stderr) == (75, sentence)
    assert (beside.exit_code, beside.stderr) == (0, "")
    assert not out.exists()
    assert "leads-scored-new.csv" in files_in()


def test_results_beside_an_open_file_go_on_with_its_past(cron, out, leads):
    owner, beside = out.with_name(f"~${out.name}"), out.with_name("leads-scored-new.csv")
    before = leads.read_text(encoding="utf-8")
    cron("--if-open", "beside")
    owner.write_text("someone")
    leads.write_text(before.replace("12000", "10"), encoding="utf-8")

    assert silent(cron("--if-open", "beside"))
    kept, written = stamp(out), stamp(beside)
    assert "data -" in beside.read_text(encoding="utf-8-sig")
    assert silent(cron("--if-open", "beside"))
    assert (stamp(out), stamp(beside)) == (kept, written)

    owner.unlink()
    assert silent(cron("--if-open", "beside"))
    assert stamp(out) != kept
    assert [run["output"] for run in runs_of(out.with_name(STATE))] == [str(out)] * 3


def test_a_run_beside_an_open_file_keeps_others_from_that_file_too(cli, leads, model, out, monkeypatch):
    held = []
    monkeypatch.setattr(pipeline_run, "write_results", lambda *_, **__: held.extend(leads.parent.glob(".*.lock")))
    out.with_name(f"~${out.name}").write_text("someone")

    cli("score", leads, "-m", model, "--if-open", "beside")

    assert {path.name for path in held} == {f".{name}.leadscore.lock" for name in (out.name, "leads-scored-new.csv")}


def test_a_source_that_is_open_and_to_be_written_into(cli, workbook, files_in):
    workbook.with_name("~$leads.xlsx").write_text("someone")
    before = workbook.read_bytes()

    result = cli("score", workbook, "--in-place", "--if-open", "beside", "--cron")

    assert silent(result)
    assert workbook.read_bytes() == before
    assert "leads-scored.xlsx" in files_in()


def test_a_source_that_is_only_read_may_be_open(cron, leads):
    leads.with_name("~$leads.csv").write_text("someone")

    assert silent(cron())


def test_a_source_that_changes_meanwhile_wins(cron, leads, out, monkeypatch):
    write = safe_write._sync

    def edit(*arguments):
        leads.write_text("Name\nedited\n")
        write(*arguments)

    monkeypatch.setattr(safe_write, "_sync", edit)

    result = cron()

    assert (result.exit_code, result.stderr) == (75, "leadscore: leads.csv changed while being scored; run again\n")
    assert leads.read_text() == "Name\nedited\n"
    assert not out.exists()
    assert [path for path in out.parent.iterdir() if path.name.startswith(safe_write.TEMP_PREFIX)] == []


@pytest.mark.parametrize("in_place", [True, False])
def test_a_target_that_changes_meanwhile_is_not_written_over(cli, workbook, monkeypatch, in_place):
    options = ["--in-place"] if in_place else []
    target = workbook if in_place else workbook.with_name("leads-scored.xlsx")
    cli("score", workbook, *options)
    score = pipeline_run.score_leads

    def edit(*arguments, **named):
        target.write_bytes(b"somebody's edit")
        return score(*arguments, **named)

    monkeypatch.setattr(pipeline_run, "score_leads", edit)

    result = cli("score", workbook, *options, "-q")

    assert result.exit_code == (4 if in_place else 75)
    assert target.read_bytes() == b"somebody's edit"


def test_a_source_that_cannot_be_read_because_it_is_being_written(cli, workbook, monkeypatch):
    def read(*_arguments):
        workbook.write_bytes(workbook.read_bytes() + b"more")
        from leadscore.errors import SourceError

        raise SourceError("leads.xlsx is damaged")

    monkeypatch.setattr("leadscore.pipeline.ready.read_leads_for", read)

    result = cli("score", workbook)

    assert (result.exit_code, result.stderr) == (75, "leadscore: leads.xlsx changed while being read; run again\n")


def test_a_held_lock_ends_the_run(cron, leads, model, out):
    from leadscore.runs.lock import holding

    with holding([out]):
        result = cron()

    assert result.exit_code == 75
    assert re.fullmatch(
        r"leadscore: another run is writing leads-scored\.csv since .+; run again when it is done\n", result.stderr
    )
    assert log_lines(out.parent)[0].startswith("failed (75): another run is writing leads-scored.csv")


# Options --------------------------------------------------------------------------------------------------------------


def test_places_of_state_and_log(cli, leads, model, tmp_path, files_in):
    folder = tmp_path / "kept"
    folder.mkdir()

    one = cli("score", leads, "-m", model, LEADSCORE_CRON="1", LEADSCORE_STATE=str(folder / "a.db"))
    two = cli("score", leads, "-m", model, "--log", folder / "x.log", "-q")
    three = cli("score", leads, "-m", model, "-q", LEADSCORE_LOG=str(folder / "x.log"))

    assert silent(one)
    assert silent(two)
    assert silent(three)
    assert sorted(path.name for path in folder.iterdir()) == ["a.db", "a.log", "x.log"]
    assert [line[:5] for line in log_lines(folder, "x.log")] == ["done:", "done:"]
    assert files_in() == ["kept", "leads-scored.csv", "leads.csv", "model.csv"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--cron", "-o", "-"), "--cron writes files; give one with -o, and leave --dry-run out"),
        (("--cron", "--dry-run"), "--cron writes files; give one with -o, and leave --dry-run out"),
        (("--cron", "--json"), "--cron prints nothing, so no --json; leave one of them out"),
        (
            ("--last-good",),
            "--last-good needs a state, which keeps the models; give one with --state, or add --cron",
        ),
        (
            ("--last-good", "--cron", "--live", "-o", "x.xlsx"),
            "--last-good keeps no sheets of the model, which --live copies; leave one of them out",
        ),
    ],
)
def test_options_that_exclude_each_other(cli, leads, model, options, sentence):
    result = cli("score", leads, "-m", model, *options)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"leadscore: {sentence}\n")


@pytest.mark.parametrize("option", ["--state", "--log"])
@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("source", "leads.csv"),
        ("model", "model.csv"),
        ("results", "leads-scored.csv"),
        ("issues", "issues.csv"),
        ("source", "link.csv"),
    ],
)
def test_a_state_or_a_log_is_no_other_file_of_the_run(cron, leads, option, what, name, files_in):
    leads.with_name("link.csv").symlink_to(leads)
    before = stamp(leads)

    result = cron("--issues", leads.with_name("issues.csv"), option, leads.with_name(name))

    sentence = f"{option} names the file of the {what}, {name}; give it a name of its own"
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"leadscore: {sentence}\n")
    assert stamp(leads) == before
    assert files_in() == ["leads.csv", "link.csv", "model.csv"]


@pytest.mark.parametrize("log", [(), ("--log", "one.log")])
def test_a_state_and_a_log_are_two_files(cron, leads, monkeypatch, log):
    monkeypatch.chdir(leads.parent)

    result = cron("--state", "one.log", *log)

    assert (result.exit_code, result.stderr) == (
        2,
        "leadscore: --log names the file of the state, one.log; give it a name of its own\n",
    )
    assert not leads.with_name("one.log").exists()


def test_a_log_that_cannot_be_opened(cli, leads, model, tmp_path):
    result = cli("score", leads, "-m", model, "--log", tmp_path / "no" / "x.log")

    assert (result.exit_code, result.stderr) == (
        4,
        "leadscore: the log x.log cannot be opened: No such file or directory; give another file with --log\n",
    )


def test_a_state_on_a_network_share_is_said(cron, tmp_path, monkeypatch, read):
    monkeypatch.setattr(disks, "shared_kind", lambda _: "nfs4")

    cron("--issues", tmp_path / "issues.csv")

    problems = {row["code"]: row["problem"] for row in read.rows(tmp_path / "issues.csv")}
    assert problems["state-shared"] == (
        f"the state {STATE} is on a network share (nfs4), where locks may not hold and files may break"
    )


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOLCK])
def test_a_disk_that_knows_no_locks_is_said(cron, out, tmp_path, monkeypatch, read, code):
    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)

    cron("--issues", tmp_path / "issues.csv")

    problems = [row["problem"] for row in read.rows(tmp_path / "issues.csv") if row["code"] == "output-unlocked"]
    assert [problem.split(",")[0] for problem in problems] == [
        f"the disk of {name} knows no locks" for name in ("issues.csv", out.name)
    ]
    assert not list(tmp_path.glob(".*.lock"))


def test_cron_waits_for_young_files_those_of_a_model_in_a_folder_too(cli, cron, leads, tmp_path, make, monkeypatch):
    monkeypatch.setattr(whole_files, "YOUNG", 60.0)
    waits = []
    monkeypatch.setattr("leadscore.runs.careful.Watch", lambda: whole_files.Watch(sleep=waits.append))
    folder = tmp_path / "model"
    folder.mkdir()
    make.csv(folder / "Scoring.csv", make.scoring)
    make.csv(folder / "Bands.csv", [["Band", "From"], ["Hot", 40], ["Cold", ""]])

    assert silent(cron())
    assert waits == [whole_files.STILL] * 2

    assert silent(cli("score", leads, "-m", folder, "--cron"))
    assert waits == [whole_files.STILL] * (2 + 3)
