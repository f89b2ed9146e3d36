"""What ends a run. Each is something the user can fix: one message, no traceback, its own exit code."""

import errno
from collections.abc import Iterable
from typing import ClassVar

from leadscore.issues import Issue

# Exit codes that no exception of ours stands for: a bug, issues that --strict minds, Ctrl-C or SIGTERM.
BUG, STRICT, INTERRUPTED = 1, 5, 130


# Of these an OSError is the trouble of a disk, or of the name that it is given, wherever it comes up.
DISK_TROUBLES = {
    errno.EIO: "a disk answers with an input/output error; see that it is well, then run again",
    errno.ENAMETOOLONG: "the name of a file is longer than this disk allows; choose a shorter one",
}


class LeadscoreError(Exception):
    """A run that cannot go on. `str()` is what the user reads: what, where, and what to do."""

    exit_code: ClassVar[int] = 1


class UsageError(LeadscoreError):
    """The command itself is incomplete: no model given, a suffix that is not a format of ours."""

    exit_code = 2


class ModelError(LeadscoreError):
    """The model workbook is wrong. Carries every issue found, not only the first."""

    exit_code = 3

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


class ModelFileError(LeadscoreError):
    """The model's file itself cannot be read: absent, damaged, password-protected, of no known format."""

    exit_code = 3


class SourceError(LeadscoreError):
    """The source cannot be read, or holds no sheet, row or lead of the kind asked for."""

    exit_code = 4


class OutputError(LeadscoreError):
    """The results cannot be written where they should go; what was there is untouched."""

    exit_code = 4


class TryLaterError(LeadscoreError):
    """Somebody else is at the files just now: another run, Excel, whoever writes the source. Nothing was written."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h
