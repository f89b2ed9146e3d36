"""People: common first names, names that stand for nobody, words that begin the name of an organisation."""

from functools import cache

from leadscore.reference.files import entries
from leadscore.values.folding import fold


@cache
def first_names() -> frozenset[str]:
    """Common first names of Europe, folded: 'jean', 'chloe', 'jurgen'. They only tell which of two words is first."""
    return frozenset(entries("first_names.txt"))


@cache
def surnames_too() -> frozenset[str]:
    """Those first names that are common surnames as well: behind an unknown word they do not tell that it is last."""
    return frozenset(entries("first_names_as_surnames.txt"))


@cache
def organisation_words() -> frozenset[str]:
    """Words that begin the name of a shop, an office or a public body, folded: 'cabinet', 'garage', 'mairie'."""
    return frozenset(entries("organisation_words.txt"))


@cache
def placeholder_names() -> frozenset[str]:
    """What people write who do not want to name themselves, as `placeholder_key` gives it: 'test', 'n/a', 'johndoe'."""
    return frozenset(entries("placeholder_names.txt"))


def placeholder_key(name: str) -> str:
    """A name as placeholders are compared: 'John  DOE' -> 'johndoe', 'N. A.' -> 'n.a', '#N/A' -> 'n/a'."""
    return fold(name).replace(" ", "").strip(".#")
