"""How commands end: exit codes, one sentence each, stdout for data and stderr for messages."""

import errno
import os
import pty
import re
import subprocess
import sys

import pytest

from leadscore.cli import app, exits
from leadscore.pipeline import files
from leadscore.pipeline import run as pipeline_run

SECRET = "ann@acme.fr"  # noqa: S105  a lead's address that no message may show


@pytest.fixture
def planted(monkeypatch):
    """Make scoring raise this."""

    def plant(problem):
        def fail(*_arguments, **_options):
            raise problem

        monkeypatch.setattr(pipeline_run, "score_leads", fail)

    return plant


def test_a_bug_is_named_by_its_place_and_shows_no_personal_value(cli, leads, model, planted, files_in):
    planted(RuntimeError(f"cannot read {SECRET}"))

    result = cli("score", leads, "-m", model)

    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(
        r"leadscore: a bug of ours \(RuntimeError in test_exits.py, line \d+\); no file is half-written. "
        r"Run again with LEADSCORE_DEBUG=1 and report what it prints\n",
        result.stderr,
    )
    assert files_in() == ["leads.csv", "model.csv"]


def test_debug_shows_the_traceback(cli, leads, model, planted):
    planted(RuntimeError(f"cannot read {SECRET}"))

    result = cli("score", leads, "-m", model, LEADSCORE_DEBUG="1")

    assert result.exit_code == 1
    assert "Traceback (most recent call last)" in result.stderr
    assert SECRET in result.stderr


def test_interrupted(cli, leads, model, planted, files_in):
    planted(KeyboardInterrupt())

    result = cli("score", leads, "-m", model)

    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "leadscore: interrupted; no file is half-written\n"
    assert files_in() == ["leads.csv", "model.csv"]


@pytest.mark.parametrize("name", ["leads.csv", "-"])
def test_no_model_is_usage(cli, leads, monkeypatch, name):
    monkeypatch.chdir(leads.parent)

    result = cli("score", name, stdin=b"Name\nAnn\n")

    where = "standard input" if name == "-" else name
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"leadscore: no model: {where} has no sheet Scoring; give one with -m MODEL, or start from `leadscore init`\n"
    )


@pytest.mark.parametrize("extra", [(), ("-m", "model.csv")])
@pytest.mark.parametrize(
    ("name", "content", "code", "sentence"),
    [
        ("absent.xlsx", None, 4, "absent.xlsx does not exist; check its name and folder"),
        ("absent.csv", None, 4, "absent.csv does not exist; check its name and folder"),
        ("leads.pdf", b"%PDF", 2, 'leads.pdf: ".pdf" is not a format of leads; give a file in .xlsx'),
        ("broken.xlsx", b"no zip", 4, "broken.xlsx is damaged, or no workbook at all; open it in Excel"),
        ("broken.xls", b"no xls", 4, "broken.xls is damaged, or no workbook at all; open it in Excel"),
        ("empty.csv", b"", 4, "empty.csv is empty; export it again"),
    ],
)
def test_an_unusable_source(cli, model, monkeypatch, extra, name, content, code, sentence):
    monkeypatch.chdir(model.parent)
    if content is not None:
        model.with_name(name).write_bytes(content)

    for command in (("score",), ("explain",)):
        arguments = (*command, name, *(("A1",) if command == ("explain",) else ()))
        result = cli(*arguments, *extra)
        assert (result.exit_code, result.stdout) == (code, "")
        assert result.stderr.startswith(f"leadscore: {sentence}")
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("output", "code", "sentence"),
    [
        ("out.pdf", 2, 'out.pdf: ".pdf" is no format that leadscore writes; give a name in .xlsx or .csv'),
        ("folder", 2, "folder: has no suffix; give a name in .xlsx or .csv"),
        ("nowhere/out.csv", 4, "out.csv cannot be written: the folder"),
    ],
)
def test_an_unusable_output(cli, leads, model, monkeypatch, output, code, sentence):
    monkeypatch.chdir(leads.parent)

    result = cli("score", leads, "-m", model, "-o", output)

    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(f"leadscore: {sentence}")


