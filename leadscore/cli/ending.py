"""How a run ends: its summary where it is wanted, and its exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from leadscore.pipeline.run import Outcome  # imports pandas, which no command may do before it runs
    from leadscore.runs.care import Care


def refuse_two_outputs(source: Path, output: str, *, json: bool, dry_run: bool, cron: bool = False) -> None:
    """Raise UsageError where results and JSON would both go to stdout, or JSON from a run that is to say nothing."""
    from leadscore.errors import UsageError

    to_stdout = output == "-" or (str(source) == "-" and not output)
    if json and cron:
        raise UsageError("--cron prints nothing, so no --json; leave one of them out")
    if json and to_stdout and not dry_run:
        raise UsageError("--json and the results cannot share stdout; give a file with -o")


def end(outcome: Outcome, care: Care, *, json: bool, quiet: bool) -> None:
    """Print what the run did, with --cron only what is wrong. Raises typer.Exit(5) for issues that --strict minds."""
    from leadscore.runs.log import exit_code_after
    from leadscore.terminal.summary import print_summary, summary_json

    code = exit_code_after(outcome, strict=care.strict)
    if json:
        typer.echo(summary_json(outcome))
    elif care.cron:
        if code:
            care.tell("the results were written, but --strict found issues or warnings; run without --cron to see them")
    elif not quiet:
        print_summary(outcome)
    if code:
        raise typer.Exit(code)
