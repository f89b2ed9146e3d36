"""T4: what the file system does not allow, or what stands where results should go."""

import os
import shutil
import stat

import pytest

from tests.faults.places import NEW, OLD
from tests.faults.tracing import run_with_fault, skip_without_strace

ELSEWHERE = "/dev/shm"  # noqa: S108  another file system than the one of temporary folders, as a rule


@pytest.fixture
def csv(place_of):
    return place_of("csv")


@pytest.fixture
def score(runs, csv):
    """Score the leads into a file; gives how that ended."""
    return lambda output, **options: runs.run(csv.folder, *csv.arguments, "-o", output, **options)


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def refused(ended):
    return ended.code == 4 and ended.is_one_sentence


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_not_be_written_is_not(csv, what):
    protected = csv.folder if what == "folder" else csv.target
    before = mode_of(protected)
    protected.chmod(before & ~0o222)
    try:
        ended = csv.run()
    finally:
        protected.chmod(before)

    assert refused(ended), ended
    assert csv.told() == OLD
    csv.check_recovers()


def test_an_old_file_keeps_its_mode(csv):
    csv.target.chmod(0o664)

    csv.check_run()

    assert (mode_of(csv.target), csv.told()) == (0o664, NEW)


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_new_file_is_its_owners_alone(score, csv, umask):
    ended = score("first.csv", umask=umask)

    assert ended.is_silent
    assert mode_of(csv.folder / "first.csv") == 0o600


def test_a_temporary_file_is_its_owners_alone(csv):
    skip_without_strace()
    csv.target.chmod(0o666)

    run_with_fault(csv, "fsync", "signal=SIGKILL")

    assert [mode_of(path) for path in csv.temps()] == [0o600]


def test_links_are_kept_and_what_they_lead_to_is_replaced(csv):
    (csv.folder / "real.csv").write_bytes(csv.target.read_bytes())
    csv.target.unlink()
    csv.target.symlink_to("real.csv")

    csv.check_run()

    assert csv.target.is_symlink()
    assert csv.told() == NEW


def test_the_other_name_of_a_file_keeps_the_old_results(csv):
    os.link(csv.target, csv.folder / "other.csv")
    old = csv.target.read_bytes()

    csv.check_run()

    assert csv.told() == NEW
    assert (csv.folder / "other.csv").read_bytes() == old


def test_a_link_to_another_disk_is_followed(csv, tmp_path_factory):
    if not os.path.isdir(ELSEWHERE) or os.stat(ELSEWHERE).st_dev == csv.folder.stat().st_dev:  # noqa: PTH112, PTH116
        pytest.skip(f"{ELSEWHERE} is no other disk")
    real = os.path.join(ELSEWHERE, f"leadscore-test-{os.getpid()}.csv")  # noqa: PTH118
    shutil.move(csv.target, real)
    csv.target.symlink_to(real)
    try:
        csv.check_run()
        assert csv.told() == NEW
        assert csv.target.is_symlink()
    finally:
        os.unlink(real)  # noqa: PTH108


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_file_is_not_replaced(score, csv, kind):
    place = csv.folder / "place.csv"
    if kind == "device":
        place.symlink_to(os.devnull)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place = csv.folder.parent / "folder.csv"
        place.mkdir(exist_ok=True)
    before = what_it_is(place)

    ended = score(place)

    assert refused(ended), ended
    assert what_it_is(place) == before


def test_standard_input_is_read_as_a_dash_and_not_by_its_name(runs, csv):
    leads = csv.folder / "leads.csv"

    by_name = runs.run(csv.folder, "score", "/dev/stdin", "-m", "model.csv", "-o", "-", stdin=leads)
    by_dash = runs.run(csv.folder, "score", "-", "-m", "model.csv", "-o", "-", stdin=leads)

    assert by_dash.code == 0
    assert (by_name.code, by_name.stdout, by_name.is_one_sentence) == (2, "", True)


@pytest.mark.parametrize("name", ["line\nbreak.csv", "🙂 é.csv", "-x.csv", "é" * 120 + ".csv"])
def test_odd_names_are_written(score, csv, name):
    ended = score(f"./{name}")

    assert ended.is_silent, ended
    assert (csv.folder / name).read_bytes().startswith(b"\xef\xbb\xbfId,")


def test_a_name_that_is_too_long_is_refused(score, csv):
    before = csv.names()

    ended = score("x" * 252 + ".csv")

    assert refused(ended), ended
    assert csv.names() == before


def what_it_is(path):
    """A file as the file system has it, but for when somebody looked at it."""
    told = path.lstat()
    return told.st_mode, told.st_ino, told.st_size, told.st_mtime_ns
