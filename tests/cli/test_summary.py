"""The summary on a terminal, line by line."""

import io
import re

import pytest
from rich.console import Console

from leadscore.terminal import progress, summary


@pytest.fixture
def on_terminal(cli, monkeypatch):
    """Run a command as on a terminal of 80 columns; what it shows there."""

    def run(*arguments, **options):
        screen = io.StringIO()
        console = Console(file=screen, force_terminal=True, width=80, no_color=True, highlight=False)
        monkeypatch.setattr(summary, "messages", lambda: console)
        monkeypatch.setattr(progress, "messages", lambda: Console(file=io.StringIO(), force_terminal=True))
        result = cli(*arguments, "--as-of", "2026-03-31", **options)
        assert result.exit_code == 0, result.stderr
        return [line.rstrip() for line in screen.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()]

    return run


def test_slices_of_the_scores_where_there_are_no_bands(on_terminal, leads, model, monkeypatch):
    monkeypatch.chdir(leads.parent)

    assert on_terminal("score", "leads.csv", "-m", "model.csv") == [
        "3 leads scored from leads.csv, as of 2026-03-31: 1 excluded",
        "",
        "Scores of the leads not excluded",
        "  41.65 to 50    1  ████████████████████████",
        "  33.3 to 41.65  1  ████████████████████████",
        "",
        "Excluded by",
        "  E-mail exists  1  ████████████████████████",
        "",
        "Issues",
        "  number-unreadable  1  row 4, column Budget",
        "  csv-read-as        1  read as UTF-8, separated by commas; if accents or",
        "                        columns look wrong, give --encoding and --delimiter",
        "",
        "Written: leads-scored.csv",
        "Why the best lead is first:",
        "  leadscore explain leads.csv 2 -m model.csv",
    ]


def test_bands_and_a_hint_where_ids_are_numbers(on_terminal, tmp_path, make, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [make.leads[0], *([str(number), *row[1:]] for number, row in enumerate(make.leads[1:], start=1))]
    bands = [["Band", "From"], ["Hot", 40], ["Cold", None]]
    make.book(tmp_path / "my leads.xlsx", Source=rows[:3], Scoring=make.scoring, Bands=bands)

    assert on_terminal("score", "my leads.xlsx") == [
        "2 leads scored from my leads.xlsx, sheet Source, as of 2026-03-31: 0 excluded",
        "",
        "Bands",
        "  Hot   1  ████████████████████████",
        "  Cold  1  ████████████████████████",
        "",
        "Written: my leads-scored.xlsx",
        "Why the best lead is first:",
        '  leadscore explain "my leads.xlsx" "row 2"',
    ]


def test_verdicts_of_leads_only_and_what_to_do_about_numbers_without_a_country(
    on_terminal, tmp_path, make, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    make.csv(tmp_path / "leads.csv", [["E-mail", "Phone"], ["a@b.fr", "06 47 31 82 95"], ["", ""], ["=b@c.fr", ""]])

    lines = on_terminal("enrich", "leads.csv")

    assert lines[0] == "2 leads enriched from leads.csv, as of 2026-03-31, 1 blank row kept"
    text = " ".join(" ".join(lines).split())
    assert "Phone unknown 1 ████████████████████████ " in text
    assert "Phone: why" in text
    assert "no_country 1 ████████████████████████ missing 1" in text
    assert "phone numbers without a country prefix and without a country to read them in: 1; give --country FR" in text
    assert re.search(r"\d CSV cells that a spreadsheet would run got an apostrophe \(--raw-csv: none\)", text)


def test_a_dry_run_and_leads_that_are_all_excluded(on_terminal, tmp_path, make, model):
    source = make.csv(tmp_path / "bad.csv", [make.leads[0], make.leads[3]])

    lines = on_terminal("score", source, "-m", model, "--dry-run")

    assert lines[-1] == "Nothing was written (--dry-run)."
    assert "Scores of the leads not excluded" not in lines
    assert "Why the best lead is first:" not in on_terminal("score", source, "-m", model)


def test_to_stdout(on_terminal, leads, model):
    assert "Written: stdout" in on_terminal("score", leads, "-m", model, "-o", "-")


def test_quiet_says_nothing(on_terminal, leads, model):
    assert on_terminal("score", leads, "-m", model, "-q") == []


def test_names_with_brackets_and_colons_are_shown_as_they_are(on_terminal, tmp_path, make):
    bands = [["Band", "From"], ["Hot [/red] :fire:", 40], ["Cold [bold]", None]]
    source = make.book(tmp_path / "leads.xlsx", Source=make.leads, Scoring=make.scoring, Bands=bands)

    lines = on_terminal("score", source, "--dry-run")

    assert any(line.startswith("  Hot [/red] :fire:  1") for line in lines)
    assert any(line.startswith("  Cold [bold]        1") for line in lines)


def test_who_a_person_lets_in_all_the_same_is_excluded_by_nothing(on_terminal, tmp_path, make):
    overrides = [["Lead", "Value", "Reason"], [make.leads[3][0], 30, "a friend"]]
    source = make.book(tmp_path / "leads.xlsx", Source=make.leads, Scoring=make.scoring, Overrides=overrides)

    lines = on_terminal("score", source, "--dry-run")

    assert lines[0].endswith(": 0 excluded")
    assert "Excluded by" not in lines
    assert sum(int(line.split()[3]) for line in lines if " to " in line and "█" in line) == 3


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        ("leads.csv", "leads.csv"),
        ("C:\\data\\été.xlsx", "C:\\data\\été.xlsx"),
        ("my leads.xlsx", '"my leads.xlsx"'),
        ("l'été.xlsx", '"l\'été.xlsx"'),
        ("R&D;(2).xlsx", '"R&D;(2).xlsx"'),
    ],
)
def test_a_command_to_copy_quotes_what_a_shell_would_read(argument, shown):
    assert summary._quoted(argument) == shown
