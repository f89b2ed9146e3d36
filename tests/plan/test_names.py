"""What a field name in the model means: a mapping, an enrichment column, a synonym, a heading as written."""

import pytest

from leadscore.model.model import FieldMapping
from leadscore.plan.names import FieldSource, Names

HEADINGS = (
    "Lead ID",
    "E-mail",
    "Téléphone",
    "Téléphone 2",
    "Mobile",
    "Montant",
    "Pays",
    "Favourite colour",
    "Perso",
    "日本",
)


def names(*mappings, headings=HEADINGS):
    return Names.of(headings, tuple(FieldMapping(**mapping) for mapping in mappings))


@pytest.mark.parametrize(
    ("text", "name", "columns"),
    [
        ("E-mail", "email", ("E-mail",)),
        ("email", "email", ("E-mail",)),
        ("Courriel", "email", ("E-mail",)),
        ("budget", "budget", ("Montant",)),
        ("Budget", "budget", ("Montant",)),
        ("Montant", "Montant", ("Montant",)),
        ("amount", "budget", ("Montant",)),
        ("phone", "phone", ("Téléphone", "Téléphone 2")),
        ("Phone number", "phone", ("Téléphone", "Téléphone 2")),
        ("Téléphone 2", "Téléphone 2", ("Téléphone 2",)),
        ("telephone 2", "Téléphone 2", ("Téléphone 2",)),
        ("mobile", "mobile", ("Mobile",)),
        ("Portable", "mobile", ("Mobile",)),
        ("favourite COLOUR", "Favourite colour", ("Favourite colour",)),
        ("日本", "日本", ("日本",)),
    ],
)
def test_synonyms_and_headings(text, name, columns):
    source = names().source_of(text)
    assert (source.name, source.columns, source.is_made) == (name, columns, False)
    assert source.asked_of == columns[0]


def test_names_in_other_scripts_are_told_apart():
    cyrillic = Names.of(["Имя (клиента)", "Страна 2", "Город 2"], ())
    assert [cyrillic.heading(text) for text in ("имя клиента", "СТРАНА-2", "город 2", "Улица 2")] == [
        "Имя (клиента)",
        "Страна 2",
        "Город 2",
        "",
    ]


@pytest.mark.parametrize("text", ["Company", "shoe size", "emial", "Téléphone 3 x", "fax"])
def test_what_means_nothing_here(text):
    assert names().source_of(text) is None


@pytest.mark.parametrize(
    ("text", "name", "asked_of"),
    [
        ("email_validity", "email_validity", "E-mail"),
        ("validite_email", "email_validity", "E-mail"),
        ("Phone country", "phone_country", "Téléphone"),
        ("PAYS_TELEPHONE", "phone_country", "Téléphone"),
        ("domaine email", "email_domain", "E-mail"),
    ],
)
def test_enrichment_columns_in_both_languages(text, name, asked_of):
    source = names().source_of(text)
    assert (source.name, source.is_made, source.columns, source.asked_of) == (name, True, (), asked_of)


def test_an_enrichment_column_comes_before_a_heading_of_that_name():
    assert names(headings=("E-mail", "email_type")).source_of("email_type").is_made


def test_an_enrichment_column_without_its_source_asks_for_the_field():
    assert names(headings=("Pays",)).source_of("email_validity").asked_of == "email"


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("phone_country_matches", "phone"),
        ("time_zone", "phone"),
        ("best_call_window", "phone"),
        ("country_iso2", "country"),
        ("country_reason", "country"),
        ("country_consistent", "country"),
        ("department_code", "postcode"),
        ("email_name_match", "email"),
        ("email_suggestion", "email"),
        ("domain_match", "website"),
        ("company_name", "company"),
        ("account_key", "company"),
        ("is_decision_maker", "job_title"),
        ("siret_validity", "siren"),
        ("civility_norm", "civility"),
        ("contactability", "email"),
    ],
)
def test_an_enrichment_column_asks_for_the_field_that_a_person_fills_in(column, field):
    assert names(headings=("Favourite colour",)).source_of(column).asked_of == field


def test_what_a_phone_says_is_asked_of_the_mobile_where_there_is_no_phone():
    assert names(headings=("Mobile",)).source_of("phone_validity").asked_of == "Mobile"
    assert names(headings=("Mobile", "Phone")).source_of("phone_validity").asked_of == "Phone"


