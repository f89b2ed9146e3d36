"""One score on the sheet Live, and its columns of the sheet Results as formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadscore.model.model import Method, Score
from leadscore.pipeline.live.answers import LiveCriterion, limit
from leadscore.pipeline.live.formulas import NO_LIMIT
from leadscore.pipeline.live.ledger import IN_USE, VALUE, Ledger, Line, Made
from leadscore.pipeline.live.settled import Columns, Ending, Formulas
from leadscore.scoring.asked import Asked
from leadscore.scoring.values import Bools


@dataclass(frozen=True)
class LiveScore:
    """A score whose criteria are on the sheet Live.

    `asked` are its criteria, put only to the leads that have it; `decided` the numbers that people decided, by lead.
    """

    score: Score
    asked: Sequence[tuple[Asked, LiveCriterion]]
    decided: Mapping[int, float]
    uncapped: Bools | None
    decimals: int

    def formulas(self, columns: Columns, ledger: Ledger) -> Formulas:
        """The score, its contributions and its lines."""
        weights = self._weights(ledger, len(columns.rows))
        found = self._contributions(weights, ledger)
        is_blank = [f"{ledger.at(VALUE, row)}=0" if row > 0 else "" for row in weights]
        if "floor" in columns.parts:
            found["floor"] = self._floor(columns, is_blank, weights, ledger)
        if "cap" in columns.parts:
            found["cap"] = self._cap(columns, is_blank, weights, ledger)
        ending = Ending([row != 0 for row in weights], is_blank, self.decided, self.decimals)
        return found | ending.formulas(columns)

    def _contributions(self, weights: Sequence[int], ledger: Ledger) -> Formulas:
        found: Formulas = {}
        for one, live in self.asked:
            weighted = {row: f"={ledger.at(IN_USE, row)}" for row in set(live.rows(one.counted))}
            found[one.criterion.name] = [
                "" if not row else f"{weighted[row]}/{ledger.at(IN_USE, total)}" if total > 0 else weighted[row]
                for row, total in zip(live.rows(one.counted), weights, strict=True)
            ]
        return found

    def _weights(self, ledger: Ledger, leads: int) -> list[int]:
        """Per lead the row of the total weight of what counts for it; 0 where nothing does, -1 in a sum."""
        if not self.asked:
            return [0] * leads
        counted = np.column_stack([one.counted for one, _ in self.asked])
        patterns, codes = np.unique(counted, axis=0, return_inverse=True)
        if self.score.method is Method.SUM:
            rows = [-1 if pattern.any() else 0 for pattern in patterns]
        else:
            rows = [self._add_weight(pattern, ledger) if pattern.any() else 0 for pattern in patterns]
        return [rows[code] for code in codes.ravel().tolist()]

    def _add_weight(self, pattern: Bools, ledger: Ledger) -> int:
        counting = [pair for pair, counts in zip(self.asked, pattern, strict=True) if counts]
        total = sum(one.criterion.weight for one, _ in counting)
        cells = [f"{VALUE}{live.weight}" for _, live in counting]
        name = Made(f"{len(counting)} / {len(self.asked)}")
        row = ledger.next_row
        in_use = Made(total or 1.0, f"=IF({VALUE}{row}=0,1,{VALUE}{row})")
        line = Line("total_weight", self.score.name, name, Made(" + ".join(cells)), Made(total, f"={'+'.join(cells)}"))
        return ledger.add(line._replace(in_use=in_use))

    def _floor(self, columns: Columns, is_blank: Sequence[str], weights: Sequence[int], ledger: Ledger) -> list[str]:
        low, high = self._limit("minimum", ledger), self._limit("maximum", ledger)
        raised = [f"MIN({low},{high})" if high and not free else low for free in self._uncapped(len(weights))]
        return [
            _line(f"IF({raw}<{low},{to}-{raw},0)", blank) if total else ""
            for raw, to, blank, total in zip(map(columns.summed, columns.rows), raised, is_blank, weights, strict=True)
        ]

    def _cap(self, columns: Columns, is_blank: Sequence[str], weights: Sequence[int], ledger: Ledger) -> list[str]:
        high, free = self._limit("maximum", ledger), self._uncapped(len(weights))
        return [
            _line(f"IF({raw}>{high},{high}-{raw},0)", blank) if total and not uncapped else ""
            for raw, blank, total, uncapped in zip(
                map(columns.summed, columns.rows), is_blank, weights, free, strict=True
            )
        ]

    def _uncapped(self, leads: int) -> list[bool]:
        return [False] * leads if self.uncapped is None else self.uncapped.tolist()

    def _limit(self, heading: str, ledger: Ledger) -> str:
        """The cell of the sheet Live that holds the score's Min or Max, '' where it has none."""
        now = self.score.minimum if heading == "minimum" else self.score.maximum
        if now is None:
            return ""
        place, none = self.score.place_of(heading), -NO_LIMIT if heading == "minimum" else NO_LIMIT
        value = Made(now, f"={limit(place, now, none, ledger)}")
        return ledger.at(VALUE, ledger.add_once(Line(heading, self.score.name, Made(), Made(str(place)), value)))


def _line(formula: str, is_blank: str) -> str:
    """A line of a score, 0 where the score is blank."""
    return f"=IF({is_blank},0,{formula})" if is_blank else f"={formula}"
