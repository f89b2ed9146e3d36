"""leadscore explain: one lead's score, line by line."""

from __future__ import annotations

from typing import Annotated

import typer

from leadscore.cli import options


def explain(
    source: options.Source,
    lead: Annotated[
        str, typer.Argument(help='Which lead: its id, its e-mail, or its row in the sheet, as 7 or "row 7".')
    ],
    model: options.Model = None,
    as_of: options.AsOf = "",
    country: options.Country = "",
    sheet: options.Sheet = "",
    header_row: options.HeaderRow = 0,
    encoding: options.Encoding = "",
    delimiter: options.Delimiter = "",
    json: options.Json = False,
) -> None:
    """Show one lead's score as a sum, with the value read and the model cell behind every line."""
    from leadscore.pipeline.explain import explain_lead
    from leadscore.pipeline.run import Job
    from leadscore.sheets.source import ReadingOptions
    from leadscore.terminal.explanation import explanation_json, print_explanation

    job = Job(
        source=options.source_path(source),
        model=model,
        as_of=as_of,
        settings=options.said_settings(country=country),
        reading=ReadingOptions(sheet, header_row, encoding, delimiter),
        dry_run=True,
        skip_examples=True,  # why an example fails is one of the things to be explained
    )
    explanation = explain_lead(job, lead)
    if json:
        typer.echo(explanation_json(explanation))
    else:
        print_explanation(explanation)
