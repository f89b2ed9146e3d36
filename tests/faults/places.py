"""Where runs write: four ways to do it, each with old results, and the new ones that a run makes of edited leads."""

import copy
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass

from leadscore.sheets.safe_write import TEMP_PREFIX
from tests.in_place.rich_book import change

OLD, NEW = "old", "new"


@dataclass(frozen=True)
class Mode:
    """How to run, which file is written, and which one holds the leads."""

    arguments: tuple[str, ...]
    target: str
    source: str = "leads.xlsx"
    has_state: bool = False


MODES = {
    "beside": Mode(("leads.xlsx", "-q"), "leads-scored.xlsx"),
    "in place": Mode(("leads.xlsx", "--in-place", "-q"), "leads.xlsx"),
    "csv": Mode(("leads.csv", "-m", "model.csv", "-q"), "leads-scored.csv", "leads.csv"),
    "cron": Mode(("leads.xlsx", "--cron"), "leads-scored.xlsx", has_state=True),
}


class Place:
    """A folder with leads, a model and old results, which `restore` brings back."""

    def __init__(self, runs, folder, mode, make, read):
        self._runs, self._mode, self._read = runs, mode, read
        self.folder = self._view = folder / "work"
        self.kept = folder / "kept"
        self._prepare(make)

    def elsewhere(self, runs, view):
        """The same place as other runs see it, and how tests see that: `view` is the way to what is mounted there."""
        other = copy.copy(self)
        other._runs, other._view = runs, view
        return other

    @property
    def target(self):
        return self._view / self._mode.target

    def _prepare(self, make):
        self.folder.mkdir(parents=True)
        source = self.folder / self._mode.source
        make.csv(self.folder / "model.csv", make.scoring)
        if source.suffix == ".csv":
            make.csv(source, make.leads)
        else:
            make.book(source, Source=make.leads, Scoring=make.scoring)
        self.check_run()
        edit_leads(source)
        self._contents = {OLD: self._content()}
        shutil.copytree(self.folder, self.kept)
        self.check_run()
        self._contents[NEW] = self._content()
        assert self._contents[OLD] != self._contents[NEW]
        self._names = self.names()
        self.restore()

    @property
    def source(self):
        return self._view / self._mode.source

    def restore(self):
        for path in self._view.iterdir():
            path.unlink()
        shutil.copytree(self.kept, self._view, dirs_exist_ok=True)

    @property
    def arguments(self):
        return ("score", *self._mode.arguments, "--as-of", "2026-03-31")

    def start(self, **options):
        return self._runs.start(self.folder, *self.arguments, **options)

    def run(self, **options):
        return self._runs.run(self.folder, *self.arguments, **options)

    def check_run(self):
        ended = self.run()
        assert ended.is_silent, ended

    def wait(self, run):
        return self._runs.wait(run)

    def names(self):
        return sorted(path.name for path in self._view.iterdir())

    def temps(self):
        return [path for path in self._view.iterdir() if path.name.startswith(TEMP_PREFIX)]

    def told(self):
        """Whether the old results are there or the new ones; fails on anything else."""
        content = self._content()
        [which] = [name for name, known in self._contents.items() if known == content]
        return which

    def check_kept(self, ended):
        """A run that failed left the old results, unless it says that it wrote and only the state lags behind."""
        assert ended.is_one_sentence, ended
        assert self.told() == (NEW if "the results were written" in ended.stderr else OLD), ended

    def check_inputs(self):
        """The leads and the model are as they were; of a workbook written in place `told` says it."""
        for name in {"model.csv", self._mode.source} - {self._mode.target}:
            assert (self._view / name).read_bytes() == (self.kept / name).read_bytes()

    def check_recovers(self):
        """The next run does what it should, and nothing of the one before it is left."""
        self.check_state()
        self.check_run()
        assert self.told() == NEW
        assert self.names() == self._names
        self.check_inputs()

    def check_state(self):
        for path in self._view.glob(".*.db"):
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def _content(self):
        """Equal runs write equal files; what a state adds may tell of the runs before, so there the scores count."""
        if not self._mode.has_state:
            return self.target.read_bytes()
        headings, *rows = self._read.sheet(self.target, "Results")
        return [(row[0], row[headings.index("score")]) for row in rows]


def edit_leads(source):
    """The first lead's budget falls, and with it a score."""
    if source.suffix == ".csv":
        source.write_bytes(source.read_bytes().replace(b"12000", b"5000"))
    else:
        change(source, **{"xl/worksheets/sheet1.xml": lambda part: part.replace(b"12000", b"5000")})
