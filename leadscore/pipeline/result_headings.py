"""The headings and words of a results file -> our English names: the way back from what `Wording` says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from leadscore.enrichment.step import SEPARATOR, MadeColumn
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.accounts_book import ACCOUNT_COLUMNS
from leadscore.pipeline.results import CONTRIBUTION, LINES, TOTAL
from leadscore.plan.ours import RESULT_COLUMNS, SUFFIX
from leadscore.scoring.bands import EXCLUDED

_CONTRIBUTION = re.compile(r"contribution ?: (.+)", re.DOTALL)
_BANDS = ("band", "band_range")
_BAND_OF: dict[Language, str] = {"en": "{}_band", "fr": "niveau_{}"}


@dataclass(frozen=True)
class Reading:
    """How a results file in one language is read."""

    language: Language

    def result_columns(self, headings: Sequence[str]) -> dict[str, int]:
        """Our name -> its position. Ours begin with `score`; what people added among and behind them is left out.

        {} where the headings are not those of results.
        """
        names = [self._result_name(heading) for heading in headings]
        if "reasons" not in names:
            return {}
        reasons = len(names) - 1 - names[::-1].index("reasons")
        starts = [place for place, name in enumerate(names[:reasons]) if name == "score"]
        if not starts:
            return {}
        found: dict[str, int] = {}
        for place in range(starts[-1], len(names)):
            found.setdefault(names[place], place)
        found.pop("", None)
        return self._with_scores(found, headings)

    def enrichment_columns(self, headings: Sequence[str]) -> dict[str, int]:
        """Our name -> its position; ours stand to the right of a user's column of the same name."""
        names = {vocabulary("columns").say(name, self.language): name for name in ENRICHMENT_COLUMNS}
        return {
            names[plain]: place
            for place, heading in enumerate(headings)
            if (plain := _without_suffix(heading)) in names
        }

    def account_columns(self, headings: Sequence[str]) -> dict[str, int]:
        """Our name -> its position, in the sheet Accounts."""
        names = {vocabulary("columns").say(name, self.language): name for name in ACCOUNT_COLUMNS}
        plain = map(_without_suffix, headings)
        return {names[heading]: place for place, heading in enumerate(plain) if heading in names}

    def texts(self, name: str, cells: pd.Series) -> pd.Series:
        """The cells of a result column of texts, with our own words."""
        if name == "reasons":
            return cells.map(self._reasons)
        is_band = name in _BANDS or name.endswith("_band")
        return cells.map(lambda text: self._word(text, (EXCLUDED,))) if is_band else cells

    def made(self, cell: object, column: MadeColumn) -> object:
        """A cell of an enrichment column with our closed words; what is no text stays."""
        if not isinstance(cell, str):
            return cell
        pieces = cell.split(SEPARATOR) if column.many else [cell]
        return SEPARATOR.join(self._piece(piece, column) for piece in pieces)

    def _reasons(self, text: str) -> str:
        return text if self.language == "en" else "; ".join(map(self._reason, text.split("; ")))

    def _reason(self, part: str) -> str:
        named, _, number = part.rpartition(" ")
        score, colon, name = named.rpartition(": ")
        return f"{score}{colon}{self._word(name, LINES)} {number}" if number[:1] in ("+", "-") else part

    def _piece(self, piece: str, column: MadeColumn) -> str:
        word, colon, about = piece.partition(": ")
        return f"{self._word(word, column.words)}{colon}{about}"

    def _word(self, text: str, words: tuple[str, ...]) -> str:
        """The one of these words that a text says, else the text."""
        return _said(words, self.language).get(text, text)

    @cached_property
    def _result_names(self) -> Mapping[str, str]:
        return {vocabulary("columns").say(name, self.language): name for name in RESULT_COLUMNS}

    def _result_name(self, heading: str) -> str:
        """'contribution : fit : arrondi' -> 'contribution: fit: rounding'; '' for what is not ours."""
        plain = _without_suffix(heading)
        if said := _CONTRIBUTION.fullmatch(plain):
            *scores, last = said[1].split(" : " if self.language == "fr" else ": ")
            return CONTRIBUTION + ": ".join([*scores, self._word(last, LINES)])
        return self._result_names.get(plain, "")

    def _with_scores(self, found: dict[str, int], headings: Sequence[str]) -> dict[str, int]:
        """The columns found, and those of each of several scores: its number, its band."""
        parts = [name.removeprefix(CONTRIBUTION) for name in found if name.startswith(CONTRIBUTION)]
        scores = dict.fromkeys(part.rpartition(": ")[0] for part in parts)
        places = {_without_suffix(heading): place for place, heading in enumerate(headings) if place > found["score"]}
        for score in scores:
            if score in ("", TOTAL) or score not in places:
                continue
            found[score] = places[score]
            if (band := _BAND_OF[self.language].format(score)) in places:
                found[f"{score}_band"] = places[band]
        return dict(sorted(found.items(), key=lambda row: row[1]))


@cache
def _said(words: tuple[str, ...], language: Language) -> Mapping[str, str]:
    return {vocabulary("words").say(word, language): word for word in words}


def _without_suffix(heading: str) -> str:
    while heading.endswith(SUFFIX):
        heading = heading.removesuffix(SUFFIX)
    return heading
