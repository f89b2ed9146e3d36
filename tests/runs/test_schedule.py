"""The texts for cron, systemd and the Task Scheduler, read as these read them."""

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from leadscore.errors import UsageError
from leadscore.runs.schedule import Call, crontab_text, schedule_texts, service_text, task_text, timer_text

ODD = "/data/50% off/my \"leads\" $HOME 'é' back\\slash #1.xlsx"
# What people write there: quotes in quotes, what shells, cron, systemd and Windows each read in their own way.
ALERT = r"""--on-alert=curl -d @- -H 'X: "a\\b\%"' "https://x.example/?a=%20&b=$HOME;c" | tee -a 'l og'"""
CALL = Call(["/opt/lead score/bin/leadscore", "score", ODD, "--max-drop=30%", ALERT, "--cron"], "/data/50% off", ODD)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def cron_command(text, escapable="%"):
    r"""What cron(8) hands to the shell: up to the first bare %. Debian's makes \\ one backslash, Red Hat's two."""
    line = next(line for line in text.splitlines() if not line.startswith("#"))
    minute, *others, command = line.split(" ", 5)
    assert (minute, others) == ("7", ["*"] * 4)
    pairs = re.finditer(r"\\(.)|(.)", command)
    signs = itertools.takewhile(lambda pair: pair[0] != "%", pairs)
    return "".join(pair[1] if pair[1] and pair[1] in escapable else pair[0] for pair in signs)


@pytest.mark.parametrize("escapable", ["%", "%\\"])
def test_the_crontab_line_runs_exactly_this_command(escapable):
    folder, arrow, rest = cron_command(crontab_text(CALL), escapable).partition(" && ")
    words = shlex.split(rest)

    assert (shlex.split(folder), arrow) == (["cd", "/data/50% off"], " && ")
    assert words[:2] == ["LANG=C.UTF-8", "PYTHONUTF8=1"]
    assert words[2:] == CALL.line


@given(st.text(alphabet="a %\\'\"$é", max_size=12), st.sampled_from(["%", "%\\"]))
def test_every_cron_hands_on_every_word(word, escapable):
    command = cron_command(crontab_text(Call(["x", word], "/", "x")), escapable)

    assert shlex.split(command)[-2:] == ["x", word]


def test_a_shell_runs_it(tmp_path):
    call = Call([sys.executable, "-c", "import sys; print(ascii(sys.argv[1:]))", *CALL.line[2:]], str(tmp_path), ODD)

    run = subprocess.run(
        ["/bin/sh", "-c", cron_command(crontab_text(call))], capture_output=True, text=True, check=True
    )

    assert run.stdout == f"{list(CALL.line[2:])!a}\n"


def test_the_service_in_words():
    assert "WorkingDirectory=/data/50%% off\n" in service_text(CALL)
    assert (
        'ExecStart="/opt/lead score/bin/leadscore" "score" '
        '"/data/50%% off/my \\"leads\\" $$HOME \'é\' back\\\\slash #1.xlsx" "--max-drop=30%%" '
        r""""--on-alert=curl -d @- -H 'X: \"a\\\\b\\%%\"' \"https://x.example/?a=%%20&b=$$HOME;c\" | tee -a 'l og'" """
        '"--cron"\n'
    ) in service_text(CALL)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(tmp_path):
    program = tmp_path / "lead score"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    call = Call([str(program), *CALL.line[1:]], str(tmp_path), ODD)
    units = [tmp_path / f"{call.name}.service", tmp_path / f"{call.name}.timer"]
    for unit, text in zip(units, (service_text(call), timer_text(call)), strict=True):
        unit.write_text(text, encoding="utf-8")

    run = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)

    assert [line for line in run.stderr.splitlines() if str(tmp_path) in line or call.name in line] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize(
    ("zone", "night"),
    [
        ("Europe/Paris", "2026-03-29"),
        ("Europe/Paris", "2026-10-25"),
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Asia/Kolkata", "2026-03-29"),
    ],
)
def test_the_timer_runs_once_in_each_hour_of_a_night_in_which_clocks_change(zone, night):
    said = next(line for line in timer_text(CALL).splitlines() if line.startswith("OnCalendar="))

    run = subprocess.run(
        ["systemd-analyze", "calendar", f"--base-time={night} 00:00 UTC", "--iterations=9", said.partition("=")[2]],
        env={"TZ": zone, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )

    in_utc = re.findall(r"\(in UTC\): \w+ (\S+ \S+) UTC", run.stdout)
    assert in_utc == [f"{night} {hour:02}:07:00" for hour in range(9)]


def test_the_task_is_xml_in_ascii():
    text = task_text(CALL)
    root = ElementTree.fromstring(text)
    said = {
        name: root.findtext(f".//{TASK}{name}") for name in ("Command", "Arguments", "WorkingDirectory", "Interval")
    }

    assert text.isascii()
    assert said == {
        "Command": CALL.line[0],
        "Arguments": subprocess.list2cmdline(CALL.line[1:]),
        "WorkingDirectory": "/data/50% off",
        "Interval": "PT1H",
    }
    assert root.findtext(f".//{TASK}StartBoundary").endswith("T00:07:00Z")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/x/my leads.xlsx", "leadscore-my-leads"),
        ("é.csv", "leadscore-leads"),
        ("a.b.csv", "leadscore-a.b"),
        ("a -- b.csv", "leadscore-a-b"),
    ],
)
def test_names_that_every_scheduler_takes(source, name):
    assert Call([], "", source).name == name


def test_what_does_not_hold_a_path_or_an_option_fits_into_eighty_columns():
    texts = schedule_texts(Call(["leadscore", "score"], "/data", "leads.xlsx"))

    long = [line for line in texts.splitlines() if len(line) > 79]

    assert [line[:10] for line in long] == ["<Task vers"]  # the address of Microsoft's schema


def test_a_line_break_is_refused():
    with pytest.raises(
        UsageError, match="no scheduler takes a line break in a file name or an option; rename the file"
    ):
        schedule_texts(Call(["leadscore", "score", "a\nb.csv"], "/", "a\nb.csv"))


# The command ----------------------------------------------------------------------------------------------------------


def test_the_command_writes_out_paths_and_variables_and_changes_nothing(cli, leads, monkeypatch, files_in):
    monkeypatch.chdir(leads.parent)

    result = cli("schedule", "leads.csv", "-m", "model.csv", "-o", "out/x.xlsx", "--dns", LEADSCORE_COUNTRY="FR")

    words = shlex.split(cron_command(result.stdout))
    folder = str(leads.parent)
    program = Path(sys.executable).with_name("leadscore")
    assert result.exit_code == 0, result.stderr
    assert words[:3] == ["cd", folder, "&&"]
    assert words[5:] == [
        str(program), "score", f"{folder}/leads.csv", f"--model={folder}/model.csv", f"--output={folder}/out/x.xlsx",
        "--country=FR", "--dns", "--cron",
    ]  # fmt: skip
    assert "ExecStart=" in result.stdout
    assert "<Exec>" in result.stdout
    assert files_in() == ["leads.csv"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Missing argument"),
        (("leads.csv", "--ouput", "x"), "No such option: --ouput"),
        (("leads.csv", "--if-open", "never"), "'never' is not one of"),
        (("-",), "leadscore: a scheduled run has no standard input; name a file"),
    ],
)
def test_a_wrong_call_is_told_as_score_tells_it(cli, arguments, sentence):
    result = cli("schedule", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
