"""Alerts and follow-up: a lead that enters a band is told of once, and one that nobody followed up is listed."""

import json
import re
import sqlite3
import sys
import warnings
from contextlib import closing
from datetime import datetime, timedelta

import openpyxl
import pytest

from leadscore.pipeline.past.alerts import ALERTS_SHOWN
from leadscore.runs import alerts, remembered, whole_files
from leadscore.state.alert_records import KEPT_ALERTS

HEADINGS = ["Id", "Name", "E-mail", "Warmth", "Last contacted"]
SCORING = [
    ["Criterion", "Field", "Operator", "Value", "Points"],
    ["Warmth", "Warmth", "is", "hot", 90],
    ["Warmth", "Warmth", "is", "warm", 50],
    ["Warmth", "Warmth", "is", "cold", 10],
]
BANDS = [
    ["Band", "From", "Action", "Follow up within"],
    ["Hot", 80, "Call", "4 h"],
    ["Warm", 40, "Write", "2 days"],
    ["Cold", "", "", ""],
]
SETTINGS = [["Setting", "Value"], ["Alert bands", "Hot"], ["Time zone", "Europe/Paris"]]
STATE, LOG = ".leads-scored.csv.leadscore.db", ".leads-scored.csv.leadscore.log"
START = datetime.fromisoformat("2026-03-10T08:00:00+00:00")
shown = datetime.fromisoformat  # what a clock in the model's zone shows: of no zone
# What the command is: it adds what it is told to a file, one line each time.
TELLING = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '\\n')"


@pytest.fixture
def clock(monkeypatch):
    """The clock of the runs: clock(hours) moves it on."""
    now = [START]

    def move(hours):
        now[0] += timedelta(hours=hours)

    monkeypatch.setattr(remembered, "utc_now", lambda: now[0].isoformat(timespec="seconds"))
    monkeypatch.setattr(whole_files, "YOUNG", -1.0)
    return move


@pytest.fixture
def world(cli, clock, make, tmp_path):
    return World(cli, clock, make, tmp_path)


class World:
    """A sheet of leads, a model, and the runs over them, an hour apart."""

    def __init__(self, cli, clock, make, folder):
        self.cli, self.clock, self.make, self.folder = cli, clock, make, folder
        self.leads, self.told_file = folder / "leads.csv", folder / "told"
        self.model = make.book(folder / "model.xlsx", Scoring=SCORING, Bands=BANDS, Settings=SETTINGS)
        self.output = "leads-scored.csv"

    @property
    def command(self):
        script = self.folder / "tell.py"
        script.write_text(TELLING)
        return f"'{sys.executable}' '{script}' '{self.told_file}'"

    def write(self, *leads):
        """Leads as 'A hot' or 'A hot 2026-03-10'."""
        rows = []
        for lead in leads:
            name, warmth, *touched = lead.split(" ")
            rows.append([name, f"Lead {name}", f"{name.lower()}@acme.fr", warmth, *touched, *[""] * (not touched)])
        self.make.csv(self.leads, [HEADINGS, *rows])

    def run(self, *leads, on_alert=None, hours=1.0, options=(), **environment):
        """Write the leads, where any are given, and score them, quietly."""
        if leads:
            self.write(*leads)
        self.clock(hours)
        command = self.command if on_alert is None else on_alert
        telling = ("--on-alert", command) if command else ()
        output = ("-o", self.folder / self.output)
        result = self.cli("score", self.leads, "-m", self.model, *output, "--cron", *telling, *options, **environment)
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr
        return result.stderr

    @property
    def calls(self):
        """What the command was told, one list of alerts per call."""
        lines = self.told_file.read_text().splitlines() if self.told_file.exists() else []
        return [json.loads(line)["alerts"] for line in lines]

    @property
    def told(self):
        """Every lead it was told of, in order."""
        return [alert["lead"]["Id"] for call in self.calls for alert in call]

    @property
    def log(self):
        lines = (self.folder / f".{self.output}.leadscore.log").read_text().splitlines()
        return [re.sub(r"\d+\.\d s", "0 s", line.partition(" ")[2]) for line in lines]

    def query(self, sql):
        with closing(sqlite3.connect(self.folder / f".{self.output}.leadscore.db")) as connection:
            return connection.execute(sql).fetchall()

    def sheet(self, name="Alerts"):
        """The rows of the sheet by their headings."""
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(self.folder / self.output)
        headings, *rows = book[name].iter_rows(values_only=True)
        return [dict(zip(headings, row, strict=True)) for row in rows]


