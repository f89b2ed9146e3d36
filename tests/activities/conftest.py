"""Leads, and a short way from rows of activities to what is found of them."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from leadscore.model.model import FieldMapping, Model, Settings
from leadscore.pipeline.activities import LeaveOut, events_of
from leadscore.plan.plan import make_plan
from leadscore.sheets.activities import activities_in, read_activities
from leadscore.sheets.source import ReadingOptions

AS_OF = dt.date(2026, 3, 31)
LEADS = {
    "Id": ["A1", "A2", "A3", "A4"],
    "E-mail": ["ann@acme.fr", "Bob <bob@acme.fr>", "info@acme.fr", "ann@acme.fr"],
    "Recycled at": ["", "15/03/2026", "", ""],
}
ENRICHED = {
    "email_norm": ["ann@acme.fr", "bob@acme.fr", "info@acme.fr", "ann@acme.fr"],
    "email_is_role": [False, False, True, ""],
}


@pytest.fixture(scope="session")
def find():
    """find(read) -> FoundActivities among four leads: A1 and A4 share an e-mail, A3 is a role address."""

    def found(read, leads=None, *, robots=False, roles=False, as_of=AS_OF, zone="", language="en", fields=()):
        frame = pd.DataFrame(leads or LEADS, dtype=object)
        enriched = pd.DataFrame(ENRICHED if leads is None else {}, index=frame.index)
        mappings = tuple(FieldMapping(**row) for row in fields)
        model = Model(scores=(), criteria=(), language=language, settings=Settings(time_zone=zone), fields=mappings)
        return events_of(read, frame, enriched, make_plan(model, frame, as_of), LeaveOut(robots, roles))

    return found


@pytest.fixture(scope="session")
def found_in(find):
    """found_in([headings, row, row …]) -> FoundActivities; rows are numbered from 2, as in a sheet."""

    def found(rows, **options):
        heads, *cells = rows
        frame = pd.DataFrame(cells, columns=heads, index=range(2, len(cells) + 2), dtype=object)
        return find(activities_in(frame), **options)

    return found


@pytest.fixture(scope="session")
def show():
    """What events are, one short tuple each: lead, activity, age, count; and what issues say, code and first row."""

    def events(found):
        all_of = found.events
        return [
            (int(lead), all_of.texts[activity], int(age), float(count))
            for lead, activity, age, count in zip(all_of.lead, all_of.activity, all_of.age, all_of.count, strict=True)
        ]

    def issues(found):
        return [(issue.code, issue.place.row) for issue in found.issues if issue.code != "csv-read-as"]

    return SimpleNamespace(events=events, issues=issues)


@pytest.fixture(scope="session")
def reads():
    """reads(path, …) -> ReadActivities of files of activities."""

    def read(*paths, source=None, leads_sheet="", **options):
        return read_activities(paths, source, ReadingOptions(**options), leads_sheet)

    return read
