"""Results read back from the file a run wrote say what the run said."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from leadscore.errors import SourceError, UsageError
from leadscore.pipeline.figures import figures_of, figures_of_run
from leadscore.pipeline.read_results import read_results
from leadscore.pipeline.run import Job, score_file

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ("simple", "fit-engagement", "b2c", "product-lines")


@pytest.fixture
def scored(tmp_path):
    """Score a file into another one: what the run found, and what is read back."""

    def run(source, name="out.xlsx", **wishes):
        outcome = score_file(Job(source, output=str(tmp_path / name), as_of="2026-11-21", **wishes))
        return outcome, read_results(tmp_path / name)

    return run


def edit(path, change):
    """Change a results workbook as a person may."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read_results(path)


def is_table_of(outcome, read):
    """A workbook has its columns in another order."""
    wanted = outcome.results.table.reset_index(drop=True)
    pd.testing.assert_frame_equal(read.table.reset_index(drop=True)[list(wanted)], wanted)
    assert set(read.table) == set(wanted)


def same(one, other):
    """Two figures are equal, NaN and rounding of the 17th digit apart."""
    match one:
        case dict():
            return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
        case list() | tuple():
            return len(one) == len(other) and all(map(same, one, other))
        case float():
            return one == pytest.approx(other, abs=1e-9, nan_ok=True)
        case _:
            return one == other


def differing(one, other):
    one, other = vars(one), vars(other)
    return {name: (one[name], other[name]) for name in one if not same(one[name], other[name])}


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_figures_of_a_workbook_are_those_of_the_run(template, language, scored, cli, tmp_path):
    cli("init", tmp_path / "new", "--template", template, "--lang", language)
    (source,) = (tmp_path / "new").iterdir()

    outcome, read = scored(source)

    of_run = replace(figures_of_run(outcome.results), cases=())
    assert differing(figures_of(read.table, read.enriched, read.known), of_run) == {}
    assert (read.language, read.gaps, read.run["as_of"]) == (language, (), "2026-11-21")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sample_reads_back_row_for_row(scored, language):
    outcome, read = scored(ROOT / "sample_data" / "leads.xlsx", language=language)

    is_table_of(outcome, read)
    of_run = replace(figures_of_run(outcome.results), cases=())
    assert differing(figures_of(read.table, read.enriched, read.known), of_run) == {}
    assert list(read.own) == list(outcome.source.headings)
    assert read.language == language


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_csv_holds_results_alone(scored, make, tmp_path, model, delimiter):
    source = make.csv(tmp_path / "in.csv", make.leads, delimiter=delimiter)
    outcome, read = scored(source, "out.csv", model=model)

    is_table_of(outcome, read)
    assert (read.gaps, read.enriched, read.run, read.is_csv) == (("csv",), None, {}, True)
    assert read.own["Name"].tolist() == ["Ann", "Bob", "Zoe"]


def test_lines_and_overrides_come_back_from_french(scored, make, tmp_path):
    rows = [*make.french, ["Grand", "potentiel", 1, "pays", "est", "FR", 900]]
    scores = [["Score", "Méthode", "Min", "Max"], ["adéquation", "moyenne", 0, 90]]
    decisions = [["Prospect", "Valeur", "Motif"], ["A2", 12, "parce que"]]
    source = make.book(tmp_path / "p.xlsx", Prospects=make.leads, Scoring=rows, Scores=scores, Décisions=decisions)

    outcome, read = scored(source)

    assert {"contribution: cap", "contribution: floor", "contribution: override"} <= set(read.table)
    assert "cap -" in read.table["reasons"].iloc[0]
    is_table_of(outcome, read)


def test_a_users_own_column_of_our_name_stays_the_users(scored, make, tmp_path, model):
    own = ["score", "reasons", "Band", "source"]
    leads = [[*row, *more] for row, more in zip(make.leads, [own, *[["1", "mine", "x", "Fair"]] * 3], strict=True)]
    source = make.csv(tmp_path / "in.csv", leads)

    outcome, read = scored(source, model=model)

    assert {"score", "reasons", "Band"} <= set(read.own)
    assert read.own["reasons"].tolist() == ["mine"] * 3
    assert read.table["score"].tolist() == outcome.results.table["score"].tolist()
    assert read.known.sources.tolist() == ["Fair"] * 3


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_what_people_add_or_take_away(scored, workbook, tmp_path):
    _, whole = scored(workbook)
    path = tmp_path / "out.xlsx"

    def add_columns(book):
        sheet = book["Results"]
        sheet.cell(1, sheet.max_column + 1, "score")
        sheet.cell(1, sheet.max_column + 1, "Mine")

    added = edit(path, add_columns)
    moved = edit(path, lambda book: book["Results"].move_range("A2:F2", rows=5))
    fewer = edit(path, lambda book: (book.remove(book["Enriched"]), book.remove(book["Run"])))

    assert added.table["score"].tolist() == whole.table["score"].tolist()
    assert "Mine" in added.own
    assert (added.gaps, moved.gaps, fewer.gaps) == ((), ("order",), ("enriched", "run"))
    assert fewer.known.bands == {}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_leads_and_one_lead(scored, make, tmp_path, model, suffix):
    for count in (1, 2):
        source = make.csv(tmp_path / f"in{count}.csv", make.leads[:count])
        outcome, read = scored(source, f"out{suffix}", model=model)

        assert len(read.table) == count - 1
        of_run = replace(figures_of_run(outcome.results), cases=())
        found = figures_of(read.table, read.enriched, read.known)
        assert (found.leads, found.bands) == (of_run.leads, of_run.bands)


def test_blank_rows_stay_blank(scored, make, tmp_path, model):
    source = make.csv(tmp_path / "in.csv", [make.leads[0], make.leads[1], ["", "", ""], make.leads[2]])

    _, read = scored(source, model=model)

    assert read.table["score"].isna().tolist() == [False, True, False]
    assert figures_of(read.table, read.enriched, read.known).leads == 2
    assert read.table.index.tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("leads.xlsx", " is no results file: it has no sheet Results; give the file that `leadscore score` wrote"),
        ("leads.csv", " is no results file: it has no column "),
        ("half.xlsx", " is no results file: it has no column coverage, excluded_by, next_best_field, rank, reasons, "),
        ("none.xlsx", " does not exist; check its name and folder"),
        ("junk.xlsx", " is damaged, or no workbook at all; open it in Excel and save it as .xlsx"),
        ("empty.csv", " is empty; export it again"),
    ],
)
def test_another_file_is_refused_in_one_sentence(name, sentence, workbook, leads, make, tmp_path):
    make.book(tmp_path / "half.xlsx", Results=[["Name", "score"], ["Ann", 3]])
    (tmp_path / "junk.xlsx").write_bytes(b"PK junk")
    (tmp_path / "empty.csv").touch()

    with pytest.raises(SourceError) as caught:
        read_results(tmp_path / name)

    assert f"{name}{sentence}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_format_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match=r'"\.ods" is no format of results; give a file in \.xlsx, \.xlsm or \.csv'):
        read_results(tmp_path / "x.ods")
