"""One sheet more in a copy of a workbook: everything else byte for byte."""

import re
import subprocess
import zipfile

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from leadscore.errors import OutputError
from leadscore.sheets.splice import Splice, outline
from leadscore.sheets.write_checks import ChecksSheet, LinkedText, is_copy, write_copy

ROWS = (
    (LinkedText("warning"), LinkedText("G4", "'It''s me'!G4"), LinkedText('a "quote" & <tag>\x01\nand more')),
    (LinkedText("note"), LinkedText(""), LinkedText("é → 漢")),
)
SHEET = ChecksSheet("Checks", ("Severity", "Cell", "Problem"), ROWS, (10, 8, 60))
CHANGED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path, **changes):
    """The workbook with some parts replaced (`None`: left out): workbook=..., styles=..."""
    names = {"workbook": "xl/workbook.xml", "styles": "xl/styles.xml", "rels": "xl/_rels/workbook.xml.rels"}
    parts = parts_of(path)
    for name, change in changes.items():
        key = names.get(name, name)
        if change is None:
            parts.pop(key)
        else:
            parts[key] = change(parts.get(key, b""))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def rich(tmp_path):
    """A workbook with a chart, a table, formats, notes, a name, a picture, written by XlsxWriter."""
    path = tmp_path / "rich.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("It's me")
    sheet.write_row(0, 0, ["Points", "Weight"], book.add_format({"bold": True, "bg_color": "#FFEE00"}))
    sheet.write_column(1, 0, [1, 2, 3])
    sheet.write_formula("D1", "=SUM(A2:A4)", None, 6)
    sheet.write_comment("A1", "help")
    sheet.add_table("F1:G3")
    sheet.data_validation("B2", {"validate": "list", "source": ["a", "b"]})
    sheet.conditional_format("A2:A4", {"type": "data_bar"})
    book.define_name("Points", "='It''s me'!$A$2:$A$4")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='It''s me'!$A$2:$A$4"})
    sheet.insert_chart("I1", chart)
    book.add_chartsheet("Chart").set_chart(book.add_chart({"type": "line", "subtype": "stacked"}))
    book.get_worksheet_by_name("Chart").chart.add_series({"values": "='It''s me'!$A$2:$A$4"})
    book.close()
    return path


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "plain.xlsx"
    openpyxl.Workbook().save(path)
    return path


def grafted(source, folder, sheet=SHEET):
    target = folder / "copy.xlsx"
    return target, write_copy(source, target, sheet)


def test_every_other_part_is_the_same_byte_for_byte(rich, tmp_path):
    before = parts_of(rich)

    target, name = grafted(rich, tmp_path)

    after = parts_of(target)
    assert name == "Checks"
    assert {part for part in before if before[part] != after[part]} == CHANGED
    assert after.keys() - before.keys() == {"xl/worksheets/leadscoreChecks.xml"}
    assert list(after)[: len(before)] == list(before)
    assert parts_of(rich) == before


def test_what_changes_is_only_added_to(rich, tmp_path):
    before = parts_of(rich)
    after = parts_of(grafted(rich, tmp_path)[0])

    for part in CHANGED:
        left = re.sub(rb' count="\d+"', b"", before[part])
        assert is_subsequence(left, re.sub(rb' count="\d+"', b"", after[part]))


def is_subsequence(short, long):
    rest = iter(long)
    return all(byte in rest for byte in short)


def test_the_sheet_reads_the_same_in_openpyxl_and_calamine(rich, tmp_path):
    target, _ = grafted(rich, tmp_path)

    sheet = openpyxl.load_workbook(target)["Checks"]
    texts = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert texts == [
        ["Severity", "Cell", "Problem"],
        ["warning", "G4", 'a "quote" & <tag>\ufffd\nand more'],
        ["note", "", "é → 漢"],
    ]
    assert CalamineWorkbook.from_path(target).get_sheet_by_name("Checks").to_python() == texts
    assert sheet["B2"].hyperlink.location == "'It''s me'!G4"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert (sheet["A1"].font.b, sheet["B2"].font.u, sheet["C2"].alignment.wrap_text) == (True, "single", True)


def test_the_other_sheets_keep_their_formats(rich, tmp_path):
    sheet = openpyxl.load_workbook(grafted(rich, tmp_path)[0])["It's me"]

    assert (sheet["A1"].font.b, sheet["A1"].fill.fgColor.rgb, sheet["A2"].font.b) == (True, "FFFFEE00", False)


def test_libreoffice_opens_it(rich, tmp_path):
    target, _ = grafted(rich, tmp_path)

    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", tmp_path, target], check=True, capture_output=True, timeout=120)

    book = CalamineWorkbook.from_path(tmp_path / "copy.ods")
    assert book.sheet_names[-1] == "Checks"
    assert book.get_sheet_by_name("Checks").to_python()[1][:2] == ["warning", "G4"]


