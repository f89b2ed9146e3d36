"""What a person could write into the source cells of a lead: a text for every class of values a model tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache

from leadscore.enrichment.specimens import Specimen, specimen_of, specimens
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS, STEPS, column_made
from leadscore.model.decisions import Condition
from leadscore.model.frozen import Test
from leadscore.model.model import Criterion
from leadscore.plan.doubts.dependences import look_of
from leadscore.plan.names import FieldSource
from leadscore.plan.plan import Plan, source_key, sources_of
from leadscore.scoring.proof.asks import PARTS, Asks
from leadscore.scoring.proof.candidates import candidates

# Fields whose text is right or wrong as a whole -> the column that says so. No text that fails is ever proposed.
VERDICTS = {
    "email": "email_validity",
    "phone": "phone_validity",
    "mobile": "phone_validity",
    "vat": "vat_validity",
    "siren": "siren_validity",
    "siret": "siret_validity",
}
_MOST_PARTS = 50  # of one case, shown as they are; the classes of a longer list are found all the same
_FILLERS = re.compile(r"^x / | / x$")  # what the proof puts around the parts of a text


@dataclass(frozen=True)
class Move:
    """A text for one source column. `said` is what it is in words, '' where the criteria that read the cell say it."""

    column: str
    text: str
    said: str = ""


def moves_of(plan: Plan) -> dict[str, tuple[Move, ...]]:
    """Source column -> what it may come to hold, the most natural first; columns in the order of the sheet.

    For a column that criteria and segments read as it stands: the classes of its values, as in the proof of exclusions.
    For one that enrichment reads: specimens of every verdict that a model may ask for.
    """
    found: dict[str, dict[str, Move]] = {}
    for source in sources_of(plan):
        if source.is_certain:  # what a lead did is nothing that somebody fills in
            continue
        for move in _made_moves(source, plan) if source.is_made else _plain_moves(source, plan):
            found.setdefault(move.column, {}).setdefault(move.text, move)
    places = {column: place for place, column in enumerate(plan.own_columns)}
    return {column: tuple(found[column].values()) for column in sorted(found, key=lambda name: places[name])}


def tests_of(source: FieldSource, plan: Plan) -> tuple[Test, ...]:
    """Every case and condition that reads this source."""
    key = source_key(source)
    return (*_cases(key, plan), *_conditions(key, plan))


def _cases(key: str, plan: Plan) -> Iterator[Test]:
    asked: list[Criterion] = [row.criterion for row in plan.criteria if source_key(row.source) == key]
    for criterion in asked:
        yield from criterion.cases


def _conditions(key: str, plan: Plan) -> Iterator[Condition]:
    for segment in plan.segments:
        yield from (condition for condition, source in segment.conditions if source_key(source) == key)


def _classes(source: FieldSource, plan: Plan) -> list[str]:
    """A text of each class of values."""
    asks = Asks(look_of(source, plan.needs), tests_of(source, plan), plan.surroundings)
    texts = candidates(asks).texts
    parts = [part for test in asks.of(PARTS) for part in asks.around.texts(test.operands)[:_MOST_PARTS]]
    bare = [_FILLERS.sub("", text) for text in texts] if parts else []
    return sorted(dict.fromkeys([*parts, *bare, *texts]), key=lambda text: _oddness(text, plan.as_of))


def _oddness(text: str, today: date) -> tuple[int, int]:
    """Sorts days by their distance, then numbers below 0, and a blank last; all else stays where it is, before."""
    with suppress(ValueError):
        return 0, abs((date.fromisoformat(text) - today).days)
    return 2 if not text else 1 if text.startswith("-") else 0, 0


def _plain_moves(source: FieldSource, plan: Plan) -> Iterator[Move]:
    judged = [field for field, own in plan.needs.items() if field in VERDICTS and own.columns == source.columns]
    texts = _classes(source, plan)
    for column in source.columns:
        for field in judged:
            yield from _specimens(field, column, source, texts, plan)
        yield from (Move(column, text) for text in texts)


def _made_moves(source: FieldSource, plan: Plan) -> Iterator[Move]:
    texts = _classes(source, plan)
    for field, own in (plan.needs | plan.complete).items():
        if field in fields_behind(source.name, plan):
            for column in own.columns:
                yield from _specimens(field, column, source, texts, plan)
                yield Move(column, "")


def _specimens(field: str, column: str, source: FieldSource, texts: Iterable[str], plan: Plan) -> Iterator[Move]:
    """The specimens of a field, and those that make an enrichment column hold one of the texts it is compared with."""
    kind = column_made(source.name).kind if source.is_made else "text"
    found: list[Specimen] = [*specimens(field, plan.as_of)]
    for text in texts:
        found += specimen_of(field, kind, text, plan.as_of) if text else ()
    yield from (Move(column, one.text, one.said) for one in found)


def fields_behind(column: str, plan: Plan) -> frozenset[str]:
    """The fields of a lead that an enrichment column is made from, by however many steps."""
    behind = _needs_behind(column)
    return behind | frozenset(plan.complete) if "" in behind else behind


@cache
def _needs_behind(column: str) -> frozenset[str]:
    """As `fields_behind`, with '' for those that a complete lead has filled."""
    step = next(step for step in STEPS if any(made.name == column for made in step.makes))
    fields: set[str] = {""} if any(made.name == "completeness" for made in step.makes) else set()
    for need in step.needs:
        fields |= _needs_behind(need) if need in ENRICHMENT_COLUMNS else {need}
    return frozenset(fields)


def verdict_columns(plan: Plan) -> Mapping[str, str]:
    """Source column -> the enrichment column that says whether its text is right as a whole."""
    return {column: VERDICTS[field] for field, own in plan.needs.items() if field in VERDICTS for column in own.columns}
