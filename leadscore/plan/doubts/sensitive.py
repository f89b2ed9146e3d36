"""Criteria on what people may not be judged by: GDPR article 9, and the grounds of EU directives 2000/43 and 2000/78.

A criterion that only asks whether the field is filled judges the data, not the person.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadscore.fields.recognise import field_of
from leadscore.issues import Issue
from leadscore.model.model import Criterion
from leadscore.model.operators import BLANK_OPERATORS
from leadscore.plan.binding import PlannedCriterion
from leadscore.plan.plan import Plan
from leadscore.values.folding import name_key

# What it is -> names of columns that hold it, in English and French.
_SENSITIVE: dict[str, tuple[str, ...]] = {
    "gender": ("Gender", "Sex", "Genre", "Sexe", "Civility", "Civilité", "Salutation", "Mr/Mrs", "M/Mme"),
    "age": (
        *("Age", "Âge", "Age group", "Age range", "Age bracket", "Tranche d'âge", "Date of birth", "Birth date", "DOB"),
        *("Birthdate", "Birthday", "Year of birth", "Birth year", "Date de naissance", "Né le", "Année de naissance"),
    ),
    "nationality": (
        "Nationality",
        "Nationalité",
        "Citizenship",
        "Citoyenneté",
        "Country of birth",
        "Pays de naissance",
    ),
    "first name": ("First name", "Prénom"),
    "ethnicity": ("Ethnicity", "Ethnic group", "Ethnic origin", "Race", "Ethnie", "Origine ethnique"),
    "religion": ("Religion", "Faith", "Confession"),
    "health": ("Health", "Santé", "Disability", "Handicap", "Disabled"),
    "family": (
        "Marital status",
        "Family status",
        "Situation familiale",
        "État civil",
        "Children",
        "Enfants",
        "Pregnant",
    ),
    "political opinion": ("Political opinion", "Political party", "Opinion politique", "Parti politique"),
    "trade union membership": ("Trade union", "Union member", "Syndicat"),
    "sexual orientation": ("Sexual orientation", "Orientation sexuelle"),
}
_FIELDS = {"civility": "gender", "first_name": "first name"}  # fields of our vocabulary, under all their headings
_BY_NAME = {name_key(name): what for what, names in _SENSITIVE.items() for name in names}


def sensitive_issues(plan: Plan) -> Iterator[Issue]:
    """Criteria and segments that look at a sensitive field, by its name or by its column's."""
    for row in plan.criteria:
        what = _what(row) if not _asks_only_blanks(row.criterion) else ""
        if what:
            yield Issue(
                "field-sensitive", row.criterion.field_place, row.criterion.name, {"what": what, "asks": "criterion"}
            )
    for segment in plan.segments:
        for condition, source in segment.conditions:
            what = _named(condition.field, *source.columns)
            if what and condition.operator not in BLANK_OPERATORS:
                yield Issue("field-sensitive", condition.place, segment.name, {"what": what, "asks": "segment"})


def _what(row: PlannedCriterion) -> str:
    return _named(row.criterion.field, *row.source.columns)


def _named(*names: str) -> str:
    found = (_BY_NAME.get(name_key(name)) or _FIELDS.get(field_of(name)) for name in names if name)
    return next((what for what in found if what), "")


def _asks_only_blanks(criterion: Criterion) -> bool:
    return all(case.operator in BLANK_OPERATORS for case in criterion.cases)
