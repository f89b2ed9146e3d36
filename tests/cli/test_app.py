"""What holds for every command: help, version, the environment, and that each option has a test."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from leadscore import __version__
from leadscore.cli.app import app
from leadscore.model.templates import TEMPLATES

HEAVY = ("pandas", "numpy", "openpyxl", "phonenumbers", "xlsxwriter", "python_calamine")
COMMANDS = typer.main.get_command(app).commands
TESTS = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parents[1].rglob("test_*.py")))


def options():
    for name, one in COMMANDS.items():
        yield from ((name, option) for option in one.params if option.param_type_name == "option")


def test_version(cli):
    result = cli("--version")

    assert (result.exit_code, result.stdout, result.stderr) == (0, f"leadscore {__version__}\n", "")


def test_a_bare_call_shows_the_help(cli):
    result = cli()

    assert (result.exit_code, result.stderr) == (0, "")
    for name in COMMANDS:
        assert name in result.stdout
    assert result.stdout == cli("--help").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(cli, name):
    result = cli(name, "--help")

    assert result.exit_code == 0
    assert all(option.help for option in COMMANDS[name].params if option.name != "help")


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), (), *((name, "--help") for name in ("score", "explain", "check"))]
)
def test_help_imports_nothing_heavy(arguments):
    program = (
        "import sys; sys.argv = ['leadscore', *sys.argv[1:]]\n"
        "from leadscore.cli.app import run\n"
        "try: run()\n"
        "except SystemExit as end: code = end.code\n"
        f"loaded = [name for name in {HEAVY} if name in sys.modules]\n"
        "print(code, loaded, file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)

    assert result.stderr.splitlines()[-1] == "0 []"


def test_every_option_appears_in_a_test():
    missing = [
        (name, option.opts) for name, option in options() if not any(f'"{text}"' in TESTS for text in option.opts)
    ]

    assert not [row for row in missing if "--help" not in row[1]]


def test_every_option_of_a_run_has_a_variable_and_every_variable_a_test():
    without = {(name, option.name) for name, option in options() if not option.envvar and option.name != "help"}
    variables = {option.envvar for _, option in options() if option.envvar}

    assert without == set()
    assert all(re.fullmatch(r"LEADSCORE_[A-Z_]+", name) for name in variables)
    assert not [name for name in variables if name not in TESTS]


@pytest.mark.parametrize(
    "arguments", [("score", "leads.csv", "--ouput", "x.csv"), ("score",), ("scoer", "x"), ("explain", "leads.csv")]
)
def test_a_wrong_call_is_a_usage_error(cli, arguments):
    result = cli(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr


# The environment ------------------------------------------------------------------------------------------------------


def test_option_beats_environment_beats_settings_beats_default(cli, tmp_path, make, read):
    leads = make.csv(tmp_path / "leads.csv", [["Phone"], ["0475612983"]])
    rows = [make.scoring[0], ["Phone", "quality", 1, "phone_validity", "is", "ok", 10]]
    silent = make.book(tmp_path / "silent.xlsx", Scoring=rows)
    french = make.book(tmp_path / "french.xlsx", Scoring=rows, Settings=[["Setting", "Value"], ["Country", "FR"]])

    def number(model, *arguments, **environment):
        result = cli("enrich", leads, "-m", model, "-o", "-", "-q", *arguments, **environment)
        return read.rows(result.stdout)[0]["phone_e164"]

    assert number(silent) == ""
    assert number(french) == "+33475612983"
    assert number(french, LEADSCORE_COUNTRY="BE") == "+32475612983"
    assert number(french, "--country", "NL", LEADSCORE_COUNTRY="BE") == "+31475612983"


def test_settings_of_reading_and_showing(cli, tmp_path, make, read):
    settings = [["Setting", "Value"], ["Source sheet", "Mine"], ["Header row", 2], ["Result columns", "Name"]]
    rows = [["x", "y", "z", "a", "b", "c"], *make.leads]
    source = make.book(tmp_path / "b.xlsx", Source=[["x"], ["1"]], Mine=rows, Scoring=make.scoring, Settings=settings)

    said = read.rows(cli("score", source, "-o", "-", "-q").stdout)
    overruled = read.rows(cli("score", source, "-o", "-", "-q", LEADSCORE_COLUMNS="Id").stdout)

    assert [row["Name"] for row in said] == ["Ann", "Bob", "Zoe"]
    assert (list(said[0])[:2], list(overruled[0])[:2]) == (["Name", "score"], ["Id", "score"])


def test_variables_of_a_run(cli, leads, model, read, files_in):
    result = cli(
        "score", leads, LEADSCORE_MODEL=str(model), LEADSCORE_OUTPUT=str(leads.with_name("out.xlsx")),
        LEADSCORE_AS_OF="2026-03-31", LEADSCORE_LANG="fr", LEADSCORE_ISSUES=str(leads.with_name("issues.csv")),
        LEADSCORE_STRICT="1", LEADSCORE_QUIET="1",
    )  # fmt: skip

    assert (result.exit_code, result.stdout, result.stderr) == (5, "", "")
    assert files_in() == ["issues.csv", "leads.csv", "model.csv", "out.xlsx"]
    assert "Résultats" in read.sheets(leads.with_name("out.xlsx"))
    assert ("as_of", "2026-03-31") in read.sheet(leads.with_name("out.xlsx"), "Exécution")


def test_variables_of_reading(cli, tmp_path, make, model, read):
    odd = tmp_path / "odd.csv"
    odd.write_bytes("\n".join(["x#y", *("#".join(row) for row in make.leads)]).encode("cp850"))
    book = make.book(tmp_path / "two.xlsx", Source=[["x"], ["1"]], Other=make.leads)

    from_csv = cli(
        "score", odd, "-m", model, "-o", "-", "-q",
        LEADSCORE_HEADER_ROW="2", LEADSCORE_DELIMITER="#", LEADSCORE_ENCODING="cp850",
    )  # fmt: skip
    from_book = cli("score", book, "-m", model, "-o", "-", "-q", LEADSCORE_SHEET="Other")

    assert len(read.rows(from_csv.stdout, "#")) == len(read.rows(from_book.stdout)) == 3


def test_variables_that_are_switches(cli, tmp_path, make, model, read):
    source = make.csv(tmp_path / "f.csv", [["Name", "E-mail", "Country", "Budget"], ["=1+1", "a@b.fr", "FR", "1"]])

    raw = cli("score", source, "-m", model, "-o", "-", "-q", LEADSCORE_RAW_CSV="1")
    dry = cli("score", source, "-m", model, LEADSCORE_DRY_RUN="1", LEADSCORE_JSON="1")
    wrong = cli("score", source, "-m", model, LEADSCORE_JSON="perhaps")

    assert read.rows(raw.stdout)[0]["Name"] == "=1+1"
    assert '"output": null' in dry.stdout
    assert (wrong.exit_code, wrong.stdout) == (2, "")


def test_debug_is_off_unless_said():
    assert "LEADSCORE_DEBUG" not in os.environ


def test_variables_of_init_and_whatif(cli, tmp_path, workbook, model):
    started = cli("init", tmp_path / "new", LEADSCORE_TEMPLATE="nope")
    compared = cli(
        "whatif", workbook, model, LEADSCORE_ABLATE="1", LEADSCORE_WHATIF_OUTPUT=str(tmp_path / "compared.xlsx")
    )

    assert started.stderr == f'leadscore: no template "nope"; there are: {", ".join(TEMPLATES)}\n'
    assert compared.exit_code == 0, compared.stderr
    assert (tmp_path / "compared.xlsx").exists()


def test_the_help_of_init_names_every_template():
    help_text = next(option.help for name, option in options() if option.name == "template")

    assert tuple(re.findall(r"[a-z0-9-]+", help_text.partition(": ")[2].replace(" or ", ", "))) == TEMPLATES


def test_only_a_command_that_writes_says_that_nothing_was_written(cli, tmp_path, make, leads):
    model = make.csv(tmp_path / "wrong.csv", [*make.scoring, ["X", "potential", 1, "Shoe size", "is", 1, 1]])
    calls = [("score", leads, "-m", model), ("check", model, leads), ("explain", leads, "2", "-m", model)]

    last = [cli(*call).stderr.splitlines()[-1] for call in calls]

    assert last == ["leadscore: 1 error; nothing was written", "leadscore: 1 error", "leadscore: 1 error"]
