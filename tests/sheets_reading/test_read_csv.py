"""CSV files: what is read of their bytes, and what is said about it."""

import csv
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.errors import SourceError, UsageError
from leadscore.sheets.csv_rows import parse
from leadscore.sheets.csv_text import decode
from leadscore.values.cells import text_of

CORPUS = Path("/work/shared/data/csv")
READ_AS = (
    "read as UTF-8, separated by commas; "
    "if accents or columns look wrong, give --encoding and --delimiter [csv-read-as]"
)
LONGER = (
    "row 2: the row has 3 cells, the heading row 2; "
    "the extra cells are kept in columns without a heading [csv-longer-row]"
)


def test_row_numbers_are_the_ones_the_spreadsheet_shows(reads):
    source = reads('email,note\nann@acme.com,"two\nlines"\n\nbob@acme.com,\n\n\n')

    assert list(source.leads["email"].items()) == [(2, "ann@acme.com"), (3, ""), (4, "bob@acme.com")]
    assert source.leads.at[2, "note"] == "two\nlines"


def test_cells_are_the_text_they_were(reads):
    source = reads("zip,name,phone\n01000, NA ,+33612345678\n1E5,null,=1+1\n")

    assert source.leads.to_numpy().tolist() == [["01000", " NA ", "+33612345678"], ["1E5", "null", "=1+1"]]


@pytest.mark.parametrize(
    ("data", "encoding", "name"),
    [
        ("prénom\nZoé\n".encode(), "utf-8", "UTF-8"),
        ("prénom\nZoé\n".encode("utf-8-sig"), "utf-8-sig", "UTF-8"),
        ("prénom\nZoé\n".encode("utf-16"), "utf-16", "UTF-16"),
        (b"\xfe\xff" + "prénom\nZoé\n".encode("utf-16-be"), "utf-16", "UTF-16"),
        ("prénom\nZoé\n".encode("utf-16-le"), "utf-16-le", "utf-16-le"),
        ("prénom\nZoé\n".encode("utf-16-be"), "utf-16-be", "utf-16-be"),
        ("prénom\nZoé\n".encode("cp1252"), "cp1252", "Windows-1252"),
        ("prénom\nZoé\n".encode("mac-roman"), "mac-roman", "Mac Roman"),
    ],
)
def test_encodings(reads, data, encoding, name):
    source = reads(data)

    assert source.leads["prénom"].tolist() == ["Zoé"]
    assert source.dialect.encoding == encoding
    assert source.issues[0].details["encoding"] == name


def test_bytes_that_cp1252_does_not_have_are_read_as_latin_1():
    assert decode(b"\xe9t\xe9 \x81") == ("été \x81", "cp1252")


def test_a_given_encoding_wins_and_its_mark_never_shows(reads):
    assert list(reads("é\n1\n".encode("utf-8-sig"), encoding="UTF-8").leads.columns) == ["é"]
    assert list(reads("é\n1\n".encode("cp850"), encoding="cp850").leads.columns) == ["é"]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\n1;2\t3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("id,tags\n1,x;y\n2,z;w\n", ","),
        ('a;b\n"x;y";"1,2"\n', ";"),
        ("one\ntwo\n", ","),
        ("Export\n\na;b;c\n1;2;3\n4;5;6\n", ";"),
    ],
)
def test_delimiters(text, delimiter):
    assert parse(text).delimiter == delimiter


def test_a_long_file_is_judged_by_its_beginning():
    text = "a;b\n" + "x" * 300_000 + ";2\n"

    assert parse(text).delimiter == ";"
    assert len(parse(text).rows[1][0]) == 300_000


def test_a_tsv_of_one_column_is_read_with_tabs(reads):
    assert reads("a\n1\n", name="leads.tsv").dialect.delimiter == "\t"


@pytest.mark.parametrize(("given", "delimiter"), [("tab", "\t"), ("\\t", "\t"), (";", ";"), ("Semicolon", ";")])
def test_a_given_delimiter_wins(reads, given, delimiter):
    assert reads("a,b\n1,2\n", delimiter=given).dialect.delimiter == delimiter


def test_a_sep_line_names_the_delimiter_and_is_no_row(reads):
    source = reads("sep=;\r\na;b\r\n1,5;2,5\r\n")

    assert list(source.leads.index) == [2]
    assert source.leads.to_numpy().tolist() == [["1,5", "2,5"]]
    assert reads("sep=;\na,b\n1,2\n", delimiter=",").leads.shape == (1, 2)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(reads, newline):
    source = reads(f"a,b{newline}1,2{newline}3,4")

    assert source.dialect.newline == newline
    assert source.leads.to_numpy().tolist() == [["1", "2"], ["3", "4"]]


