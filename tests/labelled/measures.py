"""The labelled sets, and how well the enrichment answers them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Literal

import pandas as pd

from leadscore.enrichment.step import Context
from leadscore.enrichment.steps import ENRICHMENT_COLUMNS, enrich

Part = Literal["held_out", "dev", "fresh"]
Claim = tuple[int, int | str]  # a row and its answer, or two rows that are one person

PARTS: tuple[Part, ...] = ("held_out", "dev", "fresh")
FOLDER = Path(__file__).parent
CONTEXT = Context(as_of=date(2026, 11, 22))  # when the sets were labelled
UNTOLD = frozenset({"", "unknown"})


@dataclass(frozen=True)
class LabelledSet:
    """`fields` says by column of the files which field of a lead it is; `column` is the made column that answers."""

    name: str
    column: str
    fields: dict[str, str]
    label: str = "expected"
    open_titles: bool = False  # a row that nothing can be told of is not judged, whatever the answer
    pairs: bool = False  # the label is a group: judged are the pairs of rows within one


LEAD_FIELDS = ("email", "phone", "first_name", "last_name", "company", "country")
SETS = (
    LabelledSet("suggestion", "email_suggestion", {"email": "email"}),
    LabelledSet("seniority", "job_seniority", {"title": "job_title"}, open_titles=True),
    LabelledSet("function", "job_function", {"title": "job_title"}, open_titles=True),
    LabelledSet("duplicates", "duplicate_group", {name: name for name in LEAD_FIELDS}, label="group", pairs=True),
)


@dataclass(frozen=True)
class Figures:
    """Shares 0..1. `precision`: of the claims made, the right ones; `recall`: of the claims expected, those made."""

    rows: int
    precision: float
    recall: float
    untold_answered: int  # rows that nothing can be told of and that were answered nevertheless


def read_part(labelled: LabelledSet, part: Part) -> pd.DataFrame:
    """The rows of one file as text, blank = ''; the index is the row number that a spreadsheet shows."""
    rows = pd.read_csv(FOLDER / f"{labelled.name}_{part}.csv", dtype=str, keep_default_na=False)
    return rows.set_axis(range(2, len(rows) + 2))


def is_made(labelled: LabelledSet) -> bool:
    return labelled.column in ENRICHMENT_COLUMNS


def answers_to(labelled: LabelledSet, rows: pd.DataFrame) -> pd.Series:
    """What the enrichment says of each row, as text."""
    fields = rows[list(labelled.fields)].rename(columns=labelled.fields)
    return enrich(fields, CONTEXT)[labelled.column].astype(str)


def claims_in(labelled: LabelledSet, labels: pd.Series, judged: Iterable[int]) -> frozenset[Claim]:
    """What labels say of the rows judged, so that labels of people and of the machine can be compared."""
    told = labels.loc[list(judged)]
    told = told[~told.isin(UNTOLD)]
    if not labelled.pairs:
        return frozenset(told.str.casefold().items())
    groups = told.groupby(told).groups.values()
    return frozenset(pair for members in groups for pair in combinations(sorted(members), 2))


def compared(labelled: LabelledSet, rows: pd.DataFrame, made: pd.Series) -> tuple[frozenset[Claim], frozenset[Claim]]:
    """The claims expected and the claims made."""
    expected = rows[labelled.label]
    judged = rows.index[~expected.isin(UNTOLD)] if labelled.open_titles else rows.index
    return claims_in(labelled, expected, judged), claims_in(labelled, made, judged)


def figures_of(labelled: LabelledSet, rows: pd.DataFrame, made: pd.Series) -> Figures:
    expected_claims, made_claims = compared(labelled, rows, made)
    right = len(expected_claims & made_claims)
    untold = rows[labelled.label].isin(UNTOLD) & ~made.isin(UNTOLD)
    return Figures(
        len(rows),
        precision=right / max(1, len(made_claims)),
        recall=right / max(1, len(expected_claims)),
        untold_answered=int(untold.sum()) if labelled.open_titles else 0,
    )


def wrong_rows(labelled: LabelledSet, rows: pd.DataFrame, made: pd.Series) -> list[str]:
    """One line for each row that is answered wrongly; of duplicates, one for each pair."""
    texts = rows[list(labelled.fields)].agg(", ".join, axis=1)
    expected_claims, made_claims = compared(labelled, rows, made)
    wrong = sorted(expected_claims ^ made_claims)
    if labelled.pairs:
        return [
            f"{'missed' if pair in expected_claims else 'wrong'} {pair}: " + "  |  ".join(texts[row] for row in pair)
            for pair in wrong
        ]
    expected = rows[labelled.label]
    untold = rows.index[expected.isin(UNTOLD) & ~made.isin(UNTOLD)]
    lines = sorted({row for row, _ in wrong} | set(untold))
    return [f"row {row}: {texts[row]!r}: expected {expected[row]!r}, made {made[row]!r}" for row in lines]
