"""What a run has to tell of its leads, in a few words and in figures."""

from __future__ import annotations

from collections import Counter

from leadscore.pipeline.run import Outcome
from leadscore.terminal.words import counted


def alerts_text(outcome: Outcome) -> str:
    """'; 3 leads entered Hot; 1 overdue', '' where nobody entered an alert band and nobody is overdue."""
    figures = alert_figures(outcome)
    if figures is None:
        return ""
    parts = [f"{counted(count, 'lead')} entered {band}" for band, count in figures[0].items()]
    parts += [f"{figures[1]:,} overdue"] if figures[1] else []
    return "".join(f"; {part}" for part in parts)


def alert_figures(outcome: Outcome) -> tuple[dict[str, int], int] | None:
    """How many leads entered each alert band with this run, the best band first, and how many are overdue.

    None without a state, and where the model does not ask.
    """
    alerts, model = outcome.alerts, outcome.model
    if alerts is None or not model.asks_alerts:
        return None
    counts = Counter(one.band for one in alerts.entered)
    bands = [band.name for band in model.bands if not band.score]
    return {band: counts[band] for band in bands if counts[band]}, len(alerts.overdue)
