"""--live: what Excel computes after an edit is what a new run with the edited model gives."""

import random
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from leadscore.errors import OutputError, UsageError
from leadscore.pipeline.files import load_model
from leadscore.pipeline.run import Job, score_file
from tests.conftest import write_csv
from tests.pipeline.live_models import HAS_SOFFICE, edit, recalculated, results_of, sheets_of, write_sheets
from tests.scoring.random_models import AS_OF, HEADINGS, leads, models

# openpyxl tells of the data bars and the like that it does not read.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

STAYS = {"reasons", "score_low", "score_high", "coverage", "next_best_field", "band_range", "machine_score"}
NEW_POINTS = (-100, -7.5, 0, 3, 12.25, 33.3, 50, 100)
NEW_WEIGHTS = (0, 0.5, 1, 2, 3, 7)
CI_MODELS = 6  # LibreOffice takes a second for each

# Fit and warmth, each with a Max or Min, an exclusion, bands of each score, a matrix, and a person's decisions.
DECIDED = {
    "Leads": [["Id", "Zone", "Visits"], *([str(row), land, row % 5] for row, land in enumerate("FFBBXXFBFB" * 2))],
    "Scoring": [
        ["Score", "Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"],
        ["fit", "Land", "potential", 3, "Zone", "is", "F", 100],
        ["fit", "Land", "potential", None, "Zone", "is", "B", 40],
        ["fit", "Rival", "exclusion", 1, "Zone", "is", "X", -500],
        ["fit", "Known", "quality", 1, "Visits", "is not blank", None, 10],
        ["warmth", "Visits", "engagement", None, "Visits", ">=", 3, 90],
        ["warmth", "Visits", "engagement", None, "Visits", ">=", 1, 30],
    ],
    "Scores": [
        ["Score", "Method", "Min", "Max", "In total"],
        ["fit", "mean", -20, 70, 0.5],
        ["warmth", "sum", None, 60, 0.5],
    ],
    "Bands": [
        ["Score", "Band", "From", "Icon", "Action"],
        ["", "Hot", 50, "🔥", "Call"],
        ["", "Cold", None, "", "Wait"],
        ["fit", "A", 50, "", ""],
        ["fit", "Second", 0, "", ""],
        ["warmth", "1", 50, "", ""],
        ["warmth", "2", 0, "", ""],
    ],
    "Matrix": [["fit / warmth", "1", "2"], ["A", "Call today", "Mail"], ["Second", "", "Nurture"]],
    "Overrides": [
        ["Lead", "Score", "Value", "Reason"],
        ["0", "fit", 12.5, "Knows us"],
        ["4", "", 88, "Wants us"],
        ["1", "", "Cold", "Moved"],
        ["2", "warmth", 99, "Called"],
    ],
    "Settings": [["Setting", "Value"], ["Id field", "Id"], ["Language", "English"]],
}

# What leads did is a value; scores with Min and Max, their total and bands follow.
WARM = {
    "Leads": [["Id", "Zone"], *([str(row), land] for row, land in enumerate("FBXF"))],
    "Activities": [
        ["Id", "Activity", "Date"],
        *([str(row % 3), ("Demo", "Mail")[row % 2], f"2026-03-{row + 1:02}"] for row in range(14)),
    ],
    "Scoring": [*DECIDED["Scoring"][:4], ["warmth", "Fresh", "engagement", 1, "last: Demo", "<=", 5, 7]],
    "Behaviours": [
        ["Score", "Behaviour", "Activity", "Points", "Max", "Decay", "Decay days"],
        ["warmth", "Demo", "Demo", 12, 40, "half-life", 7],
        ["warmth", "Mail", "Mail", 3.3, None, "none", None],
    ],
    "Scores": DECIDED["Scores"],
    "Bands": DECIDED["Bands"],
    "Matrix": DECIDED["Matrix"],
    "Settings": DECIDED["Settings"],
}


def scored(source, target, **options):
    return score_file(Job(source=source, output=str(target), as_of=AS_OF.isoformat(), **options))


def new_numbers(model, draw):
    """Other points and weights, lower limits of bands and limits of scores, by their cells."""
    numbers = {}
    for criterion in model.criteria:
        given_points = [case for case in criterion.cases if case.points is not None]
        numbers |= {case.place: draw.choice(NEW_POINTS) for case in given_points if draw.random() < 0.5}
        if draw.random() < 0.5:
            letter, weight = criterion.place_of("weight").letter, draw.choice(NEW_WEIGHTS)
            numbers |= {replace(case.place, letter=letter): weight for case in criterion.cases}
    starts = draw.sample(range(-60, 90), len(model.bands))
    moved = [band for band in model.bands if band.start is not None and draw.random() < 0.5]
    numbers |= {band.start_place: start for band, start in zip(moved, starts, strict=False)}
    maxima = [score for score in model.scores if score.maximum is not None and draw.random() < 0.5]
    return numbers | {score.place_of("maximum"): score.maximum + 5.25 for score in maxima}


def differences(live, fresh):
    """Where the recalculated workbook says anything else than the new run."""
    found, wanted = results_of(live), results_of(fresh)
    return [
        (heading, row, ours, theirs)
        for heading in wanted
        if heading not in STAYS
        for row, (ours, theirs) in enumerate(zip(found[heading], wanted[heading], strict=True))
        if ours != theirs and not (isinstance(ours, (int, float)) and ours == pytest.approx(theirs, abs=1e-9))
    ]


