"""Job title: how senior it is, which function it belongs to, and whether its holder decides about purchases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from leadscore.enrichment.job_parts import Part, parts_of
from leadscore.enrichment.job_phrases import Found, Phrases, phrases_of
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import (
    FUNCTIONS,
    SENIORITIES,
    assistant_words,
    function_words,
    own_work_words,
    seniority_words,
)
from leadscore.values.folding import trim

MAKES = (
    MadeColumn(
        "job_seniority",
        "How senior the job title is; of several titles the most senior, unknown when no word of it is known.",
        SENIORITIES,
    ),
    MadeColumn(
        "job_function",
        "The function that the job title names first; other is a profession of none of these, unknown none at all.",
        FUNCTIONS,
    ),
    MadeColumn(
        "is_decision_maker",
        "Whether somebody of this seniority and function decides about purchases; blank when the seniority is unknown.",
        kind="flag",
    ),
)

# Of the titles of one person the first of these; who learns is rarely more than a manager elsewhere.
_OF_SEVERAL = ("owner", "c_level", "vp", "director", "intern", "junior", "head", "manager", "senior", "staff")
# Within one title who learns is no manager: 'stagiaire chef de projet', 'junior product manager'.
_OF_ONE = ("intern", "junior", "owner", "c_level", "vp", "director", "head", "manager", "senior", "staff")
_ASSISTANT_ENDINGS = ("assistent", "assistentin", "sekretar", "sekretarin")
_DEPUTISED = frozenset({"manager", "director", "president"})
_BOSSES = frozenset({"owner", "c_level", "vp", "director"})
_PERSONS = _BOSSES | {"head", "manager"}
_DECIDING_FUNCTIONS = {
    **dict.fromkeys(("owner", "c_level", "vp"), frozenset(FUNCTIONS)),
    "director": frozenset(FUNCTIONS) - {"other"},
    **dict.fromkeys(("head", "manager"), frozenset({"purchasing", "general_management"})),
}


class JobAnswer(NamedTuple):
    """One value per made column."""

    seniority: str = ""
    function: str = ""
    decides: bool | str = ""


def prepare(context: Context) -> Callable[[str], JobAnswer]:
    """What one job title gives, as a function that holds the run's words."""
    seniorities = phrases_of(context.lists.get("seniority words", seniority_words()))
    functions = phrases_of(context.lists.get("function words", function_words()))

    def answer(job_title: str) -> JobAnswer:
        if not trim(job_title):
            return JobAnswer()
        parts = parts_of(job_title)
        levels = [seniorities.found_in(part.words) for part in parts]
        seniority = _first(_OF_SEVERAL, map(seniority_of, parts, levels)) or "unknown"
        named = [function_of(part, level, functions) for part, level in zip(parts, levels, strict=True)]
        function = next((name for name in named if name != "unknown"), "unknown")
        return JobAnswer(seniority, function, decides(seniority, function))

    return answer


def seniority_of(part: Part, found: Sequence[Found]) -> str:
    """How senior one title is by the phrases found in it, '' when they do not say.

    An assistant is staff, whomever they assist; what belongs to somebody else does not count.
    """
    levels = {phrase.level for phrase in found if not part.is_of_another[phrase.start]}
    if "chief" in part.words and "officer" in part.words:
        levels.add("c_level")
    level = _first(_OF_ONE, levels)
    return "staff" if level in _PERSONS and _assists(part, found) else level


def function_of(part: Part, found: Sequence[Found], functions: Phrases) -> str:
    """The function of one title: of work that is one's own ('IT recruiter': hr), else the first named, else other.

    An assistant of a person is other; of a department, of that.
    """
    named = functions.found_in(part.words)
    if _assists(part, found):
        if any(_is_boss(phrase, part) for phrase in found) or "general_management" in {name.level for name in named}:
            return "other"
    else:
        named = [phrase for phrase in named if _is_own(phrase, part)]
    own_work = [phrase.level for phrase in named if not own_work_words().isdisjoint(phrase.words)]
    levels = [phrase.level for phrase in named if phrase.level != "unknown"]
    no_function = "other" if levels else "unknown"
    return (*own_work, *(level for level in levels if level != "other"), no_function)[0]


def decides(seniority: str, function: str) -> bool | str:
    """Whether the holder decides about purchases; '' when the seniority is unknown.

    From vice president up always; a director unless of a profession (an art director); a head or manager of purchasing
    or of the whole company (a country manager); nobody else.
    """
    return "" if seniority == "unknown" else function in _DECIDING_FUNCTIONS.get(seniority, ())


def _assists(part: Part, found: Sequence[Found]) -> bool:
    """Whether the title is an assistant's. In English 'assistant sales manager' is a deputy, and no assistant."""
    if part.words[0] == "assistant" and part.words[-1] in _DEPUTISED and True not in part.is_of_another:
        return False
    return any(phrase.level == "staff" and any(map(_is_assistant, phrase.words)) for phrase in found)


def _is_assistant(word: str) -> bool:
    return word in assistant_words() or word.endswith(_ASSISTANT_ENDINGS)


def _is_boss(phrase: Found, part: Part) -> bool:
    """Whether somebody is named whom an assistant assists; of an 'assistante chef de produit' it is the product."""
    return phrase.level in _BOSSES or (phrase.level in _PERSONS and part.is_of_another[phrase.start])


def _is_own(phrase: Found, part: Part) -> bool:
    """Whether a function is not only that of the person one works for: 'conseiller du président'."""
    return phrase.level != "general_management" or not part.is_of_another[phrase.start]


def _first(order: Sequence[str], levels: Iterable[str]) -> str:
    """The first of the order that is among the levels, '' when none is."""
    among = set(levels)
    return next((level for level in order if level in among), "")
