"""The command `leadscore`."""

from __future__ import annotations

import io
import signal
import sys
from contextlib import suppress
from typing import Annotated

import typer

from leadscore import __version__
from leadscore.cli.check import check
from leadscore.cli.enrich import enrich
from leadscore.cli.exits import guarded
from leadscore.cli.explain import explain
from leadscore.cli.history import history
from leadscore.cli.init import init
from leadscore.cli.report import report
from leadscore.cli.schedule import schedule
from leadscore.cli.score import score
from leadscore.cli.whatif import whatif

EXAMPLES = """
leadscore init                          a workbook to start from: leads and model in one file

leadscore score leads.xlsx              score it with its own sheet Scoring

leadscore score crm.csv -m model.xlsx   score an export with a model kept elsewhere

leadscore explain leads.xlsx 7          why row 7 has its score
"""

app = typer.Typer(
    name="leadscore",
    help="Score a sheet of leads with a model edited in Excel: local, explainable, offline.",
    epilog=EXAMPLES,
    add_completion=True,
    pretty_exceptions_enable=False,  # a traceback with source lines may show a lead's data
)
for command in (score, enrich, check, explain, whatif, history, report, init):
    app.command()(guarded(command, writes=command in (score, enrich)))
# Its arguments are those of score, which reads them.
app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, options_metavar="SOURCE [OPTIONS]"
)(guarded(schedule))


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"leadscore {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The help for a bare call."""
    if context.invoked_subcommand is None and not version:
        typer.echo(context.get_help())


def run() -> None:
    """The console script: every outcome is an exit code and at most a sentence."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without the letter é shows ?, and nothing stops
    with suppress(ValueError):  # only the main thread may say what a signal does
        signal.signal(signal.SIGTERM, _interrupt)
    sys.unraisablehook = _stay_silent
    app()


def _interrupt(_number: int, _frame: object) -> None:
    """Who stops a service or shuts down says so by SIGTERM: ended as by Ctrl-C, with nothing half-written left."""
    raise KeyboardInterrupt


def _stay_silent(_problem: object) -> None:
    """What fails once more as Python cleans up, such as a zip on a full disk, was told when it first did."""
