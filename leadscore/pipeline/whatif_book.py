"""A comparison of two models -> the sheets of a workbook, in the language of the newer model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from leadscore import __version__
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.ablate import Ablation
from leadscore.pipeline.book import Wording
from leadscore.pipeline.whatif import Comparison, Mover
from leadscore.pipeline.whatif_run import WhatIf
from leadscore.reference import versions
from leadscore.scoring.bands import EXCLUDED
from leadscore.sheets.output import Kind, OutBook, OutColumn, OutSheet
from leadscore.sheets.write_workbook import write_workbook

ALL_LEADS = "all leads"
ENTERS, LEAVES = "enters", "leaves"

_MOVERS: dict[str, Kind] = {
    "row": "integer",
    "old_score": "number",
    "new_score": "number",
    "change": "number",
    "old_band": "band",
    "new_band": "band",
    "because": "text",
}
_BANDS: dict[str, Kind] = {
    "band": "band",
    "move": "text",
    "row": "integer",
    "old_band": "band",
    "new_band": "band",
    "old_score": "number",
    "new_score": "number",
}
_ABLATION: dict[str, Kind] = {
    "criterion": "text",
    "leads_changing_band": "integer",
    "share_changing_band": "percent",
    "largest_change": "number",
    "no_longer_excluded": "integer",
    "newly_excluded": "integer",
    "kendall_tau_b": "number",
}
_RUN: dict[str, Kind] = {"name": "text", "value": "text"}

_NOTES = {
    "because": "What each criterion adds more, or less, than it did: the largest difference first.",
    "move": "Each lead that changes band stands here twice: where it enters and where it leaves.",
    "largest_change": "The score without this criterion less the score with it, where that is most.",
    "kendall_tau_b": "1: without this criterion the leads keep their order. The lower, the more it decides.",
}


def write_what_if(outcome: WhatIf) -> None:
    """Write the workbook that the job names; nothing where it names none. Raises OutputError."""
    if outcome.job.output is not None:
        write_workbook(what_if_book(outcome), outcome.job.output)


def what_if_book(outcome: WhatIf) -> OutBook:
    """Migration, Movers and Bands where two models were compared, Ablation where asked for, and Run."""
    words, sheets = _Words(outcome.newest.language), list[OutSheet]()
    if outcome.comparison is not None:
        compared = outcome.comparison
        sheets += [_migration(compared, words), _movers(compared, words), _bands(compared, words)]
    if outcome.ablations is not None:
        sheets.append(_ablation(outcome.ablations, words))
    sheets.append(_run(outcome, words))
    return OutBook(sheets, outcome.as_of, title="leadscore what-if", language=words.language)


class _Words:
    """How this workbook says its own names; bands and criteria stay as the model writes them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._wording = Wording(language)
        self._own = vocabulary("comparison")

    def sheet(self, name: str) -> str:
        """'movers' -> 'Mouvements' in French."""
        return self._wording.sheet(name)

    def column(self, name: str) -> str:
        """'because' -> 'cause' in French; a column of the results as they call it."""
        return self.word(name) if name in self._own.names else self._wording.column(name)

    def state(self, state: str) -> str:
        """A band as it is called; Excluded and our other words in the language of the workbook."""
        return self._wording.word(state) if state == EXCLUDED else self.word(state)

    def word(self, word: str) -> str:
        """One of our words in the language of the workbook; any other text as it is."""
        return self._own.say(word, self.language)


def _migration(compared: Comparison, words: _Words) -> OutSheet:
    """One row per old state, one column per new one, and all leads on both edges."""
    rows, columns = compared.old.order, compared.new.order
    shown = [OutColumn(words.column("old_band"), [words.state(state) for state in (*rows, ALL_LEADS)], "text")]
    for new in columns:
        counts = [compared.migration[old, new] for old in rows]
        shown.append(OutColumn(words.state(new), [*counts, sum(counts)], "integer", note=words.column("new_band")))
    totals = [sum(compared.migration[old, new] for new in columns) for old in rows]
    shown.append(OutColumn(words.word(ALL_LEADS), [*totals, sum(totals)], "integer"))
    return OutSheet(words.sheet("migration"), shown, filters=False)


