"""How a run ends: its summary where it is wanted, and its exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from leadscore.cli.exits import STRICT

if TYPE_CHECKING:
    from leadscore.pipeline.run import Outcome  # imports pandas, which no command may do before it runs


def end(outcome: Outcome, *, json: bool, quiet: bool, strict: bool) -> None:
    """Print what the run did. Raises typer.Exit(5) when --strict meets issues or warnings; notes do not count."""
    from leadscore.terminal.summary import print_summary, summary_json

    if json:
        typer.echo(summary_json(outcome))
    elif not quiet:
        print_summary(outcome)
    if strict and outcome.has_doubts:
        raise typer.Exit(STRICT)
