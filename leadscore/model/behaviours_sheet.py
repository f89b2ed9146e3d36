"""The sheet Behaviours: one row per behaviour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from leadscore.model.behaviours import Behaviour, Stage
from leadscore.model.checks import check_limits, check_marks, check_name
from leadscore.model.decay_cells import read_decay
from leadscore.model.durations import read_days
from leadscore.model.frozen import Operand
from leadscore.model.grid import Grid
from leadscore.model.operands import read_operands
from leadscore.model.operators import ACTIVITY_OPERATORS, FAMILIES, Family
from leadscore.model.products import per_product
from leadscore.model.table import Entry, Headings, Row, read_table
from leadscore.model.typed import Reader, is_percent
from leadscore.model.vocabulary import vocabulary
from leadscore.values.cells import CellError
from leadscore.values.folding import fold

BEHAVIOURS = Headings(
    (
        *("score", "behaviour", "operator", "activity", "at_least", "points", "minimum", "maximum", "window"),
        *("decay", "decay_days", "stage", "product", "active", "from", "until", "comment"),
    ),
    ("behaviour", "activity", "points"),
)
DEFAULT_SCORE = "engagement"  # of behaviours that name none; the word is French, too

_LIMITS = ("minimum", "maximum", "window", "until")  # whose cells are told of what they make of the points
_PER_PRODUCT = ("score", "behaviour", "activity", "product")


def read_behaviours(
    grid: Grid, reader: Reader, declared: Sequence[str] = (), products: Sequence[str] = ()
) -> tuple[Behaviour, ...]:
    """Every behaviour of the sheet, in order; wrong cells are told, and a row without a name or points is left out.

    `declared` are the scores of the sheet Scores. A blank Score is the only one that this sheet names, products aside,
    or without any the only one declared; else `engagement`, told where others are named and that is not.
    """
    table = read_table(grid, BEHAVIOURS, reader.language, reader.findings)
    rows = list(per_product(table, _PER_PRODUCT, products, reader))
    written = [row["score"].text for row, product in rows if not product]
    lone = _lone_score(written, declared)
    read = [_behaviour(row, product, lone, reader) for row, product in rows]
    if not lone:
        names = ", ".join({fold(name): name for name in declared or written if name}.values())
        for row, _ in rows:
            _tell_no_score(row, names, reader)
    return tuple(behaviour for behaviour in read if behaviour is not None and behaviour.score)


def _lone_score(written: Sequence[str], declared: Sequence[str]) -> str:
    """What a blank Score means, '' where that cannot be said."""
    own, known = ({fold(name): name for name in names if name} for names in (written, declared))
    only = own or known
    if len(only) == 1:
        return next(iter(only.values()))
    return (own | known).get(DEFAULT_SCORE, "" if only else DEFAULT_SCORE)


def _tell_no_score(row: Row, names: str, reader: Reader) -> None:
    cell = row["behaviour"] if row["score"].is_absent else row["score"]
    if row["score"].is_blank and not row["behaviour"].is_blank:
        reader.findings.add("behaviour-score-missing", cell.place, row["behaviour"].text, names=names)


def _behaviour(row: Row, product: str, lone: str, reader: Reader) -> Behaviour | None:
    """One behaviour; None without a name, an operator or points, which is told."""
    name, activity = row["behaviour"], row["activity"]
    _check_cells(row, reader)
    operator, operands = _asked(row, reader)
    points, decay = _points(row, reader), read_decay(row, reader)
    read: dict[str, Any] = {attribute: get(row[heading], reader) for heading, (attribute, get) in _ATTRIBUTES.items()}
    days = [day.toordinal() if day else None for day in (read["first_day"], read["last_day"])]
    check_limits(row.entries, ("minimum", "maximum"), (read["minimum"], read["maximum"]), reader)
    check_limits(row.entries, ("from", "until"), (days[0], days[1]), reader)
    if not (name.text and operator) or points is None:
        return None
    return Behaviour(
        score=row["score"].text or lone,
        score_product=product,
        name=name.text,
        operator=operator,
        operands=operands,
        points=points,
        decay=decay.kind,
        decay_days=decay.days,
        step=decay.step,
        typed=activity.text,
        place=name.place,
        operator_place=row["operator"].place,
        value_place=activity.place,
        score_place=row["score"].place,
        points_place=row["points"].place,
        places=tuple((heading, row[heading].place) for heading in _LIMITS),
        **read,
    )


def _check_cells(row: Row, reader: Reader) -> None:
    """The names of the behaviour and of its score."""
    name, score = row["behaviour"], row["score"]
    if name.is_blank and not name.is_absent:
        reader.findings.add("name-missing", name.place, what="behaviour")
    check_name(name, name.text, reader)
    check_marks(score, score.text, reader)


def _asked(row: Row, reader: Reader) -> tuple[str, tuple[Operand, ...]]:
    """The operator, `is` when blank, and the names of activities; ('', ()) when it is wrong, which is told."""
    entry, activity = row["operator"], row["activity"]
    operator = reader.word(entry, "operators", "operator") if entry.text else "is"
    if operator and operator not in ACTIVITY_OPERATORS:
        allowed = vocabulary("operators").only(ACTIVITY_OPERATORS).all_said(reader.language)
        reader.findings.add("operator-of-activity", entry.place, entry.text, allowed=allowed)
        return "", ()
    if operator and activity.is_blank and FAMILIES[operator] is not Family.NOTHING:
        if not activity.is_absent:
            reader.findings.add("name-missing", activity.place, what="activity")
        return operator, ()
    return operator, read_operands(operator, activity, reader) if operator else ()


def _points(row: Row, reader: Reader) -> float | None:
    entry = row["points"]
    if entry.is_blank and not entry.is_absent and row["behaviour"].text:
        reader.findings.add("behaviour-points-missing", entry.place, row["behaviour"].text)
    return reader.number(entry, "points", percent=False)


def _at_least(entry: Entry, reader: Reader) -> int | None:
    if entry.is_blank or isinstance(entry.cell.value, CellError):
        return None
    number = None if is_percent(entry) else reader.quiet().number(entry, "at_least")
    if number is None or number < 1 or not number.is_integer():
        heading = reader.say("headings", "at_least")
        reader.findings.add("at-least-wrong", entry.place, entry.text, heading=heading)
        return None
    return int(number)


def _window(entry: Entry, reader: Reader) -> int | None:
    days = read_days(entry, "window", reader, whole=True)
    return None if days is None else int(days)


def _stage(entry: Entry, reader: Reader) -> Stage | None:
    word = reader.word(entry, "stages", "stage")
    return Stage(word) if word else None


# Heading -> the attribute of a behaviour it gives, and how its cell is read.
_ATTRIBUTES: dict[str, tuple[str, Callable[[Entry, Reader], Any]]] = {
    "at_least": ("at_least", _at_least),
    "minimum": ("minimum", lambda entry, reader: reader.number(entry, "minimum", percent=False)),
    "maximum": ("maximum", lambda entry, reader: reader.number(entry, "maximum", percent=False)),
    "window": ("window", _window),
    "stage": ("stage", _stage),
    "product": ("product", lambda entry, _: entry.text),
    "active": ("active", lambda entry, reader: reader.yes_no(entry, "active")),
    "from": ("first_day", lambda entry, reader: reader.day(entry, "from")),
    "until": ("last_day", lambda entry, reader: reader.day(entry, "until")),
    "comment": ("comment", lambda entry, _: entry.text),
}
