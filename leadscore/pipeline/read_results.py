"""A results file that a run wrote, read back: the columns under their English names, and what the sheet Run says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from pathlib import Path
from typing import Literal, NamedTuple

import pandas as pd

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.errors import SourceError, UsageError
from leadscore.fields.recognise import columns_of_fields
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.pipeline.account_figures import AccountFigures, account_figures
from leadscore.pipeline.counts import numbers_of, texts_of
from leadscore.pipeline.figures import Known
from leadscore.pipeline.result_headings import Reading
from leadscore.pipeline.results_book import SUM
from leadscore.pipeline.ruler import bands_of_rows, matrix_of_rows, source_columns_of_rows
from leadscore.plan.ours import RESULT_SIGNATURE
from leadscore.sheets.headings import Table, headed
from leadscore.sheets.read_csv import parse_csv
from leadscore.sheets.read_errors import told
from leadscore.sheets.read_workbook import Workbook, open_workbook
from leadscore.sheets.source import ReadingOptions
from leadscore.sheets.write_csv import neutral
from leadscore.values.cells import text_of

RESULTS_SUFFIXES = (".xlsx", ".xlsm", ".csv")
_TEXTS = frozenset({"band", "band_range", "excluded_by", "reasons", "next_best_field", "matrix", "action"})
_TEXTS |= {"override_reason", "change_cause", "best_product"}
_WANTED = RESULT_SIGNATURE | {"score", "rank", "excluded_by"}
_HINT = "give the file that `leadscore score` wrote"

# What a file cannot tell: it is CSV, its sheet Enriched or Run is gone, its leads no longer stand in the same order.
Gap = Literal["csv", "enriched", "order", "run"]


@dataclass(frozen=True)
class ReadResults:
    """What a results file holds, row for row; the index is the row number its spreadsheet shows.

    `table` has the result columns as `Results.table` has them, `own` the user's columns under their headings,
    `enriched` the enrichment columns (None without). `run` are the rows of the sheet Run, {} without.
    """

    name: str
    language: Language
    table: pd.DataFrame
    own: pd.DataFrame
    enriched: pd.DataFrame | None = None
    known: Known = field(default_factory=Known)
    run: Mapping[str, object] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()

    @property
    def is_csv(self) -> bool:
        """Whether the file is CSV, which speaks no language."""
        return "csv" in self.gaps


class _Sheet(NamedTuple):
    """A sheet: its cells under unique names, and its headings as they are written."""

    cells: pd.DataFrame
    headings: tuple[str, ...]


def read_results(path: Path) -> ReadResults:
    """A workbook or CSV file that `score` wrote. Raises UsageError for a suffix, SourceError for any other file."""
    if path.suffix.lower() not in RESULTS_SUFFIXES:
        raise UsageError(f'{path}: "{path.suffix}" is no format of results; give a file in .xlsx, .xlsm or .csv')
    with told(str(path)):
        data = path.read_bytes()
        if path.suffix.lower() == ".csv":
            return _of_csv(path.name, data)
        return _of_workbook(path.name, open_workbook(data, path))


def _of_csv(name: str, data: bytes) -> ReadResults:
    csv = parse_csv(data, ReadingOptions())[0]
    found = headed(Table([[_as_it_was(cell) for cell in row] for row in csv.rows]), 1)
    sheet = _Sheet(found.leads, tuple(map(_as_it_was, found.headings)))
    return _results(name, "en", sheet, decimal_mark="," if csv.delimiter == ";" else ".")


def _as_it_was(text: str) -> str:
    """A CSV text without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and neutral(text[1:]) == text else text


