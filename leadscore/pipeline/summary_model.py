"""What a summary says of the model: which criteria count, what excludes, the matrix, cases that tell nothing."""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.pipeline.counts import share_of
from leadscore.pipeline.figures import CaseCount, Figures, MatrixCounts
from leadscore.pipeline.summary_words import (
    SHOWN,
    Bars,
    Words,
    column,
    count_block,
    in_sentence,
    more_than_shown,
    names_column,
)
from leadscore.sheets.output import OutBlock, OutChart, OutColumn

_WIDEST = 11  # bands that the page has columns for


def model_blocks(figures: Figures, words: Words) -> Iterator[OutBlock]:
    """The blocks about the model, as far as there are leads that show something of it."""
    if not figures.leads:
        return
    moved = {one.name: one.leads for one in sorted(figures.criteria, key=lambda one: -one.leads) if one.leads}
    if moved:
        yield _moved(moved, figures, words)
    if any(one.mean for one in figures.criteria if one.mean == one.mean):
        yield _weighs(figures, words)
    if figures.excluded_by:
        yield _excluded(figures, words)
    yield from _matrix(figures, words)
    if figures.odd_cases:
        yield _odd_cases(figures, words)


def _moved(moved: dict[str, int], figures: Figures, words: Words) -> OutBlock:
    first, count = next(iter(moved.items()))
    heading = words.say("moved_are", name=in_sentence(first), share=words.share(share_of(count, figures.leads)))
    said = Bars(heading, words.say("criterion"), words.say("moved_chart"))
    return count_block(said, moved, figures.leads, words)


def _weighs(figures: Figures, words: Words) -> OutBlock:
    found = [one for one in figures.criteria if one.mean == one.mean and one.mean]
    found.sort(key=lambda one: -abs(one.mean))
    heading = words.say("weighs_is", name=in_sentence(found[0].name), points=words.points(found[0].mean))
    columns = (
        names_column(words.say("criterion"), [one.name for one in found]),
        column(words.say("points_on_average"), [one.mean for one in found], "number"),
    )
    axes = (words.say("criterion"), words.say("points_on_average"))
    chart = OutChart(words.say("weighs_chart"), (1,), *axes, heading)
    return OutBlock(heading, columns, chart, words.say("weighs_note"), more_than_shown(len(found), words))


def _excluded(figures: Figures, words: Words) -> OutBlock:
    first, count = next(iter(figures.excluded_by.items()))
    heading = words.say("excluded_are", name=in_sentence(first), share=words.share(share_of(count, figures.leads)))
    several = sum(figures.excluded_by.values()) > figures.excluded
    note = words.say("excluded_note") if several else ""
    said = Bars(heading, words.say("criterion"), words.say("excluded_chart"), note)
    return count_block(said, figures.excluded_by, figures.leads, words)


def _matrix(figures: Figures, words: Words) -> Iterator[OutBlock]:
    """The leads of each cell as a grid, then what to do with them."""
    if not figures.codes:
        return
    code, count = next(iter(figures.codes.items()))
    heading = words.say("matrix_is", name=in_sentence(code), share=words.share(share_of(count, figures.leads)))
    matrix = figures.matrix
    if matrix is None or len(matrix.columns) > _WIDEST:
        said = Bars(heading, words.say("code"), words.say("matrix_chart"))
        yield count_block(said, figures.codes, figures.leads, words)
    else:
        yield _grid(heading, matrix, words)
    if matrix is not None and any(matrix.actions.values()):
        yield _actions(matrix, words)


def _grid(heading: str, matrix: MatrixCounts, words: Words) -> OutBlock:
    corner = " / ".join(name or words.word("total") for name in (matrix.row_score, matrix.column_score))
    cells = (
        OutColumn(name, [matrix.leads[row, name] for row in matrix.rows[:SHOWN]], "integer") for name in matrix.columns
    )
    columns = (names_column(corner, matrix.rows), *cells)
    return OutBlock(heading, columns, more=more_than_shown(len(matrix.rows), words), is_heat=True)


def _actions(matrix: MatrixCounts, words: Words) -> OutBlock:
    """Leads per action, in the order in which the matrix first says it."""
    counts = dict.fromkeys((action for action in matrix.actions.values() if action), 0)
    for pair, action in matrix.actions.items():
        if action:
            counts[action] += matrix.leads.get(pair, 0)
    said = Bars(words.say("actions_are"), words.say("action"), words.say("actions_chart"))
    return count_block(said, counts, sum(matrix.leads.values()), words)


def _odd_cases(figures: Figures, words: Words) -> OutBlock:
    cases = figures.odd_cases
    shown = cases[:SHOWN]
    columns = (
        names_column(words.say("criterion"), [case.criterion for case in shown]),
        OutColumn(words.say("case"), [case.sentence for case in shown], "text"),
        OutColumn(words.say("cell"), [case.cell for case in shown], "text"),
        OutColumn(words.say("matches"), [_matches(case, words) for case in shown], "text"),
        OutColumn(words.say("leads"), [case.leads for case in shown], "integer"),
    )
    more = more_than_shown(len(cases), words)
    return OutBlock(words.say("cases_are"), columns, more=more, spans=(1, 6, 2, 2, 1))


def _matches(case: CaseCount, words: Words) -> str:
    return words.say("always" if case.leads else "never")
