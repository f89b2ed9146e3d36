"""The sheet Overrides: people's decisions about single leads."""

from __future__ import annotations

from leadscore.model.decisions import Override
from leadscore.model.grid import Grid
from leadscore.model.table import Entry, Headings, Row, read_table
from leadscore.model.typed import Reader
from leadscore.values.numbers import read_number

OVERRIDES = Headings(("lead", "score", "value", "reason", "by", "until", "comment"), ("lead", "value", "reason"))


def read_overrides(grid: Grid, reader: Reader) -> tuple[Override, ...]:
    """One override per row, in order. One without a reason is told and has no effect."""
    overrides: list[Override] = []
    for row in read_table(grid, OVERRIDES, reader.language, reader.findings):
        if row["lead"].is_blank:
            reader.findings.add("name-missing", row["lead"].place, what="lead")
        elif row["value"].is_blank:
            reader.findings.add("override-value-missing", row["value"].place, row["lead"].text)
        elif row["reason"].is_blank:
            reader.findings.add("override-reason-missing", row["reason"].place)
        else:
            overrides.append(_override(row, reader))
    return tuple(overrides)


def _override(row: Row, reader: Reader) -> Override:
    number = _number(row["value"], reader)
    return Override(
        lead=row["lead"].text,
        score=row["score"].text,
        number=number,
        band="" if number is not None else row["value"].text,
        reason=row["reason"].text,
        by=row["by"].text,
        last_day=reader.day(row["until"], "Until"),
        place=row["value"].place,
    )


def _number(entry: Entry, reader: Reader) -> float | None:
    """The value as a number, None when it is the name of a band (which `parse` looks up)."""
    if isinstance(entry.cell.value, str):
        read = read_number(entry.text, reader.decimal_mark)
        return None if read is None or read.is_range else read.number
    return reader.number(entry, "Value", percent=False)
