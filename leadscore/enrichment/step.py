"""What an enrichment step is: columns in, columns out, declared; computed once per distinct input."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadscore.values.evidence import Evidence

ColumnKind = Literal["text", "domain", "country", "flag", "number", "integer", "share", "date"]
Group = Literal[
    "email", "person", "phone", "company", "place", "business", "message", "duplicates", "quality", "activity"
]
SEPARATOR = "; "  # between the words of a cell that holds several


@dataclass(frozen=True)
class MadeColumn:
    """A column that a step makes.

    `words` are all the values it may hold besides '', () when it is open; where `many`, a cell holds several of them,
    '; ' between. By `kind` its cells are texts, domains in ASCII lower case, ISO2 codes of countries, booleans, floats,
    ints, shares 0..1 or dates; a blank is '' whatever the kind.
    """

    name: str
    about: str
    words: tuple[str, ...] = ()
    kind: ColumnKind = "text"
    many: bool = False


class MailVerdict(NamedTuple):
    """What the name servers said of a domain: 'ok', 'fail' or 'unknown', and why."""

    verdict: str
    reason: str


@dataclass(frozen=True)
class Context:
    """What a run knows besides the leads.

    `country` is the ISO2 code of leads that do not say theirs, '' when there is none. `time_zone` is the model's, ''
    when it has none. `lists` are the reserved lists, as the model may have replaced or added to them: 'free mail
    domains', 'disposable domains', 'role accounts', 'placeholder names' …; one that is absent is as shipped. Domains
    are in ASCII lower case and without @, role accounts as `role_key` gives them, placeholder names as
    `placeholder_key`, words folded. `evidence` says by field how its column writes numbers and days.
    `completeness_fields` are the fields that a complete lead has filled. `mail_domains` holds what was looked up, by
    domain; nothing is, unless asked for.
    """

    as_of: date
    country: str = ""
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    evidence: Mapping[str, Evidence] = field(default_factory=dict, hash=False)
    time_zone: str = ""
    completeness_fields: tuple[str, ...] = ()
    mail_domains: Mapping[str, MailVerdict] = field(default_factory=dict, hash=False)

    def evidence_of(self, name: str) -> Evidence:
        """How the column of a field writes what could be read two ways; the European way where nothing is known."""
        return self.evidence.get(name, Evidence(",", "day-month"))


Run = Callable[[pd.DataFrame, Context], pd.DataFrame]
Core = Callable[..., tuple[Any, ...]]


@dataclass(frozen=True)
class Step:
    """`run` takes the columns of `needs` as trimmed text ('' = blank) and gives those of `makes`, on the same index.

    A need is a field of a lead or a column that an earlier step makes; of these, a cell is what that step made (a
    boolean, a number). The first is, by however many steps, the field that a person fills in to make the columns known.
    `needs_of` gives those that depend on the run. `group` is what people switch off together. A cell that says nothing
    ('N/A') is blank, unless the step `takes_as_written`.
    """

    group: Group
    run: Run
    needs: tuple[str, ...]
    makes: tuple[MadeColumn, ...]
    needs_of: Callable[[Context], tuple[str, ...]] = lambda _: ()
    takes_as_written: bool = False


def on_unique(prepare: Callable[[Context], Core], makes: tuple[MadeColumn, ...]) -> Run:
    """A step's `run` from a scalar core: `prepare(context)` gives a function of one lead's texts.

    It is called once for each distinct combination of texts, and answers one value per column of `makes`.
    """
    names = [column.name for column in makes]

    def run(fields: pd.DataFrame, context: Context) -> pd.DataFrame:
        places: dict[tuple[Any, ...], int] = {}
        cells = (fields[name].tolist() for name in fields)
        codes = np.array([places.setdefault(texts, len(places)) for texts in zip(*cells, strict=True)], dtype=np.intp)
        core = prepare(context)
        answers = [core(*texts) for texts in places]
        columns = zip(*answers, strict=True) if answers else [()] * len(names)
        made = {name: _objects(column)[codes] for name, column in zip(names, columns, strict=True)}
        return pd.DataFrame(made, index=fields.index, dtype=object)

    return run


def _objects(cells: Sequence[Any]) -> npt.NDArray[np.object_]:
    """Cells as an array of objects, whatever they are."""
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array
