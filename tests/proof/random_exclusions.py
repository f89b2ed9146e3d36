"""Random small models with exclusions, and every lead there is for them to be tried on."""

from __future__ import annotations

from datetime import date
from itertools import product

import pandas as pd
from hypothesis import strategies as st

from leadscore.model.decisions import Condition, Segment
from leadscore.model.frozen import Bound, ListName, Range
from leadscore.model.model import Case, Criterion, FieldMapping, Kind, Method, Model, NamedList, Policy, Score, Settings

AS_OF = date(2026, 3, 15)
LISTS = (NamedList(name="Rivals", entries=("rival.com", "bad.org")), NamedList(name="Words", entries=("head", "vp")))

# Field -> operators with their operands, and values that tell them apart (and some that do not).
WORDS = {
    "tests": [
        *(("is", (text,)) for text in ("FR", "BE", "yes", "1")),
        ("is", ("FR", "BE")),
        ("is not", ("FR",)),
        ("in list", (ListName(list_name="Rivals"),)),
        ("not in list", (ListName(list_name="Rivals"),)),
        ("is blank", ()),
        ("is not blank", ()),
        ("otherwise", ()),
    ],
    "values": ["", "FR", "be", "DE", "oui", "x", "1", "1.0", "rival.com", "mail.rival.com", "bad.org", "FR BE"],
}
PARTS = {
    "tests": [
        ("contains", ("head",)),
        ("contains", ("sales", "vp")),
        ("does not contain", ("head",)),
        ("starts with", ("he",)),
        ("ends with", ("es",)),
        ("has word", ("head",)),
        ("contains", (ListName(list_name="Words"),)),
        ("is", ("head of sales",)),
        ("is blank", ()),
        ("otherwise", ()),
    ],
    "values": [
        "",
        "head",
        "headhunter",
        "head of sales",
        "sales",
        "vp",
        "the head es",
        "Other",
        "aheads",
        "he",
        "vp es",
    ],
}
NUMBERS = {
    "tests": [
        (">", (Bound(number=10),)),
        (">=", (Bound(number=10),)),
        ("<", (Bound(number=5),)),
        ("<=", (Bound(number=5),)),
        ("between", (Range(low=Bound(number=5), high=Bound(number=10)),)),
        ("between", (Range(low=Bound(number=5), high=Bound(number=10), open_end=True),)),
        ("is", ("5",)),
        ("is", ("none",)),
        ("is blank", ()),
        ("otherwise", ()),
    ],
    "values": ["", "4", "5", "5.0", "7", "10", "11", "none", "5 €", "10 €", "what"],
}
DAYS = {
    "tests": [
        ("within days", (7,)),
        ("older than days", (7,)),
        ("in next days", (7,)),
        (">", (Bound(day=date(2026, 3, 10)),)),
        ("is", ("2026-03-10",)),
        ("is blank", ()),
        ("otherwise", ()),
    ],
    "values": [
        "",
        "2026-03-15",
        "2026-03-08",
        "2026-03-07",
        "2026-03-10",
        "2026-03-11",
        "2026-03-22",
        "2026-03-23",
        "so",
    ],
}
PATTERNS = {
    "tests": [
        ("matches", ("^he",)),
        ("matches", ("vp|cto",)),
        ("contains", ("he",)),
        (">", (Bound(number=3),)),
        ("otherwise", ()),
    ],
    "values": ["", "he", "vp", "the", "5", "he 5", "x"],
}
POOLS = (WORDS, PARTS, NUMBERS, DAYS, PATTERNS)
FIELDS = ("Qa", "Qb")

points = st.sampled_from([-400.0, -100.0, -30.0, -1.0, -0.05, 0.0, 10.0, 33.0, 100.0])
weights = st.sampled_from([0.0, 1.0, 1.0, 2.0, 0.5])


@st.composite
def cases(draw, pool):
    operator, operands = draw(st.sampled_from(pool["tests"]))
    skips = operator == "is blank" and draw(st.booleans())
    return Case(operator=operator, operands=operands, points=None if skips else draw(points))


@st.composite
def limits(draw):
    low, high = sorted(draw(st.lists(st.sampled_from([-150.0, -20.0, 0.0, 50.0]), min_size=2, max_size=2)))
    which = draw(st.sampled_from(["", "", "", "min", "max", "both"]))
    return {"minimum": low if which in ("min", "both") else None, "maximum": high if which in ("max", "both") else None}


@st.composite
def criteria(draw, pools, name, kind, segments):
    place = draw(st.integers(0, len(FIELDS) - 1))
    about_segments = bool(segments) and draw(st.integers(0, 4)) == 0
    if about_segments:
        own = [
            Case(
                operator=draw(st.sampled_from(["in segment", "not in segment"])),
                operands=(draw(st.sampled_from(segments)),),
                points=draw(points),
            )
            for _ in range(draw(st.integers(1, 2)))
        ]
    else:
        own = draw(st.lists(cases(pools[place]), min_size=1, max_size=3))
    return Criterion(
        name=name,
        kind=kind,
        score="score",
        weight=draw(weights),
        field="" if about_segments else FIELDS[place],
        cases=tuple(own),
        policy=draw(st.sampled_from(list(Policy))),
        segment=draw(st.sampled_from(["", "", "", *segments])),
        **draw(limits()),
    )


@st.composite
def models(draw):
    pools = [draw(st.sampled_from(POOLS)) for _ in FIELDS]
    segments = draw(st.lists(st.sampled_from(["Sa", "Sb"]), unique=True, max_size=2))
    kinds = [
        Kind.EXCLUSION,
        *draw(st.lists(st.sampled_from([Kind.EXCLUSION, Kind.POTENTIAL, Kind.ENGAGEMENT]), max_size=3)),
    ]
    score = Score(
        name="score",
        method=draw(st.sampled_from(list(Method))),
        segment=draw(st.sampled_from(["", "", "", *segments])),
        **draw(limits()),
    )
    return Model(
        scores=(score,),
        criteria=tuple(draw(criteria(pools, f"C{place}", kind, segments)) for place, kind in enumerate(kinds)),
        segments=tuple(draw(segment(pools, name)) for name in segments),
        lists=LISTS,
        fields=draw(st.sampled_from([(), (FieldMapping(field="Qa", blank_values=("none", "5")),)])),
        settings=Settings(decimals=draw(st.sampled_from([0, 1, 2]))),
    ), every_lead(pools)


@st.composite
def segment(draw, pools, name):
    conditions = []
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(FIELDS) - 1))
        operator, operands = draw(st.sampled_from(pools[place]["tests"]))
        conditions.append(Condition(field=FIELDS[place], operator=operator, operands=operands))
    return Segment(name=name, conditions=tuple(conditions))


def every_lead(pools):
    """Every combination of the values that the pools have."""
    rows = list(product(*(pool["values"] for pool in pools)))
    return pd.DataFrame([row for row in rows if any(row)], columns=list(FIELDS), dtype=object)
