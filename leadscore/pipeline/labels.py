"""The words that stand beside scores: bands, ranges of bands, the code of the matrix, the action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadscore.model.model import ACCOUNT, Band, Model
from leadscore.pipeline.score import Scored
from leadscore.plan.plan import Plan
from leadscore.scoring.bands import EXCLUDED, band_of, band_range
from leadscore.scoring.matrix import matrix_actions, matrix_codes
from leadscore.scoring.score import ScoreResult


@dataclass(frozen=True)
class Labels:
    """Per score that has bands ('' the total): the band and the range of bands of each lead.

    `matrix` and `actions` are None where the model has no matrix, and no actions at all.
    """

    bands: Mapping[str, list[str]]
    ranges: Mapping[str, list[str]]
    matrix: list[str] | None
    actions: list[str] | None


def label_leads(scored: Scored, plan: Plan) -> Labels:
    """Every label of every lead. Excluded leads have the band Excluded, no matrix and no action.

    A band that a person decided wins over both, with its action; the code of the matrix stays the machine's.
    """
    bands = _bands_by_score(plan)
    plain = {name: band_of(_result(name, scored).value, rows) for name, rows in bands.items()}
    ranges = {name: _ranges(_result(name, scored), rows) for name, rows in bands.items()}
    matrix = plan.model.matrix
    kept = {name: _kept(labels, scored) for name, labels in plain.items()}
    decided = {name: scored.decisions.bands(name) for name in bands}
    return Labels(
        bands={name: _shown(labels, scored, decided[name]) for name, labels in plain.items()},
        ranges={name: _shown(labels, scored, decided[name]) for name, labels in ranges.items()},
        matrix=matrix_codes(kept[matrix.row_score], kept[matrix.column_score]) if matrix else None,
        actions=_actions({name: _with(labels, decided[name]) for name, labels in kept.items()}, decided, plan.model),
    )


def _bands_by_score(plan: Plan) -> dict[str, tuple[Band, ...]]:
    """The bands of leads; those of accounts are none of theirs."""
    names = dict.fromkeys(band.score for band in plan.model.bands if band.score != ACCOUNT)
    return {name: tuple(band for band in plan.model.bands if band.score == name) for name in names}


def _result(name: str, scored: Scored) -> ScoreResult:
    return scored.scores[name] if name else scored.total


def _ranges(result: ScoreResult, bands: Sequence[Band]) -> list[str]:
    return band_range(result.low, result.high, bands)


def _shown(labels: Sequence[str], scored: Scored, decided: Mapping[int, str]) -> list[str]:
    return _with([EXCLUDED if out else label for out, label in zip(scored.excluded, labels, strict=True)], decided)


def _kept(labels: Sequence[str], scored: Scored) -> list[str]:
    """The labels with those of excluded leads blank; no labels stay none."""
    return ["" if out else label for out, label in zip(scored.excluded, labels, strict=False)]


def _with(labels: list[str], decided: Mapping[int, str]) -> list[str]:
    return [decided.get(place, label) for place, label in enumerate(labels)]


def _actions(
    labels: Mapping[str, list[str]], decided: Mapping[str, Mapping[int, str]], model: Model
) -> list[str] | None:
    """The action of the matrix, else of the band of the total; None where the model names no action.

    Where a person decided the band of the total, and the matrix does not look at it, that band's action comes first.
    """
    by_band = {band.name: band.action for band in model.bands if not band.score}
    of_band = [by_band.get(label, "") for label in labels.get("", ())]
    matrix = model.matrix
    if matrix is None:
        return of_band if any(by_band.values()) else None
    of_matrix = matrix_actions(labels[matrix.row_score], labels[matrix.column_score], matrix)
    of_band = of_band or [""] * len(of_matrix)
    first = decided.get("", {}) if "" not in (matrix.row_score, matrix.column_score) else {}
    return [
        band or cell if place in first else cell or band
        for place, (cell, band) in enumerate(zip(of_matrix, of_band, strict=True))
    ]
