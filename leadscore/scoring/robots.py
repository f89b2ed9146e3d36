"""Activities that no person does so fast: mail security scanners open every link of a message at once."""

from __future__ import annotations

import numpy as np

from leadscore.scoring.values import Bools, Codes, Floats

SECONDS = 10  # of the clock, both ends included
ACTS = 3  # different ones


def robot_events(lead: Codes, instant: Floats, act: Codes) -> Bools:
    """Which events stand within SECONDS of so many different acts of one lead that no person did them.

    `instant` is in seconds, NaN where no second is known: such events are never a robot's. The order does not matter.
    """
    marked = np.zeros(len(lead), dtype=bool)
    known = np.flatnonzero(~np.isnan(instant))
    if not len(known):
        return marked
    seconds = np.floor(instant[known]).astype(np.int64)
    line = _on_one_line(lead[known], seconds)
    order = np.lexsort((act[known], line))
    at, acts = line[order], act[known][order]
    is_new = np.append([True], (np.diff(at) != 0) | (np.diff(acts) != 0))
    at, acts, back = at[is_new], acts[is_new], np.cumsum(is_new) - 1
    ends = np.searchsorted(at, at + SECONDS, side="right")
    opening = np.flatnonzero(_sees_enough(acts, ends))
    depth = np.zeros(len(at) + 1, dtype=np.int64)
    np.add.at(depth, opening, 1)
    np.add.at(depth, ends[opening], -1)
    marked[known[order]] = (np.cumsum(depth)[:-1] > 0)[back]
    return marked


def _on_one_line(lead: Codes, seconds: Codes) -> Codes:
    """The seconds of each lead behind those of the lead before it, further away than any window is wide."""
    since = seconds - seconds.min()
    line: Codes = lead.astype(np.int64) * (int(since.max()) + 2 * SECONDS) + since
    return line


def _sees_enough(acts: Codes, ends: Codes) -> Bools:
    """Whether the events from each place to its end hold ACTS different acts.

    Runs of one act are jumped over. Of one act a second has one event only, so that two acts which take turns end after
    at most two jumps a second.
    """
    places = np.arange(len(acts))
    differs = np.flatnonzero(np.diff(acts) != 0) + 1
    next_run = np.append(differs, len(acts))[np.searchsorted(differs, places, side="right")]
    second = next_run
    third = np.where(second < ends, next_run[np.minimum(second, len(acts) - 1)], len(acts))
    open_places = np.flatnonzero(third < ends)
    while len(open_places):
        is_first_again = acts[third[open_places]] == acts[open_places]
        is_second_again = acts[third[open_places]] == acts[second[open_places]]
        open_places = open_places[is_first_again | is_second_again]
        third[open_places] = next_run[third[open_places]]
        open_places = open_places[third[open_places] < ends[open_places]]
    enough: Bools = third < ends
    return enough
