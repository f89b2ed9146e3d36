"""A state to put runs into."""

import pytest

from leadscore.state.store import open_state
from tests.past.runs import Past


@pytest.fixture
def past(tmp_path):
    with open_state(tmp_path / "state.db") as connection:
        yield Past(connection)
