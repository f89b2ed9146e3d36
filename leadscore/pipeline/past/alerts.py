"""Which leads entered a band that somebody wants to hear of, and which ones nobody has followed up in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leadscore.issues import Issue
from leadscore.pipeline.past.changes import Changes, known_numbers
from leadscore.pipeline.past.earlier import Earlier
from leadscore.pipeline.past.follow_up import due_times
from leadscore.pipeline.past.in_band import InBand, in_band
from leadscore.pipeline.past.keys import are_ids, are_otherwise
from leadscore.pipeline.results import Results
from leadscore.state.alert_records import Crossing

ALERTS_SHOWN = 7  # days


@dataclass(frozen=True)
class Alerts:
    """Alerts of a run that keeps a state, about leads that are not blank rows.

    `entered` crossed into an alert band with this run, `recent` with those of the ALERTS_SHOWN days before. `standing`
    says where each lead stands, `due` by when somebody is to follow it up ('' nobody), `places` where the lead of each
    key is. `now` is the start of the run. Times are in ISO 8601, UTC. `issues` say why leads that seem new are not told
    of.
    """

    now: str
    entered: tuple[Crossing, ...]
    recent: tuple[Crossing, ...]
    standing: InBand
    due: list[str]
    places: dict[str, int]
    issues: tuple[Issue, ...] = ()

    @property
    def overdue(self) -> list[int]:
        """The places of the leads that should have been followed up by now, what waits longest first."""
        late = [place for place, due in enumerate(self.due) if due and due <= self.now]
        return sorted(late, key=lambda place: self.due[place])


def alerts_of(results: Results, changes: Changes, earlier: Earlier) -> Alerts:
    """What a run has to tell of its leads. The first run of a state is what later ones compare with: it tells nothing.

    Where an id column is lost or found, leads that were there seem new, so nothing is told of those that do. A lead
    with neither id nor e-mail is never known again, and so never told of.
    """
    standing = in_band(results, changes, earlier)
    due = due_times(results, standing, earlier.now)
    before = earlier.texts.index.tolist()
    crossings = list(_entered(results, changes, standing, earlier)) if earlier.ruler is not None else []
    if is_otherwise := are_otherwise(before, changes.keys):
        known = {key for key, place in zip(changes.keys, changes.places, strict=True) if place >= 0}
        crossings = [one for one in crossings if one.key in known]
    return Alerts(
        now=earlier.now,
        entered=tuple(crossings),
        recent=tuple(earlier.crossings),
        standing=standing,
        due=[time if key else "" for time, key in zip(due, changes.keys, strict=True)],
        places={key: place for place, key in enumerate(changes.keys) if key},
        issues=(_known_otherwise(before),) if is_otherwise else (),
    )


def _known_otherwise(before: Sequence[str]) -> Issue:
    went_by, go_by = ("ids", "e-mails") if are_ids(before) else ("e-mails", "ids")
    return Issue("leads-known-otherwise", details={"before": went_by, "now": go_by})


def _entered(results: Results, changes: Changes, standing: InBand, earlier: Earlier) -> Iterator[Crossing]:
    wanted = frozenset(results.plan.model.settings.alert_bands)
    rows = results.leads.index[~results.blank]
    previous, scores = known_numbers(changes.previous), known_numbers(results.scored.total.value)
    for place, (key, band, before) in enumerate(zip(changes.keys, standing.bands, standing.before, strict=True)):
        if key and band in wanted and band != before:
            yield Crossing(
                at=earlier.now,
                key=key,
                row=int(rows[place]),
                band=band,
                previous_band=before,
                previous_score=previous[place],
                score=scores[place],
                cause=changes.causes[place],
            )
