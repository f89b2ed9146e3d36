"""What stands in a company's name besides the name, and what stands there instead of one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from leadscore.reference.files import entries
from leadscore.values.name_words import words_key


@dataclass(frozen=True)
class LegalForm:
    """A legal form in its canonical spelling, and the ISO2 codes of the countries that have it.

    `start` and `end` say how it must be written there to be one: `any` way, with two `capitals` or a dot, with
    `dots`, or as one of `spellings`; '' means never.
    """

    form: str
    countries: tuple[str, ...]
    spellings: frozenset[str]
    start: str
    end: str
    is_individual: bool


@cache
def legal_forms() -> dict[str, LegalForm]:
    """The legal forms by the key of every spelling, as `words_key` gives it: {'gmbh': …, 'sp z oo': …}."""
    rows = [(row["spellings"].split("|"), row) for row in csv.DictReader(entries("legal_forms.csv"))]
    return {words_key(spelling): _legal_form(row, spellings) for spellings, row in rows for spelling in spellings}


def _legal_form(row: dict[str, str], spellings: list[str]) -> LegalForm:
    countries = tuple(row["countries"].split())
    is_individual = row["individual"] == "yes"
    return LegalForm(row["form"], countries, frozenset(spellings), row["start"], row["end"], is_individual)


@cache
def company_words() -> dict[str, str]:
    """What people write for a company that is none, by its key: {'test': 'nothing', 'freelance': 'freelance'}.

    `nothing` is a dummy or says that there is none, `freelance` is one person's business, `private` no business at all;
    `name` is a real name that only looks as if it began or ended with a legal form. What says nothing of anything
    ('n/a') is in not_told.txt.
    """
    return {words_key(row["words"]): row["meaning"] for row in csv.DictReader(entries("company_words.csv"))}


@cache
def shared_sites() -> frozenset[str]:
    """Domains whose pages belong to many: social networks, marketplaces, directories, short links, makers of sites."""
    return frozenset(entries("shared_sites.txt"))
