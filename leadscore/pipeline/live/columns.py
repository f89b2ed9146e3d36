"""The result columns that follow the model, as formulas: scores, contributions, bands, exclusion, rank, action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from leadscore.model.model import ACCOUNT, Kind, Score
from leadscore.pipeline.live.answers import LiveCriterion
from leadscore.pipeline.live.bands import LiveBands, LiveMatrix, add_bands, add_matrix
from leadscore.pipeline.live.formulas import either
from leadscore.pipeline.live.ledger import EXCLUDES, VALUE, Ledger, Line, Made
from leadscore.pipeline.live.scores import LiveScore
from leadscore.pipeline.live.settled import Columns, Ending, Formulas
from leadscore.pipeline.results import CONTRIBUTION, TOTAL, Results
from leadscore.pipeline.score import OVERRIDDEN, scores_of
from leadscore.scoring.asked import exclusion_name
from leadscore.scoring.bands import EXCLUDED
from leadscore.scoring.values import Bools
from leadscore.sheets.write_texts import formula_text

RANKED = "ranked_score"


@dataclass(frozen=True)
class LiveColumns:
    """The columns of one run. `letters` say where each result column stands; the ledger gets what they point at."""

    results: Results
    letters: Mapping[str, str]
    ledger: Ledger

    def formulas(self) -> Formulas:
        """Result column -> a formula per row of the sheet, '' where what stands there is fixed."""
        found = {**self._scores(), "excluded_by": self._excluded_by}
        if self._several:
            found |= self._total()
        found |= {**self._bands(), **self._rank(), **self._to_do()}
        return {name: self._all_rows(formulas) for name, formulas in found.items() if name in self.letters}

    @cached_property
    def _rows(self) -> list[int]:
        """The row of each lead on the sheet; blank rows have none."""
        return (np.flatnonzero(~self.results.blank) + 2).tolist()

    @cached_property
    def _criteria(self) -> list[LiveCriterion]:
        asked = self.results.scored.asked
        shared = Counter(one.criterion.name for one in asked if one.criterion.kind is Kind.EXCLUSION)
        names = [exclusion_name(one.criterion, is_shared=shared[one.criterion.name] > 1) for one in asked]
        return [LiveCriterion(one, name, self.ledger) for one, name in zip(asked, names, strict=True)]

    @property
    def _several(self) -> bool:
        return len(self.results.scored.scores) > 1

    @property
    def _decimals(self) -> int:
        return self.results.plan.model.settings.decimals

    def _all_rows(self, formulas: Sequence[str]) -> list[str]:
        spread = [""] * len(self.results.leads)
        for row, formula in zip(self._rows, formulas, strict=True):
            spread[row - 2] = formula
        return spread

    def _columns(self, score: str) -> Columns:
        start = f"{CONTRIBUTION}{score}: " if self._several else CONTRIBUTION
        parts = {name.removeprefix(start): at for name, at in self.letters.items() if name.startswith(start)}
        return Columns(self.letters["score" if not self._several or score == TOTAL else score], parts, self._rows)

    def _scores(self) -> Formulas:
        found: Formulas = {}
        for score in scores_of(self.results.plan.model):
            made = self._live_score(score).formulas(self._columns(score.name), self.ledger)
            start = f"{CONTRIBUTION}{score.name}: " if self._several else CONTRIBUTION
            value = score.name if self._several else "score"
            found |= {f"{start}{name}" if name else value: formulas for name, formulas in made.items()}
        return found

    def _live_score(self, score: Score) -> LiveScore:
        scored, memberships = self.results.scored, self.results.scored.memberships
        shown = scored.machine.scores[score.name].shown
        pairs = [
            (one if shown is None else one.among(shown), live)
            for one, live in zip(scored.asked, self._criteria, strict=True)
            if one.criterion.score in ("", score.name)
        ]
        uncapped = memberships[score.cap_unless_segment].inside if score.cap_unless_segment else None
        names = (score.name,) if self._several else (score.name, "")
        decided = {place: number for name in names for place, number in scored.decisions.numbers(name).items()}
        return LiveScore(score, pairs, decided, uncapped, self._decimals)

    def _total(self) -> Formulas:
        """The total of several scores: each times its In total, rounded once."""
        scored, rows = self.results.scored, self._rows
        counted = [score for score in scores_of(self.results.plan.model) if score.in_total]
        found: Formulas = {}
        conditions: list[list[str]] = [[] for _ in rows]
        for score in counted:
            letter, share = self.letters[score.name], self.ledger.at(VALUE, self._share(score))
            has = self._has(scored.scores[score.name].shown)
            for row, there, blanks in zip(rows, has, conditions, strict=True):
                blanks.extend([f'{letter}{row}=""'] if there else [])
            found[f"{CONTRIBUTION}{TOTAL}: {score.name}"] = [
                f'=IF({letter}{row}="",0,{letter}{row}*{share})' if there else ""
                for row, there in zip(rows, has, strict=True)
            ]
        ending = Ending(
            [bool(blanks) for blanks in conditions],
            [either(blanks) if blanks else "" for blanks in conditions],
            scored.decisions.numbers(""),
            self._decimals,
        )
        made = ending.formulas(self._columns(TOTAL))
        return found | {f"{CONTRIBUTION}{TOTAL}: {name}" if name else "score": made[name] for name in made}

    def _has(self, shown: Bools | None) -> list[bool]:
        return [True] * len(self._rows) if shown is None else shown.tolist()

    def _share(self, score: Score) -> int:
        place = score.place_of("in_total")
        value = Made(score.in_total, f"={self.ledger.number(place, score.in_total, 1.0)}")
        return self.ledger.add_once(Line("in_total", score.name, Made(), Made(str(place)), value))

    @cached_property
    def _excluded_by(self) -> list[str]:
        """The names of the exclusions whose points are negative, '; ' between."""
        scored = self.results.scored
        told: list[list[str]] = [[] for _ in self._rows]
        for one, live in zip(scored.asked, self._criteria, strict=True):
            if one.criterion.kind is Kind.EXCLUSION:
                for names, row in zip(told, live.rows(one.counted), strict=True):
                    names.extend([self.ledger.at(EXCLUDES, row)] if row else [])
        return [self._told(names, is_lifted=place in self._lifted) for place, names in enumerate(told)]

    def _told(self, names: Sequence[str], *, is_lifted: bool) -> str:
        if not names:
            return ""
        joined = "&".join(names)
        told = f"MID({joined},{len('; ') + 1},32767)"
        return f'=IF({joined}="","",{told}&{formula_text(OVERRIDDEN)})' if is_lifted else f"={told}"

    @cached_property
    def _lifted(self) -> frozenset[int]:
        """The leads whose total a person decided: nothing excludes them."""
        decisions = self.results.scored.decisions
        return frozenset(decisions.numbers("")) | frozenset(decisions.bands(""))

    @cached_property
    def _is_excluded(self) -> list[str]:
        """Per lead the condition under which it is excluded, '' where it cannot be."""
        column, told = self.letters["excluded_by"], self._excluded_by
        return [
            f'{column}{row}<>""' if formula and place not in self._lifted else ""
            for place, (row, formula) in enumerate(zip(self._rows, told, strict=True))
        ]

    def _value(self, score: str) -> str:
        """The letter of the column of a score, '' the total."""
        return self.letters[score or "score"]

    @cached_property
    def _live_bands(self) -> dict[str, LiveBands]:
        bands = self.results.plan.model.bands
        names = dict.fromkeys(band.score for band in bands if band.score != ACCOUNT)
        return {name: add_bands(name, [one for one in bands if one.score == name], self.ledger) for name in names}

    def _bands(self) -> Formulas:
        return {f"{name}_band" if name else "band": self._band(name, live) for name, live in self._live_bands.items()}

    def _band(self, name: str, live: LiveBands) -> list[str]:
        """The band of each lead; one that a person decided stays."""
        letter, excluded = self._value(name), formula_text(self.ledger.wording.word(EXCLUDED))
        decided = self.results.scored.decisions.bands(name)
        return [
            "" if place in decided else f"={_if(condition, excluded, live.of(f'{letter}{row}'))}"
            for place, (row, condition) in enumerate(zip(self._rows, self._is_excluded, strict=True))
        ]

    def _rank(self) -> Formulas:
        """The rank among the leads that are not excluded, whose scores stand in a column of their own."""
        score, ranked = self.letters["score"], self.letters[RANKED]
        area = f"{ranked}$2:{ranked}${len(self.results.leads) + 1}"
        return {
            RANKED: [
                f"={_if(condition, formula_text(''), f'{score}{row}')}"
                for row, condition in zip(self._rows, self._is_excluded, strict=True)
            ],
            "rank": [f'=IF({ranked}{row}="","",RANK({ranked}{row},{area}))' for row in self._rows],
        }

    def _to_do(self) -> Formulas:
        """The code of the matrix, and the action; that of a lead whose band a person decided stays."""
        matrix = self.results.plan.model.matrix
        live = add_matrix(matrix, self._live_bands, self.ledger) if matrix else None
        codes, actions = [], []
        decided = {place for name in self._live_bands for place in self.results.scored.decisions.bands(name)}
        for place, (row, condition) in enumerate(zip(self._rows, self._is_excluded, strict=True)):
            pair = (f"{self._value(live.rows.score)}{row}", f"{self._value(live.columns.score)}{row}") if live else None
            codes.append(f"={_if(condition, formula_text(''), live.code(*pair))}" if live and pair else "")
            action = self._action(row, live, pair)
            actions.append("" if place in decided else f"={_if(condition, formula_text(''), action)}")
        return {"matrix": codes, "action": actions}

    def _action(self, row: int, live: LiveMatrix | None, pair: tuple[str, str] | None) -> str:
        of_total = self._live_bands.get("")
        of_band = of_total.action_of(f"{self._value('')}{row}") if of_total else formula_text("")
        if live is None or pair is None:
            return of_band
        of_cell = live.action(*pair)
        return f'IF({of_cell}="",{of_band},{of_cell})'


def _if(condition: str, then: str, otherwise: str) -> str:
    return f"IF({condition},{then},{otherwise})" if condition else otherwise
