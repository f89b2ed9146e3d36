"""Results put into the user's own workbook, of which every part that is not ours stays byte for byte."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from leadscore.errors import OutputError
from leadscore.issues import Issue, Place
from leadscore.sheets.graft.former import Former, first_texts, headings_of, read_former
from leadscore.sheets.graft.graft import graft
from leadscore.sheets.graft.ownership import Book, check_place, headings_written, is_marked, open_book
from leadscore.sheets.graft.package import Package, open_package, write_package
from leadscore.sheets.output import OutBook
from leadscore.sheets.safe_write import Seen, replace_file
from leadscore.sheets.write_former import as_left, filter_columns, redo
from leadscore.sheets.write_texts import legal_sheet_names
from leadscore.sheets.write_workbook import fill_workbook

IN_PLACE_SUFFIXES = (".xlsx", ".xlsm")

# What stands in the first two rows of a sheet that has the name of one of ours -> whether leadscore wrote it.
Signature = Callable[[frozenset[str]], bool]


def check_in_place(path: Path, names: Sequence[str], signature: Signature) -> None:
    """Let a workbook pass that sheets of these names may be put into; raises OutputError for any other."""
    if path.suffix.lower() not in IN_PLACE_SUFFIXES:
        raise OutputError(f"{path.name} is no .xlsx or .xlsm, and only these can be written into; give a file with -o")
    with telling_unreadable(path), path.open("rb") as file:
        _check_places(open_book(open_package(file)), names, signature)


def write_in_place(book: OutBook, seen: Seen, signature: Signature, sometimes: Sequence[str] = ()) -> tuple[Issue, ...]:
    """Put the sheets of a results workbook into a workbook, whole or not at all; equal runs write equal files.

    Sheets of ours that are there are replaced; the widths, hidden columns, notes and filters that their reader left
    are kept, by heading. Of the sheets that only some runs make, `sometimes`, those of an earlier run stay, as formulas
    may refer to them, and are told of. Raises OutputError as check_in_place does, TryLaterError where the file is not
    as it was `seen`.
    """
    path = seen.path
    with telling_unreadable(path):
        with path.open("rb") as file:
            package = open_package(file)
        target = open_book(package)
        names = legal_sheet_names(sheet.name for sheet in book.sheets)
        formers = {sheet.name: _former(target, name) for name, sheet in zip(names, book.sheets, strict=True)}
        book = replace(book, sheets=[as_left(sheet, formers[sheet.name]) for sheet in book.sheets])
        donor, issues = _donor(book, formers, is_1904=_counts_from_1904(target))
        for name, sheet in zip(names, book.sheets, strict=True):
            _check_columns(target, name, [column.heading for column in sheet.columns])
        _check_places(target, [sheet.name for sheet in open_book(donor).sheets], signature)
        filters = [filter_columns(sheet, formers[sheet.name]) for sheet in book.sheets]
        left = tuple(_left_over(target, names, sometimes, signature))
        graft(package, donor, dict(zip(names, filters, strict=True)))
    replace_package(path, package, (seen,))
    return (*issues, *left)


def replace_package(path: Path, package: Package, seen: Iterable[Seen] = ()) -> None:
    """Write a workbook, whole or not at all; only where the files that were `seen` are as they were then."""
    replace_file(path, lambda temp: write_package(temp, package), lambda temp: _check_written(temp, package), seen)


@contextmanager
def telling_unreadable(path: Path) -> Iterator[None]:
    """Raise an OutputError of one sentence for a workbook whose parts cannot be read."""
    try:
        yield
    except (OSError, BadZipFile, zlib.error, KeyError, ValueError, StopIteration, expat.ExpatError) as problem:
        sentence = f"{path.name} cannot be taken apart ({problem}); open it in Excel and save it once"
        raise OutputError(sentence) from problem


def _check_places(book: Book, names: Sequence[str], signature: Signature) -> None:
    for name in names:
        check_place(book, name, lambda place: signature(first_texts(book, place)))


def _left_over(target: Book, names: Sequence[str], sometimes: Sequence[str], signature: Signature) -> Iterator[Issue]:
    """What to say of the sheets that an earlier run made and this one does not."""
    made = {name.casefold() for name in names}
    for name in sometimes:
        place = target.sheet(name)
        if place is None or place.name.casefold() in made or place.relation.kind != "worksheet":
            continue
        if is_marked(target, place) or signature(first_texts(target, place)):
            yield Issue("sheet-left", Place(place.name))


def _check_columns(book: Book, name: str, headings: Sequence[str]) -> None:
    """Let a sheet pass that has no more headings than we wrote; raises OutputError where a reader added a column."""
    place = book.sheet(name)
    written = headings_written(book, place) if place is not None else None
    if place is None or written is None:
        return
    there = headings_of(book, place)
    if len(there) > written:
        known = {heading.strip().casefold() for heading in headings}
        added = next((text for text in there if text.strip().casefold() not in known), there[-1])
        raise OutputError(
            f'the sheet "{place.name}" has a column "{added}" that leadscore did not write and would lose; '
            "move it to another sheet, then run again"
        )


def _former(book: Book, name: str) -> Former:
    place = book.sheet(name)
    return read_former(book, place) if place is not None else Former()


def _counts_from_1904(book: Book) -> bool:
    """Whether the days of the workbook are counted as Excel for Mac once did."""
    settings = book.root.child("workbookPr")
    return settings is not None and settings.attributes.get("date1904") in ("1", "true")


def _donor(book: OutBook, formers: Mapping[str, Former], *, is_1904: bool) -> tuple[Package, tuple[Issue, ...]]:
    """The sheets in a workbook of their own, in memory: no copy of a lead lands in a temporary folder."""
    file = BytesIO()
    issues = fill_workbook(
        file, book, lambda worksheet, sheet: redo(worksheet, sheet, formers[sheet.name]), is_1904=is_1904
    )
    return open_package(file), issues


def _check_written(path: Path, package: Package) -> None:
    """Read every part back, parse those that are ours; raises OutputError when one is damaged."""
    before = {entry.filename: entry.CRC for entry in package.entries}
    with ZipFile(path) as archive:
        damaged = archive.testzip() is not None or set(archive.namelist()) != set(package.parts)
        ours = [entry for entry in archive.infolist() if before.get(entry.filename) != entry.CRC]
        damaged = damaged or not all(_is_xml(archive.read(entry)) for entry in ours if _is_text(entry.filename))
    if damaged:
        raise OutputError("the new file did not read back well, so it was not kept; run again")


def _is_text(part: str) -> bool:
    return part.endswith((".xml", ".rels", ".vml"))


def _is_xml(part: bytes) -> bool:
    try:
        expat.ParserCreate().ParseFile(BytesIO(part))
    except expat.ExpatError:
        return False
    return True
