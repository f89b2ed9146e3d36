"""The several values of one cell, and names that are not in Latin letters."""

import pytest

from leadscore.model.operands import pieces_of
from tests.scoring.models import model_of


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("FR; BE\nCH", ["FR", "BE", "CH"]),
        ("FR, BE", ["FR, BE"]),
        ("\u200bFR\ufeff ;\u00a0BE\u202f", ["FR", "BE"]),
        ("FR;\u200b; ;\u0301;", ["FR"]),
        ("\u200b", []),
    ],
)
def test_the_pieces_of_a_cell(text, pieces):
    assert pieces_of(text) == pieces


def test_fields_and_lists_with_names_in_other_scripts_are_several():
    scoring = [["Criterion", "Field", "Operator", "Value", "Points"], ["C", "Страна", "in list", "Города", 1]]
    fields = [["Field", "Column"], ["Имя", "A"], ["Страна", "B"]]
    model = model_of({"Scoring": scoring, "Fields": fields, "Lists": [["Страны", "Города"], ["FR", "Paris"]]})
    assert [mapping.column for mapping in model.fields] == ["A", "B"]
    assert {row.name: row.entries for row in model.lists} == {"Страны": ("FR",), "Города": ("Paris",)}
