"""Head-count: from how many to how many people a company has, as forms, LinkedIn and the INSEE say it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from leadscore.enrichment.quantities import LONGEST, Quantity, keys_of, read_quantity
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.values.days import is_day_like
from leadscore.values.folding import fold, name_key, trim

REASONS = (
    "missing",
    "exact",
    "range",
    "at_least",
    "at_most",
    "about",
    "size_word",
    "no_number",
    "date",
    "unreadable",
)
MAKES = (
    MadeColumn(
        "headcount_min",
        "The least number of people the company may have: 11 for '11-50'; blank when nothing says.",
        kind="integer",
    ),
    MadeColumn(
        "headcount_max",
        "The largest number of people the company may have: 50 for '11-50'; blank when it has no upper end.",
        kind="integer",
    ),
    MadeColumn(
        "headcount_reason",
        "How the head-count was read; date: Excel made a date of it, and nothing is read.",
        REASONS,
    ),
)

MOST_PEOPLE = 10_000_000  # the largest employers have some three million; above it is a phone or a SIREN
# Décret n° 2008-1354 of 18 December 2008, article 3, by head-count alone: category -> least and most people.
_SIZES: dict[str, tuple[int, int | None]] = {
    "tpe": (0, 9),
    "mic": (0, 9),
    "micro entreprise": (0, 9),
    "microentreprise": (0, 9),
    "pme": (10, 249),
    "pmi": (10, 249),
    "sme": (10, 249),
    "smb": (10, 249),
    "eti": (250, 4999),
    "ge": (5000, None),
    "grand groupe": (5000, None),
    "grande entreprise": (5000, None),
    # One person, who counts or not as the sheet sees it.
    "freelance": (0, 1),
    "independant": (0, 1),
    "auto entrepreneur": (0, 1),
    "autoentrepreneur": (0, 1),
    "self employed": (0, 1),
    # The INSEE's first tranche.
    "non employeur": (0, 0),
    "unite non employeuse": (0, 0),
    "etablissement non employeur": (0, 0),
    "aucun": (0, 0),
    "sans": (0, 0),
}
# Rough numbers that are words in French and English.
_ROUND = {
    "dizaine": "10",
    "douzaine": "12",
    "dozen": "12",
    "quinzaine": "15",
    "vingtaine": "20",
    "trentaine": "30",
    "quarantaine": "40",
    "cinquantaine": "50",
    "soixantaine": "60",
    "centaine": "100",
    "millier": "1000",
}
_NO_NUMBER = keys_of("startup; start-up; scale-up; plusieurs; several; many; autre; other")
_PEOPLE = re.compile(
    r"\b(?:salarie|employe|collaborateur|agent|membre|personne)(?:\(?e?\)?\(?s?\)?)(?![a-z])|\bcollaboratrices?\b"
    r"|\b(?:employees?|people|persons?|members?|staff|workers?|pers|sal|etp|ftes?|effectifs?|headcount)\b"
)
_SIZE_BEFORE_NUMBER = re.compile(
    r"^(?:tpe|pme|pmi|eti|ge|sme|smb|grand groupe|grande entreprise|startup|start-up)\b(?=.*\d)"
)
_OPENING = re.compile(r"^(?:(?:nous sommes|we are|equipe|team|une?|an?|de|of|d')(?=[ '\d])\s*)+(?!(?:entre|l'ordre)\b)")
_MARKS = re.compile(r"[()\[\]:;=\"]|\.$|,$")
_ROUND_WORD = re.compile(rf"(?:\bune? |\ba )?\b({'|'.join(_ROUND)})\b(?: de\b)?")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_BETWEEN_SIZES = re.compile(r"\s*(?:/|,|-|\bou\b|\bor\b|\bet\b|\band\b)\s*")
_OTHER_UNIT = re.compile(r"[%€$£]|\b(?:eur|euros?|chf|usd|gbp|fr|ca)\b")


class HeadcountAnswer(NamedTuple):
    """One value per made column."""

    least: int | str = ""
    most: int | str = ""
    reason: str = ""


def prepare(_context: Context) -> Callable[[str], HeadcountAnswer]:
    """What one head-count cell gives; a mark before three digits groups thousands, for people are whole."""

    def answer(headcount: str) -> HeadcountAnswer:
        text = trim(headcount)
        if not text:
            return HeadcountAnswer(reason="missing")
        if len(text) > LONGEST:
            return HeadcountAnswer(reason="unreadable")
        plain = fold(text)
        return _counted(plain) or _sized(plain) or HeadcountAnswer(reason="date" if is_day_like(text) else "unreadable")

    return answer


def _counted(plain: str) -> HeadcountAnswer | None:
    """The answer of a text with a number in it."""
    if _OTHER_UNIT.search(plain):
        return None
    bare = _SIZE_BEFORE_NUMBER.sub("", _MARKS.sub(" ", _PEOPLE.sub(" ", plain)).strip())
    number = _ROUND_WORD.sub(lambda word: f" {_ROUND[word[1]]} ", bare.replace("d'un", "de un"))
    text = _OPENING.sub("", " ".join(number.split()).strip(" ,."))
    quantity = read_quantity(text, "," if "." in text else ".")
    if quantity is None or max(quantity.low or 0, quantity.high or 0) > MOST_PEOPLE:
        return None
    return _answered(quantity, is_round=number != bare)


def _answered(quantity: Quantity, *, is_round: bool) -> HeadcountAnswer:
    """The ends in whole people: more than 200 is 201 or more, less than 10 is 9 or less."""
    low, high, form = quantity
    least = 0 if low is None else math.floor(low) + (form == "more_than")
    most = "" if high is None else math.ceil(high) - (form == "less_than")
    if form == "exact" and (is_round or least != most):
        form = "about"
    reasons = {"more_than": "at_least", "less_than": "at_most"}
    return HeadcountAnswer(least, most, reasons.get(form, form))


def _sized(plain: str) -> HeadcountAnswer | None:
    """The answer of a word of size, or of several: 'TPE/PME' is from the least of the one to the most of the other."""
    if name_key(plain) in _NO_NUMBER:
        return HeadcountAnswer(reason="no_number")
    words = _bare_words(_PEOPLE.sub(" ", plain))
    names = [words] if words in _SIZES else list(map(_bare_words, _BETWEEN_SIZES.split(plain)))
    if not all(name in _SIZES for name in names):
        return None
    least, most = zip(*(_SIZES[name] for name in names), strict=True)
    return HeadcountAnswer(min(least), "" if None in most else max(most), "size_word")


def _bare_words(plain: str) -> str:
    return _NOT_A_WORD.sub(" ", plain).strip()
