"""leadscore check: everything wrong or doubtful in a model, by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadscore.cli import options
from leadscore.errors import STRICT


def check(
    model: Annotated[Path, typer.Argument(help="The model: a workbook, a CSV file, or a folder of CSV files.")],
    source: Annotated[
        Path | None,
        typer.Argument(help="A sheet of leads: then also what each case matches, and what matches no case."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            envvar="LEADSCORE_REPORT",
            help="Write the findings as a sheet Checks, with a link to every cell, into a copy of the workbook.",
        ),
    ] = None,
    activities: options.Activities = None,
    as_of: options.AsOf = "",
    sheet: options.Sheet = "",
    header_row: options.HeaderRow = 0,
    encoding: options.Encoding = "",
    delimiter: options.Delimiter = "",
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", envvar="LEADSCORE_VERBOSE", help="Say how each case was understood.")
    ] = False,
    json: options.Json = False,
    strict: options.Strict = False,
) -> None:
    """Check a model, with a sheet of leads if one is given. Prints ok, or every finding with its cell."""
    from leadscore.errors import ModelError
    from leadscore.issues import has_doubts, has_errors
    from leadscore.pipeline.check import CheckJob, check_model
    from leadscore.pipeline.check_report import check_report_path, write_report
    from leadscore.runs.lock import holding
    from leadscore.sheets.source import ReadingOptions
    from leadscore.terminal.findings import findings_json, print_findings, print_understood

    reading = ReadingOptions(sheet, header_row, encoding, delimiter)
    job = CheckJob(model, source, as_of, tuple(activities or ()), reading)
    if report is not None:
        check_report_path(report, job)
    checked = check_model(job)
    if report is not None:
        with holding([report]):
            write_report(checked, report)
    shown = checked.understood if source is not None or verbose else ()
    if json:
        typer.echo(findings_json(checked.issues, shown))
    if has_errors(checked.issues):
        if json:
            raise typer.Exit(ModelError.exit_code)
        raise ModelError(checked.issues)
    if not json:
        if shown:
            print_understood(shown, checked.model.language)
        print_findings(checked.issues, model)
    if strict and has_doubts(checked.issues):
        raise typer.Exit(STRICT)
