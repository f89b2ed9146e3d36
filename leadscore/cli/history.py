"""leadscore history: what past runs did, from the state that they kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer


def history(
    results: Annotated[
        Path | None,
        typer.Argument(
            metavar="[RESULTS_OR_STATE]",
            help="The results that runs wrote, their source, or the state itself. Default: the only state of this "
            "folder.",
        ),
    ] = None,
    movers: Annotated[
        bool,
        typer.Option(
            "--movers", envvar="LEADSCORE_MOVERS", help="Show the leads that the last run moved most, and why."
        ),
    ] = False,
    run: Annotated[
        int | None,
        typer.Option(
            "--run",
            metavar="N",
            min=1,
            envvar="LEADSCORE_RUN",
            help="With --movers: the run with this number, not the last.",
        ),
    ] = None,
    lead: Annotated[
        str,
        typer.Option(
            "--lead",
            metavar="ID_OR_EMAIL",
            envvar="LEADSCORE_LEAD",
            help="Show one lead over time: its id, or its e-mail where it has none.",
        ),
    ] = "",
    bands: Annotated[
        bool,
        typer.Option(
            "--bands", envvar="LEADSCORE_BANDS", help="Show how long leads stay in each band, who came and went."
        ),
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, envvar="LEADSCORE_LIMIT", help="How many rows to show.")
    ] = 20,
    state: Annotated[
        Path | None,
        typer.Option("--state", envvar="LEADSCORE_STATE", help="The state to look into, where runs were given one."),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", envvar="LEADSCORE_JSON", help="Print the same as JSON on stdout.")
    ] = False,
) -> None:
    """Show past runs and what each changed, the biggest movers, one lead over time, or time in band. Writes nothing."""
    from leadscore.errors import UsageError
    from leadscore.runs.history import biggest_movers, open_history, past_runs
    from leadscore.runs.stays import lead_over_time, time_in_bands
    from leadscore.terminal import history as tables
    from leadscore.terminal import history_json as data

    if sum(map(bool, (movers, lead, bands))) > 1:
        raise UsageError("--movers, --lead and --bands show different things; ask for one of them")
    if run is not None and not movers:
        raise UsageError("--run says whose movers to show; add --movers")
    view = data if json else tables
    with open_history(results, state) as past:
        if movers:
            show = partial(view.show_movers, past, biggest_movers(past, run), limit)
        elif lead:
            show = partial(view.show_lead, past, lead_over_time(past, lead), limit)
        elif bands:
            show = partial(view.show_bands, past, time_in_bands(past))
        else:
            show = partial(view.show_runs, past, {output: past_runs(past, output, limit) for output in past.outputs})
    show()  # once the state is let go of: in a pager it may take all night, and no run could write then
