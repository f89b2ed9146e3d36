from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import enrich, steps_for


@pytest.fixture(scope="session")
def context() -> Context:
    return Context(as_of=date(2026, 11, 21))


class Made(dict):
    """The made columns of one lead by name, each made, with those that it needs, when it is first asked for."""

    def __init__(self, fields, context):
        self.fields, self.context = pd.DataFrame([fields], dtype=object), context

    def __missing__(self, name):
        made = enrich(self.fields, self.context, steps_for([name])).iloc[0].to_dict()
        self.update(made)
        return made[name]


@pytest.fixture(scope="session")
def enriched_lead(context) -> Callable[..., Made]:
    """The made columns of one lead, by name."""

    def answer(context=context, **fields):
        return Made(fields, context)

    return answer
