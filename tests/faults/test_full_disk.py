"""T3: disks of many sizes that fill up, files that may not grow, and a standard output that takes nothing."""

import math
import subprocess
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.places import NEW, OLD
from tests.faults.runs import Runs
from tests.faults.shares import share

PAGE = 4096  # bytes: what a tmpfs is made of
SIZES = 30
# More than any mode needs beside the files that are there: new results of ten pages, and SQLite's journal.
MOST_FREE = 60  # pages
ALONE = ("unshare", "--map-root-user", "--mount")


@pytest.fixture(scope="module")
def mounting_runs(tmp_path_factory, make):
    """Runs in a namespace in which tests may mount disks."""
    try:
        subprocess.run([*ALONE, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        pytest.skip(f"no namespace can be made here to mount a disk in: {problem}")
    folder = tmp_path_factory.mktemp("mounting-runs")
    make.book(folder / "leads.xlsx", Source=make.leads, Scoring=make.scoring)
    started = Runs(folder, ALONE)
    started.warm(folder, "score", "leads.xlsx", "--cron")
    yield started
    started.close()


@contextmanager
def small_disk(place, runs, free):
    """The place on a disk of its own, with so many free pages; none that a run left there after it has all it wants."""
    used = sum(math.ceil(path.stat().st_size / PAGE) for path in place.kept.iterdir())
    # The folder itself takes none. Through a process, what is mounted in its namespace is seen from outside.
    assert runs.call("mount", "-t", "tmpfs", "-o", f"size={(used + free) * PAGE}", "none", str(place.folder)) == 0
    small = place.elsewhere(runs, Path(f"/proc/{runs.forker.pid}/root{place.folder}"))
    try:
        small.restore()
        yield small
        assert runs.call("mount", "-o", "remount,size=64m", str(place.folder)) == 0
        small.check_recovers()
    finally:
        assert runs.call("umount", str(place.folder)) == 0


def check(place, ended):
    """A disk that is full is a sentence and the old results."""
    if ended.code:
        assert ended.code == 4, ended
        place.check_kept(ended)
    else:
        assert place.told() == NEW
    assert place.temps() == []
    place.check_inputs()
    place.check_state()


def check_sizes(mode, runs, place, count):
    codes = Counter()
    for free in range(0, MOST_FREE, MOST_FREE // count):
        with small_disk(place, runs, free) as small:
            ended = small.run()
            check(small, ended)
            codes[ended.code] += 1
    print(f"{mode}: {codes.total()} sizes, by exit code {dict(codes)}")
    assert set(codes) == {0, 4}


def test_a_disk_that_fills_up(mounting_runs, place_of):
    check_sizes("csv", mounting_runs, place_of("csv"), 2)


@pytest.mark.long
def test_disks_of_many_sizes(mounting_runs, place):
    check_sizes(place.folder.parent.name, mounting_runs, place, SIZES)


@share("sizes", 2, SIZES)
def test_a_file_that_may_not_grow(place, sizes):
    largest = 2 * max(path.stat().st_size for path in place.kept.iterdir())
    codes = Counter()

    for size in range(1024, largest, largest // sizes):  # what is said needs some bytes too
        place.restore()
        ended = place.run(limits={"RLIMIT_FSIZE": size})
        check(place, ended)
        place.check_recovers()
        codes[ended.code] += 1

    print(f"{sizes} sizes, by exit code {dict(codes)}")


def test_a_standard_output_that_is_full(runs, place_of):
    place = place_of("csv")

    ended = runs.run(place.folder, *place.arguments, "-o", "-", stdout=Path("/dev/full"))

    assert ended.code == 4
    assert ended.stderr == "leadscore: standard output cannot be written: No space left on device\n"


def test_a_file_that_is_always_full(runs, place_of):
    place = place_of("csv")
    (place.folder / "full.csv").symlink_to("/dev/full")

    ended = runs.run(place.folder, *place.arguments, "-o", "full.csv")

    assert (ended.code, ended.is_one_sentence) == (4, True)
    assert place.told() == OLD
