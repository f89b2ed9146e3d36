"""--in-place: the results as sheets of the source workbook itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leadscore.enrichment.steps import ENRICHMENT_COLUMNS
from leadscore.errors import OutputError, UsageError
from leadscore.model.vocabulary import Language, vocabulary
from leadscore.sheets.output import AUTHOR
from leadscore.sheets.safe_write import Seen, look
from leadscore.sheets.write_in_place import check_in_place

# The sheets of each kind of run: whether all of them can be put there is known before anything is computed.
_SHEETS = {"scored": ("results", "summary", "enriched", "issues", "run"), "enriched": ("enriched", "issues", "run")}
# What a sheet of ours has in its first two rows, besides names of columns that other programs use too.
_SIGNATURES = (
    ("reasons", "score_low", "score_high"),
    ("severity", "what_to_do"),
    ("name", "value", "leadscore"),
    ("part", "made_of", "in_use"),
    ("follow_up_by", "hours_overdue"),
    ("account_key", "counted_members", "best_lead"),
)
_MANY_OF_OURS = 2  # columns that no other program gives these names


def look_at_source(source: Path | None, *, in_place: bool, output: str) -> Seen | None:
    """The source as it is before anything is read of it; None where nothing is to be written into it.

    Raises UsageError for an output file besides, OutputError for standard input.
    """
    if not in_place:
        return None
    if output:
        raise UsageError("--in-place writes into the source and -o elsewhere; give one of the two")
    if source is None:
        raise OutputError("standard input cannot be written into; give a workbook, or leave --in-place out")
    return look(source) if source.exists() else None  # what is absent, the reader says in its own words


def check_source(seen: Seen, kind: str, language: Language, more: Sequence[str]) -> None:
    """Let a source pass that results of a kind, and `more` sheets, can be put into; raises OutputError for others."""
    sheets = (*_SHEETS[kind], *more)
    check_in_place(seen.path, [vocabulary("sheets").say(name, language) for name in sheets], is_of_ours)


def check_sheets(source_sheet: str, names: Sequence[str]) -> None:
    """Let results pass that do not take the place of the leads; raises OutputError for others."""
    if source_sheet.casefold() in {name.casefold() for name in names}:
        raise OutputError(
            f'the leads are read from the sheet "{source_sheet}", which the results would replace; '
            "rename it in Excel, or give a file with -o"
        )


def is_of_ours(texts: frozenset[str]) -> bool:
    """Whether the texts in the first two rows of a sheet are those of a sheet that leadscore wrote."""
    return any(_is_of_ours(texts, language) for language in ("en", "fr"))


def _is_of_ours(texts: frozenset[str], language: Language) -> bool:
    say = vocabulary("columns").say
    made = {say(name, language) for name in ENRICHMENT_COLUMNS}
    signed = any(texts >= {say(name, language) for name in names} for names in _SIGNATURES)
    headed = {vocabulary("sheets").say("summary", language), AUTHOR}  # what stands at the top of the sheet Summary
    return signed or texts >= headed or len(texts & made) >= _MANY_OF_OURS
