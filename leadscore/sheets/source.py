"""A sheet of leads as it was read."""

from dataclasses import dataclass

import pandas as pd

from leadscore.issues import Issue


@dataclass(frozen=True)
class CsvDialect:
    """How a CSV file was read, so that results are written the same way.

    `encoding` is a Python codec name ('utf-8-sig' and 'utf-16' wrote a mark); `newline` is LF, CRLF or CR.
    """

    encoding: str
    delimiter: str
    newline: str


@dataclass(frozen=True)
class Source:
    """A source sheet: one row per lead, in the order of the sheet, blank rows inside included.

    `leads` has the row numbers its spreadsheet shows as index and, as columns, the headings made unique; its cells are
    `values.cells.Cell` objects, blank ones ''. `headings` are the headings as written, one per column.
    """

    leads: pd.DataFrame
    headings: tuple[str, ...]
    sheet: str
    dialect: CsvDialect | None = None
    issues: tuple[Issue, ...] = ()
    header_row: int = 1


@dataclass(frozen=True)
class ReadingOptions:
    """What the user said about the source; '' and 0 mean: find out."""

    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
