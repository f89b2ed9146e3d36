"""Columns that an earlier run of leadscore wrote into what is now the source: recognised, and made anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS, STEPS
from leadscore.model.model import Model
from leadscore.model.vocabulary import vocabulary
from leadscore.plan.names import spelled
from leadscore.values.folding import fold

SUFFIX = " (leadscore)"
# A sheet that has all of these was written by us; any one of them alone may be the user's own.
RESULT_SIGNATURE = frozenset({"reasons", "score_low", "score_high", "coverage", "next_best_field"})
RESULT_COLUMNS = RESULT_SIGNATURE | {
    "score",
    "band",
    "band_range",
    "rank",
    "account_score",
    "account_band",
    "excluded_by",
    "matrix",
    "action",
    "machine_score",
    "override_reason",
    "previous_score",
    "change",
    "change_cause",
    "best_product",
    "contribution_sum",
    "ranked_score",
}

# As are its enrichment columns, where all of one step stand there.
_ENRICHMENT_SIGNATURES = tuple(
    made for step in STEPS if len(made := frozenset(column.name for column in step.makes)) >= 3
)
_PER_SCORE = ("{}", "{}_band", "niveau_{}", "{}_recent")
_CONTRIBUTION = re.compile("contribution ?:")
_OF_BEHAVIOUR = re.compile("(last|count|dernier|derniere|nombre) ?:")


def columns_of_earlier_run(headings: Sequence[str], model: Model) -> frozenset[str]:
    """The headings that are ours: results or enrichment of an earlier run, and every 'NAME (leadscore)'."""
    names = {heading: vocabulary("columns").find(heading) for heading in headings}
    found = frozenset(names.values())
    ours = {heading for heading in headings if heading.endswith(SUFFIX)}
    if found >= RESULT_SIGNATURE:
        per_score = {fold(form.format(score.name)) for score in model.scores for form in _PER_SCORE}
        ours |= {heading for heading, name in names.items() if name in RESULT_COLUMNS or fold(heading) in per_score}
        ours |= {heading for heading in headings if _CONTRIBUTION.match(fold(heading))}
    if any(found >= made for made in _ENRICHMENT_SIGNATURES):
        ours |= {heading for heading, name in names.items() if name in ENRICHMENT_COLUMNS and heading in spelled(name)}
        ours |= {heading for heading in headings if _OF_BEHAVIOUR.match(fold(heading))}
    return frozenset(ours)
