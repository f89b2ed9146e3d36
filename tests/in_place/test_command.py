"""score --in-place and enrich --in-place: what they write, and every workbook they refuse, in one sentence."""

import os
import re

import openpyxl
import pytest

from tests.in_place.rich_book import OFFICE, add_pivot, change, parts_of, write_parts

DAY = ("--as-of", "2026-03-31")
BOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def refused(cli, path, *arguments, code=4):
    """The sentence of a refusal; nothing is written."""
    before = path.read_bytes()
    result = cli("score", path, "--in-place", *DAY, *arguments)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".leadscore")] == []
    return result.stderr.removeprefix("leadscore: ").removesuffix("\n")


def test_the_summary_says_where(cli, workbook, read, files_in):
    result = cli("score", workbook, "--in-place", *DAY)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(f"1 excluded, 1 issue -> {workbook}, in place\n")
    assert read.sheets(workbook)[:3] == ["Source", "Scoring", "Results"]
    assert files_in() == ["leads.xlsx"]


def test_the_next_run_reads_the_leads_again(cli, workbook, read):
    first = cli("score", workbook, "--in-place", *DAY)
    again = cli("score", workbook, *DAY, LEADSCORE_IN_PLACE="1")

    assert again.stderr == first.stderr


def test_in_french(cli, french_workbook, read):
    assert cli("score", french_workbook, "--in-place", *DAY).exit_code == 0
    first = french_workbook.read_bytes()

    assert cli("score", french_workbook, "--in-place", *DAY).exit_code == 0
    assert {"Résultats", "Enrichi", "Anomalies", "Exécution"} <= set(read.sheets(french_workbook))
    assert french_workbook.read_bytes() == first
    assert "xl/worksheets/leadscoreResultats.xml" in parts_of(french_workbook)


def test_enrich_in_place(cli, workbook, read):
    assert cli("enrich", workbook, "--in-place", *DAY).exit_code == 0

    assert read.sheets(workbook) == ["Source", "Scoring", "Enriched", "Issues", "Run"]


def test_a_dry_run_writes_nothing(cli, workbook):
    before = workbook.read_bytes()

    assert cli("score", workbook, "--in-place", "--dry-run", *DAY).exit_code == 0
    assert workbook.read_bytes() == before


def test_a_link_stays_a_link_and_the_mode_is_kept(cli, workbook):
    workbook.chmod(0o640)
    link = workbook.with_name("link.xlsx")
    link.symlink_to(workbook)

    assert cli("score", link, "--in-place", *DAY).exit_code == 0
    assert (link.is_symlink(), workbook.stat().st_mode & 0o777) == (True, 0o640)


def test_sheets_that_excel_has_renamed_the_parts_of_are_known_by_their_mark(cli, workbook, read):
    assert cli("score", workbook, "--in-place", *DAY).exit_code == 0
    parts = {name.replace("leadscoreResults", "sheet9"): data for name, data in parts_of(workbook).items()}
    write_parts(workbook, {name: data.replace(b"leadscoreResults", b"sheet9") for name, data in parts.items()})

    assert cli("score", workbook, "--in-place", *DAY).exit_code == 0
    assert read.sheets(workbook).count("Results") == 1
    assert "xl/worksheets/sheet9.xml" in parts_of(workbook)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sheets_that_another_program_has_saved_are_known_by_their_headings(cli, workbook, read, language):
    assert cli("score", workbook, "--in-place", "--lang", language, *DAY).exit_code == 0
    with pytest.warns(UserWarning, match="extension is not supported"):
        book = openpyxl.load_workbook(workbook)
    for sheet in book.worksheets:
        sheet.defined_names.clear()
    book.save(workbook)
    names = read.sheets(workbook)

    assert cli("score", workbook, "--in-place", "--lang", language, *DAY).exit_code == 0
    assert read.sheets(workbook) == names


# Refusals -------------------------------------------------------------------------------------------------------------


def test_an_output_besides_is_a_mistake(cli, workbook):
    result = cli("score", workbook, "--in-place", "-o", "out.xlsx")

    assert result.exit_code == 2
    assert result.stderr == "leadscore: --in-place writes into the source and -o elsewhere; give one of the two\n"


def test_other_formats(cli, leads, model):
    assert refused(cli, leads, "-m", model) == (
        "leads.csv is no .xlsx or .xlsm, and only these can be written into; give a file with -o"
    )


def test_standard_input(cli, leads, model):
    result = cli("score", "-", "-m", model, "--in-place", stdin=leads.read_bytes())

    assert (result.exit_code, result.stderr) == (
        4, "leadscore: standard input cannot be written into; give a workbook, or leave --in-place out\n"
    )  # fmt: skip


