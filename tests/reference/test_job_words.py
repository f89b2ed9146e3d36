import csv

import pytest

from leadscore.reference import (
    FUNCTIONS,
    SENIORITIES,
    assistant_words,
    function_words,
    own_work_words,
    plain_title,
    seniority_words,
    title_key,
    title_links,
)
from leadscore.reference.files import entries
from leadscore.values.folding import fold

FILES = {"seniority_words.csv": (seniority_words, SENIORITIES), "function_words.csv": (function_words, FUNCTIONS)}


@pytest.mark.parametrize("file_name", FILES)
def test_every_word_has_one_level_of_the_closed_list(file_name):
    words, levels = FILES[file_name]
    rows = list(csv.reader(entries(file_name)[1:]))
    assert {level for _, level in rows} == set(levels)
    keys = [title_key(word) for word, _ in rows]
    assert len(set(keys)) == len(keys) == len(words())
    assert all(keys)


@pytest.mark.parametrize("file_name", FILES)
def test_a_star_stands_at_one_end_of_one_word(file_name):
    starred = [word for word, _ in csv.reader(entries(file_name)[1:]) if "*" in word]
    assert [word for word in starred if word.count("*") != 1 or "*" not in (word[0], word[-1]) or " " in word] == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Directeur·rice marketing", "directeur marketing"),
        ("Directeur/trice", "directeur"),
        ("Directeur(trice) général(e)", "directeur general"),
        ("Chargé(e) de com", "charge de com"),
        ("Chef.fe", "chef"),
        ("Chargé.e d'affaires", "charge d'affaires"),
        ("Leiter*in", "leiter"),
        ("Leiter:in", "leiter"),
        ("Entwickler (m/w/d)", "entwickler "),
        ("Vendeur H/F", "vendeur "),
        ("D.A.F.", "daf"),
        ("C.E.O", "ceo"),
        ("R & D", "r&d"),
        ("I+D", "i&d"),
        ("e-commerce", "ecommerce"),
        ("Ventes/RH", "ventes/rh"),
        ("Responsable (en poste)", "responsable (en poste)"),
    ],
)
def test_plain_title(text, plain):
    assert plain_title(text) == plain


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (" Vice-Président ", "vice president"),
        ("chef de projet", "chef projet"),
        ("Chef·fe d'équipe", "chef equipe"),
        ("*Leiter", "*leiter"),
        ("vertrieb*", "vertrieb*"),
        ("de la", ""),
        ("P-DG", "p dg"),
    ],
)
def test_title_key(text, key):
    assert title_key(text) == key


@pytest.mark.parametrize("words", [title_links, assistant_words, own_work_words])
def test_single_words_are_written_as_they_are_compared(words):
    assert {fold(word) for word in words()} == words()


def test_examples_of_each_list_of_words():
    assert {"de", "of", "the", "und"} <= title_links()
    assert {"assistante", "secretary", "bras"} <= assistant_words()
    assert {"recruiter", "acheteur", "teacher"} <= own_work_words()