def test_a_wrong_model_lists_every_mistake_with_its_cell(cli, leads, make, files_in):
    rows = [list(row) for row in make.scoring]
    rows[1][4], rows[2][6], rows[3][3], rows[4][2] = "iz", "many", "budget", -1
    wrong = make.csv(leads.with_name("wrong.csv"), rows)

    result = cli("score", leads, "-m", wrong, "-o", leads.with_name("out.csv"))

    assert (result.exit_code, result.stdout) == (3, "")
    *mistakes, last = result.stderr.splitlines()
    assert [re.match(r"error: Scoring!(\w+): ", line)[1] for line in mistakes] == ["E2", "G3", "C5"]
    assert last == "leadscore: 3 errors; nothing was written"
    assert files_in() == ["leads.csv", "wrong.csv"]


def test_mistakes_and_unknown_fields_are_told_together(cli, leads, make, files_in):
    rows = [list(row) for row in make.scoring]
    rows[1][4] = "iz"
    rows.append(["Shoe size", "potential", 1, "Shoe size", "is", "42", 5])
    wrong = make.csv(leads.with_name("wrong.csv"), rows)

    for command in (("score", leads, "-m", wrong), ("check", wrong, leads)):
        result = cli(*command)
        assert result.exit_code == 3
        assert 'unknown operator "iz"' in result.output
        assert 'unknown field "Shoe size"' in result.output
    assert files_in() == ["leads.csv", "wrong.csv"]


def test_a_model_file_that_cannot_be_read(cli, leads, files_in):
    for name in ("absent.xlsx", "absent.csv", "leads.pdf"):
        result = cli("score", leads, "-m", leads.with_name(name))
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith(f"leadscore: {leads.with_name(name)} ")
    assert files_in() == ["leads.csv"]


def test_the_console_script_in_this_process(monkeypatch, tmp_path):
    out = (tmp_path / "out").open("w", encoding="ascii")
    monkeypatch.setattr(sys, "argv", ["leadscore", "--version"])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)  # run() sets another, for the console alone

    with out, pytest.raises(SystemExit, match="0"):
        app.run()

    assert out.errors == "replace"


def test_a_closed_pipe_is_left_in_silence(monkeypatch, tmp_path):
    def fail():
        raise BrokenPipeError

    with (tmp_path / "out").open("w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        exits.guarded(fail)()
        out.write("what was still to be flushed")

    assert (tmp_path / "out").read_text() == ""


def test_stdout_that_fails(cli, leads, model, monkeypatch):
    def fail(*_arguments, **_options):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "write_csv", fail)

    result = cli("score", leads, "-m", model, "-o", "-")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == "leadscore: standard output cannot be written: Input/output error\n"


# Through the console script -------------------------------------------------------------------------------------------


def test_console_script_keeps_the_streams_apart(command, leads, model):
    result = command("score", leads, "-m", model, "-o", "-")

    assert result.returncode == 0
    assert result.stdout.startswith(b"Id,Name,E-mail")
    assert result.stderr.startswith(b"3 leads scored")
    assert b"\x1b" not in result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [("explain", "A1"), ("check",), ("--help",), ("score", "--dry-run")])
def test_no_colours_without_a_terminal(command, leads, model, arguments):
    name, *rest = arguments
    line = [name, *({"check": [model], "--help": []}.get(name, [leads])), *rest]

    result = command(*line, *(["-m", model] if name in ("explain", "score") else []))

    assert result.returncode == 0, result.stderr
    assert b"\x1b" not in result.stdout + result.stderr


