"""leadscore check: everything wrong or doubtful in a model, by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadscore.cli import options
from leadscore.cli.exits import STRICT


def check(
    model: Annotated[Path, typer.Argument(help="The model: a workbook, a CSV file, or a folder of CSV files.")],
    source: Annotated[
        Path | None, typer.Argument(help="A sheet of leads: then the model's fields are looked for in it.")
    ] = None,
    as_of: options.AsOf = "",
    sheet: options.Sheet = "",
    header_row: options.HeaderRow = 0,
    encoding: options.Encoding = "",
    delimiter: options.Delimiter = "",
    json: options.Json = False,
    strict: options.Strict = False,
) -> None:
    """Check a model, with a sheet of leads if one is given. Prints ok, or every finding with its cell."""
    from leadscore.errors import ModelError
    from leadscore.pipeline.check import check_model
    from leadscore.sheets.source import ReadingOptions
    from leadscore.terminal.findings import findings_json, print_findings

    reading = ReadingOptions(sheet, header_row, encoding, delimiter)
    try:
        found = check_model(model, source, as_of, reading)
    except ModelError as problem:
        if not json:
            raise
        typer.echo(findings_json(problem.issues))
        raise typer.Exit(problem.exit_code) from problem
    if json:
        typer.echo(findings_json(found))
    else:
        print_findings(found, model)
    if strict and found:
        raise typer.Exit(STRICT)
