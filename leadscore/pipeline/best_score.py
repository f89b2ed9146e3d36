"""The live figure of a starter workbook: the best score that the sheets Scoring and Behaviours can give."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadscore.model.grid import cell_letter
from leadscore.model.model import Criterion, Method, Model, Score
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.sheets.template_book import SPARE_ROWS, Figure, figure_cell

_SAID: dict[str, dict[Language, str]] = {
    "best": {"en": "Best possible", "fr": "Maximum possible"},
    "of": {"en": ": ", "fr": " : "},
    "total": {"en": "total", "fr": "total"},
    "note": {
        "en": "What a lead gets for which every criterion gives its best case; it follows your points and weights. "
        "Criteria for one segment all count, and each behaviour with its Max, else its points once."
        "\nExample: 100 where the best case of each criterion gives 100",
        "fr": "Ce qu'obtient un lead dont chaque critère donne son meilleur cas ; suit vos points et vos poids. "
        "Les critères d'un segment comptent tous, et chaque comportement avec son Max, sinon ses points une fois."
        "\nExemple : 100 si le meilleur cas de chaque critère donne 100",
    },
}
_DECIMALS = 2
_NO_LIMIT = "1E+99"


@dataclass(frozen=True)
class _Areas:
    """Where Scoring holds what the formula needs, as formulas name it; '' for a column that the sheet has not."""

    criterion: str
    points: str
    weight: str
    score: str

    def same_criterion(self) -> str:
        """The criteria of COUNTIFS that find the rows of one criterion."""
        same = f"{self.criterion},{self.criterion}"
        return f'{same},{self.score},{self.score}&""' if self.score else same

    def counted(self, score_cell: str) -> str:
        """1 for every case of a score, exclusions of all scores included."""
        filled = f'({self.criterion}<>"")*(LEFT({self.criterion},1)<>"#")'
        return f'{filled}*(({self.score}={score_cell})+({self.score}=""))' if self.score else filled

    def weights(self) -> str:
        """The weight of each row, 1 where none stands."""
        return f"IF(ISNUMBER({self.weight}),{self.weight},1)" if self.weight else "1"


@dataclass(frozen=True)
class _Row:
    """The row of the sheet Scores that a score is written in: its cells by heading, as formulas name them."""

    score: Score
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        """The score's name as a formula: its cell, but where {product} stands there."""
        written = self.score.name.replace('"', '""')
        return f'"{written}"' if self.score.product else self.cells["score"]

    def within_max(self, best: str) -> str:
        """At most the Max of the score, unless there are leads that it does not hold for."""
        if "maximum" not in self.cells:
            return best
        limit, unless = self.cells["maximum"], self.cells.get("cap_unless_segment", '""')
        return f'MIN({best},IF(AND(ISNUMBER({limit}),{unless}=""),{limit},{_NO_LIMIT}))'

    @property
    def in_total(self) -> str:
        """How much of it goes into the total; blank is none for a score per product, else all."""
        return f"IF(ISNUMBER({self.cells['in_total']}),{self.cells['in_total']},{0 if self.score.product else 1})"


def best_figures(model: Model, sheets: Mapping[str, Sequence[Sequence[str]]], language: Language) -> list[Figure]:
    """One figure per score and, of several, one for the total. `sheets` are a template's rows by canonical name."""
    areas = _areas(sheets["scoring"])
    best, of, note = (_SAID[word][language] for word in ("best", "of", "note"))
    if "scores" not in sheets:
        now = _best_now(model.scores[0], model)
        return [Figure(f'"{best}"', best, _rounded(_best(areas, "", "")), now, note)]
    figures: list[Figure] = []
    counted: list[str] = []
    for place, row in enumerate(_rows(model, sheets["scores"], language)):
        formula = _best(areas, row.name, row.cells["method"]) + _best_behaviours(row, sheets, language)
        label = f'"{best}{of}"&{row.name}'
        now = _best_now(row.score, model)
        figures.append(Figure(label, f"{best}{of}{row.score.name}", _rounded(row.within_max(formula)), now, note))
        counted.append(f"{figure_cell(len(sheets['scoring'][0]), place)}*{row.in_total}")
    label = f"{best}{of}{_SAID['total'][language]}"
    now = sum(score.in_total * figure.now for score, figure in zip(model.scores, figures, strict=True))
    return [*figures, Figure(f'"{label}"', label, _rounded("+".join(counted)), round(now, _DECIMALS), note)]


