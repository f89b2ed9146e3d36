import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.values.folding import fold, name_key, trim


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Société  Générale\u00a0", "societe generale"),
        ("ŒUVRE", "oeuvre"),
        ("Ærø Łódź Đ", "aero lodz d"),
        ("Straße", "strasse"),
        ("l’‘ʼ´`'", "l" + 6 * "'"),
        ("“a” «b» „c", '"a" "b" "c'),
        ("a–b—c−d‑e", "a-b-c-d-e"),
        ("ﬁn ＡＢ №", "fin ab no"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("\ta\r\nb\u2028c\u3000d ", "a b c d"),
        ("e\u0301", "e"),
        ("İstanbul", "istanbul"),
        ("…", "..."),
        ("日本 Москва", "日本 москва"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("  a b ", "a b"),
        ("\u00a0é\u202f", "é"),
        ("\u200bé\ufeff", "é"),
        ("\u200b", ""),
        ("é \u00ad", "é"),
        ("\x1c", ""),
    ],
)
def test_trimming(text, trimmed):
    assert trim(text) == trimmed


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("E-mail (pro)", "emailpro"),
        ("N° de téléphone", "ndetelephone"),
        ("  ", ""),
        ("日本", "日本"),
        ("Имя (клиента)", "имяклиента"),
        ("Имя 2", "имя2"),
        ("की", "की"),
        ("कि", "कि"),
        ("%", "%"),
        ("№", "no"),
        ("🔥", "🔥"),
        ("First_Name 2", "firstname2"),
    ],
)
def test_the_key_of_a_name(text, key):
    assert name_key(text) == key


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_composition_and_outer_spaces_never_matter(text):
    for other in (unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text), f" {text}\u00a0"):
        assert fold(other) == fold(text)


@given(st.text())
def test_trimming_twice_is_trimming_once_and_folding_trims(text):
    assert trim(trim(text)) == trim(text)
    assert fold(trim(text)) == fold(text)


@given(st.text(st.characters(codec="ascii")))
def test_case_never_matters(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
