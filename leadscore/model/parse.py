"""Model workbook -> Model: every sheet read, every mistake told at once."""

from __future__ import annotations

from leadscore.errors import ModelError
from leadscore.issues import Issue, Place
from leadscore.model.examples_sheet import read_examples
from leadscore.model.findings import Findings
from leadscore.model.grid import Grid, Grids
from leadscore.model.matrix_sheet import read_matrix
from leadscore.model.model import Model, Settings
from leadscore.model.other_sheets import read_bands, read_fields, read_lists, read_scores
from leadscore.model.overrides_sheet import read_overrides
from leadscore.model.references import References, scores_of
from leadscore.model.scoring_sheet import read_scoring
from leadscore.model.segments_sheet import read_segments
from leadscore.model.settings_sheet import read_settings, said_language
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.values.cells import text_of

# Sheets that say something about scoring but that this version does not read.
LATER_SHEETS = ("behaviours",)
MODEL_SHEETS = (
    *("scoring", "settings", "fields", "scores", "bands", "matrix", "segments", "lists", "overrides", "examples"),
    *("journal", *LATER_SHEETS),
)
RESULT_SHEETS = ("results", "enriched", "accounts", "issues", "summary", "run")


def is_model_sheet(name: str) -> bool:
    """Whether a sheet of this name is the model's, so no sheet of leads."""
    return vocabulary("sheets").find(name) in MODEL_SHEETS


def is_result_sheet(name: str) -> bool:
    """Whether a sheet of this name is one that leadscore writes."""
    return vocabulary("sheets").find(name) in RESULT_SHEETS


def parse_model(grids: Grids) -> tuple[Model, tuple[Issue, ...]]:
    """The model and the warnings and notes about it. Raises ModelError with every issue when one is an error."""
    findings = Findings()
    sheets = _sheets_by_name(grids, findings)
    reader = Reader(_language(sheets), findings)
    if "scoring" not in sheets:
        name = vocabulary("sheets").say("scoring", reader.language)
        findings.add("scoring-missing", Place(), grids.path, name=name)
        raise ModelError(findings.issues)
    model = _read(sheets, reader, grids.path)
    if findings.has_errors:
        raise ModelError(findings.issues)
    return model, tuple(findings.issues)


def _sheets_by_name(grids: Grids, findings: Findings) -> dict[str, Grid]:
    names = vocabulary("sheets").only(MODEL_SHEETS)
    sheets: dict[str, Grid] = {}
    for grid in grids.sheets:
        name = names.find(grid.name)
        if name in sheets:
            findings.add("sheet-twice", Place(grid.name), grid.name, first=sheets[name].name)
        elif name in LATER_SHEETS:
            findings.add("sheet-later", Place(grid.name), grid.name)
        elif name:
            sheets[name] = grid
        elif near := names.near(grid.name):
            findings.add("sheet-typo", Place(grid.name), grid.name, near=near)
    return sheets


def _language(sheets: dict[str, Grid]) -> Language:
    """What Settings says, else the language most of the headings of Scoring are written in, else English."""
    if "settings" in sheets and (said := said_language(sheets["settings"])):
        return "fr" if said == "fr" else "en"
    texts = [text_of(cell.value) for grid in sheets.values() for cells in grid.rows[:20] for cell in cells]
    spoken = [vocabulary("headings").only_in(text) for text in texts if text]
    return "fr" if spoken.count("fr") > spoken.count("en") else "en"


def _read(sheets: dict[str, Grid], reader: Reader, path: str) -> Model:
    criteria = read_scoring(sheets["scoring"], reader)
    if not criteria and not reader.findings.has_errors:
        reader.findings.add("scoring-empty", Place(sheets["scoring"].name))
    declared = read_scores(sheets["scores"], reader) if "scores" in sheets else ()
    lists = read_lists(sheets["lists"], reader) if "lists" in sheets else ()
    segments = read_segments(sheets["segments"], reader) if "segments" in sheets else ()
    known = References(scores_of(declared, criteria), bool(declared), lists, segments, reader)
    criteria = tuple(known.criterion(criterion) for criterion in criteria)
    known.names(criteria)
    known.conditions()
    bands = tuple(known.band(band) for band in (read_bands(sheets["bands"], reader) if "bands" in sheets else ()))
    overrides = read_overrides(sheets["overrides"], reader) if "overrides" in sheets else ()
    return Model(
        language=reader.language,
        scores=tuple(known.score(score) for score in known.scores),
        criteria=criteria,
        bands=bands,
        matrix=known.matrix(read_matrix(sheets["matrix"], reader) if "matrix" in sheets else None, bands),
        segments=segments,
        overrides=tuple(known.override(override, bands) for override in overrides),
        examples=read_examples(sheets["examples"], reader) if "examples" in sheets else (),
        fields=read_fields(sheets["fields"], reader) if "fields" in sheets else (),
        lists=lists,
        settings=read_settings(sheets["settings"], reader) if "settings" in sheets else Settings(),
        path=path,
    )
