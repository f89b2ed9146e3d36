"""What day a run scores for, and how often it runs, in nights in which clocks change and far from the model's zone."""

import re
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from leadscore.pipeline import files
from leadscore.pipeline.files import NO_CRITERIA, day_of_run
from leadscore.runs import lock, whole_files
from leadscore.state import run_records

PARIS, NEW_YORK, KOLKATA = "Europe/Paris", "America/New_York", "Asia/Kolkata"


@pytest.fixture
def machine_in(monkeypatch):
    """Put this machine into a time zone."""

    def put(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def at(monkeypatch):
    """Let it be an hour of UTC, for the day of a run and for its record."""

    def be(moment):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)

        for module in (files, run_records, lock):
            monkeypatch.setattr(module, "datetime", Clock)

    return be


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("machine", ["UTC", PARIS, NEW_YORK, KOLKATA])
@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        # Clocks go forward: 2026-03-29 at 01:00 UTC in Paris, 2026-03-08 at 07:00 UTC in New York.
        ("2026-03-29 00:30", PARIS, "2026-03-29"),
        ("2026-03-28 22:59", PARIS, "2026-03-28"),
        ("2026-03-28 23:00", PARIS, "2026-03-29"),
        ("2026-03-29 22:00", PARIS, "2026-03-30"),
        ("2026-03-08 00:30", NEW_YORK, "2026-03-07"),
        ("2026-03-09 00:30", NEW_YORK, "2026-03-08"),
        ("2026-03-09 04:00", NEW_YORK, "2026-03-09"),
        # Clocks go back: 2026-10-25 at 01:00 UTC in Paris, 2026-11-01 at 06:00 UTC in New York.
        ("2026-10-25 00:30", PARIS, "2026-10-25"),
        ("2026-10-25 22:30", PARIS, "2026-10-25"),
        ("2026-11-01 00:30", NEW_YORK, "2026-10-31"),
        ("2026-11-02 04:30", NEW_YORK, "2026-11-01"),
        # India has no summer time, and half an hour.
        ("2026-03-29 00:30", KOLKATA, "2026-03-29"),
        ("2026-03-28 18:29", KOLKATA, "2026-03-28"),
        ("2026-03-28 18:30", KOLKATA, "2026-03-29"),
    ],
)
def test_the_day_is_that_of_the_models_zone_wherever_the_machine_is(at, machine_in, machine, moment, zone, day):
    machine_in(machine)
    at(utc(moment))

    assert day_of_run("", NO_CRITERIA.with_settings(time_zone=zone)) == date.fromisoformat(day)


@pytest.mark.parametrize(("machine", "day"), [(PARIS, "2026-03-29"), (NEW_YORK, "2026-03-28"), ("UTC", "2026-03-29")])
def test_without_a_zone_of_the_model_the_day_is_that_of_the_machine(at, machine_in, machine, day):
    machine_in(machine)
    at(utc("2026-03-29 00:30"))

    assert day_of_run("", NO_CRITERIA) == date.fromisoformat(day)


# Every hour -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def hourly(cli, make, read, tmp_path, monkeypatch, at):
    """Run at minute 7 of the hours of UTC; gives the hours that wrote, and the ages that the leads had then."""
    monkeypatch.setattr(whole_files, "YOUNG", -1.0)
    created = ["2026-03-01", "2026-03-08 00:30", "2026-03-08T04:30:00Z", "2026-03-08 04:30:00+00", "3/29/2026 1:30 AM"]
    source = make.csv(tmp_path / "leads.csv", [["Id", "Created"], *[[f"{day}?", day] for day in created]])

    def run(zone, first, hours):
        scoring = make.book(
            tmp_path / "model.xlsx",
            Scoring=[make.scoring[0], ["Young", "potential", 1, "created_at", "within days", 30, 5]],
            Settings=[["Setting", "Value"], ["Time zone", zone], ["Result columns", "Created; lead_age_days"]],
        )
        out, wrote = tmp_path / "leads-scored.csv", {}
        for hour in range(hours):
            before = out.stat().st_mtime_ns if out.exists() else 0
            now = utc(first) + timedelta(hours=hour, minutes=7)
            at(now)
            result = cli("score", source, "-m", scoring, "--cron")
            assert (result.stderr, result.exit_code, result.stdout) == ("", 0, "")
            if out.stat().st_mtime_ns != before:
                wrote[f"{now:%d %H:%M}"] = [row["lead_age_days"] for row in read.rows(out)]
        return wrote

    return run


@pytest.mark.parametrize(
    ("machine", "zone", "first", "wrote"),
    [
        (
            *("UTC", NEW_YORK, "2026-03-08 03:00"),
            {"08 03:07": ["6", "", "0", "0", ""], "08 05:07": ["7", "0", "1", "1", ""]},
        ),
        (
            *(KOLKATA, PARIS, "2026-03-28 21:00"),
            {"28 21:07": ["27", "20", "20", "20", ""], "28 23:07": ["28", "21", "21", "21", "0"]},
        ),
    ],
)
def test_the_hour_that_a_day_begins_writes_once_and_the_change_of_clocks_not(
    hourly, machine_in, tmp_path, machine, zone, first, wrote
):
    machine_in(machine)

    assert hourly(zone, first, hours=6) == wrote

    stamps = [line.split()[0] for line in (tmp_path / ".leads-scored.csv.leadscore.log").read_text().splitlines()]
    began = utc(first) + timedelta(minutes=7)
    assert stamps == [(began + timedelta(hours=hour)).isoformat() for hour in range(6)]


def test_a_lock_is_said_in_the_time_of_this_machine(machine_in, tmp_path):
    machine_in(PARIS)
    note = tmp_path / "note"
    for moment, said in [
        ("2026-10-25T00:30:00+00:00", "2026-10-25 02:30 CEST"),
        ("2026-10-25T01:30:00+00:00", "2026-10-25 02:30 CET"),
    ]:
        note.write_text(moment, encoding="ascii")
        assert lock._since(note) == f" since {said}"


def test_stamps_are_in_utc_wherever_the_machine_is(machine_in):
    machine_in(KOLKATA)

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", run_records.utc_now())
    assert abs(datetime.now(tz=UTC) - datetime.fromisoformat(run_records.utc_now())) < timedelta(minutes=1)
