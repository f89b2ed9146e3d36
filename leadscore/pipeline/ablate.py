"""What each criterion decides: the scores without it, beside the scores with it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from leadscore.model.model import Model
from leadscore.pipeline.results import Results, labels_of
from leadscore.pipeline.score import Answers, add_up
from leadscore.plan.plan import Plan
from leadscore.scoring.agreement import agreement
from leadscore.scoring.bands import EXCLUDED, band_of
from leadscore.scoring.settling import round_half_away
from leadscore.scoring.values import Bools, Floats

SCORED = "Scored"  # the state of a lead that has a score, where the model has no bands
NO_BAND = "(no band)"  # below every band
NO_SCORE = "(no score)"  # no criterion applies


@dataclass(frozen=True)
class Ablation:
    """What happens to the leads when one criterion is taken out of the model.

    `changing` leads change band or get in or out of the exclusion, `share` of all (0..1). `largest_change` is signed,
    in score units, leads that are excluded both times left out; NaN where no lead keeps a score. `kendall` is tau-b
    between the scores with and without the criterion, over leads scored and not excluded both times; NaN where they
    are constant.
    """

    criterion: str
    changing: int
    share: float
    largest_change: float
    newly_excluded: int
    no_longer_excluded: int
    kendall: float


@dataclass(frozen=True)
class _Standing:
    """Where every lead stands by some of the criteria."""

    scores: Floats
    excluded: Bools
    states: list[str]


def ablate(results: Results) -> tuple[Ablation, ...]:
    """Each active criterion and behaviour of a run left out in turn: the most decisive first, ties in sheet order.

    Computed from the answers the run already has. It is about what the criteria say: decisions of people about single
    leads are not part of it.
    """
    scored, plan = results.scored, results.plan
    said = scored.answers
    with_all = _standing(said, plan)
    names = [(one.criterion.score, one.criterion.name) for one in said.asked]
    names += [(row.score, row.name) for row in said.warmth.behaved]
    rests = [replace(said, asked=tuple(other for other in said.asked if other is not one)) for one in said.asked]
    rests += [replace(said, warmth=said.warmth.without(row)) for row in said.warmth.behaved]
    ablations = [
        _ablation(name, with_all, _standing(rest, plan), plan.model)
        for name, rest in zip(labels_of(names), rests, strict=True)
    ]
    return tuple(sorted(ablations, key=_decisiveness))


def _decisiveness(one: Ablation) -> tuple[float, float]:
    """Sorts by the share, largest first, then by tau, lowest first; without a tau last."""
    return -one.share, math.inf if math.isnan(one.kendall) else one.kendall


def _ablation(name: str, old: _Standing, new: _Standing, model: Model) -> Ablation:
    changes = np.where(old.excluded & new.excluded, np.nan, new.scores - old.scores)
    changing = sum(before != after for before, after in zip(old.states, new.states, strict=True))
    return Ablation(
        criterion=name,
        changing=changing,
        share=changing / len(old.states) if old.states else 0.0,
        largest_change=_largest(round_half_away(changes, model.settings.decimals)),
        newly_excluded=int((new.excluded & ~old.excluded).sum()),
        no_longer_excluded=int((old.excluded & ~new.excluded).sum()),
        kendall=agreement(ranked(old.scores, old.excluded), ranked(new.scores, new.excluded)).kendall,
    )


def _largest(changes: Floats) -> float:
    """The change farthest from 0, of two alike the gain; NaN where there is none."""
    known = changes[~np.isnan(changes)]
    return float(max(known, key=lambda change: (abs(change), change), default=math.nan))


def _standing(said: Answers, plan: Plan) -> _Standing:
    sums = add_up(said, plan)
    bands = [band for band in plan.model.bands if not band.score]
    labels = band_of(sums.total.value, bands) if bands else None
    return _Standing(sums.total.value, sums.excluded, states_of(labels, sums.total.value, sums.excluded))


def ranked(scores: Floats, excluded: Bools) -> Floats:
    """The scores that have a rank: NaN for the leads that are excluded."""
    return np.where(excluded, np.nan, scores)


def states_of(labels: Sequence[str] | None, scores: Floats, excluded: Bools) -> list[str]:
    """Where each lead stands, in one word: Excluded, else its band ('' for none), or that it has none.

    Without `labels` the model has no bands: Scored, or that there is no score.
    """
    plain = [NO_SCORE if missing else SCORED if labels is None else NO_BAND for missing in np.isnan(scores)]
    return [
        EXCLUDED if out else label or otherwise
        for out, label, otherwise in zip(excluded, labels or [""] * len(plain), plain, strict=True)
    ]
