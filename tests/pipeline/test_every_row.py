"""Promise 3: every row comes back, in order, with the cells it had; and our own columns are known again."""

import re
import shutil
import subprocess
import warnings
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.cell import WriteOnlyCell
from python_calamine import CalamineWorkbook

TEXTS = ["01000", "NA", "+33612345678", "=1+1", "1E5", "12345678901234567890", "@SUM(1)", "-2+3", "  padded ", "TRUE"]
VALUES = [
    (date(2026, 3, 1), "yyyy-mm-dd"),
    (datetime(2026, 3, 1, 14, 30), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001  cells have no time zone
    (True, "General"),
    (0.125, "0.0%"),
    (1000, "00000"),
    (1234.5, "General"),
    (33612345678, "General"),
    (-3, "General"),
    ("#N/A", "General"),
    ("#DIV/0!", "General"),
]


@pytest.fixture
def rich_book(tmp_path):
    """A workbook with every kind of cell, and two blank rows inside."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Source")
    sheet.append(["Text", "Value", "Country"])
    for number, (text, (value, code)) in enumerate(zip(TEXTS, VALUES, strict=True)):
        if number in (3, 7):
            sheet.append([])
        cells = [WriteOnlyCell(sheet, text), WriteOnlyCell(sheet, value), WriteOnlyCell(sheet, "FR")]
        cells[0].data_type = "s"
        cells[1].number_format = code
        sheet.append(cells)
    path = tmp_path / "rich.xlsx"
    book.save(path)
    return path


@pytest.fixture
def country_model(tmp_path, make):
    return make.csv(tmp_path / "model.csv", make.scoring[:2])


def test_a_workbook_keeps_its_cells_in_a_workbook(cli, rich_book, country_model, read):
    result = cli("score", rich_book, "-m", country_model)

    assert result.exit_code == 0, result.stderr
    scored = rich_book.with_name("rich-scored.xlsx")
    before = [row[:3] for row in read.sheet(rich_book, "Source")]
    for sheet in ("Results", "Enriched"):
        assert [row[:3] for row in read.sheet(scored, sheet)] == before
        *rows, first_error, second_error = calamine_rows(scored, sheet)
        assert rows == calamine_rows(rich_book, "Source")[:-2]
        # XlsxWriter writes no error values: they come back as the text they show, which is what openpyxl reads too.
        assert (first_error[1], second_error[1]) == ("#N/A", "#DIV/0!")


def calamine_rows(path, sheet):
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    return [row[:3] for row in rows]


def test_numbers_are_shown_as_they_were(cli, rich_book, country_model, tmp_path):
    cli("score", rich_book, "-m", country_model, "-o", tmp_path / "out.xlsx")

    with warnings.catch_warnings(action="ignore"):  # openpyxl says that it drops the data bars
        cells = openpyxl.load_workbook(tmp_path / "out.xlsx")["Results"]["B"]
    shown = {cell.value: cell.number_format for cell in cells if cell.value is not None}
    assert (shown[1000], shown[0.125]) == ("00000", "0.0%")


def test_a_workbook_keeps_its_cells_in_csv(cli, rich_book, country_model, read):
    result = cli("score", rich_book, "-m", country_model, "-o", "-", "-q")

    rows = read.rows(result.stdout)
    texts = [row["Text"] for row in rows if row["Text"]]
    assert texts == [f"'{text}" if text in ("=1+1", "@SUM(1)", "-2+3") else text for text in TEXTS]
    assert [row["Value"] for row in rows if row["Text"]] == [
        "2026-03-01", "2026-03-01 14:30:00", "TRUE", "0.125", "01000", "1234.5", "33612345678", "-3", "#N/A", "#DIV/0!",
    ]  # fmt: skip
    assert [number for number, row in enumerate(rows) if not row["Text"]] == [3, 8]
    assert {row["score"] for row in rows if not row["Text"]} == {""}


def test_csv_keeps_its_cells_in_csv(cli, tmp_path, make, country_model, read):
    rows = [["Text", "Country"], *([text, "FR"] for text in TEXTS[:5]), ["", ""], *([text, "FR"] for text in TEXTS[5:])]
    source = make.csv(tmp_path / "source.csv", rows, delimiter=";")

    result = cli("score", source, "-m", country_model)

    written = tmp_path / "source-scored.csv"
    assert result.exit_code == 0, result.stderr
    assert [row["Text"] for row in read.rows(written, ";")] == [
        f"'{text}" if text in ("=1+1", "@SUM(1)", "-2+3") else text for text, _ in rows[1:]
    ]
    assert written.read_bytes().startswith(b"\xef\xbb\xbfText;Country;score")
    assert written.read_bytes().count(b"\r\n") == len(rows)


def test_csv_keeps_its_texts_in_a_workbook(cli, tmp_path, make, country_model, read):
    source = make.csv(tmp_path / "source.csv", [["Text", "Country"], *([text, "FR"] for text in TEXTS)])

    cli("score", source, "-m", country_model, "-o", tmp_path / "out.xlsx")

    assert [row[0] for row in read.sheet(tmp_path / "out.xlsx", "Results")[1:]] == TEXTS


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_no_formula_made_from_a_lead(cli, rich_book, country_model, tmp_path):
    cli("score", rich_book, "-m", country_model, "-o", tmp_path / "out.xlsx")

    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    line = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", tmp_path, tmp_path / "out.xlsx"]
    subprocess.run(line, check=True, capture_output=True, timeout=180)

    xml = (tmp_path / "out.fods").read_text(encoding="utf-8")
    # How it holds any true cell, and the sum of a lead's contributions.
    ours = re.compile(r"of:=TRUE\(\)|of:=IF\(\[\.D\d+\]=&quot;&quot;;&quot;&quot;;SUM\(\[\.L\d+:\.M\d+\]\)\)")
    formulas = set(re.findall('table:formula="([^"]*)"', xml))
    assert {formula for formula in formulas if not ours.fullmatch(formula)} == set()
    for text in ("=1+1", "01000", "+33612345678", "12345678901234567890", "1E5"):
        assert f"<text:p>{text}</text:p>" in xml


def test_headings_that_the_user_has_are_left_to_the_user(cli, tmp_path, make, country_model, read):
    rows = [["Score", "Country", "Reasons", "email_type"], ["high", "FR", "a friend", "private"]]
    source = make.csv(tmp_path / "source.csv", rows)

    cli("score", source, "-m", country_model, "-o", tmp_path / "out.xlsx")

    headings, row = read.sheet(tmp_path / "out.xlsx", "Results")
    assert dict(zip(headings, row, strict=True)).items() >= {
        "Score": "high", "Reasons": "a friend", "score (leadscore)": 100, "reasons (leadscore)": "Target country +100",
    }.items()  # fmt: skip
    assert "email_type (leadscore)" in read.sheet(tmp_path / "out.xlsx", "Enriched")[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "french"])
def test_scoring_our_own_results_replaces_our_columns(cli, kind, request, read, make):
    french = kind == "french"
    source = request.getfixturevalue("french_workbook" if french else "workbook")
    model = make.csv(source.with_name("m.csv"), make.french if french else make.scoring)
    suffix, sheet = "csv" if kind == "csv" else "xlsx", "Résultats" if french else "Results"
    first, second = (source.with_name(f"{name}.{suffix}") for name in ("first", "second"))
    named = () if kind == "csv" else ("--sheet", sheet)

    cli("score", source, "-o", first)
    result = cli("score", first, "-m", model, "-o", second, *named)

    assert result.exit_code == 0, result.stderr
    if kind == "csv":
        assert read.rows(second) == read.rows(first)
    else:
        assert read.sheet(second, sheet) == read.sheet(first, sheet)
        enriched = "Enrichi" if french else "Enriched"
        again = cli("score", first, "-m", model, "-o", second, "--sheet", enriched)
        assert again.exit_code == 0, again.stderr
        assert read.sheet(second, enriched) == read.sheet(first, enriched)


def test_french_workbooks_speak_french(cli, tmp_path, make, read):
    niveaux = [["Niveau", "Du"], ["Chaud", 40], ["Froid", None]]
    source = make.book(tmp_path / "p.xlsx", Prospects=make.leads, Scoring=make.french, Niveaux=niveaux)

    cli("score", source)

    written = tmp_path / "p-scored.xlsx"
    assert read.sheets(written) == ["Résultats", "Synthèse", "Enrichi", "Anomalies", "Exécution"]
    headings, *rows = read.sheet(written, "Résultats")
    assert headings[6:12] == ("score", "niveau", "rang", "exclu_par", "raisons", "prochain_champ")
    assert {"plage_niveaux", "score_min", "score_max", "couverture"} <= set(headings[12:])
    assert [row[headings.index("niveau")] for row in rows] == ["Chaud", "Chaud", "Exclu"]
    headings, *rows = read.sheet(written, "Enrichi")
    assert [row[headings.index("validite_email")] for row in rows] == ["valide", "valide", "invalide"]


def test_bands_of_several_scores_in_french(cli, tmp_path, make, read):
    rows = [[*row, score] for row, score in zip(make.french, ["Score", "accord", None], strict=True)]
    rows.append(["Prospect connu", "potentiel", 1, "Name", "n'est pas vide", None, 10, "chaleur"])
    niveaux = [["Score", "Niveau", "Du"], ["accord", "A", 50], ["accord", "B", None]]
    source = make.book(tmp_path / "p.xlsx", Prospects=make.leads, Scoring=rows, Niveaux=niveaux)

    result = cli("score", source)

    assert result.exit_code == 0, result.stderr
    headings, *_, last = read.sheet(tmp_path / "p-scored.xlsx", "Résultats")
    assert last[headings.index("niveau_accord")] == "Exclu"


def test_hidden_rows_are_counted_and_scored(cli, tmp_path, make, country_model, read):
    path = make.book(tmp_path / "hidden.xlsx", Source=make.leads)
    book = openpyxl.load_workbook(path)
    book["Source"].row_dimensions[3].hidden = True
    book.save(path)

    cli("score", path, "-m", country_model)

    issues = read.sheet(tmp_path / "hidden-scored.xlsx", "Issues")
    assert next(row for row in issues if row[5] == "rows-hidden")[6] == "hidden or filtered rows that are included: 1"
    assert [row[1] for row in read.sheet(tmp_path / "hidden-scored.xlsx", "Results")][1:] == ["Ann", "Bob", "Zoe"]


def test_issues_are_capped_per_code_and_say_so(cli, tmp_path, make, read):
    model = make.csv(tmp_path / "model.csv", [make.scoring[0], make.scoring[2]])
    source = make.csv(tmp_path / "bad.csv", [["Budget"], *([f"x{number}"] for number in range(1500))])

    cli("score", source, "-m", model, "--issues", tmp_path / "issues.csv", "-q")

    rows = [row for row in read.rows(tmp_path / "issues.csv") if row["code"] == "number-unreadable"]
    assert len(rows) == 1000
    assert (rows[0]["row"], rows[998]["row"], rows[999]["row"]) == ("2", "1000", "")
    assert rows[999]["problem"] == "501 more of this code are not listed"


def test_the_cells_of_ids_that_lost_digits_and_undecided_dates_are_told(cli, tmp_path, make, read):
    model = make.csv(
        tmp_path / "model.csv",
        [
            make.scoring[0],
            ["Fresh", "engagement", 1, "Seen", "within days", 30, 10],
            ["Budget", "potential", 1, "Budget", ">=", 1000, 10],
        ],
    )
    rows = [["Seen", "Budget"], ["01/02/2026", "1.500"], ["03/04/2026", "2.000"], ["soon", "5-10 k€"]]
    source = make.csv(tmp_path / "undecided.csv", rows)

    cli("score", source, "-m", model, "--issues", tmp_path / "issues.csv", "-q")

    codes = [row["code"] for row in read.rows(tmp_path / "issues.csv")]
    assert set(codes) >= {"day-order-undecided", "decimal-mark-undecided", "number-range", "date-unreadable"}


def test_activities_without_behaviours_are_told(make):
    import pandas as pd

    from leadscore import score_leads
    from leadscore.model.model import Model, Score

    leads = pd.DataFrame([["FR"]], columns=["Country"])
    results = score_leads(
        leads, Model(scores=(Score(name="score"),), criteria=()), activities=pd.DataFrame(), as_of=date(2026, 3, 31)
    )

    assert [issue.code for issue in results.issues] == ["activities-unread"]
    assert results.table["reasons"].tolist() == ["no criterion applies"]
