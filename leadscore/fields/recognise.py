"""Which source columns hold which field, by their headings, in English and French."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from leadscore.values.folding import name_key

_NUMBERED = re.compile(r"(.*?\D)(\d{1,2})")


@dataclass(frozen=True)
class Field:
    """One row of the vocabulary: its name, the type its cells are compared as, and its headings in filling order."""

    name: str
    type: str
    names: tuple[str, ...]


@cache
def vocabulary() -> dict[str, Field]:
    """Every field that headings are recognised for, by name, in the order of the vocabulary file."""
    text = files("leadscore.fields").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return {
        name: Field(name, row.get("type", "text"), tuple(row["names"])) for name, row in tomllib.loads(text).items()
    }


@cache
def _ranks() -> dict[str, tuple[str, int]]:
    """Heading key -> field and its rank among the field's names; a field's own name ranks first."""
    ranks: dict[str, tuple[str, int]] = {}
    for field in vocabulary().values():
        for rank, heading in enumerate((field.name, *field.names)):
            ranks.setdefault(name_key(heading), (field.name, rank))
    return ranks


def field_of(heading: str) -> str:
    """The field that a heading names, '' when it names none: 'Téléphone 2' -> 'phone', 'Favourite colour' -> ''."""
    return _placed(heading)[0]


def columns_of_fields(headings: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Field -> the headings that name it, in filling order: the vocabulary's, then by number, then as in the sheet."""
    found: dict[str, list[tuple[int, int, int, str]]] = {}
    for position, heading in enumerate(headings):
        field, rank, number = _placed(heading)
        if field:
            found.setdefault(field, []).append((rank, number, position, heading))
    return {field: tuple(row[-1] for row in sorted(rows)) for field, rows in found.items()}


def field_names() -> Iterable[str]:
    """The canonical names of the fields."""
    return vocabulary()


def _placed(heading: str) -> tuple[str, int, int]:
    key = name_key(heading)
    if key in _ranks():
        return *_ranks()[key], 0
    if (match := _NUMBERED.fullmatch(key)) and match[1] in _ranks():
        return *_ranks()[match[1]], int(match[2])
    return "", 0, 0
