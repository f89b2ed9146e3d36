"""T5: runs that start while another one works."""

import os
import signal
from collections import Counter

from tests.faults.places import NEW, OLD
from tests.faults.shares import share
from tests.faults.tracing import hold, wait_until_stopped

BUSY = 75
FEW = 10


@share("pairs", 2, 200)
def test_of_two_that_start_at_once_one_writes(place_of, pairs):
    place, codes = place_of("csv"), Counter()

    for _ in range(pairs):
        place.restore()
        pair = [place.start(stopped=True) for _ in range(2)]
        for run in pair:
            wait_until_stopped(run)
        for run in pair:
            os.kill(run, signal.SIGCONT)
        ended = [place.wait(run) for run in pair]
        codes[tuple(sorted(one.code for one in ended))] += 1
        check_turned_away(place, ended)

    print(f"{pairs} pairs, by exit codes {dict(codes)}")
    if pairs > FEW:  # a few may all follow each other on a busy machine
        assert codes[0, BUSY] > pairs / 2


@share("many", 3, 10)
def test_of_many_that_start_at_once_none_harms_another(place_of, many):
    place = place_of("in place")

    ended = [place.wait(run) for run in [place.start() for _ in range(many)]]

    print(f"{many} at once, by exit codes {dict(Counter(one.code for one in ended))}")
    check_turned_away(place, ended)


def check_turned_away(place, ended):
    """Some wrote, the others say a sentence; nothing of any is left."""
    turned_away = [one for one in ended if one.code]
    assert len(turned_away) < len(ended)
    assert all(one.code == BUSY and one.is_one_sentence for one in turned_away), turned_away
    assert place.told() == NEW
    place.check_recovers()


@share("times", 1, 10)
def test_a_run_that_stands_still_keeps_the_others_out(place, times):
    for _ in range(times):
        place.restore()
        holder = hold(place)

        other = place.run()  # it ends, though the holder never does

        assert (other.code, place.told()) == (BUSY, OLD), other
        assert "another run is writing" in other.stderr
        os.kill(holder, signal.SIGCONT)
        assert place.wait(holder).is_silent
        assert place.told() == NEW


@share("times", 1, 10)
def test_a_kill_frees_the_lock(place_of, times):
    for _ in range(times):
        place = place_of("cron")
        holder = hold(place)
        os.kill(holder, signal.SIGKILL)
        place.wait(holder)

        place.check_recovers()
