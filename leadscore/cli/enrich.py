"""leadscore enrich: validation and enrichment only."""

from __future__ import annotations

from leadscore.cli import options, unattended
from leadscore.cli.ending import end, refuse_two_outputs


def enrich(
    source: options.Source,
    model: options.Model = None,
    output: options.Output = "",
    in_place: options.InPlace = False,
    activities: options.Activities = None,
    as_of: options.AsOf = "",
    country: options.Country = "",
    sheet: options.Sheet = "",
    header_row: options.HeaderRow = 0,
    encoding: options.Encoding = "",
    delimiter: options.Delimiter = "",
    columns: options.EnrichedColumns = "",
    lang: options.Language = None,
    issues: options.IssuesFile = None,
    raw_csv: options.RawCsv = False,
    dry_run: options.DryRun = False,
    dns: options.Dns = False,
    dns_server: options.DnsServer = "",
    dns_budget: options.DnsBudget = 60.0,
    state: options.State = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
    strict: options.Strict = False,
    cron: unattended.Cron = False,
    log: unattended.Log = None,
    if_open: unattended.WhenOpen = unattended.WAIT,
    max_drop: unattended.MaxDrop = "50%",
    last_good: unattended.LastGood = False,
) -> None:
    """Check and enrich a sheet of leads, without scoring it. The model's Settings, Fields and Lists are used if any."""
    from leadscore.pipeline.ready import Job
    from leadscore.runs.careful import careful_run
    from leadscore.sheets.source import ReadingOptions
    from leadscore.terminal.progress import working

    refuse_two_outputs(source, output, json=json, dry_run=dry_run, cron=cron)
    care = unattended.care_of(
        cron=cron, log=log, if_open=if_open, max_drop=max_drop, last_good=last_good, strict=strict
    )
    job = Job(
        source=options.source_path(source),
        model=model,
        output=output,
        activities=tuple(activities or ()),
        as_of=as_of,
        language=lang.value if lang else None,
        settings=options.said_settings(country=country),
        reading=ReadingOptions(sheet, header_row, encoding, delimiter),
        issues_file=issues,
        raw_csv=raw_csv,
        dry_run=dry_run,
        in_place=in_place,
        mail=options.lookup_options(server=dns_server, budget=dns_budget) if dns else None,
        state=state,
        columns=columns,
    )
    with working("Enriching", quiet=quiet or cron):
        outcome = careful_run(job, "enriched", care)
    if outcome is not None:
        end(outcome, care, json=json, quiet=quiet)
