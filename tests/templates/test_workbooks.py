"""What init writes: the model of the CSV folder, in a form that is pleasant to edit."""

import io
import shutil
import warnings
from functools import cache

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.model.templates import heading_note, template_sheets
from leadscore.model.vocabulary import vocabulary
from leadscore.pipeline.files import read_model

STRICT = {"kind", "policy", "method", "type", "stage"}
ALONE = {"en": {"Best possible": 100.0}, "fr": {"Maximum possible": 100.0}}
BEST = {
    **{(name, language): ALONE[language] for name in ("simple", "bant", "b2c") for language in ("en", "fr")},
    ("fit-engagement", "en"): {
        "Best possible: fit": 52.0,
        "Best possible: engagement": 131.0,
        "Best possible: total": 183.0,
    },
    ("fit-engagement", "fr"): {
        "Maximum possible : adéquation": 52.0,
        "Maximum possible : engagement": 131.0,
        "Maximum possible : total": 183.0,
    },
    ("product-lines", "en"): {
        "Best possible: Payroll": 100.0,
        "Best possible: Time clocks": 100.0,
        "Best possible: Training": 100.0,
        "Best possible: total": 300.0,
    },
    ("product-lines", "fr"): {
        "Maximum possible : Paie": 100.0,
        "Maximum possible : Pointeuses": 100.0,
        "Maximum possible : Formation": 100.0,
        "Maximum possible : total": 300.0,
    },
}


@pytest.fixture(scope="module")
def paths(templates, tmp_path_factory):
    """What init writes of each template; each is written once, and no test changes it."""
    folder = tmp_path_factory.mktemp("written")
    return cache(lambda name, language: templates.write(folder / f"{name}-{language}", name, language))


@pytest.fixture(scope="module")
def books(paths):
    return cache(lambda name, language: opened(paths(name, language)))


@pytest.fixture
def path(paths, template):
    return paths(template.name, template.language)


@pytest.fixture
def book(books, template):
    return books(template.name, template.language)


def opened(path):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* extension is not supported")
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def canonical(name):
    return vocabulary("headings").find(name)


def sheet_named(book, name):
    return next((sheet for sheet in book if vocabulary("sheets").find(sheet.title) == name), None)


def columns_of(book):
    """(sheet, canonical heading, heading cell) of every column that the model reads by its heading."""
    for name in ("scoring", "scores", "behaviours", "bands", "segments", "settings", "fields", "overrides"):
        if sheet := sheet_named(book, name):
            (headings, *_) = sheet[next(iter(sheet.tables.values())).ref]
            for cell in headings:
                yield name, canonical(cell.value), cell


def rules_of(cell):
    """The validations of the cell below a heading."""
    below = cell.offset(row=1).coordinate
    return [rule for rule in cell.parent.data_validations.dataValidation if below in rule.sqref]


def drop_downs(book):
    """(sheet, heading) -> the rule of its list."""
    return {
        (name, heading): rule
        for name, heading, cell in columns_of(book)
        for rule in rules_of(cell)
        if rule.type == "list"
    }


def test_it_is_the_model_of_its_csv_folder(path, template, templates):
    assert templates.parsed(path).hash == template.model.hash
    model, issues = read_model(path)
    assert (model.hash, issues) == (template.model.hash, ())


def test_check_says_ok_and_finds_no_doubt_with_the_leads_either(path, template, templates, cli):
    for model in (path, templates.folder(template.name, template.language)):
        told = cli("check", model)
        assert (told.exit_code, told.stdout.strip()) == (0, "ok"), told.stderr
    told = cli("check", path, path, "--as-of", templates.as_of.isoformat())
    assert told.exit_code == 0
    assert "0 warnings" in told.stderr + told.stdout


def test_score_takes_the_workbook_as_it_is(path, cli, tmp_path):
    copy = shutil.copy(path, tmp_path / "leads.xlsx")

    assert cli("score", copy).exit_code == 0
    assert (tmp_path / "leads-scored.xlsx").exists()


def test_the_french_twin_has_the_same_sheets(template):
    names = {
        language: [vocabulary("sheets").find(name) for name in template_sheets(template.name, language)]
        for language in ("en", "fr")
    }

    assert names["en"] == names["fr"]
    assert names["en"][:2] == ["source", "scoring"]


def test_every_heading_has_help_with_an_example(template):
    for name, rows in template.rows.items():
        for heading in rows[0]:
            note = heading_note(name, heading, template.language)
            assert ("Exemple" if template.language == "fr" else "Example") in note, (name, heading)


