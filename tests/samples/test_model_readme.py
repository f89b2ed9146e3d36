"""configs/README.md, compared both ways with the tables of the code, and its examples run."""

import csv
import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from leadscore import load_model, score_leads
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.errors import ModelError
from leadscore.model.operators import FAMILIES
from leadscore.model.other_sheets import BANDS, FIELDS, SCORES
from leadscore.model.parse import LATER_SHEETS, MODEL_SHEETS
from leadscore.model.scoring_sheet import KNOWN
from leadscore.model.settings_sheet import SETTINGS
from leadscore.model.vocabulary import LANGUAGES, vocabulary

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
    row = table(OPERATOR_SECTIONS[language])[list(FAMILIES).index(name)]
    heading = {"en": "Criterion,Field,Operator,Value,Points", "fr": "Critère,Champ,Opérateur,Valeur,Points"}[language]
    write_csv(
        tmp_path / "Scoring.csv", [heading.split(","), ["Question", "Answer", ticked(row[0])[0], plain(row[1]), "1"]]
    )
    write_csv(tmp_path / "Lists.csv", [["Competitors", "Concurrents"], ["competitor-one.com", "concurrent-un.fr"]])
    leads = pd.DataFrame({"Lead": ["1", "2"], "Answer": [plain(row[2]), plain(row[3])]})

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
    ("heading", "names"), [("Scores", SCORES.known), ("Bands", BANDS.known), ("Fields", FIELDS.known)]
)
def test_every_heading_of_a_sheet_is_listed(heading, names):
    assert [row[0] for row in table(heading)] == said("headings", names)


def test_every_heading_of_scoring_and_settings_is_listed():
    assert [row[0] for row in table("The seven columns")] == said("headings", SEVEN)
    assert [row[0] for row in table("The other columns of Scoring")] == said("headings", KNOWN[len(SEVEN) :])
    assert all(f"*{name}*" in readme() or f"**{name}**" in readme() for name in said("headings", SETTINGS.known))


def test_every_setting_that_comes_later_is_said_to():
    (later,) = re.findall(r"^The settings (.+) are kept for later versions", readme(), flags=re.MULTILINE)

    assert re.findall(r"\*([^*]+)\*", later) == said("later_settings", vocabulary("later_settings").names)


def test_every_sheet_is_described_or_said_to_come_later():
    described = {name for name in MODEL_SHEETS if name not in LATER_SHEETS} - {"scoring"}
    headings = set(re.findall(r"^### (.+)$", readme(), flags=re.MULTILINE))
    later = readme().split("### Journal")[1].split("kept for later versions")[0]

    assert headings == set(said("sheets", described))
    assert set(re.findall(r"\*(\w+)\*", later)) == set(said("sheets", LATER_SHEETS))


def test_an_operator_that_comes_later_is_said_to():
    later = readme().split("### Journal")[1].split("kept for later versions")[0]
    words = tomllib.loads(files("leadscore.model").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    operators = {**words["operators"], **words.get("later_operators", {})}

    expected = [
        names[language][0] for name, names in operators.items() if name not in FAMILIES for language in LANGUAGES
    ]
    assert ticked(later) == expected


def test_every_reserved_list_is_named():
    assert ticked(readme().split("Four names are special.")[1].split("A minus")[0]) == said(
        "lists", vocabulary("lists").names
    )


def test_every_name_is_listed_in_both_languages():
    sheets = [name for name in vocabulary("sheets").names if name in MODEL_SHEETS and name not in LATER_SHEETS]
    headings = dict.fromkeys((*KNOWN, *SETTINGS.known, *FIELDS.known, *SCORES.known, *BANDS.known))
    groups = {"sheets": sheets, "headings": headings}
    groups |= {
        group: vocabulary(group).names
        for group in ("settings", "kinds", "policies", "methods", "types", "keywords", "lists")
    }
    expected = []
    for group, names in groups.items():
        expected.append([f"*{group.capitalize()}*", ""])
        order = [name for name in vocabulary(group).names if name in names]
        expected += [[", ".join(vocabulary(group).names[name][language]) for language in LANGUAGES] for name in order]

    assert table("Everything in French") == expected


def test_the_worked_example_is_what_the_original_model_gives():
    leads = pd.DataFrame({"E-mail": ["zoe.ondelune@gmail.com"], "Phone": ["+33 1 99 00 12 34"], "Budget": ["12-15 k€"]})

    result = score_leads(leads, load_model(CONFIGS / "original"), as_of=AS_OF).table.iloc[0]

    assert (result["score"], f"    {result['reasons']}\n" in readme()) == (72, True)
    assert "score: **72**" in readme()


def test_the_error_shown_is_the_one_that_is_told(tmp_path):
    rows = [["Criterion", "Kind", "Weight", "Field", "Operator", "Value", "Points"]]
    write_csv(tmp_path / "Scoring.csv", [*rows, ["Phone country", "", "", "phone_country", "is", "FR, BE, CH", "100"]])

    # Without a sheet of leads, as `leadscore check model.xlsx` does.
    shown = re.search(r"^    error: (.+) \[(.+)\]$", readme(), flags=re.MULTILINE)
    with pytest.raises(ModelError) as told:
        score_leads(pd.DataFrame({"Phone": [""]}), load_model(tmp_path), as_of=AS_OF)

    (issue,) = told.value.issues
    assert (shown[1], shown[2]) == (f"{issue.place}: {issue.problem}; {issue.advice}", issue.code)


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
