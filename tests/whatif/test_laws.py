"""What-if and ablation against brute force: score twice in public, compare with plain loops."""

import math
from collections import Counter
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.model.model import Band, Case, Criterion, Kind, Method, Model, Policy, Score, Settings
from leadscore.pipeline import score_leads
from leadscore.pipeline.ablate import ablate
from leadscore.pipeline.whatif import compare
from leadscore.scoring.reasons import signed

AS_OF = date(2026, 3, 31)
FIELDS = ("Budget", "Size", "Source")
TEXTS = ("", "a", "b")
points = st.integers(-40, 40).map(lambda number: number / 2)


@st.composite
def criteria(draw, scores):
    """A criterion of one of the scores; exclusions may weigh on all."""
    kind = draw(st.sampled_from([Kind.EXCLUSION, Kind.POTENTIAL]))
    owners = (*scores, "") if kind is Kind.EXCLUSION else scores
    operators = draw(st.lists(st.sampled_from(["is a", "is b", "is blank", "otherwise"]), min_size=1, unique=True))
    cases = []
    for name in operators:
        operator, _, value = name.partition(" ") if name.startswith("is ") and name != "is blank" else (name, "", "")
        given_points = None if operator == "is blank" and draw(st.booleans()) else draw(points)
        cases.append(Case(operator=operator, operands=(value,) if value else (), points=given_points))
    return Criterion(
        name=draw(st.sampled_from(["Money", "People", "Origin", "Need"])),
        kind=kind,
        weight=draw(st.sampled_from([0.0, 1.0, 1.0, 2.5])),
        field=draw(st.sampled_from(FIELDS)),
        cases=tuple(cases),
        score=draw(st.sampled_from(owners)),
        policy=draw(st.sampled_from(list(Policy))),
        active=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def models(draw):
    names = draw(st.sampled_from([("fit",), ("grade",), ("fit", "heat")]))
    limits = st.none() | st.sampled_from([-10.0, 10.0])
    scores = tuple(
        Score(
            name=name,
            method=draw(st.sampled_from(list(Method))),
            maximum=draw(limits.map(lambda limit: limit and abs(limit))),
            minimum=draw(limits.map(lambda limit: limit and -abs(limit))),
            in_total=draw(st.sampled_from([0.0, 0.5, 1.0, 1.0])),
        )
        for name in names
    )
    if not any(score.in_total for score in scores):
        scores = (*scores[1:], scores[0].model_copy(update={"in_total": 1.0}))
    rows = draw(st.lists(criteria(names), min_size=1, max_size=5, unique_by=lambda row: (row.score, row.name)))
    # A criterion for all scores may not bear the name of another: two of that name would meet in one score.
    taken = {row.name for row in rows if row.score}
    rows = [row for row in rows if row.score or row.name not in taken]
    starts = draw(st.lists(st.sampled_from([5.0, 0.0, -7.5]), max_size=3, unique=True).map(sorted))
    bands = tuple(Band(score="", name=f"B{start:g}", start=start) for start in reversed(starts))
    if bands and draw(st.booleans()):
        bands = (*bands, Band(score="", name="Rest", start=None))
    settings = Settings(decimals=draw(st.integers(0, 2)))
    return Model(scores=scores, criteria=tuple(rows), bands=bands, settings=settings)


frames = st.lists(st.tuples(*(st.sampled_from(TEXTS) for _ in FIELDS)), max_size=8).map(
    lambda rows: pd.DataFrame(rows, columns=list(FIELDS), index=range(2, 2 + len(rows)), dtype=object)
)


def standing(row, model):
    """Where one row of the results puts its lead."""
    if row["excluded_by"]:
        return "Excluded"
    if math.isnan(row["score"]):
        return "(no score)"
    return (row["band"] or "(no band)") if model.bands else "Scored"


def facts(leads, model):
    """Row number -> score, standing, contributions by (score, name), by the public function alone."""
    results = score_leads(leads, model, as_of=AS_OF)
    found = {}
    for number, row in zip(results.table.index, results.table.to_dict("records"), strict=True):
        if any(leads.loc[number]):
            found[number] = row["score"], standing(row, model), contributions(row, model)
    return results, found


def contributions(row, model):
    several = len(model.scores) > 1
    parts = {}
    for column, part in row.items():
        if not column.startswith("contribution: ") or column.endswith(": rounding"):
            continue
        score, _, name = column.removeprefix("contribution: ").rpartition(": ")
        shares = {one.name: one.in_total if several else 1.0 for one in model.scores}
        if score != "total" and shares[score or model.scores[0].name]:
            parts[score or model.scores[0].name, name] = part * shares[score or model.scores[0].name]
    return parts


def naive_because(old, new, decimals):
    counts = [Counter(name for _, name in side) for side in (old, new)]
    changes = {}
    for sign, side in ((1, new), (-1, old)):
        for (score, name), part in side.items():
            label = f"{score}: {name}" if max(count[name] for count in counts) > 1 else name
            changes[label] = changes.get(label, 0) + sign * part
    shown = {label: half_away(change, decimals) for label, change in changes.items()}
    order = sorted((label for label in shown if shown[label]), key=lambda label: -abs(shown[label]))
    return "; ".join(f"{label} {signed(shown[label], decimals)}" for label in order) or "rounding and small differences"


def half_away(number, decimals):
    return math.copysign(math.floor(abs(number) * 10**decimals + 0.5 + 1e-9), number) / 10**decimals


def naive_tau(pairs):
    signs = [((a > c) - (a < c), (b > d) - (b < d)) for place, (a, b) in enumerate(pairs) for c, d in pairs[:place]]
    untied = sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs)
    return sum(x * y for x, y in signs) / math.sqrt(untied) if untied else math.nan


