"""Person: the name written as names are, and a guess of the parts that are blank, marked as one."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from leadscore.enrichment.name_case import cased_name, tidy_name
from leadscore.enrichment.name_plausible import is_nobody, unfit
from leadscore.enrichment.name_split import Parts, split_full_name, split_local_part
from leadscore.enrichment.name_titles import split_titles
from leadscore.enrichment.step import Context, MadeColumn
from leadscore.reference import placeholder_names, role_accounts, role_key
from leadscore.values.folding import name_key, trim

MAKES = (
    MadeColumn("first_name_norm", "The first name given, with its capitals and without a title."),
    MadeColumn("last_name_norm", "The last name given, with its capitals; particles (de, van) are small."),
    MadeColumn("name_norm", "First and last name, else what the full name says; never from the address."),
    MadeColumn("first_name_guess", "The first name where none is given, guessed from the full name or the address."),
    MadeColumn("last_name_guess", "The last name where none is given, guessed from the full name or the address."),
    MadeColumn("name_guessed_from", "What the guess of a name was made from.", ("full_name", "email")),
)
NEEDS = ("first_name", "last_name", "full_name", "email_norm")


class PersonAnswer(NamedTuple):
    """One value per made column."""

    first_name_norm: str
    last_name_norm: str
    name_norm: str
    first_name_guess: str = ""
    last_name_guess: str = ""
    guessed_from: str = ""


def prepare(context: Context) -> Callable[[str, str, str, str], PersonAnswer]:
    """What the name cells and the cleaned address of one lead give."""
    placeholders = context.lists.get("placeholder names", placeholder_names())
    roles = context.lists.get("role accounts", role_accounts())
    not_names = placeholders | roles

    def address_parts(email_norm: str) -> Parts:
        local = email_norm.rpartition("@")[0]
        if not local or role_key(local) in roles:
            return Parts()
        parts = split_local_part(local, not_names)
        return Parts() if is_nobody(parts, placeholders) else _cased(parts)

    def answer(first_name: str, last_name: str, full_name: str, email_norm: str) -> PersonAnswer:
        parts = full_name_parts(full_name)
        names = Parts(part_norm(first_name, is_first=True), part_norm(last_name))
        norms = (*names, " ".join(names) if all(names) else _full_norm(full_name, parts) or "".join(names))
        blanks = (not trim(first_name), not trim(last_name))
        if not any(blanks):
            return PersonAnswer(*norms)
        told, origin = _for_blanks(parts, names, blanks), "full_name"
        if not any(told) or is_nobody(told, placeholders):
            told, origin = _for_blanks(address_parts(email_norm), names, blanks), "email"
        return PersonAnswer(*norms, *told, origin) if any(told) else PersonAnswer(*norms)

    return answer


@lru_cache(maxsize=65_536)
def part_norm(text: str, *, is_first: bool = False) -> str:
    """A first or last name as it is written; '' for an address, a link, a number or signs only."""
    name = split_titles(tidy_name(text))[1]
    return cased_name(name, is_first=is_first) if unfit(name) in {"", "digits"} else ""


@lru_cache(maxsize=65_536)
def full_name_parts(text: str) -> Parts:
    """The parts of a full name as they are written; blank where they cannot be told apart."""
    return _cased(split_full_name(text)) if text and not unfit(text) else Parts()


def _cased(parts: Parts) -> Parts:
    return Parts(cased_name(parts.first, is_first=True), cased_name(parts.last))


def _full_norm(full_name: str, parts: Parts) -> str:
    return " ".join(parts) if all(parts) else part_norm(full_name)


def _for_blanks(guess: Parts, names: Parts, blanks: tuple[bool, bool]) -> Parts:
    """What a guess gives for the blank parts; where one is given, the guess must have it too. An initial is no name."""
    first = guess.first if len(guess.first.rstrip(".")) > 1 else ""
    if all(blanks):
        return Parts(first, guess.last)
    given, initial = name_key("".join(names)), name_key(guess.first)
    if not given:
        return Parts()
    if blanks[0]:
        return Parts(first=first if name_key(guess.last) == given else guess.last if initial == given else "")
    if given == initial or (not first and initial and given.startswith(initial)):
        return Parts(last=guess.last)
    return Parts(last=first if name_key(guess.last) == given else "")
