"""Place: of French postcodes the department and region."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from leadscore.enrichment.country_signs import email_country, sign_countries
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import TERRITORIES, department_of, sellers_country
from leadscore.values.folding import fold

NEEDS = ("postcode", "country_iso2", "phone_country", "email_domain", "email_type", "website_domain", "vat_country")
REASONS = ("missing", "padded", "country_guessed", "not_french", "no_country", "not_a_postcode")
MAKES = (
    MadeColumn("department_code", "The French department of the postcode: 01, 2A, 971; blank outside France."),
    MadeColumn("department_name", "The name of the French department."),
    MadeColumn("region_name", "The French region of the postcode; collectivities overseas are in none."),
    MadeColumn(
        "postcode_reason",
        "Why the postcode has no department, or what was done to it; padded: a lost leading zero was put back.",
        REASONS,
    ),
)

_FRENCH_NUMBERING = frozenset({"FR", *TERRITORIES["FR"], "NC", "PF", "WF", "TF"})  # countries with its postcodes
_MONACO = "980"
# Folded: '75008', '75 008', 'F-75008', 'FR 75008', '75008.0', '75382 CEDEX 08', '75008 Paris'; the zero may be lost.
_POSTCODE = re.compile(r"(?:fr?|france)?[ -]*([0-9]{1,2}) ?([0-9]{3})(?:\.0+)?(?:[ ,-]+[a-z].*)?")


class PlaceAnswer(NamedTuple):
    """One value per made column."""

    department_code: str = ""
    department_name: str = ""
    region_name: str = ""
    reason: str = ""


def prepare(context: Context) -> Callable[..., PlaceAnswer]:
    """The department of a lead, from NEEDS.

    A lead without a country is in France where all signs of it say so; without any, where the run does.
    """

    def answer(postcode: str, country: str, *signs: str) -> PlaceAnswer:
        if not postcode:
            return PlaceAnswer(reason="missing")
        if country:
            return _placed(country, postcode) if country in _FRENCH_NUMBERING else PlaceAnswer(reason="not_french")
        return _guessed(postcode, _countries_shown(*signs) or {sellers_country(context.country)})

    return answer


def read_postcode(text: str) -> tuple[str, bool]:
    """A French postcode as people type it -> its five digits, '' when it is none, and whether a zero was put back."""
    match = _POSTCODE.fullmatch(fold(text))
    if match is None or match[1] == "0":
        return "", False
    return match[1].zfill(2) + match[2], len(match[1]) == 1


def _placed(code: str, postcode: str) -> PlaceAnswer:
    """The department of a postcode in a country with French numbering.

    A zero is put back in France only: no postcode of a territory begins with one.
    """
    digits, is_padded = read_postcode(postcode)
    if digits.startswith(_MONACO):
        return PlaceAnswer(reason="not_french")
    department = department_of(digits) if code == "FR" or not is_padded else None
    if department is None:
        return PlaceAnswer(reason="not_a_postcode")
    return PlaceAnswer(*department, "padded" if is_padded else "")


def _guessed(postcode: str, countries: set[str]) -> PlaceAnswer:
    """The department of a postcode whose lead says no country; `countries` is what the signs show, '' for nothing.

    No zero is put back here: 1000 is Brussels or Lausanne as well.
    """
    if not countries <= _FRENCH_NUMBERING:
        return PlaceAnswer(reason="no_country" if countries & {"FR", ""} else "not_french")
    answer = _placed("", postcode)
    return answer._replace(reason="country_guessed" if answer.department_code else "no_country")


def _countries_shown(
    phone_country: str, email_domain: str, email_type: str, website_domain: str, vat_country: str
) -> set[str]:
    email = email_country(email_domain, email_type)
    return set(sign_countries(phone_country, email, website_domain, vat_country).values())
