"""The columns that somebody wants of an enriched sheet."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leadscore.enrichment.steps import STEPS, group_columns
from leadscore.errors import UsageError
from leadscore.model.operands import pieces_of
from leadscore.model.vocabulary import vocabulary
from leadscore.plan.names import made_column
from leadscore.plan.plan import Plan
from leadscore.values.folding import name_key

_NEAR = 0.6  # of 1


def with_columns(plan: Plan, text: str) -> Plan:
    """The plan with only the columns of 'email; phone_e164; Company': groups, enrichment columns, columns of the leads.

    Where none of ours is named, all are made; where none of the leads' is, all of theirs are kept. 'Phone' is the
    leads' column, where they have one, 'phone' our group. Raises UsageError for a column that there is not.
    """
    own: list[str] = []
    made: list[str] = []
    for piece in pieces_of(text):
        found_own = _own(piece, plan)
        found_made = _made(piece) if piece.islower() or not found_own else ()
        if not found_own and not found_made:
            raise UsageError(f'--columns: there is no column "{piece}"; {_hint(piece, plan)}')
        own += found_own
        made += found_made
    shown = tuple(name for name in plan.enrichment if name in made)
    return replace(plan, own_columns=tuple(dict.fromkeys(own)) or plan.own_columns, enrichment=shown or plan.enrichment)


def _made(piece: str) -> tuple[str, ...]:
    group = vocabulary("enrichment_groups").find(piece)
    name = made_column(piece)
    return group_columns(group) if group else (name,) if name else ()


def _own(piece: str, plan: Plan) -> list[str]:
    """The leads' column of this heading; a name of ours is one of theirs only where it is written exactly so."""
    exact = [heading for heading in plan.own_columns if heading.strip() == piece]
    if exact or _made(piece):
        return exact
    return [heading for heading in plan.own_columns if name_key(heading) == name_key(piece)][:1]


def _hint(piece: str, plan: Plan) -> str:
    if "," in piece:
        return f'write "{piece.replace(",", ";")}" with semicolons'
    groups = vocabulary("enrichment_groups").names
    names = [*groups, *(column.name for step in STEPS for column in step.makes), *plan.own_columns]
    near = process.extractOne(piece, names, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    return (
        f'did you mean "{near[0]}"?' if near else f"name columns of the sheet, or groups of ours: {', '.join(groups)}"
    )
