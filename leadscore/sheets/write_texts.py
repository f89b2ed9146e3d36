"""What a workbook can hold of a text, a number and a sheet name. Changes are counted, never silent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from leadscore.issues import Issue, Place

# XML 1.0, section 2.2, production Char: one character outside it makes the whole workbook unreadable.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"

# Excel specifications and limits (support.microsoft.com, read 2026-11); both count UTF-16 units.
MAX_CELL_TEXT = 32_767
MAX_SHEET_NAME = 31
_MOST_QUOTED = 127  # characters between quotes in a formula: Excel allows 255 units, a character is at most two

# Forbidden in names of sheets; an apostrophe only at the ends.
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def legal_text(text: str) -> str:
    """The text with each character that XML cannot hold replaced by U+FFFD; the same object when there is none."""
    return _ILLEGAL.sub(_REPLACEMENT, text) if _ILLEGAL.search(text) else text


def cut_text(text: str, limit: int = MAX_CELL_TEXT) -> str:
    """The text, cut with … when it is longer than `limit` UTF-16 units; the same object when it is not."""
    if len(text) * 2 <= limit or _utf16_length(text) <= limit:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)]
    return units.decode("utf-16-le", "ignore") + "…"


def formula_text(text: str) -> str:
    """A text as a formula says it: in quotes, those inside it doubled; a long one in pieces that & joins."""
    text = legal_text(text)
    pieces = [text[start : start + _MOST_QUOTED] for start in range(0, len(text), _MOST_QUOTED)] or [""]
    return "&".join('"{}"'.format(piece.replace('"', '""')) for piece in pieces)


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class TextTally:
    """Makes the texts of one column fit for a workbook, and remembers the rows where that changed something."""

    replaced: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)

    def fit(self, row: int, text: str) -> str:
        """The text as the workbook can hold it."""
        legal = legal_text(text)
        if legal is not text:
            self.replaced.append(row)
        short = cut_text(legal)
        if short is not legal:
            self.cut.append(row)
        return short

    def issues(self, sheet: str, heading: str) -> tuple[Issue, ...]:
        """One issue per kind of change, at the first row that has it."""
        changes = (("text-replaced", self.replaced), ("text-cut", self.cut))
        return tuple(
            Issue(code, Place(sheet, rows[0], heading=heading), details={"count": len(rows)})
            for code, rows in changes
            if rows
        )


def legal_sheet_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names as Excel allows them, in order: at most 31 characters, none forbidden, no two names alike but for case.

    ('A/B', 'a_b') -> ('A_B', 'a_b (2)')
    """
    taken: set[str] = {"history"}  # a name that Excel keeps for itself
    legal = []
    for name in names:
        plain = _NOT_IN_SHEET_NAME.sub("_", legal_text(name)).strip().strip("'") or "Sheet"
        unique, number = cut_text(plain, MAX_SHEET_NAME), 2
        while unique.casefold() in taken:
            tail = f" ({number})"
            unique, number = cut_text(plain, MAX_SHEET_NAME - len(tail)) + tail, number + 1
        taken.add(unique.casefold())
        legal.append(unique)
    return tuple(legal)


class ExactNumber(float):
    """A float that XlsxWriter, which formats with 16 significant digits, writes with the 17 some floats need."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def exact(number: float) -> float:
    """The number so that XlsxWriter writes it exactly; -0.0 becomes 0."""
    number += 0
    return number if float(f"{number:.16G}") == number else ExactNumber(number)
