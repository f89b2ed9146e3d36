"""The sheet Overrides: people's decisions about single leads."""

from __future__ import annotations

from leadscore.model.decisions import Override
from leadscore.model.grid import Grid
from leadscore.model.table import Entry, Headings, Row, read_table
from leadscore.model.typed import Reader

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
    number, band = _number_or_band(row["value"], reader)
    return Override(
        lead=row["lead"].text,
        score=row["score"].text,
        number=number,
        band=band,
        reason=row["reason"].text,
        by=row["by"].text,
        last_day=reader.day(row["until"], "Until"),
        place=row["value"].place,
        score_place=row["score"].place,
    )


def _number_or_band(entry: Entry, reader: Reader) -> tuple[float | None, str]:
    """The value as a number, else as the name of a band, which `parse` looks up; (None, '') when it is wrong."""
    if isinstance(entry.cell.value, str) and reader.quiet().typed_number(entry.text, entry.place) is None:
        return None, entry.text
    return reader.number(entry, "value", percent=False), ""
