"""The sample leads and the models in configs: they are what their scripts write, and they score as promised."""

import csv
import subprocess
import sys
import warnings
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from leadscore import load_model, read_leads, score_leads
from leadscore.model.templates import template_sheets
from leadscore.values.cells import text_of

ROOT = Path(__file__).parents[2]
SAMPLES, CONFIGS = ROOT / "sample_data", ROOT / "configs"
XEDUCATION = ROOT.parent / "shared" / "data" / "leads" / "xeducation" / "Leads_open.csv"
AS_OF = date(2026, 11, 21)
MODELS = ("original", "xeducation")


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rewritten")
    write_all(folder)
    return folder


def write_all(folder):
    for script in (SAMPLES / "make_samples.py", CONFIGS / "make_workbooks.py"):
        subprocess.run([sys.executable, script, folder], check=True, cwd=ROOT)


@pytest.fixture(scope="module")
def leads():
    return read_leads(SAMPLES / "leads.xlsx")


@pytest.fixture(scope="module")
def scored(leads):
    return score_leads(leads.leads, load_model(SAMPLES / "leads.xlsx"), as_of=AS_OF)


def as_text(path):
    """All that a person sees of a workbook; its bytes change with the version of XlsxWriter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not read data bars
        book = openpyxl.load_workbook(path)
    for sheet in book:
        yield sheet.title, sheet.sheet_state, sheet.freeze_panes, list(sheet.tables)
        yield {letter: round(column.width) for letter, column in sheet.column_dimensions.items()}
        for rule in sheet.data_validations.dataValidation:
            yield str(rule.sqref), rule.formula1, rule.errorStyle
        for row in sheet.iter_rows():
            yield [(content(cell), cell.number_format, cell.comment and cell.comment.text) for cell in row]


def content(cell):
    """The value; of an array formula its text, as openpyxl's objects for them are never equal."""
    return cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value


def test_the_samples_are_what_the_script_writes(rewritten):
    assert (SAMPLES / "leads.csv").read_bytes() == (rewritten / "leads.csv").read_bytes()
    assert list(as_text(SAMPLES / "leads.xlsx")) == list(as_text(rewritten / "leads.xlsx"))


@pytest.mark.parametrize("model", MODELS)
def test_the_workbook_of_a_model_is_what_the_script_writes(model, rewritten):
    assert list(as_text(CONFIGS / f"{model}.xlsx")) == list(as_text(rewritten / f"{model}.xlsx"))


def test_the_scripts_write_the_same_bytes_every_time(rewritten, tmp_path):
    write_all(tmp_path)

    names = ("leads.xlsx", "leads.csv", "original.xlsx", "xeducation.xlsx")
    assert [name for name in names if (tmp_path / name).read_bytes() != (rewritten / name).read_bytes()] == []


@pytest.mark.parametrize("model", MODELS)
def test_the_workbook_and_the_folder_of_a_model_are_one_model(model):
    workbook, folder = (said(load_model(CONFIGS / name)) for name in (f"{model}.xlsx", model))

    assert workbook == folder


def test_the_original_model_is_the_simple_template_but_for_its_comments():
    rows = template_sheets("simple", "en")["Scoring"]
    template = [row[:7] for row in rows if not row[0].startswith("#")]

    assert template == [row[:7] for row in original_rows()]


