"""The sheet Scoring: one row per case, rows of one Score and Criterion make one criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadscore.model.checks import check_criterion
from leadscore.model.grid import Grid
from leadscore.model.model import Case, Criterion, Kind, Policy
from leadscore.model.operands import read_operands
from leadscore.model.table import Entry, Headings, Row, read_table
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary
from leadscore.values.folding import fold

REQUIRED = ("criterion", "field", "operator", "value", "points")
KNOWN = (
    *("criterion", "kind", "weight", "field", "operator", "value", "points", "score", "policy"),
    *("minimum", "maximum", "segment", "active", "from", "until", "comment"),
)


@dataclass
class _Gathered:
    """The rows of one criterion, in sheet order."""

    name: str
    score: str
    rows: list[Row] = field(default_factory=list)


def read_scoring(
    grid: Grid, reader: Reader, declared: Sequence[str] = (), others: Sequence[str] = ()
) -> tuple[Criterion, ...]:
    """Every criterion of the sheet, in the order of their first rows; wrong cells are told and left out.

    `declared` are the scores of the sheet Scores, `others` those that behaviours name. Where there is only one score,
    declared, or named here and there, a blank Score is that.
    """
    rows = read_table(grid, Headings(KNOWN, REQUIRED), reader.language, reader.findings)
    named = {fold(name): name for name in declared or (*others, *(row["score"].text for row in rows)) if name}
    lone = next(iter(named.values())) if len(named) == 1 else ""
    return tuple(_criterion(gathered, reader) for gathered in _gather(rows, lone, reader))


def _gather(rows: list[Row], lone_score: str, reader: Reader) -> list[_Gathered]:
    groups: dict[tuple[str, str], _Gathered] = {}
    current: _Gathered | None = None
    for row in rows:
        name, score = row["criterion"].text, row["score"].text or lone_score
        if row["criterion"].is_blank:
            name = current.name if current else ""
            score = row["score"].text or (current.score if current else "")
        if not name:
            _tell_nameless(row["criterion"], reader)
            continue
        current = groups.setdefault((fold(score), fold(name)), _Gathered(name, score))
        current.rows.append(row)
    return list(groups.values())


def _tell_nameless(entry: Entry, reader: Reader) -> None:
    if entry.is_blank and not entry.is_absent:
        reader.findings.add("criterion-missing", entry.place)


def _criterion(gathered: _Gathered, reader: Reader) -> Criterion:
    first = gathered.rows[0]
    cells = {heading: _shared(gathered.rows, heading, reader) for heading in _ATTRIBUTES}
    read: dict[str, Any] = {name: get(cells[heading], reader) for heading, (name, get) in _ATTRIBUTES.items()}
    cases = [_case(row, reader) for row in gathered.rows]
    criterion = Criterion(
        name=gathered.name,
        score=gathered.score,
        cases=tuple(case for case in cases if case is not None),
        comment="\n".join(row["comment"].text for row in gathered.rows if row["comment"].text),
        place=first["criterion"].place,
        score_place=next((row["score"].place for row in gathered.rows if row["score"].text), first["score"].place),
        field_place=cells["field"].place,
        segment_place=cells["segment"].place,
        places=tuple((heading, cells[heading].place) for heading in ("weight", "minimum", "maximum")),
        **read,
    )
    check_criterion(criterion, {**cells, "criterion": first["criterion"]}, reader)
    return criterion


def _shared(rows: list[Row], heading: str, reader: Reader) -> Entry:
    """The one entry of an attribute that the rows of a criterion share: the first that is filled.

    One that cannot be read is told as such; only the others are compared.
    """
    filled = [row[heading] for row in rows if not row[heading].is_blank]
    good = [entry for entry in filled if _reads_well(heading, entry, reader)]
    for wrong in filled[1:]:
        if wrong not in good:
            _ATTRIBUTES[heading][1](wrong, reader)
    for other in good[1:]:
        if not _mean_the_same(heading, good[0], other, reader):
            said, where = reader.say("headings", heading), good[0].place
            reader.findings.add(
                "attribute-differs", other.place, other.text, heading=said, first=good[0].text, where=where
            )
    return filled[0] if filled else rows[0][heading]


def _mean_the_same(heading: str, first: Entry, other: Entry, reader: Reader) -> bool:
    """Whether two cells say the same, as 1 and '1,0' do, or 'potential' and 'Potentiel'."""
    quiet, get = reader.quiet(), _ATTRIBUTES[heading][1]
    return fold(first.text) == fold(other.text) or bool(get(first, quiet) == get(other, quiet))


def _reads_well(heading: str, entry: Entry, reader: Reader) -> bool:
    quiet = reader.quiet()
    _ATTRIBUTES[heading][1](entry, quiet)
    return not quiet.findings.has_errors


def _kind(entry: Entry, reader: Reader) -> Kind:
    return Kind(reader.word(entry, "kinds", "kind") or Kind.POTENTIAL)


def _policy(entry: Entry, reader: Reader) -> Policy:
    return Policy(reader.word(entry, "policies", "policy") or Policy.FIRST)


def _weight(entry: Entry, reader: Reader) -> float:
    weight = reader.weight(entry)
    return 1.0 if weight is None else weight


# Heading -> the attribute of a criterion it gives, and how its cell is read.
_ATTRIBUTES: dict[str, tuple[str, Callable[[Entry, Reader], Any]]] = {
    "kind": ("kind", _kind),
    "weight": ("weight", _weight),
    "field": ("field", lambda entry, _: entry.text),
    "policy": ("policy", _policy),
    "minimum": ("minimum", lambda entry, reader: reader.number(entry, "minimum", percent=False)),
    "maximum": ("maximum", lambda entry, reader: reader.number(entry, "maximum", percent=False)),
    "segment": ("segment", lambda entry, _: entry.text),
    "active": ("active", lambda entry, reader: reader.yes_no(entry, "active")),
    "from": ("first_day", lambda entry, reader: reader.day(entry, "from")),
    "until": ("last_day", lambda entry, reader: reader.day(entry, "until")),
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
        operator_place=row["operator"].place,
        value_place=row["value"].place,
    )


def _operator(entry: Entry, reader: Reader) -> str:
    if entry.is_blank:
        if not entry.is_absent:
            reader.findings.add("operator-missing", entry.place, example=reader.say("operators", "is"))
        return ""
    return reader.word(entry, "operators", "operator")


def _points(entry: Entry, operator: str, reader: Reader) -> tuple[float | None, bool]:
    """The points of a case, and whether they are the word skip."""
    if entry.is_blank:
        if not entry.is_absent:
            reader.findings.add("points-missing", entry.place)
        return None, False
    if vocabulary("keywords").find(entry.text) == "skip":
        if operator not in ("", "is blank"):
            said, blank = reader.say("operators", operator), reader.say("operators", "is blank")
            reader.findings.add("skip-misplaced", entry.place, entry.text, operator=said, blank=blank)
        return None, True
    return reader.number(entry, "points", percent=False), False
