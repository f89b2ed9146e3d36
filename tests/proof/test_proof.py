"""The proof on models made by hand: what is listed, what is bounded, what is coupled, and what is said."""

from datetime import date

import pytest

from leadscore.model.decisions import Condition, Segment
from leadscore.model.frozen import Bound, ListName
from leadscore.model.model import Case, Criterion, FieldMapping, Kind, Method, Model, NamedList, Policy, Score
from leadscore.pipeline.doubts.exclusions import exclusion_issues, proofs_of
from leadscore.plan.plan import make_plan
from leadscore.scoring.operators import Surroundings
from leadscore.scoring.proof.asks import Asks, Look
from leadscore.scoring.proof.candidates import BOOLEAN_SPELLINGS, candidates
from leadscore.values import booleans

AS_OF = date(2026, 3, 15)


def case(operator, *operands, points=0.0):
    return Case(operator=operator, operands=operands, points=points)


def criterion(field, *cases, kind=Kind.POTENTIAL, **more):
    return Criterion(
        name=more.pop("name", f"{kind} {field}"),
        kind=kind,
        weight=more.pop("weight", 1.0),
        field=field,
        cases=cases,
        score=more.pop("score", "score"),
        **more,
    )


def excluding(field, *cases, **more):
    return criterion(field, *cases, kind=Kind.EXCLUSION, **more)


def model_of(*criteria, **more):
    score = more.pop("score", Score(name="score", method=more.pop("method", Method.MEAN)))
    return Model(scores=more.pop("scores", (score,)), criteria=criteria, **more)


def codes(model):
    plan = make_plan(model, None, AS_OF)
    return [issue.code for issue in exclusion_issues(plan, proofs_of(plan))]


def range_of(model):
    return proofs_of(make_plan(model, None, AS_OF))[model.scores[0].name].range()


BAD = case("is", "yes", points=-100.0)


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize(("most", "expected"), [(99.0, []), (100.0, ["exclusion-too-weak"])])
def test_an_exclusion_has_to_outweigh_the_rest(method, most, expected):
    model = model_of(criterion("Budget", case("is not blank", points=most)), excluding("Bad", BAD), method=method)

    assert codes(model) == expected


def test_a_mean_of_just_below_half_a_digit_shows_as_0():
    weak = model_of(criterion("Budget", case("is not blank", points=99.92)), excluding("Bad", BAD))
    firm = model_of(criterion("Budget", case("is not blank", points=99.9)), excluding("Bad", BAD))

    assert (codes(weak), codes(firm)) == (["exclusion-too-weak"], [])


def test_weights_left_out_make_others_weigh_more():
    # Without the blank budget, 100 of 2 points count: (-100 + 90) / 2 < 0; the skipped weight cannot lift it.
    skip = criterion("Budget", Case(operator="is blank", points=None), case("is not blank", points=-500.0), weight=9.0)
    plus = criterion("Country", case("is", "FR", points=90.0))

    assert codes(model_of(skip, plus, excluding("Bad", BAD))) == []
    assert (
        codes(model_of(skip, plus, plus.model_copy(update={"field": "City", "name": "c"}), excluding("Bad", BAD))) != []
    )


def test_one_field_decides_for_all_its_criteria():
    same = criterion("Bad", case("is", "no", points=300.0))
    other = criterion("Good", case("is", "no", points=300.0))

    assert codes(model_of(same, excluding("Bad", BAD))) == []
    assert codes(model_of(other, excluding("Bad", BAD))) == ["exclusion-too-weak"]


def test_a_score_that_cannot_rise_above_0_is_guaranteed():
    plus = criterion("Good", case("is", "no", points=300.0))

    for maximum, unless, expected in (
        (-1.0, "", []),
        (0.0, "", ["exclusion-too-weak"]),
        (-1.0, "Big", ["exclusion-too-weak"]),
    ):
        score = Score(name="score", maximum=maximum, cap_unless_segment=unless)
        big = Segment(name="Big", conditions=(Condition(field="Good", operator="is not blank"),))
        assert codes(model_of(plus, excluding("Bad", BAD), score=score, segments=(big,))) == expected


def test_segments_that_exclude_each_other_are_told_apart():
    small = Segment(name="Small", conditions=(Condition(field="Size", operator="<", operands=(Bound(number=10),)),))
    large = Segment(name="Large", conditions=(Condition(field="Size", operator=">=", operands=(Bound(number=10),)),))
    plus = criterion("Good", case("is", "no", points=300.0), segment="Small")

    assert codes(model_of(plus, excluding("Bad", BAD, segment="Large"), segments=(small, large))) == []
    assert codes(model_of(plus, excluding("Bad", BAD, segment="Small"), segments=(small, large))) != []


