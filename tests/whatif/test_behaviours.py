"""What if a behaviour counted otherwise: who moves by it, and how much it decides."""

import pytest

SCORING = [["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points", "Score"]]
SCORING += [["Target country", "potential", 1, "Country", "is", "FR; BE", 30, ""]]
SCORES = [["Score", "Method"], ["Score", "sum"]]
BANDS = [["Band", "From"], ["Hot", 60], ["Cold", ""]]
HEADINGS = ["Score", "Behaviour", "Activity", "Points"]
DONE = [["Email", "Activity", "Date"]]
DONE += [
    ["ann@acme.fr", "Demo", "2026-03-30"],
    ["cem@acme.de", "Demo", "2026-03-30"],
    ["bob@acme.be", "Mail", "2026-03-30"],
]


@pytest.fixture
def models(folder_model):
    """models(points of a demo, …) -> as many models, alike but for that."""

    def make(*points):
        return [
            folder_model(
                f"demo{given}",
                Scoring=SCORING,
                Scores=SCORES,
                Bands=BANDS,
                Behaviours=[HEADINGS, ["Score", "Demo", "Demo", given], ["Score", "Mail", "Mail", 2]],
            )
            for given in points
        ]

    return make


def test_a_lead_that_moves_says_by_which_behaviour(whatif, leads, models, tmp_path, as_csv):
    result = whatif(leads, *models(12, 35), "--activities", as_csv(tmp_path / "done.csv", DONE))

    assert result.exit_code == 0, result.stderr
    (line,) = [line for line in result.stdout.splitlines() if "Cold -> Hot" in line and "Demo" in line]
    assert "Demo +23" in line


def test_ablation_leaves_out_behaviours_too(whatif, leads, models, tmp_path, as_csv):
    result = whatif(leads, *models(35), "--ablate", "--activities", as_csv(tmp_path / "done.csv", DONE))

    assert result.exit_code == 0, result.stderr
    assert [name for name in ("Demo", "Mail", "Target country") if name in result.stdout] == [
        "Demo",
        "Mail",
        "Target country",
    ]
