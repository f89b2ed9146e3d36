"""VAT numbers of the European Union, Great Britain and Switzerland: well-formed or not; nobody is asked about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from leadscore.enrichment.spreadsheet_slips import SCIENTIFIC
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import country_code, sellers_country
from leadscore.values.folding import fold

NEEDS = ("vat", "country")
REASONS = (
    "missing",
    "country_guessed",
    "no_suffix",
    "no_country",
    "other_country",
    "not_a_number",
    "invalid_length",
    "format",
    "checksum",
    "placeholder",
    "scientific_notation",
)
MAKES = (
    MadeColumn("vat_norm", "The VAT number with its country's prefix and without spaces; blank unless it is valid."),
    MadeColumn(
        "vat_validity",
        "Whether the VAT number is well-formed, check digits included; not whether it is registered.",
        ("ok", "fail", "unknown"),
    ),
    MadeColumn(
        "vat_reason",
        "Why the verdict on the VAT number; country_guessed: read in the lead's country, no_suffix: a Swiss UID alone.",
        REASONS,
    ),
    MadeColumn("vat_country", "The country of a valid VAT number: GR for the prefix EL.", kind="country"),
    MadeColumn("siren_from_vat", "The SIREN inside a valid French VAT number."),
)

# Prefix of the number -> country. EL and XI are not ISO's: Greece, and Northern Ireland (Windsor Framework).
# Source: Council Directive 2006/112/EC article 215; python-stdnum eu.vat.
_EU = "AT BE BG CY CZ DE DK EE ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
PREFIXES = {code: code for code in [*_EU.split(), "GB"]} | {"EL": "GR", "GR": "GR", "XI": "GB", "CHE": "CH"}
_PREFIX_OF = {country: prefix for prefix, country in PREFIXES.items() if prefix not in {"GR", "XI"}}
_FISCAL_COUNTRY = {"MC": "FR"}  # Monaco is in the VAT area of France, with numbers FR…
_LABEL = re.compile(
    r"\W*(?:(?:num(?:ero)?|n[o°]?|id|code|no)\W{0,3})?(?:de\W{0,3})?(?:t\.?v\.?a|vat|mwst|ust|btw|iva|p\.?\s?iva)\b\.?"
    r"(?:\W{0,3}(?:intracom\w*|intra|number|no|id(?:nr)?|nr))?\W{0,5}"
)
_SEPARATORS = re.compile(r"[\s.,:/_-]+")
_SWISS_SLIP = re.compile(r"CH(?=\d)")
_SWISS_ENDINGS = ("MWST", "TVA", "IVA", "TPV")
_ONE_STOP_SHOP = "EU"  # numbers of sellers from outside the union
_MONACO = "000"  # French VAT numbers of Monaco have no SIREN


class VatAnswer(NamedTuple):
    """One value per made column."""

    norm: str = ""
    validity: str = ""
    reason: str = ""
    country: str = ""
    siren: str = ""


def prepare(context: Context) -> Callable[[str, str], VatAnswer]:
    """What a VAT number gives, read in the lead's country, else in the run's, where it has no prefix."""

    def answer(vat: str, country: str) -> VatAnswer:
        if not vat:
            return VatAnswer(reason="missing")
        said = sellers_country(country_code(country) or context.country)
        return judge(vat, _FISCAL_COUNTRY.get(said, said))

    return answer


def judge(text: str, country: str) -> VatAnswer:
    """The verdict on one VAT cell; `country` is the ISO2 code to read it in where it has no prefix, '' for none."""
    if SCIENTIFIC.fullmatch(text):
        return VatAnswer(validity="fail", reason="scientific_notation")
    number = _number(text)
    if not any(sign.isdigit() for sign in number):
        return VatAnswer(validity="fail", reason="not_a_number")
    if prefix := _prefix(number):
        return _verdict(prefix, number, "")
    is_elsewhere = number[:2].isalpha() and (number.startswith(_ONE_STOP_SHOP) or bool(country_code(number[:2])))
    if not is_elsewhere and country in _PREFIX_OF:
        return _verdict(_PREFIX_OF[country], _PREFIX_OF[country] + number, "country_guessed")
    return VatAnswer(validity="unknown", reason="other_country" if is_elsewhere or country else "no_country")


def _prefix(number: str) -> str:
    return next((number[:size] for size in (3, 2) if number[:size] in PREFIXES), "")


def _number(text: str) -> str:
    """'TVA : FR 12 345.678-901' -> 'FR12345678901'."""
    folded = fold(text)
    label = _LABEL.match(folded)
    number = _SEPARATORS.sub("", folded[label.end() :] if label else folded).upper()
    return _SWISS_SLIP.sub("CHE", number, count=1) if number.startswith("CH") else number


def _verdict(prefix: str, number: str, reason: str) -> VatAnswer:
    """The verdict on a number with its prefix; `reason` is that of a valid one."""
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    country = PREFIXES[prefix]
    if is_bare_uid := country == "CH" and not number.endswith(_SWISS_ENDINGS):
        number, reason = number + _SWISS_ENDINGS[0], "no_suffix"
    try:
        body = _rules(country).validate(number).removeprefix(prefix)
    except InvalidChecksum:
        return VatAnswer(validity="fail", reason="checksum")
    except InvalidLength:
        return VatAnswer(validity="fail", reason="invalid_length")
    except (ValidationError, ValueError, LookupError):  # some rules trip over letters where they want digits
        return VatAnswer(validity="fail", reason="format")
    # The first two of a French number are its key.
    serial = body[2:] if country == "FR" else body
    if len({sign for sign in serial if sign.isdigit()}) == 1:
        return VatAnswer(validity="fail", reason="placeholder")
    norm = prefix + (body.removesuffix(_SWISS_ENDINGS[0]) if is_bare_uid else body)
    siren = serial if country == "FR" and not serial.startswith(_MONACO) else ""
    return VatAnswer(norm, "ok", reason, country, siren)


@cache
def _rules(country: str) -> Any:
    """The library's rules for a country."""
    from stdnum.util import get_cc_module

    return get_cc_module(country.lower(), "vat")
