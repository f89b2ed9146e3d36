"""The sheet Activities is read where the model asks about it."""

import pytest

LEADS = [["Id", "Country"], ["1", "FR"]]
SCORING = [["Criterion", "Field", "Operator", "Value", "Points"], ["Country", "Country", "is", "FR", 10]]
QUIET = ["Quiet", "days_since_last_activity", ">", 30, -5]


def test_a_sheet_of_events_is_anybodys_where_the_model_asks_nothing_about_it(cli, make, tmp_path):
    path = make.book(tmp_path / "a.xlsx", Source=LEADS, Scoring=SCORING, Events=[["Venue", "Town"], ["Hall", "Lyon"]])

    result = cli("score", path, "-q")

    assert (result.exit_code, result.stderr) == (0, "")


def test_where_it_asks_a_sheet_that_is_none_is_told(cli, make, tmp_path):
    sheets = {"Source": LEADS, "Scoring": [*SCORING, QUIET], "Events": [["Venue", "Town"], ["Hall", "Lyon"]]}

    result = cli("score", make.book(tmp_path / "a.xlsx", **sheets), "-q")

    assert result.exit_code == 4
    assert 'sheet "Events"' in result.stderr


@pytest.mark.parametrize(
    "settings",
    [
        [["Result columns", "Id; activity_count"]],
        [["Account roll-up", "weighted mean"], ["Account weight", "activity_count"]],
    ],
)
def test_a_setting_may_ask_for_a_column_of_activities(cli, make, tmp_path, settings):
    did = [["Id", "Activity", "Date"], ["1", "Demo", "2026-03-01"]]
    sheets = {"Source": LEADS, "Scoring": SCORING, "Activities": did, "Settings": [["Setting", "Value"], *settings]}

    result = cli("score", make.book(tmp_path / "a.xlsx", **sheets), "--as-of", "2026-03-31", "-q")

    assert (result.exit_code, result.stderr) == (0, "")


def test_the_summary_says_how_many_counted(cli, make, tmp_path):
    did = [["Id", "Activity", "Date"], ["1", "Demo", "2026-03-01"], ["2", "Demo", "2026-03-01"]]
    path = make.book(tmp_path / "a.xlsx", Source=LEADS, Scoring=[*SCORING, QUIET], Activities=did)

    result = cli("score", path, "--as-of", "2026-03-31", "--dry-run")

    assert "0 excluded, 1 of 2 activities counted, 1 issue" in result.stderr + result.stdout


def test_without_activities_a_model_that_asks_about_them_says_so(cli, make, tmp_path):
    path = make.book(tmp_path / "a.xlsx", Source=LEADS, Scoring=[*SCORING, QUIET])

    result = cli("score", path, "-o", tmp_path / "out.csv", "--issues", tmp_path / "issues.csv", "-q")

    assert result.exit_code == 0
    assert "activities-missing" in (tmp_path / "issues.csv").read_text(encoding="utf-8-sig")
