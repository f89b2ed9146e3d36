"""What an enrichment step is: columns in, columns out, declared; computed once per distinct input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class MadeColumn:
    """A column that a step makes. `words` are all the values it may hold besides '', () when it is open."""

    name: str
    about: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a run knows besides the leads.

    `country` is the ISO2 code of leads that do not say theirs, '' when there is none. `lists` are the reserved lists,
    as the model may have replaced or added to them: 'free mail domains', 'disposable domains', 'role accounts',
    'placeholder names'; one that is absent is as shipped. Domains are in ASCII lower case and without @, role accounts
    as `role_key` gives them.
    """

    as_of: date
    country: str = ""
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)


Run = Callable[[pd.DataFrame, Context], pd.DataFrame]
Core = Callable[..., tuple[Any, ...]]


@dataclass(frozen=True)
class Step:
    """`run` takes the columns of `needs` as trimmed text ('' = blank) and gives those of `makes`, on the same index."""

    run: Run
    needs: tuple[str, ...]
    makes: tuple[MadeColumn, ...]


def on_unique(prepare: Callable[[Context], Core], makes: tuple[MadeColumn, ...]) -> Run:
    """A step's `run` from a scalar core: `prepare(context)` gives a function of one lead's texts.

    It is called once for each distinct combination of texts, and answers one value per column of `makes`.
    """
    names = [column.name for column in makes]

    def run(fields: pd.DataFrame, context: Context) -> pd.DataFrame:
        combinations = pd.Index(list(zip(*(fields[name] for name in fields), strict=True)), tupleize_cols=False)
        codes, distinct = pd.factorize(combinations)
        core = prepare(context)
        answers = pd.DataFrame([core(*texts) for texts in distinct], columns=names, dtype=object)
        return answers.take(codes).set_axis(fields.index)

    return run
