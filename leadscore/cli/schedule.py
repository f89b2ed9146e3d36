"""leadscore schedule: the texts that make this machine run `score` every hour."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import typer

# Options whose value is a file: cron has another working folder.
_FILES = frozenset({"source", "model", "output", "issues", "state", "log", "activities"})
_SAID = ("COMMANDLINE", "ENVIRONMENT")  # names of click's ParameterSource


def schedule(context: typer.Context) -> None:
    """Print what makes cron, systemd or the Windows Task Scheduler score SOURCE every hour. Takes the options of score.

    Nothing is installed or changed. Values from LEADSCORE_ variables are written out: schedulers do not have them.
    """
    from leadscore.errors import UsageError
    from leadscore.runs.schedule import Call, schedule_texts

    # Any: click, of which typer has a copy of its own since 0.25
    parent: Any = context.parent
    with parent.command.commands["score"].make_context("score", list(context.args), parent=parent) as said:
        if str(said.params["source"]) == "-":
            raise UsageError("a scheduled run has no standard input; name a file")
        line = [*_program(), "score", *_words(said)]
        if not said.params["cron"]:
            line.append("--cron")
        typer.echo(schedule_texts(Call(line, os.getcwd(), str(said.params["source"]))), nl=False)  # noqa: PTH109


def _program() -> list[str]:
    """The program of this installation, links kept: a virtual environment is known by the path of its Python."""
    script = Path(sys.executable).with_name("leadscore.exe" if sys.platform == "win32" else "leadscore")
    return [str(script)] if script.exists() else [sys.executable, "-P", "-m", "leadscore"]


def _words(said: Any) -> list[str]:
    """The source and the options that were said, as words of a command line."""
    words: list[str] = []
    for parameter in said.command.params:
        name = parameter.name or ""
        if said.get_parameter_source(name).name in _SAID:
            words += _said(parameter, said.params[name])
    return words


def _said(parameter: Any, value: Any) -> list[str]:
    name = parameter.name or ""
    text = str(getattr(value, "value", value))
    if name in _FILES and text != "-":
        text = str(Path(text).absolute())
    if parameter.param_type_name == "argument":
        return [text]
    longest = max(parameter.opts, key=len)
    if isinstance(value, bool):
        return [longest] if value else []
    return [f"{longest}={text}"]
