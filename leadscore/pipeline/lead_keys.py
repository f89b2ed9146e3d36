"""The leads of a sheet by what others call them: the id, else the e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from leadscore.plan.plan import Plan, texts_of_source
from leadscore.values.cells import text_of
from leadscore.values.folding import fold


@dataclass(frozen=True)
class LeadKeys:
    """Folded id -> positions of leads, folded e-mail (as written and as normalised) -> positions."""

    by_id: Mapping[str, list[int]]
    by_email: Mapping[str, list[int]]

    def find(self, text: str) -> list[int]:
        """The leads that an id, else an e-mail, speaks of; an e-mail that several share speaks of each."""
        return self.by_id.get(fold(text)) or self.by_email.get(fold(text), [])


def lead_keys(leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan) -> LeadKeys:
    """How the leads of a sheet are called. `enriched` holds the enrichment columns of the same rows."""
    ids = [text_of(cell) for cell in leads[plan.id_column]] if plan.id_column else []
    columns: list[Iterable[str]] = [enriched["email_norm"]] if "email_norm" in enriched else []
    if source := plan.needs.get("email"):
        columns.append(texts_of_source(leads, source))
    by_email: dict[str, list[int]] = {}
    for column in columns:
        for text, places in _index(column).items():
            by_email[text] = sorted({*by_email.get(text, []), *places})
    return LeadKeys(_index(ids), by_email)


def _index(texts: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        if text:
            found.setdefault(fold(text), []).append(place)
    return found
