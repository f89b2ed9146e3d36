"""Phone: the number meant, whether it can exist, and where. Read with libphonenumber's metadata, never any network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from leadscore.enrichment.phone_cleaning import digits_of, is_placeholder, numbers_in
from leadscore.enrichment.spreadsheet_slips import SCIENTIFIC
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import TERRITORIES, country_code, sellers_country
from leadscore.values.folding import trim

REASONS = (
    "missing",
    "two_numbers",
    "from_mobile",
    "not_a_number",
    "too_short",
    "too_long",
    "invalid_length",
    "invalid_country_code",
    "local_only",
    "possible_only",
    "no_country",
    "placeholder",
    "scientific_notation",
)
TYPES = ("mobile", "fixed", "fixed_or_mobile", "voip", "premium", "toll_free", "shared_cost", "other")
MAKES = (
    MadeColumn("phone_e164", "The number in international form (+33…); blank unless it is valid."),
    MadeColumn(
        "phone_validity",
        "Whether the phone number can exist; unknown when there is no country to read it in.",
        ("ok", "fail", "unknown"),
    ),
    MadeColumn(
        "phone_reason",
        "Why the verdict on the phone number; two_numbers: the first valid one is taken; from_mobile: the mobile is.",
        REASONS,
    ),
    MadeColumn(
        "phone_country", "The country of the number as a seller means it: Réunion counts as FR.", kind="country"
    ),
    MadeColumn("phone_territory", "The exact territory of the number: RE for Réunion.", kind="country"),
    MadeColumn("phone_type", "What kind of line a valid number is.", TYPES),
)

_START = re.compile(r"[+\uff0b]|\d")
LONGEST = 500  # characters; what is longer is prose, and libphonenumber reads 250 of a number
NON_GEOGRAPHIC = "001"  # libphonenumber's region of +800 and its like


class PhoneAnswer(NamedTuple):
    """One value per made column."""

    e164: str = ""
    validity: str = ""
    reason: str = ""
    country: str = ""
    territory: str = ""
    kind: str = ""


def prepare(context: Context) -> Callable[[str, str, str], PhoneAnswer]:
    """What a lead's phone and mobile give, read in the lead's country, else in the run's.

    A good mobile stands in for a phone that is blank or bad; where neither is good, the verdict is on the phone.
    """

    def answer(phone: str, mobile: str, country: str) -> PhoneAnswer:
        region = _region(country_code(country)) or _region(context.country)
        verdict = _judged(trim(phone), region)
        if verdict.validity == "ok" or not trim(mobile):
            return verdict
        of_mobile = _judged(trim(mobile), region)
        if of_mobile.validity == "ok":
            return of_mobile._replace(reason="from_mobile")
        return verdict if verdict.validity else of_mobile

    return answer


def _judged(text: str, country: str) -> PhoneAnswer:
    """The verdict on a trimmed cell."""
    if not text:
        return PhoneAnswer(reason="missing")
    if SCIENTIFIC.fullmatch(text):
        return PhoneAnswer(validity="fail", reason="scientific_notation")
    if len(text) > LONGEST:
        return PhoneAnswer(validity="fail", reason="too_long")
    return _first_valid(text, country)


def _region(country: str) -> str:
    """The country where numbers can be read in it, else '': Antarctica has none of its own."""
    import phonenumbers

    return country if country in phonenumbers.SUPPORTED_REGIONS else ""


def _first_valid(text: str, country: str) -> PhoneAnswer:
    """The verdict on the first valid number of a cell; where none is, on the first number."""
    numbers = numbers_in(text)
    verdicts = []
    for position, number in enumerate(numbers):
        verdict = judge(number, country)
        if verdict.validity == "ok":
            return verdict._replace(reason="two_numbers") if position else verdict
        verdicts.append(verdict)
    # The whole cell was tried first; where it was cut, the first piece says more.
    return verdicts[1] if len(verdicts) > 1 else verdicts[0]


def judge(number: str, country: str) -> PhoneAnswer:
    """The verdict on one number; `country` is the ISO2 code to read it in where it has no prefix, '' for none.

    A placeholder keeps its territory: what it would have been is known, and nothing else is worth having.
    """
    digits = digits_of(number)
    if not digits:
        return PhoneAnswer(validity="fail", reason="not_a_number")
    first_reason = ""
    for text, region in _readings(number, country):
        parsed, reason = _parse(text, region)
        if parsed is None:
            first_reason = first_reason or reason
        elif is_placeholder(digits) or is_placeholder(str(parsed.national_number)):
            return PhoneAnswer(validity="fail", reason="placeholder", territory=_territory(parsed, country))
        else:
            return _described(parsed, _territory(parsed, country))
    if is_placeholder(digits):
        return PhoneAnswer(validity="fail", reason="placeholder")
    if not first_reason:
        return PhoneAnswer(validity="unknown", reason="no_country")
    return PhoneAnswer(validity="fail", reason=first_reason)


def _readings(number: str, country: str) -> Iterator[tuple[str, str | None]]:
    """The texts and regions to read a number as, in turn: international, or in each part of its country."""
    start = _START.search(number)
    text = number[start.start() :] if start else ""
    if not text[:1].isdigit():
        yield text, None
        return
    if country:
        parent = sellers_country(country)
        for region in dict.fromkeys((country, parent, *TERRITORIES.get(parent, ()))):
            yield text, region
    if text.startswith("00"):
        yield f"+{text[2:].lstrip(' 0')}", None


def _parse(text: str, region: str | None) -> tuple[Any, str]:
    """The number where it is valid, else None and the reason."""
    import phonenumbers
    from phonenumbers import NumberParseException, ValidationResult

    try:
        parsed = phonenumbers.parse(text, region)
    except NumberParseException as problem:
        return None, {
            NumberParseException.INVALID_COUNTRY_CODE: "invalid_country_code",
            NumberParseException.NOT_A_NUMBER: "not_a_number",
            NumberParseException.TOO_LONG: "too_long",
        }.get(problem.error_type, "too_short")
    if phonenumbers.is_valid_number(parsed):
        return parsed, ""
    return None, {
        ValidationResult.IS_POSSIBLE: "possible_only",
        ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "local_only",
        ValidationResult.TOO_SHORT: "too_short",
        ValidationResult.TOO_LONG: "too_long",
    }.get(phonenumbers.is_possible_number_with_reason(parsed), "invalid_length")


def _territory(parsed: Any, country: str) -> str:
    """The lead's own territory where the number fits it (Saint-Martin shares +590 with others), else the number's."""
    import phonenumbers

    territory = phonenumbers.region_code_for_number(parsed) or ""
    if country not in {"", territory} and phonenumbers.is_valid_number_for_region(parsed, country):
        return country
    return "" if territory == NON_GEOGRAPHIC else territory


def _described(parsed: Any, territory: str) -> PhoneAnswer:
    import phonenumbers

    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return PhoneAnswer(e164, "ok", "", sellers_country(territory), territory, _kind(parsed))


def _kind(parsed: Any) -> str:
    import phonenumbers
    from phonenumbers import PhoneNumberType

    return {
        PhoneNumberType.MOBILE: "mobile",
        PhoneNumberType.FIXED_LINE: "fixed",
        PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
        PhoneNumberType.VOIP: "voip",
        PhoneNumberType.PREMIUM_RATE: "premium",
        PhoneNumberType.TOLL_FREE: "toll_free",
        PhoneNumberType.SHARED_COST: "shared_cost",
    }.get(phonenumbers.number_type(parsed), "other")
