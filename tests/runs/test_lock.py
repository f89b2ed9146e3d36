"""One run at a time writes a file."""

import os
import re
import signal
import stat
import subprocess
import sys
import time

import pytest

from leadscore.errors import TryLaterError
from leadscore.runs.care import hidden_beside
from leadscore.runs.lock import holding, lock_path
from leadscore.sheets.safe_write import TEMP_PREFIX
from leadscore.state.store import open_state

HOLD = """
import sys, time
from pathlib import Path
from leadscore.runs.lock import holding
with holding([Path(sys.argv[1])]):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock on leads.csv; it is killed at the end."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "leads.csv"], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_held_lock_is_said_at_once_and_since_when(holder, tmp_path):
    began = time.monotonic()

    with pytest.raises(TryLaterError) as told, holding([tmp_path / "leads.csv"]):
        pass

    assert time.monotonic() - began < 10  # seconds; the holder keeps it for sixty
    assert re.fullmatch(
        r"another run is writing leads\.csv since \d{4}-\d\d-\d\d \d\d:\d\d \S+; run again when it is done",
        str(told.value),
    )
    assert told.value.exit_code == 75


@pytest.mark.parametrize("mask", [0o077, 0o022])
def test_a_lock_can_be_taken_by_whoever_else_may_write_the_file(tmp_path, mask):
    before = os.umask(mask)
    try:
        with holding([tmp_path / "leads.csv"]):
            mode = stat.S_IMODE(lock_path(tmp_path / "leads.csv").stat().st_mode)
    finally:
        os.umask(before)

    assert mode == 0o666


def test_a_killed_holder_frees_the_lock(holder, tmp_path):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()

    with holding([tmp_path / "leads.csv"]):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_link_and_what_it_leads_to_share_a_lock(holder, tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "leads.csv")

    with pytest.raises(TryLaterError, match="another run is writing leads"), holding([tmp_path / "link.csv"]):
        pass


def test_another_file_has_a_lock_of_its_own(holder, tmp_path):
    with holding([tmp_path / "other.csv"]):
        assert lock_path(tmp_path / "other.csv").exists()

    assert not lock_path(tmp_path / "other.csv").exists()


def test_a_file_with_the_longest_name_has_a_lock(tmp_path):
    target = tmp_path / f"{'é' * 125}.xlsx"

    with holding([target]):
        assert lock_path(target).exists()


@pytest.mark.parametrize("letters", ["é" * 125, "x" * 250])
def test_a_file_with_the_longest_name_has_a_state(tmp_path, letters):
    state = hidden_beside(tmp_path / f"{letters}.xlsx", "db")

    with open_state(state):
        assert state.exists()


def test_a_lock_file_that_says_nothing_is_no_trouble(holder, tmp_path):
    lock_path(tmp_path / "leads.csv").write_text("nonsense")

    with pytest.raises(TryLaterError, match=r"is writing leads\.csv; run again"), holding([tmp_path / "leads.csv"]):
        pass


def test_orphans_of_this_output_are_swept_and_nothing_else(tmp_path):
    long_name = "a" * 60
    orphans = [f"{TEMP_PREFIX}abcd_123-leads.csv"]
    others = [
        "leads.csv",
        f"{TEMP_PREFIX}abcd_123-other.csv",
        f"{TEMP_PREFIX}abcd_123-leads.xlsx",
        f"{TEMP_PREFIX}leads.csv",
    ]
    for name in (*orphans, *others):
        (tmp_path / name).write_text("x")

    with holding([tmp_path / "leads.csv", tmp_path / f"{long_name}.csv"]):
        pass

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)


def test_where_no_lock_can_be_made_the_run_says_why(tmp_path):
    with holding([tmp_path / "absent" / "leads.csv"]):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_in(tmp_path):
    tmp_path.chmod(0o500)

    with holding([tmp_path / "leads.csv"]):
        assert not lock_path(tmp_path / "leads.csv").exists()


def test_a_failure_inside_frees_the_lock(tmp_path):
    with pytest.raises(KeyboardInterrupt), holding([tmp_path / "leads.csv"]):
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []
