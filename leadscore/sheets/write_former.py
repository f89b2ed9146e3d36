"""What a reader did to the last results, done again to the new ones: widths, hidden columns, notes, filtered rows."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from xlsxwriter.worksheet import Worksheet

from leadscore.sheets.graft.former import Former, Heading, Note, numbered
from leadscore.sheets.output import OutSheet
from leadscore.sheets.splice import Element, outline
from leadscore.sheets.write_layout import column_width
from leadscore.sheets.write_rows import filled
from leadscore.values.cells import text_of

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "equal": operator.eq,
    "notEqual": operator.ne,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
}


def as_left(sheet: OutSheet, former: Former) -> OutSheet:
    """The sheet with columns as wide as its reader left them, and groups unfolded where they were."""
    columns = [
        replace(
            column,
            width=former.widths.get(heading, column.width),
            folded=former.hidden.get(heading, column.folded) if column.group else column.folded,
        )
        for column, heading in zip(sheet.columns, _headings(sheet), strict=True)
    ]
    return replace(sheet, columns=columns)


def redo(worksheet: Worksheet, sheet: OutSheet, former: Former) -> None:
    """Hide columns that are in no group, add notes, and hide the rows that the filters leave out."""
    headings = _headings(sheet)
    for position, (heading, column) in enumerate(zip(headings, sheet.columns, strict=True)):
        if former.hidden.get(heading) and not column.group:
            worksheet.set_column(position, position, column_width(column, sheet.decimals), None, {"hidden": True})
    for note in former.notes:
        if note.heading in headings:
            row = _row_of(note, sheet)
            worksheet.write_comment(row, headings.index(note.heading), note.text, {"author": note.author})
    for row in _filtered_out(sheet, headings, former.filters):
        worksheet.set_row(row, None, None, {"hidden": True})


def filter_columns(sheet: OutSheet, former: Former) -> bytes:
    """The criteria as they stand in the filter of the new sheet."""
    headings = _headings(sheet)
    return b"".join(
        b'<filterColumn colId="%d">%b</filterColumn>' % (headings.index(heading), inside)
        for heading, inside in sorted(former.filters.items(), key=lambda item: _place(headings, item[0]))
        if heading in headings
    )


def _place(headings: Sequence[Heading], heading: Heading) -> int:
    return headings.index(heading) if heading in headings else -1


def _headings(sheet: OutSheet) -> list[Heading]:
    return numbered([column.heading for column in sheet.columns])


def _row_of(note: Note, sheet: OutSheet) -> int:
    """The row that a note belongs to: the one whose own texts stood beside it, else the same as before."""
    if note.row == 0 or not sheet.row_count:
        return 0
    own = [column.cells for column in sheet.columns if column.kind == "source"]

    def is_it(row: int) -> bool:
        texts = {cells[row - 1] for cells in own if isinstance(cells[row - 1], str) and cells[row - 1]}
        return bool(texts) and texts <= note.beside

    same = min(note.row, sheet.row_count)
    if not note.beside or is_it(same):
        return same
    found = [row for row in range(1, sheet.row_count + 1) if is_it(row)]
    return found[0] if len(found) == 1 else same


def _filtered_out(sheet: OutSheet, headings: Sequence[Heading], filters: Mapping[Heading, bytes]) -> list[int]:
    """The rows that some filter does not let pass. A filter of a kind that we cannot work out lets every row pass."""
    rows = set[int]()
    for heading, inside in filters.items():
        if heading in headings and (passes := _criterion(inside)):
            cells = filled(sheet.columns[headings.index(heading)].cells)
            rows |= {row for row, cell in enumerate(cells, start=1) if not passes("" if cell is None else cell)}
    return sorted(rows)


def _criterion(inside: bytes) -> Callable[[Any], bool] | None:
    """Whether a cell passes what stands in a filterColumn; None for dates, top tens and averages."""
    criteria = outline(b"<filterColumn>%b</filterColumn>" % inside)
    listed, custom = criteria.child("filters"), criteria.child("customFilters")
    if listed is not None and not listed.named("dateGroupItem"):
        wanted = [one.attributes.get("val", "") for one in listed.named("filter")]
        blank = [""] if listed.attributes.get("blank") in ("1", "true") else []
        return lambda cell: any(_shows(cell, text) for text in [*wanted, *blank])
    if custom is not None:
        all_of = custom.attributes.get("and") in ("1", "true")
        conditions = [_condition(one) for one in custom.named("customFilter")]
        return lambda cell: (all if all_of else any)(holds(cell) for holds in conditions)
    return None


def _condition(custom: Element) -> Callable[[Any], bool]:
    text, name = custom.attributes.get("val", ""), custom.attributes.get("operator", "equal")
    compare, number = _COMPARE[name], _number(text)
    if number is None or name in ("equal", "notEqual"):
        return lambda cell: _matches(cell, text) == (name != "notEqual")
    return lambda cell: isinstance(cell, int | float) and compare(cell, number)


def _matches(cell: Any, text: str) -> bool:
    """Whether a cell shows a text in which * and ? stand for others."""
    if isinstance(cell, str):
        return fnmatchcase(cell.casefold(), text.casefold().replace("[", "[[]").strip() if text.strip() else "")
    return _shows(cell, text)


def _shows(cell: Any, text: str) -> bool:
    """Whether a cell shows as this text, numbers as exactly as the text says them."""
    number = _number(text)
    if number is None or isinstance(cell, str) or not isinstance(cell, int | float):
        return text_of(cell).strip().casefold() == text.strip().casefold()
    decimals = len(text.strip().rstrip("% \u00a0").partition(".")[2]) + (2 if "%" in text else 0)
    return bool(abs(cell - number) <= 0.5 / 10**decimals + 1e-9)


def _number(text: str) -> float | None:
    """'1,234.5' -> 1234.5; '80 %' -> 0.8; None for no number."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", "")
    try:
        return float(plain.rstrip("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        return None
