"""Work that must not grow faster than its size: counted, or compared with itself, for load stretches seconds."""

import sys
from itertools import count
from time import process_time

# How many times as much work four times the size may be: 4 is as it grows, 16 as its square.
QUADRATIC = 10
_SHORTEST = 0.05  # seconds of the processor's time; a ratio of less is noise


def calls_made(function, *arguments):
    """How many functions are called and left, those of C included: work that no machine and no load changes."""
    calls = count()
    sys.setprofile(lambda *_: next(calls))
    try:
        function(*arguments)
    finally:
        sys.setprofile(None)
    return next(calls)


def growth(work, size):
    """How many times as much work(size) is than work(size // 4), by the processor's time: a pattern makes no calls."""
    few, many = (_cpu_time(work, part) for part in (size // 4, size))
    return many / max(few, _SHORTEST)


def text_growth(read, piece, letters=100_000):
    """The growth of read(text) for a text of one piece again and again."""
    return growth(lambda length: read(piece * (length // len(piece))), letters)


def _cpu_time(work, size):
    start = process_time()
    work(size)
    return process_time() - start
