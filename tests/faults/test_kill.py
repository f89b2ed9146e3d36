"""T1: killed at a random moment, a run leaves the old results or the new ones, and the next run is none the wiser."""

import os
import random
import signal
import time
from collections import Counter

from leadscore.sheets.safe_write import look
from tests.faults.places import NEW, OLD
from tests.faults.shares import share

LAST_BREATH = 0.005  # seconds: a run goes on for at least as long after it has put the new results in place
PAUSE = 0.0005  # seconds
MOMENTS = random.Random()  # noqa: S311  nothing secret


def kill_at_random(place, longest, *, late):
    """Which results a kill left; None where the run was over before. A `late` kill waits for the new results."""
    place.restore()
    before = look(place.target)
    run = place.start()
    moment = time.monotonic() + MOMENTS.uniform(0, longest)
    while before.is_as_it_was if late else time.monotonic() < moment:
        time.sleep(PAUSE)
    if late:
        time.sleep(MOMENTS.uniform(0, LAST_BREATH))
    os.kill(run, signal.SIGKILL)  # a run that is over keeps its number until it is waited for
    return place.told() if place.wait(run).code == -signal.SIGKILL else None


@share("kills", 1, 200)
def test_a_kill_leaves_the_old_results_or_the_new_ones(place, kills):
    began = time.monotonic()
    place.check_run()
    longest = time.monotonic() - began
    seen, left = Counter(), 0

    while seen.total() < kills:
        late = seen[NEW] < seen[OLD] / 6
        if (which := kill_at_random(place, longest, late=late)) is not None:
            seen[which] += 1
            left += len(place.temps())
            place.check_recovers()

    print(f"{dict(seen)}, temporary files left and swept: {left}")
    assert min(seen[OLD], seen[NEW]) >= kills // 10
