"""The sheet Summary: its figures are those of Results and Enriched, its charts show its own cells, in any run."""

import re
import shutil
import subprocess
import warnings
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from leadscore.sheets.output import OutBlock, OutBook, OutChart, OutColumn, OutNumber, OutPage, OutSheet
from leadscore.sheets.write_workbook import write_workbook

ROOT = Path(__file__).resolve().parents[2]
SCORING = [
    ["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points", "Score"],
    ["Country", "exclusion", 1, "phone_country", "is", "FR; BE; CH", 100, "fit"],
    ["Country", "exclusion", 1, "phone_country", "otherwise", "", -500, "fit"],
    ["Budget", "potential", 2, "Budget", ">=", 50000, 100, "fit"],
    ["Budget", "potential", 2, "Budget", "between", "5000..<50000", 50, "fit"],
    ["E-mail", "engagement", 1, "email_type", "is", "professional", 60, "warmth"],
    ["Nobody", "engagement", 1, "Budget", "<", -1, 20, "warmth"],
]
SCORES = [["Score", "Method"], ["fit", "mean"], ["warmth", "sum"]]
BANDS = [
    ["Score", "Band", "From"],
    *(["total", *row] for row in (["Hot", 120], ["Warm", 80], ["Mild", 40], ["Cold", ""])),
    *(["fit", *row] for row in (["A", 60], ["B", ""])),
    *(["warmth", *row] for row in (["1", 50], ["2", ""])),
]
MATRIX = [["fit / warmth", "1", "2"], ["A", "Call", "Write"], ["B", "Ask", ""]]


@pytest.fixture(scope="module")
def scored(tmp_path_factory, make):
    """The sample's results workbooks, in English and in French."""
    from typer.testing import CliRunner

    from leadscore.cli.app import app

    folder = tmp_path_factory.mktemp("summary")
    model = make.book(folder / "model.xlsx", Scoring=SCORING, Scores=SCORES, Bands=BANDS, Matrix=MATRIX)
    source = ROOT / "sample_data" / "leads.xlsx"
    for language in ("en", "fr"):
        line = ["score", source, "-m", model, "-o", folder / f"{language}.xlsx", "--as-of", "2026-11-21"]
        done = CliRunner().invoke(app, [*map(str, line), "--lang", language, "-q"])
        assert done.exit_code == 0, done.output
    return folder


def rows_of(path, name):
    with warnings.catch_warnings(action="ignore"):  # openpyxl says that it drops the data bars
        headings, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def blocks_of(path, name):
    """Each table of the page by its first heading: the rows below, without blank cells; headings of one line."""
    with warnings.catch_warnings(action="ignore"):
        lines = list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))
    tables, table = {}, None
    for before, line in zip([(), *lines], lines, strict=False):
        cells = [cell for cell in line if cell is not None]
        if not cells:
            table = None
        elif table is not None and len(cells) > 1:
            table.append(line)
        elif len(cells) > 1 and before and len([cell for cell in before if cell is not None]) == 1:
            table = tables.setdefault((str(before[0]), cells[0]), [])
    return {heading: rows for (_, heading), rows in reversed(tables.items())}, tables, lines


@pytest.fixture(scope="module")
def english(scored):
    """What Results and Enriched say of each lead, and the tables of Summary."""
    path = scored / "en.xlsx"
    enriched = rows_of(path, "Enriched")
    rows = [
        {**more, **own}
        for own, more in zip(rows_of(path, "Results"), enriched, strict=True)
        if own["score"] is not None
    ]
    return rows, blocks_of(path, "Summary")


def kept_of(rows):
    return [row for row in rows if not row["excluded_by"]]


def test_the_numbers_at_the_top(english):
    rows, (_, _, lines) = english
    labels = next(line for line in lines if line[0] == "Leads")
    place = lines.index(labels)
    numbers = {label: value for label, value in zip(labels, lines[place + 1], strict=True) if label}

    kept = kept_of(rows)
    judged = [row["data_quality_score"] for row in rows if row["data_quality_score"] is not None]
    assert numbers == {
        "Leads": len(rows),
        "Excluded leads": len(rows) - len(kept),
        "Hot": sum(row["band"] == "Hot" for row in rows),
        "Mean score": pytest.approx(sum(row["score"] for row in kept) / len(kept)),
        "Reachable": sum(row["contactability"] not in (None, "none", "unknown") for row in rows),
        "Data quality": pytest.approx(sum(judged) / len(judged)),
    }


def test_the_histogram_counts_the_scores_by_band(english):
    rows, (tables, _, lines) = english
    kept = kept_of(rows)
    names = next(line for line in lines if line[0] == "Score")[1:6]
    starts = [row[0] for row in tables["Score"]]
    assert names == ("Leads", "Cold", "Mild", "Warm", "Hot")
    for row, end in zip(tables["Score"], [*starts[1:], float("inf")], strict=True):
        inside = [lead for lead in kept if row[0] <= lead["score"] < end]
        bands = Counter(lead["band"] for lead in inside)
        assert row[1:6] == (len(inside), *(bands[name] or None for name in names[1:]))
    assert sum(row[1] for row in tables["Score"]) == len(kept)


