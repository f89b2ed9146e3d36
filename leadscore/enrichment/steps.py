"""The enrichment steps, in the order they run. A later step may need what an earlier one made."""

from collections.abc import Collection
from typing import get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.enrichment import (
    account,
    activity,
    anomalies,
    budget,
    calling,
    civility,
    company,
    completeness,
    country,
    country_signs,
    duplicates,
    email,
    email_gibberish,
    email_name,
    email_parts,
    email_suggestion,
    headcount,
    job,
    lead_dates,
    mail_domains,
    message,
    name_plausible,
    person,
    phone,
    place,
    quality,
    siren,
    vat,
    website,
)
from leadscore.enrichment.step import Context, Group, MadeColumn, Step, on_unique
from leadscore.enrichment.told import told_cells

STEPS: tuple[Step, ...] = (
    Step("email", on_unique(email.prepare, email.MAKES), needs=("email",), makes=email.MAKES),
    Step("email", on_unique(mail_domains.prepare, mail_domains.MAKES), ("email_domain",), mail_domains.MAKES),
    Step(
        "email",
        on_unique(email_parts.prepare, email_parts.MAKES),
        needs=("email_norm", "email_domain"),
        makes=email_parts.MAKES,
    ),
    Step("email", email_suggestion.run, needs=email_suggestion.NEEDS, makes=email_suggestion.MAKES),
    Step("email", on_unique(email_gibberish.prepare, email_gibberish.MAKES), ("email_local",), email_gibberish.MAKES),
    Step("person", on_unique(person.prepare, person.MAKES), needs=person.NEEDS, makes=person.MAKES),
    Step(
        "person",
        on_unique(name_plausible.prepare, name_plausible.MAKES),
        needs=name_plausible.NEEDS,
        makes=name_plausible.MAKES,
    ),
    Step("person", on_unique(civility.prepare, civility.MAKES), needs=civility.NEEDS, makes=civility.MAKES),
    Step("person", on_unique(job.prepare, job.MAKES), needs=("job_title",), makes=job.MAKES),
    Step("email", email_name.run, needs=email_name.NEEDS, makes=email_name.MAKES),
    Step("phone", on_unique(phone.prepare, phone.MAKES), needs=("phone", "mobile", "country"), makes=phone.MAKES),
    Step(
        "phone",
        on_unique(country_signs.prepare_phone, country_signs.PHONE_MAKES),
        needs=country_signs.PHONE_NEEDS,
        makes=country_signs.PHONE_MAKES,
    ),
    Step("phone", on_unique(calling.prepare, calling.MAKES), needs=calling.NEEDS, makes=calling.MAKES),
    Step("company", on_unique(website.prepare, website.MAKES), needs=website.NEEDS, makes=website.MAKES),
    Step("company", on_unique(company.prepare, company.MAKES), needs=company.NEEDS, makes=company.MAKES),
    Step("company", account.run, needs=account.NEEDS, makes=account.MAKES),
    Step("company", on_unique(vat.prepare, vat.MAKES), needs=vat.NEEDS, makes=vat.MAKES),
    Step("company", on_unique(siren.prepare, siren.MAKES), needs=siren.NEEDS, makes=siren.MAKES),
    Step("place", on_unique(country.prepare, country.MAKES), needs=("country",), makes=country.MAKES),
    Step("place", on_unique(place.prepare, place.MAKES), needs=place.NEEDS, makes=place.MAKES),
    Step("place", on_unique(country_signs.prepare, country_signs.MAKES), country_signs.NEEDS, country_signs.MAKES),
    Step("business", on_unique(headcount.prepare, headcount.MAKES), needs=("headcount",), makes=headcount.MAKES),
    Step("business", on_unique(budget.prepare, budget.MAKES), needs=("budget",), makes=budget.MAKES),
    Step(
        "business",
        on_unique(lead_dates.prepare, lead_dates.MAKES),
        needs=("created_at", "last_activity_at", "updated_at"),
        makes=lead_dates.MAKES,
    ),
    Step("message", on_unique(message.prepare, message.MAKES), needs=("message",), makes=message.MAKES),
    Step("duplicates", duplicates.run, needs=duplicates.NEEDS, makes=duplicates.MAKES),
    Step(
        "quality",
        completeness.run,
        needs=completeness.USUAL_FIELDS,
        makes=completeness.MAKES,
        needs_of=lambda context: context.completeness_fields,
    ),
    Step("quality", on_unique(quality.prepare, quality.MAKES), needs=quality.NEEDS, makes=quality.MAKES),
    Step("quality", anomalies.run, anomalies.NEEDS, anomalies.MAKES, takes_as_written=True),
    Step("activity", activity.run, activity.NEEDS, activity.MAKES),
)

GROUPS: tuple[Group, ...] = get_args(Group)
ENRICHMENT_COLUMNS: dict[str, MadeColumn] = {column.name: column for step in STEPS for column in step.makes}
# What is made of activities: a blank there is no unknown, it says that there was none.
ACTIVITY_COLUMNS = frozenset(column.name for column in activity.MAKES)
# Every field of a lead that some step reads.
FIELDS_READ: tuple[str, ...] = tuple(
    dict.fromkeys(need for step in STEPS for need in step.needs if need not in ENRICHMENT_COLUMNS)
)


def column_made(name: str) -> MadeColumn:
    """A column that leadscore makes, those of each behaviour included. Raises KeyError for any other."""
    return activity.column_of_behaviour(name) or ENRICHMENT_COLUMNS[name]


def shown_columns(skipped: Collection[str] = ()) -> tuple[str, ...]:
    """The columns of the groups that are not skipped, group by group."""
    kept = sorted((step for step in STEPS if step.group not in skipped), key=lambda step: GROUPS.index(step.group))
    return tuple(column.name for step in kept for column in step.makes)


def group_columns(group: str) -> tuple[str, ...]:
    """The columns of one group."""
    return shown_columns([name for name in GROUPS if name != group])


def enrich(fields: pd.DataFrame, context: Context, steps: tuple[Step, ...] = STEPS) -> pd.DataFrame:
    """All columns that the steps make of the fields, in their order.

    A field that is absent counts as blank, and so does a cell that says nothing ('N/A'), but where a step takes cells
    as they are written.
    """
    blank = np.full(len(fields), "", dtype=object)
    written = {str(name): fields[name].to_numpy(dtype=object) for name in fields}
    known = {str(name): told_cells(str(name), fields[name]).to_numpy(dtype=object) for name in fields}
    made: dict[str, npt.NDArray[np.object_]] = {}
    for step in steps:
        needs = dict.fromkeys((*step.needs, *step.needs_of(context)))
        cells = known | written if step.takes_as_written else known
        texts = {name: cells.get(name, blank) for name in needs}
        answers = step.run(pd.DataFrame(texts, index=fields.index, dtype=object), context)
        made |= {str(name): answers[name].to_numpy(dtype=object) for name in answers}
        known |= made
    return pd.DataFrame(made, index=fields.index, dtype=object)


def steps_for(columns: Collection[str]) -> tuple[Step, ...]:
    """The steps that make these columns, and those that these need."""
    wanted, kept = set(columns), []
    for step in reversed(STEPS):
        if wanted.intersection(column.name for column in step.makes):
            kept.append(step)
            wanted.update(step.needs)
    return tuple(reversed(kept))
