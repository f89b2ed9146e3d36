"""Activities as they were read: of the source workbook, of files, of a table at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.errors import SourceError, UsageError
from leadscore.fields.activities import activity_columns, activity_fields
from leadscore.issues import Issue
from leadscore.model.vocabulary import vocabulary
from leadscore.sheets.parquet import PARQUET_SUFFIX, read_parquet
from leadscore.sheets.read import CSV_SUFFIXES, WORKBOOK_SUFFIXES, read_source
from leadscore.sheets.read_errors import told
from leadscore.sheets.read_workbook import read_sheet
from leadscore.sheets.source import ReadingOptions, Source
from leadscore.sheets.texts import Texts, no_texts, texts_of
from leadscore.values.folding import name_key

ACTIVITY_SUFFIXES = (*CSV_SUFFIXES, *WORKBOOK_SUFFIXES, PARQUET_SUFFIX)
_LISTED = 12  # headings named in a sentence
_NAMED = 3  # of the headings that would do


@dataclass(frozen=True)
class ActivityTable:
    """One table of activities. `columns` has every field of the vocabulary, blank where there is no such column.

    `sheet` is what issues call it, `rows` the row numbers it shows, `headings` what the columns are called.
    """

    sheet: str
    rows: npt.NDArray[np.intp]
    columns: Mapping[str, Texts]
    headings: Mapping[str, str]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class ReadActivities:
    """Every table of activities, in the order they were given."""

    tables: tuple[ActivityTable, ...] = ()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was found while reading."""
        return tuple(issue for table in self.tables for issue in table.issues)

    @property
    def count(self) -> int:
        """How many rows there are, blank ones included."""
        return sum(len(table.rows) for table in self.tables)


def is_activity_sheet(name: str) -> bool:
    """Whether a sheet of this name holds activities, so no leads."""
    return vocabulary("sheets").find(name) == "activities"


def read_activities(
    paths: Sequence[Path],
    source: Path | None,
    options: ReadingOptions,
    leads_sheet: str = "",
    *,
    reads_sheet: bool = True,
) -> ReadActivities:
    """The sheet Activities of the source workbook, if it has one and is to be read, then each file of activities.

    The sheet of leads is never read. Encoding and delimiter of `options` hold for CSV files beside a workbook; beside a
    CSV file they are that file's, and every other is read by what it shows. Raises SourceError for what cannot be read
    or lacks a column, UsageError for a suffix or option that means nothing.
    """
    is_workbook = source is not None and source.suffix.lower() in WORKBOOK_SUFFIXES
    own = _of_workbook(source, leads_sheet) if source is not None and is_workbook and reads_sheet else []
    said = ReadingOptions(encoding=options.encoding, delimiter=options.delimiter) if is_workbook else ReadingOptions()
    return ReadActivities((*own, *(_of_file(path, name, said) for path, name in _named(paths))))


def activities_in(frame: pd.DataFrame) -> ReadActivities:
    """The activities of a table at hand, one per row; its index numbers the rows, `attrs["sheet"]` names it.

    Raises SourceError where a column is missing.
    """
    return ReadActivities((_table(frame, str(frame.attrs.get("sheet", "Activities")), "the table of activities"),))


def _of_workbook(path: Path, leads_sheet: str) -> list[ActivityTable]:
    """The activities of a workbook of leads, none where it has no such sheet or nothing stands in it."""
    with told(str(path)):
        found = read_sheet(path.read_bytes(), path, lambda name: is_activity_sheet(name) and name != leads_sheet)
    return [_of_source(found, found.sheet, f'{path.name}, sheet "{found.sheet}"')] if found else []


def _of_file(path: Path, name: str, options: ReadingOptions) -> ActivityTable:
    suffix = path.suffix.lower()
    if suffix not in ACTIVITY_SUFFIXES:
        known = ", ".join(ACTIVITY_SUFFIXES)
        raise UsageError(f'{path}: "{path.suffix}" is not a format of activities; give a file in {known}')
    if suffix == PARQUET_SUFFIX:
        return _table(read_parquet(path, activity_columns), name, str(path))
    found = read_source(path, options, skip_sheets=lambda _: False, preferred=_sheet_keys())
    shown = f"{name}, {found.sheet}" if found.sheet else name
    return _of_source(found, shown, f'{path}, sheet "{found.sheet}"' if found.sheet else str(path))


def _sheet_keys() -> list[str]:
    names = vocabulary("sheets").names["activities"]
    return [name_key(name) for spellings in names.values() for name in spellings]


def _named(paths: Sequence[Path]) -> Iterable[tuple[Path, str]]:
    """Each file and what issues call it: its name, or all of its path where another has that name."""
    names = [path.name for path in paths]
    return ((path, path.name if names.count(path.name) == 1 else str(path)) for path in paths)


def _of_source(source: Source, sheet: str, told_as: str) -> ActivityTable:
    """A table read as leads are. What was said of columns that hold nothing of ours is left unsaid."""
    table = _table(source.leads, sheet, told_as)
    wanted = {"", *table.headings.values()}
    issues = (issue for issue in source.issues if issue.place.row <= source.header_row or issue.place.heading in wanted)
    return replace(table, issues=tuple(replace(issue, place=replace(issue.place, sheet=sheet)) for issue in issues))


def _table(frame: pd.DataFrame, sheet: str, told_as: str) -> ActivityTable:
    headings = [str(heading) for heading in frame.columns]
    found = activity_columns(headings)
    _check_columns(found, headings, told_as)
    columns = {
        field: texts_of(frame.iloc[:, headings.index(found[field])]) if field in found else no_texts(len(frame))
        for field in activity_fields()
    }
    return ActivityTable(sheet, _row_numbers(frame), columns, found)


def _row_numbers(frame: pd.DataFrame) -> npt.NDArray[np.intp]:
    """The index where it numbers the rows (no table has a row 0), else their positions from 1."""
    if pd.api.types.is_integer_dtype(frame.index) and bool((frame.index > 0).all()):
        return frame.index.to_numpy(dtype=np.intp)
    return np.arange(1, len(frame) + 1, dtype=np.intp)


def _check_columns(found: Mapping[str, str], headings: Sequence[str], told_as: str) -> None:
    missing = [f"the {field} (such as {_examples(field)})" for field in ("activity", "date") if field not in found]
    if "lead" not in found and "email" not in found:
        missing.insert(0, f"the lead (such as {_examples('lead')} or Email)")
    if missing:
        listed = ", ".join(headings[:_LISTED]) + (", …" if len(headings) > _LISTED else "")
        raise SourceError(
            f"{told_as} has no column for {' and '.join(missing)}; "
            f"its columns are {listed}; rename the right one, or give another table of activities"
        )


def _examples(field: str) -> str:
    return ", ".join(activity_fields()[field][:_NAMED])
