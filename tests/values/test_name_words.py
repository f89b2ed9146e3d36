import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.values.name_words import name_words, words_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("L’Oréal & Fils S.A.", "loreal fils sa"),
        ("Booking.com", "booking com"),
        ("Sp.z o.o.", "sp z oo"),
        ("H&M", "h m"),
        ("Johnson and Johnson", "johnson johnson"),
        ("Terre et & Mer", "terre mer"),
        ("Et Alors", "et alors"),
        ("Alors et", "alors et"),
        ("C++ / SA+", "c++ sa+"),
        ("+ # &", ""),
        ("Ромашка", "ромашка"),
        ("A/S", "a s"),
        ("", ""),
    ],
)
def test_words(text, key):
    assert words_key(text) == key


def test_a_word_knows_how_it_was_written_and_joined():
    assert name_words("Hotel & SPA") == [("Hotel", "hotel", False), ("SPA", "spa", True)]
    assert name_words("S.A. Co.") == [("S.A.", "sa", False), ("Co.", "co", False)]


@given(st.text(max_size=30) | st.lists(st.sampled_from(["et", "&", "a", "B.", "S.A.", "'"]), max_size=6).map(" ".join))
def test_the_key_of_a_key_is_itself(text):
    assert words_key(words_key(text)) == words_key(text)
