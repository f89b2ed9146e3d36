"""Yes and no, as people and spreadsheets spell them in English and French."""

from leadscore.values.folding import fold

# A Value is a boolean only when it is one of these words; a cell may use the wider spellings.
_WORDS = {
    **dict.fromkeys(("true", "yes", "vrai", "oui"), True),
    **dict.fromkeys(("false", "no", "faux", "non"), False),
}
_SPELLINGS = {
    **_WORDS,
    **dict.fromkeys(("y", "o", "t", "x", "1", "✓", "✔", "☑", "on"), True),
    **dict.fromkeys(("n", "f", "0", "✗", "✘", "☐", "off"), False),
}


def boolean_word(text: str) -> bool | None:
    """The yes or no that a model's Value means, None when it is not a boolean word ('1' is a number)."""
    return _WORDS.get(fold(text))


def read_boolean(text: str) -> bool | None:
    """The yes or no that a lead's cell spells, None when it spells neither: 'VRAI', 'o', '1', '✓' -> True."""
    return _SPELLINGS.get(fold(text))
