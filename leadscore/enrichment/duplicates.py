"""Duplicates: the leads that are one person, which of them came first, and what tells it. Needs the whole table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from leadscore.enrichment.duplicate_groups import group_up
from leadscore.enrichment.duplicate_keys import LeadKeys, LeadTexts, keys_of
from leadscore.enrichment.duplicate_links import REASONS, contradict, links_between
from leadscore.enrichment.step import Context, MadeColumn

NEEDS = LeadTexts._fields
MAKES = (
    MadeColumn(
        "duplicate_group", "The leads that are one person, under one name: an address, a phone or the person's name."
    ),
    MadeColumn(
        "duplicate_of",
        "The row where this person stands first; blank in that row itself, and where there is no duplicate.",
        kind="integer",
    ),
    MadeColumn("duplicate_reason", "The strongest thing that a duplicate has in common with another one.", REASONS),
)


class Membership(NamedTuple):
    """The group of a lead, and the strongest link it has within it."""

    group: str
    reason: str


def run(fields: pd.DataFrame, _context: Context) -> pd.DataFrame:
    """The columns of `NEEDS` -> those of `MAKES`. The order of rows only decides which of a group is the first."""
    keys = [keys_of(LeadTexts._make(texts)) for texts in zip(*(fields[name].tolist() for name in NEEDS), strict=True)]
    known = memberships(Counter(keys))
    first_rows: dict[str, object] = {}
    answers = []
    for row, lead in zip(fields.index, keys, strict=True):
        group, reason = known.get(lead, ("", ""))
        answers.append((group, first_rows.get(group, ""), reason))
        if group:
            first_rows.setdefault(group, row)
    return pd.DataFrame(answers, index=fields.index, columns=[column.name for column in MAKES], dtype=object)


def memberships(counts: Counter[LeadKeys]) -> dict[LeadKeys, Membership]:
    """How often each keys occur in the whole table -> the groups of those that have a duplicate.

    The one thing to know of all partitions of a table; what each lead is then follows from its own keys.
    """
    leads = list(counts)
    strong, weak = links_between(leads, [counts[lead] for lead in leads])
    groups, ranks = group_up(len(leads), strong, weak, lambda one, other: contradict(leads[one], leads[other]))
    members: dict[int, list[LeadKeys]] = defaultdict(list)
    for node, lead in enumerate(leads):
        if ranks[node] >= 0:
            members[groups.root(node)].append(lead)
    labels = _labels(members)
    return {
        lead: Membership(labels[groups.root(node)], REASONS[ranks[node]])
        for node, lead in enumerate(leads)
        if ranks[node] >= 0
    }


def _labels(groups: Mapping[int, Sequence[LeadKeys]]) -> dict[int, str]:
    """A name for each group, whatever else is in the table; where two would have the same, the later is numbered."""
    taken: Counter[str] = Counter()
    labels = {}
    for label, _, root in sorted((_label(members), min(members), root) for root, members in groups.items()):
        taken[label] += 1
        labels[root] = label if taken[label] == 1 else f"{label} ({taken[label]})"
    return labels


def _label(members: Sequence[LeadKeys]) -> str:
    """The first of its addresses in the order of the alphabet, else of its phones, else of its names and companies."""
    emails = min((lead.email for lead in members if lead.email), default="")
    phones = min((lead.phone for lead in members if lead.phone), default="")
    return emails or phones or min(f"{' '.join(filter(None, lead.name))} ({lead.companies[0]})" for lead in members)
