"""Workbooks that are open in Excel or LibreOffice."""

import os
import time

import pytest

from leadscore.errors import TryLaterError
from leadscore.runs.open_elsewhere import STALE, open_one, owner_file, wait_until_closed

OWNERS = ["~$leads.xlsx", ".~lock.leads.xlsx#"]


class Clock:
    """A clock that only sleeping moves; `then` happens after the first sleep."""

    def __init__(self, then=lambda: None):
        self.time, self.then = 0.0, then

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.time += seconds
        self.then()


@pytest.mark.parametrize("name", OWNERS)
def test_owner_files_are_found_also_through_a_link(tmp_path, name):
    (tmp_path / name).write_text("someone")
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "link.xlsx").symlink_to(tmp_path / "leads.xlsx")

    assert owner_file(tmp_path / "leads.xlsx") == tmp_path / name
    assert owner_file(folder / "link.xlsx") == tmp_path / name
    assert owner_file(tmp_path / "other.xlsx") is None
    assert open_one([tmp_path / "other.xlsx", tmp_path / "leads.xlsx"]) == tmp_path / "leads.xlsx"


@pytest.mark.parametrize(("age", "counts"), [(STALE - 60, True), (STALE + 60, False)])
def test_what_a_crash_left_behind_does_not_block_for_ever(tmp_path, age, counts):
    owner = tmp_path / OWNERS[1]
    owner.write_text("someone")
    os.utime(owner, (time.time() - age,) * 2)

    assert (owner_file(tmp_path / "leads.xlsx") is not None) == counts


def test_it_is_waited_for(tmp_path):
    owner = tmp_path / OWNERS[0]
    owner.write_text("someone")
    clock = Clock(then=owner.unlink)

    wait_until_closed(tmp_path / "leads.xlsx", 60, clock.sleep, clock)

    assert clock.time < 1


@pytest.mark.parametrize("longest", [60.0, 0.0])
def test_and_then_given_up(tmp_path, longest):
    (tmp_path / OWNERS[1]).write_text("someone")
    clock = Clock()

    with pytest.raises(TryLaterError) as told:
        wait_until_closed(tmp_path / "leads.xlsx", longest, clock.sleep, clock)

    assert clock.time == longest
    assert str(told.value) == (
        "leads.xlsx is open in another program; close it there, or delete .~lock.leads.xlsx# if it is not"
    )