def test_longer_and_shorter_rows(reads):
    source = reads("a,b\n1,2,3\n4\n5,6,,\n")

    assert list(source.leads.columns) == ["a", "b", "column C"]
    assert source.leads.to_numpy().tolist() == [["1", "2", "3"], ["4", "", ""], ["5", "6", ""]]
    assert [str(issue) for issue in source.issues] == [
        READ_AS,
        "row 1, column C: the column has no heading; it is kept and called column C [heading-blank]",
        LONGER,
    ]


def test_a_stray_quote_is_read_as_excel_does_and_told(reads):
    source = reads('a,b\n1,"x "y" z"\n2,"fine"\n3,"' + "long" * 20 + '" q\n')

    assert source.leads["b"].tolist()[:2] == ['x y" z"', "fine"]
    strays = [issue for issue in source.issues if issue.code == "csv-stray-quote"]
    assert [issue.place.row for issue in strays] == [2, 4]


def test_nul_bytes_and_very_long_cells_are_read(reads):
    source = reads("a,b\n1\x002," + "x" * 200_000 + "\n")

    assert source.leads.at[2, "a"] == "1\x002"
    assert len(source.leads.at[2, "b"]) == 200_000


def test_a_heading_row_alone_gives_no_leads(reads):
    source = reads("a,b\n")

    assert source.leads.shape == (0, 2)
    assert (source.sheet, source.headings) == ("", ("a", "b"))


def test_standard_input(monkeypatch, read_leads):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"a\n1\n")))

    source = read_leads(None)

    assert source.leads["a"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("data", "options", "sentence"),
    [
        (b"", {}, "is empty; export it again"),
        (b"\n\n", {}, "is empty; export it again"),
        (b",,\n,,\n", {}, "has no headings: every cell is blank"),
        (b'a,b\n1,"2\n3,4\n', {}, "has a quote in row 2 that is never closed; close it, or double it"),
        (b"a\n\xff\n", {"encoding": "utf-8"}, "is not utf-8 (line 2); give another --encoding"),
        (b"\xff\xfea\x00b", {}, "is not utf-16 (line 1); give another --encoding"),
        (b"a\n1\n", {"header_row": 9}, "has no headings in row 9; it is blank (the last row is 2)"),
        (
            b"a," * 17_000 + b"a\n",
            {},
            "has 17001 columns, more than Excel holds (16384); is the delimiter right?",
        ),
    ],
)
def test_what_cannot_be_read(reads, tmp_path, data, options, sentence):
    with pytest.raises(SourceError) as problem:
        reads(data, **options)

    assert str(problem.value) == f"{tmp_path / 'leads.csv'} {sentence}"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"encoding": "klingon"}, 'unknown --encoding "klingon"; usual are utf-8, cp1252, utf-16, mac-roman'),
        ({"encoding": "base64"}, 'unknown --encoding "base64"; usual are utf-8, cp1252, utf-16, mac-roman'),
        ({"delimiter": ";;"}, '--delimiter takes one character, not ";;"; usual are , ; | and tab'),
        ({"delimiter": '"'}, '--delimiter takes one character, not """; usual are , ; | and tab'),
    ],
)
def test_options_that_mean_nothing(reads, options, sentence):
    with pytest.raises(UsageError) as problem:
        reads("a,b\n1,2\n", **options)

    assert str(problem.value) == sentence


cells = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_read_back_at_its_row(tmp_path_factory, read_leads, rows, delimiter):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["one", "two", "three"], *rows])
    file = tmp_path_factory.getbasetemp() / "round.csv"
    file.write_bytes(text.getvalue().encode())

    source = read_leads(file, delimiter=delimiter, encoding="utf-8", header_row=1)

    while rows and not any(map(text_of, rows[-1])):
        rows.pop()
    assert source.leads.to_numpy().tolist() == rows
    assert list(source.leads.index) == list(range(2, len(rows) + 2))


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared CSV corpus is not on this machine")
def test_the_corpus_reads_as_its_json_says(read_leads):
    folders = [
        (CORPUS / "csv-spectrum/csvs", CORPUS / "csv-spectrum/json"),
        (CORPUS / "sineemore/csv", CORPUS / "sineemore/json"),
    ]
    compared = 0
    for files, expected in folders:
        for file in sorted(files.glob("*.csv")):
            known = expected / f"{file.stem}.json"
            if not known.exists() or file.stem == "all-empty":  # two blank lines: refused, nothing in it to score
                continue
            source = read_leads(file)
            assert source.leads.to_numpy().tolist() == expected_rows(json.loads(known.read_text())), file.name
            compared += 1
    assert compared >= 28


def expected_rows(data):
    rows = [list(row.values()) if isinstance(row, dict) else row for row in data]
    rows = rows[1:] if data and not isinstance(data[0], dict) else rows
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
