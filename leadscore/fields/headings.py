"""What the columns of a sheet are called: every one has a name of its own."""

from __future__ import annotations

from collections.abc import Sequence

from leadscore.issues import Issue, Place


def unique_names(
    headings: Sequence[str], places: Sequence[Place], used: Sequence[bool]
) -> tuple[list[str], list[Issue]]:
    """A name for every heading ('' for none), and what has to be said about headings that are blank or double.

    A blank one over an unused column goes without saying.
    """
    names: dict[str, None] = {}
    issues: list[Issue] = []
    taken = set(headings)
    for index, (heading, place) in enumerate(zip(headings, places, strict=True)):
        name = heading or f"column {place.letter or place.heading}"
        if name in names or (not heading and name in taken):
            name = _another(name, taken)
        if not heading and index < len(used) and used[index]:
            issues.append(Issue("heading-blank", place, name))
        if heading and name != heading:
            issues.append(Issue("heading-duplicate", place, heading, {"name": name}))
        taken.add(name)
        names[name] = None
    return list(names), issues


def _another(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
