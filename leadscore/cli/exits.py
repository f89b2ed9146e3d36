"""Exceptions -> one sentence on stderr and the exit code of design.md section 7."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import typer

from leadscore.errors import BUG, DISK_TROUBLES, INTERRUPTED, LeadscoreError, ModelError, OutputError
from leadscore.issues import Severity

_WRONG_CALL: type[Exception] = typer.BadParameter.__mro__[1]  # click's UsageError; typer may have a click of its own


def guarded(command: Callable[..., None], *, writes: bool = False) -> Callable[..., None]:
    """The command, with whatever it raises turned into a sentence and an exit code.

    One that `writes` says of a wrong model that nothing was written.
    """

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
            if sys.stdout is not None:  # as it is where whoever started us closed it
                sys.stdout.flush()
        except (typer.Exit, _WRONG_CALL):
            raise
        except BrokenPipeError:
            _leave_closed_pipe()
        except (Exception, KeyboardInterrupt) as problem:
            code = _tell_briefly(problem) if options.get("cron") else _tell(problem, writes=writes)
            _give_up_stdout()
            raise typer.Exit(code) from problem

    return run


def _tell_briefly(problem: BaseException) -> int:
    """As _tell, in one sentence even for a model with many errors: what a mail from cron shows."""
    if not isinstance(problem, ModelError):
        return _tell(problem, writes=True)
    errors = sum(issue.severity is Severity.ERROR for issue in problem.issues)
    what = f"{errors} error{'s' if errors > 1 else ''}"
    typer.echo(f"leadscore: the model has {what}; the last results stay; `leadscore check` says more", err=True)
    return problem.exit_code


def _tell(problem: BaseException, *, writes: bool) -> int:
    if isinstance(problem, ModelError):
        from leadscore.terminal.findings import print_model_error

        print_model_error(problem, writes=writes)
        return problem.exit_code
    if isinstance(problem, LeadscoreError):
        typer.echo(f"leadscore: {problem}", err=True)
        return problem.exit_code
    if isinstance(problem, KeyboardInterrupt):
        typer.echo("leadscore: interrupted; no file is half-written", err=True)
        return INTERRUPTED
    if isinstance(problem, OSError) and (trouble := DISK_TROUBLES.get(problem.errno or 0)):
        typer.echo(f"leadscore: {trouble}", err=True)
        return OutputError.exit_code
    return _tell_bug(problem)


def _tell_bug(problem: BaseException) -> int:
    """A bug of ours: named by its place. The traceback may hold a lead's data, so it is shown only where asked for."""
    if os.environ.get("LEADSCORE_DEBUG"):
        traceback.print_exception(problem)
    where = traceback.extract_tb(problem.__traceback__)[-1]
    sentence = (
        f"leadscore: a bug of ours ({type(problem).__name__} in {Path(where.filename).name}, line {where.lineno}); "
        "no file is half-written. Run again with LEADSCORE_DEBUG=1 and report what it prints"
    )
    typer.echo(sentence, err=True)
    return BUG


def _give_up_stdout() -> None:
    """What could not be written stays in the buffer; Python would try again at exit, and then choose the exit code."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        _leave_closed_pipe()


def _leave_closed_pipe() -> None:
    """The reader of our stdout is gone (`leadscore … | head`): no error, and nothing may be flushed at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