def _movers(compared: Comparison, words: _Words) -> OutSheet:
    """Every lead whose score changes, the largest change first."""
    rows = [
        (*numbers, words.state(old_band), words.state(new_band), words.word(because))
        for *numbers, old_band, new_band, because in (mover_cells(mover).values() for mover in compared.movers)
    ]
    return _sheet("movers", _MOVERS, rows, words)


def mover_cells(mover: Mover) -> dict[str, Any]:
    """A mover as it is written: column -> cell."""
    cells = (mover.row, mover.old, mover.new, mover.change, mover.old_band, mover.new_band, mover.because)
    return dict(zip(_MOVERS, cells, strict=True))


def _bands(compared: Comparison, words: _Words) -> OutSheet:
    """Two rows per lead that changes its state: for the band it enters and for the one it leaves, band by band."""
    places = {flow.band: place for place, flow in enumerate(compared.flows)}
    moves = sorted(_moves(compared), key=lambda move: (places[move[0]], move[1], move[2]))
    rows = [
        (words.state(band), words.word(move), row, words.state(old), words.state(new), *scores)
        for band, move, row, old, new, *scores in moves
    ]
    return _sheet("bands", _BANDS, rows, words)


def _moves(compared: Comparison) -> Iterator[tuple[str, str, int, str, str, float, float]]:
    before, after = compared.old, compared.new
    scores = zip(before.scores.tolist(), after.scores.tolist(), strict=True)
    leads = zip(compared.rows, before.states, after.states, scores, strict=True)
    for row, old, new, (old_score, new_score) in leads:
        if old != new:
            yield new, ENTERS, row, old, new, old_score, new_score
            yield old, LEAVES, row, old, new, old_score, new_score


def _ablation(ablations: Sequence[Ablation], words: _Words) -> OutSheet:
    """One row per criterion, the most decisive first: dead weights stand at the end."""
    return _sheet("ablation", _ABLATION, [ablation_cells(one).values() for one in ablations], words)


def ablation_cells(one: Ablation) -> dict[str, Any]:
    """An ablation as it is written: column -> cell."""
    exclusions = one.no_longer_excluded, one.newly_excluded
    cells = (one.criterion, one.changing, one.share, one.largest_change, *exclusions, one.kendall)
    return dict(zip(_ABLATION, cells, strict=True))


def _run(outcome: WhatIf, words: _Words) -> OutSheet:
    """What was compared, and the figures; no clock and no folder: equal comparisons write equal files."""
    stamp = {
        "leadscore": __version__,
        "as_of": outcome.as_of.isoformat(),
        "source": outcome.job.name,
        "sheet": outcome.sheet,
        "model": Path(outcome.old.path).name,
        "model_hash": outcome.old.hash,
    }
    if outcome.new is not None:
        stamp |= {"new_model": Path(outcome.new.path).name, "new_model_hash": outcome.new.hash}
    stamp["leads"] = str(outcome.leads)
    if outcome.comparison is not None:
        said = figures(outcome.comparison)
        stamp |= {name: "-" if figure is None else str(figure) for name, figure in said.items()}
    stamp |= {f"reference: {name}": version for name, version in versions().items()}
    return _sheet("run", _RUN, list(stamp.items()), words, filters=False)


def figures(compared: Comparison) -> dict[str, int | float | None]:
    """A comparison in numbers; None for a correlation that does not exist."""
    correlations = compared.agreement
    return {
        "leads_changing_band": compared.changing,
        "leads_changing_score": len(compared.movers),
        "newly_excluded": compared.newly_excluded,
        "no_longer_excluded": compared.no_longer_excluded,
        "leads_correlated": correlations.leads,
        "spearman": None if math.isnan(correlations.spearman) else correlations.spearman,
        "kendall_tau_b": None if math.isnan(correlations.kendall) else correlations.kendall,
    }


def _sheet(
    name: str, kinds: dict[str, Kind], rows: Sequence[Iterable[object]], words: _Words, *, filters: bool = True
) -> OutSheet:
    """Rows of cells, in the order of the columns -> a sheet."""
    cells = list(zip(*rows, strict=True)) or [()] * len(kinds)
    columns = [
        OutColumn(words.column(heading), column, kind, note=_NOTES.get(heading, ""))
        for (heading, kind), column in zip(kinds.items(), cells, strict=True)
    ]
    return OutSheet(words.sheet(name), columns, filters=filters)
