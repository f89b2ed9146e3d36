"""The options of runs that nobody watches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadscore.runs.open_elsewhere import IfOpen

if TYPE_CHECKING:
    from leadscore.runs.care import Care  # imports pandas, which no command may do before it runs

WAIT = IfOpen.WAIT

Cron = Annotated[
    bool,
    typer.Option(
        "--cron",
        envvar="LEADSCORE_CRON",
        help="Run unwatched: say nothing unless something is wrong, write nothing unless something changed, "
        "keep a state and a log beside the results.",
    ),
]
Log = Annotated[
    Path | None,
    typer.Option(
        "--log", envvar="LEADSCORE_LOG", help="Write a line about this run to this file. With --cron: beside the state."
    ),
]
WhenOpen = Annotated[
    IfOpen,
    typer.Option(
        "--if-open",
        envvar="LEADSCORE_IF_OPEN",
        help="When a file to be written is open in Excel or LibreOffice: wait a minute, write beside it, or fail.",
    ),
]
MaxDrop = Annotated[
    str,
    typer.Option(
        "--max-drop",
        envvar="LEADSCORE_MAX_DROP",
        help="Refuse leads of which more than this share is gone since the last run that the state knows.",
    ),
]
LastGood = Annotated[
    bool,
    typer.Option(
        "--last-good",
        envvar="LEADSCORE_LAST_GOOD",
        help="When the model is wrong, use the last valid one that the state keeps, and say so.",
    ),
]

OnAlert = Annotated[
    str,
    typer.Option(
        "--on-alert",
        envvar="LEADSCORE_ON_ALERT",
        help="Run this command when leads enter a band that the setting Alert bands names, with what there is to say "
        "of them on its stdin, as JSON. Needs a state: --cron or --state.",
    ),
]


def care_of(
    *, cron: bool, log: Path | None, if_open: IfOpen, max_drop: str, last_good: bool, strict: bool, on_alert: str = ""
) -> Care:
    """What these options ask for. Raises UsageError for a share or a command that is none."""
    from leadscore.runs.alerts import read_command
    from leadscore.runs.care import Care
    from leadscore.runs.refusals import read_share

    share = read_share(max_drop, "--max-drop")
    return Care(
        cron=cron,
        log=log,
        if_open=if_open,
        max_drop=share,
        last_good=last_good,
        strict=strict,
        on_alert=read_command(on_alert),
        tell=lambda text: typer.echo(f"leadscore: {text}", err=True),
    )