def test_bands_and_funnel(english):
    rows, (tables, _, _) = english
    bands = Counter(row["band"] for row in rows)
    assert [(row[0], row[1], row[2]) for row in tables["Band"]] == [
        ("Hot", 120, bands["Hot"]), ("Warm", 80, bands["Warm"]), ("Mild", 40, bands["Mild"]),
        ("Cold", None, bands["Cold"]), ("Excluded", None, bands["Excluded"]),
    ]  # fmt: skip
    assert [row[3] for row in tables["Band"]] == [row[2] / len(rows) for row in tables["Band"]]
    reached = [row for row in rows if row["contactability"] not in (None, "none", "unknown")]
    kept = kept_of(reached)
    left = [len(rows), len(reached), len(kept)]
    left += [sum(row["band"] in names for row in kept) for names in ({"Hot", "Warm", "Mild"}, {"Hot"})]
    assert [(row[0], row[1]) for row in tables["Stage"]] == list(
        zip(["Leads", "Reachable", "Not excluded", "Mild or better", "Hot"], left, strict=True)
    )
    assert [row[2] for row in tables["Stage"]][1:] == [after / left[place] for place, after in enumerate(left[1:])]


@pytest.mark.parametrize("kind", ["Country", "Source"])
def test_groups_of_leads_the_largest_ten(english, kind):
    rows, (tables, _, _) = english
    names = {
        "Source": lambda row: row["Source"] or "Not known",
        "Country": lambda row: row["country_iso2"] or row["phone_country"] or "Not known",
    }
    groups = {}
    for row in rows:
        groups.setdefault(names[kind](row), []).append(row)
    sizes = sorted(map(len, groups.values()), reverse=True)
    assert [row[1] for row in tables[kind]] == sizes[:10]
    for name, leads, kept, score, top, share in (row[:6] for row in tables[kind]):
        own = groups[name]
        scores = [row["score"] for row in kept_of(own)]
        hot = sum(row["band"] == "Hot" for row in own)
        assert (leads, kept, top, share) == (len(own), len(scores), hot, hot / len(own))
        assert score == (pytest.approx(sum(scores) / len(scores)) if scores else None)


def test_criteria_by_leads_and_by_points_and_what_excludes(english):
    rows, (_, tables, _) = english
    by_leads, by_points, excluding = [table for (_, first), table in tables.items() if first == "Criterion"][:3]
    for name, leads, share in (row[:3] for row in by_leads):
        cells = [row[f"contribution: {name}"] for row in rows]
        assert (leads, share) == (sum(cell != 0 for cell in cells), leads / len(rows))
    for name, mean in (row[:2] for row in by_points):
        cells = [row[f"contribution: {name}"] for row in kept_of(rows)]
        assert mean == pytest.approx(sum(cells) / len(cells))
    counts = Counter(name for row in rows for name in (row["excluded_by"] or "").split("; ") if name)
    assert [(row[0], row[1]) for row in excluding] == counts.most_common()


def test_the_matrix_and_its_actions(english):
    rows, (tables, _, _) = english
    codes = Counter(row["matrix"] for row in rows)
    assert [row[:3] for row in tables["fit / warmth"]] == [
        ("A", codes["A1"], codes["A2"]),
        ("B", codes["B1"], codes["B2"]),
    ]
    assert [row[:2] for row in tables["Action"]] == [
        ("Call", codes["A1"]),
        ("Write", codes["A2"]),
        ("Ask", codes["B1"]),
    ]


def test_the_quality_of_the_data(english):
    rows, (tables, _, _) = english
    for name, column in (("E-mail", "email_validity"), ("Phone", "phone_validity")):
        counts = Counter(row[column] for row in rows)
        (row,) = (row for row in tables["Verdict"] if row[0] == name)
        assert row[1:5] == (counts["ok"], counts["unknown"], counts["fail"], counts[None])
    types = Counter(row["email_type"] for row in rows if row["email_type"])
    assert {row[0]: row[1] for row in tables["Type of e-mail"]} == types
    found = {row[0]: row[1:3] for row in tables["Finding"]}
    doubles = sum(row["duplicate_of"] is not None for row in rows)
    assert found["Duplicates of a lead above"] == (doubles, doubles / len(rows))
    assert found["Completeness, mean"] == (None, pytest.approx(sum(row["completeness"] for row in rows) / len(rows)))


def test_the_french_sheet_has_the_same_numbers_in_french(scored):
    numbers = {
        name: [
            cell for line in blocks_of(scored / f"{name}.xlsx", sheet)[2] for cell in line if isinstance(cell, float)
        ]
        for name, sheet in (("en", "Summary"), ("fr", "Synthèse"))
    }
    assert numbers["en"] == numbers["fr"]
    _, _, lines = blocks_of(scored / "fr.xlsx", "Synthèse")
    assert lines[0][0] == "Synthèse"
    assert "21/11/2026" in lines[1][0]
    said = {cell for line in lines for cell in line if isinstance(cell, str)}
    assert {"Prospects", "Prospects exclus", "Critère", "Niveau"} <= said
    assert any(re.fullmatch(r"La moitié des scores sont entre \d+,\d et \d+,\d", text) for text in said)


