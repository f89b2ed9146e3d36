"""T19: surroundings that mean ill, or that nobody thought of: the same results, and nothing planted is imported."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.runs import ENVIRONMENT

COMMAND = Path(sys.executable).with_name("leadscore")
AS_A_MODULE = (sys.executable, "-m", "leadscore")
# Modules of ours, of libraries and of Python; each would leave a mark.
PLANTED = ("email", "typer", "pandas", "openpyxl", "json", "random", "csv", "zipfile", "leads", "model", "dotenv")
MARK = "import pathlib; pathlib.Path(__file__).with_suffix('.imported').touch()\n"
OTHER_FILES = {
    ".env": "LEADSCORE_MODEL=wrong.csv\n",
    "pyproject.toml": "[tool.leadscore]\nmodel = 'wrong.csv'\n",
    "setup.cfg": "[leadscore]\nmodel = wrong.csv\n",
    "leadscore.toml": "model = 'wrong.csv'\n",
}
NOTHING = {}
SURROUNDINGS = {
    "a folder of planted modules": (COMMAND, NOTHING),
    "python -m in such a folder": (AS_A_MODULE, NOTHING),
    "a path of Python's that leads nowhere": (COMMAND, {"PYTHONPATH": "/nonexistent"}),
    "another order of hashes": (COMMAND, {"PYTHONHASHSEED": "7"}),
    "temporary files nowhere": (COMMAND, {"TMPDIR": "/nonexistent"}),
    "no home, no path": (COMMAND, {"HOME": "", "PATH": ""}),
    "Turkish": (COMMAND, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "a locale that is none": (COMMAND, {"LC_ALL": "xx_XX"}),
    "ASCII": (COMMAND, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "a time zone that is none": (COMMAND, {"TZ": "Nowhere/Land"}),
    "a terminal of one column": (COMMAND, {"COLUMNS": "1", "LINES": "1", "TERM": "vt52", "FORCE_COLOR": "1"}),
    "optimised": (COMMAND, {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}),
}
FEW = ("a folder of planted modules", "python -m in such a folder", "ASCII")


@pytest.fixture
def trap(tmp_path, make):
    """A folder with leads and a model, and with all that a program may read or import by mistake."""
    make.csv(tmp_path / "leads.csv", [[f"{cell}é" if cell == "Ann" else cell for cell in row] for row in make.leads])
    make.csv(tmp_path / "model.csv", make.scoring)
    make.csv(tmp_path / "wrong.csv", [make.scoring[0]])
    for name in PLANTED:
        (tmp_path / f"{name}.py").write_text(MARK)
    for name, text in OTHER_FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture(scope="session")
def usual_result(runs, tmp_path_factory, make):
    """What the leads of the trap give, in a folder with nothing else."""
    folder = tmp_path_factory.mktemp("usual")
    make.csv(folder / "leads.csv", [[f"{cell}é" if cell == "Ann" else cell for cell in row] for row in make.leads])
    make.csv(folder / "model.csv", make.scoring)
    assert runs.run(folder, "score", "leads.csv", "-m", "model.csv", "-q").is_silent
    return (folder / "leads-scored.csv").read_bytes()


def case(name):
    return pytest.param(*SURROUNDINGS[name], id=name, marks=[] if name in FEW else pytest.mark.long)


@pytest.mark.parametrize(("command", "environment"), [case(name) for name in SURROUNDINGS])
def test_the_same_results_anywhere(trap, usual_result, command, environment):
    line = [*([command] if isinstance(command, Path) else command), "score", "leads.csv", "-m", "model.csv", "-q"]

    run = subprocess.run(
        line,
        cwd=trap,
        env={**ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert (trap / "leads-scored.csv").read_bytes() == usual_result
    assert list(trap.glob("*.imported")) == []
