"""What stands in a cell that says nothing: 'n/a', 'NC', '#N/D', 'non renseigné', dashes and question marks."""

import re
from functools import cache

from leadscore.reference.files import entries
from leadscore.values.folding import fold, name_key

# Told apart at once from what nobody writes for nothing: an address, a number, a sentence.
_MAY_SAY_NOTHING = re.compile(r"[^0-9@]{1,40}")
_ONE_SIGN = re.compile(r"(?:(\W|_)\1*)")


@cache
def not_told() -> frozenset[str]:
    """What people, forms and programs write for nothing, as `not_told_key` gives it: 'na', 'nonrenseigne', '-'."""
    return frozenset(map(not_told_key, entries("not_told.txt")))


def not_told_key(text: str) -> str:
    """A cell as such words are compared: 'N/A', '#n.a.' -> 'na', '(vide)' -> 'vide', '- -' and '—' -> '-'."""
    key = name_key(text).replace(" ", "")
    return key[:1] if _ONE_SIGN.fullmatch(key) else key


def says_nothing(text: str) -> bool:
    """Whether a cell stands for an empty one; a blank cell does too."""
    return not text or (_MAY_SAY_NOTHING.fullmatch(text) is not None and not_told_key(text) in not_told())


def is_spelled_out(text: str) -> bool:
    """Whether such a word could be a name or a code too: 'NA', 'Null'; not so 'N/A', '-', 'non renseigné'."""
    return fold(text).isalpha()
