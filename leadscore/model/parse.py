"""Model workbook -> Model: every sheet read, every mistake told at once."""

from __future__ import annotations

from leadscore.errors import ModelError
from leadscore.issues import Issue, Place
from leadscore.model.findings import Findings
from leadscore.model.grid import Grid, Grids
from leadscore.model.frozen import ListName
from leadscore.model.model import Band, Criterion, Kind, Model, NamedList, Score, Settings
from leadscore.model.other_sheets import read_bands, read_fields, read_lists, read_scores
from leadscore.model.scoring_sheet import read_scoring
from leadscore.model.settings_sheet import read_settings, said_language
from leadscore.model.typed import Reader
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.values.cells import text_of
from leadscore.values.folding import fold, name_key

# Sheets that say something about scoring but that this version does not read.
LATER_SHEETS = ("behaviours", "matrix", "segments", "overrides", "examples")
MODEL_SHEETS = ("scoring", "settings", "fields", "scores", "bands", "lists", "journal", *LATER_SHEETS)
RESULT_SHEETS = ("results", "enriched", "accounts", "issues", "summary", "run")
# Lists of these names add to (or, with a minus, take from) the reference data; a criterion may ask for them too.
RESERVED_LISTS = ("Free mail domains", "Disposable domains", "Role accounts", "Placeholder names")
TOTAL = "total"


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
    declared = read_scores(sheets["scores"], reader) if "scores" in sheets else ()
    bands = read_bands(sheets["bands"], reader) if "bands" in sheets else ()
    lists = read_lists(sheets["lists"], reader) if "lists" in sheets else ()
    scores = _scores(declared, criteria)
    if not criteria and not reader.findings.has_errors:
        reader.findings.add("scoring-empty", Place(sheets["scoring"].name))
    criteria = tuple(_placed_in_a_score(criterion, scores, declared, reader) for criterion in criteria)
    _check_lists(criteria, lists, reader)
    _check_names(criteria, reader)
    return Model(
        language=reader.language,
        scores=scores,
        criteria=criteria,
        bands=tuple(_of_a_score(band, scores, reader) for band in bands),
        fields=read_fields(sheets["fields"], reader) if "fields" in sheets else (),
        lists=lists,
        settings=read_settings(sheets["settings"], reader) if "settings" in sheets else Settings(),
        path=path,
    )


def _scores(declared: tuple[Score, ...], criteria: tuple[Criterion, ...]) -> tuple[Score, ...]:
    """Those of the sheet Scores; without it, those that Scoring names; without any, one called score."""
    if declared:
        return declared
    named = {fold(criterion.score): criterion.score for criterion in criteria if criterion.score}
    return tuple(Score(name=name) for name in named.values()) or (Score(name="score"),)


def _placed_in_a_score(
    criterion: Criterion, scores: tuple[Score, ...], declared: tuple[Score, ...], reader: Reader
) -> Criterion:
    """The criterion with its score by the name the score has; told when that is missing, unknown or reserved."""
    if not criterion.score:
        if len(scores) > 1 and criterion.kind is not Kind.EXCLUSION:
            names = ", ".join(score.name for score in scores)
            reader.findings.add("score-missing", criterion.place, criterion.name, names=names)
        name = scores[0].name if len(scores) == 1 else ""
        return criterion.model_copy(update={"score": name})
    if name_key(criterion.score) == TOTAL:
        reader.findings.add("score-reserved", criterion.place, criterion.score)
    known = {fold(score.name): score.name for score in scores}
    if declared and fold(criterion.score) not in known:
        reader.findings.add("score-unknown", criterion.place, criterion.score, names=", ".join(known.values()))
    return criterion.model_copy(update={"score": known.get(fold(criterion.score), criterion.score)})


def _of_a_score(band: Band, scores: tuple[Score, ...], reader: Reader) -> Band:
    """The band with its score by the name the score has, '' for the total and for a lone score."""
    if not band.score or name_key(band.score) == TOTAL:
        return band.model_copy(update={"score": ""})
    known = {fold(score.name): score.name for score in scores}
    if fold(band.score) not in known:
        reader.findings.add("score-unknown", band.place, band.score, names=", ".join((*known.values(), TOTAL)))
    name = known.get(fold(band.score), band.score)
    return band.model_copy(update={"score": "" if len(scores) == 1 else name})


def _check_lists(criteria: tuple[Criterion, ...], lists: tuple[NamedList, ...], reader: Reader) -> None:
    known = {name_key(name) for name in (*RESERVED_LISTS, *(row.name for row in lists))}
    for criterion in criteria:
        for case in criterion.cases:
            for operand in case.operands:
                if isinstance(operand, ListName) and name_key(operand.list_name) not in known:
                    names = ", ".join(row.name for row in lists) or "none yet"
                    reader.findings.add("list-unknown", case.place, operand.list_name, names=names)


def _check_names(criteria: tuple[Criterion, ...], reader: Reader) -> None:
    """An exclusion that weighs on every score may not share its name with a criterion of one of them."""
    first: dict[str, Criterion] = {fold(criterion.name): criterion for criterion in criteria if not criterion.score}
    for criterion in criteria:
        other = first.get(fold(criterion.name), criterion)
        if other is not criterion:
            reader.findings.add("name-twice", criterion.place, criterion.name, first=other.place)