def test_a_sheet_of_the_users_own(cli, tmp_path, make):
    path = make.book(tmp_path / "a.xlsx", Source=make.leads, Scoring=make.scoring, rEsults=[["mine", "reasons"]])

    assert refused(cli, path) == (
        'the workbook has a sheet "rEsults" that leadscore did not write; rename it in Excel, then run again'
    )


def test_the_leads_themselves(cli, tmp_path, make):
    head, *rows = make.leads
    signed = [[*head, "reasons", "score_low", "score_high"], *([*row, "", "", ""] for row in rows)]
    path = make.book(tmp_path / "a.xlsx", Results=signed, Scoring=make.scoring)

    assert refused(cli, path, "--sheet", "Results") == (
        'the leads are read from the sheet "Results", which the results would replace; '
        "rename it in Excel, or give a file with -o"
    )


def test_a_file_that_changes_meanwhile(cli, workbook, monkeypatch):
    from leadscore.pipeline import run

    def score_slowly(*arguments, **options):
        os.utime(workbook, ns=(1, 1))
        return score(*arguments, **options)

    score = run.score_leads
    monkeypatch.setattr(run, "score_leads", score_slowly)

    assert "leads.xlsx changed while" in refused(cli, workbook, code=75)


SHARED = b'<Relationship Id="r" Type="a/usernames" Target="u"/></Relationships>'
STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
REFUSED = [
    (
        {"_xmlsignatures/sig1.xml": lambda _: b"<a/>"},
        "the workbook is digitally signed, which any change would break; remove the signature first",
    ),
    (
        {RELS: lambda xml: xml.replace(b"</Relationships>", SHARED)},
        "the workbook is shared in the old way, with tracked changes; end that in Excel (Review, Unshare Workbook)",
    ),
    (
        {"_rels/.rels": lambda xml: xml.replace(OFFICE.encode(), STRICT)},
        "the workbook is a Strict Open XML one; save it in Excel as an ordinary .xlsx",
    ),
    (
        {BOOK: lambda xml: xml.replace(b"<workbookProtection", b'<workbookProtection lockStructure="1"')},
        "the structure of the workbook is protected; lift the protection in Excel (Review)",
    ),
    (
        {"[Content_Types].xml": lambda xml: xml.decode().encode("utf-16")},
        "the workbook is written in UTF-16; open it in Excel and save it once",
    ),
    (
        {"xl/styles.xml": lambda xml: b"<!DOCTYPE a>" + xml},
        "the workbook declares a DTD, as no spreadsheet program does; it is left alone",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
def test_what_must_not_be_changed(cli, workbook, changes, sentence):
    change(workbook, **changes)

    assert refused(cli, workbook) == sentence


def test_a_chart_sheet_of_our_name(cli, workbook):
    assert cli("score", workbook, "--in-place", *DAY).exit_code == 0
    change(workbook, **{RELS: lambda xml: re.sub(rb'/worksheet(" Target="[^"]*leadscoreRun)', rb"/chartsheet\1", xml)})

    assert refused(cli, workbook) == (
        'the sheet "Run" is a chart or macro sheet; rename it in Excel, then run again'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("http://schemas.microsoft.com/office/2007/relationships/slicer", "a slicer"),
        ("http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "threaded comments"),
        (f"{OFFICE}/oleObject", "an embedded object"),
        (f"{OFFICE}/odd", "something of its own (odd)"),
    ],
)
def test_what_the_user_put_on_our_sheet(cli, workbook, kind, what):
    assert cli("score", workbook, "--in-place", *DAY).exit_code == 0
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="/xl/theme/theme1.xml"/></Relationships>'
    rels = "xl/worksheets/_rels/leadscoreResults.xml.rels"
    change(workbook, **{rels: lambda xml: xml.replace(b"</Relationships>", relation.encode())})

    assert refused(cli, workbook) == (
        f'the sheet "Results" holds {what}, which is not ours to delete; move it to another sheet, then run again'
    )


def test_a_pivot_on_our_sheet(cli, workbook):
    assert cli("score", workbook, "--in-place", *DAY).exit_code == 0
    parts = parts_of(workbook)
    parts[BOOK] = re.sub(rb'(<sheet) ((?:(?!name=)[^>])*)name="Results"', rb'\1 name="Results" \2', parts[BOOK])
    add_pivot(parts, 1, "Source", "Results")
    write_parts(workbook, parts)

    assert refused(cli, workbook) == (
        'the sheet "Results" holds a pivot table, which is not ours to delete; move it to another sheet, then run again'
    )


def test_a_password(cli, workbook, leads, model):
    from leadscore.errors import OutputError
    from leadscore.sheets.write_in_place import check_in_place

    workbook.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1"))

    with pytest.raises(OutputError) as caught:
        check_in_place(workbook, ["Results"], bool)
    assert str(caught.value) == (
        "the workbook is protected by a password, or is an .xls under another name; "
        "save it in Excel as an .xlsx without a password"
    )
