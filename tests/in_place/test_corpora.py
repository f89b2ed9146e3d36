"""Sheets of ours in every workbook of the shared corpora: nothing lost, nothing changed, the second time the same."""

import re
import subprocess
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import which
from xml.parsers import expat

import openpyxl
import pytest
from python_calamine import CalamineError, CalamineWorkbook

from leadscore.errors import OutputError
from leadscore.sheets.output import OutBook, OutColumn, OutSheet
from leadscore.sheets.safe_write import look
from leadscore.sheets.write_in_place import write_in_place
from tests.in_place.rich_book import parts_of

DATA = Path("/work/shared/data/sheets")
BOOKS = sorted(file for file in DATA.rglob("*") if file.suffix.lower() in {".xlsx", ".xlsm"})
INDEX = ("[content_types].xml", "workbook.xml", "workbook.xml.rels", "styles.xml")
COLUMNS = [
    OutColumn("Name", ["Ann", "<Bob> & co", ""]),
    OutColumn("score", [50.5, 3, -20], "score", note="What it is worth."),
    OutColumn("Day", [date(2026, 1, 2)] * 3, "date"),
]
BOOK = OutBook([OutSheet("Results (leadscore)", COLUMNS), OutSheet("Run", COLUMNS[:2])], date(2026, 3, 31))

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not on this machine")


def write(path):
    write_in_place(BOOK, look(path), lambda _: False)


def read(path):
    """Every sheet as calamine reads it, in order; those it cannot read are what it says of them."""
    book = CalamineWorkbook.from_path(path)
    return {name: rows_of(book, name) for name in book.sheet_names}


def rows_of(book, name):
    try:
        return book.get_sheet_by_name(name).to_python()
    except CalamineError as problem:
        return str(problem)


def with_openpyxl(path):
    """Every sheet as openpyxl reads it, None for a workbook that it does not read."""
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception:  # noqa: BLE001 (whatever openpyxl cannot read, it cannot read afterwards either)
        return None
    return {
        sheet.title: [
            (cell.coordinate, cell.value, cell.number_format, cell.font.b)
            for _, cell in sorted(sheet._cells.items())
            if cell.value is not None
        ]
        for sheet in book.worksheets
    }


@pytest.mark.filterwarnings("ignore")
def test_no_part_is_lost_and_none_changed_but_the_four_of_the_index(tmp_path):
    outcomes, refused = Counter(), {}
    for source in BOOKS:
        path = tmp_path / f"book{source.suffix}"
        path.write_bytes(source.read_bytes())
        try:
            write(path)
        except OutputError as problem:
            outcomes["refused"] += 1
            refused[source.name] = str(problem)
            assert path.read_bytes() == source.read_bytes()
            continue
        outcomes["written"] += 1
        check(source, path)
        first = path.read_bytes()
        write(path)
        assert path.read_bytes() == first, source.name

    assert outcomes == {"written": 95, "refused": 6}, refused
    assert all("; " in sentence and "\n" not in sentence for sentence in refused.values()), refused


def is_vast(xml):
    """Whether a sheet holds more, or has room for more, than is quickly read twice by two programs."""
    cells = re.findall(rb'r="([A-Z]+)([0-9]+)"', xml)
    widest, last = max((len(column) for column, _ in cells), default=0), max((int(row) for _, row in cells), default=0)
    return len(xml) > 300_000 or widest > 2 or last > 5_000


def check(source, path):
    before, after = parts_of(source), parts_of(path)
    assert before.keys() <= after.keys(), source.name
    changed = [part for part in before if before[part] != after[part]]
    assert all(part.lower().rpartition("/")[2] in INDEX for part in changed), (source.name, changed)
    for name in {*changed, *(after.keys() - before.keys())}:
        expat.ParserCreate().ParseFile(BytesIO(after[name]))
    if any(is_vast(data) for name, data in before.items() if "/worksheets/" in name.lower()):
        return  # its parts are the same, and reading it takes gigabytes
    old, new = read(source), read(path)
    assert list(new) == [*old, "Results (leadscore)", "Run"], source.name
    assert {name: str(new[name]) for name in old} == {name: str(old[name]) for name in old}, source.name
    assert new["Run"][1:] == [["Ann", 50.5], ["<Bob> & co", 3.0], ["", -20.0]], source.name
    if (theirs := with_openpyxl(source)) is not None:
        ours = with_openpyxl(path)
        assert {name: ours[name] for name in theirs} == theirs, source.name


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_ten_of_them(tmp_path):
    paths = []
    for number, source in enumerate(BOOKS[3::10]):
        path = tmp_path / f"book{number}{source.suffix}"
        path.write_bytes(source.read_bytes())
        write(path)
        paths.append(path)

    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", tmp_path, *paths], check=True, capture_output=True, timeout=400)

    for path in paths:
        assert read(path.with_suffix(".ods"))["Run"][1:3] == [["Ann", 50.5], ["<Bob> & co", 3.0]], path.name
