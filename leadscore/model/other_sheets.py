"""The optional sheets Scores, Bands, Fields and Lists."""

from __future__ import annotations

from collections.abc import Sequence

from leadscore.fields.recognise import field_of
from leadscore.issues import Place
from leadscore.model.checks import check_limits, check_marks
from leadscore.model.durations import read_hours
from leadscore.model.grid import BLANK, Grid, cell_letter
from leadscore.model.model import Band, FieldMapping, Method, NamedList, Score
from leadscore.model.operands import pieces_of
from leadscore.model.products import per_product
from leadscore.model.table import Entry, Headings, Row, is_comment, read_table, speaks, tell_error
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary
from leadscore.model.word_lists import check_words
from leadscore.values.booleans import boolean_word
from leadscore.values.cells import text_of
from leadscore.values.folding import fold, name_key

SCORES = Headings(("score", "method", "minimum", "maximum", "in_total", "segment", "cap_unless_segment"), ("score",))
BANDS = Headings(("score", "band", "from", "icon", "action", "follow_up"), ("band", "from"))
FIELDS = Headings(("field", "column", "type", "blank_values"), ("field",))


def read_scores(grid: Grid, reader: Reader, products: Sequence[str] = ()) -> tuple[Score, ...]:
    """One score per row, one per product where its name says {product}; a name given twice is told."""
    scores: dict[str, Score] = {}
    rows = read_table(grid, SCORES, reader.language, reader.findings)
    for row, product in per_product(rows, ("score",), products, reader):
        name = row["score"]
        if name.is_blank:
            _tell_missing(name, "score", reader)
        elif first := scores.get(fold(name.text)):
            reader.findings.add("name-twice", name.place, name.text, first=first.place)
        else:
            scores[fold(name.text)] = _score(row, product, reader)
    return tuple(scores.values())


def _score(row: Row, product: str, reader: Reader) -> Score:
    check_marks(row["score"], row["score"].text, reader)
    method = reader.word(row["method"], "methods", "method")
    score = Score(
        name=row["score"].text,
        method=Method(method or Method.MEAN),
        minimum=reader.number(row["minimum"], "minimum", percent=False),
        maximum=reader.number(row["maximum"], "maximum", percent=False),
        in_total=_in_total(row["in_total"], reader, blank=0.0 if product else 1.0),
        segment=row["segment"].text,
        cap_unless_segment=row["cap_unless_segment"].text,
        product=product,
        method_place=row["method"].place if method else Place(),
        place=row["score"].place,
        segment_place=row["segment"].place,
        cap_unless_segment_place=row["cap_unless_segment"].place,
        places=tuple((heading, row[heading].place) for heading in ("minimum", "maximum", "in_total")),
    )
    check_limits(row.entries, ("minimum", "maximum"), (score.minimum, score.maximum), reader)
    return score


def _in_total(entry: Entry, reader: Reader, *, blank: float) -> float:
    """A multiplier: yes is 1, no is 0, 50 % is 0.5, and nothing or nonsense is `blank`."""
    if (answer := boolean_word(entry.text)) is not None:
        return float(answer)
    multiplier = reader.number(entry, "in_total")
    return blank if multiplier is None else multiplier


def read_bands(grid: Grid, reader: Reader) -> tuple[Band, ...]:
    """One band per row, in sheet order; a lower limit that cannot be read leaves its band out."""
    bands = []
    for row in read_table(grid, BANDS, reader.language, reader.findings):
        band = _band(row, reader)
        if row["band"].is_blank:
            _tell_missing(row["band"], "band", reader)
        elif row["from"].is_blank or band.start is not None:
            bands.append(band)
    return tuple(bands)


def _band(row: Row, reader: Reader) -> Band:
    return Band(
        score=row["score"].text,
        name=row["band"].text,
        start=reader.number(row["from"], "from", percent=False),
        icon=row["icon"].text,
        action=row["action"].text,
        follow_up=read_hours(row["follow_up"], reader),
        place=row["band"].place,
        score_place=row["score"].place,
        start_place=row["from"].place,
        follow_up_place=row["follow_up"].place,
    )


def read_fields(grid: Grid, reader: Reader) -> tuple[FieldMapping, ...]:
    """One mapping per row; a field mapped twice, be it by two of its names, is an error."""
    mappings: dict[str, FieldMapping] = {}
    for row in read_table(grid, FIELDS, reader.language, reader.findings):
        field = row["field"]
        if field.is_blank:
            _tell_missing(field, "field", reader)
            continue
        mapping = FieldMapping(
            field=field.text,
            column=row["column"].text,
            type=reader.word(row["type"], "types", "type"),
            blank_values=tuple(pieces_of(row["blank_values"].text)),
            place=field.place,
            column_place=row["column"].place,
        )
        first = mappings.setdefault(_field_key(field.text), mapping)
        if first is not mapping:
            reader.findings.add("field-mapped-twice", field.place, field.text, first=first.place)
    return tuple(mappings.values())


def _field_key(text: str) -> str:
    """What two names of one field have in common; a name with a number behind it is a field of its own."""
    key = name_key(text)
    return key if key[-1:].isdigit() else field_of(text) or key


def _tell_missing(entry: Entry, what: str, reader: Reader) -> None:
    if not entry.is_absent:
        reader.findings.add("name-missing", entry.place, what=what)


def read_lists(grid: Grid, reader: Reader) -> tuple[NamedList, ...]:
    """One list per column: its name in the first row that is filled, its entries below; reserved names canonical."""
    top = next((number for number, cells in enumerate(grid.rows) if speaks(cells)), len(grid.rows))
    lists: dict[str, NamedList] = {}
    for index, cell in enumerate(grid.rows[top] if top < len(grid.rows) else ()):
        text, place = text_of(cell.value), Place(grid.name, top + 1, cell_letter(index))
        tell_error(cell, place, reader.findings)
        if not text or is_comment(text):
            continue
        name = _list_name(text, place, reader)
        entries = _entries(grid, top, index, reader)
        check_words(name, entries, reader)
        named = NamedList(name=name, entries=tuple(entry.text for entry in entries), place=place)
        first = lists.setdefault(name_key(name), named)
        if first is not named:
            reader.findings.add("name-twice", place, text, first=first.place)
    return tuple(lists.values())


def _list_name(text: str, place: Place, reader: Reader) -> str:
    """The name of a list; the reserved one that a text stands for, told where it is one letter off."""
    reserved = vocabulary("lists")
    if near := reserved.near(text):
        reader.findings.add("list-typo", place, text, near=near)
    return reserved.find(text) or text


def _entries(grid: Grid, top: int, index: int, reader: Reader) -> list[Entry]:
    """The entries below a list's name: no blanks, no comments; a cell with an error is told."""
    entries = []
    for number, cells in enumerate(grid.rows[top + 1 :], start=top + 2):
        cell = cells[index] if index < len(cells) and speaks(cells) else BLANK
        entry = Entry(Place(grid.name, number, cell_letter(index)), cell)
        tell_error(cell, entry.place, reader.findings)
        if entry.text and not is_comment(entry.text):
            entries.append(entry)
    return entries
