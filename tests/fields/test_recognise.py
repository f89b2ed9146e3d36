import random

import pytest

from leadscore.fields.recognise import columns_of_fields, field_names, field_of, vocabulary
from leadscore.values.folding import name_key

RECOGNISED = {
    "id": ["Id", "Lead ID", "Record ID", "Lead Number", "Identifiant", "id_prospect"],
    "email": ["E-mail", "EMAIL", "e mail", "Adresse e-mail", "Courriel", "Email 2", "Work Email", "E-mail (pro)"],
    "phone": [
        "Phone",
        "Tél.",
        "TELEPHONE",
        "N° de téléphone",
        "Téléphone fixe",
        "Tel 1",
        "Téléphone 2",
        "Office phone",
    ],
    "mobile": ["Mobile", "Mobile phone", "Portable", "Téléphone portable", "GSM", "Cell phone", "Mobile 2"],
    "first_name": ["First Name", "Prénom", "PRENOM", "firstname", "given_name"],
    "last_name": ["Last name", "Nom", "Nom de famille", "Surname"],
    "full_name": ["Name", "Nom complet", "Contact name", "Prénom et nom"],
    "job_title": ["Job Title", "Fonction", "Poste", "Intitulé du poste", "Title"],
    "company": ["Company", "Société", "Entreprise", "Raison sociale", "Account name"],
    "account": ["Account", "Account id", "account_key", "Clé de compte", "ID Compte", "Company ID"],
    "website": ["Website", "Site web", "URL", "Company domain name"],
    "country": ["Country", "Pays", "Country/Region", "code pays"],
    "postcode": ["Zip code", "Code postal", "CP", "ZIP"],
    "headcount": ["Employees", "Effectif", "Nombre de salariés", "Company size"],
    "revenue": ["Annual revenue", "CA", "Chiffre d’affaires"],
    "budget": ["Budget", "Montant", "Budget estimé"],
    "source": ["Lead Source", "Origine", "Canal"],
    "status": ["Status", "Statut", "Lifecycle stage"],
    "created_at": ["Created at", "Date de création", "Create Date", "Timestamp"],
    "recycled_at": ["Recycled at", "Recyclé le", "recycled", "Date de recyclage"],
    "last_activity_at": ["Last activity date", "Dernière activité"],
    "": [
        "",
        "2",
        "Favourite colour",
        "Phone 123",
        "Phone2mobile",
        "Emails sent",
        "phone_country",
        "Nom du chien",
        "日本",
    ],
}


@pytest.mark.parametrize(("field", "heading"), [(field, text) for field, texts in RECOGNISED.items() for text in texts])
def test_recognition(field, heading):
    assert field_of(heading) == field


def test_a_field_is_known_by_its_own_name_and_every_name_means_one_field():
    for field in vocabulary().values():
        assert field_of(field.name) == field.name
        assert {field_of(name) for name in field.names} == {field.name}


def test_no_heading_is_listed_for_two_fields():
    keys = [key for field in vocabulary().values() for key in {name_key(name) for name in field.names}]
    assert sorted(keys) == sorted(set(keys))
    assert list(field_names()) == list(vocabulary())
    assert {field.type for field in vocabulary().values()} == {"text", "country", "date"}


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Mobile", "Phone"], {"mobile": ("Mobile",), "phone": ("Phone",)}),
        (["Autre téléphone", "Tel", "Phone"], {"phone": ("Phone", "Tel", "Autre téléphone")}),
        (
            ["Téléphone 2", "Téléphone 10", "Téléphone", "Téléphone 1"],
            {"phone": ("Téléphone", "Téléphone 1", "Téléphone 2", "Téléphone 10")},
        ),
        (["Personal email", "Work email", "Email"], {"email": ("Email", "Work email", "Personal email")}),
        (["phone", "Phone"], {"phone": ("phone", "Phone")}),
        (["Shoe size", ""], {}),
        ([], {}),
    ],
)
def test_the_order_in_which_columns_fill_a_field(headings, found):
    assert columns_of_fields(headings) == found


def test_the_order_of_columns_matters_only_between_equal_names():
    headings = ["Phone", "Tel 2", "Tel 1", "Email", "Courriel", "Mobile", "Shoe size", "Nom", "Pays"]
    for seed in range(20):
        shuffled = random.Random(seed).sample(headings, len(headings))  # noqa: S311  no secret
        assert columns_of_fields(shuffled) == columns_of_fields(headings)
