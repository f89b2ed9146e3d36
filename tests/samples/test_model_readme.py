"""configs/README.md, compared both ways with the tables of the code, and its examples run."""

import csv
import itertools
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from leadscore import load_model, score_leads
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.errors import ModelError
from leadscore.model.behaviours_sheet import BEHAVIOURS
from leadscore.model.decay_cells import decay_choices
from leadscore.model.model import RollUp
from leadscore.model.operators import ACTIVITY_OPERATORS, FAMILIES, SEGMENT_OPERATORS
from leadscore.model.other_sheets import BANDS, FIELDS, SCORES
from leadscore.model.overrides_sheet import OVERRIDES
from leadscore.model.parse import MODEL_SHEETS
from leadscore.model.scoring_sheet import KNOWN
from leadscore.model.segments_sheet import SEGMENTS
from leadscore.model.settings_sheet import SETTINGS
from leadscore.model.templates import TEMPLATES
from leadscore.model.vocabulary import LANGUAGES, vocabulary
from leadscore.pipeline.accounts_book import ACCOUNT_COLUMNS
from leadscore.pipeline.check import CheckJob, check_model
from leadscore.pipeline.live.columns import RANKED
from leadscore.pipeline.results_book import _COLUMNS as RESULT_COLUMNS
from leadscore.pipeline.results_book import SUM
from leadscore.scoring.accounts import SENIORITY_WEIGHTS, Members

CONFIGS = Path(__file__).parents[2] / "configs"
AS_OF = date(2026, 11, 21)
SEVEN = ("criterion", "kind", "weight", "field", "operator", "value", "points")
OPERATOR_SECTIONS = {"en": "Operators", "fr": "Opérateurs en français"}
BLANKS = ("*an empty cell*", "*une cellule vide*")
OPERATOR_CASES = [(language, name) for language in LANGUAGES for name in FAMILIES]


@cache
def readme():
    return (CONFIGS / "README.md").read_text(encoding="utf-8")


def table(heading):
    """The rows of the first table under a heading, as lists of cells."""
    section = re.split(r"^#+ ", readme().split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    first = re.search(r"(?:^\|.*\n)+", section, flags=re.MULTILINE)
    lines = first[0].splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def ticked(cell):
    return [text.replace(r"\|", "|") for text in re.findall(r"`([^`]+)`", cell)]


def plain(cell):
    return "" if cell in BLANKS else "".join(ticked(cell))


def said(group, names, language="en"):
    return [vocabulary(group).say(name, language) for name in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operator_is_listed_with_all_its_spellings_and_no_other(language):
    listed = [ticked(row[0]) for row in table(OPERATOR_SECTIONS[language])]

    assert listed == [list(vocabulary("operators").names[name][language]) for name in FAMILIES]


@pytest.mark.parametrize(("language", "name"), OPERATOR_CASES)
def test_the_example_of_an_operator_holds_and_its_counter_example_does_not(language, name, tmp_path):
    operator, value, holds, fails = table(OPERATOR_SECTIONS[language])[list(FAMILIES).index(name)]
    heading = {"en": "Criterion,Field,Operator,Value,Points", "fr": "Critère,Champ,Opérateur,Valeur,Points"}[language]
    field = "" if name in SEGMENT_OPERATORS else "Answer"
    write_csv(
        tmp_path / "Scoring.csv", [heading.split(","), ["Question", field, ticked(operator)[0], plain(value), "1"]]
    )
    write_csv(tmp_path / "Lists.csv", [["Competitors", "Concurrents"], ["competitor-one.com", "concurrent-un.fr"]])
    segments = [[segment, "Answer", ">=", "1000"] for segment in ("Big account", "Grand compte")]
    write_csv(tmp_path / "Segments.csv", [["Segment", "Field", "Operator", "Value"], *segments])
    leads = pd.DataFrame({"Lead": ["1", "2"], "Answer": [plain(holds), plain(fails)]})

    scores = score_leads(leads, load_model(tmp_path), as_of=AS_OF).table["score"]

    assert scores.tolist() == [1, 0]


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_every_column_we_make_is_listed_with_its_french_name_and_words():
    listed = {ticked(row[0])[0]: (ticked(row[1]), row[3]) for row in table("Columns that leadscore makes for you")}

    assert listed == {
        name: ([vocabulary("columns").say(name, "fr")], ", ".join(worded(word) for word in column.words))
        for name, column in ENRICHMENT_COLUMNS.items()
    }


def worded(word):
    french = vocabulary("words").say(word, "fr")
    return f"`{word}`" if french == word else f"`{word}` (`{french}`)"


def test_every_setting_is_listed():
    assert [row[0] for row in table("Settings")] == said("settings", vocabulary("settings").names)


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        *(("Scores", SCORES.known), ("Bands", BANDS.known), ("Fields", FIELDS.known)),
        *(("Behaviours", BEHAVIOURS.known), ("Segments", SEGMENTS.known), ("Overrides", OVERRIDES.known)),
    ],
)
def test_every_heading_of_a_sheet_is_listed(heading, names):
    assert [row[0] for row in table(heading)] == said("headings", names)


