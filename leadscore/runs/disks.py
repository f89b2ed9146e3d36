"""What a run can rely on where its files lie: a state on a network share, and a disk without locks, are told of."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from leadscore.issues import Issue

MOUNTS = Path("/proc/mounts")  # Linux; where it is absent nothing is known
# Their locks are another machine's promise, and SQLite warns of them (sqlite.org/howtocorrupt.html, section 2.1).
_SHARED = frozenset({"9p", "afs", "ceph", "cifs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"})
_SHARED_START = "fuse."  # sshfs, rclone and their like; fuseblk is a local disk
_ESCAPES = {r"\040": " ", r"\011": "\t", r"\012": "\n", r"\134": "\\"}


def disk_issues(state: Path | None, unlocked: Iterable[Path]) -> tuple[Issue, ...]:
    """What is to be said of the disks that hold the state, and the files that no lock could be had on."""
    issues = [Issue("output-unlocked", value=path.name) for path in unlocked]
    if state is not None and (kind := shared_kind(state)):
        issues.append(Issue("state-shared", value=state.name, details={"kind": kind}))
    return tuple(issues)


def shared_kind(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network share a file is on, such as 'nfs4'; '' on a disk of this machine, or where nobody knows."""
    kind = _kind_of(os.path.realpath(path), mounts)
    return kind if kind in _SHARED or kind.startswith(_SHARED_START) else ""


def _kind_of(real: str, mounts: Path) -> str:
    """The kind of the longest mount point that a path begins with; of two equal ones the later covers the other."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    found, longest = "", 0
    for fields in map(str.split, lines):
        point = _plain(fields[1]) if len(fields) > 2 else ""
        if point and len(point) >= longest and f"{real}/".startswith(f"{point.rstrip('/')}/"):
            found, longest = fields[2], len(point)
    return found


def _plain(text: str) -> str:
    for escape, sign in _ESCAPES.items():
        text = text.replace(escape, sign)
    return text
