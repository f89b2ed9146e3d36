"""The vocabulary: every name in both languages, in any spelling, and no two names alike."""

from itertools import combinations

import pytest

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.model.operators import FAMILIES, SEGMENT_OPERATORS
from leadscore.model.other_sheets import BANDS, FIELDS, SCORES
from leadscore.model.overrides_sheet import OVERRIDES
from leadscore.model.parse import MODEL_SHEETS, RESULT_SHEETS, is_model_sheet, is_result_sheet
from leadscore.model.scoring_sheet import KNOWN
from leadscore.model.segments_sheet import SEGMENTS
from leadscore.model.settings_sheet import _SETTINGS, SETTINGS
from leadscore.model.vocabulary import LANGUAGES, _groups, vocabulary
from leadscore.plan.ours import RESULT_COLUMNS
from leadscore.scoring.operators import OPERATORS
from tests.model.sheets import HEADINGS, model_of, one_case

GROUPS = sorted(_groups())
# Names that are looked up together: a whole group, or those of one sheet's headings.
TABLES = {
    **{group: vocabulary(group) for group in GROUPS if group != "headings"},
    **{
        f"headings of {sheet}": vocabulary("headings").only(known)
        for sheet, known in {
            "Scoring": KNOWN,
            "Settings": SETTINGS.known,
            "Scores": SCORES.known,
            "Bands": BANDS.known,
            "Fields": FIELDS.known,
            "Segments": SEGMENTS.known,
            "Overrides": OVERRIDES.known,
        }.items()
    },
}
SPELLINGS = [
    (group, name, spelling)
    for group, words in TABLES.items()
    for name, languages in words.names.items()
    for spelling in dict.fromkeys((*languages["en"], *languages["fr"]))
]
VALUES = {
    "between": "1..2",
    ">": 1,
    ">=": 1,
    "<": 1,
    "<=": 1,
    "matches": "x",
    "in list": "Rivals",
    "not in list": "Rivals",
}
VALUES |= dict.fromkeys(("within days", "older than days", "in next days"), 7)
OPERATOR_SPELLINGS = [
    (name, spelling) for group, name, spelling in SPELLINGS if group == "operators" and name in FAMILIES
]


@pytest.mark.parametrize("group", TABLES)
def test_no_two_names_that_are_looked_up_together_have_a_spelling_in_common(group):
    words = TABLES[group]
    keys = {name: set(words.only([name])._keys) for name in words.names}
    assert [(one, other) for one, other in combinations(keys, 2) if keys[one] & keys[other]] == []


@pytest.mark.parametrize("group", GROUPS)
def test_every_name_has_a_spelling_in_both_languages(group):
    names = vocabulary(group).names
    assert [
        name for name, said in names.items() if set(said) != set(LANGUAGES) or not all(map(any, said.values()))
    ] == []


@pytest.mark.parametrize(("group", "name", "spelling"), SPELLINGS)
def test_a_spelling_is_found_in_any_case_with_or_without_accents_and_spaces(group, name, spelling):
    plain = spelling.translate(str.maketrans("éèêàâîôûçÉ", "eeeaaioucE"))
    written = (spelling, spelling.upper(), spelling.title(), f"\u00a0{plain} ", spelling.replace("'", "’"))
    assert {TABLES[group].find(text) for text in written} == {name}


@pytest.mark.parametrize(
    ("sheet", "text", "name"),
    [
        ("headings of Scoring", "CRITÈRES", "criterion"),
        ("headings of Scoring", "criteres", "criterion"),
        ("headings of Scoring", "Criteria", "criterion"),
        ("headings of Scoring", "Fields", "field"),
        ("headings of Scoring", "Type", "kind"),
        ("headings of Fields", "Type", "type"),
        ("headings of Scoring", "Point", "points"),
        ("headings of Scoring", "Points (–1000 à 100)", "points"),
        ("headings of Scoring", "Jusqu’au", "until"),
        ("headings of Fields", "valeur vide", "blank_values"),
        ("headings of Fields", "Values blank", ""),
        ("headings of Scores", "In Total", "in_total"),
        ("sheets", "reglage", "settings"),
        ("sheets", "CHAMP", "fields"),
        ("sheets", "List", "lists"),
        ("sheets", "Niveaux", "bands"),
        ("kinds", "Potentiels", "potential"),
        ("kinds", "QUALITE", "quality"),
        ("keywords", "Ignorer", "skip"),
        ("operators", "Contain", "contains"),
        ("operators", "Doesn’t contain", "does not contain"),
        ("operators", "n’est pas", "is not"),
        ("operators", "N'EST PAS VIDE", "is not blank"),
        ("operators", "≠", "is not"),
        ("operators", "> =", ">="),
        ("operators", "＝", "is"),
        ("operators", "depuis moins de jours", ""),
        ("operators", "", ""),
    ],
)
def test_singular_plural_and_typographic_variants(sheet, text, name):
    assert TABLES[sheet].find(text) == name


