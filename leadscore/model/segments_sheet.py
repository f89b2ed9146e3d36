"""The sheet Segments: rows of one name are conditions that must all hold."""

from __future__ import annotations

from leadscore.model.decisions import Condition, Segment
from leadscore.model.grid import Grid
from leadscore.model.operands import read_operands
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.model.table import Headings, Row, read_table
from leadscore.model.typed import Reader
from leadscore.values.folding import fold

SEGMENTS = Headings(("segment", "field", "operator", "value", "comment"), ("segment", "field", "operator", "value"))


def read_segments(grid: Grid, reader: Reader) -> tuple[Segment, ...]:
    """Every segment, in the order of their first rows; an empty name continues the segment above."""
    gathered: dict[str, list[Row]] = {}
    current: list[Row] | None = None
    for row in read_table(grid, SEGMENTS, reader.language, reader.findings):
        if not row["segment"].is_blank:
            current = gathered.setdefault(fold(row["segment"].text), [])
        if current is None:
            reader.findings.add("name-missing", row["segment"].place, what="segment")
        else:
            current.append(row)
    return tuple(_segment(rows, reader) for rows in gathered.values())


def _segment(rows: list[Row], reader: Reader) -> Segment:
    conditions = [_condition(row, reader) for row in rows]
    return Segment(
        name=rows[0]["segment"].text,
        conditions=tuple(condition for condition in conditions if condition is not None),
        place=rows[0]["segment"].place,
    )


def _condition(row: Row, reader: Reader) -> Condition | None:
    field, operator = row["field"], row["operator"]
    name = reader.word(operator, "operators", "operator")
    if name in SEGMENT_OPERATORS:
        reader.findings.add("segment-nested", operator.place, operator.text)
        return None
    if operator.is_blank and not operator.is_absent:
        reader.findings.add("operator-missing", operator.place, example=reader.say("operators", "is"))
    if field.is_blank and not field.is_absent:
        heading = reader.say("headings", "field")
        reader.findings.add("condition-field-missing", field.place, heading=heading)
    if not name or not field.text:
        return None
    return Condition(
        field=field.text,
        operator=name,
        operands=read_operands(name, row["value"], reader),
        typed=row["value"].text,
        place=field.place,
        operator_place=operator.place,
        value_place=row["value"].place,
    )
