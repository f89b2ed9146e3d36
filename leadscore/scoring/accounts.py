"""Design.md section 4.9: the scores of leads -> the scores of their accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from leadscore.model.model import RollUp
from leadscore.scoring.settling import round_half_away
from leadscore.scoring.values import Bools, Codes, Floats

# What a lead weighs by its seniority where *Account weight* asks for that: who decides counts most.
SENIORITY_WEIGHTS: Mapping[str, float] = {
    "owner": 5.0,
    "c_level": 5.0,
    "vp": 4.0,
    "director": 4.0,
    "head": 3.0,
    "manager": 2.0,
    "senior": 1.0,
    "staff": 1.0,
    "junior": 0.5,
    "intern": 0.0,
}
UNSAID_WEIGHT = 1.0  # of a lead whose weight is blank or no number
MOST_WEIGHT = 1e12  # more would leave a double no digits for the others


@dataclass(frozen=True)
class Members:
    """Leads and their accounts: lead i is of account `account[i]`, a place in `keys`, -1 of none.

    `keys` are in alphabetical order, so that the order of leads changes nothing. `counts` are the leads that an account
    figure is of: those that are neither excluded nor later duplicates.
    """

    keys: tuple[str, ...]
    account: Codes
    counts: Bools

    @classmethod
    def of(cls, keys: Sequence[str], counts: Bools) -> Members:
        """By the account key of each lead, '' for none."""
        known = tuple(sorted({key for key in keys if key}))
        places = {key: place for place, key in enumerate(known)}
        return cls(known, np.array([places.get(key, -1) for key in keys], dtype=np.intp), counts)

    @cached_property
    def counted(self) -> Bools:
        """The leads that are of an account and count in it."""
        return self.counts & (self.account >= 0)

    @property
    def sizes(self) -> Codes:
        """How many leads each account has, whoever they are."""
        return np.bincount(self.account[self.account >= 0], minlength=len(self.keys))

    def total(self, amounts: Floats) -> Floats:
        """What the counted leads have together, per account; NaN where none of them has any."""
        return self._over(amounts, _sum)

    def mean(self, amounts: Floats) -> Floats:
        """What a counted lead has on average, per account; NaN where none of them has any."""
        return self._over(amounts, _mean)

    def best(self, scores: Floats) -> Codes:
        """The counted lead with the highest score, per account; of equals the first, -1 for none."""
        leads = np.flatnonzero(self.counted & ~np.isnan(scores))
        rising = leads[np.lexsort((-leads, scores[leads]))]
        found = np.full(len(self.keys), -1, dtype=np.intp)
        found[self.account[rising]] = rising  # of several for one account, the last stays
        return found

    def score(self, method: RollUp, scores: Floats, weights: Floats, decimals: int) -> Floats:
        """The account scores by a method, rounded once; NaN where no counted lead has a score.

        Weights below 0 are 0. A weighted mean over weights that are all 0 is NaN.
        """
        return round_half_away(self._over(scores, METHODS[method], weights), decimals)

    def _over(self, amounts: Floats, method: Method, weights: Floats | None = None) -> Floats:
        """A method over the amounts of the counted leads, from the least up: sums do not depend on the rows' order."""
        weights = np.ones(len(amounts)) if weights is None else _usable(weights)
        leads = np.flatnonzero(self.counted & ~np.isnan(amounts))
        leads = leads[np.lexsort((weights[leads], amounts[leads]))]
        has_any = np.isin(np.arange(len(self.keys)), self.account[leads])
        made = method(_Parts(self.account[leads], amounts[leads], weights[leads], len(self.keys)))
        return np.where(has_any, made, np.nan)

    def of_leads(self, amounts: Floats) -> Floats:
        """What the account of each lead has, NaN for a lead of none."""
        return np.append(amounts, np.nan)[self.account]


@dataclass(frozen=True)
class _Parts:
    """Amounts and weights of leads, the account of each, and how many accounts there are."""

    account: Codes
    amounts: Floats
    weights: Floats
    accounts: int

    def added(self, amounts: Floats) -> Floats:
        """The sum per account, 0 for none."""
        return np.bincount(self.account, weights=amounts, minlength=self.accounts).astype(np.float64)


Method = Callable[[_Parts], Floats]


def _sum(parts: _Parts) -> Floats:
    return parts.added(parts.amounts)


def _mean(parts: _Parts) -> Floats:
    return _divided(_sum(parts), parts.added(np.ones(len(parts.amounts))))


def _weighted_mean(parts: _Parts) -> Floats:
    return _divided(parts.added(parts.amounts * parts.weights), parts.added(parts.weights))


def _max(parts: _Parts) -> Floats:
    highest = np.full(parts.accounts, -np.inf)
    np.maximum.at(highest, parts.account, parts.amounts)
    return highest


METHODS: dict[RollUp, Method] = {
    RollUp.SUM: _sum,
    RollUp.MEAN: _mean,
    RollUp.WEIGHTED_MEAN: _weighted_mean,
    RollUp.MAX: _max,
}


def _divided(amounts: Floats, by: Floats) -> Floats:
    shares: Floats = np.divide(amounts, by, out=np.full(len(amounts), np.nan), where=by > 0)
    return shares


def _usable(weights: Floats) -> Floats:
    """Weights as they count: those not said are 1, none is below 0."""
    return np.clip(np.where(np.isnan(weights), UNSAID_WEIGHT, weights), 0.0, MOST_WEIGHT)
