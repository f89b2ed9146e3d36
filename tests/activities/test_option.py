"""--activities: one file or several, by the option or by its environment variable."""

import os

import pytest
import typer
from typer.testing import CliRunner

from leadscore.cli import options

app = typer.Typer()


@app.command()
def show(activities: options.Activities = None) -> None:
    typer.echo([str(path) for path in activities or []])


@pytest.mark.parametrize(
    ("arguments", "environment", "files"),
    [
        ([], {}, []),
        (["--activities", "a.csv"], {}, ["a.csv"]),
        (["--activities", "a.csv", "--activities", "b c.xlsx"], {}, ["a.csv", "b c.xlsx"]),
        ([], {"LEADSCORE_ACTIVITIES": os.pathsep.join(["a.csv", "b c.xlsx"])}, ["a.csv", "b c.xlsx"]),
        (["--activities", "c.csv"], {"LEADSCORE_ACTIVITIES": "a.csv"}, ["c.csv"]),
    ],
)
def test_the_files_named(arguments, environment, files):
    assert CliRunner().invoke(app, arguments, env=environment).stdout == f"{files}\n"


def test_the_help_says_what_it_takes(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    shown = " ".join(CliRunner().invoke(app, ["--help"]).stdout.replace("│", " ").split())

    assert "LEADSCORE_ACTIVITIES" in shown
    assert "A file of what leads did: .csv .tsv .txt, a workbook, .parquet. The option repeats" in shown
