"""The reasons of a score: its contributions, the largest first, as a sentence a person reads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leadscore.scoring.settling import round_half_away
from leadscore.scoring.values import Floats


def reasons(names: Sequence[str], contributions: Sequence[Floats], decimals: int, leads: int) -> list[str]:
    """'Target country +20; Free mail -10' for each lead: by absolute value, ties in sheet order, zeros left out.

    The text is built once per distinct set of contributions.
    """
    if not contributions:
        return [""] * leads
    table = np.column_stack([round_half_away(part, decimals) for part in contributions])
    distinct, codes = np.unique(table, axis=0, return_inverse=True)
    texts = [_sentence(names, row, decimals) for row in distinct]
    return [texts[code] for code in codes.ravel()]


def _sentence(names: Sequence[str], row: Floats, decimals: int) -> str:
    order = np.argsort(-np.abs(row), kind="stable")
    return "; ".join(f"{names[place]} {signed(row[place], decimals)}" for place in order if row[place])


def signed(number: float, decimals: int) -> str:
    """A contribution as it is shown: always signed, ASCII minus, no needless decimals: 20.0 -> '+20'."""
    text = f"{number:+.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
