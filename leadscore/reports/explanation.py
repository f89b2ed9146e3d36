"""One lead's explanation as a page: the waterfall, what was read, what would move it up."""

from __future__ import annotations

import math
from collections.abc import Iterator

from leadscore.pipeline.explain import Explanation, Line
from leadscore.pipeline.explain_words import (
    case_said,
    certainty,
    has_something_to_say,
    headline,
    lift_told,
    others,
    read_said,
)
from leadscore.reports.html import Html, element, markup
from leadscore.reports.page import Page, Section, facts, note, render
from leadscore.reports.tables import Row, WaterfallStep, waterfall
from leadscore.reports.words import Words

_WORDS = Words("en")  # an explanation speaks English, as in the terminal; cases are as the model has them


def explanation_page(explanation: Explanation) -> str:
    """The page as one file."""
    source = f"{explanation.source}, row {explanation.row}"
    known = certainty(explanation)
    page = Page(
        title=f"{source}: {headline(explanation)}",
        language="en",
        lead=markup(element("p", f"Scored by {explanation.model}."), element("p", f"{known}.") if known else Html()),
        sections=[*_waterfalls(explanation), _lift(explanation), *_rest(explanation)],
        footer=element("p", "Made by leadscore. This page holds personal data of one lead."),
    )
    return render(page)


def _waterfalls(explanation: Explanation) -> Iterator[Section]:
    is_several = len(explanation.scores) > 1
    for place, (name, lines) in enumerate(explanation.scores.items()):
        heading = f"How {name} comes about" if is_several else "How the score comes about"
        yield Section(f"waterfall-{place}", heading, _waterfall(explanation, name, lines), is_wide=True)


def _waterfall(explanation: Explanation, name: str, lines: tuple[Line, ...]) -> Html:
    decimals = explanation.decimals
    steps = [
        WaterfallStep(_named(line), line.contribution, _WORDS.signed(line.contribution, decimals + 1), (_cell(line),))
        for line in lines
        if has_something_to_say(line, decimals)
    ]
    value = explanation.values[name]
    shown = "no criterion applies" if math.isnan(value) else _WORDS.number(value, decimals)
    return waterfall(
        "Each bar goes from the sum before to the sum after.",
        ("Criterion, what was read of the lead, and the case of the model that decides", "adds", "cell of the model"),
        steps,
        Row(name, (shown, "")),
    )


def _named(line: Line) -> Html:
    """The criterion's name, below it what was read and what the model makes of it."""
    details = (read_said(line), case_said(line))
    return markup(line.name, *(element("div", detail, class_="note") for detail in details if detail))


def _cell(line: Line) -> Html:
    """The model's cell, in one piece on a phone too."""
    return element("span", line.cell, class_="number")


def _lift(explanation: Explanation) -> Section:
    told = lift_told(explanation.lift, explanation.decimals)
    content = [element("p", told.sentence)]
    if told.steps:
        content.append(element("ol", *(element("li", step) for step in told.steps)))
    if told.leads_to:
        content.append(element("p", "This leads to ", element("strong", told.leads_to), "."))
    if told.note:
        content.append(note(told.note))
    return Section("lift", "What would move it up", markup(*content), is_wide=True)


def _rest(explanation: Explanation) -> Iterator[Section]:
    """What else the results say, and issues of the row; nothing where there is neither."""
    said = others(explanation)
    remarks = [f"{issue.severity.value}: {issue}" for issue in explanation.issues]
    if explanation.same:
        rows = ", ".join(str(row) for row in explanation.same)
        remarks.insert(0, f"The same id or e-mail stands in row {rows} too.")
    if said or remarks:
        content = [facts(said)] if said else []
        content += [element("ul", *(element("li", remark) for remark in remarks))] if remarks else []
        yield Section("rest", "Also", markup(*content), is_wide=True)