def test_a_lead_out_of_a_segment_is_kept_out_by_one_of_its_fields():
    both = Segment(
        name="Both",
        conditions=(
            Condition(field="Good", operator="is", operands=("no",)),
            Condition(field="Size", operator="is", operands=("big",)),
        ),
    )
    plus = [criterion("Good", case("is", "no", points=70.0)), criterion("Size", case("is", "big", points=70.0))]
    minus = criterion("", case("in segment", "Both", points=-50.0), name="both")

    assert codes(model_of(*plus, minus, excluding("Bad", BAD), segments=(both,))) == []
    weaker = minus.model_copy(update={"cases": (case("in segment", "Both", points=-40.0),)})
    assert codes(model_of(*plus, weaker, excluding("Bad", BAD), segments=(both,))) == ["exclusion-too-weak"]


def test_very_many_segments_are_bounded():
    names = [f"S{number}" for number in range(14)]
    segments = tuple(
        Segment(name=name, conditions=(Condition(field=f"F{name}", operator="is not blank"),)) for name in names
    )
    plus = [criterion("", case("in segment", name, points=10.0), name=name) for name in names]
    applies = criterion("Good", case("is", "no", points=10.0), segment="S3")

    assert codes(model_of(*plus, applies, excluding("Bad", case("is", "yes", points=-151.0)), segments=segments)) == []
    assert codes(model_of(*plus, applies, excluding("Bad", case("is", "yes", points=-149.0)), segments=segments)) == [
        "exclusion-too-weak"
    ]


def test_a_segment_without_conditions_holds_everybody():
    everybody = Segment(name="All", conditions=())
    minus = criterion("", case("not in segment", "All", points=300.0), name="none")

    assert codes(model_of(minus, excluding("Bad", BAD), segments=(everybody,))) == []


@pytest.mark.parametrize(
    ("tests", "are_all"),
    [
        ([("is", "5"), (">", Bound(number=3))], True),
        ([("contains", "a"), ("is", "b"), ("has word", "yes")], True),
        ([("matches", "a|b")], False),
        ([("contains", "a"), (">", Bound(number=3))], False),
        ([(">", Bound(day=AS_OF)), (">", Bound(number=3))], False),
        ([("contains", "a"), ("is", "5")], False),
        ([("in list", ListName(list_name="Odd"))], False),
        ([("contains", *(f"p{number}q" for number in range(3)))], True),
        ([("contains", f"w{number}") for number in range(11, 23)], False),
        ([("contains", "".join(chr(point) for point in range(97, 123)) + "жщi")], True),
        ([("has word", "xzqjkwvyuhgbfpmdclnrtsoaeiжщ")], False),
    ],
)
def test_which_fields_can_be_listed(tests, are_all):
    around = Surroundings(AS_OF, {"odd": frozenset({"1.5"})}, "day-month")
    asked = tuple(case(operator, *operands) for operator, *operands in tests)

    assert candidates(Asks(Look("Qa"), asked, around)).are_all is are_all


@pytest.mark.parametrize("kind", ["number", "date", "boolean", "country"])
def test_a_type_adds_values_of_its_own_and_forbids_parts(kind):
    around = Surroundings(AS_OF, {}, "day-month")

    assert candidates(Asks(Look("Qa", kind), (case("is", "FR"),), around)).are_all
    assert not candidates(Asks(Look("Qa", kind), (case("contains", "FR"),), around)).are_all
    assert candidates(Asks(Look("Qa", kind), (case(">", Bound(number=3)),), around)).are_all is (kind == "number")


def test_long_lists_come_down_to_what_cases_tell_apart():
    many = frozenset(f"d{number}.com" for number in range(5000))
    around = Surroundings(AS_OF, {"many": many, "few": frozenset({"d7.com", "mail.d8.com", "5", "yes"})}, "day-month")
    asked = (case("in list", ListName(list_name="Many")), case("in list", ListName(list_name="Few")))

    found = candidates(Asks(Look("Qa"), asked, around))

    assert found.are_all
    assert len(found.texts) < 60
    assert {"d7.com", "mail.d8.com", "5.0", "oui"} <= set(found.texts)


def test_every_spelling_of_yes_and_no_is_known():
    assert set(BOOLEAN_SPELLINGS) == set(booleans._SPELLINGS)


def test_values_that_mean_blank_are_none():
    model = model_of(
        criterion("Good", case("is", "n/a", points=300.0)),
        excluding("Bad", BAD),
        fields=(FieldMapping(field="Good", blank_values=("n/a",)),),
    )

    assert codes(model) == []


def test_ambiguous_texts_are_read_in_every_way():
    day = criterion("Day", case("is", "01/03/2026", points=60.0), case(">", Bound(day=date(2026, 2, 1)), points=1.0))
    later = criterion("Day", case(">", Bound(day=date(2026, 2, 1)), points=60.0), name="later")
    number = criterion("Size", case("is", "1.500", points=1.0), name="n")
    over = criterion("Size", case(">", Bound(number=1000), points=60.0), name="o")

    assert codes(model_of(day, later, excluding("Bad", case("is", "yes", points=-119.0)))) != []
    assert codes(model_of(number, over, excluding("Bad", case("is", "yes", points=-59.0)))) != []


