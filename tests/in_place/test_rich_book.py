"""A workbook with everything in it keeps every part that is not ours, run after run."""

import io
import os
import re
import subprocess
import warnings
from pathlib import Path
from xml.parsers import expat

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.in_place.rich_book import change, parts_of, rich_book

DAY = ("--as-of", "2026-03-31")
OURS = ["Results", "Summary", "Enriched", "Issues", "Run"]
INDEX = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
RESULTS = "xl/worksheets/leadscoreResults.xml"


@pytest.fixture(params=[".xlsx", ".xlsm"])
def rich(request, tmp_path, make):
    return rich_book(tmp_path / f"rich{request.param}", make.leads, make.scoring)


@pytest.fixture
def score(cli):
    def run(path, *arguments):
        result = cli("score", path, "--in-place", *DAY, *arguments)
        assert (result.exit_code, result.stdout) == (0, ""), result.output
        return parts_of(path)

    return run


def sheets_of(path):
    with warnings.catch_warnings(action="ignore"):  # openpyxl says what it would lose
        book = openpyxl.load_workbook(path, data_only=True)
        return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def test_every_part_that_is_not_ours_is_kept_byte_for_byte(rich, score):
    before, mode = parts_of(rich), rich.stat().st_mode

    after = score(rich)

    changed = {part for part in before if after.get(part) != before[part]}
    ours = b"".join(data for name, data in after.items() if "leadscore" in name)
    chain = {"xl/calcChain.xml"} if b"<f>" in ours else set()  # Excel makes a new one when there are new formulas
    assert changed == {*INDEX, "xl/pivotCache/pivotCacheDefinition2.xml", *chain}
    assert before.keys() - after.keys() == chain
    assert list(after)[: len(before) - len(chain)] == [name for name in before if name not in chain]
    assert rich.stat().st_mode == mode
    for name in after.keys() - before.keys():
        assert re.match(r"xl/(worksheets/(_rels/)?leadscore|tables/table|comments|drawings/|charts/chart)", name), name
    for name, data in after.items():
        if name.endswith((".xml", ".rels", ".vml")):
            expat.ParserCreate().ParseFile(io.BytesIO(data))


def test_other_sheets_read_as_before_and_ours_are_there(rich, score):
    with_openpyxl = sheets_of(rich)
    names = CalamineWorkbook.from_path(rich).sheet_names
    with_calamine = {name: CalamineWorkbook.from_path(rich).get_sheet_by_name(name).to_python() for name in names}

    score(rich)

    after = sheets_of(rich)
    assert {name: after[name] for name in with_openpyxl} == with_openpyxl
    book = CalamineWorkbook.from_path(rich)
    assert book.sheet_names == [*names, *OURS]
    assert {name: book.get_sheet_by_name(name).to_python() for name in names} == with_calamine
    headings, *rows = after["Results"]
    assert [row[headings.index("score")] for row in rows] == [50, 33.3, -333.3]
    assert [row[0] for row in rows] == ["A1", "A2", "A3"]


def test_runs_write_the_same_bytes(tmp_path, make, score):
    path = rich_book(tmp_path / "rich.xlsm", make.leads, make.scoring)
    score(path)
    first = path.read_bytes()

    for _ in range(23 if os.environ.get("LEADSCORE_CORPORA") == "all" else 3):  # a day of hours takes minutes
        score(path)
        assert path.read_bytes() == first


def test_growing_data_grows_nothing_but_our_sheets(tmp_path, make, score):
    sizes = set()
    path = rich_book(tmp_path / "rich.xlsx", make.leads, make.scoring)
    for hour in range(6):
        new = rich_book(tmp_path / "new.xlsx", [*make.leads, *make.leads[1:2] * hour], make.scoring)
        change(path, **{"xl/worksheets/sheet1.xml": lambda _, new=new: parts_of(new)["xl/worksheets/sheet1.xml"]})
        change(path, **{"xl/sharedStrings.xml": lambda _, new=new: parts_of(new)["xl/sharedStrings.xml"]})
        after = score(path)
        assert len(sheets_of(path)["Results"]) == 4 + hour
        sizes.add((len(after), len(after["xl/styles.xml"]), len(after["xl/workbook.xml"])))

    assert len(sizes) == 1


def test_the_workbook_lists_our_sheets_last_and_selects_none_of_them(rich, score):
    after = score(rich)

    listed = re.findall(rb'<sheet name="([^"]*)"', after["xl/workbook.xml"])
    assert [name.decode() for name in listed[-5:]] == OURS
    assert sum(b'tabSelected="1"' in data for name, data in after.items() if "worksheets/" in name) == 1
    assert b"tabSelected" not in after[RESULTS]


def test_formulas_that_read_our_sheets_are_calculated_on_opening(rich, score, tmp_path, make):
    def without_calc(path):
        return change(path, **{"xl/workbook.xml": lambda xml: re.sub(rb"<calcPr[^>]*/>", b"<calcPr/>", xml)})

    used = score(without_calc(rich))["xl/workbook.xml"]
    unused = score(make.book(tmp_path / "unused.xlsx", Source=make.leads, Scoring=make.scoring))

    assert used.count(b'fullCalcOnLoad="1"') == 1
    assert unused["xl/workbook.xml"].count(b"fullCalcOnLoad") <= 1


def test_what_reads_something_else_is_not_calculated(rich, score):
    def plain(xml):
        return re.sub(rb"<calcPr[^>]*/>", b'<calcPr calcId="1"/>', xml)

    sheet = "xl/worksheets/sheet3.xml"
    change(rich, **{"xl/workbook.xml": plain, sheet: lambda xml: xml.replace(b"Results!", b"Scoring!")})

    assert b"fullCalcOnLoad" not in score(rich)["xl/workbook.xml"]


def test_the_pivot_on_our_sheet_is_refreshed_on_opening(rich, score):
    after = score(rich)

    assert after["xl/pivotCache/pivotCacheDefinition2.xml"].count(b'refreshOnLoad="1"') == 1
    assert b"refreshOnLoad" not in after["xl/pivotCache/pivotCacheDefinition1.xml"]


def test_tables_have_ids_and_names_of_their_own(rich, score):
    after = score(rich)

    tables = [data for name, data in after.items() if name.startswith("xl/tables/")]
    for attribute in (rb"\bid", rb"\bname", rb"\bdisplayName"):
        values = [re.search(rb"<table [^>]*" + attribute + rb'="([^"]*)"', data)[1].lower() for data in tables]
        assert len(set(values)) == len(values) == 4, values
    assert any(b'displayName="leadscore_Results"' in data for data in tables)


def test_days_in_a_workbook_that_counts_from_1904(make, tmp_path, score):
    path = make.book(tmp_path / "mac.xlsx", Source=[*make.leads], Scoring=make.scoring)
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path)
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book["Source"]["G1"], book["Source"]["G2"] = "Created", __import__("datetime").datetime(2026, 1, 2)
        book.save(path)

    score(path)

    headings, first, *_ = sheets_of(path)["Results"]
    assert first[headings.index("Created")].date().isoformat() == "2026-01-02"


@pytest.mark.skipif(not Path("/usr/bin/soffice").exists(), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_our_sheets(rich, score, tmp_path):
    score(rich)

    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", tmp_path, rich], check=True, capture_output=True, timeout=240)

    book = CalamineWorkbook.from_path(tmp_path / "rich.ods")
    assert book.sheet_names[-5:] == OURS
    headings, first, *_ = book.get_sheet_by_name("Results").to_python()
    assert first[headings.index("score")] == 50
