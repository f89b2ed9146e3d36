"""The files of a run: where the leads and the model are read from, and where results go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.errors import ModelError, ModelFileError, OutputError, SourceError, UsageError
from leadscore.issues import Issue, Place, has_errors, in_order
from leadscore.model.grid import Grids
from leadscore.model.model import Model, Settings
from leadscore.model.parse import MODEL_SHEETS, is_model_sheet, is_result_sheet, parse_model, read_draft
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.in_place import check_sheets, is_of_ours
from leadscore.pipeline.live.copies import is_live_sheet, refuse_edited
from leadscore.plan.plan import name_problems
from leadscore.sheets.activities import is_activity_sheet
from leadscore.sheets.model_files import MODEL_SUFFIXES, read_grids
from leadscore.sheets.output import OutBook
from leadscore.sheets.read import WORKBOOK_SUFFIXES, read_source
from leadscore.sheets.safe_write import Seen, cannot_be_written, look
from leadscore.sheets.source import ReadingOptions, Source
from leadscore.sheets.write_csv import write_csv
from leadscore.sheets.write_in_place import write_in_place
from leadscore.sheets.write_ours import Signature, foreign_sheets, refuse_foreign
from leadscore.sheets.write_workbook import write_workbook
from leadscore.values.folding import name_key

OUTPUT_SUFFIXES = (".xlsx", ".csv")
_BOTH_SUFFIXES = frozenset(WORKBOOK_SUFFIXES) & frozenset(MODEL_SUFFIXES)  # may hold leads and model
NO_CRITERIA = Model(scores=(), criteria=())
_SHEETS_OF_SCORING = ("scoring", "scores", "bands", "matrix", "segments", "overrides", "examples")
_SHEETS_OF_SOME = ("accounts", "alerts", "live")  # only some runs that score make these sheets
_MANY_OF_OURS = 2  # columns that no other program gives these names
# By these headings a CSV file is known to be ours, so that a run may replace it.
CSV_SIGNATURE: dict[str, Signature] = {
    "scored": lambda found: found >= {"reasons", "score_low", "score_high"},
    "enriched": lambda found: len(found.intersection(ENRICHMENT_COLUMNS)) >= _MANY_OF_OURS,
    "issues": lambda found: found >= {"severity", "what_to_do"},
}


def read_leads(path: Path | str, options: ReadingOptions | None = None, settings: Settings | None = None) -> Source:
    """The sheet of leads of a file ('-' for CSV on standard input). Raises UsageError and SourceError.

    What `options` leave open, the model's `settings` say; what both leave open is found out.
    """
    said, default = options or ReadingOptions(), settings or Settings()
    options = ReadingOptions(
        sheet=said.sheet or default.source_sheet,
        header_row=said.header_row or default.header_row,
        encoding=said.encoding,
        delimiter=said.delimiter,
    )
    preferred = [name_key(name) for name in vocabulary("sheets").names["source"]["en"]]
    source = read_source(
        None if str(path) == "-" else Path(path),
        options,
        skip_sheets=lambda name: is_model_sheet(name) or is_result_sheet(name) or is_activity_sheet(name),
        preferred=preferred,
    )
    source.leads.attrs["sheet"] = source.sheet
    return source


def load_model(path: Path | str) -> Model:
    """The model of a workbook, a CSV file or a folder of CSV files. Raises ModelError, with every mistake in it."""
    return read_model(Path(path))[0]


def read_model(path: Path) -> tuple[Model, tuple[Issue, ...]]:
    """As load_model, with the warnings about it."""
    return parse_model(read_grids(path, may_be_of_model))


@dataclass(frozen=True)
class Draft:
    """What can be read of a model, right or wrong, every issue of it, and its sheets in their order, as they read."""

    model: Model
    issues: tuple[Issue, ...] = ()
    sheets: tuple[str, ...] = ()
    grids: Grids | None = None

    @contextmanager
    def telling_all(self) -> Iterator[None]:
        """Raise a ModelError that comes up inside with the issues of the draft too, by sheet, row and column."""
        try:
            yield
        except ModelError as problem:
            raise ModelError(in_order((*self.issues, *problem.issues), self.sheets)) from problem

    def for_enrichment(self) -> Draft:
        """The settings, fields and lists alone, and what is to be said of these: enrichment asks for nothing else."""
        rest = {"criteria": (), "bands": (), "segments": (), "matrix": None, "overrides": (), "examples": ()}
        issues = tuple(issue for issue in self.issues if _is_of_enrichment(issue.place))
        return replace(self, model=self.model.model_copy(update=rest), issues=issues)


def _is_of_enrichment(place: Place) -> bool:
    return bool(place.sheet) and vocabulary("sheets").find(place.sheet) not in _SHEETS_OF_SCORING


def find_draft(source: Path | None, model: Path | None) -> Draft | None:
    """The model that was given, else the one in the source workbook, None when there is none."""
    grids = read_grids(model, may_be_of_model) if model is not None else _grids_of_source(source)
    return Draft(*read_draft(grids), tuple(grid.name for grid in grids.sheets), grids) if grids else None


def read_leads_for(draft: Draft, path: Path | str, reading: ReadingOptions, as_of: date) -> Source:
    """The sheet of leads, as read_leads does, for a draft of a model.

    Raises ModelError when the draft is wrong: with every mistake in it, and every name that these leads do not have.
    """
    try:
        source = read_leads(path, reading, draft.model.settings)
    except SourceError:
        if has_errors(draft.issues):
            raise ModelError(draft.issues) from None
        raise
    if has_errors(draft.issues):
        with draft.telling_all():
            raise ModelError(name_problems(draft.model, source.leads, as_of))
    return source


def _grids_of_source(source: Path | None) -> Grids | None:
    """The model's sheets in the source workbook, None where there are none or the file is no workbook of that kind."""
    if source is None or source.suffix.lower() not in _BOTH_SUFFIXES:
        return None
    try:
        grids = read_grids(source, may_be_of_model)
    except ModelFileError as problem:
        raise SourceError(str(problem)) from problem
    scoring = vocabulary("sheets").only(["scoring"])
    return grids if any(scoring.find(grid.name) or scoring.near(grid.name) for grid in grids.sheets) else None


