"""The options that commands share, each with its environment variable."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from leadscore.enrichment.mail_lookup import LookupOptions


class Lang(StrEnum):
    """The languages of sheets and headings."""

    EN = "en"
    FR = "fr"


def _variable(name: str) -> str:
    return f"LEADSCORE_{name}"


Source = Annotated[
    Path, typer.Argument(help="The sheet of leads: .xlsx .xlsm .xls .xlsb .ods .csv .tsv .txt, or - for CSV on stdin.")
]
Model = Annotated[
    Path | None,
    typer.Option(
        "-m",
        "--model",
        envvar=_variable("MODEL"),
        help="The model: a workbook, a CSV file with the sheet Scoring, or a folder of CSV files. "
        "Without it, the sheet Scoring of the source workbook.",
    ),
]
Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        envvar=_variable("OUTPUT"),
        help="Where to write; the suffix decides: .xlsx or .csv; - is CSV on stdout. Default: beside the source.",
    ),
]
InPlace = Annotated[
    bool,
    typer.Option(
        "--in-place",
        envvar=_variable("IN_PLACE"),
        help="Write the results as sheets of the source workbook (.xlsx, .xlsm); all else in it stays as it is.",
    ),
]
Live = Annotated[
    bool,
    typer.Option(
        "--live",
        envvar=_variable("LIVE"),
        help="Write scores as formulas over the model's cells: edit weights and points in Excel, and they follow.",
    ),
]
Activities = Annotated[
    list[Path] | None,
    typer.Option(
        "--activities",
        envvar=_variable("ACTIVITIES"),
        help="A file of what leads did: .csv .tsv .txt, a workbook, .parquet. The option repeats; the variable has "
        "several files as PATH does. They come after the sheet Activities of the source workbook.",
    ),
]
AsOf = Annotated[
    str,
    typer.Option(envvar=_variable("AS_OF"), help="The day the run pretends it is, such as 2026-03-31. Default: today."),
]
Country = Annotated[
    str,
    typer.Option(
        envvar=_variable("COUNTRY"),
        help="Country of phone numbers without a prefix, such as FR, for leads without one.",
    ),
]
Sheet = Annotated[str, typer.Option(envvar=_variable("SHEET"), help="The sheet of the source that holds the leads.")]
HeaderRow = Annotated[
    int, typer.Option(envvar=_variable("HEADER_ROW"), min=0, help="The row of the headings. Default: found.")
]
Encoding = Annotated[
    str,
    typer.Option(envvar=_variable("ENCODING"), help="The encoding of a CSV source, such as cp1252. Default: found."),
]
Delimiter = Annotated[
    str, typer.Option(envvar=_variable("DELIMITER"), help="What separates the cells of a CSV source. Default: found.")
]
Columns = Annotated[
    str,
    typer.Option(
        envvar=_variable("COLUMNS"), help='The source columns to show in the results, "Name; E-mail". Default: all.'
    ),
]
EnrichedColumns = Annotated[
    str,
    typer.Option(
        envvar=_variable("COLUMNS"),
        help='The columns to write: of the source, ours, or groups of ours, "Name; email; phone_e164". Default: all.',
    ),
]
Language = Annotated[
    Lang | None,
    typer.Option("--lang", envvar=_variable("LANG"), help="Language of the workbook written. Default: the model's."),
]
IssuesFile = Annotated[
    Path | None,
    typer.Option("--issues", envvar=_variable("ISSUES"), help="Write the issues to this .csv or .xlsx too."),
]
RawCsv = Annotated[
    bool,
    typer.Option(
        "--raw-csv",
        envvar=_variable("RAW_CSV"),
        help="Write CSV texts as they are, even those a spreadsheet would run.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", envvar=_variable("DRY_RUN"), help="Compute and summarise, write nothing.")
]
Json = Annotated[bool, typer.Option("--json", envvar=_variable("JSON"), help="Print the summary as JSON on stdout.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", envvar=_variable("QUIET"), help="Print nothing but errors.")]
SkipExamples = Annotated[
    bool,
    typer.Option(
        "--skip-examples", envvar=_variable("SKIP_EXAMPLES"), help="Score even where the model fails its own examples."
    ),
]
Dns = Annotated[
    bool,
    typer.Option(
        "--dns", envvar=_variable("DNS"), help="Ask the name servers whether the domains of the e-mails take mail."
    ),
]
DnsServer = Annotated[
    str,
    typer.Option(
        envvar=_variable("DNS_SERVER"),
        help="The name server to ask: 192.0.2.1 or 192.0.2.1:53. Default: the machine's.",
    ),
]
DnsBudget = Annotated[
    float, typer.Option(envvar=_variable("DNS_BUDGET"), min=1, help="Seconds that --dns may take in all.")
]
State = Annotated[
    Path | None,
    typer.Option(
        envvar=_variable("STATE"),
        help="A file that remembers past runs, their models, and what --dns found. With --cron: beside the results.",
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", envvar=_variable("STRICT"), help="Exit with 5 when there are issues or warnings.")
]


def source_path(source: Path) -> Path | None:
    """None for '-': standard input."""
    return None if str(source) == "-" else source


def lookup_options(*, server: str, budget: float) -> "LookupOptions":
    """How mail domains are looked up. Raises UsageError for a server that is no address."""
    from leadscore.enrichment.mail_lookup import LookupOptions, split_server
    from leadscore.errors import UsageError

    if server:
        try:
            split_server(server)
        except ValueError as problem:
            raise UsageError(
                f'--dns-server "{server}" is no address; write it as 192.0.2.1 or 192.0.2.1:53'
            ) from problem
    return LookupOptions(server, budget)


def said_settings(*, country: str = "", result_columns: str = "") -> dict[str, Any]:
    """The settings that options replace, as the model has them. Raises UsageError for a country we do not know."""
    from leadscore.errors import UsageError
    from leadscore.reference import country_code

    said: dict[str, Any] = {}
    if country:
        if not country_code(country):
            raise UsageError(f'--country "{country}" is no country; write it as FR or France')
        said["country"] = country_code(country)
    if result_columns:
        said["result_columns"] = tuple(name.strip() for name in result_columns.split(";") if name.strip())
    return said
