"""Model workbook -> Model: every sheet read, every mistake told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from leadscore.errors import ModelError
from leadscore.issues import Issue, Place, has_errors, in_order
from leadscore.model.behaviour_scores import check_behaviour_names, placed_behaviours, summed
from leadscore.model.behaviours import Behaviour
from leadscore.model.behaviours_sheet import read_behaviours
from leadscore.model.checks import asks_segments
from leadscore.model.examples_sheet import read_examples
from leadscore.model.findings import Findings
from leadscore.model.grid import Grid, Grids
from leadscore.model.matrix_sheet import read_matrix
from leadscore.model.model import Criterion, Model, NamedList, Score, Settings
from leadscore.model.other_sheets import read_bands, read_fields, read_lists, read_scores
from leadscore.model.overrides_sheet import read_overrides
from leadscore.model.products import products_of
from leadscore.model.references import (
    all_scores,
    bands_of_scores,
    check_account_bands,
    check_names,
    check_scores,
    in_known_segments,
    known_alert_bands,
    known_matrix,
    known_override,
    placed_in_a_score,
    score_of_known_segments,
    with_lists_named,
)
from leadscore.model.scoring_sheet import read_scoring
from leadscore.model.segments_sheet import read_segments
from leadscore.model.settings_sheet import read_settings, said_language
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.values.cells import text_of

Part = TypeVar("Part")

MODEL_SHEETS = (
    *("scoring", "settings", "fields", "scores", "behaviours", "bands", "matrix", "segments", "lists", "overrides"),
    *("examples", "journal"),
)
RESULT_SHEETS = (
    *("results", "enriched", "accounts", "issues", "summary", "run", "checks"),
    *("migration", "movers", "ablation", "live", "alerts"),
)


def is_model_sheet(name: str) -> bool:
    """Whether a sheet of this name is the model's, so no sheet of leads."""
    return vocabulary("sheets").find(name) in MODEL_SHEETS


def is_result_sheet(name: str) -> bool:
    """Whether a sheet of this name is one that leadscore writes."""
    return vocabulary("sheets").find(name) in RESULT_SHEETS


def parse_model(grids: Grids) -> tuple[Model, tuple[Issue, ...]]:
    """The model and the warnings and notes about it. Raises ModelError with every issue when one is an error."""
    model, issues = read_draft(grids)
    if has_errors(issues):
        raise ModelError(issues)
    return model, issues


def read_draft(grids: Grids) -> tuple[Model, tuple[Issue, ...]]:
    """What can be read of a model, right or wrong, and every issue: by sheet, row and column.

    Names of fields can be looked for in a draft with errors, so that these are told together; it cannot be scored with.
    """
    findings = Findings()
    sheets = _sheets_by_name(grids, findings)
    reader = Reader(_language(sheets), findings)
    if "scoring" not in sheets:
        findings.add("scoring-missing", Place(), Path(grids.path).name, name=reader.say("sheets", "scoring"))
    model = _read(sheets, reader, grids.path)
    return model, in_order(findings.issues, [grid.name for grid in grids.sheets])


def _sheets_by_name(grids: Grids, findings: Findings) -> dict[str, Grid]:
    names = vocabulary("sheets").only(MODEL_SHEETS)
    sheets: dict[str, Grid] = {}
    for grid in grids.sheets:
        name = names.find(grid.name)
        if name in sheets:
            findings.add("sheet-twice", Place(grid.name), grid.name, first=sheets[name].name)
        elif name:
            sheets[name] = grid
    unread = [name for name in (*grids.other_names, *(grid.name for grid in grids.sheets)) if not names.find(name)]
    for name in unread:
        near = names.near(name)
        if near and not vocabulary("sheets").find(name):
            findings.add("sheet-typo", Place(name), name, near=near)
    return sheets


