"""A column of cells as texts: each distinct one is read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.values.cells import text_of

# Cells that are equal only where their texts are: not so numbers with a format of their own, yes and no, and stamps of
# two zones.
_PLAIN = frozenset({str, int, float, date, type(None)})


@dataclass(frozen=True)
class Texts:
    """A column: row i holds `texts[codes[i]]`, trimmed, '' where blank. The texts differ."""

    codes: npt.NDArray[np.intp]
    texts: tuple[str, ...]

    @property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Which rows hold nothing."""
        return np.array([text == "" for text in self.texts], dtype=bool)[self.codes]


def texts_of(cells: pd.Series) -> Texts:
    """A column of cells of any kind, whatever its dtype. Days of a column of dates are written as 2026-03-01."""
    if isinstance(cells.dtype, np.dtype | pd.DatetimeTZDtype) and cells.dtype.kind == "M":
        cells = _written_out(cells)
    held = cells.to_numpy(dtype=object)
    if not _PLAIN.issuperset(map(type, held)):
        held = np.array([text_of(cell) for cell in held], dtype=object)
    codes, distinct = pd.factorize(held)
    read = np.array([*map(_text, distinct), ""], dtype=object)  # the last is that of code -1: blank
    merged, texts = pd.factorize(read)
    return Texts(merged[codes], tuple(str(text) for text in texts))


def _text(cell: object) -> str:
    """As text_of, and quicker for what most cells hold."""
    return cell.strip() if type(cell) is str and cell.isascii() else text_of(cell)


def no_texts(rows: int) -> Texts:
    """A column that is not there: blank in every row."""
    return Texts(np.zeros(rows, dtype=np.intp), ("",))


def _written_out(cells: pd.Series) -> pd.Series:
    """Stamps as ISO texts, those of a zone with Z."""
    zone = "Z" if isinstance(cells.dtype, pd.DatetimeTZDtype) else ""
    stamps = pd.DatetimeIndex(cells).tz_convert("UTC").tz_localize(None) if zone else pd.DatetimeIndex(cells)
    codes, distinct = pd.factorize(stamps)
    texts = [f"{text}{zone}" for text in np.datetime_as_string(distinct.to_numpy(), unit="s")]
    return pd.Series(np.array([*texts, ""], dtype=object)[codes], index=cells.index, dtype=object)
