"""CSV bytes -> Source."""

from __future__ import annotations

from leadscore.errors import UsageError
from leadscore.issues import Issue, Place
from leadscore.sheets import csv_rows
from leadscore.sheets.csv_text import decode
from leadscore.sheets.headings import Headed, Table, headed
from leadscore.sheets.read_errors import UnreadableError
from leadscore.sheets.source import CsvDialect, ReadingOptions, Source
from leadscore.values.cells import Cell, text_of

_DELIMITER_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "bar": "|"}
_DELIMITER_NAMES = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "vertical bars"}
_ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "mac-roman": "Mac Roman",
}
_VALUE_SHOWN = 40  # characters of a cell that an issue repeats


def read_csv(data: bytes, options: ReadingOptions, usual: str = ",") -> Source:
    """The leads of a CSV file's bytes: every cell the text it was, row numbers as Excel shows them.

    `usual` is the delimiter of a file that shows none. Raises UsageError and UnreadableError.
    """
    csv, encoding = parse_csv(data, options, usual)
    found = headed(Table([list[Cell](row) for row in csv.rows]), options.header_row)
    read_as = {
        "encoding": _ENCODING_NAMES.get(encoding, encoding),
        "delimiter": _DELIMITER_NAMES.get(csv.delimiter, csv.delimiter),
    }
    return Source(
        leads=found.leads,
        headings=found.headings,
        sheet="",
        dialect=CsvDialect(encoding, csv.delimiter, csv.newline),
        issues=(Issue("csv-read-as", details=read_as), *found.issues, *_row_issues(csv, found)),
        header_row=found.header_row,
    )


def parse_csv(data: bytes, options: ReadingOptions, usual: str = ",") -> tuple[csv_rows.CsvRows, str]:
    """The rows of a CSV file's bytes, and the codec they were read with."""
    if not data.strip():
        raise UnreadableError("is empty; export it again")
    text, encoding = decode(data, options.encoding)
    return csv_rows.parse(text, _delimiter(options.delimiter), usual), encoding


def _delimiter(given: str) -> str:
    delimiter = _DELIMITER_WORDS.get(given.lower(), given)
    if len(delimiter) > 1 or delimiter in {"\r", "\n", '"'}:
        raise UsageError(f'--delimiter takes one character, not "{given}"; usual are , ; | and tab')
    return delimiter


def _row_issues(csv: csv_rows.CsvRows, found: Headed) -> list[Issue]:
    width = len(csv.rows[found.header_row - 1])
    issues = [
        Issue("csv-longer-row", Place("", number), details={"cells": len(row), "headings": width})
        for number, row in enumerate(csv.rows[found.header_row :], start=found.header_row + 1)
        if len(row) > width and any(map(text_of, row[width:]))
    ]
    issues += [Issue("csv-stray-quote", Place("", number), _short(value)) for number, value in csv.stray.items()]
    return sorted(issues, key=lambda issue: issue.place.row)


def _short(value: str) -> str:
    return value if len(value) <= _VALUE_SHOWN else f"{value[:_VALUE_SHOWN]}…"
