"""Activities from the source workbook, from files of every format, from hostile ones."""

import datetime as dt
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from leadscore.errors import SourceError, UsageError
from leadscore.fields.activities import activity_columns, activity_fields
from leadscore.pipeline.files import read_leads
from leadscore.sheets.activities import activities_in, is_activity_sheet
from leadscore.values.folding import name_key

ROWS = [["Lead", "Activity", "Date"], ["A1", "Visit", "2026-03-21"]]
LEADS = [["Id", "E-mail"], ["A1", "ann@acme.fr"]]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Qui", "Événement", "E-mail", "ID"], {"lead": "ID", "email": "E-mail", "activity": "Événement"}),
        (["Type", "Event", "Timestamp", "Date"], {"activity": "Event", "date": "Date"}),
        (["Contact ID", "Id", "Times", "Produit"], {"lead": "Contact ID", "count": "Times", "product": "Produit"}),
        (
            ["Horodatage", "Comportement", "Courriel"],
            {"email": "Courriel", "activity": "Comportement", "date": "Horodatage"},
        ),
        (["Date", "DATE", "Date (2)"], {"date": "Date"}),
        (["ActivitÃ©", ""], {}),
    ],
)
def test_columns_go_by_their_headings(headings, found):
    assert activity_columns(headings) == found


def test_no_heading_is_of_two_fields_and_each_names_its_own():
    keys = [key for names in activity_fields().values() for key in {name_key(name) for name in names}]

    assert len(keys) == len(set(keys))
    assert all(
        list(activity_columns([name])) == [field] for field, names in activity_fields().items() for name in names
    )
    assert all(list(activity_columns([field])) == [field] for field in activity_fields())


@pytest.mark.parametrize(
    "name", ["Activities", "activités", "Activity", "EVENTS", "Événements", "Evenement", "Activité"]
)
def test_a_sheet_of_activities_is_never_taken_for_leads(make, tmp_path, find, show, reads, name):
    book = make.book(tmp_path / "leads.xlsx", **{name: ROWS, "Contacts": LEADS})

    assert is_activity_sheet(name)
    assert read_leads(book).sheet == "Contacts"
    found = find(reads(source=book, leads_sheet="Contacts"))
    assert show.events(found) == [(0, "Visit", 10, 1)]
    assert str(found.place(0)) == f"{name}, row 2, column Activity"


def test_a_workbook_of_activities_alone_holds_no_leads(make, tmp_path):
    with pytest.raises(SourceError, match="has no visible sheet of leads; name one with --sheet"):
        read_leads(make.book(tmp_path / "leads.xlsx", Activities=ROWS))


def test_the_sheet_that_holds_the_leads_holds_no_activities(make, tmp_path, reads):
    book = make.book(tmp_path / "leads.xlsx", Events=ROWS)

    assert reads(source=book, leads_sheet="Events").tables == ()


@pytest.mark.parametrize("sheets", [{"Leads": LEADS}, {"Leads": LEADS, "Activities": []}])
def test_a_workbook_without_activities(make, tmp_path, find, reads, sheets):
    read = reads(source=make.book(tmp_path / "leads.xlsx", **sheets))

    assert (read.tables, len(find(read).events.lead)) == ((), 0)


def test_a_hidden_sheet_of_activities_is_read(make, tmp_path, reads):
    path = make.book(tmp_path / "leads.xlsx", Leads=LEADS, Activities=ROWS)
    book = openpyxl.load_workbook(path)
    book["Activities"].sheet_state = "hidden"
    book.save(path)

    assert reads(source=path).count == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Lead,Activity,Date\nA1,Démo,2026-03-21\n", "utf-8-sig"),
        ("Lead;Activité;Date\nA1;Démo;21/03/2026\n", "cp1252"),
        ("Lead\tActivité\tDate\r\nA1\tDémo\t21.03.2026\r\n", "utf-16"),
        ("sep=|\nLead|Activité|Date\nA1|Démo|21 mars 2026\n", "utf-8"),
        ("Export of March\n\nLead,Activity,Date\nA1,Démo,2026-03-21\n", "utf-8"),
    ],
)
def test_csv_as_leads_are_read(tmp_path, find, show, reads, text, encoding):
    path = tmp_path / "what leads did.csv"
    path.write_bytes(text.encode(encoding))

    found = find(reads(path))

    assert show.events(found) == [(0, "Démo", 10, 1)]
    assert found.issues[0].place.sheet == "what leads did.csv"


