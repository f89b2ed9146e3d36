"""Enrichment columns of one step are not independent: what each may hold, by the verdict of the step.

What the columns hold is settled in design.md section 5; a test compares this table with what the steps answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import source_key
from leadscore.scoring.proof.asks import Allowed, Look
from leadscore.values.folding import name_key

VERDICTS = ("", "ok", "fail", "unknown")

_BLANK, _FILLED, _ANY = Allowed(blank=True), Allowed(filled=True), Allowed(blank=True, filled=True)


def _words(*words: str) -> Allowed:
    return Allowed(words=frozenset(words))


def _reasons(column: str, **known: str) -> dict[str, Allowed]:
    """The reasons that each verdict has; `fail` has those that no other verdict has."""
    told = {verdict: known.get(verdict or "blank", "").split() for verdict in ("", "ok", "unknown")}
    used = {word for words in told.values() for word in words}
    failing = set(ENRICHMENT_COLUMNS[column].words) - used
    return {
        "": _words(*told[""]),
        "ok": _words("", *told["ok"]),
        "fail": _words(*failing),
        "unknown": _words(*told["unknown"]),
    }


def _row(blank: Allowed, ok: Allowed, fail: Allowed, unknown: Allowed) -> dict[str, Allowed]:
    return dict(zip(VERDICTS, (blank, ok, fail, unknown), strict=True))


# A field without a verdict may hold what says nothing ('N/A').
# The verdict of a step -> its columns and the field it judges -> what each holds when there was nothing to judge, when
# the verdict is ok, fail, unknown.
DEPENDENCES: dict[str, dict[str, dict[str, Allowed]]] = {
    "email_validity": {
        "email_validity": {verdict: _words(verdict) for verdict in VERDICTS},
        "email": _row(_ANY, _FILLED, _FILLED, _FILLED),
        "email_norm": _row(_BLANK, _FILLED, _ANY, _FILLED),
        "email_domain": _row(_BLANK, _FILLED, _ANY, _FILLED),
        "email_type": _row(_BLANK, _FILLED, _BLANK, _BLANK),
        "email_is_role": _row(_BLANK, _FILLED, _FILLED, _FILLED),
        "email_reason": _reasons("email_reason", blank="missing", ok="repaired", unknown="non_ascii"),
    },
    "phone_validity": {
        "phone_validity": {verdict: _words(verdict) for verdict in VERDICTS},
        "phone": _row(_ANY, _FILLED, _FILLED, _FILLED),
        "phone_e164": _row(_BLANK, _FILLED, _BLANK, _BLANK),
        "phone_country": _row(_BLANK, _ANY, _BLANK, _BLANK),
        "phone_territory": _row(_BLANK, _ANY, _ANY, _BLANK),
        "phone_type": _row(_BLANK, _FILLED, _BLANK, _BLANK),
        "phone_reason": _reasons("phone_reason", blank="missing", ok="two_numbers from_mobile", unknown="no_country"),
    },
}


def look_of(source: FieldSource, needs: Mapping[str, FieldSource]) -> Look:
    """A field as the proof sees it. `needs`: the fields that the steps judge, and where they are read from."""
    column = source.name if source.is_made else _judged(source, needs)
    verdict = next((verdict for verdict, columns in DEPENDENCES.items() if column in columns), "")
    return Look(
        key=source_key(source),
        kind=source.type,
        words=source.words,
        blank_values=source.blank_values,
        verdict=verdict,
        by_verdict=DEPENDENCES[verdict][column] if verdict else {},
    )


def _judged(source: FieldSource, needs: Mapping[str, FieldSource]) -> str:
    """The field that a step judges, where this is just that: a second e-mail column may be blank beside a valid one.

    So may a phone, where the verdict can be on the mobile.
    """
    judged = {name: need for name, need in needs.items() if name != "phone" or "mobile" not in needs}
    return next(
        (
            name
            for name, need in judged.items()
            if need.columns == source.columns or name_key(source.name) == name_key(name)
        ),
        "",
    )