def test_every_word_of_behaviours_is_listed():
    rows = {row[0]: ticked(row[1]) for row in table("Behaviours")}

    assert set(rows["Operator"]) == set(said("operators", ACTIVITY_OPERATORS))
    assert rows["Decay"] == list(decay_choices("en"))
    assert rows["Stage"] == said("stages", vocabulary("stages").names)


def test_the_behaviours_shown_are_understood_as_is_said(tmp_path):
    write_csv(tmp_path / "Behaviours.csv", example("### Behaviours", 1))
    scoring = [["Criterion", "Field", "Operator", "Value", "Points", "Score"], ["Fit", "Size", "is", "big", "1", "fit"]]
    write_csv(tmp_path / "Scoring.csv", scoring)

    model = load_model(tmp_path)

    first, second, third = model.behaviours
    assert (first.points, first.maximum, first.window, first.decay, first.decay_days) == (12, 36, 90, "half-life", 14)
    assert (second.at_least, second.operands, second.stage) == (3, ("Opened e-mail", "Clicked"), "passive")
    assert (third.points, third.window) == (-40, None)


def test_every_heading_of_scoring_and_settings_is_listed():
    assert [row[0] for row in table("The seven columns")] == said("headings", SEVEN)
    assert [row[0] for row in table("The other columns of Scoring")] == said("headings", KNOWN[len(SEVEN) :])
    assert all(f"*{name}*" in readme() or f"**{name}**" in readme() for name in said("headings", SETTINGS.known))


def test_every_sheet_is_described():
    headings = set(re.findall(r"^### (.+)$", readme(), flags=re.MULTILINE))

    assert headings == set(said("sheets", set(MODEL_SHEETS) - {"scoring"}))


def test_no_operator_comes_later():
    assert list(vocabulary("operators").names) == list(FAMILIES)


def test_every_reserved_list_is_named():
    assert ticked(readme().split("Seven names are special.")[1].split("A minus")[0]) == said(
        "lists", vocabulary("lists").names
    )


def test_every_name_is_listed_in_both_languages():
    sheets = [name for name in vocabulary("sheets").names if name in MODEL_SHEETS]
    sheets_with_headings = (SETTINGS, FIELDS, SCORES, BEHAVIOURS, BANDS, SEGMENTS, OVERRIDES)
    headings = dict.fromkeys((*KNOWN, *(name for sheet in sheets_with_headings for name in sheet.known)))
    groups = {"sheets": sheets, "headings": headings}
    groups |= {
        group: vocabulary(group).names
        for group in (
            *("settings", "treatments", "roll_ups", "kinds", "policies", "methods", "decays", "stages", "placeholders"),
            *("band_scores", "types", "keywords", "lists"),
        )
    }
    expected = []
    for group, names in groups.items():
        expected += [[f"*{group.replace('_', ' ').capitalize()}*", ""], *in_both_languages(group, names)]
    expected += [["*Results*", ""], *in_both_languages("columns", (*RESULT_COLUMNS, "contribution", SUM, RANKED))]

    assert table("Everything in French") == expected


def in_both_languages(group, names):
    words = vocabulary(group).names
    return [[", ".join(words[name][language]) for language in LANGUAGES] for name in words if name in names]


def test_every_column_of_the_results_is_explained():
    listed = [name for row in table("Read a result") for name in re.split(r", ", row[0])]

    assert {*RESULT_COLUMNS, "contribution: …"} == {*listed} - {"fit", "fit_band …", "engagement_recent …"}


def accounts_table(heading):
    """The rows of the table of the section Accounts that has such a heading."""
    lines = readme().split("## Accounts\n")[1].split("\n## ")[0].split(f"| {heading} |", 1)[1].splitlines()[2:]
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]


def test_every_column_of_accounts_is_explained_with_its_french_name():
    listed = {row[0]: row[1] for row in accounts_table("Column")}

    assert listed == {name: vocabulary("columns").say(name, "fr") for name in ACCOUNT_COLUMNS}


def test_every_seniority_weighs_what_is_said():
    listed = {name: float(row[1]) for row in accounts_table("Seniority") for name in ticked(row[0])}

    assert listed == SENIORITY_WEIGHTS


