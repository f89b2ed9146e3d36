"""Tables that are charts: each row has its name, a bar below it, and the figures the bar is drawn from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from leadscore.reports.html import Html, element, markup
from leadscore.reports.svg import Scale, Tone, heat_class, span_bar


class Row(NamedTuple):
    """A row: what it is about, its cells, and a bar below its name (none: '')."""

    name: str
    cells: Sequence[str]
    bar: str = ""


class WaterfallStep(NamedTuple):
    """What is added to a sum, by whom, with further cells that say why; `shown` is the number as it is written."""

    name: str
    contribution: float
    shown: str
    cells: Sequence[str] = ()


class Heat(NamedTuple):
    """A cell of a heat map: its leads, how their number is written, and a remark below it."""

    leads: int
    shown: str
    remark: str = ""


def table(
    caption: str, headings: Sequence[str], rows: Sequence[Row], *, texts: Collection[int] = (), has_total: bool = False
) -> Html:
    """A table with its caption, which may hold a chart; the first heading is over the names of the rows.

    Cells are numbers and stand to the right, but for those at the positions (from 0) that are `texts`. With
    `has_total`, the last row is the sum of the others.
    """
    classes = ["name", *("text" if place in texts else "number" for place in range(len(headings) - 1))]
    top = [element("th", head, scope="col", class_=said) for head, said in zip(headings, classes, strict=True)]
    totals = [None] * (len(rows) - 1) + ["total" if has_total else None]
    body = [
        element("tr", _row_head(row), *map(_cell, classes[1:], row.cells), class_=total)
        for row, total in zip(rows, totals, strict=False)
    ]
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *top)),
        element("tbody", *body),
    )


def _row_head(row: Row) -> Html:
    return element("th", row.name, row.bar or Html(), scope="row", class_="name")


def _cell(said: str, cell: str) -> Html:
    return element("td", cell, class_=said)


def waterfall(caption: str, headings: Sequence[str], steps: Sequence[WaterfallStep], total: Row) -> Html:
    """Signed contributions below each other, each from the sum before it to the sum after; the total is the last row.

    `headings` are those over the names, over what a step adds, and over its further cells, which are texts. `total` has
    as many cells; its bar is drawn here, from 0 to the sum.
    """
    sums = [0.0]
    for step in steps:
        sums.append(sums[-1] + step.contribution)
    scale = Scale.of(sums)
    rows = [
        Row(step.name, (step.shown, *step.cells), span_bar(before, after, scale))
        for step, before, after in zip(steps, sums, sums[1:], strict=False)
    ]
    last = Row(total.name, total.cells, span_bar(0, sums[-1], scale, "accent"))
    return table(caption, headings, [*rows, last], texts=range(1, len(headings) - 1), has_total=True)


def heat_map(caption: str, corner: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Heat]]]) -> Html:
    """A grid of counts, each cell shaded by its share of the largest count."""
    most = max((cell.leads for _, cells in rows for cell in cells), default=0)
    top = [element("th", name, scope="col", class_="number") for name in columns]
    body = [
        element("tr", element("th", name, scope="row"), *(_heat_cell(cell, most) for cell in cells))
        for name, cells in rows
    ]
    grid = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", element("th", corner, scope="col"), *top)),
        element("tbody", *body),
        class_="heat",
    )
    return scrolling(caption, grid)


def _heat_cell(cell: Heat, most: int) -> Html:
    remark = element("small", cell.remark) if cell.remark else Html()
    return element("td", element("b", cell.shown), remark, class_=heat_class(cell.leads, most))


def keyed(tone: Tone, name: str) -> Html:
    """A name with its colour in the chart before it."""
    return markup(element("i", class_=f"key tone-{tone}", aria_hidden="true"), name)


def scrolling(name: str, *content: Html) -> Html:
    """Something wide that scrolls by itself where the screen is narrow, by keyboard too."""
    return element("div", *content, class_="scroll", role="region", aria_label=name, tabindex=0)


def folded(summary: str, *content: Html) -> Html:
    """Something that opens when it is asked for."""
    return element("details", element("summary", summary), *content)
