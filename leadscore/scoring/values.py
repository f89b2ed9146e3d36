"""One field of every lead, as codes into its distinct texts: each distinct text is read and judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.reference import country_code
from leadscore.values.booleans import read_boolean
from leadscore.values.days import read_day
from leadscore.values.evidence import Evidence, gather_evidence
from leadscore.values.folding import fold
from leadscore.values.numbers import ReadNumber, plain_number, read_number

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

# What a cell can fail to be. The type text never fails.
KINDS = ("number", "date", "boolean", "country")


@dataclass(frozen=True)
class FieldValues:
    """The values of one field: `texts[codes[i]]` is what lead i holds, trimmed, '' when blank.

    `kind` is the type declared for the field: with `country`, 'France', 'FR' and 'fra' are one value; with any but
    `text`, a value that cannot be read as such is unreadable. `unknown_words` are values of ours that say not known.
    Where the field `is_certain`, a blank is known to be none. The arrays below have one item per distinct text.
    """

    codes: Codes
    texts: tuple[str, ...]
    evidence: Evidence
    kind: str = "text"
    unknown_words: frozenset[str] = frozenset()
    is_certain: bool = False

    @property
    def is_country(self) -> bool:
        """Whether texts are compared as countries too."""
        return self.kind == "country"

    @cached_property
    def blank(self) -> Bools:
        """Where the text is ''."""
        return np.array([text == "" for text in self.texts], dtype=bool)

    @cached_property
    def folded(self) -> list[str]:
        """Each text after folding, which is what operators on text compare."""
        return [fold(text) for text in self.texts]

    @cached_property
    def plain_numbers(self) -> list[Decimal | None]:
        """None where the text is not a number without plus sign, unit, leading zero or grouping."""
        return [plain_number(text) for text in self.texts]

    @cached_property
    def read_numbers(self) -> list[ReadNumber | None]:
        """Each text as a number by the column's decimal mark, None where it is none."""
        return [read_number(text, self.evidence.decimal_mark) for text in self.texts]

    @cached_property
    def numbers(self) -> Floats:
        """NaN where the text is no number."""
        return _floats(None if read is None else read.number for read in self.read_numbers)

    @cached_property
    def days(self) -> Floats:
        """Proleptic ordinals of calendar days, NaN where the text is no date."""
        days = (read_day(text, self.evidence.day_order, self.evidence.zone) for text in self.texts)
        return _floats(None if day is None else float(day.toordinal()) for day in days)

    @cached_property
    def booleans(self) -> list[bool | None]:
        """Each text as yes or no, None where it is neither."""
        return [read_boolean(text) for text in self.texts]

    @cached_property
    def countries(self) -> list[str]:
        """The ISO2 code each text means, '' where it is no country."""
        return [country_code(text) for text in self.texts]

    def not_read_as(self, kind: str) -> Bools:
        """Where a text that is not blank is no number, date, boolean or country."""
        if kind == "number":
            unread = np.isnan(self.numbers)
        elif kind == "date":
            unread = np.isnan(self.days)
        else:
            read = self.booleans if kind == "boolean" else [code or None for code in self.countries]
            unread = np.array([value is None for value in read], dtype=bool)
        return unread & ~self.blank

    @cached_property
    def said_unknown(self) -> Bools:
        """Where the text is a verdict that says not known."""
        return np.array([text in self.unknown_words for text in self.texts], dtype=bool)

    def where(self, test: Callable[[str], bool]) -> Bools:
        """The test of each folded text."""
        return np.fromiter((test(text) for text in self.folded), dtype=bool, count=len(self.texts))


def field_values(
    texts: pd.Series,
    language_default: Evidence,
    kind: str = "text",
    unknown_words: frozenset[str] = frozenset(),
    typed: Bools | None = None,
) -> FieldValues:
    """A column of trimmed texts ('' = blank), one per lead, as FieldValues with its own evidence.

    `typed` says which leads' cells are text in the source (None: all): how we write out a number or date cell is no
    evidence of how people write theirs.
    """
    codes, distinct = pd.factorize(texts.to_numpy(dtype=object))
    uniques = tuple(str(text) for text in distinct)
    evident = uniques if typed is None else tuple(uniques[code] for code in np.unique(codes[typed]))
    return FieldValues(codes, uniques, gather_evidence(evident, language_default), kind, unknown_words)


def _floats(numbers: Iterable[float | None]) -> Floats:
    return np.array([np.nan if number is None else number for number in numbers], dtype=float)
