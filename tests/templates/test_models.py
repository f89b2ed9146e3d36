"""What a template says: its twins agree, its golden leads hold, its exclusions exclude, and sorting it is harmless."""

import itertools
import math
import random

import pandas as pd
import pytest

from leadscore.model.model import Kind
from leadscore.model.templates import TEMPLATES
from leadscore.pipeline.doubts.exclusions import dilution_issues, exclusion_issues, proofs_of
from leadscore.pipeline.examples import failing_examples, score_examples
from leadscore.pipeline.line import score_leads
from leadscore.plan.plan import make_plan
from leadscore.values.numbers import read_number

SENSITIVE = ("first", "prénom", "gender", "sexe", "civil", "age", "âge", "birth", "naissance", "national")


def test_the_french_twin_scores_the_same_leads_the_same(templates):
    for name in TEMPLATES:
        (ours, excluded), (theirs, exclu) = (
            templates.scored(
                templates.parsed(templates.folder(name, language)),
                templates.leads(name, language),
                templates.activities(name, language),
            )
            for language in ("en", "fr")
        )

        assert ours == theirs, name
        assert [len(names) for names in excluded] == [len(names) for names in exclu], name


def test_leads_show_the_range(template, templates):
    scores, excluded = templates.scored(template.model, template.leads, template.activities)

    # With a matrix there is one for each cell, and two that are excluded.
    assert 6 <= len(template.leads) <= max(8, len(cells_of(template.model)) + 2)
    assert any(excluded)
    assert not all(excluded)
    assert len(set(scores[0])) >= len(template.leads) - 1


def cells_of(model):
    """The codes of every cell of the matrix."""
    return {f"{cell.row_band}{cell.column_band}" for cell in model.matrix.cells} if model.matrix else set()


def test_every_cell_of_the_matrix_has_a_lead(template, templates):
    table = score_leads(template.leads, template.model, activities=template.activities, as_of=templates.as_of).table

    reached = set(table["matrix"]) - {""} if template.model.matrix else set()
    assert reached == cells_of(template.model)
    assert len(reached) == (16 if template.name == "fit-engagement" else 0)


def test_every_product_is_the_best_of_a_lead(template, templates):
    table = score_leads(template.leads, template.model, activities=template.activities, as_of=templates.as_of).table

    products = {score.product for score in template.model.scores} - {""}
    assert bool(products) == (template.name == "product-lines")
    assert set(table.get("best_product", [])) - {""} == products
    golden = {one.text for example in template.model.examples for one in example.expectations}
    assert products <= golden


def test_every_behaviour_is_something_that_a_lead_did(template, templates):
    table = score_leads(template.leads, template.model, activities=template.activities, as_of=templates.as_of).table

    done = {column.rpartition(": ")[2] for column in table if column.startswith("contribution") and table[column].any()}
    assert {row.name for row in template.model.behaviours} <= done


def test_golden_leads_come_out_as_expected(template, templates):
    columns = {expected.column for example in template.model.examples for expected in example.expectations}

    assert not failing_examples(template.model, templates.as_of)
    assert 4 <= len(template.model.examples) <= 6
    assert {"score", "band", "excluded_by"} <= columns
    kinds = [one for example in template.model.examples for one in example.expectations if one.low is not None]
    assert any(one.low == one.high for one in kinds)
    assert any(one.low < one.high for one in kinds)


def test_a_golden_lead_that_fails_is_told(template, templates):
    changed = [criterion.model_copy(update={"kind": Kind.POTENTIAL}) for criterion in template.model.criteria]

    assert failing_examples(template.model.model_copy(update={"criteria": tuple(changed)}), templates.as_of)


def test_an_excluded_lead_never_reaches_0(template, templates):
    plan = make_plan(template.model, template.leads, templates.as_of)
    proofs = proofs_of(plan)

    assert not exclusion_issues(plan, proofs)
    assert not list(dilution_issues(plan, proofs))
    scores, excluded = templates.scored(template.model, template.leads, template.activities)
    assert all(value is None or value < 0 for score in scores for value, by in zip(score, excluded, strict=True) if by)


