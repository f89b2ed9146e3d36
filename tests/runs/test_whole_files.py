"""Sources that somebody is still writing."""

import os

import pytest

from leadscore.errors import TryLaterError
from leadscore.runs.whole_files import LONGEST_WAIT, STILL, Watch

NOW = 1_800_000_000.0


class World:
    """Time that only sleeping moves; each sleep does the next of some things to the file."""

    def __init__(self, *deeds):
        self.time, self.deeds = NOW, list(deeds)
        self.watch = Watch(lambda: self.time, lambda: self.time, self.sleep)

    def sleep(self, seconds):
        self.time += seconds
        if self.deeds:
            self.deeds.pop(0)(self.time)

    @property
    def slept(self):
        return self.time - NOW


def write(path, content, now):
    path.write_bytes(content)
    os.utime(path, (now, now))
    return path


@pytest.fixture
def csv_file(tmp_path):
    return write(tmp_path / "leads.csv", b"Name\nAnn\n", NOW - 1)


@pytest.fixture
def book(tmp_path, make):
    return make.book(tmp_path / "leads.xlsx", Source=make.leads)


def test_an_old_file_is_not_waited_for(csv_file):
    os.utime(csv_file, (NOW - 5, NOW - 5))
    world = World()

    world.watch.wait_until_whole(csv_file)

    assert world.slept == 0


def test_a_file_of_the_future_is_not_waited_for(csv_file):
    os.utime(csv_file, (NOW + 1_000, NOW + 1_000))
    world = World()

    world.watch.wait_until_whole(csv_file)

    assert world.slept == 0


def test_a_young_file_is_looked_at_twice(csv_file):
    world = World()

    world.watch.wait_until_whole(csv_file)

    assert world.slept == STILL


def test_a_growing_file_is_waited_for(csv_file):
    world = World(*(lambda now, size=size: write(csv_file, b"x" * size, now) for size in (20, 30)))

    world.watch.wait_until_whole(csv_file)

    assert world.slept == 3 * STILL


def test_a_file_that_never_stops_growing_is_given_up(csv_file):
    deeds = [lambda now, size=size: write(csv_file, b"x" * size, now) for size in range(100, 200)]
    world = World(*deeds)

    with pytest.raises(TryLaterError) as told:
        world.watch.wait_until_whole(csv_file)

    assert str(told.value) == "leads.csv is still being written; run again when it is complete"
    assert world.slept == LONGEST_WAIT


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.99])
def test_a_workbook_without_its_end_is_waited_for(book, share):
    whole = book.read_bytes()
    write(book, whole[: int(len(whole) * share)], NOW - 20)
    world = World(lambda _: None, lambda now: write(book, whole, now))

    world.watch.wait_until_whole(book)

    assert world.slept == 3 * STILL


def test_a_damaged_workbook_is_left_to_its_reader(book):
    write(book, book.read_bytes()[:-500], NOW - 100)
    world = World()

    world.watch.wait_until_whole(book)

    assert world.slept == 0


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0 a password", b"Name;Mail\n"])
def test_what_is_no_zip_has_no_end_to_wait_for(tmp_path, content):
    world = World()

    world.watch.wait_until_whole(write(tmp_path / "leads.xlsx", content, NOW - 20))

    assert world.slept == 0


def test_what_is_absent_is_left_to_its_reader(tmp_path):
    world = World()

    world.watch.wait_until_whole(tmp_path / "leads.csv")
    world.watch.wait_until_whole(tmp_path)

    assert world.slept == 0


def test_a_file_that_is_taken_away_meanwhile_is_not_waited_for_any_longer(csv_file):
    world = World(lambda _: csv_file.unlink())

    world.watch.wait_until_whole(csv_file)

    assert world.slept == STILL
