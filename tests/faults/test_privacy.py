"""T18: what is said, logged or left anywhere holds nothing of a lead; only what was asked for does."""

import json
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from tests.faults.runs import ENVIRONMENT, ROOT

# In every cell, in every form that it may take after cleaning; never a word that a message could have by chance.
NAME, MAILBOX, DOMAIN, NUMBER = "Qanarievsky", "xq.qanary", "qanary-gmbh.example", "647318295"
CANARIES = (NAME, MAILBOX, DOMAIN, NUMBER, "Qanaristan", "Qanarytown", "987123654")
HEADINGS = ["Id", "Name", "E-mail", "Phone", "Country", "City", "Budget"]
LEADS = [
    HEADINGS,
    ["987123654", NAME, f"{MAILBOX}@{DOMAIN}", f"0{NUMBER}", "FR", "Qanarytown", "987123654"],
    [f"A {NAME}", f"{NAME} {NAME}", f"{MAILBOX} at {DOMAIN}", f"+33{NUMBER}0000", "Qanaristan", NAME, NAME],
    [f"={NAME}()", f"{NAME}\x07\n", f"<{MAILBOX}@@{DOMAIN}>", "", NAME, "", f"{NAME},5"],
]
WRONG_MODEL = [
    ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"],
    ["Target country", "potential", 1, "no such field", "is blonk", "FR", 100],
]
COMMANDS = {
    "score": ("score", "leads.xlsx"),
    "score csv": ("score", "leads.csv", "-m", "model.csv", "--issues", "issues.csv"),
    "dry run": ("score", "leads.csv", "-m", "model.csv", "--dry-run"),
    "json": ("score", "leads.csv", "-m", "model.csv", "--json"),
    "in place": ("score", "copy.xlsx", "--in-place"),
    "strict": ("score", "leads.csv", "-m", "model.csv", "--strict"),
    "enrich": ("enrich", "leads.csv"),
    "check": ("check", "model.csv", "leads.csv"),
    "whatif": ("whatif", "leads.csv", "model.csv", "model.csv"),
    "cron": ("score", "leads.csv", "-m", "model.csv", "-o", "cron.csv", "--cron"),
    "cron again": ("score", "leads.csv", "-m", "model.csv", "-o", "cron.csv", "--cron"),
    "page": ("report", "leads-scored.xlsx"),
    "history": ("history", ".cron.csv.leadscore.db"),
    "explain": ("explain", "leads.csv", "2", "-m", "model.csv"),
    "explain as a page": ("explain", "leads.csv", "2", "-m", "model.csv", "--html", "explained.html"),
    "lead absent": ("explain", "leads.csv", "nobody", "-m", "model.csv"),
    "wrong model": ("score", "leads.csv", "-m", "wrong.csv"),
    "wrong model, cron": ("score", "leads.csv", "-m", "wrong.csv", "-o", "cron.csv", "--cron"),
    "leads as a model": ("score", "leads.csv", "-m", "leads.csv"),
    "wrong sheet": ("score", "leads.xlsx", "--sheet", "None"),
    "wrong encoding": ("score", "leads.csv", "-m", "model.csv", "--encoding", "utf-16"),
    "wrong headings": ("score", "leads.csv", "-m", "model.csv", "--header-row", "3"),
    "fewer leads": ("score", "few.csv", "-m", "model.csv", "-o", "cron.csv", "--cron"),
    "foreign output": ("score", "leads.csv", "-m", "model.csv", "-o", "few.csv"),
    "damaged": ("score", "damaged.xlsx"),
}
# The columns that the model of the runs reads, as the state names them.
READ = {"sheet: Country", "sheet: Budget", "made: email_validity"}
# Standard output is data: `explain` is about a lead, `check` names the values that no case of the model does.
ASKED = {"check", "explain"}
OUTPUTS = {
    "leads-scored.xlsx",
    "leads-scored.csv",
    "leads-enriched.csv",
    "issues.csv",
    "cron.csv",
    "copy.xlsx",
    "explained.html",
}
# A bug in the middle of the work, with a lead's cells in its frame.
BUG = """
import sys
from leadscore.pipeline import run
def fail(leads, *_arguments, **_options):
    name = leads.iloc[0].tolist()
    raise RuntimeError(name)
run.score_leads = fail
from leadscore.cli.app import run
sys.argv = ["leadscore", *sys.argv[1:]]
run()
"""