@pytest.mark.parametrize("sheet", sorted(CONFIGS.glob("*/*.csv")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_row_of_a_model_has_more_cells_than_headings(sheet):
    with sheet.open(encoding="utf-8", newline="") as file:
        headings, *rows = csv.reader(file)

    assert [row for row in rows if len(row) > len(headings)] == []


def original_rows():
    with (CONFIGS / "original" / "Scoring.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [row for row in rows if not row[0].startswith("#")]


def said(model):
    """All that decides about scores, without where it stands."""
    exclude = {"place": True, "field_place": True, "value_place": True, "points_place": True}
    criteria = [criterion.model_dump(exclude={**exclude, "cases": True}) for criterion in model.criteria]
    cases = [
        case.model_dump(exclude={**exclude, "typed": True}) for criterion in model.criteria for case in criterion.cases
    ]
    bands = [(band.name, band.start, band.action) for band in model.bands]
    fields = [mapping.model_dump(exclude=exclude) for mapping in model.fields]
    return criteria, cases, bands, fields, model.settings


def test_there_are_500_leads_and_blank_rows_between_them(leads, scored):
    assert scored.table["score"].notna().sum() == 500
    assert len(leads.leads) == 504


def test_the_csv_twin_holds_the_same_texts(leads):
    twin = read_leads(SAMPLES / "leads.csv")

    assert twin.headings == leads.headings
    for heading in leads.headings:
        assert twin.leads[heading].map(text_of).tolist() == leads.leads[heading].map(text_of).tolist()


@pytest.mark.parametrize("model", ["original.xlsx", "original"])
def test_the_csv_twin_has_the_same_scores_with_the_model_kept_apart(model, scored):
    twin = score_leads(read_leads(SAMPLES / "leads.csv").leads, load_model(CONFIGS / model), as_of=AS_OF)

    names = ["score", "rank", "excluded_by", "reasons", "score_low", "score_high", "coverage", "next_best_field"]
    assert twin.table[names].equals(scored.table[names])


def test_the_sample_spreads(scored):
    results = scored.table[scored.table["score"].notna()]
    excluded = results["excluded_by"] != ""
    kept = results.loc[~excluded, "score"]

    assert 0.35 <= excluded.mean() <= 0.45
    assert set(results.loc[excluded, "excluded_by"].str.split("; ").explode()) == {
        "E-mail exists",
        "E-mail type",
        "Phone country",
        "Phone exists",
    }
    assert (results.loc[excluded, "score"] < 0).all()
    assert (kept.min(), kept.max()) == (24, 100)
    assert kept.nunique() >= 12
    assert kept.value_counts(normalize=True).max() < 0.3


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Postcode", "01000"),
        ("Last name", "NA"),
        ("Country", "NA"),
        ("Company", "=1+1"),
        ("Id", "1E5"),
        ("Id", "12345678901234567890"),
        ("Phone", "3.36612E+11"),
    ],
)
def test_the_traps_are_there_as_text(heading, text, leads):
    assert text in leads.leads[heading].tolist()


def test_numbers_and_dates_are_real_ones(leads):
    types = {
        heading: {type(cell).__name__ for cell in leads.leads[heading]} for heading in ("Phone", "Budget", "Created at")
    }

    assert types["Phone"] & {"int", "float"}
    assert types["Budget"] & {"int", "float"}
    assert types["Created at"] & {"date", "datetime"}
    assert all("str" in of_column for of_column in types.values())


def test_every_verdict_of_e_mail_and_phone_occurs(scored):
    enriched = scored.enriched

    assert set(enriched["email_validity"]) == {"ok", "fail", "unknown", ""}
    assert set(enriched["phone_validity"]) == {"ok", "fail", "unknown", ""}
    assert set(enriched["email_type"]) == {"disposable", "free", "education", "government", "professional", ""}
    assert {"repaired", "no_at", "no_domain", "syntax", "domain", "unknown_tld", "placeholder", "non_ascii"} <= set(
        enriched["email_reason"]
    )
    assert {"two_numbers", "not_a_number", "too_short", "no_country", "placeholder", "scientific_notation"} <= set(
        enriched["phone_reason"]
    )
    assert {"RE", "MQ", "GP", "GF"} <= set(enriched["phone_territory"])


def test_a_real_file_is_scored_whole():
    if not XEDUCATION.exists():
        pytest.skip(f"{XEDUCATION} is not here")
    source = read_leads(XEDUCATION)

    results = score_leads(source.leads, load_model(CONFIGS / "xeducation.xlsx"), as_of=AS_OF).table

    won = source.leads["Converted"].eq("1")
    ranks = results["score"].rank()
    area = (ranks[won].sum() - won.sum() * (won.sum() + 1) / 2) / (won.sum() * (~won).sum())
    print(f"{len(results):,} leads scored, AUC {area:.3f} against Converted")
    print(won.groupby(results["band"]).agg(["size", "mean"]).round(2).to_string())
    assert len(results) == 4579
    assert results["score"].notna().all()
    assert (results.loc[results["excluded_by"] != "", "score"] < 0).all()
