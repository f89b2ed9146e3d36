"""Two leads of the template fit-engagement with nearly the same points by count: one acted lately, one looked on.

Every number was worked out by hand from the sheets Behaviours and Activities, for 23 November 2026.
"""

from pathlib import Path

import pandas as pd
import pytest

from leadscore.model.behaviours import Decay, Stage
from leadscore.pipeline.line import score_leads

# Points by age in days: linear 60 leaves 48/60 after 12 days, 51/60 after 9, 57/60 after 3; a step needs 30 days.
ACTED = {
    "Demo or quote": 12 * 48 / 60 + 12 * 51 / 60,  # 9.6 + 10.2
    "Webinar or stand": 10.0,
    "Question": 4 * 57 / 60,
}
# Half-lives of 30 days after 180, 150, 120, 90 and 60 days; linear 120 after 120, 60 and 30.
LOOKED_ON = {
    "E-mail clicked": 2 * 3 / 64 + 3 / 8,
    "E-mail opened": 2 * 2 / 32 + 2 / 16 + 2 / 4,
    "Video watched": 0.0,
    "Article read": 4 * 60 / 120,
    "Webinar recording": 8 * 90 / 120,
}
FIGURES = ["active_points", "passive_points", "active_share", "activity_count_30d", "activity_trend"]


@pytest.fixture(scope="module")
def scored(templates):
    """The first two leads of the template by its model, or one made of it; a row each."""
    leads = templates.leads("fit-engagement", "en").head(2)
    activities = templates.activities("fit-engagement", "en")
    whole = templates.parsed(templates.folder("fit-engagement", "en"))

    def run(change=None):
        model = change(whole) if change else whole
        results = score_leads(leads, model, activities=activities, as_of=templates.as_of)
        return results.table.assign(**results.enriched[FIGURES])

    return run


def given(table, lead):
    """What each behaviour gave a lead, 0 left out."""
    start = "contribution: engagement: "
    cells = {str(name).removeprefix(start): table[name].iloc[lead] for name in table if str(name).startswith(start)}
    return {name: points for name, points in cells.items() if points and name != "rounding"}


def never_fading(model):
    """The model whose behaviours keep all their points, without limit."""
    rows = [row.model_copy(update={"decay": Decay.NONE, "maximum": None, "window": None}) for row in model.behaviours]
    scores = [score.model_copy(update={"maximum": None}) for score in model.scores]
    return model.model_copy(update={"behaviours": tuple(rows), "scores": tuple(scores)})


def test_by_mere_count_they_are_nearly_alike(scored):
    table = scored(never_fading)

    assert table["engagement"].tolist() == [38, 34]
    assert given(table, 0) == {"Demo or quote": 24, "Webinar or stand": 10, "Question": 4}
    looked_on = {"E-mail opened": 8, "E-mail clicked": 9, "Article read": 4, "Video watched": 5, "Webinar recording": 8}
    assert given(table, 1) == looked_on


def test_decay_tells_them_apart(scored):
    table = scored()

    assert table["engagement"].tolist() == [33.6, 9.2]
    assert given(table, 0) == pytest.approx(ACTED)
    assert given(table, 1) == pytest.approx({name: points for name, points in LOOKED_ON.items() if points})
    assert table["contribution: engagement: rounding"].tolist() == pytest.approx([0, 9.2 - 9.21875])


def test_so_do_the_stages(scored):
    table = scored()

    assert [table["active_points"].tolist(), table["passive_points"].tolist()] == [
        pytest.approx([33.6, 0]),
        pytest.approx([0, 9.21875]),
    ]
    assert table["active_share"].tolist() == [1, 0]


def test_so_does_the_recent_score(scored):
    """Of the looker-on, what is left of the last 90 days: 3/8 + 2/4 + 2 + 6."""
    assert scored()["engagement_recent"].tolist() == [33.6, 8.9]
    assert scored()["activity_count_30d"].tolist() == [4, 1]
    assert scored()["activity_trend"].tolist() == pytest.approx([1, 0.4])


def test_so_does_what_is_done_with_them(scored):
    table = scored()

    assert table["matrix"].tolist() == ["A2", "A3"]
    assert table["action"].tolist() == ["Sales: call this week", "Nurture: customer stories"]


def test_engagement_stays_within_its_steps(templates):
    """0 to 30 until Engaged, 31 to 70 until a demo or quote, more with one: however much a lead does."""
    model = templates.parsed(templates.folder("fit-engagement", "en"))
    today = templates.as_of.isoformat()
    good = [row for row in model.behaviours if row.points > 0]
    looked, acted = (
        [("1", row.operands[0], today, 50) for row in good if row.stage is stage and row.name != "Demo or quote"]
        for stage in (Stage.PASSIVE, Stage.ACTIVE)
    )
    asked = [("1", "Demo requested", today, 50)]
    lead = templates.leads("fit-engagement", "en").head(1)

    found = [
        score_leads(
            lead,
            model,
            activities=pd.DataFrame(rows, columns=["Lead", "Activity", "Date", "Count"], dtype=object),
            as_of=templates.as_of,
        ).table["engagement"][0]
        for rows in (looked, looked + acted, looked + acted + asked)
    ]

    assert found == [30, 70, 131]


def test_users_are_shown_these_very_numbers(scored):
    readme = (Path(__file__).parents[2] / "configs" / "README.md").read_text(encoding="utf-8")
    shown = [
        [cell.strip() for cell in line.split("|")[2:-1]]
        for line in readme.splitlines()
        if line.startswith(("| Claire: ", "| Lena: "))
    ]
    table, raw = scored(), scored(never_fading)

    for place, (count, faded, *figures) in enumerate(shown):
        parts, total = faded.split(" = ")
        assert float(count) == raw["engagement"][place]
        assert float(total.strip("*")) == table["engagement"][place]
        assert sum(map(float, parts.split(" + "))) == pytest.approx(table["engagement"][place], abs=0.05)
        named = ["active_points", "passive_points", "engagement_recent"]
        assert list(map(float, figures)) == pytest.approx([table[name][place] for name in named], abs=0.05)
    assert len(shown) == len(table)
