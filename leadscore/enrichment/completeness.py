"""Completeness: how much of what a seller asks for first is there."""

from collections.abc import Iterable

import pandas as pd

from leadscore.enrichment.step import SEPARATOR, Context, MadeColumn

# Fields that only help to reach or to place a lead; a field that a model scores is no reason to ask for it.
USUAL_FIELDS = ("email", "phone", "first_name", "last_name", "full_name", "company", "job_title", "country")
MAKES = (
    MadeColumn("completeness", "The filled share of the completeness fields.", kind="share"),
    MadeColumn("missing_fields", "The completeness fields that are blank."),
)


def usual_fields(known: Iterable[str]) -> tuple[str, ...]:
    """The usual fields that a sheet with these fields asks for: one name is enough, where it has several columns."""
    names = tuple(known)
    return tuple(name for name in names if name != "full_name" or "last_name" not in names)


def run(fields: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The completeness fields -> completeness 0..1 and missing_fields, '; ' between; both '' where there are none."""
    names = list(context.completeness_fields)
    if not names:
        return pd.DataFrame({"completeness": "", "missing_fields": ""}, index=fields.index, dtype=object)
    is_filled = fields[names].to_numpy(dtype=object) != ""
    missing = [SEPARATOR.join(name for name, here in zip(names, row, strict=True) if not here) for row in is_filled]
    made = {"completeness": is_filled.mean(axis=1).tolist(), "missing_fields": missing}
    return pd.DataFrame(made, index=fields.index, dtype=object)
