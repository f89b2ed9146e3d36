"""Cells that say nothing ('N/A', '-', 'non renseigné') count as blank for every step, whatever their field."""

import pandas as pd

from leadscore.fields.recognise import field_of
from leadscore.reference import is_spelled_out, says_nothing

# Any text is one.
_PROSE = frozenset({"message"})
# 'Na', 'Null' and 'Rien' are surnames: the steps of the person judge such words.
_NAMES = frozenset({"first_name", "last_name", "full_name"})
# 'NA', 'NC', 'ND' are codes of countries and states.
_PLACES = frozenset({"country", "region"})
_CODE_LENGTH = 2


def told_cells(name: str, cells: pd.Series) -> pd.Series:
    """The cells of a field, or of a heading that names one, with '' for those that say nothing."""
    field = field_of(name)
    if field in _PROSE:
        return cells
    untold = {text for text in cells.unique() if text and says_nothing(text) and not _may_be_meant(field, text)}
    return cells.where(~cells.isin(untold), "") if untold else cells


def _may_be_meant(field: str, text: str) -> bool:
    if field in _NAMES:
        return is_spelled_out(text)
    return field in _PLACES and is_spelled_out(text) and len(text.strip()) == _CODE_LENGTH