def _language(sheets: Mapping[str, Grid]) -> Language:
    """What Settings says, else the language most of the headings are written in, else English."""
    if "settings" in sheets and (said := said_language(sheets["settings"])):
        return said
    texts = [text_of(cell.value) for grid in sheets.values() for cells in grid.rows[:20] for cell in cells]
    spoken = [vocabulary("headings").only_in(text) for text in texts if text]
    return "fr" if spoken.count("fr") > spoken.count("en") else "en"


def _read(sheets: Mapping[str, Grid], reader: Reader, path: str) -> Model:
    lists = _rows(sheets, "lists", read_lists, reader)
    declared = _rows(sheets, "scores", partial(read_scores, products=products_of(lists)), reader)
    segments = tuple(
        segment.model_copy(update={"conditions": with_lists_named(segment.conditions, lists, reader)})
        for segment in _rows(sheets, "segments", read_segments, reader)
    )
    scores, criteria, behaviours = _scored(sheets, declared, lists, reader)
    criteria = tuple(in_known_segments(criterion, segments, reader) for criterion in criteria)
    bands = bands_of_scores(_rows(sheets, "bands", read_bands, reader), scores, reader)
    settings = read_settings(sheets["settings"], reader) if "settings" in sheets else Settings()
    check_account_bands(bands, settings, reader)
    matrix = read_matrix(sheets["matrix"], reader) if "matrix" in sheets else None
    overrides = _rows(sheets, "overrides", read_overrides, reader)
    return Model(
        language=reader.language,
        scores=tuple(score_of_known_segments(score, segments, reader) for score in scores),
        criteria=tuple(criterion for criterion in criteria if criterion.field or asks_segments(criterion)),
        behaviours=behaviours,
        bands=bands,
        matrix=known_matrix(matrix, bands, scores, reader) if matrix else None,
        segments=segments,
        overrides=tuple(known_override(override, bands, scores, reader) for override in overrides),
        examples=_rows(sheets, "examples", read_examples, reader),
        fields=_rows(sheets, "fields", read_fields, reader),
        lists=lists,
        settings=known_alert_bands(settings, bands, reader),
        path=path,
    )


def _scored(
    sheets: Mapping[str, Grid], declared: Sequence[Score], lists: Sequence[NamedList], reader: Reader
) -> tuple[tuple[Score, ...], tuple[Criterion, ...], tuple[Behaviour, ...]]:
    """The scores, and what counts in them, each by the name of its score."""
    names, products = [score.name for score in declared], products_of(lists)
    read = _rows(sheets, "behaviours", partial(read_behaviours, declared=names, products=products), reader)
    behaviours = with_lists_named(read, lists, reader)
    criteria = _criteria(sheets, names, [behaviour.score for behaviour in behaviours], reader)
    criteria = tuple(
        criterion.model_copy(update={"cases": with_lists_named(criterion.cases, lists, reader)})
        for criterion in criteria
    )
    scores = all_scores(declared, criteria, behaviours)
    behaviours = placed_behaviours(behaviours, scores, reader)
    criteria = tuple(placed_in_a_score(criterion, scores, reader) for criterion in criteria)
    check_scores(scores, criteria, behaviours, reader)
    check_names(criteria, reader)
    check_behaviour_names(behaviours, criteria, reader)
    return summed(scores, behaviours, criteria, reader), criteria, behaviours


def _rows(
    sheets: Mapping[str, Grid], name: str, read: Callable[[Grid, Reader], tuple[Part, ...]], reader: Reader
) -> tuple[Part, ...]:
    """What an optional sheet says, () without it."""
    return read(sheets[name], reader) if name in sheets else ()


def _criteria(
    sheets: Mapping[str, Grid], declared: Sequence[str], others: Sequence[str], reader: Reader
) -> tuple[Criterion, ...]:
    """The criteria of the sheet Scoring; told when there is none, though nothing is wrong with it."""
    if "scoring" not in sheets:
        return ()
    findings = Findings()
    criteria = read_scoring(sheets["scoring"], replace(reader, findings=findings), declared, others)
    if not criteria and not findings.has_errors:
        findings.add("scoring-empty", Place(sheets["scoring"].name))
    reader.findings.issues.extend(findings.issues)
    return criteria