def test_files_one_after_the_other_each_with_its_own_columns_and_dates(make, tmp_path, find, show, reads):
    source = make.book(tmp_path / "leads.xlsx", Leads=LEADS, Activities=[[*ROWS[0], "Event id"], [*ROWS[1], "e1"]])
    french = make.csv(tmp_path / "a.csv", [["E-mail", "Activité", "Date"], ["bob@acme.fr", "Démo", "25/03/2026"]])
    american = make.csv(
        tmp_path / "b.txt",
        [
            ["Lead", "Event", "Date", "Event id"],
            ["A2", "Visit", "03/25/2026", "e2"],
            ["A1", "Visit", "03/25/2026", "e1"],
        ],
    )
    other = make.book(tmp_path / "c.xlsx", Notes=[["x"]], Events=ROWS)
    first = make.book(tmp_path / "d.xlsx", Export=ROWS)

    found = find(reads(french, american, other, first, source=source))

    assert show.events(found) == [
        *((0, "Visit", 10, 1), (1, "Démo", 6, 1), (1, "Visit", 6, 1)),
        *((0, "Visit", 10, 1), (0, "Visit", 10, 1)),
    ]
    assert show.issues(found)[-1] == ("activity-twice", 3)
    assert [str(found.place(event)).split(", row")[0] for event in range(5)] == [
        *("Activities", "a.csv", "b.txt", "c.xlsx, Events", "d.xlsx, Export")
    ]


def test_files_of_one_name_go_by_their_paths(make, tmp_path, find, reads):
    (tmp_path / "march").mkdir()
    paths = [make.csv(tmp_path / "a.csv", ROWS), make.csv(tmp_path / "march" / "a.csv", ROWS)]

    assert [table.sheet for table in reads(*paths).tables] == [str(path) for path in paths]


@pytest.mark.parametrize(("beside", "mark", "said"), [("leads.xlsx", "^", "^"), ("leads.csv", ",", ";")])
def test_the_delimiter_said_is_that_of_a_csv_source_else_of_the_activities(make, tmp_path, reads, beside, mark, said):
    source = tmp_path / beside
    make.book(source, Leads=LEADS) if beside.endswith("xlsx") else make.csv(source, LEADS)
    path = make.csv(tmp_path / "a.csv", ROWS, delimiter=mark)

    assert reads(path, source=source, delimiter=said).tables[0].columns["activity"].texts[0] == "Visit"


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.xlsb"])
def test_what_is_no_workbook_is_told(tmp_path, reads, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(SourceError, match="is damaged, or no workbook at all"):
        reads(path)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([["Activity", "Date"]], "the lead (such as Lead, Lead id, Contact id or Email)"),
        ([["E-mail", "Date"]], "the activity (such as Activity, Activity name, Event)"),
        ([["Id", "Action"]], "the date (such as Activity date, Event date, Date)"),
        (
            [["Name", "Colour"]],
            (
                "the lead (such as Lead, Lead id, Contact id or Email) and the activity (such as Activity, "
                "Activity name, Event) and the date (such as Activity date, Event date, Date)"
            ),
        ),
    ],
)
def test_a_column_that_is_missing_is_told_with_those_there_are(make, tmp_path, reads, rows, missing):
    path = make.csv(tmp_path / "a.csv", [*rows, ["x", "y"]])

    with pytest.raises(SourceError) as told:
        reads(path)

    assert str(told.value) == (
        f"{path} has no column for {missing}; its columns are {', '.join(rows[0])}; "
        "rename the right one, or give another table of activities"
    )


def test_a_sheet_without_a_column_is_named(make, tmp_path, reads):
    book = make.book(tmp_path / "leads.xlsx", Leads=LEADS, Activities=[["Lead", "Date"], ["A1", "2026-03-21"]])

    with pytest.raises(SourceError, match=r'leads.xlsx, sheet "Activities" has no column for the activity'):
        reads(source=book)


