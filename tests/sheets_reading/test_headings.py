"""Where headings are found, and what columns are called."""

import datetime as dt

import pytest

from leadscore.sheets.headings import Table, headed
from leadscore.sheets.read_errors import UnreadableError
from leadscore.values.cells import CellError

NAMES = ["Name", "Email", "City", "Size"]
LEAD = ["Ann", "ann@acme.com", "Lyon", 12]


@pytest.mark.parametrize(
    ("rows", "header_row"),
    [
        ([NAMES, LEAD], 1),
        ([["Export of leads"], [], NAMES, LEAD, LEAD], 3),
        ([["Export", "2026-03-01"], NAMES, LEAD], 2),
        ([["Contact", "", "Company", ""], NAMES, LEAD, LEAD], 2),
        ([[1, 2, 3, 4], NAMES, LEAD], 2),
        ([["Title"], NAMES, ["Ann"], ["Bob"]], 2),
        ([NAMES, ["Ann"], ["Bob"], LEAD], 1),
        ([["a", "b", "c"], ["1", "2", "3", "4"]], 1),
        ([[12, 33, "x"], [13, 34, "y"]], 1),
        ([["Name"], ["Ann"]], 1),
        ([["only a title"]], 1),
        ([["t"]] * 3 + [["", "", ""]] * 2 + [NAMES], 1),
    ],
)
def test_where_the_headings_are(rows, header_row):
    assert headed(Table(rows)).header_row == header_row


def test_when_everything_looks_like_a_title_the_first_row_is_taken():
    widening = [["x"] * (2**number) for number in range(12)]
    rows = [row for row in widening for _ in range(5)]

    assert headed(Table(rows)).header_row == 1


def test_a_found_row_is_told_a_given_one_is_not():
    table = Table([["Export"], NAMES, LEAD], sheet="Leads")

    assert [str(issue) for issue in headed(table).issues] == [
        "Leads, row 2: the headings were found in row 2; if that is wrong, give --header-row [heading-row-found]"
    ]
    assert headed(table, 2).issues == ()


def test_names_are_unique_and_told():
    heads = ["Email", "", "Email", "Email (2)", " ", "Email ", 2026, dt.date(2026, 3, 1), True, CellError("#N/A")]
    row = ["a", "b", "c", "d", "", "e", "f", "g", "h", "i"]

    found = headed(Table([heads, row], sheet="Leads"), 1)

    assert list(found.leads.columns) == [
        "Email",
        "column B",
        "Email (3)",
        "Email (2)",
        "column E",
        "Email (4)",
        "2026",
        "2026-03-01",
        "TRUE",
        "column J",
    ]
    assert [str(issue) for issue in found.issues] == [
        "Leads!B1: the column has no heading; it is kept and called column B [heading-blank]",
        'Leads!C1: the heading "Email" stands more than once; this one is called Email (3) [heading-duplicate]',
        'Leads!F1: the heading "Email" stands more than once; this one is called Email (4) [heading-duplicate]',
        "Leads!J1: the column has no heading; it is kept and called column J [heading-blank]",
    ]
    assert found.headings[5] == "Email "


def test_a_heading_may_be_what_a_blank_one_would_be_called():
    found = headed(Table([["column B", "", "x"], ["1", "2", "3"]]))

    assert list(found.leads.columns) == ["column B", "column B (2)", "x"]


def test_blank_columns_inside_stay_those_at_the_edges_go():
    found = headed(Table([["", "Name", "", "City", ""], ["", "Ann", "", "Lyon", ""]], first_row=3, first_column=1))

    assert list(found.leads.columns) == ["Name", "column D", "City"]
    assert found.columns == {2: "Name", 3: "column D", 4: "City"}
    assert list(found.leads.index) == [4]


def test_rows_of_other_lengths_are_cut_and_padded():
    found = headed(Table([["a", "b", "c"], ["1"], [], ["1", "2", "3"]]))

    assert found.leads.to_numpy().tolist() == [["1", "", ""], ["", "", ""], ["1", "2", "3"]]


@pytest.mark.parametrize("header_row", [1, 4, 9])
def test_a_given_row_must_hold_headings(header_row):
    with pytest.raises(UnreadableError) as problem:
        headed(Table([["a"], ["1"], [""]], first_row=2), header_row)

    assert str(problem.value) == f"has no headings in row {header_row}; it is blank (the last row is 4)"