def _rows(model: Model, written: Sequence[Sequence[str]], language: Language) -> list[_Row]:
    sheet, letters = vocabulary("sheets").say("scores", language), _letters(written)
    return [
        _Row(score, {heading: f"'{sheet}'!${letter}${score.place.row}" for heading, letter in letters.items()})
        for score in model.scores
    ]


def _best_behaviours(row: _Row, sheets: Mapping[str, Sequence[Sequence[str]]], language: Language) -> str:
    """What is added by behaviours: those whose Score is written like the score's cell, so {product} finds {product}."""
    if "behaviours" not in sheets:
        return ""
    sheet, last = vocabulary("sheets").say("behaviours", language), len(sheets["behaviours"]) + SPARE_ROWS
    letters = _letters(sheets["behaviours"])
    areas = {heading: f"'{sheet}'!${letter}$2:${letter}${last}" for heading, letter in letters.items()}
    points, most = areas["points"], areas.get("maximum", '""')
    counted = f"({areas['score']}={row.cells['score']})*ISNUMBER({points})*({points}>0)"
    return f"+SUM(IF({counted},IF(ISNUMBER({most}),{most},{points}),0))"


def _rounded(formula: str) -> str:
    return f"ROUND({formula},{_DECIMALS})"


def _areas(rows: Sequence[Sequence[str]]) -> _Areas:
    letters, last = _letters(rows), len(rows) + SPARE_ROWS
    named = {heading: f"${letter}$2:${letter}${last}" for heading, letter in letters.items()}
    return _Areas(*(named.get(heading, "") for heading in ("criterion", "points", "weight", "score")))


def _letters(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    return {vocabulary("headings").find(heading): cell_letter(index) for index, heading in enumerate(rows[0])}


def _best(areas: _Areas, score_cell: str, method_cell: str) -> str:
    """Sum of weight x most points over the criteria, each at its best case, divided by the weights of a mean."""
    points, same, counted, weights = areas.points, areas.same_criterion(), areas.counted(score_cell), areas.weights()
    is_best = f'({points}>0)*(COUNTIFS({same},{points},">"&{points})=0)'
    alike = f"COUNTIFS({same},{points},{points})"
    best = f"SUM(IF({counted}*ISNUMBER({points}),IF({is_best},{points}*{weights}/{alike},0),0))"
    all_weights = f"SUM(IF({counted},{weights}/COUNTIFS({same}),0))"
    if method_cell:
        sums = " ,".join(f'{method_cell}="{word}"' for word in _words_for_sum())
        return f"{best}/IF(OR({sums}),1,{all_weights})"
    return f"{best}/{all_weights}"


def _words_for_sum() -> list[str]:
    return list(dict.fromkeys(vocabulary("methods").say(Method.SUM, language) for language in ("en", "fr")))


def _best_now(score: Score, model: Model) -> float:
    criteria = [criterion for criterion in model.criteria if criterion.score in ("", score.name)]
    best = sum(criterion.weight * _most_points(criterion) for criterion in criteria)
    weights = 1.0 if score.method is Method.SUM else sum(criterion.weight for criterion in criteria)
    behaviours = [row for row in model.behaviours if row.score == score.name and row.points > 0]
    best = best / weights + sum(row.points if row.maximum is None else row.maximum for row in behaviours)
    limit = math.inf if score.maximum is None or score.cap_unless_segment else score.maximum
    return round(min(best, limit), _DECIMALS)


def _most_points(criterion: Criterion) -> float:
    """Those of its best case; 0 where it can only take points away, since no case may hold."""
    return max([0.0, *(case.points for case in criterion.cases if case.points is not None)])
