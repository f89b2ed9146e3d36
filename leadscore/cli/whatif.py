"""leadscore whatif: what a new model would change, before it does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadscore.cli import options

_MODEL = "a workbook, a CSV file with the sheet Scoring, or a folder of CSV files."


def whatif(
    source: options.Source,
    model: Annotated[Path, typer.Argument(help=f"The model in use: {_MODEL}")],
    new_model: Annotated[
        Path | None, typer.Argument(help="The model to compare with it. Without one, --ablate is needed.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            envvar="LEADSCORE_WHATIF_OUTPUT",
            help="Write everything to this .xlsx too, every mover in it.",
        ),
    ] = None,
    ablate: Annotated[
        bool,
        typer.Option(
            "--ablate",
            envvar="LEADSCORE_ABLATE",
            help="Show what each criterion of the newer model decides, so what none does.",
        ),
    ] = False,
    activities: options.Activities = None,
    as_of: options.AsOf = "",
    country: options.Country = "",
    sheet: options.Sheet = "",
    header_row: options.HeaderRow = 0,
    encoding: options.Encoding = "",
    delimiter: options.Delimiter = "",
    json: options.Json = False,
) -> None:
    """Compare two models on the same leads: who changes band, by how much, because of which criterion."""
    from leadscore.pipeline.whatif_book import write_what_if
    from leadscore.pipeline.whatif_run import WhatIfJob, what_if
    from leadscore.runs.lock import holding
    from leadscore.sheets.source import ReadingOptions
    from leadscore.terminal.comparison import print_what_if, what_if_json
    from leadscore.terminal.progress import working

    job = WhatIfJob(
        source=options.source_path(source),
        model=model,
        new_model=new_model,
        output=output,
        ablate=ablate,
        activities=tuple(activities or ()),
        as_of=as_of,
        settings=options.said_settings(country=country),
        reading=ReadingOptions(sheet, header_row, encoding, delimiter),
    )
    with working("Comparing", quiet=json):
        outcome = what_if(job)
        with holding([output] if output is not None else []):
            write_what_if(outcome)
    if json:
        typer.echo(what_if_json(outcome))
        return
    print_what_if(outcome)
    if output is not None:
        typer.echo(f"Written: {output}", err=True)
