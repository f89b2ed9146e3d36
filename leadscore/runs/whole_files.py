"""Files that another program is still writing: told by what moves, and by a zip without its end."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from leadscore.errors import TryLaterError
from leadscore.sheets.safe_write import look

YOUNG = 3.0  # seconds since the last change: an older file is taken to be whole, and nobody waits for it
STILL = 0.5  # seconds for which a young file must not change
LONGEST_WAIT = 10.0  # seconds
_BROKEN_FOR = 60.0  # seconds: a zip that was broken before that is damaged and will not get better
_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
_ZIP_START = b"PK"


@dataclass(frozen=True)
class Watch:
    """The clocks by which files are watched, all in seconds: `now` since 1970, `clock` since any time."""

    now: Callable[[], float] = time.time
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def wait_until_whole(self, path: Path) -> None:
        """Return as soon as nobody writes a file any more. Raises TryLaterError after LONGEST_WAIT seconds.

        What is absent or no ordinary file is left to its reader.
        """
        end = self.clock() + LONGEST_WAIT
        while path.is_file() and self._is_moving(path):
            if self.clock() >= end:
                raise TryLaterError(f"{path.name} is still being written; run again when it is complete")

    def _is_moving(self, path: Path) -> bool:
        """Whether a file changes within STILL seconds, or ends too early for its format; an old one does not."""
        before = look(path)
        age = self._age(path)
        if age > YOUNG and not (age <= _BROKEN_FOR and _is_cut(path)):
            return False
        self.sleep(STILL)
        return not before.is_as_it_was or _is_cut(path)

    def _age(self, path: Path) -> float:
        """Seconds since the last change; a file of the future, by a wrong clock, is old."""
        try:
            age = self.now() - path.stat().st_mtime
        except OSError:  # it has just been taken away
            return float("inf")
        return age if age >= -YOUNG else float("inf")


def _is_cut(path: Path) -> bool:
    """Whether a workbook begins as a zip and has not got its directory, which stands at the end."""
    if path.suffix.lower() not in _ZIPPED:
        return False
    try:
        with path.open("rb") as file:
            start = file.read(len(_ZIP_START))
        # With a password a workbook is no zip; an empty file may become one.
        return _ZIP_START.startswith(start) and not zipfile.is_zipfile(path)
    except OSError:
        return False
