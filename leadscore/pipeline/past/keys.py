"""By what a lead is known again in a later run: its id, else a salted hash of its e-mail."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from leadscore.plan.plan import Plan, texts_of_source
from leadscore.scoring.values import Floats
from leadscore.values.cells import text_of
from leadscore.values.folding import fold

_ID = "id "
_DIGITS = 32  # hexadecimal: no two of a billion addresses will share them


def keys_of(leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan, salt: bytes, scores: Floats) -> list[str]:
    """One key per lead, '' for one with neither id nor e-mail; no two are equal.

    Of leads that share an id or e-mail the best by `scores` is the first, so that it is known as that whatever the
    order of the rows.
    """
    ids = [text_of(cell) for cell in leads[plan.id_column]] if plan.id_column else [""] * len(leads)
    names = [name_of(own, mail, salt) for own, mail in zip(ids, _emails(leads, enriched, plan), strict=True)]
    return _told_apart(names, scores)


def are_otherwise(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether most leads went by their ids and none does any more, or the other way round: so all seem to be new.

    A feed that turns over completely goes on with its kind of keys. A key '' is none.
    """
    return _have_lost_ids(before, now) or _have_lost_ids(now, before)


def are_ids(keys: Sequence[str]) -> bool:
    """Whether more than half of the keys are ids."""
    return 2 * sum(key.startswith(_ID) for key in keys) > len(keys)


def _have_lost_ids(keys: Sequence[str], others: Sequence[str]) -> bool:
    return are_ids(keys) and bool(others) and not any(key.startswith(_ID) for key in others)


def name_of(own_id: str, email: str, salt: bytes) -> str:
    """What a lead is called in the state, before those of one name are told apart. An id with an @ is an address."""
    if own_id and "@" not in own_id:
        return f"{_ID}{fold(own_id)}"
    address = fold(own_id or email)
    return hashlib.sha256(salt + address.encode(errors="surrogatepass")).hexdigest()[:_DIGITS] if address else ""


def _emails(leads: pd.DataFrame, enriched: pd.DataFrame, plan: Plan) -> list[str]:
    """The address of each lead as enrichment writes it, else as the sheet does."""
    source = plan.needs.get("email")
    if source is None:
        return [""] * len(leads)
    written = texts_of_source(leads, source).tolist()
    normed = enriched["email_norm"].tolist() if "email_norm" in enriched else written
    return [norm or text for norm, text in zip(normed, written, strict=True)]


def _told_apart(names: Sequence[str], scores: Floats) -> list[str]:
    """The names, the second of one kind with ' #2' and so on, the highest score first, none last."""
    keys, given, numbers = list(names), frozenset(names), Counter[str]()
    for place in np.argsort(-scores, kind="stable").tolist():
        name = names[place]
        numbers[name] += 1
        while numbers[name] > 1 and f"{name} #{numbers[name]}" in given:  # an id of that very writing
            numbers[name] += 1
        if name and numbers[name] > 1:
            keys[place] = f"{name} #{numbers[name]}"
    return keys
