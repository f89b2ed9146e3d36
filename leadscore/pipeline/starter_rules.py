"""What the cells of a starter workbook offer to choose from, and what Excel asks before it keeps a typed value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.fields.recognise import field_names
from leadscore.model.decay_cells import decay_choices
from leadscore.model.operators import ACTIVITY_OPERATORS, FAMILIES
from leadscore.model.products import PRODUCT
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.sheets.template_book import Question
from leadscore.sheets.template_choices import Dropdown, Held

# Heading -> the closed list of words that it takes; nothing else is ever right there.
_CLOSED = {"kind": "kinds", "policy": "policies", "method": "methods", "type": "types", "stage": "stages"}
_MOST_POINTS = 10_000  # a date that Excel made of 10-12 is a number too, but of five digits

_POINTS: dict[Language, tuple[str, str]] = {
    "en": ("Points", "Points are a number such as 20 or -5, or skip on a row with `is blank`. Keep what you typed?"),
    "fr": ("Points", "Les points sont un nombre comme 20 ou -5, ou ignorer sur une ligne « est vide ». Garder ?"),
}


@dataclass(frozen=True)
class StarterBook:
    """A starter workbook as its rules see it: rows by canonical sheet name, headings first."""

    rows: Mapping[str, Sequence[Sequence[str]]]
    language: Language

    def names(self, sheet: str, heading: str) -> tuple[Held, ...]:
        """The cells below a heading of a sheet, () without that sheet."""
        if sheet not in self.rows:
            return ()
        known = [vocabulary("headings").find(text) for text in self.rows[sheet][0]]
        return (Held(self.sheet_name(sheet), known.index(heading)),)

    def headings(self, sheet: str, *, bracketed: bool = False) -> tuple[Held, ...]:
        """The headings of a sheet, () without that sheet."""
        return (Held(self.sheet_name(sheet), bracketed=bracketed),) if sheet in self.rows else ()

    def products(self) -> tuple[Held, ...]:
        """The list that {product} stands for, () without it."""
        headings = self.rows["lists"][0] if "lists" in self.rows else ()
        places = [place for place, name in enumerate(headings) if vocabulary("placeholders").find(name) == PRODUCT]
        return tuple(Held(self.sheet_name("lists"), place) for place in places)

    def scores(self) -> tuple[Held, ...]:
        """The scores by name: the products, where {product} is how all of them are written."""
        held = self.names("scores", "score")
        written = {text for one in held for text in one.now(self.rows["scores"])}
        return self.products() if written == {self.placeholder()} else held

    def placeholder(self) -> str:
        """{product} in the workbook's language."""
        return f"{{{vocabulary('placeholders').say(PRODUCT, self.language)}}}"

    def sheet_name(self, sheet: str) -> str:
        """A canonical sheet name as the tab writes it in the workbook's language."""
        return vocabulary("sheets").say(sheet, self.language)

    def words(self, group: str) -> tuple[str, ...]:
        """Every word of a closed list."""
        return tuple(vocabulary(group).say(name, self.language) for name in vocabulary(group).names)


def dropdown(sheet: str, heading: str, book: StarterBook) -> Dropdown | None:
    """What a column offers: other values are refused in closed lists, asked about or just taken elsewhere."""
    if heading in _CLOSED:
        return Dropdown(book.words(_CLOSED[heading]), strict=True)
    offered = _open_list(sheet, heading, book)
    return offered if offered and (offered.choices or offered.held) else None


def _open_list(sheet: str, heading: str, book: StarterBook) -> Dropdown | None:
    asked = ACTIVITY_OPERATORS if sheet == "behaviours" else FAMILIES
    operators = tuple(vocabulary("operators").say(name, book.language) for name in asked)
    columns = tuple(vocabulary("columns").say(name, book.language) for name in ENRICHMENT_COLUMNS)
    names_segment = Dropdown(held=book.names("segments", "segment"), asks=sheet != "segments")
    values = book.headings("lists", bracketed=True) + book.names("segments", "segment") * (sheet == "scoring")
    total = (vocabulary("words").say("total", book.language),) if sheet not in ("scoring", "behaviours") else ()
    scores = book.names("scores", "score") if sheet == "behaviours" else book.scores()
    return {
        "operator": Dropdown(operators),
        "decay": Dropdown(decay_choices(book.language)),
        "product": Dropdown((book.placeholder(),), held=book.products()),
        "field": Dropdown(tuple(field_names()))
        if sheet == "fields"
        else Dropdown(columns, held=book.headings("source")),
        "column": Dropdown(held=book.headings("source")),
        "setting": Dropdown(book.words("settings")),
        "segment": names_segment,
        "cap_unless_segment": names_segment,
        "score": Dropdown(total, held=scores) if scores and sheet != "scores" else None,
        "value": {
            "scoring": Dropdown(held=values, asks=False),
            "segments": Dropdown(held=values, asks=False),
            "overrides": Dropdown(held=book.names("bands", "band"), asks=False),
        }.get(sheet),
    }.get(heading)


def question(sheet: str, heading: str, language: Language) -> Question | None:
    """Points of a case are a number of a sensible size, or the word that leaves a criterion out."""
    if (sheet, heading) != ("scoring", "points"):
        return None
    skips = dict.fromkeys(vocabulary("keywords").say("skip", spoken) for spoken in ("en", "fr"))
    is_skip = ",".join(f'{{cell}}="{word}"' for word in skips)
    formula = f"IF(ISNUMBER({{cell}}),ABS({{cell}})<{_MOST_POINTS},OR({is_skip}))"
    return Question(formula, *_POINTS[language])
