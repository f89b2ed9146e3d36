"""The cells Decay and Decay days of a behaviour: 'half-life' and '14', 'step 25 %' and '30 days'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leadscore.model.behaviours import Decay
from leadscore.model.durations import read_days
from leadscore.model.table import Entry, Row
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.values.cells import CellError
from leadscore.values.folding import fold

_WORD_AND_SHARE = re.compile(r"(?P<word>.*?)\s*(?:of|de)?\s*(?P<share>\d+(?:[.,]\d+)?)\s*%")  # of a folded text
_STEP_SHOWN = "25 %"


@dataclass(frozen=True)
class ReadDecay:
    """How points shrink: the kind, its days (None without a decay), and the share (0..1) that a step takes."""

    kind: Decay = Decay.NONE
    days: float | None = None
    step: float = 0.0


def read_decay(row: Row, reader: Reader) -> ReadDecay:
    """The decay of a row. A decay without days is told, and so are days without a decay."""
    said = _kind(row["decay"], reader)
    days = read_days(row["decay_days"], "decay_days", reader, whole=False)
    if said is None:
        return ReadDecay()
    kind, step = said
    _tell_unmatched(kind, row, reader)
    return ReadDecay(kind, None if kind is Decay.NONE else days, step)


def decay_choices(language: Language) -> tuple[str, ...]:
    """Every decay as it may be typed: none, linear, half-life, step 25 %."""
    words = {kind: vocabulary("decays").say(kind, language) for kind in Decay}
    return tuple(f"{word} {_STEP_SHOWN}" if kind is Decay.STEP else word for kind, word in words.items())


def _kind(entry: Entry, reader: Reader) -> tuple[Decay, float] | None:
    """The kind and the share of a step; None, and told, where the cell says neither."""
    if entry.is_blank or isinstance(entry.cell.value, CellError):
        return Decay.NONE, 0.0
    match = _WORD_AND_SHARE.fullmatch(fold(entry.text))
    word = vocabulary("decays").find(match["word"] if match else entry.text)
    share = float(match["share"].replace(",", ".")) / 100 if match else 0.0
    if not word or (word == Decay.STEP) != bool(match) or share > 1:
        reader.findings.add("decay-wrong", entry.place, entry.text, allowed=", ".join(decay_choices(reader.language)))
        return None
    return Decay(word), share


def _tell_unmatched(kind: Decay, row: Row, reader: Reader) -> None:
    decay, days = row["decay"], row["decay_days"]
    heading, other = reader.say("headings", "decay_days"), reader.say("headings", "decay")
    if kind is not Decay.NONE and days.is_blank:
        reader.findings.add("decay-days-missing", decay.place, decay.text, heading=heading)
    elif kind is Decay.NONE and not days.is_blank:
        allowed = ", ".join(decay_choices(reader.language)[1:])
        reader.findings.add("decay-missing", days.place, days.text, heading=heading, other=other, allowed=allowed)