@pytest.mark.parametrize(("name", "spelling"), OPERATOR_SPELLINGS)
def test_every_spelling_of_an_operator_is_read_as_that_operator(name, spelling):
    value = VALUES.get(name, "" if "blank" in name or name == "otherwise" else "x")
    segments = [["Segment", "Field", "Operator", "Value"], ["x", "Budget", "is", "1"]]
    field = "" if name in SEGMENT_OPERATORS else "Budget"
    case = one_case(spelling, value, field=field, Lists=[["Rivals"], ["acme.fr"]], Segments=segments)
    assert case.operator == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_of_all_canonical_words_of_a_language(language):
    headings = [vocabulary("headings").say(name, language) for name in KNOWN if name not in ("segment", "comment")]
    rows = [
        [f"{kind} {policy}", kind, "1", "Budget", vocabulary("operators").say("is", language), "x", 1, "", policy]
        for kind in (vocabulary("kinds").say(name, language) for name in vocabulary("kinds").names)
        for policy in (vocabulary("policies").say(name, language) for name in vocabulary("policies").names)
    ]
    model = model_of(*rows, headings=headings)
    said = [(criterion.kind.value, criterion.policy.value) for criterion in model.criteria]
    assert said == [(kind, policy) for kind in vocabulary("kinds").names for policy in vocabulary("policies").names]
    assert model.language == language


def test_every_operator_has_a_family_a_test_and_a_name():
    assert set(FAMILIES) == set(OPERATORS) == set(vocabulary("operators").names)


def test_every_column_we_write_has_its_names():
    assert set(ENRICHMENT_COLUMNS) | set(RESULT_COLUMNS) | {"contribution"} <= set(vocabulary("columns").names)


def test_every_verdict_and_type_that_enrichment_writes_has_its_names():
    columns = [column for name, column in ENRICHMENT_COLUMNS.items() if not name.endswith("_reason")]
    words = {word for column in columns for word in column.words}
    assert words <= set(vocabulary("words").names)


def test_every_setting_is_read_and_every_sheet_is_known():
    assert set(_SETTINGS) == set(vocabulary("settings").names)
    assert {*MODEL_SHEETS, *RESULT_SHEETS, "source", "activities"} == set(vocabulary("sheets").names)


@pytest.mark.parametrize(
    ("name", "is_model", "is_result"),
    [
        ("Scoring", True, False),
        ("barème", True, False),
        ("Résultats", False, True),
        ("Leads", False, False),
        ("", False, False),
    ],
)
def test_whose_a_sheet_is(name, is_model, is_result):
    assert (is_model_sheet(name), is_result_sheet(name)) == (is_model, is_result)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Operater", "Operator"),
        ("Oprateur", "Opérateur"),
        ("Weigth", "Weight"),
        ("Weight", ""),
        ("Valeur", ""),
        ("Minus", ""),
        ("Min2", ""),
        ("Prix", ""),
    ],
)
def test_a_near_miss_is_one_letter_off_and_five_letters_long(text, near):
    assert vocabulary("headings").only(KNOWN).near(text) == near


def test_hints_prefer_the_language_of_the_model():
    kinds = vocabulary("kinds")
    assert [kinds.closest("potentil", language) for language in LANGUAGES] == ["potential", "potentiel"]
    assert [kinds.all_said(language)[:21] for language in LANGUAGES] == [
        "exclusion, potential,",
        "exclusion, potentiel,",
    ]
    assert vocabulary("policies").say("no such name", "fr") == "no such name"


def test_the_headings_of_this_file_are_those_we_write():
    assert [vocabulary("headings").say(name, "en") for name in KNOWN[:7]] == HEADINGS
