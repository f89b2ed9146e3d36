"""Random models and leads: every operator, policy, Min and Max, skip, weight 0, several scores, exclusions, bands,
and segments in every place where a model may name one.
"""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from leadscore.model.decisions import Condition, Segment
from leadscore.model.frozen import Bound, ListName, Range
from leadscore.model.model import Band, Case, Criterion, Kind, Method, Model, NamedList, Policy, Score, Settings
from leadscore.model.operators import EXACT, FAMILIES, SEGMENT_OPERATORS, Family

AS_OF = date(2026, 3, 15)
HEADINGS = ("Qa", "Qb", "Qc", "Phone")  # the first three name no field, so that each is read as written
FIELDS = (*HEADINGS, "phone_validity")
SEGMENTS = ("Big", "Odd")
VERDICTS = ("ok", "fail", "unknown")
LISTS = {"Rivals": ("rival.com", "Bé", "6"), "Empty": ()}
CELLS = (
    *("", "", "FR", "bé", "BE ", "Head of sales", "Headhunter", "head", "n/a", "unknown"),
    *("06", "6", "6.0", "1,5", "1.50", "10", "100", "5-15", "15k€", "-3", "1E5", "1.500", "50 %", "0"),
    *("yes", "oui", "0", "no", "rival.com", "mail.rival.com", "notrival.com"),
    *("2026-03-15", "15/03/2026", "2026-03-10", "2026-04-01", "01/03/2026", "1er mars 2026", "1999-12-31"),
    *(6, 0, -3, 1.5, 1234.5, 0.125, True, None, date(2026, 3, 10), datetime(2026, 3, 1, 14, 30)),  # noqa: DTZ001
)
PHONES = ("", "+33 6 47 31 82 95", "06 47 31 82 95", "+33 1", "2026-03-15")

points = st.sampled_from([-100.0, -10.0, -2.5, -1.0, 0.0, 0.5, 1.0, 7.0, 33.0, 50.0, 100.0])
weights = st.sampled_from([0.0, 0.5, 1.0, 1.0, 2.0, 2.5, 3.0])
texts = st.sampled_from(
    ["fr", "Be", "head", "of", "6", "06", "1.5", "yes", "no", "ok", "fail", "unknown", "2026-03-15"]
)
bounds = st.sampled_from([-3.0, 0.0, 1.5, 6.0, 10.0, 100.0]).map(lambda number: Bound(number=number)) | st.sampled_from(
    [date(2026, 3, 1), date(2026, 3, 15), date(2026, 4, 1)]
).map(lambda day: Bound(day=day))
list_names = st.sampled_from(sorted(LISTS)).map(lambda name: ListName(list_name=name))


@st.composite
def ranges(draw):
    """Every end of one case is a number, or every end a day."""
    ends = draw(
        st.lists(bounds, min_size=2, max_size=2).filter(lambda pair: (pair[0].day is None) == (pair[1].day is None))
    )
    low, high = sorted(ends, key=lambda bound: bound.number if bound.day is None else bound.day)
    return Range(low=low, high=high, open_end=draw(st.booleans()))


OPERANDS = {
    Family.TEXT: st.lists(texts | list_names, min_size=1, max_size=3).map(tuple),
    Family.PATTERN: st.sampled_from([("head|fr",), (r"^\d+$",), ("é", "o"), (r"\bof\b",)]),
    Family.RANGE: ranges().map(lambda limits: (limits,)),
    Family.BOUND: bounds.map(lambda bound: (bound,)),
    Family.DAYS: st.sampled_from([(0,), (5,), (14,), (30,)]),
    Family.LIST: st.lists(list_names, min_size=1, max_size=2).map(tuple),
    Family.NOTHING: st.just(()),
}


@st.composite
def any_test(draw):
    """An operator that looks at a field, and its values."""
    operator = draw(st.sampled_from(sorted(set(FAMILIES) - SEGMENT_OPERATORS)))
    return {"operator": operator, "operands": draw(OPERANDS[FAMILIES[operator]])}


@st.composite
def segments(draw):
    """None mostly; else both, so that any part of a model may name either."""
    rows = st.builds(
        lambda field, test: possible(Condition(field=field, **test), field), st.sampled_from(FIELDS), any_test()
    )
    names = draw(st.sampled_from([(), SEGMENTS]))
    return tuple(Segment(name=name, conditions=tuple(draw(st.lists(rows, min_size=1, max_size=2)))) for name in names)


