"""Why a score changed: the model, the clock, the data, a decision; added up, the change."""

import math
import re
import tempfile
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadscore.model.decisions import Override
from leadscore.model.model import NamedList
from leadscore.pipeline.past.changes import CAUSES
from leadscore.reference import versions
from leadscore.state.lead_records import forget_old
from leadscore.state.run_records import RunRecord, begin_run
from leadscore.state.store import open_state
from tests.past.runs import Past
from tests.scoring.models import model_of
from tests.scoring.random_models import AS_OF, leads, models

DAY = date(2026, 3, 15)
HEADINGS = ["Criterion", "Field", "Operator", "Value", "Points"]
SCORING = [
    HEADINGS,
    ["Country", "Country", "is", "FR", 30],
    ["Budget", "Budget", ">=", 1000, 50],
    ["Recent", "Seen", "within days", 10, 20],
    ["Mail", "email_type", "is", "free", -10],
]
TABLES = ("runs", "leads", "changes")
SUM = [["Score", "Method"], ["fit", "sum"]]
ANN = {"Id": "A1", "E-mail": "ann@acme.fr", "Country": "FR", "Budget": "5000", "Seen": "2026-03-10"}
BOB = {"Id": "B2", "E-mail": "bob@gmail.com", "Country": "BE", "Budget": "", "Seen": ""}
MODEL = model_of({"Scoring": SCORING, "Scores": SUM})


def parts_of(changes, place=0):
    return {cause: float(changes.parts[cause][place]) for cause in CAUSES if changes.parts[cause][place]}


def with_points(points):
    return model_of({"Scoring": [*SCORING[:-1], [*SCORING[-1][:-1], points]], "Scores": SUM})


def overridden(model, lead, number):
    override = Override(lead=lead, score="", number=number, reason="known to us")
    return model.model_copy(update={"overrides": (override,)})


# One cause alone ------------------------------------------------------------------------------------------------------


def test_the_first_run_has_nothing_to_compare(past):
    changes = past.run([ANN, BOB], MODEL, DAY)

    assert changes.causes == ["", ""]
    assert np.isnan(changes.previous).all()
    assert np.isnan(changes.change).all()


def test_nothing_changed_has_no_cause(past):
    past.run([ANN, BOB], MODEL, DAY)
    changes = past.run([ANN, BOB], MODEL, DAY)

    assert changes.causes == ["", ""]
    assert changes.previous.tolist() == [100, -10]
    assert changes.change.tolist() == [0, 0]


def test_other_points_are_the_model(past):
    past.run([ANN, BOB], MODEL, DAY)
    changes = past.run([ANN, BOB], with_points(-25), DAY)

    assert changes.causes == ["", "model -15"]


def test_another_day_is_the_clock(past):
    past.run([ANN, BOB], MODEL, DAY)
    changes = past.run([ANN, BOB], MODEL, DAY + timedelta(days=30))

    assert changes.causes == ["clock -20", ""]


def test_an_edited_cell_is_the_data(past):
    past.run([ANN, BOB], MODEL, DAY)
    changes = past.run([ANN | {"Budget": "10"}, BOB], MODEL, DAY)

    assert changes.causes == ["data -50", ""]


def test_a_persons_decision_is_an_override_and_so_is_its_end(past):
    past.run([ANN, BOB], MODEL, DAY)
    decided = past.run([ANN, BOB], overridden(MODEL, "A1", 7.0), DAY)
    undone = past.run([ANN, BOB], MODEL, DAY)

    assert decided.causes == ["override -93", ""]
    assert undone.causes == ["override +93", ""]


def test_all_at_once_are_told_apart_the_largest_first(past):
    past.run([ANN, BOB], MODEL, DAY)
    later = DAY + timedelta(days=30)
    changes = past.run([ANN | {"E-mail": "ann@gmail.com"}, BOB | {"Budget": "9000"}], with_points(-25), later)

    assert changes.causes == ["data -25; clock -20", "data +50; model -15"]


