import errno
import os
import stat
from pathlib import Path

import pytest

from leadscore.errors import OutputError, TryLaterError
from leadscore.sheets.safe_write import TEMP_PREFIX, look, replace_file, sweep

OLD, NEW = "old content", "new content"


def write_new(temp: Path) -> None:
    temp.write_text(NEW)


def accept(temp: Path) -> None:
    assert temp.read_text() == NEW


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "leads.xlsx"
    path.write_text(OLD)
    return path


def raising(problem: BaseException):
    def fail(*args, **kwargs):
        raise problem

    return fail


def test_a_new_file_appears_and_only_its_owner_may_read_it(tmp_path):
    replace_file(tmp_path / "leads.xlsx", write_new, accept)

    assert (tmp_path / "leads.xlsx").read_text() == NEW
    assert stat.S_IMODE((tmp_path / "leads.xlsx").stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["leads.xlsx"]


def test_an_old_file_keeps_its_mode(target):
    target.chmod(0o664)

    replace_file(target, write_new, accept)

    assert target.read_text() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o664


def test_the_old_owner_is_asked_for_and_done_without(target, monkeypatch):
    asked = []

    def refuse(path, user, group):
        asked.append((user, group))
        raise PermissionError(errno.EPERM, "not yours to give")

    monkeypatch.setattr(os, "chown", refuse)
    old = target.stat()

    replace_file(target, write_new, accept)

    assert asked == [(old.st_uid, old.st_gid)]
    assert target.read_text() == NEW


def test_the_temporary_file_is_private_hidden_and_keeps_the_suffix(target):
    seen = []

    def write(temp):
        write_new(temp)
        seen.append((temp.parent, temp.name, stat.S_IMODE(temp.stat().st_mode)))

    replace_file(target, write, accept)

    folder, name, mode = seen[0]
    assert folder == target.parent
    assert name.startswith(TEMP_PREFIX)
    assert name.endswith("-leads.xlsx")
    assert mode == 0o600


def test_a_link_stays_a_link_and_its_target_is_replaced(target, tmp_path):
    link = tmp_path / "elsewhere" / "link.xlsx"
    link.parent.mkdir()
    link.symlink_to(target)

    replace_file(link, write_new, accept)

    assert link.is_symlink()
    assert target.read_text() == NEW
    assert names_in(link.parent) == ["link.xlsx"]


def test_a_link_to_nothing_gets_its_target(tmp_path):
    link = tmp_path / "link.xlsx"
    link.symlink_to(tmp_path / "later.xlsx")

    replace_file(link, write_new, accept)

    assert link.is_symlink()
    assert (tmp_path / "later.xlsx").read_text() == NEW


def test_the_other_name_of_a_hard_link_keeps_the_old_content(target, tmp_path):
    os.link(target, tmp_path / "other.xlsx")

    replace_file(target, write_new, accept)

    assert target.read_text() == NEW
    assert (tmp_path / "other.xlsx").read_text() == OLD


@pytest.mark.parametrize("name", ["é" * 120 + ".xlsx", "leads\n🙂.xlsx", "-x.xlsx", "noSuffix"])
def test_odd_names_are_written(tmp_path, name):
    replace_file(tmp_path / name, write_new, accept)

    assert names_in(tmp_path) == [name]


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    "problem", [FULL, ValueError("a bug"), KeyboardInterrupt(), OutputError("does not read back")], ids=type
)
@pytest.mark.parametrize("point", ["write", "check", "fsync", "replace", "chmod"])
def test_a_failure_anywhere_leaves_the_old_file_and_nothing_else(target, monkeypatch, point, problem):
    if point == "fsync":
        monkeypatch.setattr(os, "fsync", raising(problem))
    if point in ("replace", "chmod"):
        monkeypatch.setattr(os, point, raising(problem))
        monkeypatch.setattr(Path, point, raising(problem))
    write = raising(problem) if point == "write" else write_new
    check = raising(problem) if point == "check" else accept

    with pytest.raises(OutputError if isinstance(problem, OSError) else type(problem)):
        replace_file(target, write, check)

    assert target.read_text() == OLD
    assert names_in(target.parent) == ["leads.xlsx"]


def test_half_a_file_is_thrown_away(target):
    def write(temp):
        temp.write_text("half")
        raise FULL

    with pytest.raises(OutputError):
        replace_file(target, write, accept)

    assert target.read_text() == OLD
    assert names_in(target.parent) == ["leads.xlsx"]


def test_a_folder_that_cannot_be_synced_does_not_fail_the_run(target, monkeypatch):
    real_fsync, calls = os.fsync, []

    def fsync(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.EINVAL, "Invalid argument")
        real_fsync(handle)

    monkeypatch.setattr(os, "fsync", fsync)

    replace_file(target, write_new, accept)

    assert len(calls) == 2
    assert target.read_text() == NEW


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full; free some space, or choose another place with -o"),
        (errno.EDQUOT, "your disk quota is used up; free some space, or choose another place with -o"),
        (errno.EFBIG, "it would be larger than this disk allows; choose another place with -o"),
        (errno.EROFS, "that disk is read-only; choose another place with -o"),
        (errno.ENAMETOOLONG, "its name is too long; choose a shorter one with -o"),
        (errno.ELOOP, "it is a link that leads back to itself; delete the link, or choose another name with -o"),
        (errno.EIO, "Input/output error; choose another place with -o"),
    ],
)
def test_what_the_user_reads(target, number, reason):
    with pytest.raises(OutputError) as told:
        replace_file(target, raising(OSError(number, os.strerror(number))), accept)

    assert str(told.value) == f"leads.xlsx cannot be written: {reason}"


