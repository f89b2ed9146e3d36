"""Criteria on the sheet Live: each weight once, and the points of each answer that some lead gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leadscore.issues import Place
from leadscore.model.model import Case, Criterion, Kind, Policy
from leadscore.pipeline.live.formulas import NO_LIMIT, clamped, number
from leadscore.pipeline.live.ledger import VALUE, Ledger, Line, Made
from leadscore.scoring.asked import Asked
from leadscore.scoring.values import Bools
from leadscore.sheets.write_texts import formula_text

Held = tuple[int, ...]  # the cases that give an answer its points


class LiveCriterion:
    """A criterion on the sheet Live. `weight` is the row of its weight."""

    def __init__(self, one: Asked, name: str, ledger: Ledger) -> None:
        """`name` is what an exclusion is called in `excluded_by`."""
        self._one, self._name, self._ledger = one, name, ledger
        criterion = one.criterion
        place = criterion.place_of("weight")
        self.weight = ledger.add(
            Line(
                "weight",
                criterion.score,
                Made(criterion.name),
                Made(str(place)),
                Made(criterion.weight, f"={ledger.number(place, criterion.weight, 1.0)}"),
            )
        )
        self._limits = _limits(criterion, ledger)
        rows: dict[Held, int] = {}
        self._row_of_code: dict[int, int] = {}
        for code in np.unique(one.codes[one.counted]).tolist():
            held = _held(one, code)
            if held not in rows:
                rows[held] = self._add(held, float(one.answer.points[code]))
            self._row_of_code[code] = rows[held]

    def rows(self, counted: Bools) -> list[int]:
        """Per lead the row of its answer, 0 where the criterion does not count."""
        codes = zip(self._one.codes.tolist(), counted.tolist(), strict=True)
        return [self._row_of_code[code] if counts else 0 for code, counts in codes]

    def _add(self, held: Held, points: float) -> int:
        criterion, row = self._one.criterion, self._ledger.next_row
        cases = [criterion.cases[place] for place in held]
        weighted = Made(criterion.weight * points, f"=${VALUE}${self.weight}*{VALUE}{row}")
        name = Made()
        if criterion.kind is Kind.EXCLUSION:
            told = f"; {self._name}"
            name = Made(told if points < 0 else "", f'=IF({VALUE}{row}<0,{formula_text(told)},"")')
        return self._ledger.add(
            Line(
                "answer",
                criterion.score,
                Made(criterion.name),
                Made(_told(criterion.policy, cases)),
                Made(points, f"={self._points(cases)}"),
                weighted,
                name,
            )
        )

    def _points(self, cases: Sequence[Case]) -> str:
        policy = self._one.criterion.policy
        each = [self._ledger.number(case.place, case.points or 0.0, 0.0) for case in cases] or ["0"]
        points = f"MAX({','.join(each)})" if policy is Policy.MAX else "+".join(each)
        return clamped(points, *self._limits) if self._limits else points


def _held(one: Asked, code: int) -> Held:
    """The cases that give a text its points: the deciding one, or with the policies sum and max all that hold."""
    if one.criterion.policy is Policy.FIRST:
        deciding = int(one.answer.case[code])
        return () if deciding < 0 else (deciding,)
    return tuple(np.flatnonzero(one.answer.held[:, code]).tolist())


def _limits(criterion: Criterion, ledger: Ledger) -> tuple[str, str] | None:
    """The formulas for Min and Max, None where the sheet has neither column."""
    ends = ((criterion.minimum, -NO_LIMIT, "minimum"), (criterion.maximum, NO_LIMIT, "maximum"))
    if all(end is None and not criterion.place_of(heading).cell for end, _, heading in ends):
        return None
    low, high = (limit(criterion.place_of(heading), end, none, ledger) for end, none, heading in ends)
    return low, high


def limit(place: Place, now: float | None, none: float, ledger: Ledger) -> str:
    """The formula for a Min or Max that may be blank: `none` then."""
    return number(none) if not place.cell and now is None else ledger.number(place, none if now is None else now, none)


def _told(policy: Policy, cases: Sequence[Case]) -> str:
    """'Scoring!G4', or 'max of Scoring!G4, Scoring!G5'; '' where no case holds."""
    cells = ", ".join(str(case.place) for case in cases)
    return f"{policy.value}: {cells}" if len(cases) > 1 else cells