def test_every_account_roll_up_gives_what_is_said():
    members = Members.of(["acme"] * 3, np.full(3, fill_value=True))
    scores, weights = np.array([80.0, 40, 30]), np.array([3.0, 2, 1])
    listed = {ticked(row[0])[0]: float(row[1].split(",")[0]) for row in accounts_table("Account roll-up")}

    assert listed == {str(method): members.score(method, scores, weights, 1)[0] for method in RollUp}


def test_the_worked_example_is_what_the_original_model_gives():
    leads = pd.DataFrame({"E-mail": ["zoe.ondelune@gmail.com"], "Phone": ["+33 1 99 00 12 34"], "Budget": ["12-15 k€"]})

    result = score_leads(leads, load_model(CONFIGS / "original"), as_of=AS_OF).table.iloc[0]

    assert (result["score"], f"    {result['reasons']}\n" in readme()) == (72, True)
    assert "score: **72**" in readme()


def test_the_error_shown_is_the_one_that_is_told(tmp_path):
    rows = [["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"]]
    write_csv(tmp_path / "Scoring.csv", [*rows, ["Phone country", "", "", "phone_country", "is", "FR, BE, CH", "100"]])

    # Without a sheet of leads, as `leadscore check model.xlsx` does.
    shown = re.search(r"^ +error: (Scoring.+) \[(.+)\]$", readme(), flags=re.MULTILINE)
    with pytest.raises(ModelError) as told:
        score_leads(pd.DataFrame({"Phone": [""]}), load_model(tmp_path), as_of=AS_OF)

    (issue,) = told.value.issues
    assert (shown[1], shown[2]) == (f"{issue.place}: {issue.problem}; {issue.advice}", issue.code)


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("Scoring", "5000..<20000", "5000..25000", "ranges-overlap"),
        ("Scoring", "disposable,-500", "disposable,-300", "exclusion-too-weak"),
        ("Scoring", "", "", "blanks"),
        ("Examples", ",72,", ",80,", "example-fails"),
    ],
)
def test_the_findings_shown_are_those_of_the_original_model_with_one_mistake(file, before, after, code, tmp_path):
    (shown,) = re.findall(rf"^ +\w+: (.+) \[{code}\]$", readme(), flags=re.MULTILINE)
    shutil.copytree(CONFIGS / "original", tmp_path, dirs_exist_ok=True)
    write_csv(tmp_path / "Examples.csv", example("### Examples"))
    path = tmp_path / f"{file}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    issues = check_model(CheckJob(tmp_path, CONFIGS.parent / "sample_data" / "leads.xlsx", str(AS_OF))).issues

    assert shown in [f"{issue.place}: {issue.problem}; {issue.advice}" for issue in issues if issue.code == code]


def test_the_examples_shown_hold_for_the_original_model(tmp_path):
    shutil.copytree(CONFIGS / "original", tmp_path, dirs_exist_ok=True)
    write_csv(tmp_path / "Examples.csv", example("### Examples"))

    assert check_model(CheckJob(tmp_path)).issues == ()


def test_the_cases_shown_as_understood_are_those_of_the_sample(cli):
    told = cli("check", CONFIGS / "original", CONFIGS.parent / "sample_data" / "leads.xlsx").stdout
    section = readme().split("**Understood as.**")[1].split("**In Excel.**")[0]

    shown = re.findall(r"^    ( *\S.*)$", section, flags=re.MULTILINE)
    assert len(shown) > 5
    assert [line for line in shown if f"  {line}\n" not in told] == []