def ranked_pairs(old, new):
    """The scores of the leads that have one and are excluded neither time."""
    both = [(old[row], new[row]) for row in old]
    return [(a[0], b[0]) for a, b in both if not {a[1], b[1]} & {"Excluded", "(no score)"}]


def changed(old, new):
    """A score that differs; two blanks are alike."""
    return old != new and not (math.isnan(old) and math.isnan(new))


@given(frames, models(), models())
def test_what_if_equals_scoring_twice_and_comparing(leads, old_model, new_model):
    old_results, old = facts(leads, old_model)
    new_results, new = facts(leads, new_model)
    decimals = max(old_model.settings.decimals, new_model.settings.decimals)

    found = compare(old_results, new_results)

    moves = Counter((old[row][1], new[row][1]) for row in old)
    assert {pair: count for pair, count in found.migration.items() if count} == moves
    assert found.changing == sum(count for (before, after), count in moves.items() if before != after)
    assert found.newly_excluded == sum(moves[pair] for pair in moves if pair[0] != "Excluded" == pair[1])
    assert found.no_longer_excluded == sum(moves[pair] for pair in moves if pair[0] == "Excluded" != pair[1])
    for flow in found.flows:
        assert flow.entering == sum(new[row][1] == flow.band != old[row][1] for row in old)
        assert flow.leaving == sum(old[row][1] == flow.band != new[row][1] for row in old)
        assert (flow.old, flow.new) == tuple(sum(side[row][1] == flow.band for row in old) for side in (old, new))
    pairs = ranked_pairs(old, new)
    assert found.agreement.leads == len(pairs)
    assert found.agreement.kendall == pytest.approx(naive_tau(pairs), nan_ok=True)

    movers = {mover.row: mover for mover in found.movers}
    assert set(movers) == {row for row in old if changed(old[row][0], new[row][0])}
    for row, mover in movers.items():
        assert (mover.old, mover.new) == pytest.approx((old[row][0], new[row][0]), nan_ok=True)
        assert mover.change == pytest.approx(mover.new - mover.old, nan_ok=True)
        assert (mover.old_band, mover.new_band) == (old[row][1], new[row][1])
        assert mover.because == naive_because(old[row][2], new[row][2], decimals)
    assert list(movers) == sorted(movers, key=lambda row: _prominence(movers[row]))


def _prominence(mover):
    size = -1 if math.isnan(mover.change) else abs(mover.change)
    return (mover.old_band, mover.new_band) == ("Excluded", "Excluded"), -size, mover.row


@given(frames, models())
def test_the_same_model_changes_nothing(leads, model):
    results, _ = facts(leads, model)

    found = compare(results, score_leads(leads, model, as_of=AS_OF))

    assert (found.movers, found.changing, found.newly_excluded, found.no_longer_excluded) == ((), 0, 0, 0)
    assert all(not flow.entering and not flow.leaving for flow in found.flows)
    assert found.agreement.kendall == 1 or math.isnan(found.agreement.kendall)
    assert found.agreement.spearman == 1 or math.isnan(found.agreement.spearman)


@given(frames, models())
def test_ablation_equals_scoring_without_each_criterion(leads, model):
    results, old = facts(leads, model)
    active = [criterion for criterion in model.criteria if criterion.active]

    found = {one.criterion: one for one in ablate(results)}

    names = [one.name for one in active]
    assert len(found) == len(active)
    for criterion in active:
        label = criterion.name if names.count(criterion.name) == 1 else f"{criterion.score}: {criterion.name}"
        rest = tuple(one for one in model.criteria if one is not criterion)
        _, new = facts(leads, model.model_copy(update={"criteria": rest}))
        check(found[label], old, new)
    shares = [(-one.share, math.inf if math.isnan(one.kendall) else one.kendall) for one in found.values()]
    assert shares == sorted(shares)


def check(one, old, new):
    """One ablation against two plain dicts of facts."""
    moves = Counter((old[row][1], new[row][1]) for row in old)
    assert one.changing == sum(count for (before, after), count in moves.items() if before != after)
    assert one.share == pytest.approx(one.changing / len(old) if old else 0)
    assert one.newly_excluded == sum(moves[pair] for pair in moves if pair[0] != "Excluded" == pair[1])
    assert one.no_longer_excluded == sum(moves[pair] for pair in moves if pair[0] == "Excluded" != pair[1])
    assert one.kendall == pytest.approx(naive_tau(ranked_pairs(old, new)), nan_ok=True)
    seen = [row for row in old if (old[row][1], new[row][1]) != ("Excluded", "Excluded")]
    changes = [new[row][0] - old[row][0] for row in seen]
    known = [change for change in changes if not math.isnan(change)]
    assert abs(one.largest_change) == pytest.approx(max(map(abs, known), default=math.nan), nan_ok=True)
    assert not known or any(one.largest_change == pytest.approx(change) for change in known)
