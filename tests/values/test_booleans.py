import pytest

from leadscore.values.booleans import boolean_word, read_boolean


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, True) for text in ("yes", "YES", "oui", "Vrai", "true", " y ", "O", "t", "x", "X", "1", "✓", "on")),
        *((text, False) for text in ("no", "non", "FAUX", "false", "n", "f", "0", "✗", "☐", "off")),
        *((text, None) for text in ("", "2", "10", "yes!", "maybe", "peut-être", "1.0", "-", "vrais")),
    ],
)
def test_what_a_cell_spells(text, answer):
    assert read_boolean(text) is answer


@pytest.mark.parametrize("text", ["1", "0", "x", "y", "o", "on", "off", "✓", "t", ""])
def test_only_whole_words_are_boolean_values_of_a_model(text):
    assert boolean_word(text) is None


@pytest.mark.parametrize(("text", "answer"), [("Oui", True), ("vrai", True), ("TRUE", True), ("Faux", False)])
def test_boolean_words(text, answer):
    assert boolean_word(text) is answer
    assert read_boolean(text) is answer