@st.composite
def cases_of_segments(draw):
    operator = draw(st.sampled_from(["in segment", "not in segment", "in segment", "otherwise"]))
    names = draw(st.lists(st.sampled_from(SEGMENTS), min_size=1, max_size=2, unique=True))
    return Case(operator=operator, operands=() if operator == "otherwise" else tuple(names), points=draw(points))


@st.composite
def cases(draw):
    test = draw(any_test())
    is_skip = test["operator"] == "is blank" and draw(st.booleans())
    return Case(**test, points=None if is_skip else draw(points))


@st.composite
def limits(draw, numbers=(-120.0, -20.0, 0.0, 20.0, 40.0, 90.0)):
    """No limits mostly; else a Min, a Max or both in order."""
    low, high = sorted(draw(st.lists(st.sampled_from(numbers), min_size=2, max_size=2)))
    which = draw(st.sampled_from(["", "", "min", "max", "both"]))
    return {"minimum": low if which in ("min", "both") else None, "maximum": high if which in ("max", "both") else None}


def possible(test, field):
    """The case or condition with values that its field can have: a column of ours refuses any other."""
    if field != "phone_validity" or test.operator not in EXACT:
        return test
    words = tuple(text if text in VERDICTS or not isinstance(text, str) else "ok" for text in test.operands)
    return test.model_copy(update={"operands": words})


@st.composite
def criteria(draw, name, score, kind=None, known=()):
    """Of some field, or (where segments are `known`) of segments."""
    field = draw(st.sampled_from([*FIELDS, *(["", ""] if known else [])]))
    asked = draw(st.lists(cases() if field else cases_of_segments(), min_size=1, max_size=3))
    if not field and all(case.operator == "otherwise" for case in asked):
        asked = [Case(operator="in segment", operands=SEGMENTS[:1], points=7.0), *asked]
    return Criterion(
        name=name,
        score=score,
        kind=kind or draw(st.sampled_from(list(Kind))),
        weight=draw(weights),
        field=field,
        cases=tuple(possible(case, field) for case in asked),
        segment=draw(st.sampled_from(["", "", *known])),
        policy=draw(st.sampled_from(list(Policy))),
        last_day=draw(st.sampled_from([None, None, None, AS_OF, date(2026, 3, 14)])),
        **draw(limits()),
    )


@st.composite
def models(draw):
    count = draw(st.sampled_from([1, 1, 2, 3]))
    names = ("fit", "warmth", "risk")[:count]
    defined = draw(segments())
    known = tuple(segment.name for segment in defined)
    named = st.sampled_from(["", "", "", *known])
    scores = tuple(
        Score(
            name=name,
            method=draw(st.sampled_from(list(Method))),
            in_total=draw(st.sampled_from([1.0, 0.5, 0.25, 0.0, -1.0])),
            segment=draw(named),
            cap_unless_segment=draw(named),
            **draw(limits((-50.0, 0.0, 10.0, 33.3, 60.0))),
        )
        for name in names
    )
    each = [criteria(f"C{place}", name, known=known) for name in names for place in range(draw(st.integers(1, 3)))]
    shared = [criteria("Everywhere", "", Kind.EXCLUSION, known)] if count > 1 and draw(st.booleans()) else []
    order = draw(st.permutations([*each, *shared]))
    return Model(
        scores=scores,
        criteria=tuple(draw(one) for one in order),
        bands=draw(bands()),
        segments=defined,
        lists=tuple(NamedList(name=name, entries=entries) for name, entries in LISTS.items()),
        settings=Settings(decimals=draw(st.sampled_from([0, 1, 1, 2]))),
    )


@st.composite
def bands(draw):
    starts = draw(st.lists(st.sampled_from([None, -50.0, 0.0, 12.5, 20.0, 33.3, 60.0]), unique=True, max_size=3))
    return tuple(Band(score="", name=f"B{place}", start=start) for place, start in enumerate(starts))


leads = st.lists(
    st.fixed_dictionaries(
        {**{name: st.sampled_from(CELLS) for name in HEADINGS[:-1]}, "Phone": st.sampled_from(PHONES)}
    ),
    min_size=1,
    max_size=6,
)
