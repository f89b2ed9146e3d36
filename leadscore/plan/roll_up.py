"""What *Account roll-up* and *Account weight* read, for one sheet of leads."""

from __future__ import annotations

from collections.abc import Collection

from leadscore.model.findings import Findings
from leadscore.model.model import Settings
from leadscore.plan.names import FieldSource, Names
from leadscore.values.folding import fold

_READ = ("account_key", "company_name", "company_name_guessed", "duplicate_of")  # enrichment columns
_SENIORITY = ("seniority", "seniorite", "niveau de poste")  # as people call job_seniority


def weight_source(settings: Settings, names: Names, made: Collection[str], findings: Findings) -> FieldSource | None:
    """Where each lead's weight in its account is read, None where nothing is said.

    Told are a field that there is not, and enrichment columns that accounts need and *Skip enrichment* leaves out.
    """
    if not settings.account_roll_up:
        return None
    for column in _READ:
        if column not in made:
            findings.add("field-skipped", settings.place_of("account_roll_up"), column)
            break  # one setting is to be mended, once
    wanted = settings.account_weight
    source = names.source_of(wanted) if wanted else None
    if source is None and fold(wanted) in _SENIORITY:
        source = names.source_of("job_seniority")
    if wanted and source is None:
        findings.add("field-unknown", settings.place_of("account_weight"), wanted, hint=names.hint(wanted))
    return source
