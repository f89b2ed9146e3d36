"""Times as people read them: stamps by the clock of this machine, spans in the unit that fits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

_HOURS_OF_DAY = 24
_MOST_HOURS = 48  # beyond, days say enough
_MINUTES = "%Y-%m-%d %H:%M"


def local_time(stamp: str | datetime) -> str:
    """A time in UTC -> '2026-11-22 04:07 CET', by the clock of this machine."""
    return f"{_local(stamp):{_MINUTES} %Z}"


def local_column(stamps: Iterable[str]) -> tuple[str, list[str]]:
    """Times in UTC -> their zone and each without it; where they have several zones, '' and each with its own."""
    local = [_local(stamp) for stamp in stamps]
    zones = {one.tzname() or "" for one in local}
    if len(zones) == 1:
        return zones.pop(), [f"{one:{_MINUTES}}" for one in local]
    return "", [f"{one:{_MINUTES} %Z}" for one in local]


def span(hours: float | None) -> str:
    """0.5 -> '30 min', 31.2 -> '31 h', 290.0 -> '12 days'; None -> '-'."""
    if hours is None:
        return "-"
    if hours < 1:
        return f"{hours * 60:.0f} min"
    return f"{hours:.0f} h" if hours < _MOST_HOURS else f"{hours / _HOURS_OF_DAY:.0f} days"


def _local(stamp: str | datetime) -> datetime:
    return (datetime.fromisoformat(stamp) if isinstance(stamp, str) else stamp).astimezone()
