"""leadscore enrich with activities: the columns about what leads did, where they are asked for or given."""

import pytest

LEADS = [["Id", "E-mail"], ["A1", "ann@acme.fr"], ["A2", "bob@acme.be"], ["", ""], ["A3", ""]]
DONE = [
    ["E-mail", "Activity", "Date", "Count"],
    ["ann@acme.fr", "Demo", "2026-03-30", "1"],
    ["ann@acme.fr", "Mail", "2026-01-30", "3"],
    ["BOB@acme.be", "Mail", "2025-03-31", "2"],
    ["nobody@acme.fr", "Mail", "2026-03-30", "1"],
]
SCORING = [["Criterion", "Field", "Operator", "Value", "Points"], ["Country", "Id", "is", "A1", 5]]
BEHAVIOURS = [["Score", "Behaviour", "Activity", "Points"], ["score", "Demo", "Demo", 12]]
COUNTS = ["4", "2", "", "0"]
LAST = ["1", "365", "", ""]


@pytest.fixture
def enriched(cli, tmp_path, make, read):
    """enriched(*arguments) -> rows of the CSV file that a run wrote."""

    def run(*arguments, **environment):
        make.csv(tmp_path / "leads.csv", LEADS)
        make.csv(tmp_path / "done.csv", DONE)
        result = cli("enrich", tmp_path / "leads.csv", "--as-of", "2026-03-31", *arguments, **environment)
        assert result.exit_code == 0, result.stderr
        return read.rows(tmp_path / "leads-enriched.csv"), result.stderr

    return run


@pytest.fixture
def model(tmp_path, make):
    return make.book(tmp_path / "model.xlsx", Scoring=SCORING, Behaviours=BEHAVIOURS)


def column(rows, name):
    return [row[name].removesuffix(".0") for row in rows]


def test_activities_that_are_given_are_counted_without_any_model(enriched, tmp_path):
    rows, told = enriched("--activities", tmp_path / "done.csv")

    assert column(rows, "activity_count") == COUNTS
    assert column(rows, "days_since_last_activity") == LAST
    assert "1 issue" in told, "nobody knows whose one of them is"


def test_by_the_environment_too(enriched, tmp_path):
    rows, _ = enriched(LEADSCORE_ACTIVITIES=str(tmp_path / "done.csv"))

    assert column(rows, "activity_count") == COUNTS


def test_without_any_there_are_no_such_columns(enriched):
    rows, _ = enriched()

    assert not any("activity" in name for name in rows[0])


def test_a_model_with_behaviours_has_columns_for_each(enriched, model, tmp_path):
    rows, _ = enriched("-m", model, "--activities", tmp_path / "done.csv")

    assert column(rows, "last: Demo") == ["1", "", "", ""]
    assert column(rows, "count: Demo") == ["1", "0", "", "0"]


def test_a_model_with_behaviours_but_no_activities_says_so(enriched, model, tmp_path, read):
    rows, _ = enriched("-m", model, "--issues", tmp_path / "issues.csv")

    assert column(rows, "activity_count") == ["0", "0", "", "0"]
    assert "activities-missing" in [row["code"] for row in read.rows(tmp_path / "issues.csv")]


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ("Id; activity_count", ["Id", "activity_count"]),
        ("Id; email_domain", ["Id", "email_domain"]),
    ],
)
def test_only_columns_that_are_wanted(enriched, model, tmp_path, columns, wanted):
    rows, _ = enriched("-m", model, "--activities", tmp_path / "done.csv", "--columns", columns)

    assert list(rows[0]) == wanted
    assert "activity_count" not in wanted or column(rows, "activity_count") == COUNTS