def test_an_error_without_words_is_still_a_sentence(target):
    with pytest.raises(OutputError, match=r"leads\.xlsx cannot be written: OSError; choose another place with -o"):
        replace_file(target, raising(OSError()), accept)


def test_a_file_open_in_excel_is_named(target, monkeypatch):
    monkeypatch.setattr(Path, "replace", raising(PermissionError(errno.EACCES, "Access is denied")))

    with pytest.raises(OutputError) as told:
        replace_file(target, write_new, accept)

    assert str(told.value) == (
        "leads.xlsx cannot be written: another program, Excel perhaps, holds it open or it is protected; "
        "close it there, then run again"
    )


def test_a_folder_one_may_not_write_in_is_named(target, monkeypatch):
    monkeypatch.setattr("tempfile.mkstemp", raising(PermissionError(errno.EACCES, "Permission denied")))
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(OutputError) as told:
        replace_file(target, write_new, accept)

    assert str(told.value) == (
        f"leads.xlsx cannot be written: you may not write in the folder {target.parent}; choose another place with -o"
    )


def test_what_must_not_be_replaced_is_refused(target, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(tmp_path / "pipe")
    target.chmod(0o444)
    refusals = {
        folder: f"{folder} is a folder; give the name of a file in it with -o",
        tmp_path / "pipe": f"{tmp_path / 'pipe'} is no ordinary file; choose another name with -o",
        target: "leads.xlsx is write-protected; lift the protection, or choose another name with -o",
        tmp_path / "none" / "a.xlsx": (
            f"a.xlsx cannot be written: the folder {tmp_path / 'none'} does not exist; create it, "
            "or choose another with -o"
        ),
    }

    for path, sentence in refusals.items():
        with pytest.raises(OutputError) as told:
            replace_file(path, write_new, accept)
        assert str(told.value) == sentence
    assert target.read_text() == OLD


def test_a_link_that_leads_to_itself_is_refused(tmp_path):
    link = tmp_path / "link.xlsx"
    link.symlink_to(link)

    with pytest.raises(OutputError, match="it is a link that leads back to itself"):
        replace_file(link, write_new, accept)


# Changed meanwhile ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["edit", "delete", "replace", "touch"])
def test_a_file_that_was_read_and_changed_stops_the_writing(target, tmp_path, change):
    source = tmp_path / "source.csv"
    source.write_text("old")
    seen = look(source)

    def write(temp):
        write_new(temp)
        if change == "edit":
            source.write_text("older")
        elif change == "touch":
            os.utime(source, ns=(1, 1))
        elif change == "delete":
            source.unlink()
        else:
            other = tmp_path / "other.csv"
            other.write_text("new")
            os.utime(other, ns=(1, seen.identity[3]))
            other.replace(source)

    with pytest.raises(TryLaterError) as told:
        replace_file(target, write, accept, [seen])

    assert str(told.value) == "source.csv changed while being scored; run again"
    assert target.read_text() == OLD


def test_the_target_may_not_change_while_it_is_written(target):
    def write(temp):
        write_new(temp)
        target.write_text("somebody's edit")

    with pytest.raises(TryLaterError, match=r"leads\.xlsx changed while being scored; run again"):
        replace_file(target, write, accept)

    assert target.read_text() == "somebody's edit"
    assert names_in(target.parent) == ["leads.xlsx"]


def test_a_target_that_appears_meanwhile_is_not_written_over(tmp_path):
    def write(temp):
        write_new(temp)
        (tmp_path / "new.xlsx").write_text("somebody's")

    with pytest.raises(TryLaterError):
        replace_file(tmp_path / "new.xlsx", write, accept)

    assert (tmp_path / "new.xlsx").read_text() == "somebody's"


def test_orphans_are_told_apart_by_the_whole_name(tmp_path):
    one, other = (tmp_path / f"{'long name ' * 8}{end}.xlsx" for end in "12")
    left = []
    for path in (one, other):
        replace_file(path, lambda temp: left.append(temp) or write_new(temp), accept)
    for temp in left:
        temp.write_text("left by a kill")

    sweep(one)

    assert [temp.exists() for temp in left] == [False, True]


def test_there_is_nothing_to_sweep_in_a_folder_that_is_not_there(tmp_path):
    sweep(tmp_path / "absent" / "leads.xlsx")

    assert names_in(tmp_path) == []


def test_a_temporary_file_that_cannot_be_closed_is_not_left_behind(tmp_path, monkeypatch):
    def fail(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "close", fail)
        with pytest.raises(OutputError, match=r"leads\.csv cannot be written: Input/output error"):
            replace_file(tmp_path / "leads.csv", Path.touch, Path.touch)

    assert list(tmp_path.iterdir()) == []
