"""The lists a run works with: reference data, extended or reduced by the sheet Lists, and the model's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from leadscore.model.model import Model
from leadscore.model.word_lists import WORD_LISTS, is_minus, word_and_level
from leadscore.reference import (
    disposable_domains,
    free_mail_domains,
    function_words,
    placeholder_key,
    placeholder_names,
    role_accounts,
    role_key,
    seniority_words,
    spam_key,
    spam_words,
)
from leadscore.values.domains import ascii_domain
from leadscore.values.folding import fold, name_key

Forms = Callable[[str], tuple[str, ...]]


def _texts(entry: str) -> tuple[str, ...]:
    """As cells are compared; a domain with accents also as e-mail addresses have it, in ASCII."""
    return fold(entry), fold(ascii_domain(entry))


def _domains(entry: str) -> tuple[str, ...]:
    """'@Gmx.fr' -> 'gmx.fr'."""
    return tuple(text.removeprefix("@") for text in _texts(entry))


def _mailboxes(entry: str) -> tuple[str, ...]:
    """'No-Reply@' -> 'noreply'."""
    return (role_key(fold(entry).removesuffix("@")),)


def _job_words(list_name: str, entry: str) -> tuple[str, ...]:
    """'Growth-Hacker = Confirmé' -> 'growth hacker=senior'; the list says which levels there are."""
    return ("=".join(word_and_level(entry, WORD_LISTS[list_name].names)),)


def _spam_words(entry: str) -> tuple[str, ...]:
    """'Première page !' -> 'premiere page'."""
    return (spam_key(entry),)


def _person_names(entry: str) -> tuple[str, ...]:
    """'John Doe' -> 'john doe', as cells are compared, and 'johndoe', as placeholders are."""
    return fold(entry), placeholder_key(entry)


def _word(entry: str) -> str:
    """'growth hacker=senior' -> 'growth hacker'."""
    return entry.partition("=")[0]


@dataclass(frozen=True)
class _Reserved:
    """A list that extends reference data, and how its entries are written there.

    `key` is what an entry has in common with those that it replaces or takes away.
    """

    reference: Callable[[], frozenset[str]]
    forms: Forms = _texts
    key: Callable[[str], str] = str


RESERVED: dict[str, _Reserved] = {
    "Free mail domains": _Reserved(free_mail_domains, _domains),
    "Disposable domains": _Reserved(disposable_domains, _domains),
    "Role accounts": _Reserved(role_accounts, _mailboxes),
    "Seniority words": _Reserved(seniority_words, partial(_job_words, "Seniority words"), _word),
    "Function words": _Reserved(function_words, partial(_job_words, "Function words"), _word),
    "Spam words": _Reserved(spam_words, _spam_words),
    "Placeholder names": _Reserved(placeholder_names, _person_names),
}


def effective_lists(model: Model) -> dict[str, frozenset[str]]:
    """Name key -> entries as they are compared. In a reserved list '-gmx.fr' takes an entry away.

    A word of a title that the model gives another level has that one only.
    """
    said = {name_key(row.name): row.entries for row in model.lists}
    lists = {name: _in_form(entries, _texts) for name, entries in said.items()}
    return lists | {name_key(name): _amended(RESERVED[name], said.get(name_key(name), ())) for name in RESERVED}


def _amended(reserved: _Reserved, said: Sequence[str]) -> frozenset[str]:
    """Reference data with the entries that a model adds, less those that it takes away."""
    if not said:  # as mostly; reference data are long
        return reserved.reference()
    entries = [entry.strip() for entry in said]
    minus = [entry for entry in entries if is_minus(entry)]
    added = _in_form([entry for entry in entries if entry not in minus], reserved.forms)
    removed = {reserved.key(entry) for entry in _in_form([entry[1:] for entry in minus], reserved.forms)}
    known = {reserved.key(entry): entry for entry in (*reserved.reference(), *added)}
    return frozenset(entry for key, entry in known.items() if key not in removed)


def _in_form(entries: Iterable[str], forms: Forms) -> frozenset[str]:
    return frozenset(form for entry in entries for form in forms(entry) if form)


def reserved_lists(lists: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The lists that enrichment reads, by their reserved name in lower case."""
    return {name.casefold(): lists[name_key(name)] for name in RESERVED}
