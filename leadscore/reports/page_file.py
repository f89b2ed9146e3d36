"""A page put into its file; nothing of anybody else is replaced by it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from leadscore.errors import OutputError, UsageError
from leadscore.reports.page import GENERATOR_MARK
from leadscore.sheets.safe_write import replace_file

_SUFFIXES = (".html", ".htm")
_HEAD = 20_000  # bytes in which our mark stands, after the policy and before the style


def check_page(path: Path, inputs: Iterable[Path | None]) -> None:
    """Let a page's file pass before any work; raises UsageError for its suffix, else OutputError."""
    if path.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"a page ends in .html; {path.name} does not")
    if any(given is not None and given.exists() and path.exists() and path.samefile(given) for given in inputs):
        raise OutputError(f"{path.name} is what is being read; choose another name")
    if path.is_file() and GENERATOR_MARK.encode() not in path.read_bytes()[:_HEAD]:
        raise OutputError(f"{path.name} is there already and is no page of leadscore; give the page another name")


def write_page(path: Path, page: str) -> None:
    """The page as UTF-8, in one step. Raises OutputError."""
    replace_file(path, lambda temp: _write(temp, page), lambda temp: _check(temp, page))


def _write(path: Path, page: str) -> None:
    path.write_bytes(page.encode())


def _check(path: Path, page: str) -> None:
    if path.read_bytes() != page.encode():
        raise OutputError(f"{path.name} could not be written whole; try again")
