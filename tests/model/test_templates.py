"""The models to start from: right, the same in both languages, and never written over something."""

import pytest

from leadscore.errors import OutputError, UsageError
from leadscore.model.model import Kind
from leadscore.model.parse import is_model_sheet, parse_model
from leadscore.model.templates import TEMPLATES, heading_note, template_sheets
from leadscore.model.vocabulary import LANGUAGES, vocabulary
from leadscore.pipeline.files import read_leads
from leadscore.pipeline.init import write_starter
from leadscore.pipeline.line import score_leads
from leadscore.plan.plan import make_plan
from leadscore.sheets.model_files import read_grids
from tests.model.sheets import AS_OF, grids_of

NAMES = {"en": "leads.xlsx", "fr": "prospects.xlsx"}


@pytest.fixture(scope="module")
def starters(tmp_path_factory):
    folder = tmp_path_factory.mktemp("init")
    return {language: write_starter(folder / "new", "simple", language) for language in LANGUAGES}


def parsed(path):
    return parse_model(read_grids(path, is_model_sheet))


def test_a_starter_is_right(starters):
    for language, path in starters.items():
        model, issues = parsed(path)
        plan = make_plan(model, read_leads(path, None, model.settings).leads, AS_OF)
        assert (path.name, model.language, issues, plan.issues) == (NAMES[language], language, (), ())


def test_a_starter_that_libreoffice_saved_is_the_same_model(starters, converted):
    for (language, path), saved in zip(starters.items(), converted(list(starters.values()), "xlsx"), strict=True):
        model, issues = parsed(saved)
        assert (model.hash, issues) == (parsed(path)[0].hash, ()), language


def test_a_starter_says_what_the_template_says(starters):
    for language, path in starters.items():
        sheets = {name: rows for name, rows in template_sheets("simple", language).items() if is_model_sheet(name)}
        model, issues = parse_model(grids_of(sheets))
        assert (model.hash, issues) == (parsed(path)[0].hash, ())


def meaning(path):
    """What a model asks, whatever the language of its words."""
    model = parsed(path)[0]
    plan = make_plan(model, read_leads(path, None, model.settings).leads, AS_OF)
    asked = [(row.source.name, row.criterion.model_dump(exclude={"name", "field", "score"})) for row in plan.criteria]
    bands = [band.start for band in model.bands]
    lists = [row.name for row in model.lists if row.name in vocabulary("lists").names]
    return asked, bands, lists, model.settings.model_dump(), [score.model_dump() for score in model.scores]


def test_both_languages_ask_the_same(starters):
    assert meaning(starters["en"]) == meaning(starters["fr"])
    assert parsed(starters["en"])[0].hash != parsed(starters["fr"])[0].hash


def test_both_languages_score_the_same(starters):
    tables = []
    for path in starters.values():
        model = parsed(path)[0]
        tables.append(score_leads(read_leads(path, None, model.settings).leads, model, as_of=AS_OF).table)
    for column in ("score", "rank", "score_low", "score_high", "coverage"):
        assert tables[0][column].tolist() == pytest.approx(tables[1][column].tolist(), nan_ok=True)
    assert len(tables[0]) >= 6


def test_a_starter_excludes_some_and_keeps_some(starters):
    model = parsed(starters["en"])[0]
    table = score_leads(read_leads(starters["en"], None, model.settings).leads, model, as_of=AS_OF).table
    assert 0 < (table["excluded_by"] != "").sum() < len(table)
    assert {criterion.kind for criterion in model.criteria} == {Kind.EXCLUSION, Kind.POTENTIAL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starter_is_never_written_over_a_file(starters, language):
    path = starters[language]
    before = path.read_bytes()
    with pytest.raises(OutputError, match="exists already and is left as it is"):
        write_starter(path.parent, "simple", language)
    assert path.read_bytes() == before


def test_a_template_that_does_not_exist(tmp_path):
    with pytest.raises(UsageError, match='no template "b2b"; there are: simple'):
        write_starter(tmp_path / "new", "b2b", "en")
    with pytest.raises(KeyError):
        template_sheets("b2b", "en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_heading_of_the_model_has_help(template, language):
    for name, (headings, *_) in template_sheets(template, language).items():
        if is_model_sheet(name):
            assert [heading for heading in headings if not heading_note(name, heading, language)] == []
    assert heading_note("Scoring", "No heading of ours", language) == ""