def _of_workbook(name: str, workbook: Workbook) -> ReadResults:
    sheets = {vocabulary("sheets").find(sheet.name): sheet.name for sheet in reversed(workbook.worksheets)}
    if "results" not in sheets:
        raise SourceError(f"{name} is no results file: it has no sheet Results; {_HINT}")
    language = vocabulary("sheets").only(["results"]).only_in(sheets["results"]) or "en"
    found = _results(name, language, _sheet(workbook, sheets["results"]))
    run = _run_rows(workbook, sheets["run"]) if "run" in sheets else {}
    enriched: pd.DataFrame | None = None
    gap: Gap = "enriched"
    if "enriched" in sheets:
        enriched, gap = _enriched(_sheet(workbook, sheets["enriched"]), found)
    bands = bands_of_rows(run)
    known = Known(
        bands=bands,
        matrix=matrix_of_rows(run, bands),
        sources=_sources(found.own, source_columns_of_rows(run)) if run else found.known.sources,
    )
    if "accounts" in sheets:
        known = replace(known, accounts=_accounts(_sheet(workbook, sheets["accounts"]), language))
    gaps: list[Gap] = [gap] if enriched is None else []
    if not run:
        gaps.append("run")
    return replace(found, enriched=enriched, known=known, run=run, gaps=tuple(gaps))


def _sheet(workbook: Workbook, name: str) -> _Sheet:
    """A sheet with its headings in row 1."""
    found = headed(workbook.table(name, workbook.scan(name, lambda _: False)), 1)
    return _Sheet(found.leads, found.headings)


def _run_rows(workbook: Workbook, name: str) -> dict[str, object]:
    """The names and values of the sheet Run."""
    cells = _sheet(workbook, name).cells
    if len(cells.columns) < 2:  # no values at all
        return {}
    return dict(zip(map(text_of, cells.iloc[:, 0]), cells.iloc[:, 1], strict=True))


def _results(name: str, language: Language, sheet: _Sheet, decimal_mark: str = "") -> ReadResults:
    """What the sheet Results holds alone. `decimal_mark` is that of a CSV file, '' of a workbook.

    Raises SourceError where its headings are not those of results.
    """
    reading = Reading(language)
    places = reading.result_columns(sheet.headings)
    if missing := sorted(_WANTED.difference(places)):
        raise SourceError(f"{name} is no results file: it has no column {', '.join(missing)}; {_HINT}")
    columns = {found: sheet.cells.iloc[:, place] for found, place in places.items()}
    own = sheet.cells.drop(columns=[str(column.name) for column in columns.values()])
    columns.pop(SUM, None)  # a formula over the others
    return ReadResults(
        name=name,
        language=language,
        table=pd.DataFrame({found: _cells(found, column, reading, decimal_mark) for found, column in columns.items()}),
        own=own,
        known=Known(sources=_sources(own, columns_of_fields([str(name) for name in own]).get("source", ()))),
        gaps=("csv",) if decimal_mark else (),
    )


def _cells(name: str, column: pd.Series, reading: Reading, decimal_mark: str) -> pd.Series:
    """A result column as `Results.table` has it: texts with '' and floats with NaN for a blank."""
    if name in _TEXTS or name.endswith("_band"):
        return reading.texts(name, texts_of(column)).astype(object)
    return numbers_of(column.str.replace(decimal_mark, ".", regex=False) if decimal_mark else column)


def _enriched(sheet: _Sheet, results: ReadResults) -> tuple[pd.DataFrame | None, Gap]:
    """The enrichment columns; None where its leads are not those of the results, row for row."""
    reading = Reading(results.language)
    places = reading.enrichment_columns(sheet.headings)
    if not places:
        return None, "enriched"
    rows = sheet.cells.reindex(results.table.index)
    own = [name for name in results.own if name in rows]
    if len(sheet.cells) > len(rows) or any((texts_of(rows[name]) != texts_of(results.own[name])).any() for name in own):
        return None, "order"
    columns = {
        name: rows.iloc[:, place].map(partial(reading.made, column=ENRICHMENT_COLUMNS[name]))
        for name, place in places.items()
    }
    return pd.DataFrame(columns, index=rows.index), "enriched"


def _accounts(sheet: _Sheet, language: Language) -> AccountFigures | None:
    """What the sheet Accounts shows; None where its columns are not ours."""
    places = Reading(language).account_columns(sheet.headings)
    if not {"account", "account_score", "members", "counted_members"} <= places.keys():
        return None
    return account_figures(pd.DataFrame({name: sheet.cells.iloc[:, place] for name, place in places.items()}))


def _sources(own: pd.DataFrame, columns: Sequence[str]) -> pd.Series | None:
    """Where each lead comes from: the first of the columns that says it; None where there is none."""
    found = [texts_of(own[name]) for name in columns if name in own]
    return reduce(lambda first, other: first.where(first != "", other), found) if found else None