def test_fit_is_at_most_half_of_what_a_lead_ready_to_buy_gets(template, templates):
    table = score_examples(template.model, templates.as_of).table
    fits = {(one.score, one.name) for one in template.model.criteria if one.kind is Kind.POTENTIAL}
    several = len(template.model.scores) > 1
    names = [f"contribution: {score}: {name}" if several else f"contribution: {name}" for score, name in fits]

    counted = [score.name for score in template.model.scores if score.in_total or not several]
    fit = sum(table[name].iloc[0] for name in names if not several or name.split(": ")[1] in counted)
    assert 0 < fit <= table["score"].iloc[0] / 2


def test_no_criterion_looks_at_what_people_are(template):
    for criterion in template.model.criteria:
        assert not criterion.field.casefold().startswith(SENSITIVE), criterion.name


def test_skip_leaves_unknown_answers_out(template):
    skipping = [one.name for one in template.model.criteria if any(case.points is None for case in one.cases)]

    assert bool(skipping) == (template.name in ("bant", "b2c"))


def test_ranges_of_numbers_have_no_gap_and_no_overlap(template):
    found = [(one.name, sorted(ranges)) for one in template.model.criteria if (ranges := list(ranges_of(one)))]

    assert found or template.name == "b2c"
    for name, ranges in found:
        ends = [-math.inf, *(end for low_and_high in ranges for end in low_and_high), math.inf]
        assert all(high == low for high, low in zip(ends[::2], ends[1::2], strict=True)), name


def ranges_of(criterion):
    """(lower end, included; upper end, not included) of every case that compares numbers."""
    for case in criterion.cases:
        if case.operator == "between":
            assert case.operands[0].open_end
            yield case.operands[0].low.number, case.operands[0].high.number
        elif case.operator == ">=":
            yield case.operands[0].number, math.inf
        elif case.operator == "<":
            yield -math.inf, case.operands[0].number


def sort_key(cell):
    """Excel's order: numbers, then texts whatever their case."""
    read = read_number(cell, ".")
    return (1, cell.casefold()) if read is None else (0, read.number)


def sorted_by(column, rows, *, down):
    """As Excel sorts: blanks come last both ways."""
    cells = [row + [""] * (column + 1 - len(row)) for row in rows]
    filled = [row for row in cells if row[column]]
    blank = [row for row in cells if not row[column]]
    return sorted(filled, key=lambda row: sort_key(row[column]), reverse=down) + blank


def random_leads(leads, count):
    """Leads whose cells are any of their column's in the template, some numbers and days near limits, or blank."""
    draw = random.Random(7)  # noqa: S311 - the same leads in every run
    more = {"number": ["9", "10", "49", "50", "250", "1000", "5000", "20000"], "day": ["2026-11-16", "2026-08-25"]}
    rows = []
    for _ in range(count):
        cells = []
        for heading in leads.columns:
            own = [*leads[heading], ""]
            kinds = "number" if any(cell.isdecimal() for cell in own) else "day" if "2026-" in "".join(own) else ""
            cells.append(draw.choice(own + more.get(kinds, [])))
        rows.append(cells)
    return pd.DataFrame(rows, columns=leads.columns, dtype=object)


@pytest.mark.parametrize("name", TEMPLATES)
def test_sorting_the_cases_by_any_column_changes_no_score(name, templates):
    rows = templates.rows(name, "en")
    leads = pd.concat([templates.leads(name, "en"), random_leads(templates.leads(name, "en"), 40)], ignore_index=True)
    headings, *cases = rows["Scoring"]
    before = templates.scored(templates.parsed(templates.folder(name, "en")), leads)

    for column, down in itertools.product(range(len(headings)), (False, True)):
        model = templates.parsed_rows({**rows, "Scoring": [headings, *sorted_by(column, cases, down=down)]})
        assert templates.scored(model, leads) == before, headings[column]
