"""A job title cut into the titles that it is made of, each as the words that count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from leadscore.reference import plain_title, title_links, words_in

# Where one title ends and another begins. 'and' is none: 'assistant to the CEO and founder' is one title.
_BETWEEN = re.compile(r"[,;|/()\[\]:•·]| - ")
# What somebody no longer is, or would like to be, and all that follows: 'former CEO', 'en recherche de poste'.
_NOT_NOW = re.compile(
    r"\b(?:ex|ancien|ancienne|former|formerly|previously|past|ehemaliger?|ehem|voormalig|aspiring|futur|future|"
    r"en recherche|a la recherche|looking for|seeking|open to|candidate? (?:a|au|for))\b.*"
)
_RETIRED = re.compile(r"\b(?:retired|en retraite|a la retraite|im ruhestand|honoraire|honorary|emeritus|emerite)\b")
# With its accent: without, 'conseiller retraite' advises on pensions.
_RETIRED_FRENCH = re.compile(r"\bretraitée?\b", re.IGNORECASE)
# One word of each of the above, so that most titles are asked no more than whether they have one.
_HINTS = frozenset(
    {
        *("ex", "ancien", "ancienne", "former", "formerly", "previously", "past", "ehemalige", "ehemaliger"),
        *("ehem", "voormalig", "aspiring", "futur", "future", "recherche", "looking", "seeking", "open"),
        *("candidat", "candidate", "retired", "retraite", "ruhestand", "honoraire", "honorary", "emeritus", "emerite"),
    }
)
# Links that make of the title behind them somebody else's: 'the right hand of the CEO', 'le bras droit du PDG'.
_GOVERNING = frozenset(
    {
        *("al", "alla", "au", "aux", "del", "della", "delle", "dem", "den"),
        *("der", "des", "du", "het", "l", "la", "las", "le", "les"),
        *("los", "the", "to", "zum", "zur"),
    }
)
_DEPUTIES = frozenset(
    {
        *("adjoint", "adjointe", "delegue", "deleguee", "suppleant", "suppleante", "deputy", "vice"),
        *("stellvertreter", "stellvertreterin"),
    }
)


class Part(NamedTuple):
    """One title: its words without links, and of each whether it is about somebody else."""

    words: tuple[str, ...]
    is_of_another: tuple[bool, ...]


def parts_of(title: str) -> list[Part]:
    """'Ex-DG, adjointe au directeur' -> the one part ('adjointe', 'directeur'), both the lead's own.

    What somebody was or wants to be is left out; a deputy counts as whom they stand in for.
    """
    plain = plain_title(title)
    if not _HINTS.isdisjoint(words_in(plain)):
        if _RETIRED.search(plain) or _RETIRED_FRENCH.search(title):
            return []
        plain = "|".join(_NOT_NOW.sub("", text) for text in _BETWEEN.split(plain))
    parts = map(_part, _BETWEEN.split(plain))
    return [part for part in parts if part.words]


def _part(text: str) -> Part:
    pairs = list(_own_words(text))
    return Part(tuple(word for word, _ in pairs), tuple(of_another for _, of_another in pairs))


def _own_words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word that is no link, and whether a link before it gives it to somebody else.

    'To the' gives all that follows: 'assistant to the sales manager'.
    """
    links = title_links()
    before, last_link, is_governed, is_given = "", "", False, False
    for word in words_in(text.replace("*", " ")):
        if word in links:
            is_governed = is_governed or word in _GOVERNING
            is_given = is_given or ((last_link, word) == ("to", "the") and before not in {"", *_DEPUTIES})
            last_link = word
        else:
            yield word, is_given or (is_governed and bool(before) and before not in _DEPUTIES)
            before, last_link, is_governed = word, "", False
