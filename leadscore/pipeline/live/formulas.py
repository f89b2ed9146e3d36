"""Pieces of Excel formulas; they are in the notation that files have, whatever the language of Excel."""

from __future__ import annotations

from collections.abc import Iterable

from leadscore.issues import Place

NO_LIMIT = 1e300  # Excel's largest number is a little less than 1.8e308
# As `scoring.settling` rounds: what lies this near a half, or a few steps of a double, is a half.
_HALF_TOLERANCE, _STEPS = 1e-9, "1E-14"


def number(value: float) -> str:
    """12.0 -> '12', 1e300 -> '1E+300'."""
    return repr(int(value)) if value.is_integer() and abs(value) < NO_LIMIT else repr(value).upper()


def cell(sheet: str, letter: str, row: int) -> str:
    """'Scoring', 'G', 4 -> "'Scoring'!$G$4"."""
    return "'{}'!${}${}".format(sheet.replace("'", "''"), letter, row)


def number_at(place: Place, now: float, blank: float) -> str:
    """The number in a cell of the model, `blank` where nothing stands there.

    A text, which only the run knows how to read, and a cell that the sheet does not have count as `now`.
    """
    if not place.cell:
        return number(now)
    where = cell(place.sheet, place.letter, place.row)
    return f'IF(ISNUMBER({where}),{where},IF({where}="",{number(blank)},{number(now)}))'


def clamped(value: str, low: str, high: str) -> str:
    """A value raised to low, then lowered to high."""
    return f"MIN(MAX({value},{low}),{high})"


def rounded(value: str, decimals: int) -> str:
    """Half away from zero, as the run rounds."""
    tolerance = number(_HALF_TOLERANCE / 10**decimals)
    return f"ROUND({value}*(1+{_STEPS})+SIGN({value})*{tolerance},{decimals})"


def either(conditions: Iterable[str]) -> str:
    """One condition as it is, several in OR()."""
    all_of = list(conditions)
    return all_of[0] if len(all_of) == 1 else f"OR({','.join(all_of)})"
