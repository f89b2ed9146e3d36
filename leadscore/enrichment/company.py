"""Company: its name, given or guessed from its domain, its legal form, and whether it is one person."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from leadscore.enrichment.company_cleaning import meaning_of, plain_name
from leadscore.enrichment.name_titles import TITLES
from leadscore.enrichment.step import SEPARATOR, Context, MadeColumn
from leadscore.reference import legal_forms
from leadscore.values.name_words import name_words

NEEDS = ("company", "company_domain", "first_name", "last_name", "full_name")
MAKES = (
    MadeColumn("company_name", "The company as the lead says it, else guessed from its domain."),
    MadeColumn("company_name_guessed", "Whether the company's name is guessed from its domain.", kind="flag"),
    MadeColumn("company_norm", "The company's name as it is compared: without legal form, accents and punctuation."),
    MadeColumn("legal_form", "The legal form that stands beside the company's name, in its usual spelling."),
    MadeColumn("legal_form_countries", "The countries that have this legal form, as ISO codes.", many=True),
    MadeColumn(
        "company_is_individual", "Whether the company is one person: a sole trader or the lead's own name.", kind="flag"
    ),
)

# Characters; longer names than this are no initials: 'edf.fr' is EDF, 'acme.fr' Acme.
INITIALS_LENGTH = 3
# Words that stay small inside a name.
_SMALL_WORD = re.compile("à|aux?|d|de|des|du|en|et|l|la|les?|of|the|and|und|von|van|di|da|del|y")


class CompanyAnswer(NamedTuple):
    """One value per made column."""

    name: str = ""
    is_guessed: bool | str = ""
    norm: str = ""
    form: str = ""
    form_countries: str = ""
    is_individual: bool | str = ""


def prepare(_context: Context) -> Callable[[str, str, str, str, str], CompanyAnswer]:
    """What a lead's company, its domain and the person's names give."""

    def answer(company: str, company_domain: str, first_name: str, last_name: str, full_name: str) -> CompanyAnswer:
        known, is_guessed = _known_of(company), False
        if not known.name:
            known, is_guessed = _known_of(guessed_name(company_domain)), True
        if not known.name:
            return CompanyAnswer()
        is_individual = known.is_individual or _is_person(known.norm, (f"{first_name} {last_name}", full_name))
        return known._replace(is_guessed=is_guessed, is_individual=is_individual)

    return answer


def guessed_name(domain: str) -> str:
    """The name that a registrable domain suggests: 'vinci-energies.com' -> 'Vinci Energies', 'edf.fr' -> 'EDF'."""
    label = domain.partition(".")[0]
    if label.startswith("xn--"):
        label = _unicode_label(label)
    words = [word for word in label.replace("_", "-").split("-") if word]
    if len(words) == 1 and len(label) <= INITIALS_LENGTH:
        return label.upper()
    return " ".join(
        word if position and _SMALL_WORD.fullmatch(word) else word.capitalize() for position, word in enumerate(words)
    )


def _unicode_label(label: str) -> str:
    import idna

    try:
        return idna.decode(label)
    except idna.IDNAError:
        return label


@lru_cache(maxsize=65_536)
def _known_of(name: str) -> CompanyAnswer:
    """All that a name says by itself; blank where it holds signs only, or what stands for none (test)."""
    norm, form = plain_name(name)
    meaning = meaning_of(norm)
    if not norm or meaning == "nothing":
        return CompanyAnswer()
    # A cell 'Auto-entrepreneur' keeps its only word as the name, and is one person all the same.
    whole = form or legal_forms().get(norm)
    is_individual = meaning == "freelance" or (whole is not None and whole.is_individual)
    if form is None:
        return CompanyAnswer(name, norm=norm, is_individual=is_individual)
    return CompanyAnswer(name, "", norm, form.form, SEPARATOR.join(form.countries), is_individual)


def _is_person(norm: str, names: tuple[str, ...]) -> bool:
    """Whether a company bears one of the person's names, in any order; a first or last name alone is not enough."""
    company = {word for word in norm.split(" ") if word not in TITLES}
    return len(company) > 1 and any(company == _person_words(name) for name in names)


@lru_cache(maxsize=65_536)
def _person_words(name: str) -> set[str]:
    return {word.key for word in name_words(name) if word.key not in TITLES}
