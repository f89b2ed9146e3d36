"""System calls of a run that fail, kill or stop it: strace attaches to a run that waits after its imports."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from leadscore.runs.lock import lock_path

PAUSE = 0.002  # seconds


def skip_without_strace():
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    traced = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    if traced.returncode:
        pytest.skip(f"no process can be traced here: {traced.stderr.strip()}")


@contextmanager
def injected(run, call, fault, nth=1):
    """Let a stopped run go on, its `nth` call of a kind meeting a fault; gives the tracer, which says what it did.

    A fault is in strace's words: 'error=EIO', 'signal=SIGKILL'. Calls count from here, so none of those that Python
    makes to start and to import.
    """
    wait_until_stopped(run)
    line = ["strace", "-f", "-p", str(run), "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={nth}"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as tracer:
        attached = tracer.stderr.readline()
        assert "attached" in attached, attached
        os.kill(run, signal.SIGCONT)
        yield tracer.stderr


def run_with_fault(place, call, fault, nth=1):
    """How a run ended whose `nth` call of a kind met a fault, and whether it made so many."""
    run = place.start(stopped=True)
    with injected(run, call, fault, nth) as trace:
        ended = place.wait(run)
        return ended, "(INJECTED)" in trace.read() or ended.code == -signal.SIGKILL


def wait_until_held(trace):
    """Return once a run stands still by an injected SIGSTOP, and not by the one that it began with."""
    assert any("--- SIGSTOP {" in line for line in trace)
    assert any("--- stopped by SIGSTOP" in line for line in trace)


def hold(place):
    """A run that stands still while it holds the lock; its process id."""
    lock = lock_path(place.target)
    run = place.start()
    while not (lock.exists() and lock.stat().st_size):  # what it says since when, it says once it holds it
        time.sleep(PAUSE)
    os.kill(run, signal.SIGSTOP)
    wait_until_stopped(run)
    return run


def wait_until_stopped(run):
    """Return once a run stands still. Its state is the letter after its name in brackets."""
    while state_of(run) not in "tT":
        time.sleep(PAUSE)


def state_of(run):
    return Path(f"/proc/{run}/stat").read_text().rpartition(") ")[2][0]
