"""Keyboards, and the walks along their rows that people type who do not want to say."""

from collections.abc import Iterable, Iterator

# QWERTY, AZERTY and QWERTZ: the rows of letters from the top.
KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("qwertzuiop", "asdfghjkl", "yxcvbnm"),
)
# The vowels are in the top row, so only its long walks are no word: 'liberty', 'Reza' and 'Wert' have four of its keys.
TOP_ROWS = tuple(rows[0] for rows in KEYBOARDS)
LOWER_ROWS = tuple(dict.fromkeys(row for rows in KEYBOARDS for row in rows[1:]))
TOP_WALK, LOWER_WALK, REPEATED_WALK = 5, 4, 3  # keys; the last where the walk is typed again: 'qsdqsd'


def walks(rows: Iterable[str], length: int) -> Iterator[str]:
    """Every walk of so many neighbouring keys of the rows, there and back."""
    for row in rows:
        for way in (row, row[::-1]):
            yield from (way[start : start + length] for start in range(len(way) - length + 1))
