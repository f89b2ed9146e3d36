"""How far two scorings of the same leads agree about their order: Spearman's rho and Kendall's tau-b."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from leadscore.scoring.values import Codes, Floats


@dataclass(frozen=True)
class Agreement:
    """Two rank correlations, -1..1, over `leads` pairs of numbers; NaN where one of the two sides is constant."""

    spearman: float
    kendall: float
    leads: int


def agreement(first: Floats, second: Floats) -> Agreement:
    """Two columns of scores, lead by lead -> how alike they order the leads. Pairs with a NaN are left out."""
    both = ~(np.isnan(first) | np.isnan(second))
    return Agreement(spearman(first[both], second[both]), kendall_tau_b(first[both], second[both]), int(both.sum()))


def spearman(first: Floats, second: Floats) -> float:
    """Pearson's correlation of the ranks, ties at their mean rank (Spearman 1904; Kendall 1948, chapter 3)."""
    ours, theirs = _centred_ranks(first), _centred_ranks(second)
    spread = float((ours * ours).sum()) * float((theirs * theirs).sum())
    if not spread:
        return math.nan
    return _bounded(float((ours * theirs).sum()) / math.sqrt(spread))


def _centred_ranks(numbers: Floats) -> Floats:
    """Twice the mean rank less its average: whole numbers, so that their products add up without rounding."""
    _, codes, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    doubled = 2.0 * np.cumsum(counts) - counts - len(numbers)
    return np.asarray(doubled[codes.ravel()], dtype=np.float64)


def kendall_tau_b(first: Floats, second: Floats) -> float:
    """(concordant - discordant) / √((pairs - ties in first) · (pairs - ties in second)); Kendall 1945, tau-b.

    Exact: pairs are counted in whole numbers, from the table of the distinct values of one by those of the other,
    row by row. Time grows with the product of their numbers, memory with the larger one.
    """
    _, rows, row_counts = np.unique(first, return_inverse=True, return_counts=True)
    _, columns, column_counts = np.unique(second, return_inverse=True, return_counts=True)
    pairs = _pairs_in(len(first))
    untied_first = pairs - sum(_pairs_in(count) for count in row_counts.tolist())
    untied_second = pairs - sum(_pairs_in(count) for count in column_counts.tolist())
    if not untied_first or not untied_second:
        return math.nan
    balance = _concordant_less_discordant(rows.ravel(), row_counts, columns.ravel(), len(column_counts))
    return _bounded(balance / math.sqrt(untied_first * untied_second))


def _concordant_less_discordant(rows: Codes, row_counts: Codes, columns: Codes, width: int) -> int:
    """Over all pairs of leads: those in the same order on both sides, less those in opposite order."""
    by_row = np.split(columns[np.argsort(rows, kind="stable")], np.cumsum(row_counts)[:-1])
    before = np.zeros(width, dtype=np.int64)  # leads of the rows so far, per distinct value of second
    balance = 0
    for members in by_row:
        smaller = np.cumsum(before) - before
        larger = before.sum() - before - smaller
        balance += int((smaller - larger)[members].sum())
        before += np.bincount(members, minlength=width)
    return balance


def _pairs_in(leads: int) -> int:
    return leads * (leads - 1) // 2


def _bounded(correlation: float) -> float:
    """Without what the square root's rounding puts beyond -1 and 1."""
    return max(-1.0, min(1.0, correlation))
