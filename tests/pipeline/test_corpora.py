"""Every odd file that others collected is scored, or refused with one sentence and the right exit code."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DATA = SHARED / "data"
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"}

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not on this machine")

# Run apart, with little memory: a file that ends the process must end this one, not the test run.
PROGRAM = """
import json, resource, sys
from typer.testing import CliRunner
from leadscore.cli.app import app

resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
_, output, role, other, *files = sys.argv
for name in files:
    source, model = (name, other) if role == "source" else (other, name)
    run = CliRunner().invoke(app, ["score", source, "-m", model, "-o", output, "--as-of", "2026-03-31"])
    print(json.dumps([name, run.exit_code, run.stdout, run.stderr]), flush=True)
"""


# Every file takes minutes; the gate takes every fourth, a release (LEADSCORE_CORPORA=all) each.
IS_WHOLE = os.environ.get("LEADSCORE_CORPORA") == "all"
FEW = 4


def files_of(*folders):
    files = [path for folder in folders for path in sorted((DATA / folder).rglob("*")) if path.suffix in SUFFIXES]
    return files if IS_WHOLE or len(files) < FEW * FEW else files[::FEW]


@pytest.fixture
def outcomes(tmp_path):
    """Score each file as source, or as model, and check what holds for all; the outcomes."""

    def run(files, role, other):
        line = [sys.executable, "-c", PROGRAM, tmp_path / "out.xlsx", role, other, *files]
        done = subprocess.run(line, capture_output=True, text=True, check=True, timeout=300)
        results = [json.loads(text) for text in done.stdout.splitlines()]
        assert [row[0] for row in results] == [str(file) for file in files]
        for row in results:
            check_manners(*row)
        return results

    return run


def check_manners(name, code, stdout, stderr):
    """Data on stdout only, no traceback, and one sentence for a refusal (a wrong model: each mistake, then one)."""
    assert code in {0, 2, 3, 4}, (name, stderr)
    assert stdout == "", name
    assert "Traceback" not in stderr, name
    *mistakes, last = stderr.splitlines()
    assert code == 0 or last.startswith("leadscore: "), (name, stderr)
    assert all(line.startswith(("error: ", "warning: ", "note: ")) for line in mistakes), (name, stderr)
    assert code == 3 or not mistakes, (name, stderr)


def counted(results):
    counts = Counter(code for _, code, _, _ in results)
    print(dict(counts))
    return counts


def test_every_sheet_and_csv_as_source(outcomes, make, tmp_path):
    anything = ["Anything", "potential", 1, "email_validity", "is", "ok", 1]
    model = make.csv(tmp_path / "any.csv", [make.scoring[0], anything])

    expected = ({0: 33, 4: 3}, {0: 131, 4: 33}) if IS_WHOLE else ({0: 8, 4: 1}, {0: 34, 4: 7})
    assert counted(outcomes(files_of("csv"), "source", model)) == expected[0]
    assert counted(outcomes(files_of("sheets"), "source", model)) == expected[1]


def test_every_sheet_and_csv_as_model(outcomes, leads):
    counts = counted(outcomes(files_of("csv", "sheets"), "model", leads))

    assert counts == {3: 200 if IS_WHOLE else 50}


def test_bombs(outcomes, make, tmp_path):
    model = make.csv(tmp_path / "any.csv", [make.scoring[0], ["Any", "potential", 1, "email_validity", "is", "ok", 1]])

    assert counted(outcomes(files_of("bombs"), "source", model)) == {0: 2, 4: 4}


def test_five_hundred_contacts(outcomes, make, tmp_path, read):
    rows = [
        make.scoring[0],
        ["E-mail exists", "exclusion", 1, "email_validity", "is", "ok", 100],
        ["E-mail exists", "exclusion", 1, "email_validity", "is", "fail", -1000],
        ["Website", "potential", 1, "web", "is not blank", None, 50],
    ]
    model = make.csv(tmp_path / "contacts.csv", rows)

    results = outcomes(files_of("leads/contacts_500"), "source", model)

    assert counted(results) == {0: 2}
    assert all("500 leads scored" in stderr for _, _, _, stderr in results)
    headings, *scored = read.sheet(tmp_path / "out.xlsx", "Results")
    assert {row[headings.index("score")] for row in scored} == {75}
