import pytest

from leadscore.reference import (
    first_names,
    organisation_words,
    placeholder_key,
    placeholder_names,
    role_accounts,
    surnames_too,
)
from leadscore.values.folding import fold


@pytest.mark.parametrize("name", ["Jean", "Chloé", "Jürgen", "María", "Giulia", "Katarzyna", "Mohamed", "Ayşe"])
def test_common_first_names(name):
    assert fold(name) in first_names()


@pytest.mark.parametrize("name", ["dupont", "muller", "garcia", "cabinet", "test", ""])
def test_what_is_no_first_name(name):
    assert name not in first_names()


def test_lists_of_names_exclude_each_other():
    assert surnames_too() < first_names()
    assert not first_names() & (placeholder_names() | organisation_words() | role_accounts())


def test_names_are_written_as_they_are_compared():
    assert [name for name in first_names() | organisation_words() if fold(name) != name] == []
    assert [name for name in placeholder_names() if placeholder_key(name) != name] == []


@pytest.mark.parametrize(
    ("name", "key"),
    [("Test", "test"), ("John  DOE", "johndoe"), ("N. A.", "n.a"), ("#N/A", "n/a"), ("Prénom", "prenom"), ("...", "")],
)
def test_placeholder_key(name, key):
    assert placeholder_key(name) == key


@pytest.mark.parametrize("name", ["test", "toto", "azerty", "asdf", "xxx", "n/a", "none", "nc", "johndoe", "prenomnom"])
def test_placeholders(name):
    assert name in placeholder_names()


@pytest.mark.parametrize("name", ["li", "bo", "ng", "wu", "o", "na", "azer", "reza", "dupont", "martin"])
def test_real_names_are_no_placeholders(name):
    assert name not in placeholder_names()