def may_be_of_model(name: str) -> bool:
    """Whether a sheet is the model's, or is one letter away from it: the model's reader says so then."""
    return is_model_sheet(name) or bool(vocabulary("sheets").only(MODEL_SHEETS).near(name))


def day_of_run(said: str, model: Model) -> date:
    """The as-of date: the one said (2026-03-31), else today in the model's time zone. Raises UsageError."""
    if not said:
        zone = ZoneInfo(model.settings.time_zone) if model.settings.time_zone else None
        return datetime.now(tz=zone).date() if zone else datetime.now().astimezone().date()
    try:
        return date.fromisoformat(said)
    except ValueError as problem:
        raise UsageError(f'--as-of "{said}" is no date; write it as 2026-03-31') from problem


@dataclass(frozen=True)
class Target:
    """Where a run writes: a file (None: CSV on standard output), or the source itself, as it was `seen`.

    It is written only where the files that were `read`, the one to be replaced among them, are as they were then.
    """

    path: Path | None
    seen: Seen | None = None
    read: tuple[Seen, ...] = ()

    @property
    def is_workbook(self) -> bool:
        """Whether it holds several sheets."""
        return self.seen is not None or (self.path is not None and self.path.suffix.lower() == ".xlsx")


def target_of(output: str, source: Path | None, kind: str, others: tuple[Path | None, ...] = ()) -> Target:
    """The file to write: the one said, else NAME-scored beside the source (CSV in, CSV out).

    Raises UsageError for a suffix we do not write, OutputError where the file is one of the inputs or not ours.
    """
    path = named_output(output, source, kind)
    if path is None:
        return Target(None)
    before = look(path)
    check_writable(path, kind, (source, *others))
    return Target(path, read=(before,))