# What is told ---------------------------------------------------------------------------------------------------------


def test_a_lead_that_enters_an_alert_band_is_told_once(world):
    world.run("A hot", "B cold")
    world.run("A hot", "B hot")
    world.run()
    world.run("A hot", "B hot", "C cold")

    assert world.told == ["B"]
    assert [line.partition(" issues; ")[2] or line for line in world.log] == [
        "0 entered an alert band, 0 overdue; 0 s; leads-scored.csv",
        "1 entered an alert band, 0 overdue; 0 s; leads-scored.csv; alerts: 1 told",
        "unchanged; 0 s",
        "0 entered an alert band, 0 overdue; 0 s; leads-scored.csv",
    ]


def test_the_first_run_of_a_state_tells_nothing(world):
    world.run("A hot", "B hot")

    assert world.calls == []
    assert world.query("SELECT * FROM alerts") == []


def test_the_command_gets_all_there_is_to_say_of_a_lead(world):
    world.run("A cold", "B cold")
    world.run("A warm", "B hot", "C hot")

    [call] = world.calls
    [said] = [json.loads(line) for line in world.told_file.read_text().splitlines()]
    assert (said["source"], said["output"]) == (str(world.leads), str(world.folder / "leads-scored.csv"))
    assert [alert["lead"]["Id"] for alert in call] == ["B", "C"]
    known = {key: value for key, value in call[0].items() if key != "id"}
    assert known == {
        "at": "2026-03-10T10:00:00+00:00",
        "row": 3,
        "lead": {"Id": "B", "Name": "Lead B", "E-mail": "b@acme.fr", "Warmth": "hot", "Last contacted": ""},
        "score": 90.0,
        "previous_score": 10.0,
        "change": 80.0,
        "change_cause": "data +80",
        "band": "Hot",
        "previous_band": "Cold",
        "action": "Call",
        "follow_up_by": "2026-03-10T14:00:00+00:00",
    }
    assert (call[1]["previous_score"], call[1]["change"], call[1]["previous_band"]) == (None, None, "")
    assert call[0]["id"] != call[1]["id"]
    assert all(re.fullmatch("[0-9a-f]{16}", alert["id"]) for alert in call)


def test_the_command_may_come_from_the_environment_and_use_a_shell(world):
    world.run("A cold")
    world.run("A hot", on_alert="", LEADSCORE_ON_ALERT=f"sh -c 'cat > \"{world.told_file}\"; echo noise'")

    assert world.told == ["A"]


def test_a_message_is_forgotten_once_it_is_told(world):
    world.run("A cold")
    world.run("A hot", on_alert="false")
    assert b"Lead A" in (world.folder / STATE).read_bytes()

    world.run()

    assert world.told == ["A"]
    assert b"Lead A" not in (world.folder / STATE).read_bytes()
    assert "Lead A" not in "".join(world.log)


def test_without_a_command_the_sheet_alone_tells_and_nothing_of_a_lead_is_kept(world):
    world.run("A cold", on_alert="")
    world.run("A hot", on_alert="")
    world.run("A hot", "B cold")

    assert world.calls == []
    assert world.query("SELECT told, message FROM alerts") == [("sheet", "")]


def test_a_run_by_hand_leaves_what_it_is_the_first_to_see_for_the_command(world):
    world.run("A cold", "B cold")
    world.run("A hot", "B cold", on_alert="")
    world.run("A hot", "B hot", on_alert="")
    assert world.calls == []

    world.run()
    world.run()

    assert [[alert["lead"]["Id"] for alert in call] for call in world.calls] == [["A", "B"]]


@pytest.mark.parametrize(("days", "told"), [(KEPT_ALERTS, ["B"]), (KEPT_ALERTS + 1, [])])
def test_a_command_counts_as_in_use_for_as_long_as_alerts_are_kept(world, days, told):
    world.run("A cold", "B cold", on_alert="")
    world.run("A hot", "B cold")
    world.told_file.unlink()
    world.run("A hot", "B hot", on_alert="", hours=24 * days)
    world.run()

    assert world.told == told


