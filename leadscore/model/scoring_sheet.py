"""The sheet Scoring: one row per case, rows of one Score and Criterion make one criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from leadscore.model.grid import Grid
from leadscore.model.model import Case, Criterion, Kind, Policy
from leadscore.model.operands import read_operands
from leadscore.model.operators import BLANK_OPERATORS, SEGMENT_OPERATORS
from leadscore.model.table import Entry, Headings, Row, read_table
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary
from leadscore.values.folding import fold

REQUIRED = ("criterion", "field", "operator", "points")
KNOWN = (
    *("criterion", "kind", "weight", "field", "operator", "value", "points", "score", "policy"),
    *("minimum", "maximum", "segment", "active", "from", "until", "comment"),
)
_FORBIDDEN_MARKS = ";:/"
LINES = ("cap", "floor", "rounding", "override")  # lines of a score's explanation that no criterion may be called


@dataclass
class _Gathered:
    """The rows of one criterion, in sheet order."""

    name: str
    score: str
    rows: list[Row] = field(default_factory=list)


def read_scoring(grid: Grid, reader: Reader) -> tuple[Criterion, ...]:
    """Every criterion of the sheet, in the order of their first rows; wrong cells are told and left out."""
    rows = read_table(grid, Headings(KNOWN, REQUIRED), reader.language, reader.findings)
    criteria = [_criterion(gathered, reader) for gathered in _gather(rows, reader)]
    return tuple(criterion for criterion in criteria if criterion is not None)


def _gather(rows: list[Row], reader: Reader) -> list[_Gathered]:
    groups: dict[tuple[str, str], _Gathered] = {}
    current: _Gathered | None = None
    for row in rows:
        name, score = row["criterion"].text, row["score"].text
        if not name and current is None:
            reader.findings.add("criterion-missing", row["criterion"].place)
            continue
        if name:
            current = groups.setdefault((fold(score), fold(name)), _Gathered(name, score))
        elif current is not None and score and fold(score) != fold(current.score):
            current = groups.setdefault((fold(score), fold(current.name)), _Gathered(current.name, score))
        if current is not None:
            current.rows.append(row)
    return list(groups.values())


def _criterion(gathered: _Gathered, reader: Reader) -> Criterion | None:
    first = gathered.rows[0]
    _check_name(first["criterion"], gathered.name, reader)
    shared = {heading: _shared(gathered.rows, heading, reader) for heading in _ATTRIBUTES}
    read: dict[str, Any] = {name: get(shared[heading], reader) for heading, (name, get) in _ATTRIBUTES.items()}
    cases = [_case(row, reader) for row in gathered.rows]
    _check_field(gathered, shared["field"], cases, reader)
    return Criterion(
        name=gathered.name,
        score=gathered.score,
        cases=tuple(case for case in cases if case is not None),
        comment="\n".join(row["comment"].text for row in gathered.rows if row["comment"].text),
        place=first["criterion"].place,
        field_place=shared["field"].place,
        segment_place=shared["segment"].place,
        **read,
    )


def _check_field(gathered: _Gathered, field: Entry, cases: list[Case | None], reader: Reader) -> None:
    """A criterion looks at a field, or at segments; not at both."""
    asks_segments = any(case is not None and case.operator in SEGMENT_OPERATORS for case in cases)
    if asks_segments and (not field.is_blank or not _are_about_segments(cases)):
        reader.findings.add("segment-with-field", field.place, gathered.name)
    elif field.is_blank and not asks_segments:
        reader.findings.add("field-missing", field.place, gathered.name)


def _are_about_segments(cases: list[Case | None]) -> bool:
    return all(case is None or case.operator in (*SEGMENT_OPERATORS, "otherwise") for case in cases)


def _check_name(entry: Entry, name: str, reader: Reader) -> None:
    if any(mark in name for mark in _FORBIDDEN_MARKS):
        reader.findings.add("name-marks", entry.place, name)
    if vocabulary("words").find(name) in LINES:
        reader.findings.add("name-reserved", entry.place, name)


def _shared(rows: list[Row], heading: str, reader: Reader) -> Entry:
    """The one entry of an attribute that the rows of a criterion share: the first that is filled."""
    filled = [row[heading] for row in rows if not row[heading].is_blank]
    for other in filled[1:]:
        if fold(other.text) != fold(filled[0].text):
            name = vocabulary("headings").say(heading, reader.language)
            reader.findings.add(
                "attribute-differs", other.place, other.text, heading=name, first=filled[0].text, where=filled[0].place
            )
    return filled[0] if filled else rows[0][heading]


def _kind(entry: Entry, reader: Reader) -> Kind:
    return Kind(reader.word(entry, "kinds", "kind") or Kind.POTENTIAL)


def _policy(entry: Entry, reader: Reader) -> Policy:
    return Policy(reader.word(entry, "policies", "policy") or Policy.FIRST)


def _weight(entry: Entry, reader: Reader) -> float:
    weight = reader.weight(entry, "Weight")
    return 1.0 if weight is None else weight


# Heading -> the attribute of a criterion it gives, and how its cell is read.
_ATTRIBUTES: dict[str, tuple[str, Callable[[Entry, Reader], Any]]] = {
    "kind": ("kind", _kind),
    "weight": ("weight", _weight),
    "field": ("field", lambda entry, _: entry.text),
    "policy": ("policy", _policy),
    "minimum": ("minimum", lambda entry, reader: reader.number(entry, "Min", percent=False)),
    "maximum": ("maximum", lambda entry, reader: reader.number(entry, "Max", percent=False)),
    "segment": ("segment", lambda entry, _: entry.text),
    "active": ("active", lambda entry, reader: reader.yes_no(entry, "Active", blank=True)),
    "from": ("first_day", lambda entry, reader: reader.day(entry, "From")),
    "until": ("last_day", lambda entry, reader: reader.day(entry, "Until")),
}


def _case(row: Row, reader: Reader) -> Case | None:
    operator = _operator(row["operator"], reader)
    operands = read_operands(operator, row["value"], reader) if operator else ()
    points, is_skip = _points(row["points"], operator, reader)
    if not operator or (points is None and not is_skip):
        return None
    return Case(
        operator=operator,
        operands=operands,
        points=points,
        typed=row["value"].text,
        place=row["points"].place,
        value_place=row["value"].place,
    )


def _operator(entry: Entry, reader: Reader) -> str:
    if entry.is_blank:
        reader.findings.add("operator-missing", entry.place)
        return ""
    return reader.word(entry, "operators", "operator")


def _points(entry: Entry, operator: str, reader: Reader) -> tuple[float | None, bool]:
    """The points of a case, and whether they are the word skip."""
    if entry.is_blank:
        reader.findings.add("points-missing", entry.place)
        return None, False
    if vocabulary("keywords").find(entry.text) == "skip":
        if operator and operator not in BLANK_OPERATORS - {"is not blank"}:
            reader.findings.add("skip-misplaced", entry.place, entry.text, operator=operator)
        return None, True
    return reader.number(entry, "Points", percent=False), False