def test_sums_of_many_cases_are_bounded():
    cases = [case("matches", f"p{number}", points=10.0 if number % 2 else -10.0) for number in range(12)]
    many = criterion("Title", *cases, policy=Policy.SUM)

    assert codes(model_of(many, excluding("Bad", case("is", "yes", points=-61.0)))) == []
    assert codes(model_of(many, excluding("Bad", case("is", "yes", points=-59.0)))) != []
    itself = excluding("Title", *cases, policy=Policy.SUM)
    assert codes(model_of(itself, criterion("Good", case("is", "no", points=5.0)))) != []


def test_the_range_of_kept_leads():
    model = model_of(
        criterion("Good", case("is", "no", points=40.0), case("otherwise", points=-20.0)),
        excluding("Bad", BAD, case("otherwise", points=20.0)),
    )

    assert range_of(model) == (-10.0, 30.0)
    assert range_of(model.model_copy(update={"scores": (Score(name="score", method=Method.SUM),)})) == (-20.0, 60.0)
    clamped = Score(name="score", method=Method.SUM, minimum=0.0, maximum=50.0)
    assert range_of(model.model_copy(update={"scores": (clamped,)})) == (0.0, 50.0)
    nothing = model_of(criterion("Good", case("is", "no", points=40.0), weight=0.0))
    assert str(range_of(nothing)) == "(nan, nan)"


def test_an_exclusion_of_several_scores_is_told_once_for_the_worst():
    model = model_of(
        criterion("Good", case("is", "no", points=120.0), score="fit"),
        criterion("Fine", case("is", "no", points=150.0), score="warm"),
        excluding("Bad", BAD, score=""),
        scores=(Score(name="fit"), Score(name="warm")),
    )
    plan = make_plan(model, None, AS_OF)

    (issue,) = exclusion_issues(plan, proofs_of(plan))
    assert issue.details["score"] == "warm"
    assert issue.details["points"] == -151


def test_a_criterion_about_segments_can_exclude():
    inside = Segment(name="Out", conditions=(Condition(field="Size", operator="is", operands=("x",)),))
    out = excluding("", case("in segment", "Out", points=-50.0), name="out")
    plus = criterion("Good", case("is", "no", points=60.0))
    where = criterion("Size", case("is", "x", points=-20.0))

    assert codes(model_of(out, plus, segments=(inside,))) == ["exclusion-too-weak"]
    assert codes(model_of(out, plus, where, segments=(inside,))) == []
    assert range_of(model_of(out, plus, where, segments=(inside,))) == (0.0, 20.0)


def test_lists_of_the_model_are_used():
    model = model_of(
        criterion("Good", case("in list", ListName(list_name="Fine"), points=300.0)),
        excluding("Good", case("in list", ListName(list_name="Bad"), points=-100.0), name="bad"),
        lists=(NamedList(name="Fine", entries=("acme.com",)), NamedList(name="Bad", entries=("mail.acme.com",))),
    )

    assert codes(model) == ["exclusion-too-weak"]


def points_of(model):
    plan = make_plan(model, None, AS_OF)
    return [issue.details["points"] for issue in exclusion_issues(plan, proofs_of(plan))]


def test_the_points_that_would_do():
    plus = criterion("Good", case("is", "no", points=60.0))
    cases = (case("is", "yes", points=-5.0), case("is", "oui", points=-7.0), case("is", "z", points=10.0))

    assert points_of(model_of(plus, excluding("Bad", *cases))) == [-61]
    assert points_of(model_of(plus, excluding("Bad", *cases, policy=Policy.MAX))) == [-61]
    assert points_of(model_of(plus, excluding("Bad", *cases, policy=Policy.SUM))) == [-71]
    assert points_of(model_of(plus, excluding("Bad", *cases, policy=Policy.SUM, maximum=-1.0))) == [-61]
    assert points_of(model_of(plus, excluding("Bad", *cases, weight=0.0))) == [None]
    assert points_of(model_of(plus, excluding("Bad", *cases, weight=2.0))) == [-31]


def test_columns_of_a_step_are_bound_to_each_other_even_where_patterns_ask():
    bad = excluding("email_validity", case("is", "fail", points=-50.0))
    free = criterion("email_type", case("is", "free", points=60.0))
    domain = criterion("email_domain", case("matches", "acme", points=60.0), name="domain")

    assert codes(model_of(bad, free)) == []
    assert codes(model_of(bad, domain)) == ["exclusion-too-weak"]


def test_an_other_text_is_none_that_is_asked_for():
    around = Surroundings(AS_OF, {}, "day-month")
    asked = (case("is", "something else"),)

    assert candidates(Asks(Look("Qa"), asked, around)).texts == ("", "something else", "something else again")