def test_the_command_of_another_output_is_no_command_of_this_one(world):
    world.run("A cold", options=("--state", world.folder / "one.db"))
    world.output = "other.csv"
    for warmth in ("cold", "hot"):
        world.run(f"A {warmth}", on_alert="", options=("--state", world.folder / "one.db"))
    world.run(options=("--state", world.folder / "one.db"))

    assert world.calls == []


def test_that_a_command_is_in_use_is_written_once_a_day(world):
    world.run("A cold")
    day = world.query("SELECT day FROM commands")
    state = (world.folder / STATE).stat().st_mtime_ns
    world.run()
    assert (world.folder / STATE).stat().st_mtime_ns == state

    world.run(hours=24)

    assert (day, world.query("SELECT day FROM commands")) == ([("2026-03-10",)], [("2026-03-11",)])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--on-alert", "tell"), "--on-alert needs a state, which knows what is new; give one with --state, or add"),
        (("--cron", "--on-alert", "sh -c 'x"), "--on-alert cannot be read (No closing quotation); close the quote in"),
    ],
)
def test_a_command_that_cannot_be_used_is_told_before_anything_is_read(world, arguments, sentence):
    world.write("A hot")
    result = world.cli("score", world.leads, "-m", world.model, *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("text", "is_windows", "words"),
    [
        (r"""sh -c 'a "b"' c\ d""", False, ("sh", "-c", 'a "b"', "c d")),
        (
            r"""C:\bin\jq.exe .alerts "C:\My leads\told.json" """,
            True,
            (r"C:\bin\jq.exe", ".alerts", r"C:\My leads\told.json"),
        ),
        (r"""\\server\tell.cmd it's #1""", True, (r"\\server\tell.cmd", "it's", "#1")),
        ("tell #1 a;b", False, ("tell", "#1", "a;b")),
        ("", False, ()),
    ],
)
def test_a_command_is_parted_as_the_machine_writes_it(text, is_windows, words):
    assert alerts.read_command(text, is_windows=is_windows) == words


# Once each ------------------------------------------------------------------------------------------------------------


def test_a_lead_that_goes_back_and_forth_is_told_at_each_crossing(world):
    for warmth in ("cold", "hot", "warm", "hot", "hot", "cold", "hot"):
        world.run(f"A {warmth}", "B cold")

    assert world.told == ["A", "A", "A"]
    assert len({alert["id"] for call in world.calls for alert in call}) == 3


def test_a_run_that_dies_after_it_has_written_the_results_is_made_up_for(world, monkeypatch):
    world.run("A cold")
    with monkeypatch.context() as patched:
        patched.setattr(remembered, "_keep", lambda *_, **__: _die())
        world.write("A hot")
        with pytest.raises(AssertionError):
            world.run("A hot")
    assert "Hot" in (world.folder / world.output).read_text(encoding="utf-8-sig")
    assert world.calls == []

    world.run()
    world.run()

    assert world.told == ["A"]


def _die():
    raise MemoryError


def test_a_run_that_dies_before_it_has_marked_what_it_told_tells_it_again_under_the_same_id(world, monkeypatch):
    world.run("A cold")
    with monkeypatch.context() as patched:
        patched.setattr(alerts, "mark_told", lambda *_: _die())
        with pytest.raises(AssertionError):
            world.run("A hot")
    world.run()
    world.run()

    assert world.told == ["A", "A"]
    assert len({call[0]["id"] for call in world.calls}) == 1


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("false", "failed with exit code 1"),
        (
            "no-such-command -p secret",
            "cannot be started (no-such-command: No such file or directory; give its full path)",
        ),
        ("sh -c 'kill -9 $$'", "was ended by signal 9"),
        ("sh -c 'sleep 60 & wait'", "took longer than 0.2 s and was ended"),
    ],
)
def test_what_a_command_does_not_take_is_told_at_the_next_run_though_nothing_changed(
    world, monkeypatch, command, sentence
):
    monkeypatch.setattr(alerts, "LONGEST", 0.2)
    world.run("A cold", "B cold")

    first = world.run("A hot", "B cold", on_alert=command)
    second = world.run("A hot", "B hot", on_alert=command)
    monkeypatch.setattr(alerts, "LONGEST", 30.0)
    written = (world.folder / world.output).stat().st_mtime_ns
    world.run()

    assert first == f"leadscore: the command of --on-alert {sentence}; 1 alert is kept for the next run\n"
    assert second == f"leadscore: the command of --on-alert {sentence}; 2 alerts are kept for the next run\n"
    assert world.told == ["A", "B"]
    assert len(world.calls) == 1
    assert (world.folder / world.output).stat().st_mtime_ns == written
    assert world.log[1].endswith("; alerts: 1 kept for the next run")
    assert world.log[-1] == "unchanged; 0 s; alerts: 2 told"


