"""What holds for the project as a whole."""

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import leadscore

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "leadscore", "tests", "sample_data", "configs"}
MADE_BY_TOOLS = {"leadscore.egg-info", "build", "dist"}
MODULES = sorted(path for path in (ROOT / "leadscore").rglob("*.py"))


def test_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == leadscore.__version__
    assert f"## {leadscore.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "leadscore" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_top_level_is_small():
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert names - MADE_BY_TOOLS <= ALLOWED


FORBIDDEN_CALLS = {"eval", "exec", "__import__", "breakpoint"}
FORBIDDEN_METHODS = {"query", "iterrows", "itertuples", "eval"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "socket", "urllib", "http", "requests", "ssl", "dns", "asyncio"}
# Mail look-ups, which a run makes only when it is told to.
LOOK_UPS = {
    "leadscore/enrichment/mail_lookup.py": {
        *("import asyncio", "from dns.asyncresolver", "from dns.exception", "from dns.resolver")
    }
}


def faults(tree):
    """What no module may do: run text as code, unpickle, go row by row, or reach the network."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
                yield f"{name}() in line {node.lineno}"
            case ast.Call(func=ast.Attribute(attr=name)) if name in FORBIDDEN_METHODS:
                yield f".{name}() in line {node.lineno}"
            case ast.Call(func=ast.Attribute(attr="apply"), keywords=keywords) if keywords:
                yield from (f".apply(axis) in line {node.lineno}" for word in keywords if word.arg == "axis")
            case ast.Import(names=names):
                yield from (f"import {one.name}" for one in names if one.name.split(".")[0] in FORBIDDEN_MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in FORBIDDEN_MODULES:
                yield f"from {module}"


@pytest.mark.parametrize(
    "source", ["eval('1')", "d.query('a')", "d.apply(f, axis=1)", "import pickle", "from http import x"]
)
def test_the_faults_are_found(source):
    assert list(faults(ast.parse(source)))


def test_no_module_runs_text_goes_row_by_row_or_reaches_the_network():
    found = {str(path.relative_to(ROOT)): set(faults(ast.parse(path.read_text(encoding="utf-8")))) for path in MODULES}

    assert {path: rows for path, rows in found.items() if rows} == LOOK_UPS


OFFLINE = """
import sys

def watch(event, arguments):
    if event.startswith("socket."):
        print("NETWORK", event, arguments, file=sys.stderr)
        raise SystemExit(99)

sys.addaudithook(watch)
from leadscore.cli.app import app
app(sys.argv[1:])
"""


def test_a_run_never_touches_the_network(workbook):
    line = [sys.executable, "-c", OFFLINE, "score", workbook]
    run = subprocess.run(line, capture_output=True, text=True, check=False)

    assert (run.returncode, "NETWORK" in run.stderr) == (0, False), run.stderr


@pytest.mark.skipif(
    subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode != 0,
    reason="no network namespaces here",
)
def test_a_run_without_any_network_gives_the_same(workbook, tmp_path):
    for name, before in (("with.xlsx", ()), ("without.xlsx", ("unshare", "-rn"))):
        line = [*before, sys.executable, "-m", "leadscore", "score", workbook, "-o", tmp_path / name]
        subprocess.run(line, capture_output=True, check=True)

    assert (tmp_path / "with.xlsx").read_bytes() == (tmp_path / "without.xlsx").read_bytes()


def test_the_hook_would_see_the_network():
    program = OFFLINE.partition("from leadscore")[0] + "import socket; socket.socket()"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=os.environ)

    assert (run.returncode, "NETWORK socket.__new__" in run.stderr) == (99, True)
