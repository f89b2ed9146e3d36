"""Markup that cannot be broken by what a lead says: whatever is not `Html` is text, and is escaped."""

from __future__ import annotations

import re
from html import escape

_VOID = frozenset({"br", "circle", "hr", "line", "meta", "rect"})  # the elements we use that have no content
# What HTML allows in no document: control characters but for tab and line ends, non-characters, halves of UTF-16 pairs.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Html(str):
    """Markup as it is to be written. Only this module and data files of ours make it of plain text."""

    __slots__ = ()


def markup(*parts: str) -> Html:
    """The parts one after the other: `Html` as it is, any other text escaped."""
    return Html("".join(part if isinstance(part, Html) else _escaped(part) for part in parts))


def element(name: str, /, *children: str, **attributes: str | float | None) -> Html:
    """'th', 'a<b', scope='row' -> '<th scope="row">a&lt;b</th>'.

    Children are written as `markup` does. Attributes: `class_` is class, other underscores are hyphens; those that are
    None are left out.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID and not children:
        return Html(f"<{name}{said}>" if name in ("br", "hr", "meta") else f"<{name}{said}/>")
    return Html(f"<{name}{said}>{markup(*children)}</{name}>")


def _escaped(text: str) -> str:
    return escape(_ILLEGAL.sub(_REPLACEMENT, text), quote=True)