def test_a_list_of_the_model_that_makes_other_columns_is_the_model(past):
    own = MODEL.model_copy(update={"lists": (NamedList(name="Free mail domains", entries=("acme.fr",)),)})
    past.run([ANN, BOB], MODEL, DAY)
    changes = past.run([ANN, BOB | {"Country": "FR"}], own, DAY)

    assert changes.causes == ["model -10", "data +30"]


def test_a_column_of_the_day_is_the_clock():
    scoring = [HEADINGS, ["Old", "lead_age_days", ">", 30, -40]]
    model = model_of({"Scoring": scoring, "Scores": SUM})
    lead = {"Id": "A1", "Created": "2026-03-01"}
    with state() as past:
        past.run([lead], model, DAY)
        aged = past.run([lead], model, DAY + timedelta(days=60))
        touched = past.run([lead | {"Created": "2026-05-10"}], model, DAY + timedelta(days=60))

    assert aged.causes == ["clock -40"]
    assert touched.causes == ["data +40"]


def test_new_reference_data_are_named_where_they_make_something_else(past):
    old = versions() | {"free_mail_domains": "2020-01-01, 0"}
    past.run([ANN, BOB | {"E-mail": "bob@acme.be"}], MODEL, DAY, reference=old)
    past.connection.execute("UPDATE leads SET fields = replace(fields, 'professional', 'free'), machine = machine - 10")
    past.connection.execute("UPDATE leads SET score = machine")
    changes = past.run([ANN, BOB | {"E-mail": "bob@acme.be"}], MODEL, DAY)

    assert re.fullmatch(r"data \(new free_mail_domains \d{4}-\d\d-\d\d\) \+10", changes.causes[0])
    assert changes.causes[1] == changes.causes[0]


def test_a_criterion_that_asks_for_a_new_column_is_the_model(past):
    wider = model_of({"Scoring": [*SCORING, ["Name", "Name", "is not blank", "", 5]], "Scores": SUM})
    past.run([ANN | {"Name": "Ann"}], MODEL, DAY)
    changes = past.run([ANN | {"Name": "Ann"}], wider, DAY)

    assert changes.causes == ["model +5"]


def test_a_criterion_that_begins_on_a_day_is_the_clock(past):
    dated = [[*HEADINGS, "From"], *([*row, ""] for row in SCORING[1:-1]), [*SCORING[-1], date(2026, 3, 20)]]
    model = model_of({"Scoring": dated, "Scores": SUM})
    past.run([BOB], model, DAY)
    changes = past.run([BOB], model, date(2026, 3, 20))

    assert changes.causes == ["clock -10"]


def test_how_a_column_writes_numbers_is_remembered_whatever_other_leads_come(past):
    undecided = BOB | {"Budget": "1.500"}
    past.run([undecided], MODEL, DAY)
    decided = past.run([undecided, ANN | {"Budget": "1,234.56"}], with_points(-10.0), DAY)

    assert parts_of(decided).keys() <= {"data"}


def test_a_score_that_comes_or_goes_says_what_made_it_without_a_number(past):
    skipping = [[*HEADINGS], ["Budget", "Budget", "is blank", "", "skip"], ["Budget", "Budget", ">=", 1000, 50]]
    model = model_of({"Scoring": skipping})
    past.run([ANN, BOB], model, DAY)
    changes = past.run([ANN | {"Budget": ""}, BOB | {"Budget": "5000"}], model, DAY)

    assert changes.causes == ["data", "data"]
    assert np.isnan(changes.change).all()


# What leads did ------------------------------------------------------------------------------------------------------

BEHAVIOURS = [
    ["Score", "Behaviour", "Activity", "Points", "Decay", "Decay days"],
    ["fit", "Demo", "Demo", 40, "linear", 40],
    ["fit", "Opened", "Mail opened", 5, "none", ""],
]
DEMO = {"Lead": "A1", "Activity": "Demo", "Date": "2026-03-05"}
MAIL = {"Lead": "A1", "Activity": "Mail opened", "Date": "2026-03-14"}