def test_closed_columns_know_their_words():
    assert {"ok", "fail", "unknown"} <= set(names().source_of("phone_validity").words)
    assert names().source_of("email_domain").words == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pays", "country"),
        ("country", "country"),
        ("phone_country", "country"),
        ("phone_type", "text"),
        ("Montant", "text"),
    ],
)
def test_types_that_come_with_the_vocabulary(text, kind):
    assert names().source_of(text).type == kind


def test_a_mapping_comes_first():
    mapped = names({"field": "email", "column": "Perso", "type": "text", "blank_values": ("n/a", "-")})
    wanted = FieldSource("email", ("Perso",), blank_values=("n/a", "-"), asked_of="Perso")
    assert mapped.source_of("email") == wanted
    assert mapped.columns_of("email") == ("Perso",)
    assert mapped.source_of("Courriel") == wanted
    assert mapped.source_of("email_validity").asked_of == "Perso"
    assert mapped.source_of("E-mail") == wanted, "the name that is mapped, however it is written"


def test_a_heading_that_is_no_mapped_name_stays_that_column():
    mapped = names({"field": "phone", "column": "Perso"})
    assert mapped.source_of("Téléphone").columns == ("Téléphone",)
    assert mapped.source_of("Phone number").columns == ("Perso",)


def test_a_mapping_even_of_the_name_of_an_enrichment_column():
    source = names({"field": "email_validity", "column": "Perso"}).source_of("email_validity")
    assert (source.is_made, source.columns) == (False, ("Perso",))


@pytest.mark.parametrize("field", ["phone", "Phone", "Téléphone mobile", "Portable", "mobile"])
def test_a_mapping_by_any_name_of_its_field(field):
    name = "phone" if field.casefold() == "phone" else "mobile"
    assert names({"field": field, "column": "Perso"}).columns_of(name) == ("Perso",)


def test_a_column_mapped_to_one_field_fills_no_other():
    mapped = names({"field": "mobile", "column": "Téléphone 2"})
    assert mapped.columns_of("phone") == ("Téléphone",)
    assert mapped.columns_of("mobile") == ("Téléphone 2",)


def test_a_mapping_of_a_field_that_is_no_one_s():
    source = names({"field": "wealth", "column": "montant", "type": "number"}).source_of("Wealth")
    assert (source.name, source.columns, source.type) == ("wealth", ("Montant",), "number")


def test_a_mapping_to_no_column_gives_type_and_blank_values():
    described = {"type": "number", "blank_values": ("0",)}
    for field in ("budget", "Montant", "Budget estimé"):
        source = names({"field": field, **described}).source_of("budget")
        assert (source.columns, source.type, source.blank_values) == (("Montant",), "number", ("0",))
    heading = names({"field": "favourite colour", **described}).source_of("Favourite colour")
    assert (heading.type, heading.blank_values) == ("number", ("0",))
    assert names({"field": "budget", **described}).source_of("Montant").type == "number"


def test_a_mapping_of_a_numbered_heading_says_nothing_of_the_field():
    mapped = names({"field": "Téléphone 2", "blank_values": ("0",)})
    assert mapped.source_of("Téléphone 2").blank_values == ("0",)
    assert mapped.source_of("phone").blank_values == ()


def test_a_mapping_to_a_column_that_is_not_there():
    mapped = names({"field": "email", "column": "Mel"})
    assert mapped.source_of("email") is None
    assert mapped.columns_of("email") == ()


def test_without_a_sheet_every_name_may_exist():
    nowhere = Names.of(None, (FieldMapping(field="email", column="Mel"),))
    assert nowhere.source_of("email").columns == ("Mel",)
    assert nowhere.source_of("Anything").columns == ("Anything",)
    assert nowhere.source_of("phone_type").is_made


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Favorite color", 'did you mean "Favourite colour"?'),
        ("emial_validity", 'did you mean "email_validity"?'),
        ("Motant", 'did you mean "Montant"?'),
        ("bugdet", 'did you mean "budget"?'),
        ("xyz", f"columns of the sheet: {', '.join(HEADINGS)}"),
    ],
)
def test_hints(text, hint):
    assert names().hint(text) == hint


def test_a_hint_lists_a_dozen_headings_at_most():
    headings = tuple(f"Q{number}" for number in range(14))
    assert names(headings=headings).hint("zzz") == f"columns of the sheet: {', '.join(headings[:12])}, …"
    assert names(headings=()).hint("zzz") == "columns of the sheet: "