def canaries_in(data, *, lower=False):
    return [canary for canary in CANARIES if (canary.lower() if lower else canary).encode() in data]


@pytest.fixture(scope="module")
def aviary(tmp_path_factory, make):
    """A folder with leads that can be told wherever they go, beside an empty home and an empty temporary folder."""
    folder = tmp_path_factory.mktemp("aviary")
    for name in ("work", "home", "temp"):
        (folder / name).mkdir()
    work = folder / "work"
    texts = [[cell.replace("\x07", "") for cell in row] for row in LEADS]
    make.book(work / "leads.xlsx", Source=texts, Scoring=make.scoring)
    shutil.copy(work / "leads.xlsx", work / "copy.xlsx")
    make.csv(work / "leads.csv", LEADS)
    make.csv(work / "few.csv", LEADS[:1])
    make.csv(work / "model.csv", make.scoring)
    make.csv(work / "wrong.csv", WRONG_MODEL)
    (work / "damaged.xlsx").write_bytes((work / "leads.xlsx").read_bytes()[:3000])
    return folder


@pytest.fixture(scope="module")
def said(aviary, runs):
    """How every command ended, one after the other."""
    places = {"HOME": str(aviary / "home"), "TMPDIR": str(aviary / "temp")}
    return {name: runs.run(aviary / "work", *arguments, environment=places) for name, arguments in COMMANDS.items()}


def test_no_command_says_anything_of_a_lead(said):
    told = {name: canaries_in(ended.stderr.encode()) for name, ended in said.items()}

    assert {name: canaries for name, canaries in told.items() if canaries} == {}
    assert {name for name, ended in said.items() if canaries_in(ended.stdout.encode())} <= ASKED
    print({name: ended.code for name, ended in said.items()})
    assert {ended.code for ended in said.values()} >= {0, 3, 4}
    assert 1 not in {ended.code for ended in said.values()}


def test_nothing_is_left_but_the_outputs(said, aviary):
    work = aviary / "work"
    known = OUTPUTS | {"leads.xlsx", "leads.csv", "few.csv", "damaged.xlsx", ".cron.csv.leadscore.db"}
    holding = {path.name for path in work.iterdir() if canaries_in(path.read_bytes())}

    assert list((aviary / "home").iterdir()) == []
    assert list((aviary / "temp").iterdir()) == []
    assert holding - known == set()


def test_the_state_is_its_owners_alone_and_the_log_says_nothing(said, aviary):
    log, state = (aviary / "work" / f".cron.csv.leadscore.{kind}" for kind in ("log", "db"))

    assert canaries_in(log.read_bytes()) == []
    assert [stat.S_IMODE(path.stat().st_mode) for path in (log, state)] == [0o600, 0o600]


def test_the_state_holds_ids_and_the_columns_that_the_model_reads_and_nothing_else_of_a_lead(said, aviary):
    state = aviary / "work" / ".cron.csv.leadscore.db"
    with closing(sqlite3.connect(state)) as connection:
        reads = [set(json.loads(row[0])) for row in connection.execute("SELECT reads FROM runs WHERE exit_code = 0")]
        texts = dict(texts_in(connection))

    assert {cell: found for cell, text in texts.items() if (found := canaries_in(text.lower(), lower=True))}.keys() == {
        ("leads", "key"),
        ("leads", "fields"),
        ("changes", "key"),
    }
    assert reads == [READ]
    assert not {NUMBER, "Qanarytown"} & set(canaries_in(state.read_bytes()))


def texts_in(connection):
    """All that each column of each table holds, in one."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for column in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]:
            cells = [row[0] for row in connection.execute(f"SELECT {column} FROM {table}")]  # noqa: S608
            yield (table, column), "\n".join(map(str, cells)).encode()


@pytest.mark.parametrize("options", [(), ("--cron",)])
def test_a_bug_says_nothing_of_a_lead(aviary, options):
    line = [sys.executable, "-c", BUG, "score", "leads.csv", "-m", "model.csv", "-o", "bug.csv", *options]

    run = subprocess.run(
        line, cwd=aviary / "work", env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )

    assert run.returncode == 1
    assert run.stderr.startswith(b"leadscore: a bug of ours (RuntimeError in ")
    assert canaries_in(run.stdout + run.stderr) == []