def example(heading, number=0):
    """A table of a section as the rows of a sheet, headings first; number counts from the first."""
    section = re.split(r"^#+ ", readme().split(f"{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    lines = re.findall(r"(?:^\|.*\n)+", section, flags=re.MULTILINE)[number].splitlines()
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in (lines[0], *lines[2:])]


def test_the_sheets_shown_do_together_what_is_said_of_each(tmp_path):
    scoring = [[*row, "fit"] for row in example("### Segments", 2)]
    scoring[0][-1] = "Score"
    scoring += [["Visits", "engagement", "Visits", ">=", "5", "10", "", "engagement"]]
    scoring += [["Size", "potential", "Headcount", "is not blank", "", "90", "", "fit"]]
    scoring += [["Course", "potential", "Headcount", "is not blank", "", "7", "", "training"]]
    write_csv(tmp_path / "Scoring.csv", scoring)
    customers = ["Customer", "Job title", "has word", "customer"]
    write_csv(tmp_path / "Segments.csv", [*example("### Segments", 1), customers])
    write_csv(tmp_path / "Matrix.csv", example("### Matrix"))
    write_csv(tmp_path / "Overrides.csv", example("### Overrides", 1))
    scores, fit, training = example("### Scores", 1)
    write_csv(tmp_path / "Scores.csv", [scores, fit, training, ["engagement", "sum", "", "1", "", ""]])
    bands = [["fit", "A", "100"], ["fit", "B", "10"], ["fit", "C", ""], ["", "Hot", "200"], ["", "Cold", ""]]
    bands += [["engagement", "1", "20"], ["engagement", "2", "10"], ["engagement", "3", ""]]
    write_csv(tmp_path / "Bands.csv", [["Score", "Band", "From"], *bands])
    leads = pd.DataFrame(
        {
            "Id": ["L-0001", "L-0042", "L-0043"],
            "E-mail": ["a@ondelune-fictif.fr", "b@ondelune-fictif.fr", "zoe@ondelune-fictif.fr"],
            "Country": ["France", "Italy", "France"],
            "Headcount": ["1 200", "1 200", "40"],
            "Job title": ["Customer", "Buyer", "Buyer"],
            "Budget": ["60 000", "60 000", "60 000"],
            "Visits": ["7", "0", "0"],
        }
    )

    results = score_leads(leads, load_model(tmp_path), as_of=AS_OF).table

    assert results["contribution: fit: Big account"].tolist() == [20, 0, 0]
    assert results["contribution: fit: Budget"].tolist() == [20, 0, 0]
    assert (results["matrix"].iloc[0], results["action"].iloc[0]) == ("A2", "Call this week")
    assert results["fit"].tolist() == [130, 60, 60]
    assert results["training"].fillna(-1).tolist() == [7, -1, -1]
    assert results["score"].tolist() == [140, 80, 60]
    assert results["band"].tolist() == ["Cold", "Cold", "Hot"]
    assert results["machine_score"].tolist()[1:] == [60, 60]


def test_every_template_is_named():
    assert [ticked(row[0])[0] for row in table("Templates to start from")] == list(TEMPLATES)


def test_every_model_of_the_folder_is_named_and_there_as_workbook_and_as_csv():
    folders = {path.parent.name for path in CONFIGS.glob("*/Scoring.csv")}
    named = [ticked(row[0]) for row in table("The models in this folder")]

    assert folders == {path.stem for path in CONFIGS.glob("*.xlsx")}
    assert sorted(named) == sorted([f"{name}.xlsx", f"{name}/"] for name in folders)


def test_every_link_inside_the_page_leads_somewhere():
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", readme(), flags=re.MULTILINE)}

    assert set(re.findall(r"\]\(#([^)]+)\)", readme())) <= headings


@pytest.mark.parametrize(
    ("row", "operator", "field", "cell"),
    [
        ("One value", "is", "email_type", "zoe@ondelune-fictif.fr"),
        ("Several", "is", "Country", "BE"),
        ("A range, both ends in", "between", "Answer", "20"),
        ("A range, upper end out", "between", "Answer", "19,9"),
        ("A number", ">=", "Answer", "50 000 €"),
        ("A share", ">=", "Answer", "0.5"),
        ("A date", "is", "Answer", "31/03/2026"),
        ("Yes or no", "is", "Answer", "Y"),
        ("Yes or no", "is", "email_is_role", "contact@ondelune-fictif.fr"),
        ("A country", "is", "Country", "Belgium"),
        ("A whole list", "contains", "Answer", "Our founder"),
    ],
)
def test_what_may_be_written_in_value_is_understood(row, operator, field, cell, tmp_path):
    (value,) = [ticked(cells[1])[0] for cells in table("What you can write in Value") if cells[0] == row]
    source = {"email_type": "E-mail", "email_is_role": "E-mail"}.get(field, field)
    write_csv(
        tmp_path / "Scoring.csv",
        [["Criterion", "Field", "Operator", "Value", "Points"], ["Question", field, operator, value, "1"]],
    )
    write_csv(tmp_path / "Lists.csv", [["Job words"], ["CEO"], ["founder"]])

    scores = score_leads(pd.DataFrame({source: [cell]}), load_model(tmp_path), as_of=AS_OF).table["score"]

    assert scores.tolist() == [1]


def test_the_number_checked_is_the_phone_or_else_a_good_mobile(tmp_path):
    assert "The *phone*, if it is good; else the *mobile*, if that one is." in readme()
    scoring = [["Criterion", "Field", "Operator", "Value", "Points"], ["Phone", "phone_validity", "is", "ok", "1"]]
    write_csv(tmp_path / "Scoring.csv", scoring)
    leads = pd.DataFrame({"Phone": ["", "+33 1 99", "+33 1 99"], "Mobile": [*["+33 6 47 31 82 95"] * 2, ""]})

    assert score_leads(leads, load_model(tmp_path), as_of=AS_OF).table["score"].tolist() == [1, 1, 0]