def warm(points=40, extra=()):
    behaviours = [BEHAVIOURS[0], [*BEHAVIOURS[1][:3], points, *BEHAVIOURS[1][4:]], *BEHAVIOURS[2:]]
    return model_of({"Scoring": [*SCORING, *extra], "Scores": SUM, "Behaviours": behaviours})


def test_decay_is_the_clock_an_activity_the_data_and_its_points_the_model(past):
    past.run([ANN, BOB], warm(), DAY, activities=[DEMO])
    aged = past.run([ANN, BOB], warm(), DAY + timedelta(days=2), activities=[DEMO])
    opened = past.run([ANN, BOB], warm(), DAY + timedelta(days=2), activities=[DEMO, MAIL])
    dearer = past.run([ANN, BOB], warm(80), DAY + timedelta(days=2), activities=[DEMO, MAIL])

    assert aged.causes == ["clock -2", ""]
    assert opened.causes == ["data +5", ""]
    assert dearer.causes == ["model +28", ""]


def test_with_activities_all_at_once_are_told_apart(past):
    past.run([ANN, BOB], warm(), DAY, activities=[DEMO])
    changes = past.run([ANN | {"Budget": "10"}, BOB], warm(80), DAY + timedelta(days=2), activities=[DEMO])

    assert changes.causes == ["data -50; model +30; clock -4", ""]


def test_a_field_of_activities_that_ages_is_the_clock(past):
    quiet = warm(0, extra=[["Quiet", "days_since_last_activity", ">", 30, -7]])
    past.run([ANN], quiet, DAY, activities=[DEMO])
    changes = past.run([ANN], quiet, DAY + timedelta(days=60), activities=[DEMO])

    assert changes.causes == ["clock -27"]


# Who is who -----------------------------------------------------------------------------------------------------------


def test_leads_are_found_again_whatever_their_order_and_headings(past):
    past.run([ANN, BOB], MODEL, DAY)
    changes = past.run([BOB, {"Id": "C3"}, ANN], MODEL, DAY)

    assert [*changes.previous[[0, 2]]] == [-10, 100]
    assert math.isnan(changes.previous[1])
    assert changes.places[1] == -1


def test_without_an_id_the_address_tells_however_it_is_written(past):
    ann, bob = ({name: cell for name, cell in lead.items() if name != "Id"} for lead in (ANN, BOB))
    past.run([ann, bob], MODEL, DAY)
    changes = past.run([bob | {"E-mail": " BOB@gmail.com"}, ann | {"E-mail": "<ann@acme.fr>"}], MODEL, DAY)

    assert changes.previous.tolist() == [-10, 100]


def test_leads_that_share_an_address_keep_their_scores_when_rows_are_sorted(past):
    rows = [{"E-mail": "team@acme.fr", "Country": "FR", "Budget": str(budget), "Seen": ""} for budget in (10, 5000, 20)]
    past.run(rows, MODEL, DAY)
    changes = past.run(rows[::-1], MODEL, DAY)

    assert changes.change.tolist() == [0, 0, 0]


def test_an_id_that_reads_like_the_second_of_another_is_its_own(past):
    rows = [ANN | {"Id": name, "Budget": budget} for name, budget in (("A", "9"), ("A #2", "8"), ("A", "7"))]

    assert sorted(past.run(rows, MODEL, DAY).keys) == ["id a", "id a #2", "id a #3"]


def test_leads_without_id_and_address_are_nobody(past):
    nobody = {name: "" if name in ("Id", "E-mail") else cell for name, cell in ANN.items()}
    past.run([nobody, ANN], MODEL, DAY)
    changes = past.run([nobody, ANN], MODEL, DAY)

    assert changes.keys == ["", "id a1"]
    assert math.isnan(changes.previous[0])


