"""leadscore explain: one lead's score, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadscore.cli import options


def explain(
    source: options.Source,
    lead: Annotated[
        str, typer.Argument(help='Which lead: its id, its e-mail, or its row in the sheet, as 7 or "row 7".')
    ],
    model: options.Model = None,
    activities: options.Activities = None,
    as_of: options.AsOf = "",
    country: options.Country = "",
    sheet: options.Sheet = "",
    header_row: options.HeaderRow = 0,
    encoding: options.Encoding = "",
    delimiter: options.Delimiter = "",
    json: options.Json = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            envvar="LEADSCORE_EXPLAIN_HTML",
            help="Write a page of one file instead, to keep or print.",
        ),
    ] = None,
) -> None:
    """Show one lead's score as a sum, with the cells behind every line, and what would move the lead up."""
    from leadscore.pipeline.explain import explain_lead
    from leadscore.pipeline.run import Job
    from leadscore.reports.explanation import explanation_page
    from leadscore.reports.page_file import check_page, write_page
    from leadscore.sheets.source import ReadingOptions
    from leadscore.terminal.explanation import explanation_json, print_explanation
    from leadscore.terminal.progress import messages

    job = Job(
        source=options.source_path(source),
        model=model,
        activities=tuple(activities or ()),
        as_of=as_of,
        settings=options.said_settings(country=country),
        reading=ReadingOptions(sheet, header_row, encoding, delimiter),
        dry_run=True,
        skip_examples=True,  # why an example fails is one of the things to be explained
    )
    if html is not None:
        check_page(html, (job.source, model))
    explanation = explain_lead(job, lead)
    if html is not None:
        write_page(html, explanation_page(explanation))
        messages().print(f"Written: {html}", markup=False, soft_wrap=True)
    if json:
        typer.echo(explanation_json(explanation))
    elif html is None:
        print_explanation(explanation)