def test_a_run_that_fails_still_tells_what_was_kept(world):
    world.run("A cold")
    world.run("A hot", on_alert="false")
    world.leads.unlink()

    result = world.cli(
        *("score", world.leads, "-m", world.model, "-o", world.folder / world.output),
        *("--cron", "--on-alert", world.command),
    )

    assert result.exit_code == 4
    assert world.told == ["A"]
    assert re.fullmatch(r"failed \(4\): .*leads.csv does not exist; .*; alerts: 1 told", world.log[-1])


def test_an_alert_that_nobody_takes_is_dropped_with_all_of_its_age(world):
    world.run("A cold", "B cold")
    world.run("A hot", "B cold", on_alert="false")
    world.run("A hot", "B hot", on_alert="false", hours=24 * KEPT_ALERTS + 1)

    assert world.query("SELECT key FROM alerts") == [("id b",)]


# Who is known again ---------------------------------------------------------------------------------------------------


def test_the_order_of_the_rows_crosses_no_limit(world):
    world.run("A hot", "B cold", "C warm")
    world.run("C warm", "B cold", "A hot")

    assert world.calls == []


def test_of_leads_that_share_an_address_the_new_one_alone_is_told(world, make):
    def run(*warmths):
        rows = [[f"Ann {warmth}", "a@acme.fr", warmth] for warmth in warmths]
        make.csv(world.leads, [["Name", "E-mail", "Warmth"], *rows])
        world.run()

    for warmths in (["hot"], ["cold", "hot"], ["hot", "cold"]):
        run(*warmths)
    assert world.calls == []

    for warmths in (["hot", "hot"], ["hot", "hot", "cold"], ["cold", "hot", "hot"]):
        run(*warmths)

    assert [len(call) for call in world.calls] == [1]


def test_a_lead_that_was_gone_and_is_back_in_its_band_crossed_nothing(world):
    world.run("A hot", "B hot")
    world.run("A hot", options=("--max-drop", "100%"))
    world.run("A hot", "B hot")
    world.run("A hot", options=("--max-drop", "100%"))
    world.run("A hot", "B warm")
    world.run("A hot", "B hot")

    assert world.told == ["B"]


def test_a_lead_without_id_and_address_is_never_told(world, make):
    make.csv(world.leads, [["Name", "Warmth"], ["Ann", "cold"]])
    world.run()
    make.csv(world.leads, [["Name", "Warmth"], ["Ann", "hot"], ["Bob", "hot"]])
    world.run()
    world.run(hours=100)

    assert world.calls == []
    assert world.log[-1].startswith("unchanged")


def table_of(world, heading, warmths):
    """Leads with an address, and an id under a heading, '' for none."""
    rows = [[f"X{number}", f"{number}@acme.fr", warmth] for number, warmth in enumerate(warmths)]
    table = [[heading, "E-mail", "Warmth"], *rows]
    world.make.csv(world.leads, table if heading else [row[1:] for row in table])


def codes_of(world):
    """The issues of a run over the leads as they are."""
    world.run(options=("--issues", world.folder / "issues.csv"))
    lines = (world.folder / "issues.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [line for line in lines if "leads-known-otherwise" in line]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("Id", "", "the leads went by their ids, now they go by their e-mails"),
        ("Id", "Our number of 2026", "the leads went by their ids, now they go by their e-mails"),
        ("", "Id", "the leads went by their e-mails, now they go by their ids"),
    ],
)
def test_an_id_column_that_is_lost_or_found_makes_no_new_leads_to_tell_of(world, before, after, words):
    table_of(world, before, ["hot", "hot", "cold"])
    assert codes_of(world) == []
    table_of(world, after, ["hot", "hot", "cold"])

    [line] = codes_of(world)
    assert f"at the last run {words}: leads of that run seem new" in line
    assert world.calls == []

    table_of(world, after, ["hot", "hot", "hot"])
    assert codes_of(world) == []
    assert [len(call) for call in world.calls] == [1]