def test_a_name_that_is_taken_gets_a_number_and_a_copy_is_known(plain, tmp_path):
    target, _ = grafted(plain, tmp_path)

    assert is_copy(target, ["Checks"])
    assert not is_copy(plain, ["Checks"])
    assert not is_copy(tmp_path / "absent.xlsx", ["Checks"])
    book = openpyxl.load_workbook(plain)
    book.create_sheet("checks")
    book.save(plain)
    assert grafted(plain, tmp_path)[1] == "Checks (2)"


def test_equal_runs_write_equal_files(plain, tmp_path):
    first = grafted(plain, tmp_path)[0].read_bytes()

    assert grafted(plain, tmp_path)[0].read_bytes() == first


def test_a_workbook_with_prefixes_and_other_quotes(plain, tmp_path):
    def prefixed(xml):
        return re.sub(rb"<(/?)(?!\?)", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")

    rewritten(plain, workbook=prefixed, styles=prefixed)

    target, _ = grafted(plain, tmp_path)

    assert b"<x:sheet name=" in parts_of(target)["xl/workbook.xml"]
    assert openpyxl.load_workbook(target)["Checks"]["A1"].font.b is True


def test_a_workbook_whose_relations_have_no_prefix_and_no_styles(plain, tmp_path):
    rewritten(
        plain,
        workbook=lambda xml: re.sub(rb' xmlns:r="[^"]*"', b"", xml).replace(
            b"<sheet ", (b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ')
        ),
    )
    rewritten(plain, rels=lambda xml: re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", xml))

    target, _ = grafted(plain, tmp_path)

    assert openpyxl.load_workbook(target).sheetnames == ["Sheet", "Checks"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"_xmlsignatures/sig1.xml": lambda _: b"<a/>"}, "digitally signed"),
        (
            {"workbook": lambda xml: xml.replace(b"<workbookProtection", b'<workbookProtection lockStructure="1"')},
            "structure of the workbook is protected",
        ),
        ({"workbook": lambda xml: xml.replace(b"spreadsheetml/2006/main", b"strict/main")}, "cannot be added to"),
        ({"workbook": lambda xml: xml.decode().encode("utf-16")}, "UTF-16"),
        ({"workbook": lambda _: b"<!DOCTYPE a><workbook/>"}, "DTD"),
        ({"workbook": lambda _: b"not xml"}, "cannot be taken apart"),
        ({"rels": None}, "cannot be taken apart"),
        ({"[Content_Types].xml": lambda _: b"<Types/>"}, "empty <Types>"),
    ],
)
def test_what_may_not_be_added_to_is_refused_in_words(plain, tmp_path, change, sentence):
    rewritten(plain, **change)

    with pytest.raises(OutputError, match=re.escape(sentence)):
        grafted(plain, tmp_path)
    assert not (tmp_path / "copy.xlsx").exists()


def test_styles_get_the_collections_they_lack(plain, tmp_path):
    rewritten(plain, styles=lambda xml: re.sub(rb"<(fonts|dxfs).*?</\1>|<dxfs[^>]*/>", b"", xml, flags=re.DOTALL))

    book = openpyxl.load_workbook(grafted(plain, tmp_path)[0])

    assert (book["Checks"]["A1"].font.b, book["Sheet"]["A1"].font.b) == (True, False)


def test_a_file_that_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"text")

    with pytest.raises(OutputError, match="cannot be taken apart"):
        grafted(path, tmp_path)


def test_a_copy_that_does_not_read_back_is_not_kept(plain, tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "testzip", lambda _: "xl/workbook.xml")

    with pytest.raises(OutputError, match="did not read back"):
        grafted(plain, tmp_path)
    assert not (tmp_path / "copy.xlsx").exists()


def test_a_sheet_without_findings_has_headings_only(plain, tmp_path):
    target, _ = grafted(plain, tmp_path, ChecksSheet("Checks", ("A", "B"), (), (5, 5)))

    assert CalamineWorkbook.from_path(target).get_sheet_by_name("Checks").to_python() == [["A", "B"]]


# Splicing -------------------------------------------------------------------------------------------------------------


def test_offsets_are_those_of_the_bytes():
    xml = '<?xml version="1.0"?>\n<a é="&gt;"><b c=">"/><b>日本<d/></b></a>'.encode()
    root = outline(xml)

    first, second = root.named("b")
    assert (xml[first.start : first.tag_end], first.inner_end) == (b'<b c=">"/>', -1)
    assert xml[second.tag_end : second.inner_end].decode() == "日本<d/>"
    assert xml[root.inner_end :] == b"</a>"
    assert root.child("none") is None


def test_changes_apply_together():
    xml = b"<a><b count='1'><c/></b><e></e></a>"
    root = outline(xml)
    splice = Splice(xml)
    splice.append(root.child("b"), "<c/>")
    splice.count(root.child("b"), 2)
    splice.count(root.child("e"), 2)
    splice.append(root.child("e"), "é")

    assert splice.done().decode() == '<a><b count="2"><c/><c/></b><e>é</e></a>'
