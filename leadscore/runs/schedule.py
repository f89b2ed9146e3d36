"""The texts that make cron, systemd or the Windows Task Scheduler run a command every hour. Nothing is installed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from leadscore.errors import UsageError

MINUTE = 7  # of each hour: on the hour, every other job of the machine starts too
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.]+")  # one hyphen for each: two would end a comment of XML

_CRON = """\
# cron (Linux, macOS): run `crontab -e` and add this line. It names no hour, so
# it runs in each hour that really passes, also when clocks change. Cron mails
# what it prints; it prints only when something is wrong. On a Mac, cron needs
# "Full Disk Access" to read the folders Desktop, Documents and Downloads.
{minute} * * * * {command}
"""
_SERVICE = """\
# systemd: save as ~/.config/systemd/user/{name}.service
[Unit]
Description={name}

[Service]
Type=oneshot
WorkingDirectory={folder}
Environment=LANG=C.UTF-8 PYTHONUTF8=1
ExecStart={command}
# 75: somebody else is at the files; the next run tries again.
SuccessExitStatus=75
"""
_TIMER = """\
# systemd: save as ~/.config/systemd/user/{name}.timer, then run
#   systemctl --user daemon-reload
#   systemctl --user enable --now {name}.timer
# and, so that it also runs while you are logged out:
#   loginctl enable-linger
[Unit]
Description={name}, every hour

[Timer]
# In UTC, which has no summer time: no hour is skipped, none runs twice.
OnCalendar=*-*-* *:{minute:02}:00 UTC
Persistent=true

[Install]
WantedBy=timers.target
"""
_TASK = """\
<?xml version="1.0"?>
<!-- Windows Task Scheduler: save from here on as {name}.xml, then run
       schtasks /Create /TN {name} /XML {name}.xml
     It runs while you are logged on. The start is in UTC (Z), so a change of
     clocks neither skips nor doubles an hour. -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <TimeTrigger>
      <StartBoundary>2026-01-01T00:{minute:02}:00Z</StartBoundary>
      <Repetition><Interval>PT1H</Interval></Repetition>
    </TimeTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <StartWhenAvailable>true</StartWhenAvailable>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
  </Settings>
  <Actions>
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


@dataclass(frozen=True)
class Call:
    """A command to be run every hour: the program with its arguments, the folder it runs in, the file it scores."""

    line: Sequence[str]
    folder: str
    source: str

    @property
    def name(self) -> str:
        """'leadscore-my-leads' for 'my leads.xlsx', in the letters that every scheduler takes."""
        stem = _NOT_IN_NAMES.sub("-", PurePath(self.source).stem).strip("-.")
        return f"leadscore-{stem or 'leads'}"


def schedule_texts(call: Call) -> str:
    """The crontab line, the systemd units and the task, in this order.

    Raises UsageError for a line break or another control character: no scheduler takes one.
    """
    if any(_CONTROL.search(text) for text in (*call.line, call.folder)):
        raise UsageError("no scheduler takes a line break in a file name or an option; rename the file")
    return "\n".join((crontab_text(call), service_text(call), timer_text(call), task_text(call)))


def crontab_text(call: Call) -> str:
    r"""A line of a crontab. There a bare % ends the command, even inside quotes, and \\ becomes \ in some crons."""
    command = f"cd {shlex.quote(call.folder)} && LANG=C.UTF-8 PYTHONUTF8=1 {shlex.join(call.line)}"
    # A word with a backslash is in single quotes: they end and begin anew after it, so neither \\ nor a raw \% is left.
    apart = command.replace("\\", "\\''")
    return _CRON.format(minute=MINUTE, command=apart.replace("%", r"\%"))


def service_text(call: Call) -> str:
    """The unit that runs the command once."""
    program, *arguments = call.line
    command = " ".join([_quoted_unit(program), *(_quoted_unit(text.replace("$", "$$")) for text in arguments)])
    return _SERVICE.format(name=call.name, folder=call.folder.replace("%", "%%"), command=command)


def timer_text(call: Call) -> str:
    """The unit that starts it every hour."""
    return _TIMER.format(name=call.name, minute=MINUTE)


def task_text(call: Call) -> str:
    """The task as XML, in ASCII, so that it reads the same in whatever encoding it is saved."""
    program, *arguments = call.line
    texts = {"program": program, "arguments": list2cmdline(arguments), "folder": call.folder}
    safe = {name: escape(text).encode("ascii", "xmlcharrefreplace").decode() for name, text in texts.items()}
    return _TASK.format(name=call.name, minute=MINUTE, **safe)


def _quoted_unit(text: str) -> str:
    """A word of ExecStart in quotes; systemd.service(5), "Command lines", and % of systemd.unit(5), "Specifiers"."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
