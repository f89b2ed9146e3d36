from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import enrich


@pytest.fixture(scope="session")
def context() -> Context:
    return Context(as_of=date(2026, 11, 21))


@pytest.fixture(scope="session")
def enriched_lead(context) -> Callable[..., dict[str, object]]:
    """The made columns of one lead, by name."""

    def answer(context=context, **fields):
        return enrich(pd.DataFrame([fields], dtype=object), context).iloc[0].to_dict()

    return answer