def test_leads_whose_ids_are_back_are_told_of_where_they_are_known(world):
    table_of(world, "Id", ["hot", "cold"])
    world.run()
    table_of(world, "", ["hot", "cold"])
    world.run()
    table_of(world, "Id", ["hot", "hot", "hot"])
    world.run()

    assert [[alert["row"] for alert in call] for call in world.calls] == [[3]]


def test_a_feed_that_turns_over_completely_is_told_of(world):
    world.run("A hot", "B cold")
    world.run("C hot", "D cold")

    assert world.told == ["C"]


# Models ---------------------------------------------------------------------------------------------------------------


def model_with(world, bands=BANDS, settings=SETTINGS, scoring=SCORING):
    world.make.book(world.model, Scoring=scoring, Bands=bands, Settings=settings)


def test_a_model_that_moves_a_lead_into_the_band_is_the_cause(world):
    world.run("A warm", "B cold")
    model_with(world, scoring=[*SCORING[:2], ["Warmth", "Warmth", "is", "warm", 85], SCORING[3]])
    world.run()

    [[alert]] = world.calls
    assert (alert["lead"]["Id"], alert["change_cause"]) == ("A", "model +35")


def test_to_rename_a_band_moves_nobody_and_stops_no_clock(world):
    world.output = "out.xlsx"
    world.run("A hot", "B cold")
    bands = [BANDS[0], ["Burning", 80, "Call", "4 h"], *BANDS[2:]]
    model_with(world, bands, [SETTINGS[0], ["Alert bands", "Burning"], *SETTINGS[2:]])
    world.run(hours=3)
    world.run(hours=2)

    assert world.calls == []
    assert world.log[-1].split("; ")[2] == "0 entered an alert band, 1 overdue"


def test_to_name_another_alert_band_tells_of_nobody_who_is_there_already(world):
    world.run("A hot", "B warm")
    model_with(world, settings=[SETTINGS[0], ["Alert bands", "Hot; Warm"]])
    world.run()
    world.run("A warm", "B warm")

    assert world.told == ["A"]


def test_a_model_that_asks_nothing_says_nothing(world):
    world.output = "out.xlsx"
    model_with(world, [[row[0], row[1]] for row in BANDS], SETTINGS[:1])
    world.run("A cold")
    world.run("A hot")

    assert "Alerts" not in openpyxl.load_workbook(world.folder / world.output, read_only=True).sheetnames
    assert "alert" not in world.log[-1]


# Follow-up ------------------------------------------------------------------------------------------------------------


def overdue(world):
    """How many leads the last line of the log calls overdue."""
    return int(re.search(r", (\d+) overdue", world.log[-1])[1])


def test_a_lead_that_nobody_follows_up_is_overdue_though_nothing_else_changed(world):
    world.output = "out.xlsx"
    options = ("--as-of", "2026-03-10")
    world.run("A hot", "B cold", options=options)
    world.run(hours=3.5, options=options)
    assert world.log[-1].startswith("unchanged")

    world.run(hours=0.5, options=options)
    written = (world.folder / world.output).stat().st_mtime_ns
    world.run(hours=1, options=options)

    assert overdue_of(world.log[2]) == 1
    assert world.log[3].startswith("unchanged")
    assert (world.folder / world.output).stat().st_mtime_ns == written
    [row] = world.sheet()
    assert row == {
        "alert": "overdue",
        "entered_at": shown("2026-03-10 10:00"),
        "row": 2,
        "Name": "Lead A",
        "E-mail": "a@acme.fr",
        "score": 90,
        "band": "Hot",
        "band_before": None,
        "change_cause": None,
        "action": "Call",
        "follow_up_by": shown("2026-03-10 14:00"),
        "hours_overdue": 0,
    }


def test_a_lead_that_becomes_overdue_is_no_change_of_a_csv_file_which_cannot_show_it(world):
    world.run("A hot", "B cold")
    written = (world.folder / world.output).stat().st_mtime_ns
    world.run(hours=5)
    assert world.log[-1].startswith("unchanged")
    assert (world.folder / world.output).stat().st_mtime_ns == written

    world.run("A hot", "B warm")

    assert overdue_of(world.log[-1]) == 1


