"""T17: a day of hourly runs, on workbooks of many kinds and by clocks that change."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from leadscore.sheets.safe_write import look
from tests.conftest import FRENCH_SCORING, LEADS, SCORING, sheet_names, write_book
from tests.faults.runs import ENVIRONMENT, POWERLESS, Runs
from tests.faults.shares import share
from tests.faults.tracing import hold
from tests.in_place.rich_book import parts_of, rich_book

LIBFAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
AS_OF = ("--as-of", "2026-03-31")


def plain(path):
    write_book(path, Source=LEADS, Scoring=SCORING)


def with_formulas(path):
    """A budget that Excel computed: its value is in the file beside the formula."""
    plain(path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Sums")["A1"] = "=SUM(Source!A1:A9)"
    book.save(path)


def with_results_of_its_own(path):
    """A sheet RESULTS of the user's, which is not ours to replace."""
    write_book(path, Source=LEADS, Scoring=SCORING, RESULTS=[["Month", "Sales"], ["May", "7"]])


def french(path):
    write_book(path, Prospects=LEADS, Scoring=FRENCH_SCORING)


def rich(path):
    rich_book(path, LEADS, SCORING)


BOOKS = {"plain": plain, "formulas": with_formulas, "RESULTS": with_results_of_its_own, "French": french, "rich": rich}
FEW_BOOKS = ("plain",)


@pytest.fixture(scope="session")
def hourly_runs(tmp_path_factory):
    """Runs by a clock of their own, where libfaketime is there; it reads the time from the environment of each run."""
    if LIBFAKETIME is None:
        pytest.skip("libfaketime is not installed")
    folder = tmp_path_factory.mktemp("hourly-runs")
    started = Runs(
        folder, POWERLESS, LD_PRELOAD=str(LIBFAKETIME), FAKETIME="+0", NO_FAKE_STAT="1", FAKETIME_NO_CACHE="1"
    )
    plain(folder / "leads.xlsx")
    started.warm(folder, "score", "leads.xlsx", "--cron")
    yield started
    started.close()


@pytest.fixture(params=[pytest.param(name, marks=[] if name in FEW_BOOKS else pytest.mark.long) for name in BOOKS])
def book(request, tmp_path):
    path = tmp_path / "leads.xlsx"
    BOOKS[request.param](path)
    return path


def at(moment, zone="UTC"):
    """The environment of a run at a moment, by a machine of a zone."""
    return {"FAKETIME": f"{(moment - datetime.now(tz=UTC)).total_seconds():+.0f}", "TZ": zone}


def hours_from(start, count):
    """So many moments, each an hour after the other, as time really passes."""
    begin = datetime.fromisoformat(start)
    return [begin + timedelta(hours=hour) for hour in range(count)]


@share("hours", 2, 24)
def test_an_hourly_run_in_place_neither_grows_nor_changes_anything(runs, book, hours):
    line, before = ("score", book.name, "--in-place", "-q", *AS_OF), parts_of(book)
    ended = [runs.run(book.parent, *line)]
    if "RESULTS" in sheet_names(book):  # it has the name of one of ours, and is not
        assert (ended[0].code, ended[0].is_one_sentence, parts_of(book) == before) == (4, True, True), ended
        return
    first = book.read_bytes()

    for _ in range(hours - 1):
        ended.append(runs.run(book.parent, *line))
        assert book.read_bytes() == first

    assert all(one.is_silent for one in ended), ended
    kept = {name for name in before if name.startswith("xl/worksheets/") or "/media/" in name or "/charts/" in name}
    after = parts_of(book)
    assert [name for name in sorted(kept) if after[name] != before[name]] == []
    assert [path.name for path in book.parent.iterdir()] == [book.name]


@share("hours", 3, 24)
def test_an_hourly_run_that_has_nothing_to_do_writes_nothing(hourly_runs, book, hours):
    line = ("score", book.name, "--cron")
    first, *others = hours_from("2026-03-10T00:07:30+00:00", hours)
    assert hourly_runs.run(book.parent, *line, environment=at(first)).is_silent
    results = book.with_name("leads-scored.xlsx")
    before, names = look(results), sorted(path.name for path in book.parent.iterdir())

    ended = [hourly_runs.run(book.parent, *line, environment=at(moment)) for moment in others]

    assert all(one.is_silent for one in ended), ended
    assert before.is_as_it_was
    assert sorted(path.name for path in book.parent.iterdir()) == names
    lines = (book.parent / ".leads-scored.xlsx.leadscore.log").read_text().splitlines()
    assert [line[11:16] for line in lines] == [f"{moment:%H:%M}" for moment in (first, *others)]
    assert all("unchanged" in line for line in lines[1:])


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        pytest.param("2026-03-28T22:07:30+00:00", "Europe/Paris", id="spring"),
        pytest.param("2026-10-24T22:07:30+00:00", "Europe/Paris", id="autumn"),
        pytest.param("2028-02-28T22:07:30+00:00", "UTC", id="leap day"),
    ],
)
@share("hours", 1, 24)
def test_clocks_that_change_neither_skip_nor_double_a_run(hourly_runs, tmp_path, start, zone, hours):
    path = tmp_path / "leads.xlsx"
    plain(path)
    moments = hours_from(start, hours)

    ended = [hourly_runs.run(tmp_path, "score", path.name, "--cron", environment=at(one, zone)) for one in moments]

    assert all(one.is_silent for one in ended), ended
    lines = (tmp_path / ".leads-scored.xlsx.leadscore.log").read_text().splitlines()
    assert [line[:16] for line in lines] == [f"{moment:%Y-%m-%dT%H:%M}" for moment in moments]
    # A workbook says its day: it is written once for each day of the machine's zone.
    assert (
        sum("unchanged" not in line for line in lines) == (2 if hours > 2 else 1) + (hours == 24 and zone == "UTC") * 0
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_with_a_sentence_and_the_old_results(place_of, number):
    place = place_of("csv")
    run = hold(place)

    os.kill(run, number)
    os.kill(run, signal.SIGCONT)

    ended = place.wait(run)
    assert (ended.code, ended.stderr) == (130, "leadscore: interrupted; no file is half-written\n")
    place.check_recovers()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_harm_nothing(place_of, closed):
    place = place_of("csv")
    command = Path(sys.executable).with_name("leadscore")

    code = subprocess.run(
        ["sh", "-c", f'exec "$0" "$@" {closed}', command, *place.arguments],
        cwd=place.folder,
        env=ENVIRONMENT,
        check=False,
    ).returncode

    assert code == 0
    assert place.told() == "new"
