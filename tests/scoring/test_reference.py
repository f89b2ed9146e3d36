"""The engine, which works by column in floats, against the plain reference, lead by lead in fractions."""

import math
import os
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from leadscore import score_leads
from leadscore.values.cells import text_of
from leadscore.values.numbers import read_number
from tests.laws import examples
from tests.scoring import reference
from tests.scoring.random_models import AS_OF, HEADINGS, LISTS, leads, models
from tests.scoring.reference_numbers import decimal_of
from tests.scoring.reference_operators import Around

EXHAUSTIVE = int(os.environ.get("LEADSCORE_EXAMPLES", "0"))
random_models = examples(200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def near(found, wanted):
    return pd.isna(found) if wanted is None else found == pytest.approx(float(wanted), abs=1e-9)


def reference_of(model, frame, enriched):
    """The reference's answers and scores of every lead that is no blank row."""
    texts = {name: [text_of(cell) for cell in frame[name]] for name in HEADINGS}
    texts["phone_validity"] = list(enriched["phone_validity"])
    plain = Around(AS_OF, {name.casefold(): entries for name, entries in LISTS.items()})
    filled = [place for place in range(len(frame)) if any(texts[name][place] for name in HEADINGS)]
    typed = {name: list(enriched["phone_validity"]) if name not in frame else list(frame[name]) for name in texts}
    around = {
        name: plain.for_column(text_of(column[place]) for place in filled if isinstance(column[place], str))
        for name, column in typed.items()
    }
    for place in filled:
        lead = {name: column[place] for name, column in texts.items()}
        places = reference.places_of(model, lead, around)
        answers = reference.answers_of(model, lead, around, places, AS_OF)
        yield place, answers, reference.scores_of(model, answers, places)


def agree(model, rows):
    frame = pd.DataFrame(rows, columns=list(HEADINGS), dtype=object)
    results = score_leads(frame, model, as_of=AS_OF)
    told = list(reference_of(model, frame, results.enriched))
    totals = [reference.total_of(model, scores) for _, _, scores in told]
    excluded = [bool(reference.excluded_by(answers)) for _, answers, _ in told]
    ranks = reference.ranks(totals, excluded)
    for number, (place, answers, scores) in enumerate(told):
        row, total = results.table.iloc[place], totals[number]
        agree_on_scores(results, number, scores)
        agree_on_total(row, total)
        assert row["excluded_by"] == "; ".join(reference.excluded_by(answers))
        assert near(row["rank"], ranks[number])
        assert row["reasons"] == reference.reasons(model, scores)
        assert row["next_best_field"] == ("" if excluded[number] else reference.next_best_field(answers, total))
        agree_on_bands(row, total, model, is_excluded=excluded[number])


def agree_on_scores(results, number, scores):
    for name, mine in scores.items():
        found = results.scored.scores[name]
        assert near(found.value[number], mine.value)
        assert all(part[number] == 0 for part in found.contributions.values()) or mine.is_shown
        assert {part: found.contributions[part][number] for part in mine.parts} == pytest.approx(
            {part: float(value) for part, value in mine.parts.items()}, abs=1e-9
        )
        assert near(found.low[number], mine.low)
        assert near(found.high[number], mine.high)


def agree_on_total(row, total):
    assert near(row["score"], total.value)
    assert near(row["score_low"], total.low)
    assert near(row["score_high"], total.high)
    assert near(row["coverage"], total.known / total.weight if total.weight else None)


def agree_on_bands(row, total, model, *, is_excluded):
    assert ("band" in row) is bool(model.bands)
    if model.bands:
        assert row["band"] == ("Excluded" if is_excluded else reference.band_of(total.value, model.bands))
        assert row["band_range"] == ("Excluded" if is_excluded else reference.band_range(total, model.bands))


@random_models
@given(models(), leads)
def test_the_engine_agrees_with_the_plain_reference(model, rows):
    agree(model, rows)


@pytest.mark.skipif(not EXHAUSTIVE, reason="set LEADSCORE_EXAMPLES=20000 to try so many random models")
def test_the_engine_agrees_on_many_more():
    settings(random_models, max_examples=EXHAUSTIVE)(given(models(), leads)(agree))()


@random_models
@given(models(), leads)
def test_contributions_add_up_exactly_and_the_interval_holds_the_score(model, rows):
    results = score_leads(pd.DataFrame(rows, columns=list(HEADINGS), dtype=object), model, as_of=AS_OF)
    for one in (*results.scored.scores.values(), results.scored.total):
        for place, value in enumerate(one.value.tolist()):
            if not math.isnan(value):
                running = 0.0
                for part in one.contributions.values():
                    running += part[place]
                assert running == value
                assert one.low[place] <= value <= one.high[place]


pieces = st.sampled_from(
    [
        *"0123456789",
        *"0123",
        "12",
        "500",
        "000",
        *".,' +-€",
        "..",
        "a",
        " to ",
        "k",
        "m",
        "mds",
        "%",
        "eur",
        "fr.",
        "12.345",
    ]
)


@examples(1000)
@given(st.lists(pieces, max_size=9).map("".join), st.sampled_from(".,"))
def test_the_reference_reads_numbers_as_the_engine_does(text, mark):
    assume("..." not in text)  # two dots and a decimal point, or a decimal point and two dots: nobody can tell
    found, wanted = read_number(text, mark), decimal_of(text, mark)
    assert (None if found is None else found.number) == (None if wanted is None else float(wanted))


@pytest.mark.parametrize(
    ("number", "decimals", "wanted"),
    [
        ("1/4", 1, "3/10"),
        ("-1/4", 1, "-3/10"),
        ("1/2", 0, "1"),
        ("-1/2", 0, "-1"),
        ("49/100", 0, "0"),
        ("5/4", 2, "5/4"),
    ],
)
def test_the_reference_rounds_half_away_from_zero(number, decimals, wanted):
    assert reference.rounded(Fraction(number), decimals) == Fraction(wanted)
