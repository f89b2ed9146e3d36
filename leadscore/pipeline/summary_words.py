"""How the sheet Summary says things: its words, numbers in sentences, and the small tables that are alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.book import Wording
from leadscore.pipeline.counts import share_of
from leadscore.scoring.reasons import signed
from leadscore.scoring.settling import rounded
from leadscore.sheets.output import Kind, OutBlock, OutChart, OutColumn

SHOWN = 10  # rows of a table; a line says how many more there are
_LONGEST_NAME = 75  # characters: three lines of its column
_LONGEST_SAID = 45


@dataclass(frozen=True)
class Words:
    """The language of a summary, and the decimals of its scores."""

    wording: Wording
    decimals: int

    def say(self, sentence: str, /, **parts: str) -> str:
        """A word or sentence of the summary, with its parts filled in."""
        return vocabulary("summary").say(sentence, self.wording.language).format(**parts)

    def word(self, word: str) -> str:
        """One of our words in the language, as it stands in the cells of Results and Enriched."""
        return self.wording.word(word)

    def number(self, number: float) -> str:
        """A score in a sentence: '12.5', in French '12,5'."""
        return self._local(f"{rounded(number, self.decimals):,.{self.decimals}f}")

    def plain(self, number: float) -> str:
        """A limit in a sentence, without needless decimals: '60', '33.3'."""
        return self._local(f"{number:,.10g}")

    def points(self, number: float) -> str:
        """Points in a sentence, signed."""
        return self._local(signed(rounded(number, self.decimals), self.decimals))

    def count(self, count: int) -> str:
        """A count in a sentence: '1,214', in French '1 214'."""
        return self._local(f"{count:,}")

    def share(self, share: float) -> str:
        """A share in a sentence, in whole per cent: '14%', in French '14 %'; only all is 100, only nothing 0."""
        percent = 0.0 if math.isnan(share) else rounded(100 * share, 0)
        text = "<1" if share > 0 == percent else ">99" if share < 1 and percent == 100 else f"{percent:.0f}"
        return f"{text}%" if self.wording.language == "en" else f"{text}\u00a0%"

    def _local(self, text: str) -> str:
        if self.wording.language == "en":
            return text
        return text.replace(",", "\u202f").replace(".", ",")


def short(name: str) -> str:
    """A name as a table shows it: cut where it would take more than three lines."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def in_sentence(name: str) -> str:
    """A name as a heading says it, in which there is more to be read."""
    return name if len(name) <= _LONGEST_SAID else f"{name[: _LONGEST_SAID - 1]}…"


def more_than_shown(count: int, words: Words) -> str:
    """The line under a table that shows only its first rows, '' where it shows all."""
    return words.say("more", count=words.count(count - SHOWN)) if count > SHOWN else ""


def names_column(heading: str, names: Sequence[str]) -> OutColumn:
    """The first column of a table, of which the first rows are shown."""
    return OutColumn(heading, [short(name) for name in names[:SHOWN]], "text")


def column(heading: str, cells: Sequence[object], kind: Kind = "integer") -> OutColumn:
    """A column of numbers, of which the first rows are shown."""
    return OutColumn(heading, list(cells[:SHOWN]), kind)


@dataclass(frozen=True)
class Bars:
    """What a table of counts and its chart are called: the heading's sentence, the names, the chart."""

    heading: str
    names: str
    chart: str
    note: str = ""


def count_block(said: Bars, counts: Mapping[str, int], leads: int, words: Words) -> OutBlock:
    """Leads per name with their share, and a bar for each."""
    names, found = list(counts), list(counts.values())
    columns = (
        names_column(said.names, names),
        column(words.say("leads"), found),
        column(words.say("share"), [share_of(count, leads) for count in found], "percent"),
    )
    chart = OutChart(said.chart, (1,), said.names, words.say("leads"), said.heading)
    return OutBlock(said.heading, columns, chart, said.note, more_than_shown(len(names), words))
