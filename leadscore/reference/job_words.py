"""Words of job titles: which seniority and which function each speaks of."""

from __future__ import annotations

import csv
import re
from functools import cache

from leadscore.reference.files import entries
from leadscore.values.folding import fold

# From the most senior on; what a word of a title can say.
SENIORITIES = ("owner", "c_level", "vp", "director", "head", "manager", "senior", "staff", "junior", "intern")
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
)
_NO_WORD = re.compile(r"[^\w&]+|_+")


def title_key(text: str) -> str:
    """A title or a word of one as they are compared: ' Vice-Président' -> 'vice president'."""
    return _NO_WORD.sub(" ", fold(text)).strip()


@cache
def seniority_words() -> frozenset[str]:
    """Words of titles and the seniority each speaks of, written 'word=level': 'directrice=director'."""
    return _word_levels("seniority_words.csv")


@cache
def function_words() -> frozenset[str]:
    """Words of titles and the function each speaks of, written 'word=function': 'acheteur=purchasing'."""
    return _word_levels("function_words.csv")


def _word_levels(file_name: str) -> frozenset[str]:
    return frozenset(f"{title_key(word)}={level}" for word, level in csv.reader(entries(file_name)[1:]))