def overdue_of(line):
    return int(re.search(r", (\d+) overdue", line)[1])


def test_a_lead_that_was_touched_since_it_entered_its_band_is_not_overdue(world):
    world.output = "out.xlsx"
    world.run(*(f"{name} hot" for name in "ABCDEF"))
    days = ("2026-03-09", "2026-03-10", "3/10/2026", "2026-03-11", "2026-03-12", "soon")

    world.run(*(f"{name} hot {day}" for name, day in zip("ABCDEF", days, strict=True)), hours=24)

    assert [row["Name"] for row in world.sheet()] == ["Lead A", "Lead E", "Lead F"]  # E: 12 March is yet to come


def test_a_lead_that_leaves_its_band_is_no_longer_overdue_and_starts_anew(world):
    world.run("A hot")
    world.run("A warm", hours=30)
    assert overdue(world) == 0
    world.run("A warm", "B cold", hours=30)
    assert overdue(world) == 0
    world.run("A warm", "B cold", "C cold", hours=18)

    assert overdue(world) == 1


def test_an_hour_is_an_hour_in_the_night_that_has_one_less(world):
    world.output = "out.xlsx"
    world.clock((datetime.fromisoformat("2026-03-28T22:00:00+00:00") - START).total_seconds() / 3600)
    world.run("A hot", hours=0, options=("--as-of", "2026-03-28"))
    world.run("A hot", "B cold", hours=4 - 1 / 60, options=("--as-of", "2026-03-28"))
    assert overdue(world) == 0

    world.run("A hot", "B cold", hours=1 / 60, options=("--as-of", "2026-03-28"))

    assert overdue(world) == 1
    [row] = world.sheet()
    assert (row["entered_at"], row["follow_up_by"]) == (shown("2026-03-28 23:00"), shown("2026-03-29 04:00"))


# The sheet ------------------------------------------------------------------------------------------------------------


def test_the_sheet_lists_the_crossings_of_a_week_the_newest_first_then_who_is_overdue(world):
    world.output = "out.xlsx"
    world.run("A cold", "B cold", "C cold", "D hot")
    world.run("A hot", "B cold", "C cold", "D hot")
    world.run("A hot", "B hot", "C cold", "D hot", hours=24 * ALERTS_SHOWN - 1)
    assert [(row["alert"], row["Name"]) for row in world.sheet()] == [
        ("entered", "Lead B"),
        ("entered", "Lead A"),
        ("overdue", "Lead D"),
        ("overdue", "Lead A"),
    ]

    world.run("D hot", "B warm", "C cold", hours=2)
    rows = world.sheet()

    assert [(row["alert"], row["Name"], row["row"], row["band"]) for row in rows] == [
        ("entered", "Lead B", 3, "Hot"),
        ("overdue", "Lead D", 2, "Hot"),
    ]
    assert (rows[0]["band_before"], rows[0]["change_cause"], rows[0]["score"]) == ("Cold", "data +80", 90)
    assert (rows[0]["action"], rows[0]["follow_up_by"]) == (None, None)


def test_a_french_workbook_has_a_french_sheet(world, make):
    world.output = "out.xlsx"
    make.book(
        world.model,
        Scoring=[
            ["Critère", "Champ", "Opérateur", "Valeur", "Points"],
            ["Chaleur", "Warmth", "est", "hot", 90],
            ["Chaleur", "Warmth", "est", "cold", -10],
        ],
        Niveaux=[["Niveau", "Du", "Relancer sous"], ["Chaud", 80, "4 h"], ["Froid", "", "1 jour"]],
        Réglages=[["Réglage", "Valeur"], ["Niveaux d'alerte", "chaud"], ["Fuseau horaire", "Europe/Paris"]],
    )
    world.run("A cold", "B cold")
    world.run("A hot", "B cold", hours=25)

    entered, late = world.sheet("Alertes")

    assert (entered["alerte"], entered["niveau"], entered["niveau_avant"]) == ("entré", "Chaud", "Froid")
    assert entered["cause"] == "données +100"
    assert (late["alerte"], late["heures_de_retard"], late["entre_le"]) == ("en retard", 1, shown("2026-03-10 10:00"))


