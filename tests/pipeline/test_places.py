"""Where an issue is, in words."""

import pytest

from leadscore.issues import Place


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("Scoring", 7, "E"), "Scoring!E7"),
        (Place("", 1, "D"), "D1"),
        (Place("Source", 7, heading="Phone"), "Source, row 7, column Phone"),
        (Place("", 7), "row 7"),
        (Place(), ""),
    ],
)
def test_a_place_in_words(place, words):
    assert str(place) == words