def charts_of(path):
    with zipfile.ZipFile(path) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        return [parts.read(name).decode() for name in sorted(names)]


def test_every_chart_shows_cells_of_its_own_sheet_and_has_a_title_and_words_for_who_cannot_see_it(scored):
    for language, name in (("en", "Summary"), ("fr", "Synthèse")):
        path = scored / f"{language}.xlsx"
        charts = charts_of(path)
        assert len(charts) >= 10
        for chart in charts:
            sheets = {found.strip("'") for found in re.findall(r"<c:f>('?[^!]+'?)!", chart)}
            assert sheets == {name}
            assert "<c:title>" in chart
            assert "gradFill" not in chart
        with zipfile.ZipFile(path) as parts:
            drawings = [
                parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/drawings/drawing")
            ]
        assert sum(drawing.count('descr="') for drawing in drawings) == len(charts)


def test_charts_remember_the_numbers_of_their_cells(scored):
    """What a viewer shows that computes nothing."""
    assert all("<c:numCache>" in chart and "<c:ptCount" in chart for chart in charts_of(scored / "en.xlsx"))


def page_of(*blocks, numbers=()):
    return OutPage("Summary", "Summary", "about", numbers, blocks)


def written(folder, page):
    path = folder / "page.xlsx"
    write_workbook(OutBook([OutSheet("Results", [OutColumn("x", [1])])], date(2026, 11, 2), summary=page), path)
    with warnings.catch_warnings(action="ignore"):
        return path, openpyxl.load_workbook(path)["Summary"]


def test_texts_are_never_formulas_and_a_number_that_is_not_there_is_a_dash(tmp_path):
    names = ["=1+1", "<r>&</r>", "{=A1}", "http://example.com", "a\x01b"]
    block = OutBlock("=2+2", [OutColumn("=3+3", names, "text"), OutColumn("n", [1, 2.5, float("nan"), 4, 5], "number")])
    _, sheet = written(tmp_path, page_of(block, numbers=[OutNumber("=4+4", float("nan"), "integer", "=5+5")]))

    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {"=2+2", "=3+3", "=4+4", "=5+5", "–", "=1+1", "a\ufffdb"} <= {cell.value for cell in cells}


def test_a_chart_stays_with_its_table_on_one_printed_page(tmp_path):
    columns = [
        OutColumn("Name", [str(row) for row in range(10)], "text"),
        OutColumn("Leads", list(range(10)), "integer"),
    ]
    block = OutBlock("Finding", columns, OutChart("Chart", (1,), "Name", "Leads", "about"))
    _, sheet = written(tmp_path, page_of(*[block] * 9))

    starts = [cell.row for cell in sheet["A"] if cell.value == "Finding"]
    breaks = [found.id for found in sheet.row_breaks.brk]
    assert breaks
    assert {row + 1 for row in breaks} <= set(starts)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)


def test_equal_pages_give_equal_bytes(tmp_path):
    columns = [OutColumn("Name", ["a", "b"], "text"), OutColumn("Leads", [1, -2], "integer")]
    page = page_of(OutBlock("Finding", columns, OutChart("Chart", (1,), "Name", "Leads", "about")))
    first = written(tmp_path, page)[0].read_bytes()
    assert written(tmp_path, page)[0].read_bytes() == first


@pytest.mark.parametrize("rows", [[], [["x", ""]], [["x", "1"]], [["", ""], ["y", "0"]]])
@pytest.mark.parametrize("bands", [[], [["Band", "From"], ["Hot", 120], ["Cold", ""]]])
def test_any_few_leads_have_a_summary(cli, tmp_path, make, read, rows, bands):
    scoring = [row[:-1] for row in SCORING[:1]] + [["Size", "exclusion", 1, "Size", "<", 1, -100]]
    sheets = {"Source": [["Name", "Size"], *rows], "Scoring": scoring, **({"Bands": bands} if bands else {})}
    source = make.book(tmp_path / "few.xlsx", **sheets)

    done = cli("score", source)

    assert done.exit_code == 0, done.output
    assert read.sheets(tmp_path / "few-scored.xlsx")[1] == "Summary"
    assert read.sheet(tmp_path / "few-scored.xlsx", "Summary")[0][0] == "Summary"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_every_chart(scored, tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    line = ["soffice", "--headless", profile, "--convert-to", "ods", "--outdir", tmp_path, scored / "fr.xlsx"]
    subprocess.run(line, check=True, capture_output=True, timeout=180)

    with zipfile.ZipFile(tmp_path / "fr.ods") as parts:
        objects = [name for name in parts.namelist() if re.fullmatch(r"Object \d+/content.xml", name)]
    assert len(objects) == len(charts_of(scored / "fr.xlsx"))
