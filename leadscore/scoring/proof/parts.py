"""Texts that hold parts together: every combination that a value can have of `contains`, `starts with` and their like.

A part stands in a text alone, between letters, at its start or at its end. What holds of a text made of several pieces
is what holds of any of them, so the distinct pieces suffice: long lists of words come down to one piece a case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

import numpy as np

from leadscore.model.frozen import Test
from leadscore.scoring.operators import holds
from leadscore.scoring.proof.asks import PARTS, Asks
from leadscore.scoring.values import Bools, FieldValues
from leadscore.values.evidence import Evidence
from leadscore.values.folding import fold

_MOST_PIECES = 10  # 2^10 texts
_MOST_TEXTS = 4096
_MOST_PARTS = 2000
_FILLERS = "xzqjkwvyuhgbfpmdclnrtsoaeiжщ"
_SEPARATORS = (" / ", " | ", " · ", " ~ ", " ¤ ")
_PATTERN_MARKS = re.compile(r"\\[bBdDwWsSAzZ]|[\\^$*+?(){}\[\]]|\.\*|\(\?\w*\)")


def texts_with_parts(asks: Asks) -> tuple[list[str], bool]:
    """Texts with every set of parts that cases ask for, and whether these are all sets; [] when no case asks for any.

    Of a pattern, texts that probably match it: good for finding a lead, no good for proving that there is none.
    """
    guesses = _guesses(asks)
    tests = asks.of(PARTS)
    parts = {part for test in tests for part in _folded(test, asks)}
    if not tests:
        return guesses, True
    only_contains = len(tests) == len(asks.of(("contains", "does not contain"))) and not asks.equal_texts
    signs = _signs(parts, has_more=not only_contains)
    if signs is None or len(parts) > _MOST_PARTS or "" in parts:
        return [*guesses, *sorted(parts)[:_MOST_PIECES]], False
    texts, are_all = _Pieces(asks, tests, *signs).texts()
    return [*guesses, *texts], are_all


def _folded(test: Test, asks: Asks) -> list[str]:
    return [fold(text) for text in asks.around.texts(test.operands)]


def _signs(parts: Iterable[str], *, has_more: bool) -> tuple[str, str] | None:
    """A filler letter and a separator that occur in no part; no filler where only `contains` asks."""
    used = set("".join(parts))
    filler = next((letter for letter in _FILLERS if letter not in used), None) if has_more else ""
    separator = next((sign for sign in _SEPARATORS if sign.strip() not in used), None)
    return None if filler is None or separator is None else (filler, separator)


class _Pieces:
    """The distinct pieces that texts are made of: in the middle, at the start, at the end."""

    def __init__(self, asks: Asks, tests: Sequence[Test], filler: str, separator: str) -> None:
        self._asks, self._tests, self._filler, self._separator = asks, tests, filler, separator
        fill = filler
        contained = [f"{fill}{part}{fill}" for part in self._parts("contains", "does not contain")]
        self._middle = self._distinct([*contained, *self._parts("has word")], lambda piece: self._text("", [piece], ""))
        self._starts = self._distinct(self._parts("starts with"), lambda piece: self._text(piece, [], ""))
        self._ends = self._distinct(self._parts("ends with"), lambda piece: self._text("", [], piece))

    def texts(self) -> tuple[list[str], bool]:
        """Every combination; where there are too many, single pieces, pairs, and all together."""
        edges = (len(self._starts) + 1) * (len(self._ends) + 1)
        is_small = len(self._middle) <= _MOST_PIECES and edges * 2 ** len(self._middle) <= _MOST_TEXTS
        sizes = range(len(self._middle) + 1) if is_small else (0, 1, 2, len(self._middle))
        middles = [pieces for size in sizes for pieces in combinations(self._middle, size)][:_MOST_TEXTS]
        combined = product(["", *self._starts], middles, ["", *self._ends])
        texts = [self._text(start, pieces, end) for start, pieces, end in combined]
        return [text for text in texts[:_MOST_TEXTS] if text], is_small

    def _parts(self, *operators: str) -> list[str]:
        tests = [test for test in self._tests if test.operator in operators]
        return list(dict.fromkeys(part for test in tests for part in _folded(test, self._asks)))

    def _text(self, start: str, pieces: Sequence[str], end: str) -> str:
        """The start, the pieces and the end, kept apart; where words count, neither edge completes one by chance."""
        fill = self._filler
        edges = (f"{start}{fill}" if start else fill, f"{fill}{end}" if end else fill)
        return self._separator.join(text for text in (edges[0], *pieces, edges[1]) if text)

    def _distinct(self, pieces: Sequence[str], text_of: Callable[[str], str]) -> list[str]:
        """One piece for each set of cases that hold of it; those of which none holds are left out."""
        if not pieces:
            return []
        texts = tuple(text_of(piece) for piece in pieces)
        values = FieldValues(np.arange(len(texts)), texts, Evidence(".", "day-month"))
        held = np.array([_holds_plainly(test, values, self._asks) for test in self._tests])
        found: dict[bytes, str] = {}
        for place, piece in enumerate(pieces):
            if held[:, place].any():
                found.setdefault(held[:, place].tobytes(), piece)
        return list(found.values())


def _holds_plainly(test: Test, values: FieldValues, asks: Asks) -> Bools:
    operator = "contains" if test.operator == "does not contain" else test.operator
    return holds(operator, values, test.operands, asks.around)


def _guesses(asks: Asks) -> list[str]:
    """Texts that a pattern may find: its alternatives without the signs of patterns, and digits."""
    patterns = [pattern for test in asks.of(("matches",)) for pattern in asks.around.texts(test.operands)]
    plain = [_PATTERN_MARKS.sub("", part).strip() for pattern in patterns for part in pattern.split("|")]
    return [*(text for text in plain if text), "12345"] if patterns else []
