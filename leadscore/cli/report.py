"""leadscore report: what a run found, as a page to read, send or print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadscore.cli import options


def report(
    results: Annotated[Path, typer.Argument(help="What `leadscore score` wrote: .xlsx, .xlsm or .csv.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            envvar="LEADSCORE_REPORT_OUTPUT",
            help="Where to write the page. Default: NAME.html beside the results.",
        ),
    ] = None,
    with_leads: Annotated[
        bool,
        typer.Option(
            "--with-leads",
            envvar="LEADSCORE_WITH_LEADS",
            help="List the best 50 leads too; without it, the page holds no personal data.",
        ),
    ] = False,
    lang: Annotated[
        options.Lang | None,
        typer.Option("--lang", envvar="LEADSCORE_LANG", help="Language of the page. Default: the results'."),
    ] = None,
) -> None:
    """Write one self-contained HTML page about a results file: how scores spread, why, and how good the data is."""
    from leadscore.pipeline.read_results import read_results
    from leadscore.reports.page_file import check_page, write_page
    from leadscore.reports.results_page import results_page
    from leadscore.runs.lock import holding
    from leadscore.terminal.progress import messages

    path = output if output is not None else results.with_suffix(".html")
    check_page(path, (results,))
    page = results_page(read_results(results), lang.value if lang is not None else None, with_leads=with_leads)
    with holding([path]):
        write_page(path, page)
    messages().print(f"Written: {path}", markup=False, soft_wrap=True)
