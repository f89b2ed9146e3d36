"""Files that somebody has open in Excel or LibreOffice: what these put beside a workbook as long as it is open."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path

from leadscore.errors import TryLaterError

LONGEST_WAIT = 60.0  # seconds
_PAUSE = 0.5  # seconds
# A program that crashed leaves its owner file for ever. Three days are longer than a weekend.
STALE = 3 * 86_400  # seconds


class IfOpen(StrEnum):
    """What to do when a file to be written is open elsewhere."""

    WAIT = "wait"
    BESIDE = "beside"
    FAIL = "fail"


def owner_file(path: Path, now: Callable[[], float] = time.time) -> Path | None:
    """The owner file beside a workbook: '~$leads.xlsx' of Excel, '.~lock.leads.xlsx#' of LibreOffice.

    None where there is none, or where it is so old that its program must have crashed.
    """
    for place in dict.fromkeys((path, Path(os.path.realpath(path)))):
        for name in (f"~${place.name}", f".~lock.{place.name}#"):
            found = place.with_name(name)
            if _is_fresh(found, now()):
                return found
    return None


def open_one(paths: Iterable[Path]) -> Path | None:
    """The first of these files that is open elsewhere."""
    return next((path for path in paths if owner_file(path) is not None), None)


def wait_until_closed(
    path: Path, longest: float, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic
) -> None:
    """Return as soon as a file is open nowhere. Raises TryLaterError after `longest` seconds."""
    end = clock() + longest
    while (owner := owner_file(path)) is not None:
        if clock() >= end:
            raise TryLaterError(
                f"{path.name} is open in another program; close it there, or delete {owner.name} if it is not"
            )
        sleep(_PAUSE)


def _is_fresh(owner: Path, now: float) -> bool:
    try:
        return owner.stat().st_mtime > now - STALE
    except OSError:
        return False
