"""What the possible range of each score makes of bands, of the matrix, and of the total."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from leadscore.issues import Issue
from leadscore.model.decisions import Matrix
from leadscore.model.model import Band, Model
from leadscore.scoring.matrix import matrix_codes
from leadscore.values.cells import number_text

Span = tuple[float, float]
_MUCH_WIDER = 5  # times: then the narrower score hardly moves the total


def band_issues(model: Model, spans: Mapping[str, Span]) -> Iterator[Issue]:
    """Bands and matrix cells that no lead comes to, and cells that the matrix lacks. `spans`: score -> lowest, highest.

    '' is the total. A score whose range is not known is left out.
    """
    unreached: dict[str, set[str]] = {}
    for score in dict.fromkeys(band.score for band in model.bands):
        low, high = spans.get(score, (-math.inf, math.inf))
        for issue in _unreached([band for band in model.bands if band.score == score], low, high):
            unreached.setdefault(score, set()).add(issue.value)
            yield issue
    if model.matrix is not None:
        yield from _matrix(model.matrix, model.bands, unreached)


def _unreached(bands: Sequence[Band], low: float, high: float) -> Iterator[Issue]:
    """The bands that start above the best score, and those whose next one starts at or below the worst."""
    rising = sorted(bands, key=_start)
    for band in rising:
        if _start(band) > high:
            yield Issue("band-too-high", band.start_place, band.name, {"best": number_text(high)})
    for band, above in pairwise(rising):
        if _start(above) <= low:
            yield Issue("band-too-low", band.start_place, band.name, {"worst": number_text(low)})


def _start(band: Band) -> float:
    return -math.inf if band.start is None else band.start


def _matrix(matrix: Matrix, bands: Sequence[Band], unreached: Mapping[str, set[str]]) -> Iterator[Issue]:
    rows = [band.name for band in bands if band.score == matrix.row_score]
    columns = [band.name for band in bands if band.score == matrix.column_score]
    cells = {(cell.row_band, cell.column_band): cell for cell in matrix.cells}
    for pair in product(rows, columns):
        (code,) = matrix_codes([pair[0]], [pair[1]])
        cell = cells.get(pair)
        if cell is None:
            yield Issue("matrix-missing", matrix.place, code)
            continue
        never = [
            name
            for name, score in zip(pair, (matrix.row_score, matrix.column_score), strict=True)
            if name in unreached.get(score, ())
        ]
        if never and cell.action:
            yield Issue("matrix-unreachable", cell.place, never[0])
        elif not never and not cell.action:
            yield Issue("matrix-blank", cell.place, code)


def total_span(model: Model, spans: Mapping[str, Span]) -> Span:
    """The range of the total: each score by its In total. An outer range."""
    if len(model.scores) == 1:
        return spans[model.scores[0].name]
    ends = [sorted(end * score.in_total for end in spans[score.name]) for score in model.scores if score.in_total]
    return sum((low for low, _ in ends), 0.0), sum((high for _, high in ends), 0.0)


def difference_issues(model: Model, spans: Mapping[str, Span]) -> Iterator[Issue]:
    """Scores of one total whose ranges differ more than five times: the widest against the narrowest."""
    widths = {
        score.name: abs(score.in_total) * (spans[score.name][1] - spans[score.name][0])
        for score in model.scores
        if score.in_total
    }
    known = {name: width for name, width in widths.items() if math.isfinite(width) and width > 0}
    if len(model.scores) < 2 or len(known) < 2:
        return
    widest, narrowest = max(known, key=lambda name: known[name]), min(known, key=lambda name: known[name])
    if known[widest] > _MUCH_WIDER * known[narrowest]:
        place = next(score.place for score in model.scores if score.name == widest)
        details = {
            "span": number_text(round(known[widest], 1)),
            "other": narrowest,
            "smaller": number_text(round(known[narrowest], 1)),
        }
        yield Issue("scores-differ", place, widest, details)
