"""What a person could write into a field so that enrichment finds it good, or of some kind; said in words.

One specimen for each verdict or word that a model may ask for. A test has the steps judge every one of them, so that
what a specimen is said to be is what it is. The mailboxes and firms are invented; nobody is written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_MAILBOX = "camille.renard"
# The last digits of an invented number: no run up or down, nothing repeated, so that no one takes it for a placeholder.
_LAST_DIGITS = ("318295", "204517", "617038")
_USUAL_COUNTRIES = ("FR", "BE", "CH", "DE", "GB", "US")
_AGES = (0, 10, 45, 80, 150, 400)  # days: one in each of the words of `freshness`, whatever its limits


@dataclass(frozen=True)
class Specimen:
    """A text for a field, and what it is in words: 'a valid professional address'."""

    text: str
    said: str


_FIXED: dict[str, tuple[Specimen, ...]] = {
    "email": (
        Specimen(f"{_MAILBOX}@renard-conseil.fr", "a valid professional address"),
        Specimen(f"{_MAILBOX}@gmail.com", "a valid address of a free provider"),
        Specimen("contact@renard-conseil.fr", "a valid professional address of a function, such as contact@"),
        Specimen(f"{_MAILBOX}@u-bordeaux.fr", "a valid address of a school or university"),
        Specimen(f"{_MAILBOX}@interieur.gouv.fr", "a valid address of a public authority"),
    ),
    "first_name": (Specimen("Camille", "a first name"),),
    "last_name": (Specimen("Renard", "a last name"),),
    "full_name": (Specimen("Camille Renard", "a first and last name"),),
    "civility": tuple(Specimen(text, f'the civility "{text}"') for text in ("Mme", "M.", "Dr")),
    "job_title": tuple(
        Specimen(text, f'a job title such as "{text}"')
        for text in (
            *("Founder", "CEO", "Chief Marketing Officer", "CFO", "CTO", "VP Sales", "Sales Director"),
            *("Marketing Director", "IT Director", "HR Director", "Finance Director", "Operations Director"),
            *("Purchasing Director", "Head of Sales", "Head of Marketing", "Sales Manager", "Marketing Manager"),
            *("IT Manager", "HR Manager", "Purchasing Manager", "Legal Counsel", "Senior Accountant", "Accountant"),
            *("Junior Developer", "Marketing Intern"),
        )
    ),
    "website": (Specimen("https://www.renard-conseil.fr", "a company website"),),
    "company": (
        Specimen("Renard Conseil SAS", "a company name with its legal form"),
        Specimen("Renard Conseil", "a company name"),
    ),
    "vat": (Specimen("FR40303265045", "a valid VAT number"),),
    "siren": (Specimen("303265045", "a valid SIREN"),),
    "siret": (Specimen("30326504500011", "a valid SIRET"),),
    "postcode": (Specimen("33000", "a French postcode"),),
    "city": (Specimen("Bordeaux", "a city"),),
    "address": (Specimen("12 rue des Lilas", "a street address"),),
    "headcount": tuple(Specimen(text, f"{text} employees") for text in ("5", "25", "120", "700", "6000")),
    "budget": tuple(Specimen(f"{text} €", f"{text} €") for text in ("500", "3000", "12000", "60000", "250000")),
    "message": (
        Specimen("Bonjour, nous cherchons une solution pour nos commerciaux.", "a message in French"),
        Specimen("Hello, we are looking for a solution for our sales team.", "a message in English"),
    ),
}
# Fields whose text an enrichment column takes over much as it stands.
_FREE_FORM = frozenset({"country", "budget", "headcount", "company", "account"})
_DATES = frozenset({"created_at", "last_activity_at", "updated_at"})


def specimens(field: str, as_of: date) -> tuple[Specimen, ...]:
    """What a field of a lead could hold, the best first; () for a field that no step judges by itself."""
    if field in ("phone", "mobile"):
        return phones_of(_USUAL_COUNTRIES)
    if field == "country":
        return tuple(Specimen(code, code) for code in _USUAL_COUNTRIES)
    if field in _DATES:
        return tuple(dated(age, as_of) for age in _AGES)
    return _FIXED.get(field, ())


def specimen_of(field: str, kind: str, text: str, as_of: date) -> Iterator[Specimen]:
    """What makes an enrichment column of some kind hold this text, where the field it is made from can say it."""
    if kind == "country" and field in ("phone", "mobile"):
        yield from phones_of([text])
    elif field == "email" and text:
        yield Specimen(f"{_MAILBOX}@{text.rpartition('@')[2].lstrip('.')}", f"an address at {text.lstrip('@')}")
    elif kind == "domain" and field == "website":
        yield Specimen(f"https://www.{text}", f"a website of {text}")
    elif kind == "integer" and field in _DATES and text.lstrip("-").isdigit():
        yield dated(int(text), as_of)
    elif field in _FREE_FORM:
        yield Specimen(text, text)


def dated(age: int, as_of: date) -> Specimen:
    """A day of this age in days."""
    day = (as_of - timedelta(days=age)).isoformat() if abs(age) < as_of.toordinal() else as_of.isoformat()
    return Specimen(day, day)


def phones_of(countries: Iterable[str]) -> tuple[Specimen, ...]:
    """A valid mobile and a valid fixed number of each country (ISO2), written so that no country is needed to read."""
    return tuple(one for country in countries for one in _phones(country))


@cache
def _phones(country: str) -> tuple[Specimen, ...]:
    from phonenumbers import PhoneNumberType

    kinds = {"mobile": PhoneNumberType.MOBILE, "fixed-line": PhoneNumberType.FIXED_LINE}
    numbers = {said: _number(country, kind) for said, kind in kinds.items()}
    if numbers["mobile"] == numbers["fixed-line"]:  # where numbers do not tell, as in North America
        numbers = {"phone": numbers["mobile"]}
    return tuple(Specimen(number, f"a valid {said} number of {country}") for said, number in numbers.items() if number)


def _number(country: str, kind: int) -> str:
    """An invented valid number of a country, '' where none is found."""
    from phonenumbers import (
        PhoneNumber,
        PhoneNumberFormat,
        example_number_for_type,
        format_number,
        is_valid_number_for_region,
    )

    example = example_number_for_type(country, kind)
    if example is None:
        return ""
    digits = str(example.national_number)
    for last in _LAST_DIGITS:
        number = PhoneNumber(example.country_code, int(digits[: -len(last)] + last))
        number.italian_leading_zero = example.italian_leading_zero
        if is_valid_number_for_region(number, country):
            return str(format_number(number, PhoneNumberFormat.INTERNATIONAL))
    return ""
