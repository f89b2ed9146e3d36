"""README.md says what is so: its commands run and print what it shows, its Python snippet runs, its links are good."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import openpyxl
import pytest

from leadscore.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^```console\n\$ (.+)\n((?:.*\n)*?)```$", README, flags=re.MULTILINE)
COMMANDS = {line: shown for line, shown in CONSOLE if line.startswith("leadscore ")}
LEFT_OUT = "…"  # alone on a line: any lines


@pytest.fixture
def folder(tmp_path, cli, monkeypatch):
    """A folder as the reader has it: the samples, an export, a workbook made by init, scored, and an edited copy."""
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    shutil.copy(ROOT / "sample_data" / "leads.csv", tmp_path / "export.csv")
    monkeypatch.chdir(tmp_path)
    assert cli("init", "my-leads").exit_code == 0
    assert cli("score", "my-leads/leads.xlsx", "-q").exit_code == 0
    double_the_budget(Path("my-leads/leads.xlsx"), Path("new.xlsx"))
    return tmp_path


def double_the_budget(model, copy):
    with warnings.catch_warnings(action="ignore"):  # openpyxl says that it drops the data bars
        book = openpyxl.load_workbook(model)
    for criterion, _, weight, *_ in book["Scoring"].iter_rows():
        if criterion.value == "Budget":
            weight.value = 2
    book.save(copy)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_runs_and_prints_what_is_shown(line, folder, cli):
    if line == "leadscore init my-leads":
        shutil.rmtree(folder / "my-leads")

    done = cli(*shlex.split(line)[1:])

    assert (done.exit_code, done.exception) == (0, None), done.output
    assert is_shown(COMMANDS[line], done.output), done.output


def is_shown(shown, printed):
    """Whether a block shows what was printed, but for the lines it leaves out; an empty block shows nothing."""
    parts = [re.escape(part.strip("\n")) for part in re.split(rf"^{LEFT_OUT}$", plain(shown), flags=re.MULTILINE)]
    return not shown or re.fullmatch(r"(?s:\n|\n.*\n)".join(parts) + r"\n*", plain(printed) + "\n") is not None


def plain(text):
    """Text without the blanks that a table leaves at the end of its lines."""
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("", "anything\n", True),
        ("ok\n", "ok\n", True),
        ("ok\n", "not ok\n", False),
        ("a\n…\nc\n", "a\nb\nc\n", True),
        ("a\n…\nc\n", "a\nb\nd\n", False),
        ("a\n…\n", "a  \nb\n", True),
        ("a\n", "a\nb\n", False),
    ],
)
def test_what_is_shown_is_compared(shown, printed, expected):
    assert is_shown(shown, printed) is expected


def test_the_commands_that_matter_are_shown():
    assert {line.split()[1] for line in COMMANDS} == {
        *("init", "score", "check", "whatif", "explain", "enrich", "report")
    }


def test_the_python_snippet_runs(folder):
    (snippet,) = re.findall(r"^```python\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert all(name in done.stdout for name in ("score", "rank", "excluded_by", "reasons"))


def test_one_command_installs_and_scores_and_one_installs_and_checks_as_the_gate_does():
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    score, check = (line for line, _ in CONSOLE if not line.startswith("leadscore "))

    venv = "python3 -m venv .venv && .venv/bin/pip install --quiet"
    assert score == f"{venv} . && .venv/bin/leadscore score sample_data/leads.xlsx"
    assert check == f'{venv} -e ".[dev]" && .venv/bin/python tests/check.py'
    assert all(part in gate for part in ('-e ".[dev]"', "tests/check.py", "leadscore score sample_data/leads.xlsx"))


def test_the_table_of_commands_lists_those_there_are():
    section = README.split("\n## Commands\n")[1].split("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)[^`]*` \|", section, flags=re.MULTILINE)

    assert sorted(listed) == sorted(command.name or command.callback.__name__ for command in app.registered_commands)


def test_every_link_leads_to_a_file():
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_it_is_read_in_five_minutes():
    prose = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)

    assert len(prose.split()) < 1200
