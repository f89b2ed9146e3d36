"""The lists a run works with: reference data, extended or reduced by the sheet Lists, and the model's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from leadscore.model.model import Model
from leadscore.reference import disposable_domains, free_mail_domains, role_accounts
from leadscore.values.domains import ascii_domain
from leadscore.values.folding import fold, name_key

# Reserved name -> the reference data it extends.
RESERVED: dict[str, Callable[[], frozenset[str]]] = {
    "Free mail domains": free_mail_domains,
    "Disposable domains": disposable_domains,
    "Role accounts": role_accounts,
    "Placeholder names": frozenset,
}


def effective_lists(model: Model) -> dict[str, frozenset[str]]:
    """Name key -> folded entries. In a reserved list '-gmx.fr' takes an entry away."""
    lists = {name_key(row.name): _folded(row.entries) for row in model.lists}
    for name, reference in RESERVED.items():
        said = lists.get(name_key(name), frozenset())
        removed = frozenset(entry[1:].strip() for entry in said if entry.startswith("-"))
        lists[name_key(name)] = (reference() | {entry for entry in said if not entry.startswith("-")}) - removed
    return lists


def _folded(entries: Iterable[str]) -> frozenset[str]:
    """The entries as they are compared; a domain with accents also as e-mail addresses have it, in ASCII."""
    return frozenset(fold(form) for entry in entries for form in (entry, _minus_kept(entry)))


def _minus_kept(entry: str) -> str:
    minus, name = ("-", entry[1:].strip()) if entry.startswith("-") else ("", entry)
    return minus + ascii_domain(name)


def reserved_lists(lists: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The lists that enrichment reads, by their reserved name in lower case."""
    return {name.casefold(): lists[name_key(name)] for name in RESERVED}
