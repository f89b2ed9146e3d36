"""The enrichment steps, in the order they run. A later step may need what an earlier one made."""

from collections.abc import Collection
from typing import get_args

import pandas as pd

from leadscore.enrichment import email, phone
from leadscore.enrichment.step import Context, Group, MadeColumn, Step, on_unique

STEPS: tuple[Step, ...] = (
    Step("email", on_unique(email.prepare, email.MAKES), needs=("email",), makes=email.MAKES),
    Step("phone", on_unique(phone.prepare, phone.MAKES), needs=("phone", "country"), makes=phone.MAKES),
)

GROUPS: tuple[Group, ...] = get_args(Group)
ENRICHMENT_COLUMNS: dict[str, MadeColumn] = {column.name: column for step in STEPS for column in step.makes}
# Every field of a lead that some step reads.
FIELDS_READ: tuple[str, ...] = tuple(
    dict.fromkeys(need for step in STEPS for need in step.needs if need not in ENRICHMENT_COLUMNS)
)


def shown_columns(skipped: Collection[str] = ()) -> tuple[str, ...]:
    """The columns of the groups that are not skipped, in order."""
    return tuple(column.name for step in STEPS if step.group not in skipped for column in step.makes)


def enrich(fields: pd.DataFrame, context: Context, steps: tuple[Step, ...] = STEPS) -> pd.DataFrame:
    """All columns that the steps make of the fields, in their order. A field that is absent counts as blank."""
    blank = pd.Series("", index=fields.index, dtype=object)
    known = {str(name): fields[name] for name in fields}
    made = [pd.DataFrame(index=fields.index)]
    for step in steps:
        texts = pd.concat([known.get(name, blank).rename(name) for name in step.needs], axis=1)
        made.append(step.run(texts.astype(object), context))
        known |= {str(name): made[-1][name] for name in made[-1]}
    return pd.concat(made, axis=1)


def steps_for(columns: Collection[str]) -> tuple[Step, ...]:
    """The steps that make these columns, and those that these need."""
    wanted, kept = set(columns), []
    for step in reversed(STEPS):
        if wanted.intersection(column.name for column in step.makes):
            kept.append(step)
            wanted.update(step.needs)
    return tuple(reversed(kept))
