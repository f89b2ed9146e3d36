"""SIREN and SIRET, the numbers of French companies and of their premises: well-formed or not; no register is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from leadscore.enrichment.spreadsheet_slips import SCIENTIFIC
from leadscore.enrichment.step import Context, MadeColumn

NEEDS = ("siren", "siret", "siren_from_vat")
FAILURES = ("not_a_number", "invalid_length", "checksum", "placeholder", "scientific_notation")
MAKES = (
    MadeColumn(
        "siren_norm", "The nine digits of the SIREN: the lead's, else those in its SIRET, else in its VAT number."
    ),
    MadeColumn(
        "siren_validity",
        "Whether the SIREN is well-formed, check digit included; not whether it is registered.",
        ("ok", "fail"),
    ),
    MadeColumn(
        "siren_reason",
        "Why the verdict on the SIREN; padded: zeros that a spreadsheet ate are put back.",
        ("missing", "padded", "from_siret", "from_vat", *FAILURES),
    ),
    MadeColumn(
        "siret_validity",
        "Whether the SIRET is well-formed, check digit included; not whether it is registered.",
        ("ok", "fail"),
    ),
    MadeColumn(
        "siret_reason",
        "Why the verdict on the SIRET; other_siren: it is of another company than the SIREN.",
        ("missing", "padded", "other_siren", *FAILURES),
    ),
)

SIREN_LENGTH = 9  # digits, INSEE
SIRET_LENGTH = 14  # digits: the SIREN and five of the premises
LOST_ZEROS = 2  # No SIREN in use has more at its start.
# 'N° SIREN :', 'RCS Paris B'.
_LABEL = re.compile(r"\W*(?:(?:n[o°]?|num[eé]ro|num)\W{0,3})?(?:sire[nt]\W*|r\.?c\.?s\b\D*)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\u200b.,:/_'’‐‑–—-]+")
_NUMBER_CELL = re.compile(r"(\d+)[.,]0+")


class SirenAnswer(NamedTuple):
    """One value per made column."""

    siren: str = ""
    siren_validity: str = ""
    siren_reason: str = "missing"
    siret_validity: str = ""
    siret_reason: str = "missing"


class _Number(NamedTuple):
    """The digits of a valid number, '' of any other, with the verdict and its reason."""

    digits: str = ""
    validity: str = ""
    reason: str = "missing"


def prepare(_context: Context) -> Callable[[str, str, str], SirenAnswer]:
    """What a SIREN, a SIRET and the SIREN of a VAT number give."""

    def answer(siren: str, siret: str, siren_from_vat: str) -> SirenAnswer:
        own, premises = _judged(siren, is_siret=False), _judged(siret, is_siret=True)
        in_siret = premises.digits[:SIREN_LENGTH]
        if not siren and (in_siret or siren_from_vat):
            own = _Number(in_siret or siren_from_vat, "ok", "from_siret" if in_siret else "from_vat")
        if in_siret and own.digits not in {"", in_siret}:
            premises = premises._replace(reason="other_siren")
        return SirenAnswer(*own, premises.validity, premises.reason)

    return answer


def _judged(text: str, *, is_siret: bool) -> _Number:
    """The verdict on one cell. A SIRET where a SIREN should be gives its SIREN; not the other way round."""
    if not text:
        return _Number()
    if SCIENTIFIC.fullmatch(text):
        return _Number("", "fail", "scientific_notation")
    digits = _digits(text)
    if not digits:
        return _Number("", "fail", "not_a_number")
    if not is_siret and len(digits) == SIRET_LENGTH:
        number = _verdict(digits, SIRET_LENGTH)
        return number._replace(digits=number.digits[:SIREN_LENGTH], reason=number.reason or "from_siret")
    return _verdict(digits, SIRET_LENGTH if is_siret else SIREN_LENGTH)


def _digits(text: str) -> str:
    """The digits of a text that is a number, separators and 'SIREN :' aside; '' of any other text."""
    label = _LABEL.match(text)
    number = text[label.end() :] if label else text
    if in_cell := _NUMBER_CELL.fullmatch(number):
        return in_cell[1]
    digits = _SEPARATORS.sub("", number)
    return digits if digits.isascii() and digits.isdigit() else ""


def _verdict(digits: str, length: int) -> _Number:
    """The verdict on digits that should be so many; zeros are put back at the start where that makes a valid number."""
    padded = digits.zfill(length)
    if not length - LOST_ZEROS <= len(digits) <= length:
        return _Number("", "fail", "invalid_length")
    # All zeros pass every check digit; 'all alike' is what people type who will not say.
    if len(set(digits[:SIREN_LENGTH])) == 1:
        return _Number("", "fail", "placeholder")
    is_valid = _is_valid(padded)
    if len(digits) < length:
        return _Number(padded, "ok", "padded") if is_valid else _Number("", "fail", "invalid_length")
    return _Number(padded, "ok", "") if is_valid else _Number("", "fail", "checksum")


def _is_valid(digits: str) -> bool:
    """By python-stdnum, which knows that the premises of La Poste (356 000 000) have a check digit of their own."""
    from stdnum.fr import siren, siret

    rules = siren if len(digits) == SIREN_LENGTH else siret
    return bool(rules.is_valid(digits))
