"""Words of job titles: which seniority and which function each speaks of."""

from __future__ import annotations

import csv
import re
from functools import cache

from leadscore.reference.files import entries
from leadscore.values.folding import fold

# From the most senior on. A word that is `unknown` says nothing, and keeps its parts from saying something.
SENIORITIES = (
    "owner",
    "c_level",
    "vp",
    "director",
    "head",
    "manager",
    "senior",
    "staff",
    "junior",
    "intern",
    "unknown",
)
FUNCTIONS = (
    "sales",
    "marketing",
    "it",
    "finance",
    "hr",
    "operations",
    "legal",
    "purchasing",
    "general_management",
    "other",
    "unknown",
)
# 'h/f', '(m/w/d)': an advertisement's word for everybody.
_EVERYBODY = re.compile(r"\(?\b[fhmw](?: ?[/|-] ?[dfhmwx]){1,2}\b\)?")
# The other gender's ending behind a word: 'directeur·rice', 'directeur/trice', 'charge(e)', 'leiter:in'.
_ENDING = re.compile(
    r"(?<=[a-z])(?:[·•∙./:*_-]|\((?=[a-z]+\)))-?"
    r"(?:s|e|es|fe|ne|le|ale|te|ve|se|euse|ere|iere|re|rice|ice|trice|atrice|in|innen|ienne|enne)\b\)?"
)
_INITIALS = re.compile(r"(?<![a-z])(?:[a-z]\.){2,}[a-z]?(?![a-z])|(?<![a-z])[a-z]\.[a-z](?![a-z])")
_AND_LETTERS = re.compile(r"\b([imr]) ?[&+] ?([ad])\b")  # r&d, m&a, i+d
_MARK = re.compile(r"[^a-z0-9 ']")
_ELECTRONIC = re.compile(r"\be-(?=[a-z]{3})")
_WORD = re.compile(r"\*?[^\W_]+(?:&[^\W_]+)*\*?")


def plain_title(text: str) -> str:
    """A folded title without its other gender and without the dots of initials, its separators kept.

    'Directeur·rice (H/F) - D.A.F.' -> 'directeur  - daf'; 'R & D' -> 'r&d'.
    """
    text = fold(text)
    if not _MARK.search(text):
        return text
    text = _INITIALS.sub(lambda match: match[0].replace(".", ""), text)
    text = _ENDING.sub("", _EVERYBODY.sub("", text))
    return _AND_LETTERS.sub(r"\1&\2", _ELECTRONIC.sub("e", text))


def words_in(plain: str) -> list[str]:
    """The words of a plain title, links too: 'chef d'equipe' -> ['chef', 'd', 'equipe']."""
    return _WORD.findall(plain)


def title_key(text: str) -> str:
    """A word or phrase of a title as phrases are compared: "Chef·fe d'équipe" -> 'chef equipe'."""
    links = title_links()
    return " ".join(word for word in words_in(plain_title(text)) if word not in links)


@cache
def title_links() -> frozenset[str]:
    """Words that may stand between those of a phrase: 'de', 'of', 'the', 'und'."""
    return frozenset(entries("title_links.txt"))


@cache
def assistant_words() -> frozenset[str]:
    """Words for somebody who assists another, folded: 'assistante', 'secretary', 'bras' of 'bras droit'."""
    return frozenset(entries("assistant_words.txt"))


@cache
def own_work_words() -> frozenset[str]:
    """Professions whose work is their own, whomever they do it for, folded: 'recruiter', 'acheteur', 'teacher'."""
    return frozenset(entries("own_work_words.txt"))


@cache
def seniority_words() -> frozenset[str]:
    """Phrases of titles and the seniority each speaks of, written 'key=seniority': 'chef service=head'.

    '*leiter=head' is of every word that ends so, 'vertrieb*' of every word that begins so.
    """
    return _word_levels("seniority_words.csv")


@cache
def function_words() -> frozenset[str]:
    """Phrases of titles and the function each speaks of, written as `seniority_words`: 'acheteur=purchasing'."""
    return _word_levels("function_words.csv")


def _word_levels(file_name: str) -> frozenset[str]:
    return frozenset(f"{title_key(word)}={level}" for word, level in csv.reader(entries(file_name)[1:]))