def test_in_place_the_sheet_is_one_of_ours_and_no_sheet_of_leads(world, cli, make):
    book = make.book(
        world.folder / "book.xlsx",
        Source=[HEADINGS, ["A", "Ann", "a@acme.fr", "cold", ""]],
        Scoring=SCORING,
        Bands=BANDS,
        Settings=SETTINGS,
    )
    state = world.folder / "state.db"

    def score(warmth):
        with warnings.catch_warnings(action="ignore"):
            there = openpyxl.load_workbook(book)
        there["Source"]["D2"] = warmth
        there.save(book)
        world.clock(1)
        return cli("score", book, "--in-place", "--state", state, "--json")

    results = [score(warmth) for warmth in ("cold", "hot", "cold", "hot")]

    assert [result.exit_code for result in results] == [0] * 4, results[-1].stderr
    assert [json.loads(result.stdout)["alerts"] for result in results] == [
        {"entered": {}, "overdue": 0},
        {"entered": {"Hot": 1}, "overdue": 0},
        {"entered": {}, "overdue": 0},
        {"entered": {"Hot": 1}, "overdue": 0},
    ]
    world.output = "book.xlsx"
    assert [row["alert"] for row in world.sheet()] == ["entered", "entered"]


@pytest.mark.parametrize(
    ("extra", "sheet"),
    [
        ([["Account roll-up", "sum"]], "Accounts"),
        ([["Alert bands", "Hot"]], "Alerts"),
    ],
)
def test_in_place_a_sheet_that_the_model_asks_for_no_more_stays_and_is_told_of(world, cli, make, extra, sheet):
    def score(settings):
        tables = {"Scoring": SCORING, "Bands": [row[:2] for row in BANDS], "Settings": [SETTINGS[0], *settings]}
        model = make.book(world.folder / "model.xlsx", **tables)
        world.clock(1)
        options = ("--in-place", "--state", world.folder / "state.db", "--json")
        return json.loads(cli("score", book, "-m", model, *options).stdout)

    book = make.book(world.folder / "book.xlsx", Source=[HEADINGS, ["A", "Ann", "a@acme.fr", "cold", ""]])

    assert [score(settings)["issues"].get("sheet-left", 0) for settings in (extra, extra, [])] == [0, 0, 1]
    assert sheet in openpyxl.load_workbook(book, read_only=True).sheetnames


def test_in_place_somebody_s_own_sheet_of_that_name_is_refused_only_where_ours_would_be_written(world, cli, make):
    sheets = {"Source": [HEADINGS, ["A", "Ann", "a@acme.fr", "hot", ""]], "Alerts": [["mine"]]}
    book = make.book(world.folder / "book.xlsx", **sheets, Scoring=SCORING, Bands=BANDS, Settings=SETTINGS)
    assert cli("score", book, "--in-place", "--quiet").exit_code == 0

    result = cli("score", book, "--in-place", "--state", world.folder / "state.db")

    assert (result.exit_code, "Alerts" in result.stderr) == (4, True)


def test_results_with_the_sheet_are_replaced_and_read_back(world, cli):
    world.output = "out.xlsx"
    world.run("A cold")
    world.run("A hot")
    world.run("A hot", "B cold")

    report = cli("report", world.folder / world.output, "-o", world.folder / "page.html")

    assert report.exit_code == 0, report.stderr


def test_a_terminal_says_who_entered_and_how_many_are_overdue(world, cli):
    state = world.folder / "state.db"
    world.write("A cold", "B cold", "C hot")
    cli("score", world.leads, "-m", world.model, "--state", state, "--quiet")
    world.write("A hot", "B hot", "C hot")
    world.clock(5)

    said = cli("score", world.leads, "-m", world.model, "--state", state).stderr

    assert ": 0 excluded; 2 leads entered Hot; 1 overdue -> " in said


def test_who_a_lead_is_takes_three_columns_at_most(world, make):
    world.output = "out.xlsx"
    headings = ["Code", "First name", "Last name", "Company", "E-mail", "Warmth"]
    for warmth in ("cold", "hot"):
        make.csv(world.leads, [headings, ["7", "Ann", "Lee", "Acme", "a@acme.fr", warmth]])
        world.run()

    [row] = world.sheet()

    assert list(row)[2:7] == ["row", "First name", "Last name", "Company", "score"]
