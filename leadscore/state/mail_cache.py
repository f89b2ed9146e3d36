"""What look-ups of mail domains answered, kept for as long as the answer is worth it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from leadscore.enrichment.step import MailVerdict
from leadscore.state.store import writing

_DAY = 86_400  # seconds
# How long a verdict holds: a domain that takes mail goes on doing so, one that is dead may come back.
KEPT = {"ok": 30 * _DAY, "fail": 7 * _DAY, "unknown": 3_600}
# Of these domains nothing was learnt: a later run begins with them, instead of those that time out each time.
NEVER_ASKED = ("out_of_time", "no_resolver")
_AT_ONCE = 500  # domains of one question

Lookup = Callable[[Iterable[str]], Mapping[str, MailVerdict]]


def cached(connection: sqlite3.Connection, look_up: Lookup, now: Callable[[], float]) -> Lookup:
    """A look-up that asks only for what the state does not know, or no more. `now` is in seconds since 1970."""

    def look_up_new(domains: Iterable[str]) -> Mapping[str, MailVerdict]:
        wanted = list(dict.fromkeys(domains))
        known = _known(connection, wanted, now())
        asked = look_up([domain for domain in wanted if domain not in known])
        _keep(connection, asked, now())
        return known | dict(asked)

    return look_up_new


def _known(connection: sqlite3.Connection, domains: list[str], now: float) -> dict[str, MailVerdict]:
    known: dict[str, MailVerdict] = {}
    for start in range(0, len(domains), _AT_ONCE):
        some = domains[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            f"SELECT domain, verdict, reason FROM mail_domains WHERE expires > ? AND domain IN ({marks})",  # noqa: S608
            (now, *some),
        )
        known |= {domain: MailVerdict(verdict, reason) for domain, verdict, reason in rows}
    return known


def _keep(connection: sqlite3.Connection, found: Mapping[str, MailVerdict], now: float) -> None:
    """Keep what was answered, and drop what is out of date."""
    answers = {domain: answer for domain, answer in found.items() if answer.reason not in NEVER_ASKED}
    rows = [(domain, *answer, int(now + KEPT[answer.verdict])) for domain, answer in answers.items()]
    with writing(connection):
        connection.execute("DELETE FROM mail_domains WHERE expires <= ?", (now,))
        connection.executemany("INSERT OR REPLACE INTO mail_domains VALUES (?, ?, ?, ?)", rows)
