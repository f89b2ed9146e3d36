"""The crontab line that `leadscore schedule` prints, run by a real cron daemon, and by a shell in its environment."""

import os
import re
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

SEEN_BY_CRON = 75  # seconds: cron starts what is due at the next full minute
# Namespaces of its own: the spool, /run and /usr/sbin are covered for this daemon alone, which ends with its shell.
PRIVATE = ("unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child")
DAEMON = """
set -eu
mount -t tmpfs none /run
mount -t tmpfs none /var/spool/cron
mkdir -m 1730 /var/spool/cron/crontabs
mount --bind "$1/no_jobs" /etc/cron.d
mount --bind /dev/null /etc/crontab
mount --bind "$1/sbin" /usr/sbin
crontab "$1/crontab"
exec cron -f
"""
MAILER = '#!/bin/sh\nmail=$(mktemp "{folder}/XXXXXX")\ncat > "$mail" && mv "$mail" "$mail.mail"\n'


@pytest.fixture
def folder(tmp_path):
    """A folder with a name that a shell splits and a crontab cuts."""
    folder = tmp_path / r"50% of my leads, d'été \\ \% $HOME"
    folder.mkdir()
    return folder


@pytest.fixture
def line(command, make, folder):
    """The line that `leadscore schedule` prints for a workbook in that folder."""
    make.book(folder / "leads.xlsx", Source=make.leads, Scoring=make.scoring)
    run = command("schedule", "leads.xlsx", "--columns=Name", cwd=folder)
    assert run.returncode == 0, run.stderr
    [line] = [text for text in run.stdout.decode().splitlines() if text.startswith("7 * * * * ")]
    return line


def check_results(folder, read):
    """Results, state and log are there, of one run that went well, and readable by the owner alone."""
    hidden = [".leads-scored.xlsx.leadscore.db", ".leads-scored.xlsx.leadscore.log"]
    assert sorted(path.name for path in folder.iterdir()) == [*hidden, "leads-scored.xlsx", "leads.xlsx"]
    headings, *rows = read.sheet(folder / "leads-scored.xlsx", "Results")
    assert [row[headings.index("score")] for row in rows] == [50, 33.3, -333.3]
    log = folder / hidden[1]
    assert re.fullmatch(
        r"\S+\+00:00 done: 3 read, 0 blank, 3 scored, 1 excluded; \d+ issues; \d+\.\d s; leads-scored\.xlsx\n",
        log.read_text(encoding="utf-8"),
    )
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_shell_in_the_environment_of_cron_runs_the_printed_line(line, folder, read):
    command = line.split(" ", 5)[5].replace(r"\%", "%")  # as cron hands it on
    bare = {"SHELL": "/bin/sh", "HOME": str(folder.parent), "LOGNAME": "leads", "PATH": "/usr/bin:/bin"}

    run = subprocess.run(["/bin/sh", "-c", command], env=bare, cwd="/", capture_output=True, timeout=60, check=False)

    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    check_results(folder, read)


# A real daemon --------------------------------------------------------------------------------------------------------


def why_no_daemon():
    """Why no daemon can be run here, '' where one can."""
    if shutil.which("cron", path="/usr/sbin") is None or shutil.which("crontab") is None:
        return "no cron here (Debian package cron)"
    if os.geteuid() != 0:
        return "only root may run a cron daemon"
    if (
        shutil.which("unshare") is None
        or subprocess.run([*PRIVATE, "true"], capture_output=True, check=False).returncode
    ):
        return "no private mount namespace can be made here"
    return ""


@pytest.fixture
def daemon(tmp_path):
    """Start cron with a crontab of these lines; gives a function that gives its mails once it has nothing to do."""
    if reason := why_no_daemon():
        pytest.skip(reason)
    desk = tmp_path / "daemon"
    for name in ("sbin", "no_jobs"):
        (desk / name).mkdir(parents=True)
    shutil.copy("/usr/sbin/cron", desk / "sbin")
    mailer = desk / "sbin" / "sendmail"
    mailer.write_text(MAILER.format(folder=desk), encoding="utf-8")
    mailer.chmod(0o755)
    processes = []

    def start(*lines):
        (desk / "crontab").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        processes.append(subprocess.Popen([*PRIVATE, "sh", "-c", DAEMON, "sh", desk]))
        return lambda: [] if is_at_work(processes[-1]) else list(desk.glob("*.mail"))

    yield start
    for process in processes:
        process.kill()  # unshare forks, and lets SIGTERM pass; its child gets SIGKILL by --kill-child
        process.wait()


def is_at_work(unshare):
    """Whether more than the daemon itself runs in its namespace of processes."""
    [daemon] = Path(f"/proc/{unshare.pid}/task/{unshare.pid}/children").read_text().split()
    inside = Path(f"/proc/{daemon}/ns/pid").readlink()
    return sum(is_inside(process, inside) for process in Path("/proc").glob("[0-9]*")) > 1


def is_inside(process, namespace):
    try:
        return (process / "ns" / "pid").readlink() == namespace
    except OSError:  # it has just ended
        return False


def wait_for(holds):
    end = time.monotonic() + SEEN_BY_CRON
    while not holds():
        assert time.monotonic() < end, "cron did not do its work in time"
        time.sleep(0.2)


def spooled():
    """The crontabs of this machine, and when each was changed."""
    return {path: path.stat().st_mtime_ns for path in Path("/var/spool/cron").rglob("*")}


@pytest.mark.long
def test_a_cron_daemon_runs_the_printed_line_and_has_nothing_to_mail(daemon, line, folder, read):
    every_minute = line.replace("7 * * * * ", "* * * * * ", 1)  # an hour is too long to wait
    log = folder / ".leads-scored.xlsx.leadscore.log"
    before = spooled()

    # `env` shows what cron gives to a command, and that what a command prints is mailed here.
    mails = daemon(every_minute, "* * * * * env")
    wait_for(lambda: log.exists() and mails())

    [mail] = [path.read_text(encoding="utf-8") for path in mails()]
    said = dict(word.split("=", 1) for word in mail.partition("\n\n")[2].split("\n") if word)
    assert mail.splitlines()[2].endswith(" env")
    assert said.keys() - {"PWD", "_"} == {"HOME", "LOGNAME", "PATH", "SHELL"}
    assert said["PATH"] == "/usr/bin:/bin"
    assert spooled() == before  # nothing of the machine was touched
    check_results(folder, read)
