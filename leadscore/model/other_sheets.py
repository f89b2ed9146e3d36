"""The optional sheets Scores, Bands, Fields and Lists."""

from __future__ import annotations

from leadscore.issues import Place
from leadscore.model.grid import Grid, GridCell, cell_letter
from leadscore.model.model import Band, FieldMapping, Method, NamedList, Score
from leadscore.model.operands import pieces_of
from leadscore.model.table import Entry, Headings, Row, read_table
from leadscore.model.typed import Reader
from leadscore.values.cells import text_of
from leadscore.values.folding import fold, name_key

SCORES = Headings(("score", "method", "minimum", "maximum", "in_total", "segment", "cap_unless_segment"), ("score",))
BANDS = Headings(("score", "band", "from", "icon", "action", "follow_up"), ("band", "from"))
FIELDS = Headings(("field", "column", "type", "blank_values"), ("field",))


def read_scores(grid: Grid, reader: Reader) -> tuple[Score, ...]:
    """One score per row; a name given twice or reserved is told."""
    scores: dict[str, Score] = {}
    for row in read_table(grid, SCORES, reader.language, reader.findings):
        name = row["score"]
        if name.is_blank:
            reader.findings.add("name-missing", name.place, what="score")
        elif fold(name.text) in scores:
            reader.findings.add("name-twice", name.place, name.text, first=scores[fold(name.text)].place)
        else:
            scores[fold(name.text)] = _score(row, reader)
    return tuple(scores.values())


def _score(row: Row, reader: Reader) -> Score:
    multiplier = _in_total(row["in_total"], reader)
    return Score(
        name=row["score"].text,
        method=Method(reader.word(row["method"], "methods", "method") or Method.MEAN),
        minimum=reader.number(row["minimum"], "Min", percent=False),
        maximum=reader.number(row["maximum"], "Max", percent=False),
        in_total=1.0 if multiplier is None else multiplier,
        segment=row["segment"].text,
        cap_unless_segment=row["cap_unless_segment"].text,
        place=row["score"].place,
    )


def _in_total(entry: Entry, reader: Reader) -> float | None:
    if fold(entry.text) in ("no", "non"):
        return 0.0
    return 1.0 if fold(entry.text) in ("yes", "oui") else reader.number(entry, "In total")


def read_bands(grid: Grid, reader: Reader) -> tuple[Band, ...]:
    """The bands of every score, lowest bound last; a bound or a name given twice for one score is told."""
    bands: list[Band] = []
    for row in read_table(grid, BANDS, reader.language, reader.findings):
        if row["band"].is_blank:
            reader.findings.add("name-missing", row["band"].place, what="band")
            continue
        band = _band(row, reader)
        for other in bands:
            if fold(other.score) == fold(band.score) and (
                fold(other.name) == fold(band.name) or other.start == band.start
            ):
                reader.findings.add("band-twice", band.place, band.name, first=other.place)
        bands.append(band)
    return tuple(sorted(bands, key=lambda band: float("inf") if band.start is None else -band.start))


def _band(row: Row, reader: Reader) -> Band:
    return Band(
        score=row["score"].text,
        name=row["band"].text,
        start=reader.number(row["from"], "From", percent=False),
        icon=row["icon"].text,
        action=row["action"].text,
        follow_up=row["follow_up"].text,
        place=row["band"].place,
    )


def read_fields(grid: Grid, reader: Reader) -> tuple[FieldMapping, ...]:
    """One mapping per row; a field mapped to two columns is an error."""
    mappings: dict[str, FieldMapping] = {}
    for row in read_table(grid, FIELDS, reader.language, reader.findings):
        field = row["field"]
        if field.is_blank:
            reader.findings.add("name-missing", field.place, what="field")
            continue
        mapping = FieldMapping(
            field=field.text,
            column=row["column"].text,
            type=reader.word(row["type"], "types", "type"),
            blank_values=tuple(pieces_of(row["blank_values"].text)),
            place=field.place,
        )
        if first := mappings.get(name_key(mapping.field)):
            reader.findings.add("field-mapped-twice", field.place, field.text, first=first.place)
        mappings.setdefault(name_key(mapping.field), mapping)
    return tuple(mappings.values())


def read_lists(grid: Grid, reader: Reader) -> tuple[NamedList, ...]:
    """One list per column: its name in the first row that is filled, its entries below."""
    top = next((number for number, cells in enumerate(grid.rows) if any(not cell.is_blank for cell in cells)), None)
    if top is None:
        return ()
    lists: dict[str, NamedList] = {}
    for index, cell in enumerate(grid.rows[top]):
        name, place = text_of(cell.value), Place(grid.name, top + 1, cell_letter(index))
        if not name or name.startswith("#"):
            continue
        if first := lists.get(name_key(name)):
            reader.findings.add("name-twice", place, name, first=first.place)
        below = [cells[index] if index < len(cells) else GridCell() for cells in grid.rows[top + 1 :]]
        entries = tuple(text_of(entry.value) for entry in below if text_of(entry.value))
        lists.setdefault(name_key(name), NamedList(name=name, entries=entries, place=place))
    return tuple(lists.values())