def test_a_reader_that_leaves_is_no_error(leads, model, make):
    many = make.csv(leads.with_name("many.csv"), [make.leads[0], *make.leads[1:] * 3000])
    line = [sys.executable, "-m", "leadscore", "score", many, "-m", model, "-o", "-", "-q"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        run.stdout.readline()
        run.stdout.close()
        messages = run.stderr.read()

    assert (run.returncode, messages) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110  a device
def test_a_full_stdout_is_told(leads, model):
    line = [sys.executable, "-m", "leadscore", "score", leads, "-m", model, "-o", "-", "-q"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123  a device
        run = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, check=False)

    assert run.returncode == 4
    assert run.stderr == b"leadscore: standard output cannot be written: No space left on device\n"


def test_a_stdout_of_few_letters_is_no_bug(leads, model, make):
    source = make.csv(leads.with_name("greek.csv"), [*make.leads[:1], ["1", "Ζωή", "z@b.fr", "", "FR", "5 k€"]])
    line = [sys.executable, "-m", "leadscore", "explain", source, "2", "-m", model]
    run = subprocess.run(line, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"})

    assert (run.returncode, run.stderr) == (0, b"")


def through_terminal(line, width, folder=None):
    """What a command shows on a terminal of this width."""
    main, other = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(width), "LINES": "50"}
    with subprocess.Popen(line, stdin=other, stdout=other, stderr=other, env=environment, cwd=folder) as run:
        os.close(other)
        shown = b""
        while piece := read_some(main):
            shown += piece
    os.close(main)
    return run.returncode, shown.decode()


def read_some(handle):
    try:
        return os.read(handle, 65536)
    except OSError:  # Linux says so where other systems give nothing
        return b""


def plain_lines(shown):
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    return [line.rpartition("\r")[2].rstrip() for line in text.replace("\r\n", "\n").split("\n")]


@pytest.mark.parametrize("name", ["score", "enrich"])
def test_on_a_terminal_the_summary_fits_80_columns(leads, model, name):
    line = [sys.executable, "-m", "leadscore", name, leads.name, "-m", model.name]
    code, shown = through_terminal(line, 80, leads.parent)

    lines = plain_lines(shown)
    assert code == 0
    assert "\x1b[" in shown
    assert max(map(len, lines)) <= 80
    words = (
        ("Scores of the leads not excluded", "Excluded by")
        if name == "score"
        else ("Type of e-mail", "How they can be reached")
    )
    for word in (*words, "Issues", "Written: "):
        assert word in "\n".join(lines)


def test_on_a_terminal_the_waterfall_fits_80_columns(leads, model):
    line = [sys.executable, "-m", "leadscore", "explain", leads, "A3", "-m", model]
    code, shown = through_terminal(line, 80)

    assert code == 0
    assert max(map(len, plain_lines(shown))) <= 80
    assert "Scoring!G5" in shown


def test_on_a_terminal_a_workbook_with_bands_names_the_next_step(tmp_path, make):
    bands = [["Band", "From"], ["Hot", 40], ["Cold", None]]
    rows = [make.leads[0], *([str(number), *row[1:]] for number, row in enumerate(make.leads[1:], start=2))]
    source = make.book(tmp_path / "my leads.xlsx", Source=rows, Scoring=make.scoring, Bands=bands)

    _, shown = through_terminal([sys.executable, "-m", "leadscore", "score", source], 200)
    _, dry = through_terminal([sys.executable, "-m", "leadscore", "score", source, "--dry-run"], 80)

    assert "Bands" in shown
    assert f'leadscore explain "{source}" 2' in shown
    assert "Nothing was written (--dry-run)." in dry


STOPPED = """
import os, signal, sys
from leadscore.cli import app
from leadscore.sheets import safe_write

def stop(*_):
    os.kill(os.getpid(), signal.SIGTERM)

safe_write._sync = stop
sys.argv = ["leadscore", *sys.argv[1:]]
app.run()
"""


def test_sigterm_ends_a_run_as_an_interruption_does(leads, model, files_in):
    line = [sys.executable, "-c", STOPPED, "score", leads, "-m", model]

    run = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)

    assert (run.returncode, run.stderr) == (130, "leadscore: interrupted; no file is half-written\n")
    assert files_in() == ["leads.csv", "model.csv"]


def test_a_disk_that_fails_where_nobody_expects_it_is_no_bug_of_ours(cli, leads, model, monkeypatch):
    def fail(*_, **__):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(pipeline_run, "score_leads", fail)

    result = cli("score", leads, "-m", model)

    sentence = "a disk answers with an input/output error; see that it is well, then run again"
    assert (result.exit_code, result.stdout, result.stderr) == (4, "", f"leadscore: {sentence}\n")
