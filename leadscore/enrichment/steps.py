"""The enrichment steps, in the order they run. A later step may need what an earlier one made."""

import pandas as pd

from leadscore.enrichment import email, phone
from leadscore.enrichment.step import Context, MadeColumn, Step, on_unique

STEPS: tuple[Step, ...] = (
    Step(on_unique(email.prepare, email.MAKES), needs=("email",), makes=email.MAKES),
    Step(on_unique(phone.prepare, phone.MAKES), needs=("phone", "country"), makes=phone.MAKES),
)

ENRICHMENT_COLUMNS: dict[str, MadeColumn] = {column.name: column for step in STEPS for column in step.makes}


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
