"""What is wrong with a criterion or a score as a whole, though each of its cells reads well."""

from __future__ import annotations

from collections.abc import Mapping

from leadscore.model.model import Criterion, Policy
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.model.table import Entry
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import vocabulary

Limits = tuple[float | None, float | None]

_FORBIDDEN_MARKS = ";:/"
# Lines of a score's explanation: no criterion may be called so.
_LINES = ("recycled", "role address", "cap", "floor", "rounding", "override")


def check_criterion(criterion: Criterion, cells: Mapping[str, Entry], reader: Reader) -> None:
    """Its name, its field, its limits, its days, and cases that no lead reaches. `cells` are its own, by heading."""
    check_name(cells["criterion"], criterion.name, reader)
    _check_field(criterion, cells, reader)
    days = [day.toordinal() if day else None for day in (criterion.first_day, criterion.last_day)]
    check_limits(cells, ("minimum", "maximum"), (criterion.minimum, criterion.maximum), reader)
    check_limits(cells, ("from", "until"), (days[0], days[1]), reader)
    _check_reach(criterion, reader)


def check_name(entry: Entry, name: str, reader: Reader) -> None:
    """A name of a criterion or behaviour: without the marks that separate names, and none of our own lines."""
    check_marks(entry, name, reader)
    if vocabulary("words").find(name) in _LINES:
        reader.findings.add("name-reserved", entry.place, name)


def check_marks(entry: Entry, name: str, reader: Reader) -> None:
    """No ; : or / in a name of a criterion or score: they separate names in the results."""
    if any(mark in name for mark in _FORBIDDEN_MARKS):
        reader.findings.add("name-marks", entry.place, name)


def check_limits(cells: Mapping[str, Entry], headings: tuple[str, str], limits: Limits, reader: Reader) -> None:
    """A lower limit above the upper one, as Min and Max or as From and Until."""
    low, high = limits
    if low is None or high is None or low <= high:
        return
    lower, upper = (cells[heading] for heading in headings)
    said = dict(zip(("other", "heading"), (reader.say("headings", heading) for heading in headings), strict=True))
    reader.findings.add("limits-reversed", upper.place, upper.text, limit=lower.text, where=lower.place, **said)


def _check_field(criterion: Criterion, cells: Mapping[str, Entry], reader: Reader) -> None:
    """A criterion looks at a field, or at segments; not at both, not at neither."""
    field, operators = cells["field"], {case.operator for case in criterion.cases}
    if asks_segments(criterion) and (not field.is_blank or operators - SEGMENT_OPERATORS - {"otherwise"}):
        reader.findings.add("segment-with-field", field.place, criterion.name)
    elif field.is_blank and not field.is_absent and not asks_segments(criterion):
        heading = reader.say("headings", "field")
        reader.findings.add("field-missing", field.place, criterion.name, heading=heading)


def asks_segments(criterion: Criterion) -> bool:
    """Whether a criterion asks which segments a lead is in, instead of looking at a field."""
    return any(case.operator in SEGMENT_OPERATORS for case in criterion.cases)


def _check_reach(criterion: Criterion, reader: Reader) -> None:
    """Under policy first, `otherwise` takes whatever is filled: only `is blank` may come after it."""
    if criterion.policy is not Policy.FIRST:
        return
    operators = [case.operator for case in criterion.cases]
    last = operators.index("otherwise") if "otherwise" in operators else len(operators)
    for case in criterion.cases[last + 1 :]:
        if case.operator != "is blank":
            otherwise = reader.say("operators", "otherwise")
            said = reader.say("operators", case.operator)
            reader.findings.add("otherwise-not-last", case.operator_place, said, otherwise=otherwise)