def named_output(output: str, source: Path | None, kind: str) -> Path | None:
    """The file that results go to: the one said, else NAME-scored beside the source; None for standard output."""
    if output == "-" or (not output and source is None):
        return None
    if output or source is None:
        return Path(output)
    suffix = ".xlsx" if source.suffix.lower() in WORKBOOK_SUFFIXES else ".csv"
    return source.with_name(f"{source.stem}-{kind}{suffix}")


def check_writable(path: Path, kind: str, inputs: Iterable[Path | None]) -> None:
    """Let a file pass that a run may write; raises UsageError for its suffix, OutputError for an input or not ours."""
    if path.suffix.lower() not in OUTPUT_SUFFIXES:
        what = f'"{path.suffix}" is no format that leadscore writes' if path.suffix else "has no suffix"
        raise UsageError(f"{path}: {what}; give a name in .xlsx or .csv")
    for other in inputs:
        if other is not None and _are_one(path, other):
            raise OutputError(f"{path.name} is what is being read; choose another name")
    refuse_foreign(path, CSV_SIGNATURE[kind])
    added = foreign_sheets(path, _is_sheet_of_ours)
    if added and all(map(is_model_sheet, added)) and foreign_sheets(path, lambda name: not is_live_sheet(name)):
        refuse_edited(path)
    elif added:
        raise OutputError(
            f'{path.name} has a sheet "{added[0]}" that leadscore did not write and would lose; '
            "choose another name with -o, or move the sheet away first"
        )


def _are_one(path: Path, other: Path) -> bool:
    """Whether a file to be written is one that is read. Raises OutputError for a name that its disk does not take."""
    try:
        return path.exists() and other.exists() and path.samefile(other)
    except OSError as problem:
        raise OutputError(cannot_be_written(path, problem)) from problem


def _is_sheet_of_ours(name: str) -> bool:
    """Whether a run writes a sheet of this name; a comparison of two models has one called Bands."""
    return is_result_sheet(name) or vocabulary("sheets").find(name) == "bands"


def check_issues_file(path: Path | None, target: Target | None, inputs: Iterable[Path | None]) -> None:
    """Let the file of --issues pass before anything is written; raises as check_writable does."""
    if path is None:
        return
    if target is not None and target.path is not None and target.path.resolve() == path.resolve():
        raise UsageError(f"--issues names the file of the results, {path.name}; give it a name of its own")
    check_writable(path, "issues", inputs)


@dataclass(frozen=True)
class Written:
    """What writing changed: issues about texts that could not be written as they were, CSV texts made harmless."""

    issues: tuple[Issue, ...] = ()
    neutralised: int = 0


def write_results(book: OutBook, target: Target, source: Source, *, raw_csv: bool) -> Written:
    """Every sheet into a workbook, or the first one into CSV. Raises OutputError; what was there stays then."""
    if target.seen is not None:
        check_sheets(source.sheet, [sheet.name for sheet in book.sheets])
        say = vocabulary("sheets").say
        sometimes = [say(name, book.language) for name in _SHEETS_OF_SOME] if book.summary else []
        return Written(issues=write_in_place(book, target.seen, is_of_ours, sometimes))
    if target.is_workbook and target.path is not None:
        return Written(issues=write_workbook(book, target.path, target.read))
    try:
        report = write_csv(book.sheets[0], target.path, source.dialect, raw=raw_csv, seen=target.read)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise OutputError(f"standard output cannot be written: {problem.strerror}") from problem
    return Written(report.issues, report.neutralised)


def write_issues(book: OutBook, path: Path) -> None:
    """The issues as a file of their own, in the format of its suffix. Raises OutputError."""
    if path.suffix.lower() == ".xlsx":
        write_workbook(book, path)
    else:
        write_csv(book.sheets[0], path, None, raw=False)
