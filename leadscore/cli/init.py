"""leadscore init: a workbook to start from."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from leadscore.cli import options


def init(
    folder: Annotated[Path, typer.Argument(help="Where to put it.")] = Path(),
    template: Annotated[
        str,
        typer.Option(
            envvar="LEADSCORE_TEMPLATE",
            help="Which model to start from: simple, fit-engagement, bant, b2c or product-lines.",
        ),
    ] = "simple",
    lang: Annotated[
        options.Lang, typer.Option("--lang", envvar="LEADSCORE_LANG", help="Language of its sheets and headings.")
    ] = options.Lang.EN,
) -> None:
    """Write one workbook with a few leads and a commented model, ready to be edited in Excel and scored."""
    from leadscore.pipeline.init import write_starter

    path = write_starter(folder, template, lang.value)
    typer.echo(
        f"{path} is ready: paste your leads into its first sheet, edit the points in Scoring, then run", err=True
    )
    typer.echo(f"leadscore score {quote(str(path))}", err=True)