def test_the_help_stands_on_the_headings(book, template):
    for name, rows in template.rows.items():
        shown = [cell.comment.text for cell in book[name][1][: len(rows[0])]]
        assert shown == [heading_note(name, heading, template.language) for heading in rows[0]], name


def test_closed_lists_refuse_and_the_others_ask(book, template):
    rules = drop_downs(book)

    assert {("scoring", "kind"), ("scoring", "operator"), ("scoring", "field"), ("settings", "setting")} <= set(rules)
    for (name, heading), rule in rules.items():
        is_free = heading == "value" or (name, heading) == ("segments", "segment")
        assert bool(rule.showErrorMessage) != is_free, (name, heading)
        assert (rule.errorStyle in (None, "stop")) == (heading in STRICT), (name, heading)
    assert (("scores", "method") in rules) == (("scoring", "score") in rules) == (len(template.model.scores) > 1)
    assert (("scoring", "policy") in rules) == (template.name != "simple")


def test_drop_downs_offer_what_the_workbook_holds(path, book, template):
    rules = drop_downs(book)
    model = template.model
    segments, lists = [one.name for one in model.segments], [f"[{one.name}]" for one in model.lists]

    def offered(name, heading):
        column = book.defined_names[rules[name, heading].formula1].attr_text.split("!")[1].split("$")[1]
        cells = CalamineWorkbook.from_path(path).get_sheet_by_name("_choices").to_python()
        return [row[ord(column) - ord("A")] for row in cells if row[ord(column) - ord("A")]]

    made = [vocabulary("columns").say(name, template.language) for name in ENRICHMENT_COLUMNS]
    assert offered("scoring", "field") == [*made, *template.rows["Source"][0]]
    assert [("scoring", "value") in rules, bool(segments)] == [bool(lists), ("segments", "field") in rules]
    if lists:
        assert offered("scoring", "value") == [*lists, *segments]
    if segments:
        assert offered("segments", "field") == offered("scoring", "field")
    if len(model.scores) > 1:
        assert offered("scoring", "score") == [one.name for one in model.scores]
        assert offered("bands", "score") == ["total", *(one.name for one in model.scores)]
    for heading in ("segment", "cap_unless_segment"):
        if ("scores", heading) in rules:
            assert offered("scores", heading) == segments
    if model.behaviours:
        assert {("behaviours", "decay"), ("behaviours", "stage"), ("behaviours", "score")} <= set(rules)
        written = [row[0] for row in template.rows[sheet_named(book, "scores").title][1:] if not row[0].startswith("#")]
        assert offered("behaviours", "score") == written
    if ("behaviours", "product") in rules:
        (products,) = [one.entries for one in model.lists if vocabulary("placeholders").find(one.name) == "product"]
        assert offered("behaviours", "product")[1:] == list(products)


def test_excel_asks_about_points_that_are_neither_a_number_nor_skip(book):
    (cell,) = [cell for name, heading, cell in columns_of(book) if (name, heading) == ("scoring", "points")]
    (rule,) = rules_of(cell)
    below = cell.offset(row=1).coordinate

    assert (rule.type, rule.errorStyle) == ("custom", "warning")
    assert rule.formula1 == f'IF(ISNUMBER({below}),ABS({below})<10000,OR({below}="skip",{below}="ignorer"))'
    assert "skip" in rule.error or "ignorer" in rule.error


def test_what_excel_would_rewrite_is_kept_as_text(book):
    for name, heading, cell in columns_of(book):
        kept = cell.parent.column_dimensions[cell.column_letter].number_format == "@"
        assert kept == (heading in ("value", "activity", "band", "lead", "column", "blank_values")), (name, heading)
    for name in ("source", "activities", "examples", "lists", "matrix"):
        if sheet := sheet_named(book, name):
            assert {cell.number_format for row in sheet["A2:A3"] for cell in row} == {"@"}


def test_points_show_bars_on_a_scale_of_their_own(book, template):
    largest = max(case.points or 0 for criterion in template.model.criteria for case in criterion.cases)
    rules = [rule for area in book["Scoring"].conditional_formatting for rule in area.rules]
    limits = [[float(limit.val) for limit in rule.dataBar.cfvo] for rule in rules if rule.type == "dataBar"]

    assert limits == [[-largest, largest]]


def test_the_best_possible_score_stands_beside_the_table(book, path, template):
    headings, *_ = CalamineWorkbook.from_path(path).get_sheet_by_name("Scoring").to_python()
    beside = headings[len(template.rows["Scoring"][0]) + 1 :]

    assert dict(zip(beside[::2], beside[1::2], strict=True)) == BEST[template.name, template.language]
    assert book["Scoring"].freeze_panes == "A2"
