"""T2: each system call of a run fails once, or is where it is killed.

Counted from the end of the imports on (see forker.py), for one kind of call after the other: the first one fails, then
the second, until a run makes fewer.
"""

import signal
from collections import Counter

import pytest

from tests.faults.places import NEW
from tests.faults.tracing import run_with_fault, skip_without_strace

# What changes files; all that SQLite does; and all that opens, locks or lists one.
CALLS = ("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "unlink", "chmod", "fchmod", "chown")
CALLS = (*CALLS, "fchown", "openat", "close", "flock", "fcntl", "pread64", "getdents64", "mkdir")
FULL = ("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "openat")  # a full disk shows itself here
UNUSABLE = (3, 4)  # the model cannot be read; the leads cannot, or the results not be written
KILL = "signal=SIGKILL"
MOST = 10_000  # calls of one kind, far more than a run makes
FAULTS = [
    *((call, "error=EIO") for call in CALLS),
    *((call, "error=ENOSPC") for call in FULL),
    *((call, KILL) for call in CALLS),
]


@pytest.fixture(autouse=True, scope="module")
def strace():
    skip_without_strace()


def check_after_error(place, ended):
    """A failure that matters ends with a sentence and the old results; a folder's fsync, say, does not matter."""
    assert place.temps() == []
    place.check_inputs()
    if ended.code == 0:
        assert (ended.stdout, ended.stderr, place.told()) == ("", "", NEW)
    else:
        place.check_kept(ended)
        assert ended.code in UNUSABLE, ended


def check_after_kill(place):
    place.told()
    place.check_recovers()


def fault_series(place, call, fault, most):
    """Let the calls fail one after the other, `most` at most; gives how many did, by exit code."""
    codes = Counter()
    for nth in range(1, most + 1):
        place.restore()
        ended, is_met = run_with_fault(place, call, fault, nth)
        if not is_met:
            break
        codes[ended.code] += 1
        if fault == KILL:
            check_after_kill(place)
        else:
            check_after_error(place, ended)
    return codes


@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
@pytest.mark.parametrize("fault", ["error=ENOSPC", KILL])
def test_a_call_that_fails(place_of, call, fault):
    assert fault_series(place_of("csv"), call, fault, most=1)


@pytest.mark.long
@pytest.mark.parametrize(("call", "fault"), FAULTS)
def test_every_call_fails_once(place, call, fault):
    codes = fault_series(place, call, fault, most=MOST)

    print(f"{call} {fault}: {codes.total()} points, by exit code {dict(codes)}")
    assert codes.total() < MOST, "a run makes more calls than were let fail"
    assert set(codes) <= ({-signal.SIGKILL} if fault == KILL else {0, *UNUSABLE})
