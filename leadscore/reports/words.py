"""The sentences of pages, and numbers and days, in English and French."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from leadscore.model.vocabulary import Language
from leadscore.scoring.settling import rounded

_MINUS = "\N{MINUS SIGN}"
_THIN, _HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Words:
    """How one language says things; what is no number is '–'."""

    language: Language

    def say(self, name: str, **details: str) -> str:
        """A sentence of words.toml. Raises KeyError for one that is not there."""
        sentence: str = _sentences()[name][self.language]
        return sentence.format(**details)

    def number(self, number: float, decimals: int = 0) -> str:
        """1234.5 -> '1,234.5', in French '1 234,5'; no needless decimals."""
        text = self.fixed(number, decimals)
        return text.rstrip("0").rstrip(".,") if decimals > 0 else text

    def fixed(self, number: float, decimals: int) -> str:
        """As number, with all its decimals: a column of them lines up."""
        if not math.isfinite(number):
            return "–"
        settled = rounded(number, decimals)
        text = f"{abs(settled):,.{decimals}f}"
        if self.language == "fr":
            text = text.replace(",", _THIN).replace(".", ",")
        return f"{_MINUS}{text}" if settled < 0 else text

    def signed(self, number: float, decimals: int = 1) -> str:
        """As fixed, with a sign: '+12.5', '−3.0'."""
        text = self.fixed(number, decimals)
        return f"+{text}" if math.isfinite(number) and rounded(number, decimals) > 0 else text

    def percent(self, share: float, decimals: int = 0) -> str:
        """0.125 -> '13%', in French '13 %'; what is not quite all or nothing is never said to be."""
        if not math.isfinite(share):
            return "–"
        shown = rounded(100 * share, decimals)
        unit = 10.0**-decimals
        edge = "<" if 0 < share < 1 and shown < unit else ">" if 0 < share < 1 and shown > 100 - unit else ""
        text = self.number(unit if edge == "<" else 100 - unit if edge else shown, decimals)
        space = _HARD if self.language == "fr" else ""
        return f"{edge}{space if edge else ''}{text}{space}%"

    def day(self, day: date) -> str:
        """'22 November 2026', in French '22 novembre 2026'."""
        number = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        return f"{number} {self.say('months').split()[day.month - 1]} {day.year}"


@cache
def _sentences() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("leadscore.reports").joinpath("words.toml").read_text(encoding="utf-8"))