@pytest.mark.parametrize(
    ("name", "problem", "sentence"),
    [
        ("a.json", UsageError, '".json" is not a format of activities; give a file in .csv, .tsv, .txt, .xlsx'),
        ("a", UsageError, '"" is not a format of activities'),
        ("absent.csv", SourceError, "does not exist; check its name and folder"),
        ("empty.csv", SourceError, "is empty; export it again"),
        ("open.csv", SourceError, "has a quote in row 2 that is never closed"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, reads, name, problem, sentence):
    (tmp_path / "empty.csv").write_text("\n")
    (tmp_path / "open.csv").write_text('Lead,Activity,Date\nA1,"Visit,2026-03-21\n')

    with pytest.raises(problem) as told:
        reads(tmp_path / name)

    assert sentence in str(told.value)


def test_dates_since_1904_errors_and_numbers_with_a_format(tmp_path, find, show, reads):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    for row in (
        ["Contact id", "Event", "When"],
        ["A1", "Visit", dt.date(2026, 3, 21)],
        ["A1", "Visit", "#REF!"],
        [7, "Visit", dt.date(2026, 3, 21)],
    ):
        sheet.append(row)
    sheet["C3"].data_type = "e"
    sheet["A4"].number_format = "0000"
    book.save(tmp_path / "a.xlsx")

    found = find(reads(tmp_path / "a.xlsx"), leads={"Id": ["A1", "0007"]})

    assert show.events(found) == [(0, "Visit", 10, 1), (1, "Visit", 10, 1)]
    assert show.issues(found) == [("cell-error", 3), ("activity-undated", 3)]


def test_double_headings_and_columns_that_nobody_asked_for(make, tmp_path, find, show, reads):
    rows = [["Lead", "Date", "Activity", "Date", "Phone"], ["A1", "2026-03-21", "Visit", "2026-01-01", "=SUM("]]
    found = find(reads(make.csv(tmp_path / "a.csv", rows)))

    assert show.events(found) == [(0, "Visit", 10, 1)]
    assert show.issues(found) == [("heading-duplicate", 1)]


def test_a_table_at_hand_of_any_dtypes(find, show):
    stamps = pd.to_datetime(["2026-03-20 23:30", "2026-03-21 10:00", None], utc=True)
    frame = pd.DataFrame({"id": ["A1", "A2", "A1"], "event": ["Visit"] * 3, "date": stamps, "count": [1.0, None, 2.0]})
    frame = frame.astype({"event": "category", "id": "string"})

    found = find(activities_in(frame), zone="Europe/Paris")

    assert show.events(found) == [(0, "Visit", 10, 1), (1, "Visit", 10, 1)]
    assert show.issues(found) == [("activity-undated", 3)]


def test_parquet(tmp_path, find, show, reads):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table(
        {
            "lead": pyarrow.array([33612345678901234, None, 7]),
            "Activité": pyarrow.array(["Visit", "Démo", "Visit"]).dictionary_encode(),
            "Date": pyarrow.array([dt.date(2026, 3, 21)] * 3),
            "unread": pyarrow.array([[1], [2], []]),
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")

    found = find(reads(tmp_path / "a.parquet"), leads={"Id": ["33612345678901234", "7"]})

    assert show.events(found) == [(0, "Visit", 10, 1), (1, "Visit", 10, 1)]
    assert str(found.issues[0]).startswith("a.parquet, row 2, column lead: activities without an id and an e-mail: 1")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"PAR1 nothing PAR1", "is damaged, or no Parquet file at all; export it again"), (None, "does not exist")],
)
def test_parquet_that_cannot_be_read(tmp_path, reads, data, sentence):
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(SourceError, match=sentence):
        reads(path)


def test_parquet_without_pyarrow(tmp_path, reads, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(
        SourceError,
        match=r'needs pyarrow to be read; run `pip install "leadscore\[parquet\]"`, or give the activities as \.csv',
    ):
        reads(tmp_path / "a.parquet")


def test_pyarrow_is_imported_for_parquet_only():
    line = "import sys, leadscore.sheets.activities; sys.exit('pyarrow.parquet' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0
