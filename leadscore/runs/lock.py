"""One run at a time writes a file: a kernel lock, which ends with the process that holds it, however that ends."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from leadscore.errors import TryLaterError
from leadscore.sheets.safe_write import short_name, sweep

_WAIT = 0.1  # seconds: a run that is just letting go of the lock is no reason to give up
_FOR_ALL = 0o666  # two people may write one file of a shared folder; a lock file says since when, and nothing else
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)  # flock(2): what a disk without locks answers
_LONGEST_NOTE = 64  # characters read of a lock file, whatever it holds


@contextmanager
def holding(outputs: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    """Hold the locks on the files to be written, swept of what killed runs left beside them.

    Raises TryLaterError, at once, where another run holds one. Where no lock can be had none is held: in a folder that
    one may not write in the run says so in its own words. Gives the files on disks that know no locks: there a run sees
    only as it puts its file in place that somebody else has done so.
    """
    targets = {Path(os.path.realpath(path)) for path in outputs}
    unlocked = []
    with ExitStack() as held:
        for target in sorted(target for target in targets if target.parent.is_dir()):  # filelock would make the folder
            if not held.enter_context(_locked(target)):
                unlocked.append(target)
            sweep(target)
        yield tuple(unlocked)


def lock_path(target: Path) -> Path:
    """The hidden lock file of a file."""
    return target.with_name(f".{short_name(target)}.leadscore.lock")


@contextmanager
def _locked(target: Path) -> Iterator[bool]:
    """Whether the disk knows locks."""
    path = lock_path(target)
    lock = FileLock(path, timeout=_WAIT, mode=_FOR_ALL, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as problem:
        since = _since(path)
        raise TryLaterError(f"another run is writing {target.name}{since}; run again when it is done") from problem
    except OSError as problem:
        if problem.errno in _NO_LOCKS:
            with suppress(OSError):
                path.unlink()
        yield problem.errno not in _NO_LOCKS
        return
    try:
        with suppress(OSError):  # on a full disk the lock holds all the same, and the run says what is the matter
            path.write_text(datetime.now(tz=UTC).isoformat(timespec="seconds"), encoding="ascii")
        yield True
    finally:
        # Removed while it is held: who waits for the lock on the removed file is told by filelock to begin anew.
        with suppress(OSError):
            path.unlink()
        with suppress(OSError):  # the end of the process frees it too
            lock.release()


def _since(path: Path) -> str:
    """' since 2026-11-22 04:07 CET', by the clock of this machine; '' where the holder has not said so yet."""
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            began = datetime.fromisoformat(file.read(_LONGEST_NOTE))
    except (OSError, ValueError):
        return ""
    return f" since {began.astimezone():%Y-%m-%d %H:%M %Z}"
