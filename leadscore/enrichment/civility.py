"""Civility: how a person is addressed, from the civility cell, else from titles before the name or the job title."""

from collections.abc import Callable

from leadscore.enrichment.name_case import tidy_name
from leadscore.enrichment.name_titles import civility_in_job_title, civility_said, one_civility, split_titles
from leadscore.enrichment.step import Context, MadeColumn

MAKES = (
    MadeColumn(
        "civility_norm",
        "How the person is addressed: the civility given, else a title before the name or the job title.",
        ("mr", "ms", "mx", "dr", "prof", "me"),
    ),
)
NEEDS = ("civility", "first_name", "last_name", "full_name", "job_title")


def prepare(_context: Context) -> Callable[[str, str, str, str, str], tuple[str]]:
    """What the cells of one lead say of civility."""
    return civility_of


def civility_of(civility: str, first_name: str, last_name: str, full_name: str, job_title: str) -> tuple[str]:
    """The first of the cells that says something decides; first names tell nothing, for that would be a guess."""
    if said := civility_said(civility):
        return (said,)
    for name in (full_name, last_name, first_name):
        titles, _ = split_titles(tidy_name(name))
        if titles:
            return (one_civility(titles),)
    return (civility_in_job_title(job_title),)
