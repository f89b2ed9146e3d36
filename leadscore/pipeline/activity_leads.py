"""Whose each activity is: the lead of its id, else the leads of its e-mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from leadscore.enrichment.email_cleaning import clean_address
from leadscore.pipeline.lead_keys import LeadKeys
from leadscore.scoring.values import Bools, Codes
from leadscore.sheets.texts import Texts
from leadscore.values.folding import fold


@dataclass(frozen=True)
class Whose:
    """The leads that rows speak of: `count[i]` of them for row i, from place `start[i]` of `leads` on.

    `differs` marks rows of which the id is one lead's and the e-mail another's: the id holds.
    """

    start: Codes
    count: Codes
    leads: Codes
    differs: Bools

    def events(self, wanted: Bools) -> tuple[Codes, Codes]:
        """Row and lead of each event of the rows that are wanted: one for each lead that a row speaks of."""
        count = np.where(wanted, self.count, 0)
        row = np.repeat(np.arange(len(count)), count)
        behind = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        return row, self.leads[self.start[row] + behind]


@dataclass(frozen=True)
class _Found:
    """The leads of each distinct text, as in Whose."""

    start: Codes
    count: Codes
    leads: Codes


def whose(lead: Texts, email: Texts, keys: LeadKeys) -> Whose:
    """The leads that the two columns speak of, row by row; a column that is not there is blank in every row."""
    by_lead = _find(lead.texts, lambda text: keys.find(text) or _of_address(text, keys))
    by_email = _find(email.texts, lambda text: _of_address(text, keys))
    has_lead = by_lead.count[lead.codes] > 0
    return Whose(
        start=np.where(has_lead, by_lead.start[lead.codes], by_email.start[email.codes] + len(by_lead.leads)),
        count=np.where(has_lead, by_lead.count[lead.codes], by_email.count[email.codes]),
        leads=np.concatenate([by_lead.leads, by_email.leads]),
        differs=_differs(lead, email, by_lead, by_email),
    )


def _of_address(text: str, keys: LeadKeys) -> list[int]:
    """The leads of an e-mail as written, else as it is once cleaned: 'Ann <ann@acme.fr>'."""
    return keys.by_email.get(fold(text)) or keys.by_email.get(fold(clean_address(text)), [])


def _find(texts: Sequence[str], find: Callable[[str], Sequence[int]]) -> _Found:
    found = [find(text) if text else () for text in texts]
    count = np.array([len(places) for places in found], dtype=np.intp)
    return _Found(
        np.cumsum(count) - count, count, np.array([place for places in found for place in places], dtype=np.intp)
    )


def _differs(lead: Texts, email: Texts, by_lead: _Found, by_email: _Found) -> Bools:
    """Which rows name leads by their id and only others by their e-mail."""
    differs = np.zeros(len(lead.codes), dtype=bool)
    both = np.flatnonzero((by_lead.count[lead.codes] > 0) & (by_email.count[email.codes] > 0))
    pairs, back = np.unique(lead.codes[both] * len(email.texts) + email.codes[both], return_inverse=True)
    one, other = np.divmod(pairs, len(email.texts))
    apart = [
        _leads(by_lead, first).isdisjoint(_leads(by_email, second))
        for first, second in zip(one.tolist(), other.tolist(), strict=True)
    ]
    differs[both] = np.array(apart, dtype=bool)[back]
    return differs


def _leads(found: _Found, code: int) -> set[int]:
    return {int(place) for place in found.leads[found.start[code] :][: found.count[code]]}
