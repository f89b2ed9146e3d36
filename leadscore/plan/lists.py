"""The lists a run works with: reference data, extended or reduced by the sheet Lists, and the model's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from leadscore.model.model import Model
from leadscore.reference import disposable_domains, free_mail_domains, role_accounts, role_key
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


@dataclass(frozen=True)
class _Reserved:
    """A list that extends reference data, and how its entries are written there."""

    reference: Callable[[], frozenset[str]]
    forms: Forms = _texts


RESERVED: dict[str, _Reserved] = {
    "Free mail domains": _Reserved(free_mail_domains, _domains),
    "Disposable domains": _Reserved(disposable_domains, _domains),
    "Role accounts": _Reserved(role_accounts, _mailboxes),
    "Placeholder names": _Reserved(frozenset),
}


def effective_lists(model: Model) -> dict[str, frozenset[str]]:
    """Name key -> entries as they are compared. In a reserved list '-gmx.fr' takes an entry away."""
    said = {name_key(row.name): row.entries for row in model.lists}
    lists = {name: _in_form(entries, _texts) for name, entries in said.items()}
    for name, reserved in RESERVED.items():
        entries = [entry.strip() for entry in said.get(name_key(name), ())]
        minus = [entry for entry in entries if fold(entry[:1]) == "-"]
        added = _in_form([entry for entry in entries if entry not in minus], reserved.forms)
        removed = _in_form([entry[1:] for entry in minus], reserved.forms)
        lists[name_key(name)] = (reserved.reference() | added) - removed
    return lists


def _in_form(entries: Iterable[str], forms: Forms) -> frozenset[str]:
    return frozenset(form for entry in entries for form in forms(entry) if form)


def reserved_lists(lists: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The lists that enrichment reads, by their reserved name in lower case."""
    return {name.casefold(): lists[name_key(name)] for name in RESERVED}