def drawn(count):
    """So many random models with the sheets of leads they are put to."""
    cases = []

    @seed(20260315)
    @settings(max_examples=count, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(models(), leads, leads, leads)
    def draw(model, first, second, third):
        rows = [[lead[heading] for heading in HEADINGS] for lead in (*first, *second, *third)]
        cases.append(
            {"Leads": [["Id", *HEADINGS], *([str(n), *row] for n, row in enumerate(rows))], **sheets_of(model)}
        )

    draw()
    return cases


def check_recalculation(cases, folder):
    """Write each live, edit it, let LibreOffice compute all of them, and compare with runs by the edited models."""
    edited = []
    for number, sheets in enumerate(cases):
        source, live = write_sheets(folder / f"source{number}.xlsx", sheets), folder / f"live{number}.xlsx"
        model = scored(source, live, live=True).model
        assert model.hash == load_model(live).hash
        edited.append(edit(live, folder / f"edited{number}.xlsx", new_numbers(model, random.Random(number))))  # noqa: S311
    for number, live in enumerate(recalculated(edited, folder)):
        fresh = folder / f"fresh{number}.xlsx"
        scored(folder / f"source{number}.xlsx", fresh, model=edited[number])
        assert differences(live, fresh) == []


@pytest.mark.skipif(not HAS_SOFFICE, reason="LibreOffice is not installed")
def test_what_a_spreadsheet_computes_after_an_edit_is_what_a_new_run_gives(tmp_path):
    check_recalculation([DECIDED, WARM, *drawn(CI_MODELS)], tmp_path)


@pytest.fixture
def live(tmp_path):
    source = write_sheets(tmp_path / "source.xlsx", DECIDED)
    scored(source, tmp_path / "live.xlsx", live=True)
    return tmp_path / "live.xlsx"


def formulas_of(path, sheet="Results"):
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return {heading: [row[at] for row in rows[1:]] for at, heading in enumerate(rows[0])}


def test_readers_that_compute_nothing_see_the_numbers_of_the_run(live, tmp_path):
    scored(tmp_path / "source.xlsx", tmp_path / "plain.xlsx")

    plain, found = results_of(tmp_path / "plain.xlsx"), results_of(live)

    assert plain == {heading: found[heading] for heading in plain}
    assert found["sum of contributions"] == found["score"]


def test_contributions_point_at_the_model_through_one_sheet(live):
    cells, lines = formulas_of(live), formulas_of(live, "Live model")

    assert cells["contribution: fit: Land"][0].startswith("='Live model'!$F$")
    assert lines["value"][0] == "=IF(ISNUMBER('Scoring'!$D$2),'Scoring'!$D$2,IF('Scoring'!$D$2=\"\",1,3))"
    assert lines["made of"][1] == "Scoring!H2"
    assert not any(str(cell).startswith("=") for cell in cells["reasons"])


def test_headings_say_what_follows_and_what_does_not(live):
    sheet = openpyxl.load_workbook(live)["Results"]
    notes = {cell.value: cell.comment.text for cell in sheet[1] if cell.comment}

    assert "Live: follows" in notes["score"]
    assert "does not follow" in notes["reasons"]
    assert "as of this run" in {row[0].value: row[1].value for row in openpyxl.load_workbook(live)["Run"]}["live"]


def test_a_live_workbook_is_replaced_until_somebody_edits_its_model(live, tmp_path):
    before = live.read_bytes()
    scored(tmp_path / "source.xlsx", live, live=True)
    assert live.read_bytes() == before

    edit(live, live, {load_model(live).criteria[0].cases[0].place: 5})
    with pytest.raises(OutputError, match="a model that was edited since"):
        scored(tmp_path / "source.xlsx", live, live=True)


def test_numbers_of_a_csv_model_become_numbers_that_can_be_followed(tmp_path):
    source = write_csv(tmp_path / "leads.csv", [["Country"], ["FR"], ["DE"]])
    rows = [
        ["Criterion", "Weight", "Field", "Operator", "Value", "Points"],
        ["Land", "50 %", "Country", "is", "FR", "1,5"],
    ]
    model = write_csv(tmp_path / "scoring.csv", rows)

    scored(source, tmp_path / "live.xlsx", model=model, live=True)

    sheet = openpyxl.load_workbook(tmp_path / "live.xlsx")["Scoring"]
    assert [sheet["B2"].value, sheet["F2"].value] == [0.5, 1.5]
    assert load_model(tmp_path / "live.xlsx").hash == load_model(model).hash


def test_in_place_formulas_point_at_the_user_s_own_sheets_and_texts_are_told(tmp_path):
    sheets = {name: [list(row) for row in rows] for name, rows in DECIDED.items()}
    sheets["Scoring"][1][7] = "100"
    source = write_sheets(tmp_path / "source.xlsx", sheets)

    outcome = score_file(Job(source=source, as_of=AS_OF.isoformat(), in_place=True, live=True))

    told = [(str(issue.place), issue.details) for issue in outcome.issues if issue.code == "live-fixed"]
    assert told == [("Scoring!H2", {"count": 1})]
    assert openpyxl.load_workbook(source).sheetnames[: len(sheets)] == list(sheets)
    assert "'Scoring'!$D$2" in formulas_of(source, "Live model")["value"][0]
    score_file(Job(source=source, as_of=AS_OF.isoformat(), in_place=True, live=True))


def test_only_workbooks_can_be_live(tmp_path):
    source = write_sheets(tmp_path / "source.xlsx", DECIDED)
    with pytest.raises(UsageError, match="only a workbook can hold"):
        scored(source, tmp_path / "out.csv", live=True)
    with pytest.raises(UsageError, match="needs the model's sheets in the source"):
        score_file(Job(source=source, model=source, in_place=True, live=True))


if __name__ == "__main__":  # python -m tests.pipeline.test_live 300 FOLDER: as many models as wanted, once
    import sys
    from pathlib import Path

    check_recalculation(drawn(int(sys.argv[1])), Path(sys.argv[2]))
