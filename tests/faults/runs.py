"""What starts runs as cron would, by way of the forker, and says how they ended."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FORKER = Path(__file__).with_name("forker.py")
# What cron gives: no terminal, no language, no home of any use, and the shortest search path.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
SETPRIV = shutil.which("setpriv", path="/usr/bin:/bin")
# Root may read and write whatever it likes, which would hide every fault of permissions.
POWERLESS = (SETPRIV, "--bounding-set=-all", "--inh-caps=-all") if SETPRIV and os.geteuid() == 0 else ()


@dataclass(frozen=True)
class How:
    """How a run starts: files for what it reads and says, resource limits by name, whether it waits to be continued."""

    stdin: Path | str = os.devnull
    stdout: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    umask: int = 0o022
    stopped: bool = False


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code (less than zero: the signal) and what it said."""

    code: int
    stdout: str
    stderr: str

    @property
    def is_silent(self):
        return (self.code, self.stdout, self.stderr) == (0, "", "")

    @property
    def is_one_sentence(self):
        return self.stderr.startswith("leadscore: ") and self.stderr.count("\n") == 1 and self.stderr.endswith("\n")


class Runs:
    """Runs of the command that share one forker, itself started by `before` with more `environment` of its own.

    What they say goes to files in `folder`, which is none that a run writes in.
    """

    def __init__(self, folder, before=POWERLESS, **environment):
        self._folder = folder
        self._numbers = count()
        self._said = {}
        self.forker = subprocess.Popen(
            [*before, sys.executable, FORKER, str(ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**ENVIRONMENT, **environment},
        )

    def close(self):
        self.forker.communicate(timeout=60)

    def _ask(self, **request):
        print(json.dumps(request), file=self.forker.stdin, flush=True)
        return json.loads(self.forker.stdout.readline())

    def warm(self, folder, *arguments):
        self._ask(do="warm", folder=str(folder), arguments=arguments)

    def start(self, folder, *arguments, **how):
        """Start a run in a folder, as How says; gives its process id."""
        how = How(**how)
        number = next(self._numbers)
        said = [self._folder / f"{number}.{name}" for name in ("out", "err")]
        run = self._ask(
            do="start",
            folder=str(folder),
            arguments=[str(argument) for argument in arguments],
            stdin=str(how.stdin),
            stdout=str(how.stdout or said[0]),
            stderr=str(said[1]),
            environment=how.environment,
            limits=how.limits,
            umask=how.umask,
            stopped=how.stopped,
        )
        self._said[run] = said
        return run

    def wait(self, run):
        """How a run ended, once it has."""
        code = self._ask(do="wait", run=run)
        said = [path.read_text(encoding="utf-8") if path.exists() else "" for path in self._said.pop(run)]
        return Ended(code, *said)

    def run(self, folder, *arguments, **options):
        return self.wait(self.start(folder, *arguments, **options))

    def call(self, *line):
        """Run a program where the runs are: in their namespaces."""
        return self._ask(do="call", line=line)
