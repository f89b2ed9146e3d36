"""Files that appear whole or not at all: a crash, a full disk or a kill leaves what was there."""

import errno
import hashlib
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leadscore.errors import OutputError, TryLaterError

# Temporary files of ours begin so: whoever holds the lock on an output may delete those that a kill left beside it.
TEMP_PREFIX = ".leadscore-"

_LONGEST_STEM = 40  # characters, at most 160 bytes: prefix, stem and suffix stay under the 255 bytes of a file name
_RANDOM = "[a-z0-9_]{8}"  # what tempfile.mkstemp puts between prefix and suffix

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space, or choose another place with -o",
    errno.EDQUOT: "your disk quota is used up; free some space, or choose another place with -o",
    errno.EFBIG: "it would be larger than this disk allows; choose another place with -o",
    errno.EROFS: "that disk is read-only; choose another place with -o",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one with -o",
    errno.ELOOP: "it is a link that leads back to itself; delete the link, or choose another name with -o",
}


@dataclass(frozen=True)
class Seen:
    """A file as it was when it was looked at: device, inode, bytes, nanosecond of the last change; None: absent."""

    path: Path
    identity: tuple[int, int, int, int] | None

    @property
    def is_as_it_was(self) -> bool:
        """Whether nobody has changed it since."""
        return look(self.path) == self

    def check(self) -> None:
        """Raise TryLaterError where the file is another by now: somebody's changes must not be written over."""
        if not self.is_as_it_was:
            raise TryLaterError(f"{self.path.name} changed while being scored; run again")


def look(path: Path) -> Seen:
    """The file as it is now; a link is followed."""
    try:
        now = path.stat()
    except OSError:
        return Seen(path, None)
    return Seen(path, (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns))


def replace_file(
    path: Path, write: Callable[[Path], None], check: Callable[[Path], None], seen: Iterable[Seen] = ()
) -> None:
    """Put a new file at `path` in one step; a link stays a link and what it leads to is replaced.

    `write` fills a temporary file in the same folder, `check` opens it again and raises when it is not sound. An old
    file's mode and owner are kept; a new file is readable by its owner alone. Raises TryLaterError when a file that was
    `seen`, or the old file since the start, is another by now; OutputError when the disk, the folder or the file does
    not allow it; and whatever `write` and `check` raise; the old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    seen = (*seen, look(target))
    try:
        old = _status_of(target)
        temp = _new_temp(target)
        try:
            write(temp)
            _sync(temp, os.O_RDWR)
            check(temp)
            if old is not None:
                _copy_owner_and_mode(old, temp)
            for file in seen:
                file.check()
            temp.replace(target)
        except BaseException:
            temp.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise OutputError(cannot_be_written(target, problem)) from problem
    # The new file is in place; some network disks cannot sync a folder, and that is no reason to call the run failed.
    with suppress(OSError):
        _sync(target.parent, os.O_RDONLY)


def sweep(path: Path) -> None:
    """Delete the temporary files that killed runs left beside a file. Only for whoever holds the lock on it."""
    target = Path(os.path.realpath(path))
    orphan = re.compile(re.escape(TEMP_PREFIX) + _RANDOM + re.escape(_tail(target)))
    with suppress(OSError):  # a folder that cannot be listed cannot be written in: the run says so
        for name in os.listdir(target.parent):  # noqa: PTH208  names alone, no Path for each file of the folder
            if orphan.fullmatch(name):
                (target.parent / name).unlink(missing_ok=True)


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
    handle, name = tempfile.mkstemp(prefix=TEMP_PREFIX, suffix=_tail(target), dir=target.parent)
    try:
        os.close(handle)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _tail(target: Path) -> str:
    """How the names of a file's temporary files end, and no other file's: '-leads.xlsx'."""
    return f"-{short_name(target)}"


def short_name(target: Path) -> str:
    """A file's name, which others may be made of: one that is long is cut, and has a hash of it all at its end."""
    stem = target.stem
    if len(stem) > _LONGEST_STEM:
        digest = hashlib.sha256(os.fsencode(stem)).hexdigest()[:8]
        stem = f"{stem[: _LONGEST_STEM - 9]}~{digest}"
    return f"{stem}{target.suffix}"


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


def cannot_be_written(target: Path, problem: OSError) -> str:
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