def test_a_sheet_without_ids_and_addresses_is_nobodys_every_time(past):
    nobody = {name: cell for name, cell in ANN.items() if name not in ("Id", "E-mail")}
    model = model_of({"Scoring": SCORING[:-1], "Scores": SUM})
    past.run([nobody], model, DAY)
    changes = past.run([nobody], model, DAY + timedelta(days=30))

    assert (changes.keys, changes.causes) == ([""], [""])


def test_a_lead_that_was_gone_is_compared_with_its_last_score(past):
    past.run([ANN, BOB], MODEL, DAY)
    past.run([ANN], with_points(-25), DAY)
    changes = past.run([ANN, BOB], with_points(-25), DAY)

    assert changes.previous.tolist() == [100, -10]
    assert changes.causes == ["", "data -15"]


def test_no_address_is_in_the_state_and_what_gone_leads_held_goes(past):
    past.run([{"E-mail": "ann@acme.fr", **{name: ANN[name] for name in ("Country", "Budget", "Seen")}}], MODEL, DAY)
    assert "acme" not in "\n".join(past.connection.iterdump())

    past.run([BOB], MODEL, DAY)
    assert [row[0] == "" for row in past.connection.execute("SELECT fields FROM leads ORDER BY run")] == [True, False]


def test_what_is_old_goes_but_for_the_last_run_and_its_leads(past):
    past.run([ANN, BOB], MODEL, DAY)
    past.run([ANN], MODEL, DAY)
    past.run([ANN | {"Budget": "10"}], MODEL, DAY)
    begin_run(past.connection, RunRecord("out.xlsx", "scored", "2026-03-01T00:00:00+00:00", exit_code=4))

    def left(day):
        forget_old(past.connection, f"{day}T00:00:00+00:00")
        return [past.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in TABLES]  # noqa: S608

    assert left("2026-03-30") == [4, 2, 3]
    assert left("2026-04-02") == [3, 1, 2]
    assert left("2029-01-01") == [1, 1, 0]


# Laws -----------------------------------------------------------------------------------------------------------------


@contextmanager
def state():
    with tempfile.TemporaryDirectory() as folder, open_state(Path(folder) / "state.db") as connection:
        yield Past(connection)


def sheet(rows):
    return pd.DataFrame([{"Id": f"L{place}"} | row for place, row in enumerate(rows)], dtype=object)


days = st.sampled_from([AS_OF, AS_OF, AS_OF + timedelta(days=1), AS_OF + timedelta(days=40)])
overrides = st.sampled_from([None, None, ("L0", 12.5), ("L1", -3.0)])
runs = st.tuples(leads, models(), days, overrides)


def run_of(past, rows, model, day, override):
    return past.run(sheet(rows), overridden(model, *override) if override else model, day)


@settings(deadline=None)
@given(runs, runs)
def test_the_causes_add_up_to_the_change_of_every_lead(first, second):
    with state() as past:
        run_of(past, *first)
        changes = run_of(past, *second)

    known = ~np.isnan(changes.change)
    finite = {cause: np.nan_to_num(part)[known] for cause, part in changes.parts.items()}
    added = sum(finite.values())
    assert added == pytest.approx(changes.change[known], abs=1e-9)
    assert all(bool(said) == any(finite[cause][place] for cause in CAUSES) for place, said in kept(changes, known))


def kept(changes, known):
    return enumerate(said for said, is_known in zip(changes.causes, known, strict=True) if is_known)


@settings(deadline=None)
@given(runs, models(), leads, st.sampled_from(CAUSES))
def test_a_change_of_one_kind_only_has_that_cause_only(run, other_model, other_leads, cause):
    rows, model, day, _ = run
    anew = {
        "model": (rows, other_model, day, None),
        "clock": (rows, model, day + timedelta(days=17), None),
        "data": (other_leads, model, day, None),
        "override": (rows, model, day, ("L0", 77.0)),
    }
    with state() as past:
        run_of(past, rows, model, day, None)
        changes = run_of(past, *anew[cause])

    for other in set(CAUSES) - {cause}:
        assert not np.nan_to_num(changes.parts[other]).any(), other
