"""Whatever a broken file can raise, said in one sentence that names the file and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import PasswordError

from leadscore.errors import LeadscoreError, SourceError


class UnreadableError(Exception):
    """Why a file cannot be read, as the end of a sentence that begins with its name."""


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn every failure of the block into a SourceError about the file called `name`.

    What the user did on purpose (Ctrl-C) and what is a sentence already pass through.
    """
    try:
        yield
    except (LeadscoreError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:
        # Not Exception: a panic inside calamine arrives as pyo3's PanicException, which derives from BaseException.
        raise SourceError(f"{name} {_why(problem)}") from problem


PASSWORD = "is password-protected; remove the password in Excel"  # noqa: S105  a sentence, not a secret
_DAMAGED = "is damaged, or no workbook at all; open it in Excel and save it as .xlsx"
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (FileNotFoundError, "does not exist; check its name and folder"),
    (IsADirectoryError, "is a folder; name one file in it"),
    (PermissionError, "may not be read; ask for the right to read it"),
    (PasswordError, PASSWORD),
    (MemoryError, "is too large for the memory of this machine; split it, or save it as CSV"),
)


_NAMED = tuple(kind for kind, _ in _REASONS)


def _why(problem: BaseException) -> str:
    if isinstance(problem, UnreadableError):
        return str(problem)
    if isinstance(problem, OSError) and problem.strerror and not isinstance(problem, _NAMED):
        return f"cannot be read: {problem.strerror}; run again, and if that does not help, copy it to another disk"
    return next((why for kind, why in _REASONS if isinstance(problem, kind)), _DAMAGED)
