"""Which state somebody means who names a results file, a source, a folder, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from leadscore.errors import SourceError
from leadscore.pipeline.files import named_output
from leadscore.pipeline.ready import Kind
from leadscore.runs.care import hidden_beside
from leadscore.state.reading import is_database

_KINDS: tuple[Kind, ...] = ("scored", "enriched")
_HIDDEN = ".*.leadscore.db"  # the names that `hidden_beside` gives to states
_MOST_NAMED = 5  # files in one sentence


def find_state(named: Path | None, state: Path | None) -> Path:
    """The state `named` by itself, by the results or the source that it is hidden beside, or by its folder.

    `state` comes before what lies beside a file; without both, the only one of this folder. Raises SourceError where
    there is none, or more than one.
    """
    if named is not None and is_database(named):
        return named
    if state is not None:
        return state
    if named is None or named.is_dir():
        return _only_one(named or Path())
    beside = [hidden_beside(output, "db") for output in _outputs(named)]
    for path in beside:
        if path.is_file():
            return path
    raise SourceError(
        f"there is no state beside {named.name}; `leadscore score --cron` keeps one there, "
        "and where runs were given another with --state, name that file"
    )


def outputs_meant(named: Path | None) -> list[str]:
    """The real paths of the files that runs wrote, where somebody names one of them or its source."""
    return [os.path.realpath(output) for output in _outputs(named)] if named is not None else []


def _outputs(named: Path) -> list[Path]:
    """What was named itself, and what is written beside it when it is a source."""
    return [named, *filter(None, (named_output("", named, kind) for kind in _KINDS))]


def _only_one(folder: Path) -> Path:
    found = sorted(folder.glob(_HIDDEN))
    where = "this folder" if folder == Path() else f"the folder {folder.name}"
    if not found:
        raise SourceError(f"there is no state in {where}; name the results file that it is beside, or --state FILE")
    if len(found) > 1:
        names = [path.name.removeprefix(".").removesuffix(".leadscore.db") for path in found]
        raise SourceError(f"{where} has the states of {listed(names)}; name one of these files")
    return found[0]


def listed(names: list[str]) -> str:
    """['a', 'b', 'c'] -> 'a, b and c'; of many the first, and how many more there are."""
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
