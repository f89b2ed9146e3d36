"""The model's own tests: golden leads scored, and compared with what is expected of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA

from leadscore.issues import Issue
from leadscore.model.decisions import Expectation
from leadscore.model.model import Model
from leadscore.model.operators import SEGMENT_OPERATORS
from leadscore.model.vocabulary import LANGUAGES, Language, vocabulary
from leadscore.pipeline.behave import warmth_of, with_activity
from leadscore.pipeline.book import Wording
from leadscore.pipeline.example_activities import by_their_names, given_column, supposed_deeds, wrong_activities
from leadscore.pipeline.results import result_table
from leadscore.pipeline.score import enrich_rows, score
from leadscore.plan.names import Names
from leadscore.plan.plan import Plan, make_plan
from leadscore.scoring.events import events_of_deeds
from leadscore.scoring.sorted_events import sort_events
from leadscore.values.cells import number_text
from leadscore.values.folding import fold

_COLUMN_UNKNOWN = "example-column-unknown"
_TOLERANCE = 1e-9  # an expected 66.7 and a rounded 66.7 are the same number in any spelling


@dataclass(frozen=True)
class ScoredExamples:
    """The result columns of the examples, one row each in sheet order, and the plan they were scored by."""

    table: pd.DataFrame
    plan: Plan


def failing_examples(model: Model, as_of: date) -> tuple[Issue, ...]:
    """An error for every expectation that the model does not meet, with its cell.

    Raises ModelError as make_plan does.
    """
    if not model.examples:
        return ()
    table = score_examples(model, as_of).table
    issues = [
        _compared(expectation, table, row, model.language)
        for row, example in enumerate(model.examples)
        for expectation in example.expectations
    ]
    told: dict[tuple[str, object], Issue] = {}
    for issue in issues:
        if issue is not None:
            # A column that there is not is one mistake, however many examples expect something of it.
            told.setdefault((issue.code, issue.value if issue.code == _COLUMN_UNKNOWN else issue.place), issue)
    return (*wrong_activities(model), *told.values())


def score_examples(model: Model, as_of: date) -> ScoredExamples:
    """The examples of a model, scored on *Examples as of* where the settings have it, else on `as_of`.

    Overrides do not apply, nor do activities of the leads: what an example did, it says itself. Raises ModelError as
    make_plan does.
    """
    leads, given = _frames(model)
    # What people decided, and which columns of the leads are shown, says nothing of the examples.
    alone = model.model_copy(update={"overrides": ()}).with_settings(id_field="", result_columns=())
    plan = by_their_names(make_plan(alone, leads, model.settings.examples_as_of or as_of))
    enriched = enrich_rows(leads, plan)
    events = sort_events(events_of_deeds(supposed_deeds(model)), plan.default_evidence)
    warmth = warmth_of(events, enriched, plan)
    enriched = with_activity(enriched, warmth, events, plan)
    for column in (name for name in given.columns if name in enriched):
        enriched[column] = enriched[column].where(given[column] == "", given[column])
    return ScoredExamples(result_table(score(leads, enriched, plan, warmth), plan), plan)


def _frames(model: Model) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The examples as a sheet of leads, and the enrichment columns that they give themselves.

    Fields that the model asks for and the examples leave out are there, blank.
    """
    headings = dict.fromkeys(name for example in model.examples for name, _ in example.fields)
    made = {heading: given_column(heading, model) for heading in headings}
    own = [heading for heading in headings if not made[heading]]
    names = Names.of(own, model.fields, behaviours=[behaviour.name for behaviour in model.behaviours])
    asked = [mapping.column for mapping in model.fields if mapping.column and not names.heading(mapping.column)]
    asked += [field for field in _fields_asked(model) if names.source_of(field) is None]
    rows = [dict(example.fields) for example in model.examples]
    leads = pd.DataFrame(
        {heading: [row.get(heading, "") for row in rows] for heading in own}, index=range(len(rows)), dtype=object
    )
    for field in dict.fromkeys(asked):
        leads[field] = pd.Series("", index=leads.index, dtype=object)
    given = {name: [_word(row.get(heading, "")) for row in rows] for heading, name in made.items() if name}
    return leads.astype(object), pd.DataFrame(given, dtype=object)


def _fields_asked(model: Model) -> list[str]:
    """Every field that criteria and segments name, in sheet order."""
    criteria = [row.field for row in model.criteria if row.cases and row.cases[0].operator not in SEGMENT_OPERATORS]
    return [*criteria, *(condition.field for segment in model.segments for condition in segment.conditions)]


def _word(text: str) -> str:
    return vocabulary("words").find(text) or text


def _compared(expectation: Expectation, table: pd.DataFrame, row: int, language: Language) -> Issue | None:
    """The failure of one expectation, None when it is met."""
    names = _names(table)
    column = names.get(fold(expectation.column), "")
    if not column:
        near = max(names, key=lambda name: OSA.normalized_similarity(fold(expectation.column), name))
        hint = f'did you mean "{Wording(language).column(names[near])}"?'
        return Issue(_COLUMN_UNKNOWN, expectation.place, expectation.column, {"hint": hint})
    got = table[column].iloc[row]
    if _meets(expectation, got):
        return None
    return Issue("example-fails", expectation.place, expectation.typed, {"column": column, "got": _shown(got)})


def _names(table: pd.DataFrame) -> dict[str, str]:
    """What a column may be called, folded, in workbooks of either language -> its English name."""
    columns = [str(column) for column in table.columns]
    called = {fold(Wording(language).column(name)): name for language in LANGUAGES for name in columns}
    return called | {fold(name): name for name in columns}


def _meets(expectation: Expectation, got: object) -> bool:
    if isinstance(got, str):
        return fold(_word(got)) == fold(_word(expectation.typed))
    if expectation.low is None or expectation.high is None:
        return False
    return isinstance(got, float) and expectation.low - _TOLERANCE <= got <= expectation.high + _TOLERANCE


def _shown(got: object) -> str:
    if isinstance(got, float):
        return "blank" if np.isnan(got) else number_text(got)
    return str(got) or "blank"
