"""What of a lead is compared to find duplicates: a pure function of one lead, so that partitions can gather it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from leadscore.enrichment.company_cleaning import meaning_of
from leadscore.enrichment.name_likeness import Name, name_of
from leadscore.enrichment.name_split import split_local_part
from leadscore.values.folding import fold

# Mail to n.a.m.e+tag@ arrives at name@: support.google.com/mail/answer/7436150.
_DOTS_AND_TAGS = frozenset({"gmail.com", "googlemail.com"})
# Mail to name+tag@ arrives at name@, as the help pages of Microsoft, Apple, Proton and Fastmail say of plus addressing.
_TAGS = frozenset(
    {
        "msn.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "fastmail.com",
        "fastmail.fm",
    }
)
_TAGS_IN_ANY_COUNTRY = frozenset({"outlook", "hotmail", "live"})


class LeadTexts(NamedTuple):
    """The columns that are read of a lead; '' where one is blank."""

    email_norm: str = ""
    email_reason: str = ""
    email_domain: str = ""
    email_type: str = ""
    email_is_role: bool | str = ""
    phone_e164: str = ""
    phone_type: str = ""
    first_name_norm: str = ""
    last_name_norm: str = ""
    name_norm: str = ""
    first_name_guess: str = ""
    last_name_guess: str = ""
    name_guessed_from: str = ""
    name_plausible: str = ""
    company_norm: str = ""
    company_domain: str = ""


class LeadKeys(NamedTuple):
    """All that is compared of a lead; leads with the same keys are interchangeable.

    `email` is the mailbox that mail arrives in, `is_shared` where it reaches a function; `is_mobile`: the phone is
    carried by one person. `is_guessed`: the name is read out of the address. `companies` are those the lead belongs to:
    the letters of the name, and domains after an '@'.
    """

    email: str = ""
    is_shared: bool = False
    phone: str = ""
    is_mobile: bool = False
    name: Name = Name()
    is_guessed: bool = False
    companies: tuple[str, ...] = ()

    @property
    def mailbox(self) -> str:
        """The local part of a person's own address, else ''."""
        return "" if self.is_shared else self.email.rpartition("@")[0]


def keys_of(lead: LeadTexts) -> LeadKeys:
    """The keys of one lead. What stands for an address or a name that somebody keeps to himself is no key."""
    email = "" if lead.email_reason == "placeholder" else mailbox_of(lead.email_norm)
    keys = LeadKeys(
        email=email,
        is_shared=bool(email) and lead.email_is_role is True,
        phone=lead.phone_e164,
        is_mobile=lead.phone_type == "mobile",
        name=Name() if lead.name_plausible == "fail" else _name_of(lead),
        is_guessed=lead.name_guessed_from == "email",
        companies=_companies_of(
            lead.company_norm, lead.company_domain, lead.email_domain if lead.email_type == "professional" else ""
        ),
    )
    if len(keys.name.first) == 1 and keys.mailbox:
        return keys._replace(name=_spelled_out(keys.name, keys.mailbox))
    return keys


def mailbox_of(email_norm: str) -> str:
    """The address that mail to this one arrives at, for matching only: 'J.Roy+news@googlemail.com' -> 'jroy@gmail.com'.

    The local part is folded in case: no provider tells 'Jean@' from 'jean@', though RFC 5321 would let it.
    """
    local, _, domain = email_norm.casefold().rpartition("@")
    if domain in _DOTS_AND_TAGS:
        local, domain = local.replace(".", ""), "gmail.com"
    elif domain not in _TAGS and domain.partition(".")[0] not in _TAGS_IN_ANY_COUNTRY:
        return f"{local}@{domain}" if domain else ""
    return f"{local.partition('+')[0] or local}@{domain}"


def _name_of(lead: LeadTexts) -> Name:
    first = lead.first_name_norm or lead.first_name_guess
    last = lead.last_name_norm or lead.last_name_guess
    return name_of(fold(first), fold(last)) if first or last else name_of("", fold(lead.name_norm))


def _spelled_out(name: Name, mailbox: str) -> Name:
    """'J. Dupont' with julie.dupont@ is Julie Dupont."""
    parts = split_local_part(mailbox, frozenset())
    spelled = name_of(fold(parts.first), fold(parts.last))
    return spelled if spelled.last == name.last and spelled.first.startswith(name.first) else name


@lru_cache(maxsize=65_536)
def _companies_of(norm: str, company_domain: str, mail_domain: str) -> tuple[str, ...]:
    """The company by its name, its site and its mail: any of them in common is the same company."""
    name = (norm.replace(" ", ""),) if norm and not meaning_of(norm) else ()
    domains = dict.fromkeys(f"@{domain}" for domain in (company_domain, mail_domain) if domain)
    return (*name, *domains)
