"""Number formats that change how a number reads: leading zeros, an international prefix, percent."""

from __future__ import annotations

import re
from functools import lru_cache

from leadscore.values.cells import ShownNumber, number_text

# Pieces of a format code: quoted or escaped literals, fill and width marks, [conditions], then single characters.
_PIECE = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<bare>.)', re.DOTALL)
_DIGITS = "0#?"
_LITERALS = " -+()\u00a0\u202f"  # what a format code may show without quoting it
_PREFIX = re.compile(r"\+\d+")
_LEAST_ZEROS = 2  # '0' pads nothing; '00' is the first format that can show a leading zero

# ECMA-376 part 1, 18.8.30: the formats that a file need not spell out.
BUILT_IN_FORMATS = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    49: "@",
}


def shown_number(number: float, code: str) -> ShownNumber | None:
    """The number as its format shows it; None where the format changes nothing that is read.

    1000 under '00000' -> '01000'; 612345678 under '0#" "##" "##" "##" "##' -> '0612345678'; 612345678 under
    '"+33 "0' -> '+33612345678'; 0.125 under '0.0%' -> '0.125', and its format tells that it is a percentage.
    """
    kind, prefix, zeros = _meaning(code)
    if kind == "percent":
        return ShownNumber(number, number_text(float(number)), code)
    if kind == "plain" or number < 0 or number != int(number):
        return None
    return ShownNumber(number, f"{prefix}{int(number):0{zeros}d}", code)


def changes_reading(code: str) -> bool:
    """Whether numbers under this format code can read differently from what they are."""
    return _meaning(code)[0] != "plain"


@lru_cache(maxsize=4_096)
def _meaning(code: str) -> tuple[str, str, int]:
    """'percent', 'zeros' or 'plain'; the prefix shown before the digits; how many digits are shown at least."""
    marks, literals = "", ""
    for piece in _PIECE.finditer(code):
        bare = piece["bare"] or ""
        if bare == ";":  # the sections after it are for negative numbers, zero and text
            break
        if bare and bare not in _LITERALS:
            marks += bare
        elif not marks:
            literals += bare or piece["quoted"] or piece["escaped"] or ""
    if marks.strip("0#?,.") == "%":
        return "percent", "", 0
    if marks == "" or marks.strip(_DIGITS):
        return "plain", "", 0
    zeros = len(marks) - marks.find("0") if "0" in marks else 0
    prefix = _PREFIX.match(re.sub(r"[^+\d]", "", literals))
    if prefix is None and zeros < _LEAST_ZEROS:
        return "plain", "", 0
    return "zeros", prefix[0] if prefix else "", zeros
