"""The proof of exclusions against trying every lead: nothing guaranteed has a counterexample, no warning is empty."""

import os

import pandas as pd
from hypothesis import given, settings

from leadscore.issues import Place
from leadscore.pipeline.doubts.exclusions import exclusion_issues, proofs_of
from leadscore.pipeline.line import score_leads
from leadscore.plan.plan import make_plan
from leadscore.scoring.proof.lifts import is_unlimited
from tests.laws import examples
from tests.proof.random_behaviours import activities_of, warm_models
from tests.proof.random_exclusions import AS_OF, FIELDS, models

EXHAUSTIVE = int(os.environ.get("LEADSCORE_EXAMPLES", "0"))  # LEADSCORE_EXAMPLES=5000 to try for longer


def placed(model):
    """The model with a place in every criterion and case, as one that was read has."""
    criteria = tuple(
        criterion.model_copy(
            update={
                "place": Place("Scoring", 10 * row, "A"),
                "cases": tuple(
                    case.model_copy(update={"place": Place("Scoring", 10 * row + number + 1, "G")})
                    for number, case in enumerate(criterion.cases)
                ),
            }
        )
        for row, criterion in enumerate(model.criteria, start=1)
    )
    return model.model_copy(update={"criteria": criteria})


def doubts(model):
    plan = make_plan(model, None, AS_OF)
    return plan, exclusion_issues(plan, proofs_of(plan))


def survivors(model, leads, activities=None):
    """Criterion -> the rows that it excludes and whose score is 0 or more."""
    table = score_leads(leads, model, activities=activities, as_of=AS_OF).table
    found = {}
    for row, (names, score) in enumerate(zip(table["excluded_by"], table["score"], strict=True)):
        for name in names.split("; ") if names and score >= 0 else ():
            found.setdefault(name, []).append(row)
    return found


def shows(issue, model):
    """Whether the lead of a warning is excluded and scores 0 or more. It has a name: a row of blanks is no lead."""
    cells = {source.columns[0]: text for source, text in issue.details["cells"].items()}
    lead = pd.DataFrame([{**dict.fromkeys(FIELDS, ""), **cells, "Name": "Ann", "Id": "A"}], dtype=object)
    done = [("A", deed.activity, deed.age, deed.count) for deed in issue.details["deeds"]]
    row = score_leads(lead, model, activities=activities_of(done), as_of=AS_OF).table.iloc[0]
    excluding = row["excluded_by"].split("; ")
    return row["score"] >= 0 and (issue.code == "exclusion-floored" or issue.value in excluding)


def mended(model, issues):
    """The model with the points that each warning suggests."""
    criteria = list(model.criteria)
    for issue in issues:
        points = issue.details.get("points")
        place = next(place for place, one in enumerate(criteria) if one.name == issue.value)
        if points is not None:
            criteria[place] = with_points(criteria[place], issue, float(points))
    return model.model_copy(update={"criteria": tuple(criteria)})


def with_points(criterion, issue, points):
    """As the remedy says: in one cell, in each case with negative points, as its Max; as its Min too if it says so."""
    update = {}
    if "as its Max" in issue.advice:
        update["maximum"] = points
    else:
        each = "each of its cases" in issue.advice
        update["cases"] = tuple(
            case.model_copy(update={"points": points})
            if case.place == issue.place or (each and case.points is not None and case.points < 0)
            else case
            for case in criterion.cases
        )
    if criterion.minimum is not None and criterion.minimum > points:
        assert "as its Min" in issue.advice
        update["minimum"] = points
    return criterion.model_copy(update=update)


def check(drawn):
    model, leads = placed(drawn[0]), drawn[1:]
    issues = doubts(model)[1]
    doubted = {issue.value for issue in issues}
    floored = "exclusion-floored" in {issue.code for issue in issues}
    for name, rows in survivors(model, *leads).items():
        assert floored or name in doubted, (name, leads[0].iloc[rows[0]].to_dict())
    for issue in issues:
        assert issue.code == "exclusion-undecided" or shows(issue, model), str(issue)
    remedied = [issue for issue in issues if issue.details.get("points") is not None]
    for issue in doubts(mended(model, remedied))[1]:
        assert issue.value not in {one.value for one in remedied}, str(issue)


@(settings(max_examples=EXHAUSTIVE) if EXHAUSTIVE else examples(60))
@given(models())
def test_nothing_guaranteed_has_a_counterexample_every_warning_has_a_lead_and_its_points_would_do(drawn):
    check(drawn)


@(settings(max_examples=EXHAUSTIVE) if EXHAUSTIVE else examples(40))
@given(warm_models())
def test_so_it_is_with_behaviours(drawn):
    check(drawn)


MAX = 50.0


@(settings(max_examples=EXHAUSTIVE) if EXHAUSTIVE else examples(40))
@given(warm_models())
def test_with_a_max_for_behaviours_without_limit_the_points_that_a_warning_says_would_do(drawn):
    model = placed(drawn[0])
    unlimited = [row for row in model.behaviours if is_unlimited(row)]
    limited = {"behaviours": tuple(with_max(row) if row in unlimited else row for row in model.behaviours)}
    issues = [issue for issue in doubts(model)[1] if "points_but_max" in issue.details]
    for issue in issues:
        criterion = next(row for row in model.criteria if row.name == issue.value)
        points = issue.details["points_but_max"] - MAX * len(unlimited) / criterion.weight
        issue.details["points"] = points
    for issue in doubts(mended(model.model_copy(update=limited), issues))[1]:
        assert issue.value not in {one.value for one in issues}, str(issue)


def with_max(behaviour):
    return behaviour.model_copy(update={"maximum": MAX})
