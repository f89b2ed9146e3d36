"""The fault series: what may go wrong around a run, done to it on purpose.

`pytest` runs a small share of each series, as the gate does; `pytest -m long tests/faults` runs the full numbers. What
needs ptrace, namespaces or libfaketime skips, saying so, where these are absent.
"""

import pytest

from tests.faults.places import MODES, Place
from tests.faults.runs import Runs


@pytest.fixture(scope="session")
def runs(tmp_path_factory, make):
    """Runs as cron starts them, by a root without powers where the tests run as root."""
    folder = tmp_path_factory.mktemp("runs")
    started = Runs(folder)
    make.book(folder / "leads.xlsx", Source=make.leads, Scoring=make.scoring)
    started.warm(folder, "score", "leads.xlsx", "--cron")
    yield started
    started.close()


@pytest.fixture(scope="session")
def place_of(runs, tmp_path_factory, make, read):
    """The place of a mode, by its name; made once and as new each time."""
    places = {}

    def find(mode):
        if mode not in places:
            places[mode] = Place(runs, tmp_path_factory.mktemp("place"), MODES[mode], make, read)
        places[mode].restore()
        return places[mode]

    return find


@pytest.fixture(params=MODES)
def place(request, place_of):
    return place_of(request.param)
