"""Files that appear whole or not at all: a crash, a full disk or a kill leaves what was there."""

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from leadscore.errors import OutputError

# Temporary files of ours begin so: whoever holds the lock on an output may delete those that a kill left beside it.
TEMP_PREFIX = ".leadscore-"

_LONGEST_STEM = 40  # characters, at most 160 bytes: prefix, stem and suffix stay under the 255 bytes of a file name

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space, or choose another place with -o",
    errno.EDQUOT: "your disk quota is used up; free some space, or choose another place with -o",
    errno.EFBIG: "it would be larger than this disk allows; choose another place with -o",
    errno.EROFS: "that disk is read-only; choose another place with -o",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one with -o",
    errno.ELOOP: "it is a link that leads back to itself; delete the link, or choose another name with -o",
}


def replace_file(path: Path, write: Callable[[Path], None], check: Callable[[Path], None]) -> None:
    """Put a new file at `path` in one step; a link stays a link and what it leads to is replaced.

    `write` fills a temporary file in the same folder, `check` opens it again and raises when it is not sound. An old
    file's mode and owner are kept; a new file is readable by its owner alone. Raises OutputError when the disk, the
    folder or the file does not allow it, and whatever `write` and `check` raise; the old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    try:
        old = _status_of(target)
        temp = _new_temp(target)
        try:
            write(temp)
            _sync(temp, os.O_RDWR)
            check(temp)
            if old is not None:
                _copy_owner_and_mode(old, temp)
            temp.replace(target)
        except BaseException:
            temp.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise OutputError(_sentence(target, problem)) from problem
    # The new file is in place; some network disks cannot sync a folder, and that is no reason to call the run failed.
    with suppress(OSError):
        _sync(target.parent, os.O_RDONLY)


def _status_of(target: Path) -> os.stat_result | None:
    """What is at the target now, None when nothing is; raises OutputError for what must not be replaced."""
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(
            f"{target.name} cannot be written: the folder {folder} does not exist; create it, or choose another with -o"
        )
    try:
        old = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise OutputError(f"{target} is a folder; give the name of a file in it with -o")
    if not stat.S_ISREG(old.st_mode):
        raise OutputError(f"{target} is no ordinary file; choose another name with -o")
    if not old.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise OutputError(f"{target.name} is write-protected; lift the protection, or choose another name with -o")
    return old


def _new_temp(target: Path) -> Path:
    """An empty file beside the target, mode 0600 less the umask, with the target's suffix so that readers open it."""
    tail = f"-{target.stem[:_LONGEST_STEM]}{target.suffix}"
    handle, name = tempfile.mkstemp(prefix=TEMP_PREFIX, suffix=tail, dir=target.parent)
    os.close(handle)
    return Path(name)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy_owner_and_mode(old: os.stat_result, temp: Path) -> None:
    if sys.platform != "win32":
        # Only root may give a file away; everybody else keeps it, with the old mode.
        with suppress(PermissionError):
            os.chown(temp, old.st_uid, old.st_gid)
    temp.chmod(stat.S_IMODE(old.st_mode))


def _sentence(target: Path, problem: OSError) -> str:
    """OSError -> 'leads.xlsx cannot be written: the disk is full; free some space, or choose another place with -o'."""
    reason = _REASONS.get(problem.errno or 0, "")
    if isinstance(problem, PermissionError):
        reason = _why_not_permitted(target)
    what = problem.strerror or str(problem) or type(problem).__name__
    return f"{target.name} cannot be written: {reason or f'{what}; choose another place with -o'}"


def _why_not_permitted(target: Path) -> str:
    if os.access(target.parent, os.W_OK):
        return "another program, Excel perhaps, holds it open or it is protected; close it there, then run again"
    return f"you may not write in the folder {target.parent}; choose another place with -o"
