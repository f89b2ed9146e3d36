"""T6: somebody saves a file while a run works, or has it open: their edit survives, always."""

import os
import signal

import pytest

from tests.faults.places import OLD
from tests.faults.tracing import injected, skip_without_strace, wait_until_held

BUSY = 75
EDIT = b"somebody's edit"
# Where a run stands still: after it has read, before it looks whether that still holds.
POINTS = ("write", "fsync", "chmod")


def write_over(path):
    path.write_bytes(EDIT)


def write_anew(path):
    """As Excel saves: another file that takes the name."""
    other = path.with_name("saved.tmp")
    other.write_bytes(EDIT)
    other.replace(path)


def write_as_long_and_as_old(path):
    """Other cells, but neither size nor date show it; as a copy with the dates kept would be."""
    was = path.stat()
    other = path.with_name("saved.tmp")
    other.write_bytes(EDIT.ljust(was.st_size)[: was.st_size])
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(path)


def append(path):
    with path.open("ab") as file:
        file.write(EDIT)


EDITS = (write_over, write_anew, write_as_long_and_as_old, append)


def edited_meanwhile(place, file, edit, point):
    """How a run ended that stood still at a system call while a file was edited."""
    place.restore()
    run = place.start(stopped=True)
    # The first write is the note in the lock file, before anything is read.
    with injected(run, point, "signal=SIGSTOP", nth=2 if point == "write" else 1) as trace:
        wait_until_held(trace)
        edit(file)
        edited = file.read_bytes()
        os.kill(run, signal.SIGCONT)
        ended = place.wait(run)
    assert file.read_bytes() == edited
    return ended


def check_edit(place, name, edit, point):
    ended = edited_meanwhile(place, place.folder / name, edit, point)

    assert (ended.code, ended.is_one_sentence) == (BUSY, True), ended
    assert ended.stderr == f"leadscore: {name} changed while being scored; run again\n"
    assert place.temps() == []
    if name != place.target.name:
        assert place.told() == OLD


@pytest.mark.parametrize("name", ["leads.csv", "leads-scored.csv"])
def test_an_edit_meanwhile_survives(place_of, name):
    skip_without_strace()

    check_edit(place_of("csv"), name, write_anew, "fsync")


@pytest.mark.long
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("edit", EDITS)
def test_edits_at_any_point_survive(place, edit, point):
    skip_without_strace()

    for name in sorted({place.source.name, place.target.name}):
        check_edit(place, name, edit, point)


@pytest.mark.parametrize("owner", ["~${}", ".~lock.{}#"])
def test_a_file_that_is_open_elsewhere_is_left_alone(place_of, owner):
    place = place_of("csv")
    (place.folder / owner.format(place.target.name)).write_text("somebody")

    ended = place.run(environment={"LEADSCORE_IF_OPEN": "fail"})

    assert (ended.code, ended.is_one_sentence, place.told()) == (BUSY, True, OLD)
