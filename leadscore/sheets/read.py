"""A file of leads, whatever its format -> Source."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from leadscore.errors import SourceError, UsageError
from leadscore.sheets.read_csv import read_csv
from leadscore.sheets.read_errors import told
from leadscore.sheets.read_workbook import SheetChoice, read_workbook
from leadscore.sheets.source import ReadingOptions, Source
from leadscore.values.collector import collector_paused

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
CSV_SUFFIXES = (".csv", ".tsv", ".txt")


def read_source(
    path: Path | None, options: ReadingOptions, *, skip_sheets: Callable[[str], bool], preferred: Sequence[str]
) -> Source:
    """The leads of a file, of standard input (CSV) where `path` is None.

    The sheet is the one of `options`, else the first whose `name_key` is in `preferred` (in that order), else the first
    visible one that `skip_sheets` lets pass. Raises UsageError for a suffix or option that means nothing, SourceError
    for all that is wrong with the file.
    """
    if path is None:
        with told("standard input"), collector_paused():
            return read_csv(sys.stdin.buffer.read(), options)
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name one file in it")
    suffix = path.suffix.lower()
    if suffix not in WORKBOOK_SUFFIXES + CSV_SUFFIXES:
        known = ", ".join(WORKBOOK_SUFFIXES + CSV_SUFFIXES)
        raise UsageError(f'{path}: "{path.suffix}" is not a format of leads; give a file in {known}')
    with told(str(path)), collector_paused():
        data = path.read_bytes()
        if suffix in CSV_SUFFIXES:
            return read_csv(data, options, usual="\t" if suffix == ".tsv" else ",")
        return read_workbook(data, path, options, SheetChoice(options.sheet, skip_sheets, tuple(preferred)))
