"""A whole page in one file: no script, no network, light and dark, and fit for A4."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from leadscore.model.vocabulary import Language
from leadscore.reports.html import Html, element, markup

GENERATOR = "leadscore"  # what a page of ours says it was made by
_FEWEST_LINKS = 2
GENERATOR_MARK = element("meta", name="generator", content=GENERATOR)


class Section(NamedTuple):
    """A part of a page: its name in links, its heading, what it holds; `is_wide` ones take the whole width."""

    identity: str
    heading: str
    content: Html
    is_wide: bool = False


@dataclass(frozen=True)
class Page:
    """What a page says: a title, lines below it, sections, and small print at its end.

    `contents` names the links to the sections; without it, and for one section alone, there are no links.
    """

    title: str
    language: Language
    lead: Html
    sections: Sequence[Section]
    footer: Html
    contents: str = ""


def render(page: Page) -> str:
    """The page as one file. Equal pages give equal texts."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        GENERATOR_MARK,
        element("title", page.title),
        element("style", _style()),
    )
    body = element(
        "body",
        element("header", element("h1", page.title), page.lead, _links(page)),
        element("main", *map(_section, _paired(page.sections))),
        element("footer", page.footer),
    )
    return markup(Html("<!DOCTYPE html>\n"), element("html", head, body, lang=page.language), "\n")


def facts(rows: Sequence[tuple[str, str]], class_: str = "facts") -> Html:
    """Names with what they are, as a list: ('Leads', '500')."""
    pairs = [element("div", element("dt", name), element("dd", said)) for name, said in rows]
    return element("dl", *pairs, class_=class_)


def note(*content: str) -> Html:
    """A paragraph that says how to read what stands near it."""
    return element("p", *content, class_="note")


def _paired(sections: Sequence[Section]) -> list[Section]:
    """The sections; a narrow one that no other may stand beside is a wide one."""
    edge = Section("", "", Html(), is_wide=True)
    around = zip([edge, *sections], sections, [*sections[1:], edge], strict=False)
    return [
        section._replace(is_wide=section.is_wide or (before.is_wide and after.is_wide))
        for before, section, after in around
    ]


def _section(section: Section) -> Html:
    heading = f"{section.identity}-heading"
    return element(
        "section",
        element("h2", section.heading, id=heading),
        section.content,
        id=section.identity,
        aria_labelledby=heading,
        class_="wide" if section.is_wide else None,
    )


def _links(page: Page) -> Html:
    if not page.contents or len(page.sections) < _FEWEST_LINKS:
        return Html()
    links = [element("li", element("a", section.heading, href=f"#{section.identity}")) for section in page.sections]
    return element("nav", element("ul", *links), aria_label=page.contents)


@cache
def _style() -> Html:
    return Html(files("leadscore.reports").joinpath("style.css").read_text(encoding="utf-8"))


@cache
def _policy() -> str:
    """Whatever a page may hold, a browser runs and loads nothing of it but our own style."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
