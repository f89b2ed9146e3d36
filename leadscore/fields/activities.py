"""Which columns of a table of activities hold what, by their headings, in English and French."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from leadscore.values.folding import name_key


@cache
def activity_fields() -> Mapping[str, tuple[str, ...]]:
    """What is read of activities -> the headings it goes by, the first the one that is taken first."""
    text = files("leadscore.fields").joinpath("activities.toml").read_text(encoding="utf-8")
    return {name: tuple(row["names"]) for name, row in tomllib.loads(text).items()}


def activity_columns(headings: Sequence[str]) -> dict[str, str]:
    """Field -> its heading among these, for each that has one: ['Qui', 'Événement'] -> {'activity': 'Événement'}."""
    found: dict[str, tuple[int, str]] = {}
    for heading in headings:
        field, rank = _ranks().get(name_key(heading), ("", 0))
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, heading)
    return {field: found[field][1] for field in activity_fields() if field in found}


@cache
def _ranks() -> dict[str, tuple[str, int]]:
    return {
        name_key(name): (field, rank)
        for field, names in activity_fields().items()
        for rank, name in reversed(list(enumerate((*names, field))))
    }
