"""Whether a file is one that leadscore wrote, so that a run may replace it."""

import csv
import html
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from leadscore.errors import OutputError
from leadscore.sheets.output import AUTHOR
from leadscore.sheets.safe_write import cannot_be_written

_PROPERTIES, _WORKBOOK = "docProps/core.xml", "xl/workbook.xml"
_SHEET_NAME = re.compile(rb'<sheet [^>]*?name="([^"]*)"')
_MOST_PROPERTIES = 65_536  # bytes read of the properties, whatever the zip says they hold
_MOST_HEADINGS = 1_000_000  # bytes read of a CSV file, to find its headings
_CREATOR = re.compile(rb"<dc:creator>([^<]*)</dc:creator>")
_DELIMITERS = ",;\t|"


# Whether the headings of a CSV file are those of a file of ours.
Signature = Callable[[frozenset[str]], bool]


def refuse_foreign(path: Path, signature: Signature | None = None) -> None:
    """Let a new or an own file pass.

    Raises OutputError for a file that is there and that leadscore did not write, and for one that cannot be read.
    """
    try:
        is_foreign = path.exists() and not is_ours(path, signature)
    except OSError as problem:
        raise OutputError(cannot_be_written(path, problem)) from problem
    if is_foreign:
        raise OutputError(
            f"{path.name} exists and was not written by leadscore; choose another name with -o, or delete it first"
        )


def foreign_sheets(path: Path, is_known: Callable[[str], bool]) -> list[str]:
    """The sheets of a workbook that are not known to be ours: somebody added them. [] where it cannot be read."""
    try:
        with zipfile.ZipFile(path) as parts, parts.open(_WORKBOOK) as part:
            names = [html.unescape(name.decode()) for name in _SHEET_NAME.findall(part.read(_MOST_PROPERTIES))]
    except (OSError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return []
    return [name for name in names if not is_known(name)]


def is_ours(path: Path, signature: Signature | None = None) -> bool:
    """Whether leadscore wrote this file: by a workbook's author, or by the signature of a CSV file's heading line.

    Without a signature, no CSV file counts as ours. Raises OSError for a file that cannot be read.
    """
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _is_ours(file, signature)


def _is_ours(file: BinaryIO, signature: Signature | None) -> bool:
    try:
        if zipfile.is_zipfile(file):
            return _creator(file) == AUTHOR
        return signature is not None and any(signature(headings) for headings in _headings(file))
    except (KeyError, RuntimeError, ValueError, csv.Error, zipfile.BadZipFile, zlib.error):
        return False


def _creator(file: BinaryIO) -> str:
    with zipfile.ZipFile(file) as parts, parts.open(_PROPERTIES) as part:
        found = _CREATOR.search(part.read(_MOST_PROPERTIES))
    return found[1].decode(errors="replace") if found else ""


def _headings(file: BinaryIO) -> Iterator[frozenset[str]]:
    """The headings of a CSV file, by each delimiter it may have."""
    file.seek(0)
    lines = file.read(_MOST_HEADINGS).decode("utf-8-sig", errors="replace").splitlines(keepends=True)
    for delimiter in _DELIMITERS:
        yield frozenset(next(csv.reader(lines, delimiter=delimiter), []))
