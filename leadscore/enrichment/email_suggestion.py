"""The address that was probably meant, where a slip stands between it and a giant's. It suggests and never replaces.

It depends on the whole table: a domain that several leads have is somebody's.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pandas as pd

from leadscore.enrichment.email import judge
from leadscore.enrichment.email_cleaning import clean_address
from leadscore.enrichment.email_slips import exists, giant_finder
from leadscore.enrichment.step import Context, MadeColumn, on_unique
from leadscore.reference import (
    disposable_domains,
    free_mail_domains,
    mail_giants,
    misspelt_mail_domains,
    near_mail_domains,
)

NEEDS = ("email_norm", "email_validity", "email_reason", "email_domain", "email")
MAKES = (
    MadeColumn(
        "email_suggestion",
        "The address that was probably meant, where a slip stands between it and a big provider's; else blank.",
    ),
)
# Verdicts on what may be an address but for a mark.
_MENDABLE = frozenset({"no_at", "syntax", "domain", "unknown_tld"})
_MARKS = re.compile(r"[.,;:\s]+")
_LONGEST = 100  # characters; what is longer is no address with a slip
ADDRESSES_OF_A_COMPANY = 3  # distinct ones with a domain, from which on it is somebody's and no slip


def run(fields: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The suggestion of every lead, by the domains of all of them."""
    counts = domain_counts(zip(fields["email_norm"], fields["email_domain"], strict=True))
    return on_unique(lambda _: prepare(context, counts), MAKES)(fields[list(NEEDS)], context)


def domain_counts(addresses: Iterable[tuple[str, str]]) -> Counter[str]:
    """(address, its domain in ASCII) pairs -> domain -> how many distinct addresses have it, whatever their case."""
    return Counter(domain for _, domain in {(address.casefold(), domain) for address, domain in addresses if domain})


def prepare(context: Context, counts: Mapping[str, int]) -> Callable[[str, str, str, str, str], tuple[str]]:
    """What a cleaned address, its verdict, its domain and the cell give; `counts` are of all the run's domains."""
    own = context.lists.get("free mail domains", free_mail_domains()) - misspelt_mail_domains()
    disposable = context.lists.get("disposable domains", disposable_domains())
    known = own.union(disposable, near_mail_domains(), mail_giants())
    find_giant = giant_finder(mail_giants())

    @cache
    def meant(domain: str) -> str:
        return "" if domain in known or _is_somebodys(domain, counts) else find_giant(domain)

    def mended(email: str) -> str:
        local, domain = address_meant(clean_address(email))
        giant = domain if domain in mail_giants() else _giants_undotted().get(domain) or meant(domain)
        address = f"{local}@{giant}"
        return address if giant and judge(address, own)[1] == "ok" else ""

    def answer(email_norm: str, email_validity: str, email_reason: str, email_domain: str, email: str) -> tuple[str]:
        judged = email_validity == "ok" or email_reason == "unknown_tld"
        if giant := meant(email_domain) if judged else "":
            return (f"{email_norm.rpartition('@')[0]}@{giant}",)
        return (mended(email) if email_reason in _MENDABLE and len(email) <= _LONGEST else "",)

    return answer


def address_meant(text: str) -> tuple[str, str]:
    """A cleaned cell that is no address -> the parts of the one that a wrong mark hides, '' for none.

    'hugo@orange,fr' -> 'hugo', 'orange.fr'; 'ben@@gmail.com'; 'amy gmail.com', but only before a giant.
    """
    local, at, domain = text.rpartition("@")
    if not at:
        local, _, domain = text.rpartition(" ")
        return (local, domain.lower()) if domain.lower() in mail_giants() else ("", "")
    return local.rstrip("@ "), _MARKS.sub(".", domain.lower()).strip(".")


@cache
def _giants_undotted() -> dict[str, str]:
    """'gmailcom' -> 'gmail.com'."""
    return {giant.replace(".", ""): giant for giant in mail_giants()}


def _is_somebodys(domain: str, counts: Mapping[str, int]) -> bool:
    """Whether enough leads have a domain that may exist; one known to be a slip stays one however often it is made."""
    if domain in misspelt_mail_domains() or not exists(domain):
        return False
    return counts.get(domain, 0) >= ADDRESSES_OF_A_COMPANY
